/* SPDX-License-Identifier: MIT */
#include "entities_html.h"

#include "base/html_text.h"

/* Colours that black text can be read on; labels not listed are grey. */
static const char *colour_of(const char *label)
{
    static const char *const colours[][2] = {
        {"PERSON", "#c9b6f2"},   {"ORG", "#a8d8f0"},
        {"GPE", "#ffd9a0"},      {"LOC", "#ffc89e"},
        {"FAC", "#e3c9a8"},      {"NORP", "#d5d0f5"},
        {"DATE", "#bfe6c1"},     {"TIME", "#a9e0c8"},
        {"MONEY", "#e6e69a"},    {"PERCENT", "#dfe8a6"},
        {"QUANTITY", "#dedcb8"}, {"CARDINAL", "#e0e0d0"},
        {"ORDINAL", "#d8dfe6"},  {"PRODUCT", "#f5c6d6"},
        {"EVENT", "#f7bfb8"},    {"WORK_OF_ART", "#f0cde8"},
        {"LAW", "#ffb8a8"},      {"LANGUAGE", "#cfe3a8"},
    };

    for (size_t i = 0; i < sizeof(colours) / sizeof(colours[0]); i++)
        if (!strcmp(label, colours[i][0]))
            return colours[i][1];
    return "#dddddd";
}

static void put_entity(struct buf *out, struct str text, const rsc_entity *e)
{
    buf_printf(out, "<mark class=\"entity\" style=\"background:%s\">",
               colour_of(e->label));
    html_text_put(out, str_slice(text, e->start, e->end));
    buf_put(out, STR("<span class=\"label\">"));
    html_text_put(out, str_of(e->label));
    buf_put(out, STR("</span></mark>"));
}

void entities_html_write(struct buf *out, const rsc_entity_list *list)
{
    struct str text = {list->text, list->text_len};
    size_t at = 0;

    buf_put(
        out,
        STR("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
            "<meta charset=\"utf-8\">\n<title>Entities</title>\n<style>\n"
            "body { font: 16px/2.3 system-ui, sans-serif; max-width: 46em;"
            " margin: 2em auto; padding: 0 1em; color: #111;"
            " background: #fff }\n"
            ".entities { white-space: pre-wrap; overflow-wrap: anywhere }\n"
            ".entity { padding: .35em .5em; margin: 0 .15em; line-height: 1;"
            " border-radius: .35em; color: #111;"
            " -webkit-box-decoration-break: clone;"
            " box-decoration-break: clone }\n"
            ".label { font-size: .65em; font-weight: bold; margin-left: .6em;"
            " vertical-align: middle }\n"
            "</style>\n</head>\n<body>\n<div class=\"entities\">"));
    for (size_t i = 0; i < list->n_entities; i++) {
        const rsc_entity *e = &list->entities[i];
        html_text_put(out, str_slice(text, at, e->start));
        put_entity(out, text, e);
        at = e->end;
    }
    html_text_put(out, str_slice(text, at, text.len));
    buf_put(out, STR("</div>\n</body>\n</html>\n"));
}
