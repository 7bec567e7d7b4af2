/* SPDX-License-Identifier: MIT */
/* openapi.json as one page, without scripts: works offline, printed, and for
 * screen readers. */

#include "jansson_names.h"

#include "base/html_text.h"
#include "handlers.h"

static void put_text(struct buf *out, const char *text)
{
    html_text_put(out, str_of(text));
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

/* "#/components/schemas/Error" in the document, or the schema itself. */
static const json_t *resolve(const json_t *root, const json_t *schema)
{
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    const json_t *found = root;
    struct str rest, key;

    if (!ref)
        return schema;
    rest = str_of(ref + 2);
    while (found && str_next_field(&rest, '/', &key)) {
        char name[64] = {0};
        if (key.len >= sizeof(name))
            return NULL;
        memcpy(name, key.data, key.len);
        found = json_object_get(found, name);
    }
    return found;
}

static const char *type_of(const json_t *schema)
{
    const json_t *type = json_object_get(schema, "type");

    if (json_is_string(type))
        return json_string_value(type);
    return json_is_array(type) ? json_string_value(json_array_get(type, 0))
                               : "";
}

static bool has_string(const json_t *list, const char *wanted)
{
    const json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
    {
        if (!strcmp(json_string_value(item), wanted))
            return true;
    }
    return false;
}

static void put_fields(struct buf *out, const json_t *root,
                       const json_t *schema)
{
    const json_t *whole = resolve(root, schema);
    const json_t *properties = json_object_get(whole, "properties");
    const json_t *required = json_object_get(whole, "required");
    const char *name;
    json_t *field;

    if (json_object_size(properties) == 0)
        return;
    buf_put(out, STR("<table><tr><th>field</th><th>type</th><th>what it is"
                     "</th></tr>"));
    json_object_foreach((json_t *)(uintptr_t)properties, name, field)
    {
        const json_t *what = resolve(root, field);
        buf_put(out, STR("<tr><td><code>"));
        put_text(out, name);
        buf_put(out, STR("</code></td><td>"));
        put_text(out, type_of(what));
        buf_put(out, STR("</td><td>"));
        if (has_string(required, name))
            buf_put(out, STR("<b>Needed.</b> "));
        put_text(out, text_of(what, "description"));
        buf_put(out, STR("</td></tr>"));
    }
    buf_put(out, STR("</table>"));
}

static void put_body(struct buf *out, const json_t *root, const json_t *body)
{
    const char *type;
    json_t *media;

    json_object_foreach(json_object_get(body, "content"), type, media)
    {
        buf_put(out, STR("<p>Body: <code>"));
        put_text(out, type);
        buf_put(out, STR("</code></p>"));
        put_fields(out, root, json_object_get(media, "schema"));
    }
}

static void put_answers(struct buf *out, const json_t *root,
                        const json_t *responses)
{
    const char *status;
    json_t *response;

    buf_put(out, STR("<p>Answers:</p><table>"));
    json_object_foreach((json_t *)(uintptr_t)responses, status, response)
    {
        const json_t *what = resolve(root, response);
        buf_put(out, STR("<tr><td><code>"));
        put_text(out, status);
        buf_put(out, STR("</code></td><td>"));
        put_text(out, text_of(what, "description"));
        buf_put(out, STR("</td></tr>"));
    }
    buf_put(out, STR("</table>"));
}

/* "POST /v1/score" */
static void put_route(struct buf *out, const char *path, const char *method)
{
    buf_put(out, STR("<code>"));
    for (const char *p = method; *p; p++)
        buf_put_char(out, (char)(*p - ('a' - 'A')));
    buf_put_char(out, ' ');
    put_text(out, path);
    buf_put(out, STR("</code>"));
}

static void put_link(struct buf *out, const json_t *root, const char *path,
                     const char *method, const json_t *operation)
{
    (void)root;
    buf_put(out, STR("<li><a href=\"#"));
    put_text(out, text_of(operation, "operationId"));
    buf_put(out, STR("\">"));
    put_route(out, path, method);
    buf_put(out, STR("</a> "));
    put_text(out, text_of(operation, "summary"));
    buf_put(out, STR("</li>"));
}

static void put_operation(struct buf *out, const json_t *root, const char *path,
                          const char *method, const json_t *operation)
{
    const json_t *parameter, *description;
    size_t i;

    buf_printf(out, "<h3 class=\"%s\" id=\"", method);
    put_text(out, text_of(operation, "operationId"));
    buf_put(out, STR("\">"));
    put_route(out, path, method);
    buf_put(out, STR("</h3><p>"));
    put_text(out, text_of(operation, "summary"));
    description = json_object_get(operation, "description");
    if (description) {
        buf_put(out, STR("</p><p>"));
        put_text(out, json_string_value(description));
    }
    buf_put(out, STR("</p>"));
    json_array_foreach(json_object_get(operation, "parameters"), i, parameter)
    {
        buf_put(out, STR("<p>Parameter <code>"));
        put_text(out, text_of(parameter, "name"));
        buf_put(out, STR("</code>: "));
        put_text(out, text_of(parameter, "description"));
        buf_put(out, STR("</p>"));
    }
    put_body(out, root, json_object_get(operation, "requestBody"));
    put_answers(out, root, json_object_get(operation, "responses"));
}

typedef void put_fn(struct buf *out, const json_t *root, const char *path,
                    const char *method, const json_t *operation);

/* The operations of one tag. */
static void put_each(struct buf *out, const json_t *root, const char *tag,
                     put_fn *put)
{
    const char *path, *method;
    json_t *item, *operation;

    json_object_foreach(json_object_get(root, "paths"), path, item)
    {
        json_object_foreach(item, method, operation)
        {
            if (has_string(json_object_get(operation, "tags"), tag))
                put(out, root, path, method, operation);
        }
    }
}

/* Each tag with its operations, as a list of links or in full. */
static void put_tags(struct buf *out, const json_t *root, bool in_full)
{
    const json_t *tag;
    size_t i;

    json_array_foreach(json_object_get(root, "tags"), i, tag)
    {
        buf_put(out, in_full ? STR("<h2>") : STR("<p>"));
        put_text(out, text_of(tag, "description"));
        buf_put(out, in_full ? STR("</h2>") : STR(":</p><ul>"));
        put_each(out, root, text_of(tag, "name"),
                 in_full ? put_operation : put_link);
        if (!in_full)
            buf_put(out, STR("</ul>"));
    }
}

void docs_write(struct buf *out, struct str openapi)
{
    json_t *root = json_loadb(openapi.data, openapi.len, 0, NULL);
    const json_t *info = json_object_get(root, "info");

    buf_put(out, STR("<!doctype html><html lang=\"en\"><head><meta "
                     "charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width\"><title>Resume Scorer: "
                     "HTTP interface</title><link rel=\"stylesheet\" "
                     "href=\"/docs/style.css\"></head><body><h1>"));
    put_text(out, text_of(info, "title"));
    buf_put(out, STR("</h1><p>"));
    put_text(out, text_of(info, "description"));
    buf_put(out, STR("</p><p>For programs: <a "
                     "href=\"/openapi.json\">openapi.json</a></p><nav>"));
    put_tags(out, root, false);
    buf_put(out, STR("</nav><main>"));
    put_tags(out, root, true);
    buf_put(out, STR("</main></body></html>\n"));
    json_decref(root);
}
