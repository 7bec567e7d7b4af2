/* SPDX-License-Identifier: MIT */
#include "parse/jsonresume.h"

#include <jansson.h>

#include "base/limits.h"
#include "text/plain.h"

/* jansson counts in its own memory; a file has at most LIMIT_FILE_BYTES, and
 * what is made of it at most LIMIT_TEXT_CHARS. */
struct composer {
    struct buf text;
};

bool jsonresume_detect(struct str bytes)
{
    static const char *const keys[] = {"\"basics\"", "\"work\"",
                                       "\"education\"", "\"skills\""};
    struct str s = str_trim(bytes);

    if (str_starts(s, STR("\xEF\xBB\xBF")))
        s = str_trim(str_slice(s, 3, s.len));
    if (s.len < 2 || s.data[0] != '{')
        return false;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        struct str key = str_of(keys[i]);
        size_t at = str_find(s, key, 0);
        if (at == SIZE_MAX)
            continue;
        struct str rest = str_trim(str_slice(s, at + key.len, s.len));
        if (rest.len && rest.data[0] == ':')
            return true;
    }
    return false;
}

/* The string at key, without line ends; empty if there is none. */
static struct str string_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_string(value))
        return STR("");
    return str_trim(
        (struct str){json_string_value(value), json_string_length(value)});
}

/* The first of two keys that is there: schemas before 1.0 had others. */
static struct str string_of(const json_t *object, const char *key,
                            const char *older)
{
    struct str value = string_at(object, key);

    return value.len ? value : string_at(object, older);
}

/* Writes value on one line; a separator before it where the line has text. */
static void put(struct composer *c, struct str separator, struct str value)
{
    bool has_blank = false;

    if (!value.len)
        return;
    if (c->text.len && c->text.data[c->text.len - 1] != '\n')
        buf_put(&c->text, separator);
    for (size_t i = 0; i < value.len; i++) {
        if (ascii_is_space((unsigned char)value.data[i])) {
            has_blank = true;
            continue;
        }
        if (has_blank)
            buf_put_char(&c->text, ' ');
        has_blank = false;
        buf_put_char(&c->text, value.data[i]);
    }
}

static void end_line(struct composer *c)
{
    if (c->text.len && c->text.data[c->text.len - 1] != '\n')
        buf_put_char(&c->text, '\n');
}

static void put_line(struct composer *c, struct str value)
{
    put(c, STR(" "), value);
    end_line(c);
}

/* "2011-12-01" as "Dec 2011", which no reader takes for a range. */
static void put_date(struct composer *c, struct str separator, struct str date)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr",
                                        "May", "Jun", "Jul", "Aug",
                                        "Sep", "Oct", "Nov", "Dec"};
    uint64_t month;

    if (date.len >= 7 && date.data[4] == '-' &&
        str_to_u64(str_slice(date, 5, 7), 12, &month) && month > 0) {
        put(c, separator, str_of(names[month - 1]));
        put(c, STR(" "), str_slice(date, 0, 4));
    } else {
        put(c, separator, date);
    }
}

static void put_range(struct composer *c, const json_t *item)
{
    struct str start = string_at(item, "startDate");
    struct str end = string_at(item, "endDate");

    put_date(c, STR(" | "), start);
    if (!start.len)
        put_date(c, STR(" | "), end);
    else if (end.len)
        put_date(c, STR(" - "), end);
    else
        put(c, STR(" - "), STR("Present"));
}

static void put_items(struct composer *c, const json_t *list)
{
    size_t i;
    json_t *value;

    json_array_foreach(list, i, value)
    {
        if (!json_is_string(value) || !json_string_length(value))
            continue;
        buf_put(&c->text, STR("- "));
        put(c, STR(""),
            (struct str){json_string_value(value), json_string_length(value)});
        end_line(c);
    }
}

static void put_joined(struct composer *c, struct str first, const json_t *list)
{
    size_t i;
    json_t *value;

    json_array_foreach(list, i, value)
    {
        if (json_is_string(value)) {
            put(c, first,
                (struct str){json_string_value(value),
                             json_string_length(value)});
            first = STR(", ");
        }
    }
}

static void put_work(struct composer *c, const json_t *item)
{
    put(c, STR(""), string_at(item, "position"));
    put(c, STR(" | "),
        string_of(item, "name",
                  json_object_get(item, "organization") ? "organization"
                                                        : "company"));
    put(c, STR(" | "), string_at(item, "location"));
    put_range(c, item);
    end_line(c);
    put_line(c, string_at(item, "summary"));
    put_items(c, json_object_get(item, "highlights"));
    buf_put_char(&c->text, '\n');
}

static void put_education(struct composer *c, const json_t *item)
{
    struct str type = string_at(item, "studyType");

    put(c, STR(""), type);
    put(c, type.len ? STR(" in ") : STR(""), string_at(item, "area"));
    put(c, STR(" | "), string_at(item, "institution"));
    put_range(c, item);
    end_line(c);
    put_joined(c, STR("Coursework: "), json_object_get(item, "courses"));
    end_line(c);
    buf_put_char(&c->text, '\n');
}

static void put_certificate(struct composer *c, const json_t *item)
{
    put(c, STR(""), string_of(item, "name", "title"));
    put(c, STR(" | "), string_of(item, "issuer", "awarder"));
    put_date(c, STR(" | "), string_of(item, "date", "releaseDate"));
    end_line(c);
    put_line(c, string_at(item, "summary"));
}

