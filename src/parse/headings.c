/* SPDX-License-Identifier: MIT */
#include "parse/headings.h"

#include "parse/heading_names.h"
#include "parse/titles.h"
#include "text/sentences.h"
#include "text/wordlist.h"

struct folder {
    char *out;
    size_t len;
    bool has_blank; /* one is due before the next letter */
    bool is_full;
};

static void put(struct folder *f, char c)
{
    if (f->len + 2 >= HEADING_MAX_BYTES) {
        f->is_full = true;
        return;
    }
    if (f->has_blank && f->len)
        f->out[f->len++] = ' ';
    f->has_blank = false;
    f->out[f->len++] = c;
}

/* "E D U C A T I O N" and "W O R K   H I S T O R Y": single letters with one
 * blank between. Returns whether line is written so. */
static bool is_spaced(struct str line)
{
    unsigned letters = 0;

    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == ' ')
            continue;
        if (!ascii_is_alpha((unsigned char)line.data[i]) && line.data[i] != '&')
            return false;
        if (i + 1 < line.len && line.data[i + 1] != ' ')
            return false;
        letters++;
    }
    return letters >= 4;
}

static void fold_spaced(struct folder *f, struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == ' ') {
            f->has_blank =
                f->has_blank || (i + 1 < line.len && line.data[i + 1] == ' ');
            continue;
        }
        if (line.data[i] == '&') {
            put(f, 'a');
            put(f, 'n');
            put(f, 'd');
        } else {
            put(f, ascii_lower(line.data[i]));
        }
    }
}

static void fold_plain(struct folder *f, struct str line)
{
    for (size_t i = 0; i < line.len && !f->is_full; i++) {
        unsigned char c = (unsigned char)line.data[i];
        struct str rest = str_slice(line, i, line.len);
        if (c == '&' || (c == '+' && i && line.data[i - 1] == ' ')) {
            f->has_blank = true;
            put(f, 'a');
            put(f, 'n');
            put(f, 'd');
            f->has_blank = true;
        } else if (ascii_is_alnum(c) || c == '\'' || c == '/' || c == '-' ||
                   c == ',') {
            put(f, ascii_lower((char)c));
        } else if (str_starts(rest, STR("\xE2\x80\x99"))) {
            put(f, '\'');
            i += 2;
        } else {
            f->has_blank = true;
        }
    }
}

/* "(continued)" and its like say nothing. */
static size_t cut_continued(const char *text, size_t len)
{
    static const char *const tails[] = {" continued", " cont", " cont'd",
                                        " contd"};

    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        if (str_ends((struct str){text, len}, str_of(tails[i])))
            return len - strlen(tails[i]);
    }
    return len;
}

size_t heading_fold(struct str line, char out[HEADING_MAX_BYTES])
{
    struct folder f = {.out = out};

    line = str_trim(line);
    while (line.len && strchr("=-_*#~|:.<>[]({ \t", line.data[0]))
        line = str_slice(line, 1, line.len);
    while (line.len && strchr("=-_*#~|:.<>[](){} \t", line.data[line.len - 1]))
        line.len--;
    if (line.len == 0 || line.len > 2 * HEADING_MAX_BYTES)
        return 0;
    if (is_spaced(line))
        fold_spaced(&f, line);
    else
        fold_plain(&f, line);
    if (f.is_full)
        return 0;
    while (f.len && strchr("-/,'", out[f.len - 1]))
        f.len--;
    return cut_continued(out, f.len);
}

/* A line of nothing but rules, under a heading: "-----". */
static bool is_rule(const struct layout *layout, size_t i)
{
    if (i >= layout->n_lines || layout->lines[i].is_blank)
        return false;
    struct str line = str_trim(
        str_slice(layout->text, layout->lines[i].start, layout->lines[i].end));
    for (size_t k = 0; k < line.len; k++) {
        if (!strchr("=-_*~#", line.data[k]))
            return false;
    }
    return line.len >= 3;
}

bool heading_has_form(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    bool is_large =
        layout->body_size > 0 && line->size > layout->body_size + 0.9F;

    return line->is_marked || line->is_caps || line->is_bold || is_large ||
           line->last == ':' || is_rule(layout, i + 1) ||
           is_spaced(span_of(layout->text, line->span));
}

/* "education, certifications, endorsements": what the first one says, where at
 * most one of them is unknown. -1 where it is no such list. */
