/* SPDX-License-Identifier: MIT */
#ifndef RESUME_SCORER_H
#define RESUME_SCORER_H

/*
 * Resume Scorer: reads a resume and a job description and says, with evidence,
 * how well they fit. This header is the whole public interface.
 *
 * Conventions, valid for every function here:
 *  - A call that can fail returns rsc_status and takes `rsc_error *err` last.
 *    `err` may be NULL; it is filled on failure only and owns nothing.
 *  - A pointer-to-pointer first parameter is an output that the caller owns
 *    and gives to the one destructor that is named beside it. A returned
 *    pointer is borrowed. Destructors accept NULL and cannot fail.
 *  - Text is UTF-8. Sizes are in bytes, durations in milliseconds.
 *  - The library never prints, exits, changes the locale or reads the
 *    environment, and it has no global state.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RSC_API __attribute__((visibility("default")))
#else
#define RSC_API
#endif

/* ------------------------------------------------------------------------
 * Section - Version
 */

#define RSC_VERSION_MAJOR 0
#define RSC_VERSION_MINOR 1
#define RSC_VERSION_PATCH 0
#define RSC_VERSION       "0.1.0"

/* Returns the version of the library that is running, such as "0.1.0". */
RSC_API const char *rsc_version(void);

/* ------------------------------------------------------------------------
 * Section - Errors
 */

typedef enum rsc_status {
    RSC_OK = 0,
    RSC_ENOMEM,       /* memory could not be had, or a budget is used up */
    RSC_EIO,          /* the operating system refused to read or write */
    RSC_EFORMAT,      /* the input is damaged or not what it claims to be */
    RSC_ELIMIT,       /* the input is past a documented limit */
    RSC_ETIMEOUT,     /* the deadline passed */
    RSC_ECANCELLED,   /* the caller cancelled the request */
    RSC_EUNSUPPORTED, /* well formed, but not something we can read */
    RSC_EINVALID,     /* the arguments or the question make no sense */
    RSC_ENOMODEL,     /* a model is needed and not installed */
    RSC_ENOTEXT,      /* a document without any text that can be judged */
    RSC_EINTERNAL,    /* a defect of ours; please report it */
} rsc_status;

typedef struct rsc_error {
    rsc_status status;
    size_t position;   /* byte offset in the input, or 0 */
    char message[400]; /* one sentence in English, NUL-terminated */
} rsc_error;

/* Returns a stable lower-case name such as "format" or "limit". */
RSC_API const char *rsc_status_name(rsc_status status);

#ifdef __cplusplus
}
#endif

#endif