static void put_publication(struct composer *c, const json_t *item)
{
    put(c, STR(""), string_at(item, "name"));
    put(c, STR(" | "), string_at(item, "publisher"));
    put_date(c, STR(" | "), string_at(item, "releaseDate"));
    end_line(c);
    put_line(c, string_at(item, "summary"));
}

static void put_skill(struct composer *c, const json_t *item)
{
    if (json_is_string(item)) {
        put_line(
            c, (struct str){json_string_value(item), json_string_length(item)});
        return;
    }
    put(c, STR(""), string_at(item, "name"));
    put_joined(c, STR(": "), json_object_get(item, "keywords"));
    end_line(c);
}

static void put_language(struct composer *c, const json_t *item)
{
    struct str fluency = string_at(item, "fluency");

    put(c, STR(""), string_at(item, "language"));
    put(c, STR(": "), fluency);
    end_line(c);
}

static void put_project(struct composer *c, const json_t *item)
{
    put(c, STR(""), string_at(item, "name"));
    if (string_at(item, "startDate").len || string_at(item, "endDate").len)
        put_range(c, item);
    end_line(c);
    put_line(c, string_of(item, "description", "summary"));
    put_items(c, json_object_get(item, "highlights"));
    put_joined(c, STR(""), json_object_get(item, "keywords"));
    end_line(c);
    buf_put_char(&c->text, '\n');
}

static void put_reference(struct composer *c, const json_t *item)
{
    put_line(c, string_at(item, "name"));
    put_line(c, string_at(item, "reference"));
}

static void put_basics(struct composer *c, const json_t *basics)
{
    const json_t *place = json_object_get(basics, "location");
    size_t i;
    json_t *profile;

    put_line(c, string_at(basics, "name"));
    put_line(c, string_at(basics, "label"));
    put(c, STR(""), string_at(basics, "email"));
    put(c, STR(" | "), string_at(basics, "phone"));
    put(c, STR(" | "), string_of(basics, "url", "website"));
    end_line(c);
    put(c, STR(""), string_at(place, "address"));
    put(c, STR(", "), string_at(place, "city"));
    put(c, STR(", "), string_at(place, "region"));
    put(c, STR(" "), string_at(place, "postalCode"));
    put(c, STR(", "), string_at(place, "countryCode"));
    end_line(c);
    json_array_foreach(json_object_get(basics, "profiles"), i, profile)
    {
        put_line(c, string_of(profile, "url", "username"));
    }
    if (string_at(basics, "summary").len) {
        buf_put(&c->text, STR("\nSUMMARY\n"));
        put_line(c, string_at(basics, "summary"));
    }
}

static void compose(struct composer *c, const json_t *root)
{
    static const struct {
        const char *key, *heading;
        void (*put)(struct composer *, const json_t *);
    } parts[] = {
        {"work", "WORK EXPERIENCE", put_work},
        {"volunteer", "VOLUNTEER EXPERIENCE", put_work},
        {"education", "EDUCATION", put_education},
        {"certificates", "CERTIFICATIONS", put_certificate},
        {"skills", "SKILLS", put_skill},
        {"languages", "LANGUAGES", put_language},
        {"projects", "PROJECTS", put_project},
        {"awards", "AWARDS", put_certificate},
        {"publications", "PUBLICATIONS", put_publication},
        {"interests", "INTERESTS", put_skill},
        {"references", "REFERENCES", put_reference},
    };
    size_t i;
    json_t *item;

    put_basics(c, json_object_get(root, "basics"));
    for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
        const json_t *list = json_object_get(root, parts[k].key);
        if (!json_is_array(list) || !json_array_size(list))
            continue;
        end_line(c);
        buf_put_char(&c->text, '\n');
        buf_put(&c->text, str_of(parts[k].heading));
        buf_put_char(&c->text, '\n');
        json_array_foreach(list, i, item)
        {
            parts[k].put(c, item);
        }
    }
}

rsc_status jsonresume_read(struct ctx *ctx, struct document *out,
                           struct str bytes)
{
    struct composer c;
    json_error_t error;
    struct str s = bytes;

    if (str_starts(s, STR("\xEF\xBB\xBF")))
        s = str_slice(s, 3, s.len);
    json_t *root = json_loadb(s.data, s.len, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return ctx_fail_at(ctx, RSC_EFORMAT, (size_t)error.position,
                           "the JSON Resume is damaged at line %d, column "
                           "%d: %s",
                           error.line, error.column, error.text);
    /* Four bytes are the most that one character has. */
    buf_init(&c.text, ctx->arena.mem, (size_t)LIMIT_TEXT_CHARS * 4);
    if (json_is_object(root))
        compose(&c, root);
    json_decref(root);
    rsc_status st;
    /* No single text is longer than the file: with more room left than that,
     * it was memory that ran out. */
    if (c.text.failed && c.text.max - c.text.len > bytes.len)
        st = ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    else if (c.text.failed)
        st = ctx_fail(ctx, RSC_ELIMIT,
                      "the JSON Resume has more than %d characters",
                      LIMIT_TEXT_CHARS);
    else if (str_trim(buf_str(&c.text)).len == 0)
        st = ctx_fail(ctx, RSC_ENOTEXT,
                      "the JSON Resume has none of the schema's texts");
    else
        st = plain_document(ctx, out, buf_str(&c.text));
    if (!st)
        out->method = STR("json resume");
    buf_clear(&c.text);
    return st;
}