static int list_kind(struct str folded)
{
    int kind = -1;
    size_t known = 0, n = 0;
    struct str part;

    while (str_next_field(&folded, ',', &part)) {
        part = str_trim(part);
        if (str_starts(part, STR("and ")))
            part = str_slice(part, 4, part.len);
        int one = heading_name_find(part);
        if (n++ == 0)
            kind = one;
        known += one >= 0;
    }
    return n >= 2 && known >= 2 && known + 1 >= n ? kind : -1;
}

static struct str last_word(struct str folded)
{
    size_t i = folded.len;

    while (i > 0 && folded.data[i - 1] != ' ')
        i--;
    return str_slice(folded, i, folded.len);
}

/* A heading that the tables do not have as a whole: "HOSPITALITY EXPERIENCE".
 * It needs the form, no title ("HEAD OF TRAINING"), no date. */
static int guess_kind(const struct layout *layout, size_t i, struct str folded)
{
    const struct layout_line *line = &layout->lines[i];
    int kind = heading_last_word_find(last_word(folded));

    if (kind < 0 || line->n_words > 6 || line->n_words < 2 || line->n_dates)
        return -1;
    if (str_find(folded, STR(","), 0) != SIZE_MAX ||
        (line->is_item && line->has_sign))
        return -1;
    if (!heading_has_form(layout, i))
        return -1;
    if (title_judge(span_of(layout->text, line->span)) == TITLE_STRONG)
        return -1;
    return kind;
}

static bool read_whole_line(const struct layout *layout, size_t i,
                            struct heading *out)
{
    const struct layout_line *line = &layout->lines[i];
    struct str whole = span_of(layout->text, line->span);
    char folded[HEADING_MAX_BYTES];
    size_t len = heading_fold(whole, folded);

    if (!len)
        return false;
    int kind = heading_name_find((struct str){folded, len});
    if (kind < 0 && heading_has_form(layout, i))
        kind = list_kind((struct str){folded, len});
    bool is_known = kind >= 0;
    /* "Experience." ends a sentence; "Skills • Tools" lists. */
    if (is_known && line->is_item && line->has_sign && !line->is_bold &&
        !line->is_marked && !line->is_caps)
        return false;
    if (!is_known)
        kind = guess_kind(layout, i, (struct str){folded, len});
    if (kind < 0)
        return false;
    bool has_form = heading_has_form(layout, i);
    *out = (struct heading){
        .kind = (enum section_kind)kind,
        .name = line->span,
        .body_start = line->end,
        .is_weak = !is_known ||
                   (heading_is_weak((struct str){folded, len}) && !has_form),
    };
    /* A table name in small letters is the rest of a sentence. */
    return has_form || !line->begins_small;
}

/* Whether a heading may share its line with its content. */
static bool may_be_inline(enum section_kind kind)
{
    return kind != SECTION_CONTACT && kind != SECTION_EXPERIENCE &&
           kind != SECTION_OTHER && kind != SECTION_PROJECTS;
}

static bool read_inline(const struct layout *layout, size_t i,
                        struct heading *out)
{
    const struct layout_line *line = &layout->lines[i];
    struct str whole = span_of(layout->text, line->span);
    char folded[HEADING_MAX_BYTES];
    size_t colon = str_find(whole, STR(":"), 0);

    if (colon > 40 || colon + 1 >= whole.len ||
        (line->is_item && line->has_sign) || line->begins_small)
        return false;
    size_t len = heading_fold(str_slice(whole, 0, colon), folded);
    int kind = len ? heading_name_find((struct str){folded, len}) : -1;
    if (kind < 0 || !may_be_inline((enum section_kind)kind))
        return false;
    *out = (struct heading){
        .kind = (enum section_kind)kind,
        .name = {line->span.start, line->span.start + (uint32_t)colon},
        .body_start = line->span.start + (uint32_t)colon + 1,
        .is_inline = true,
        .is_weak = heading_is_weak((struct str){folded, len}),
    };
    return true;
}

bool heading_read(const struct layout *layout, size_t i, struct heading *out)
{
    const struct layout_line *line = &layout->lines[i];

    if (line->is_blank || line->n_words == 0)
        return false;
    if ((line->n_words <= 7 || is_spaced(span_of(layout->text, line->span))) &&
        read_whole_line(layout, i, out))
        return true;
    return read_inline(layout, i, out);
}
