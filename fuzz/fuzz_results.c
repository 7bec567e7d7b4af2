/* SPDX-License-Identifier: MIT */
/* Saved results: as the input of verify, of audit-impact, and configurations.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "score/impact.h"
#include "score/result_compare.h"
#include "score/score_config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct impact_candidate *candidates;
    struct result_comparison comparison;
    struct result_question question;
    struct score_config config;
    struct str text = {(const char *)data, size};
    size_t n;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    impact_read_results(&ctx, &candidates, &n, text);
    result_compare(&ctx, &comparison, text, text);
    result_question_read(&ctx, &question, text);
    if (score_config_init(&ctx, &config) == RSC_OK) {
        score_config_read(&ctx, &config, text, "x");
        score_config_set_weights(&ctx, &config, text);
    }
    ctx_clear(&ctx);
    return 0;
}
