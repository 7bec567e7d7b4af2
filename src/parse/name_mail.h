/* SPDX-License-Identifier: MIT */
#ifndef RSC_NAME_MAIL_H
#define RSC_NAME_MAIL_H

/* Whether an e-mail address is made of a name. */

#include "text/span.h"

/* Whether every part of local, the address before its '@', is a word of the
 * name or the first letter of one, and at least one is a word. Joined forms
 * count too: "janedoe", "jdoe". Digits say nothing. */
bool name_is_of_mail(struct str text, struct span name, struct str local);

#endif
