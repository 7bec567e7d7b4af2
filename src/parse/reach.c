/* SPDX-License-Identifier: MIT */
/* E-mail addresses, links, handles and phone numbers. */
#include "parse/personal.h"

static bool is_mail_byte(unsigned char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+' ||
           c == '%' || c >= 0x80;
}

static bool is_digit_at(struct str text, size_t i)
{
    return i < text.len && ascii_is_digit((unsigned char)text.data[i]);
}

static rsc_status find_mails(struct ctx *ctx, struct personal_list *out,
                             struct str text)
{
    rsc_status st = RSC_OK;
    size_t floor = 0;

    for (size_t at = str_find(text, STR("@"), 0); at != SIZE_MAX && !st;
         at = str_find(text, STR("@"), at + 1)) {
        size_t start = at, end = at + 1, dot = 0;
        while (start > floor &&
               is_mail_byte((unsigned char)text.data[start - 1]))
            start--;
        while (end < text.len && is_mail_byte((unsigned char)text.data[end])) {
            if (text.data[end] == '.')
                dot = end;
            end++;
        }
        while (end > at &&
               (text.data[end - 1] == '.' || text.data[end - 1] == '-'))
            end--;
        if (start == at || end == at + 1 || !dot || dot > end)
            continue;
        floor = end;
        if (start >= 7 &&
            str_eq_nocase(str_slice(text, start - 7, start), STR("mailto:")))
            start -= 7;
        st = personal_add(ctx, out, start, end, PERSONAL_EMAIL);
    }
    return st;
}

/* Endings of names on the net that no product has, without the dot. */
static bool is_domain_end(struct str end)
{
    static const char *const ends[] = {
        "ai",  "app",  "au",     "biz", "blog", "br", "ca",   "ch",  "cn",
        "co",  "com",  "de",     "dev", "edu",  "es", "eu",   "fr",  "gov",
        "in",  "info", "io",     "it",  "jp",   "kr", "link", "me",  "mx",
        "net", "nl",   "online", "org", "page", "pl", "pt",   "pro", "ru",
        "se",  "site", "tech",   "tv",  "uk",   "us", "xyz",  "ie",  "nz",
        "za",  "sg",   "ng",     "ke",  "gg"};

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (str_eq_nocase(end, str_of(ends[i])))
            return true;
    }
    return false;
}

/* "linkedin.com/in/x", "www.x.org": a link without its scheme. */
static bool is_bare_link(struct str token, bool in_contact)
{
    size_t slash = str_find(token, STR("/"), 0);
    struct str host =
        str_slice(token, 0, slash == SIZE_MAX ? token.len : slash);
    size_t dot = host.len;

    if (str_starts_nocase(token, STR("www.")))
        return true;
    while (dot > 0 && host.data[dot - 1] != '.')
        dot--;
    if (dot < 2 || !is_domain_end(str_slice(host, dot, host.len)))
        return false;
    for (size_t i = 0; i < host.len; i++) {
        unsigned char c = (unsigned char)host.data[i];
        if (!ascii_is_alnum(c) && c != '.' && c != '-')
            return false;
    }
    if (str_eq_nocase(host, STR("asp.net")) ||
        str_eq_nocase(host, STR("ado.net")))
        return false;
    /* "Booking.com" and "B.Com" are an employer and a degree. */
    return slash != SIZE_MAX ? slash + 1 < token.len : in_contact && dot > 3;
}

static bool is_link(struct str token, bool in_contact)
{
    return str_find(token, STR("://"), 0) != SIZE_MAX ||
           is_bare_link(token, in_contact) ||
           (in_contact && token.len > 2 && token.data[0] == '@') ||
           (in_contact && (str_starts_nocase(token, STR("/in/")) ||
                           str_starts_nocase(token, STR("in/"))));
}

static rsc_status find_links(struct ctx *ctx, struct personal_list *out,
                             struct str text, struct span contact)
{
    rsc_status st = RSC_OK;
    size_t i = 0;

    while (i < text.len && !st) {
        while (i < text.len && (ascii_is_space((unsigned char)text.data[i]) ||
                                strchr("()|<>,;[]", text.data[i])))
            i++;
        size_t start = i;
        while (i < text.len && !ascii_is_space((unsigned char)text.data[i]) &&
               !strchr("()|<>,;[]", text.data[i]))
            i++;
        size_t end = i;
        while (end > start && strchr(".:!?'\"", text.data[end - 1]))
            end--;
        struct str token = str_slice(text, start, end);
        /* "LinkedIn:linkedin.com/in/x" */
        size_t colon = str_find(token, STR(":"), 0);
        if (colon != SIZE_MAX && colon + 1 < token.len &&
            token.data[colon + 1] != '/') {
            token = str_slice(token, colon + 1, token.len);
            start += colon + 1;
        }
        if (token.len >= 4 &&
            is_link(token, start >= contact.start && start < contact.end))
            st = personal_add(ctx, out, start, end, PERSONAL_LINK);
    }
    return st;
}

