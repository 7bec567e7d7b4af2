/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_PARTS_H
#define RSC_JOB_PARTS_H

/* What a sentence of an advertisement is, by where it stands and its words. */

#include "parse/job_headings.h"

struct job_place {
    enum job_part part; /* of the heading above */
    bool has_headings;  /* somewhere in the advertisement */
    bool items_ask;     /* items of a list without heading are requirements */
};

enum job_part job_parts_judge(const struct job_place *place, struct str text,
                              bool is_item);
/* Whether an item without heading asks for something by its own words. */
bool job_parts_item_asks(struct str text);

#endif
