/* SPDX-License-Identifier: MIT */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet.h>

#include "base/utf8.h"

/* uchardet reads no more than this; a text does not change its set. */
#define SAMPLE_BYTES ((size_t)64 << 10)

/* Names without case and punctuation, as squeeze() makes them. */
struct charset {
    const char *name;    /* for iconv */
    const char *aliases; /* squeezed, separated by spaces */
    uint16_t codepage;   /* of Windows */
};

/* UTF-16 is our own code: it must work wherever UTF-8 does. */
static const struct charset charsets[] = {
    {"UTF-8", "utf8 unicode11utf8 ascii usascii", 65001},
    {"UTF-16LE", "utf16le utf16", 1200},
    {"UTF-16BE", "utf16be", 1201},
    {"WINDOWS-1252", "windows1252 cp1252 iso88591 latin1 xcp1252 ansi", 1252},
    {"WINDOWS-1250", "windows1250 cp1250", 1250},
    {"WINDOWS-1251", "windows1251 cp1251", 1251},
    {"WINDOWS-1253", "windows1253 cp1253", 1253},
    {"WINDOWS-1254", "windows1254 cp1254 iso88599 latin5", 1254},
    {"WINDOWS-1255", "windows1255 cp1255", 1255},
    {"WINDOWS-1256", "windows1256 cp1256", 1256},
    {"WINDOWS-1257", "windows1257 cp1257", 1257},
    {"WINDOWS-1258", "windows1258 cp1258", 1258},
    {"ISO-8859-2", "iso88592 latin2", 28592},
    {"ISO-8859-3", "iso88593 latin3", 28593},
    {"ISO-8859-4", "iso88594 latin4", 28594},
    {"ISO-8859-5", "iso88595 cyrillic", 28595},
    {"ISO-8859-6", "iso88596 arabic", 28596},
    {"ISO-8859-7", "iso88597 greek", 28597},
    {"ISO-8859-8", "iso88598 hebrew iso88598i", 28598},
    {"ISO-8859-13", "iso885913 latin7", 28603},
    {"ISO-8859-15", "iso885915 latin9", 28605},
    {"KOI8-R", "koi8r koi8", 20866},
    {"KOI8-U", "koi8u", 21866},
    {"MACINTOSH", "macintosh macroman xmacroman mac", 10000},
    {"MAC-CYRILLIC", "maccyrillic xmaccyrillic", 10007},
    {"IBM437", "ibm437 cp437", 437},
    {"IBM850", "ibm850 cp850", 850},
    {"IBM852", "ibm852 cp852", 852},
    {"IBM866", "ibm866 cp866", 866},
    {"CP874", "tis620 cp874 windows874 iso885911", 874},
    {"CP932", "shiftjis sjis cp932 windows31j xsjis", 932},
    {"EUC-JP", "eucjp xeucjp", 20932},
    {"ISO-2022-JP", "iso2022jp", 50220},
    {"GB18030", "gb18030 gbk gb2312 cp936 euccn hzgb2312", 936},
    {"CP949", "euckr uhc cp949 ksc56011987", 949},
    {"BIG5-HKSCS", "big5 big5hkscs cp950", 950},
};

#define N_CHARSETS (sizeof(charsets) / sizeof(charsets[0]))
enum {
    UTF8,
    UTF16LE,
    UTF16BE,
    WINDOWS_1252
};

/* The one thing that lives as long as the process: converters cannot be had
 * once the sandbox is closed. Slot i is charsets[i]; 0 is not open. */
static iconv_t converters[N_CHARSETS];

void charset_prepare(void)
{
    for (size_t i = WINDOWS_1252; i < N_CHARSETS; i++) {
        iconv_t c = iconv_open("UTF-8", charsets[i].name);
        converters[i] = c == (iconv_t)-1 ? NULL : c;
    }
}

/* Lower-case letters and digits of name only. */
static size_t squeeze(char *out, size_t max, struct str name)
{
    size_t n = 0;

    for (size_t i = 0; i < name.len && n + 1 < max; i++) {
        if (ascii_is_alnum((unsigned char)name.data[i]))
            out[n++] = ascii_lower(name.data[i]);
    }
    out[n] = '\0';
    return n;
}

int charset_find(struct str name)
{
    char squeezed[32];
    struct str wanted = {squeezed, squeeze(squeezed, sizeof(squeezed), name)};

    for (size_t i = 0; i < N_CHARSETS && wanted.len > 0; i++) {
        struct str rest = str_of(charsets[i].aliases);
        struct str alias;
        while (str_next_field(&rest, ' ', &alias)) {
            if (str_eq(alias, wanted))
                return (int)i;
        }
    }
    return -1;
}

