/* SPDX-License-Identifier: MIT */
#ifndef RSC_XML_H
#define RSC_XML_H

/*
 * XML as a stream of events, for documents from strangers: a DOCTYPE is
 * refused before any entity exists, depth and attributes have caps, nothing
 * outside of the bytes is ever read. Names are as written ("w:p").
 */

#include "base/ctx.h"

struct xml_tag {
    const char *name;
    const char *const *attributes; /* name, value, name, value, NULL */
};

struct xml_handler {
    void (*open)(void *arg, const struct xml_tag *tag);
    void (*close)(void *arg, const char *name);
    void (*text)(void *arg, struct str text); /* in any pieces */
    void *arg;
};

struct xml;

/* what names the part in messages ("the text of this .docx"). */
rsc_status xml_open(struct ctx *ctx, struct xml **out, const char *what,
                    const struct xml_handler *handler);
/* The next piece of the file; is_last ends it. */
rsc_status xml_feed(struct ctx *ctx, struct xml *xml, struct str piece,
                    bool is_last);
/* Stops handlers from being called: enough was read. */
void xml_stop(struct xml *xml);
void xml_close(struct xml *xml);

/* Value of the attribute, or NULL. */
const char *xml_attribute(const struct xml_tag *tag, const char *name);

#endif
