/* SPDX-License-Identifier: MIT */
#include "extract/extract.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "extract/helper.h"

/* What a signal says about the file, to somebody who has to act on it. */
static rsc_status explain_signal(struct ctx *ctx, int number)
{
    switch (number) {
    case SIGXCPU:
        return ctx_fail(ctx, RSC_ETIMEOUT,
                        "reading this file took too much processor time; it "
                        "is damaged or made to do that, so print it to a new "
                        "PDF and use that");
    case SIGKILL:
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the system killed the reader of this file, most "
                        "likely for memory; use a smaller file or give the "
                        "machine more memory");
    default:
        return ctx_fail(ctx, RSC_EFORMAT,
                        "reading this file crashed its reader (signal %d); it "
                        "is damaged, so save or print it to a new PDF and use "
                        "that",
                        number);
    }
}

/* The helper ended and no complete answer came. */
static rsc_status explain_end(struct ctx *ctx, const struct helper *h)
{
    if (h->wait_status < 0)
        return ctx_fail(ctx, RSC_EINTERNAL,
                        "the extraction helper ended without an answer, and "
                        "the system did not say how");
    if (WIFSIGNALED(h->wait_status))
        return explain_signal(ctx, WTERMSIG(h->wait_status));
    if (WEXITSTATUS(h->wait_status) == HELPER_EXIT_NOT_STARTED)
        return ctx_fail(ctx, RSC_EIO,
                        "the extraction helper %s could not be started; "
                        "install it beside resume-scorer or name its path",
                        h->path);
    return ctx_fail(ctx, RSC_EINTERNAL,
                    "the extraction helper ended with status %d and without "
                    "an answer; please report this file",
                    WEXITSTATUS(h->wait_status));
}

static rsc_status explain_late(struct ctx *ctx, unsigned timeout_ms)
{
    /* The deadline of the request says so in its own words. */
    rsc_status st = ctx_check(ctx);

    if (st)
        return st;
    return ctx_fail(ctx, RSC_ETIMEOUT,
                    "reading this file took longer than %u.%u s; it is "
                    "damaged or very complex, so print it to a new PDF or use "
                    "a shorter file",
                    timeout_ms / 1000, timeout_ms % 1000 / 100);
}

/* Runs the helper to its end and reads its answer. */
static rsc_status ask(struct ctx *ctx, struct wire_answer *out,
                      const struct extract_options *options,
                      const struct str *bytes)
{
    struct helper helper;
    struct str answer = STR_NONE;
    rsc_status st = ctx_check(ctx);

    if (!st)
        st = helper_open(ctx, &helper, options, bytes);
    if (st)
        return st;
    enum helper_ending ending = helper_run(ctx, &helper, &answer);
    helper_close(&helper);
    switch (ending) {
    case HELPER_ANSWERED:
        return wire_read(ctx, out, answer);
    case HELPER_ENDED:
        /* It thinks that all is well: what it said is then what is wrong. */
        if (answer.len > 0 && helper.wait_status == 0)
            return wire_read(ctx, out, answer);
        return explain_end(ctx, &helper);
    case HELPER_LATE:
        return explain_late(ctx, options->timeout_ms);
    case HELPER_TALKATIVE:
        return ctx_fail(ctx, RSC_EINTERNAL,
                        "the extraction helper answered with more than %zu MB; "
                        "please report this file",
                        WIRE_MAX_BYTES >> 20);
    case HELPER_FAILED:
        break;
    }
    return ctx->error.status;
}

rsc_status extract_document(struct ctx *ctx, struct document *out,
                            const struct extract_options *options,
                            struct str bytes)
{
    struct wire_answer answer;

    *out = (struct document){0};
    if (bytes.len == 0)
        return ctx_fail(ctx, RSC_EINVALID,
                        "the file is empty; choose the right file");
    if (bytes.len > options->max_bytes)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the file has %zu MB, more than the limit of %zu MB; "
                        "use a smaller one",
                        (bytes.len + (1u << 20) - 1) >> 20,
                        options->max_bytes >> 20);
    rsc_status st = ask(ctx, &answer, options, &bytes);
    if (st)
        return st;
    if (!answer.has_document)
        return ctx_fail(ctx, RSC_EINTERNAL,
                        "the extraction helper gave no document; please "
                        "report this file");
    *out = answer.document;
    return RSC_OK;
}

rsc_status extract_probe(struct ctx *ctx, struct wire_sandbox *out,
                         const struct extract_options *options)
{
    struct wire_answer answer;
    rsc_status st = ask(ctx, &answer, options, NULL);

    *out = st ? (struct wire_sandbox){0} : answer.sandbox;
    return st;
}
