/* SPDX-License-Identifier: MIT */
#include <resume_scorer.h>

const char *rsc_version(void)
{
    return RSC_VERSION;
}

const char *rsc_status_name(rsc_status status)
{
    static const char *const names[] = {
        [RSC_OK] = "ok",
        [RSC_ENOMEM] = "memory",
        [RSC_EIO] = "io",
        [RSC_EFORMAT] = "format",
        [RSC_ELIMIT] = "limit",
        [RSC_ETIMEOUT] = "timeout",
        [RSC_ECANCELLED] = "cancelled",
        [RSC_EUNSUPPORTED] = "unsupported",
        [RSC_EINVALID] = "invalid",
        [RSC_ENOMODEL] = "no_model",
        [RSC_ENOTEXT] = "no_text",
        [RSC_EINTERNAL] = "internal",
    };

    if ((unsigned)status >= sizeof(names) / sizeof(names[0]))
        return "unknown";
    return names[status];
}
