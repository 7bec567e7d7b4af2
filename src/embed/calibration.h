/* SPDX-License-Identifier: MIT */
#ifndef RSC_CALIBRATION_H
#define RSC_CALIBRATION_H

/* The texts of data/calibration.txt, built in. */

#include "base/str.h"

extern const struct str calibration_texts[];
extern const size_t calibration_n;

#endif
