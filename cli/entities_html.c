/* SPDX-License-Identifier: MIT */
#include "entities_html.h"

#include <string.h>

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

static void put_escaped(FILE *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        switch (c) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            /* HTML forbids the other control characters. */
            if (c >= 0x20 || c == '\n' || c == '\t')
                fputc(c, out);
            else if (c != '\r')
                fputs("\xef\xbf\xbd", out);
        }
    }
}

static void put_entity(FILE *out, const rsc_entity_list *list,
                       const rsc_entity *e)
{
    fprintf(out, "<mark class=\"entity\" style=\"background:%s\">",
            colour_of(e->label));
    put_escaped(out, list->text + e->start, e->end - e->start);
    fputs("<span class=\"label\">", out);
    put_escaped(out, e->label, strlen(e->label));
    fputs("</span></mark>", out);
}

void entities_html_print(FILE *out, const rsc_entity_list *list)
{
    size_t at = 0;

    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
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
          "</style>\n</head>\n<body>\n<div class=\"entities\">",
          out);
    for (size_t i = 0; i < list->n_entities; i++) {
        const rsc_entity *e = &list->entities[i];
        put_escaped(out, list->text + at, e->start - at);
        put_entity(out, list, e);
        at = e->end;
    }
    put_escaped(out, list->text + at, list->text_len - at);
    fputs("</div>\n</body>\n</html>\n", out);
}
