/* SPDX-License-Identifier: MIT */
#include "xml.h"

#include <expat.h>

/* Documents nest tables in tables; nobody nests 256 elements. */
#define MAX_DEPTH 256
/* Word writes up to 40 on one element. */
#define MAX_ATTRIBUTES 256

struct xml {
    XML_Parser parser;
    struct xml_handler handler;
    const char *what;
    unsigned depth;
    bool is_stopped;
    const char *refused; /* the rule that the file broke, or NULL */
};

static void refuse(struct xml *xml, const char *why)
{
    if (!xml->refused)
        xml->refused = why;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void on_open(void *arg, const char *name, const char **attributes)
{
    struct xml *xml = arg;

    if (xml->refused || xml->is_stopped)
        return;
    if (++xml->depth > MAX_DEPTH) {
        refuse(xml, "its elements are nested too deeply");
        return;
    }
    if (XML_GetSpecifiedAttributeCount(xml->parser) > 2 * MAX_ATTRIBUTES) {
        refuse(xml, "an element has too many attributes");
        return;
    }
    struct xml_tag tag = {name, (const char *const *)attributes};
    xml->handler.open(xml->handler.arg, &tag);
}

static void on_close(void *arg, const char *name)
{
    struct xml *xml = arg;

    if (xml->refused || xml->is_stopped)
        return;
    xml->depth--;
    xml->handler.close(xml->handler.arg, name);
}

static void on_text(void *arg, const char *text, int len)
{
    struct xml *xml = arg;

    if (xml->refused || xml->is_stopped || !xml->handler.text)
        return;
    xml->handler.text(xml->handler.arg, (struct str){text, (size_t)len});
}

/* No document format of ours has one, and every entity trick needs one. */
static void on_doctype(void *arg, const char *name, const char *system_id,
                       const char *public_id, int has_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    refuse(arg, "it declares a DOCTYPE");
}

rsc_status xml_open(struct ctx *ctx, struct xml **out, const char *what,
                    const struct xml_handler *handler)
{
    struct xml *xml = ctx_calloc(ctx, 1, sizeof(*xml));

    if (!xml)
        return ctx->error.status;
    xml->parser = XML_ParserCreate(NULL);
    if (!xml->parser)
        return ctx_fail(ctx, RSC_ENOMEM, "no memory to read %s", what);
    xml->handler = *handler;
    xml->what = what;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_open, on_close);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    *out = xml;
    return RSC_OK;
}

rsc_status xml_feed(struct ctx *ctx, struct xml *xml, struct str piece,
                    bool is_last)
{
    rsc_status st = ctx_check(ctx);

    if (st || xml->is_stopped)
        return st;
    if (XML_Parse(xml->parser, piece.data, (int)piece.len, is_last) ==
            XML_STATUS_OK ||
        xml->is_stopped)
        return RSC_OK;
    if (xml->refused)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s is refused: %s; save the document again", xml->what,
                        xml->refused);
    enum XML_Error error = XML_GetErrorCode(xml->parser);
    if (error == XML_ERROR_NO_MEMORY)
        return ctx_fail(ctx, RSC_ELIMIT, "%s needs too much memory", xml->what);
    return ctx_fail_at(ctx, RSC_EFORMAT,
                       (size_t)XML_GetCurrentByteIndex(xml->parser),
                       "%s is damaged (%s); open it in its program and save "
                       "it again",
                       xml->what, XML_ErrorString(error));
}

void xml_stop(struct xml *xml)
{
    xml->is_stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

void xml_close(struct xml *xml)
{
    if (xml)
        XML_ParserFree(xml->parser);
}

const char *xml_attribute(const struct xml_tag *tag, const char *name)
{
    for (size_t i = 0; tag->attributes[i]; i += 2) {
        if (!strcmp(tag->attributes[i], name))
            return tag->attributes[i + 1];
    }
    return NULL;
}
