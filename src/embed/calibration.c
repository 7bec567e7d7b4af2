/* SPDX-License-Identifier: MIT */
#include "embed/calibration.h"

const struct str calibration_texts[] = {
#include "calibration_txt.inc"
};

const size_t calibration_n =
    sizeof(calibration_texts) / sizeof(calibration_texts[0]);