static bool is_phone_byte(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
}

/* Bytes of a hyphen or blank of more than one byte at i, else 0. */
static size_t wide_mark(struct str text, size_t i)
{
    struct str rest = str_slice(text, i, text.len);

    if (str_starts(rest, STR("\xC2\xA0")) || str_starts(rest, STR("\xC2\xAD")))
        return 2;
    return str_starts(rest, STR("\xE2\x80\x90")) ||
                   str_starts(rest, STR("\xE2\x80\x91")) ||
                   str_starts(rest, STR("\xE2\x80\x93"))
               ? 3
               : 0;
}

struct number {
    size_t end;      /* behind the last digit */
    unsigned digits; /* in all */
    unsigned groups;
    unsigned longest; /* group */
};

static struct number read_number(struct str text, size_t i)
{
    struct number n = {.end = i};
    unsigned gap = 0, group = 0;

    if (i < text.len && text.data[i] == '+')
        i++;
    while (i < text.len && gap < 4 && n.digits < 20) {
        size_t wide = wide_mark(text, i);
        if (is_digit_at(text, i)) {
            group = gap || !group ? 1 : group + 1;
            n.groups += group == 1;
            n.longest = group > n.longest ? group : n.longest;
            gap = 0;
            n.digits++;
            n.end = ++i;
        } else if (wide || is_phone_byte(text.data[i])) {
            gap++;
            i += wide ? wide : 1;
        } else {
            break;
        }
    }
    return n;
}

static bool has_label_before(struct str text, size_t i)
{
    static const char *const labels[] = {
        "tel", "phone",     "mobile",   "cell",    "mob",  "ph",
        "fax", "telephone", "whatsapp", "contact", "call", "m",
        "t",   "p",         "no",       "number",  "home"};
    size_t end = i;

    while (end > 0 && strchr(" .:)\t+(#", text.data[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && ascii_is_alpha((unsigned char)text.data[start - 1]))
        start--;
    struct str word = str_slice(text, start, end);
    for (size_t k = 0; k < sizeof(labels) / sizeof(labels[0]); k++) {
        if (str_eq_nocase(word, str_of(labels[k])))
            return true;
    }
    return false;
}

static bool is_phone(struct str text, size_t i, const struct number *n,
                     bool in_contact)
{
    if (n->digits < 7 || n->digits > 15)
        return false;
    if (n->end < text.len &&
        (ascii_is_alnum((unsigned char)text.data[n->end]) ||
         text.data[n->end] == '%' || text.data[n->end] == ','))
        return text.data[n->end] == ',' && in_contact;
    if (text.data[i] == '+' || in_contact || has_label_before(text, i))
        return true;
    /* "(555) 123-4567", "555-123-4567": three groups, the last of four. */
    return n->digits >= 10 && n->digits <= 12 && n->groups >= 3 &&
           n->longest <= 4;
}

static rsc_status find_phones(struct ctx *ctx, struct personal_list *out,
                              const struct layout *layout, struct span contact)
{
    struct str text = layout->text;
    size_t date = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c != '+' && c != '(' && !is_digit_at(text, i))
            continue;
        if (i > 0 && (ascii_is_alnum((unsigned char)text.data[i - 1]) ||
                      strchr("$#.,-_=", text.data[i - 1])))
            continue;
        while (date < layout->n_dates && layout->dates[date].span.end <= i)
            date++;
        struct number n = read_number(text, i);
        bool is_date =
            date < layout->n_dates && layout->dates[date].span.start < n.end;
        if (!is_date &&
            is_phone(text, i, &n, i >= contact.start && i < contact.end)) {
            rsc_status st = personal_add(ctx, out, i, n.end, PERSONAL_PHONE);
            if (st)
                return st;
        }
        if (n.end > i + 1)
            i = n.end - 1;
    }
    return RSC_OK;
}

rsc_status reach_find(struct ctx *ctx, struct personal_list *out,
                      const struct layout *layout, struct span contact)
{
    rsc_status st = find_mails(ctx, out, layout->text);

    if (!st)
        st = find_links(ctx, out, layout->text, contact);
    if (!st)
        st = find_phones(ctx, out, layout, contact);
    return st;
}
