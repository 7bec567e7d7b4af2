/* SPDX-License-Identifier: MIT */
#include "governor/governor.h"

#include <assert.h>
#include <pthread.h>

#include "base/clock.h"
#include "base/mem.h"

/* The group stalls this share of the time: pages are read again and again. */
#define THRASH_CENTI 2000

struct governor {
    struct mem *mem;
    struct governor_options options;
    struct governor_owner owners[GOVERNOR_OWNERS];
    size_t n_owners;
    pthread_mutex_t acting; /* one check at a time */
    pthread_mutex_t lock;   /* of last and read_ns; held for a copy only */
    struct pressure last;
    int64_t read_ns, acted_ns; /* 0: never */
    _Atomic int stage;
};

rsc_status governor_open(struct ctx *ctx, struct governor **out,
                         struct mem *mem,
                         const struct governor_options *options)
{
    struct governor *governor = mem_calloc(mem, 1, sizeof(*governor));

    *out = governor;
    if (!governor)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    governor->mem = mem;
    governor->options = *options;
    pthread_mutex_init(&governor->acting, NULL);
    pthread_mutex_init(&governor->lock, NULL);
    return RSC_OK;
}

void governor_close(struct governor *governor)
{
    if (!governor)
        return;
    pthread_mutex_destroy(&governor->acting);
    pthread_mutex_destroy(&governor->lock);
    mem_free(governor->mem, governor, sizeof(*governor));
}

void governor_add(struct governor *governor, const struct governor_owner *owner)
{
    assert(governor->n_owners < GOVERNOR_OWNERS);
    governor->owners[governor->n_owners++] = *owner;
}

const char *governor_stage_name(enum governor_stage stage)
{
    static const char *const names[] = {
        [STAGE_CALM] = "calm",
        [STAGE_STANDARD] = "standard",
        [STAGE_AGGRESSIVE] = "aggressive",
        [STAGE_EMERGENCY] = "emergency",
    };

    return names[stage];
}

enum governor_stage governor_stage(const struct governor *governor)
{
    return (enum governor_stage)atomic_load(&governor->stage);
}

void governor_last(struct governor *governor, struct pressure *out)
{
    pthread_mutex_lock(&governor->lock);
    *out = governor->last;
    pthread_mutex_unlock(&governor->lock);
}

const char *governor_owner_at(const struct governor *governor, size_t i,
                              uint64_t *held)
{
    if (i >= governor->n_owners)
        return NULL;
    const struct governor_owner *owner = &governor->owners[i];
    *held = owner->held ? owner->held(owner->user) : 0;
    return owner->name;
}

/* The stage for a reading, given the one that we are in. */
static enum governor_stage decide(const struct governor *governor,
                                  const struct pressure *p)
{
    enum governor_stage now = governor_stage(governor), stage = STAGE_CALM;

    for (int i = STAGE_STANDARD; i <= STAGE_EMERGENCY; i++) {
        unsigned door = governor->options.percent[i - 1];
        /* Inside of a stage its door is lower. */
        if ((int)now >= i)
            door = door > GOVERNOR_HYSTERESIS ? door - GOVERNOR_HYSTERESIS : 0;
        if (p->percent >= door)
            stage = (enum governor_stage)i;
    }
    if (stage == STAGE_CALM && p->has_stall && p->stall_centi >= THRASH_CENTI)
        stage = STAGE_STANDARD;
    return stage;
}

static void tell(const struct governor *governor,
                 const struct governor_event *event)
{
    if (governor->options.report)
        governor->options.report(governor->options.user, event);
}

static void reclaim(struct governor *governor, enum governor_stage stage,
                    const struct pressure *p)
{
    for (size_t i = 0; i < governor->n_owners; i++) {
        const struct governor_owner *owner = &governor->owners[i];
        if (!owner->reclaim)
            continue;
        uint64_t freed = owner->reclaim(owner->user, stage);
        struct governor_event event = {stage, stage, owner->name, freed, p};
        if (freed)
            tell(governor, &event);
    }
}

static void act(struct governor *governor, const struct pressure *p,
                int64_t now)
{
    enum governor_stage before = governor_stage(governor);
    enum governor_stage stage = decide(governor, p);

    atomic_store(&governor->stage, (int)stage);
    if (stage != before) {
        struct governor_event event = {before, stage, NULL, 0, p};
        tell(governor, &event);
    }
    bool again =
        now - governor->acted_ns > GOVERNOR_REPEAT_MS * INT64_C(1000000);
    if (stage == STAGE_CALM || (stage <= before && !again))
        return;
    governor->acted_ns = now;
    reclaim(governor, stage, p);
}

static bool is_fresh(struct governor *governor, int64_t now, unsigned age_ms)
{
    pthread_mutex_lock(&governor->lock);
    bool fresh = governor->read_ns &&
                 now - governor->read_ns < (int64_t)age_ms * 1000000;
    pthread_mutex_unlock(&governor->lock);
    return fresh;
}

enum governor_stage governor_check(struct governor *governor,
                                   unsigned max_age_ms)
{
    int64_t now = clock_monotonic_ns();
    struct pressure p;

    /* Whoever comes while another one acts takes that one's decision. */
    if (is_fresh(governor, now, max_age_ms) ||
        pthread_mutex_trylock(&governor->acting) != 0)
        return governor_stage(governor);
    pressure_read(&p, governor->options.root, governor->options.limit);
    pthread_mutex_lock(&governor->lock);
    governor->last = p;
    governor->read_ns = now;
    pthread_mutex_unlock(&governor->lock);
    act(governor, &p, now);
    pthread_mutex_unlock(&governor->acting);
    return governor_stage(governor);
}
