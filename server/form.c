/* SPDX-License-Identifier: MIT */
#include "form.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "server.h"

#define MAX_BOUNDARY    70
#define MAX_PART_HEADER 4096
#define MAX_PART_FIELDS 8
#define MAX_NAME        64
#define MAX_FILENAME    255

/* Takes ";  name=value" off the front; value is a token or quoted. Returns
 * false at the end, and with name.data NULL where the text is damaged. */
static bool next_parameter(struct str *rest, struct str *name,
                           struct str *value)
{
    size_t i = 0;

    *name = *value = STR_NONE;
    *rest = str_trim(*rest);
    if (rest->len == 0)
        return false;
    if (rest->data[0] != ';')
        return true;
    *rest = str_trim(str_slice(*rest, 1, rest->len));
    while (i < rest->len && rest->data[i] != '=' && rest->data[i] != ';')
        i++;
    if (i == rest->len || rest->data[i] != '=')
        return true;
    struct str found = str_trim(str_slice(*rest, 0, i));
    *rest = str_slice(*rest, i + 1, rest->len);
    if (rest->len && rest->data[0] == '"') {
        const char *end = memchr(rest->data + 1, '"', rest->len - 1);
        if (!end)
            return true;
        size_t at = (size_t)(end - rest->data);
        *value = str_slice(*rest, 1, at);
        *rest = str_slice(*rest, at + 1, rest->len);
    } else {
        for (i = 0; i < rest->len && rest->data[i] != ';';)
            i++;
        *value = str_trim(str_slice(*rest, 0, i));
        *rest = str_slice(*rest, i, rest->len);
    }
    *name = found;
    return true;
}

static bool is_boundary(struct str s)
{
    static const char others[] = "'()+_,-./:=? ";

    if (s.len == 0 || s.len > MAX_BOUNDARY || s.data[s.len - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_alnum((unsigned char)s.data[i]) &&
            (!s.data[i] || !strchr(others, s.data[i])))
            return false;
    return true;
}

struct str form_boundary(struct str content_type)
{
    struct str prefix = STR("multipart/form-data"), rest, name, value;
    struct str boundary = STR_NONE;

    if (!str_starts_nocase(content_type, prefix))
        return STR_NONE;
    rest = str_slice(content_type, prefix.len, content_type.len);
    while (next_parameter(&rest, &name, &value)) {
        if (!name.data)
            return STR_NONE;
        if (!str_eq_nocase(name, STR("boundary")))
            continue;
        if (boundary.data || !is_boundary(value))
            return STR_NONE;
        boundary = value;
    }
    return boundary;
}

static bool is_printable(struct str s)
{
    if (utf8_valid_len(s) != s.len)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.data[i] < 0x20 || s.data[i] == 0x7F)
            return false;
    return true;
}

/* What stands behind the last slash of either kind; nothing where that is a
 * folder's name. */
static struct str label_of(struct str filename)
{
    struct str label = filename;

    for (size_t i = filename.len; i > 0; i--)
        if (filename.data[i - 1] == '/' || filename.data[i - 1] == '\\') {
            label = str_slice(filename, i, filename.len);
            break;
        }
    return str_eq(label, STR(".")) || str_eq(label, STR("..")) ? STR("")
                                                               : label;
}

static rsc_status read_disposition(struct ctx *ctx, struct form_part *part,
                                   struct str value)
{
    struct str prefix = STR("form-data"), name, argument;

    if (!str_starts_nocase(value, prefix))
        return ctx_fail(ctx, RSC_EFORMAT, "a part is not form-data");
    value = str_slice(value, prefix.len, value.len);
    while (next_parameter(&value, &name, &argument)) {
        if (!name.data || !is_printable(argument))
            return ctx_fail(ctx, RSC_EFORMAT,
                            "a part's Content-Disposition is damaged");
        if (str_eq_nocase(name, STR("name"))) {
            if (part->name.data || argument.len > MAX_NAME)
                return ctx_fail(ctx, RSC_EFORMAT,
                                "a part's name is too long "
                                "or given twice");
            part->name = argument;
        } else if (str_eq_nocase(name, STR("filename"))) {
            if (part->is_file || argument.len > MAX_FILENAME)
                return ctx_fail(ctx, RSC_EFORMAT,
                                "a file name is longer than %d bytes or given "
                                "twice",
                                MAX_FILENAME);
            part->filename = label_of(argument);
            part->is_file = true;
        }
    }
    return RSC_OK;
}

static rsc_status read_field(struct ctx *ctx, struct form_part *part,
                             struct str line)
{
    const char *colon = memchr(line.data, ':', line.len);
    size_t at = colon ? (size_t)(colon - line.data) : 0;

    if (at == 0 || memchr(line.data, 0, line.len) ||
        ascii_is_space((unsigned char)line.data[0]) ||
        ascii_is_space((unsigned char)line.data[at - 1]))
        return ctx_fail(ctx, RSC_EFORMAT, "a part's header is damaged");
    struct str name = str_slice(line, 0, at);
    struct str value = str_trim(str_slice(line, at + 1, line.len));
    if (str_eq_nocase(name, STR("content-disposition")))
        return read_disposition(ctx, part, value);
    if (str_eq_nocase(name, STR("content-transfer-encoding")) &&
        !str_eq_nocase(value, STR("binary")) &&
        !str_eq_nocase(value, STR("8bit")) &&
        !str_eq_nocase(value, STR("7bit")))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "a part is transfer-encoded, which forms may not be");
    return RSC_OK;
}

/* Reads the header at the front of *rest and moves behind its empty line. */
static rsc_status read_header(struct ctx *ctx, struct form_part *part,
                              struct str *rest)
{
    struct str line;

