/* SPDX-License-Identifier: MIT */
#ifndef RSC_FAILSAFE_H
#define RSC_FAILSAFE_H

/*
 * The answer for the one failure that leaves no memory to make an answer:
 * poppler ends the process when malloc fails, wherever it is. What is to be
 * said then was put together before the file was opened.
 */

#include "extract/wire.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Prepares the answer and registers it for exit() and for C++'s new. */
void failsafe_arm(const struct wire_sandbox *sandbox);
/* Writes all of the bytes to standard output, as far as somebody reads. */
void failsafe_write(struct str bytes);
/* Writes the prepared answer and ends the process. */
void failsafe_out_of_memory(void);

#ifdef __cplusplus
}
#endif

#endif
