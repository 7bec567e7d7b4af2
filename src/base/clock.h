/* SPDX-License-Identifier: MIT */
#ifndef RSC_CLOCK_H
#define RSC_CLOCK_H

/* The two clocks. Scoring never reads them: dates come in as data. */

#include <stdint.h>

/* For deadlines and durations; never goes back. */
int64_t clock_monotonic_ns(void);
/* Seconds since 1970-01-01 UTC. */
int64_t clock_wall_s(void);

#endif