    *part = (struct form_part){0};
    struct str window = {
        rest->data, rest->len < MAX_PART_HEADER ? rest->len : MAX_PART_HEADER};
    size_t end = str_find(window, STR("\r\n\r\n"), 0);
    if (end == SIZE_MAX)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "a part's header has no end within %d bytes",
                        MAX_PART_HEADER);
    struct str header = str_slice(*rest, 0, end + 2);
    *rest = str_slice(*rest, end + 4, rest->len);
    for (int n = 0; header.len; n++) {
        size_t eol = str_find(header, STR("\r\n"), 0);
        if (n == MAX_PART_FIELDS)
            return ctx_fail(ctx, RSC_EFORMAT, "a part has too many headers");
        line = str_slice(header, 0, eol);
        header = str_slice(header, eol + 2, header.len);
        if (read_field(ctx, part, line))
            return ctx->error.status;
    }
    if (!part->name.data || part->name.len == 0)
        return ctx_fail(ctx, RSC_EFORMAT, "a part has no name");
    return RSC_OK;
}

/* Behind a delimiter stands "\r\n" for another part or "--" for the end. */
static rsc_status after_delimiter(struct ctx *ctx, struct str *rest, bool *end)
{
    *end = str_starts(*rest, STR("--"));
    if (!*end && !str_starts(*rest, STR("\r\n")))
        return ctx_fail(ctx, RSC_EFORMAT, "a boundary is not at a line's end");
    *rest = str_slice(*rest, 2, rest->len);
    if (*end && rest->len && !str_eq(*rest, STR("\r\n")))
        return ctx_fail(ctx, RSC_EFORMAT, "something follows the form's end");
    return RSC_OK;
}

rsc_status form_parse(struct ctx *ctx, struct form_part **out, size_t *n,
                      struct str body, struct str boundary, size_t max_parts)
{
    VEC(struct form_part) parts = {0};
    struct str delimiter = ctx_printf(ctx, "\r\n--%.*s", STR_ARG(boundary));
    bool end;

    if (!delimiter.data)
        return ctx->error.status;
    /* The first one has no line before it. */
    if (!str_starts(body, str_slice(delimiter, 2, delimiter.len)))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the form does not begin with its "
                        "boundary");
    body = str_slice(body, delimiter.len - 2, body.len);
    if (after_delimiter(ctx, &body, &end))
        return ctx->error.status;
    while (!end) {
        if (parts.len == max_parts)
            return ctx_fail(ctx, RSC_ELIMIT, "the form has more than %zu parts",
                            max_parts);
        struct form_part *part = vec_push(ctx, &parts);
        if (!part || read_header(ctx, part, &body) || ctx_check(ctx))
            return ctx->error.status;
        char *found =
            memmem(body.data, body.len, delimiter.data, delimiter.len);
        if (!found)
            return ctx_fail(ctx, RSC_EFORMAT, "the form has no end");
        size_t at = (size_t)(found - body.data);
        part->data = str_slice(body, 0, at);
        body = str_slice(body, at + delimiter.len, body.len);
        if (after_delimiter(ctx, &body, &end))
            return ctx->error.status;
    }
    *out = parts.items;
    *n = parts.len;
    return RSC_OK;
}

bool form_is_body(const struct request *rq)
{
    return str_starts_nocase(rq->content_type, STR("multipart/"));
}

bool form_read(struct request *rq)
{
    struct form_part *parts = NULL;
    /* A batch has its files and a dozen of fields. */
    size_t max = rq->handler->is_batch
                     ? settings_number(rq->server->settings, SET_BATCH_FILES)
                     : 4;

    if (rq->form_done)
        return true;
    struct str boundary = form_boundary(rq->content_type);
    if (!boundary.data) {
        reply_error(rq, 400, "form", "the Content-Type has no usable boundary");
        return false;
    }
    if (form_parse(&rq->ctx, &parts, &rq->n_parts, rq->body, boundary,
                   max + 16)) {
        unsigned status = rq->ctx.error.status == RSC_EFORMAT ? 400 : 413;
        reply_error(rq, status, "form", "%s", rq->ctx.error.message);
        return false;
    }
    rq->parts = parts;
    rq->form_done = true;
    return true;
}

struct str form_text(const struct request *rq, const char *name)
{
    for (size_t i = 0; i < rq->n_parts; i++)
        if (!rq->parts[i].is_file && str_eq(rq->parts[i].name, str_of(name)))
            return rq->parts[i].data;
    return STR_NONE;
}

const struct form_part *form_file(const struct request *rq, const char *name)
{
    for (size_t i = 0; i < rq->n_parts; i++)
        if (rq->parts[i].is_file && str_eq(rq->parts[i].name, str_of(name)))
            return &rq->parts[i];
    return NULL;
}

bool form_is_true(struct str value)
{
    return str_eq_nocase(value, STR("true")) || str_eq(value, STR("1")) ||
           str_eq_nocase(value, STR("on")) || str_eq_nocase(value, STR("yes"));
}

bool form_allow(struct request *rq, const char *const *names, size_t n_single)
{
    for (size_t i = 0; i < rq->n_parts; i++) {
        size_t k = 0;
        while (names[k] && !str_eq(rq->parts[i].name, str_of(names[k])))
            k++;
        if (!names[k]) {
            reply_unknown(rq, rq->parts[i].name, names);
            return false;
        }
        for (size_t m = 0; k < n_single && m < i; m++) {
            if (!str_eq(rq->parts[m].name, rq->parts[i].name))
                continue;
            reply_error(rq, 422, "twice", "the field '%.*s' is given twice",
                        STR_ARG(rq->parts[i].name));
            return false;
        }
    }
    return true;
}
