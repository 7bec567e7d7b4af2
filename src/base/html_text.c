/* SPDX-License-Identifier: MIT */
#include "base/html_text.h"

static struct str escape_of(unsigned char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    case '\'':
        return STR("&#39;");
    case '\r':
        return STR("");
    case '\n':
    case '\t':
        return STR_NONE;
    default:
        return c < 0x20 ? STR("\xef\xbf\xbd") : STR_NONE;
    }
}

void html_text_put(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        struct str escape = escape_of((unsigned char)text.data[i]);
        if (escape.data)
            buf_put(out, escape);
        else
            buf_put_char(out, text.data[i]);
    }
}