int charset_of_codepage(unsigned codepage)
{
    for (size_t i = 0; i < N_CHARSETS; i++) {
        if (charsets[i].codepage == codepage)
            return (int)i;
    }
    return -1;
}

static void convert_utf16(struct buf *out, struct str s, bool big)
{
    for (size_t i = 0; i + 1 < s.len; i += 2) {
        const unsigned char *b = (const unsigned char *)s.data + i;
        uint32_t c =
            big ? (uint32_t)(b[0] << 8 | b[1]) : (uint32_t)(b[1] << 8 | b[0]);
        if (c >= 0xd800 && c <= 0xdbff && i + 3 < s.len) {
            uint32_t low = big ? (uint32_t)(b[2] << 8 | b[3])
                               : (uint32_t)(b[3] << 8 | b[2]);
            if (low >= 0xdc00 && low <= 0xdfff) {
                utf8_put(out, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
                i += 2;
                continue;
            }
        }
        utf8_put(out, c >= 0xd800 && c <= 0xdfff ? UTF8_REPLACEMENT : c);
    }
}

static void convert_iconv(struct buf *out, iconv_t converter, struct str s)
{
    char *in = (char *)(uintptr_t)s.data;
    size_t left = s.len;

    iconv(converter, NULL, NULL, NULL, NULL);
    while (left > 0 && !out->failed) {
        char piece[4096];
        char *to = piece;
        size_t room = sizeof(piece);
        size_t r = iconv(converter, &in, &left, &to, &room);
        buf_put_bytes(out, piece, (size_t)(to - piece));
        if (r != (size_t)-1 || errno == E2BIG)
            continue;
        /* Damaged or cut off: one byte becomes the replacement. */
        utf8_put(out, UTF8_REPLACEMENT);
        in++;
        left--;
    }
}

/* Where the system has no converter, the Latin letters still come through. */
static void convert_latin1(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        utf8_put(out, (unsigned char)s.data[i]);
}

void charset_convert(struct buf *out, int charset, struct str bytes)
{
    size_t i = charset < 0 ? WINDOWS_1252 : (size_t)charset;

    if (i == UTF8)
        utf8_put_valid(out, bytes);
    else if (i == UTF16LE || i == UTF16BE)
        convert_utf16(out, bytes, i == UTF16BE);
    else if (converters[i])
        convert_iconv(out, converters[i], bytes);
    else
        convert_latin1(out, bytes);
}

/* Takes a byte order mark off the front of *s. Returns its set or -1. */
static int take_mark(struct str *s)
{
    static const struct {
        struct str mark;
        int charset;
    } marks[] = {
        {{"\xef\xbb\xbf", 3}, UTF8},
        {{"\xff\xfe", 2}, UTF16LE},
        {{"\xfe\xff", 2}, UTF16BE},
    };

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (str_starts(*s, marks[i].mark)) {
            *s = str_slice(*s, marks[i].mark.len, s->len);
            return marks[i].charset;
        }
    }
    return -1;
}

/* UTF-16 without a mark: every other byte of Western text is zero. */
static int guess_utf16(struct str s)
{
    size_t n = s.len < 512 ? s.len & ~(size_t)1 : 512;
    size_t zeros[2] = {0, 0};

    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += s.data[i] == 0;
    if (n >= 8 && zeros[1] * 5 > n * 2 && zeros[0] * 20 < n)
        return UTF16LE;
    if (n >= 8 && zeros[0] * 5 > n * 2 && zeros[1] * 20 < n)
        return UTF16BE;
    return -1;
}

static int guess_by_statistics(struct str s)
{
    uchardet_t detector = uchardet_new();
    int found = -1;

    if (!detector)
        return -1;
    if (uchardet_handle_data(detector, s.data,
                             s.len < SAMPLE_BYTES ? s.len : SAMPLE_BYTES) ==
        0) {
        uchardet_data_end(detector);
        found = charset_find(str_of(uchardet_get_charset(detector)));
    }
    uchardet_delete(detector);
    return found;
}

const char *charset_decode(struct buf *out, struct str bytes, int declared)
{
    int charset = take_mark(&bytes);

    if (charset < 0)
        charset = guess_utf16(bytes);
    if (charset < 0 && utf8_valid_len(bytes) == bytes.len)
        charset = UTF8;
    if (charset < 0 && declared > UTF16BE)
        charset = declared;
    if (charset < 0)
        charset = guess_by_statistics(bytes);
    if (charset <= UTF16BE && charset >= UTF16LE && bytes.len % 2)
        bytes.len--;
    /* Nearly UTF-8 is UTF-8 with damage, which statistics call something
     * else; what is no text at all is told by its content later. */
    if (charset < 0)
        charset = WINDOWS_1252;
    charset_convert(out, charset, bytes);
    return charsets[charset].name;
}
