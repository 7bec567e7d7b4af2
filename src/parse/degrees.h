/* SPDX-License-Identifier: MIT */
#ifndef RSC_DEGREES_H
#define RSC_DEGREES_H

/*
 * Degrees as phrases: "BSc (Hons) Physics", "Master of Arts", "M.B.A.",
 * "Associate of Applied Science". A Certified Scrum Master holds no Master's
 * degree, Boston, MA is a place, and "Developer - Associate" is a grade.
 */

#include "parse/resume.h"

struct degree {
    enum degree_level level;
    struct span name;    /* in the text: "BSc", "Master of Arts" */
    struct span subject; /* "Physics"; empty if not named */
};

/* Finds the highest degree in text and fills out, which may be NULL. */
bool degree_find(struct str text, struct degree *out);
/* The lowest one from associate up: "Bachelor's or Master's degree" asks for a
 * Bachelor's. A lower one where there is no other. */
bool degree_find_lowest(struct str text, struct degree *out);
/* Whether the phrase has a word that names of schools have. */
bool degree_is_school(struct str phrase);
bool degree_tables_are_sorted(void);

#endif
