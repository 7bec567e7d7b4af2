/* SPDX-License-Identifier: MIT */
#ifndef RSC_SETTINGS_TABLE_H
#define RSC_SETTINGS_TABLE_H

/* The rows behind server/settings.c. */

#include "settings.h"

enum setting_type {
    SETTING_NUMBER,
    SETTING_SWITCH,
    SETTING_TEXT
};

struct setting_row {
    const char *section, *name;
    enum setting_type type;
    uint64_t number, render; /* built-in, and of the profile for Render */
    uint64_t min, max;
    const char *text;   /* built-in, of texts */
    const char *choice; /* "a|b|c", or NULL for any text */
    const char *env[3]; /* other names than RESUME_SCORER_SECTION_NAME */
    const char *help;
};

extern const struct setting_row setting_rows[SETTING_COUNT];

#endif
