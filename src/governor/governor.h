/* SPDX-License-Identifier: MIT */
#ifndef RSC_GOVERNOR_H
#define RSC_GOVERNOR_H

/*
 * Decides what memory is worth keeping. It knows no cache, no model and no
 * request: each of them registers as an owner, with a function that tells how
 * much it holds and one that gives some of it back.
 *
 *     percent of the limit   70           80              90
 *     stage        calm  |  standard  |  aggressive  |  emergency
 *     owners give  -        a part       all caches,    everything that
 *                                        model pages    can go
 *
 * A stage is left only when use is HYSTERESIS points below its door, so that
 * it does not flap. Owners are asked when a stage is entered, and again while
 * it lasts, at most once in REPEAT_MS.
 *
 * Threads: any; one lock is held while owners give back, so a reclaim
 * function must not call the governor.
 */

#include "base/ctx.h"
#include "governor/pressure.h"

enum governor_stage {
    STAGE_CALM,
    STAGE_STANDARD,
    STAGE_AGGRESSIVE,
    STAGE_EMERGENCY,
};

struct governor_owner {
    const char *name; /* "cache" */
    void *user;
    uint64_t (*held)(void *user);
    /* Gives back what the stage asks for and returns the bytes; may be NULL. */
    uint64_t (*reclaim)(void *user, enum governor_stage stage);
};

/* What happened, for the log: a change of stage (owner NULL) or bytes that an
 * owner gave back. */
struct governor_event {
    enum governor_stage before, stage;
    const char *owner;
    uint64_t freed;
    const struct pressure *pressure;
};

struct governor_options {
    const char *root;    /* of proc and sys: "" but in tests */
    uint64_t limit;      /* bytes; 0: as the container says */
    unsigned percent[3]; /* doors: 70, 80, 90 */
    void *user;
    void (*report)(void *user, const struct governor_event *event);
};

#define GOVERNOR_OWNERS     8
#define GOVERNOR_HYSTERESIS 5
#define GOVERNOR_REPEAT_MS  2000

struct governor;

/* Fails with RSC_ENOMEM. Closed by governor_close. */
rsc_status governor_open(struct ctx *ctx, struct governor **out,
                         struct mem *mem,
                         const struct governor_options *options);
void governor_close(struct governor *governor);
/* Before the first check. */
void governor_add(struct governor *governor,
                  const struct governor_owner *owner);

/* Reads the pressure and acts. A reading younger than max_age_ms is used
 * again. */
enum governor_stage governor_check(struct governor *governor,
                                   unsigned max_age_ms);
/* The stage that was last decided; never waits. */
enum governor_stage governor_stage(const struct governor *governor);
/* The last reading, and percent; waits for no reclaim longer than a moment. */
void governor_last(struct governor *governor, struct pressure *out);
/* Bytes of owner i and its name; NULL past the last. */
const char *governor_owner_at(const struct governor *governor, size_t i,
                              uint64_t *held);
/* "calm", "standard", ... */
const char *governor_stage_name(enum governor_stage stage);

#endif
