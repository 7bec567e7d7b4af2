/* SPDX-License-Identifier: MIT */
#include "engine/as_of.h"

#include <stdio.h>
#include <time.h>

static void from_clock(struct as_of *out, int64_t now_s)
{
    time_t now = (time_t)now_s;
    struct tm day;

    gmtime_r(&now, &day);
    out->month.year = (int16_t)(day.tm_year + 1900);
    out->month.month = (int8_t)(day.tm_mon + 1);
    snprintf(out->text, sizeof(out->text), "%04d-%02d-%02d", day.tm_year + 1900,
             day.tm_mon + 1, day.tm_mday);
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* Whether text has the form 2026-11 or 2026-11-23 and such a day exists. */
static bool is_date(struct str text, uint64_t *year, uint64_t *month)
{
    uint64_t day = 1;

    if ((text.len != 7 && text.len != 10) || text.data[4] != '-' ||
        !str_to_u64(str_slice(text, 0, 4), 2200, year) || *year < 1950 ||
        !str_to_u64(str_slice(text, 5, 7), 12, month) || *month < 1)
        return false;
    if (text.len == 7)
        return true;
    return text.data[7] == '-' &&
           str_to_u64(str_slice(text, 8, 10), 31, &day) && day >= 1 &&
           day <= days_in((unsigned)*year, (unsigned)*month);
}

rsc_status as_of_read(struct ctx *ctx, struct as_of *out, const char *text,
                      int64_t now_s)
{
    uint64_t year, month;

    if (!text) {
        from_clock(out, now_s);
        return RSC_OK;
    }
    if (!is_date(str_of(text), &year, &month))
        return ctx_fail(ctx, RSC_EINVALID,
                        "'%.20s' is no date; write 2026-11 or 2026-11-23",
                        text);
    out->month.year = (int16_t)year;
    out->month.month = (int8_t)month;
    snprintf(out->text, sizeof(out->text), "%s", text);
    return RSC_OK;
}
