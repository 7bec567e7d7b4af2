/* SPDX-License-Identifier: MIT */
#ifndef RSC_MAKE_FILES_H
#define RSC_MAKE_FILES_H

/* What the parts of make_files share. Failures end the program. */

#include <stddef.h>

void write_file(const char *name, const char *data, size_t len);
/* .docx and .odt, with text and as bombs. */
void make_office(void);
/* RTF, HTML, plain text in many character sets, and what is no document. */
void make_texts(void);

#endif
