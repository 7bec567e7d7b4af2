/* SPDX-License-Identifier: MIT */
#ifndef RSC_CSS_H
#define RSC_CSS_H

/*
 * The part of CSS that decides whether text is seen: display, visibility,
 * opacity, font size, colours, and the ways to push text off the page. Rules
 * are kept for selectors of one part (".name", "#id", "p", "p.name"); what is
 * more complex is ignored, so text is shown rather than dropped by mistake.
 */

#include "base/vec.h"
#include "look.h"

/* What declarations say; look has the rest. */
struct css_style {
    struct look look;
    bool is_off_page; /* moved out of sight */
    bool is_clipped;  /* cut or shrunk to nothing */
    /* A box without size, which hides what it does not let out. */
    bool is_flat, hides_rest;
};

struct css_rule {
    struct str tag, class, id; /* empty: any */
    struct css_style style;
};

struct css {
    VEC(struct css_rule) rules;
};

/* Lays the declarations ("a: b; c: d") over style. */
void css_declare(struct css_style *style, struct str declarations);
/* Adds the rules of a style sheet. */
rsc_status css_add_sheet(struct ctx *ctx, struct css *css, struct str sheet);
/* Lays the rules that match an element over style; classes are separated by
 * spaces. */
void css_match(const struct css *css, struct css_style *style, struct str tag,
               struct str classes, struct str id);

#endif
