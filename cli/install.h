/* SPDX-License-Identifier: MIT */
#ifndef RSC_INSTALL_H
#define RSC_INSTALL_H

/* The second half of a pull: packing what has come and putting it in place. */

#include "pull.h"

/* Packs partial/source, moves it and the pack to where the model lives, and
 * writes the manifest. */
rsc_status install_model(struct pull *pull, const char *partial);
/* Whether the model is there with the hashes of the registry. */
bool install_is_current(struct pull *pull);
/* Packs an installed encoder where the wanted precision is not there yet. */
rsc_status install_missing_pack(struct pull *pull);

#endif
