/* SPDX-License-Identifier: MIT */
#ifndef RSC_ODT_H
#define RSC_ODT_H

/* The reader of .odt, once its container is open, and of .fodt, the same as
 * one XML file. */

#include "archive.h"
#include "reader.h"

rsc_status odt_read(struct ctx *ctx, struct builder *b,
                    struct reading_facts *facts, struct archive *archive);
reader_fn fodt_read;

#endif
