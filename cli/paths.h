/* SPDX-License-Identifier: MIT */
#ifndef RSC_PATHS_H
#define RSC_PATHS_H

/* Where `make install` puts things; the Makefile defines them. */

#ifndef LIBEXECDIR
#define LIBEXECDIR "/usr/local/libexec/resume-scorer"
#endif

#endif
