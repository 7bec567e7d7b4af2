/* SPDX-License-Identifier: MIT */
#ifndef RSC_CMOCKA_ALL_H
#define RSC_CMOCKA_ALL_H

/* cmocka with the headers that it wants before it. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
