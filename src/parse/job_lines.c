/* SPDX-License-Identifier: MIT */
#include "parse/job_lines.h"

#include "parse/headings.h"
#include "parse/titles.h"
#include "text/wordlist.h"

/* Of a line above a list. */
#define LEAD_WORDS 12

/* "A, B, C" or one short item per line, and nothing like a sentence. */
bool job_lines_are_list(const struct layout *layout)
{
    size_t items = 0, words = 0;

    for (size_t i = 0; i < layout->n_lines; i++) {
        const struct layout_line *line = &layout->lines[i];
        struct str text = span_of(layout->text, line->span);
        char folded[HEADING_MAX_BYTES];
        if (line->is_blank)
            continue;
        size_t len = heading_fold(text, folded);
        if (len && job_headings_find((struct str){folded, len}) != JOB_INTRO)
            return false;
        /* "5 years of experience" is a sentence without its end. */
        if (str_find_nocase(text, STR("year"), 0) != SIZE_MAX)
            return false;
        if ((line->last == '.' && line->n_words > 3) || line->last == '!' ||
            line->last == '?')
            return false;
        items++;
        for (size_t k = 0; k < text.len; k++)
            items += text.data[k] == ',' || text.data[k] == ';';
        words += line->n_words;
        size_t here = 1;
        for (size_t k = 0; k < text.len; k++)
            here += text.data[k] == ',' || text.data[k] == ';';
        if (line->n_words > here * 5)
            return false;
    }
    return items >= 2 && words <= items * 3 + 2;
}

bool job_lines_are_code(const struct layout *layout)
{
    size_t n = 0, code = 0;

    for (size_t i = 0; i < layout->n_lines; i++) {
        const struct layout_line *line = &layout->lines[i];
        struct str text = span_of(layout->text, line->span);
        if (line->is_blank)
            continue;
        n++;
        code += line->last == '{' || line->last == '}' ||
                str_ends(text, STR(");")) || str_ends(text, STR("};")) ||
                str_ends(text, STR("):"));
    }
    return n >= 10 && code * 5 >= n;
}

bool job_lines_lead_list(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];

    return i > 0 && i + 1 < layout->n_lines && !line->is_item &&
           line->n_words <= LEAD_WORDS && line->last != '.' &&
           line->last != '!' && line->last != ',' && line->after_blank &&
           layout->lines[i + 1].is_item;
}

/* "E2 " at the beginning of a line: the letter and the number in one; 0 if
 * there is none. */
static unsigned read_code(struct str text, uint32_t *len)
{
    unsigned n = 0;
    uint32_t i = 1;

    if (text.len < 4 || !ascii_is_upper((unsigned char)text.data[0]))
        return 0;
    while (i < 3 && ascii_is_digit((unsigned char)text.data[i]))
        n = n * 10 + (unsigned)(text.data[i++] - '0');
    if (i == 1)
        return 0;
    while (i < text.len && strchr(".):", text.data[i]))
        i++;
    if (i == text.len || !strchr(" \t", text.data[i]))
        return 0;
    while (i < text.len && strchr(" \t", text.data[i]))
        i++;
    *len = i;
    return (unsigned)text.data[0] * 100 + n;
}

static unsigned code_of(const struct layout *layout, size_t i, uint32_t *len)
{
    return i < layout->n_lines
               ? read_code(span_of(layout->text, layout->lines[i].span), len)
               : 0;
}

uint32_t job_lines_code(const struct layout *layout, size_t i)
{
    uint32_t len = 0, other = 0;
    unsigned code = code_of(layout, i, &len);

    if (code && (code_of(layout, i + 1, &other) == code + 1 ||
                 (i > 0 && code_of(layout, i - 1, &other) == code - 1)))
        return len;
    return 0;
}

/* A heading of an advertisement on line i; also "Requirements: a, b". */
enum job_part job_lines_heading(const struct layout *layout, size_t i,
                                uint32_t *body)
{
    const struct layout_line *line = &layout->lines[i];
    struct str text = span_of(layout->text, line->span);
    char folded[HEADING_MAX_BYTES];
    size_t max_words = line->last == ':' ? 10 : 8;
    size_t len = line->n_words <= max_words ? heading_fold(text, folded) : 0;
    enum job_part part = JOB_INTRO;

    *body = line->end;
    if (len)
        part = job_headings_find((struct str){folded, len});
    bool is_question = str_starts_nocase(text, STR("what ")) ||
                       str_starts_nocase(text, STR("who ")) ||
                       str_starts_nocase(text, STR("how "));
    if (part == JOB_INTRO && len && !line->is_item &&
        (line->last == ':' || (is_question && line->last != '.') ||
         (line->is_caps && line->n_words >= 2 && line->after_blank &&
          i + 1 < layout->n_lines && !layout->lines[i + 1].is_blank) ||
         (line->n_words >= 3 && job_lines_lead_list(layout, i))))
        part = job_headings_guess((struct str){folded, len});
    if (part != JOB_INTRO)
        return line->is_item && line->has_sign && line->last != ':' ? JOB_INTRO
                                                                    : part;
    size_t colon = str_find(text, STR(":"), 0);
    if (colon == SIZE_MAX || colon > 50)
        return JOB_INTRO;
    len = heading_fold(str_slice(text, 0, colon), folded);
    if (len)
        part = job_headings_find((struct str){folded, len});
    if (part != JOB_INTRO)
        *body = line->span.start + (uint32_t)colon + 1;
    return part;
}

/* A line that is whole in itself: it neither goes on nor is it a heading. */
static bool is_unit(const struct layout *layout, size_t i)
{
    uint32_t body;

    return !layout->lines[i].is_blank && !layout_goes_on(layout, i) &&
           job_lines_heading(layout, i, &body) == JOB_INTRO;
}

bool job_lines_behind_list(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    size_t k = i;

    if (!line->after_blank || line->is_item || !strchr(".!", line->last) ||
        (i + 1 < layout->n_lines && layout->lines[i + 1].is_item))
        return false;
    while (k > 0 && layout->lines[k - 1].is_blank)
        k--;
    if (k < 2 || k == i)
        return false;
    return layout->lines[k - 1].is_item ||
           (is_unit(layout, k - 1) && is_unit(layout, k - 2));
}

static size_t first_word_len(const struct layout_line *line, struct str text)
{
    size_t n = str_find(span_of(text, line->span), STR(" "), 0);

    return n < line->len ? n : line->len;
}

size_t job_lines_small_items(const struct layout *layout, size_t i)
{
    const struct layout_line *lines = layout->lines;
    size_t end = i, longest = layout->full_line;
    bool has_room = false;

    for (; end < layout->n_lines && !lines[end].is_blank && !lines[end].is_item;
         end++)
        longest = lines[end].len > longest ? lines[end].len : longest;
    for (size_t k = i; k + 1 < end; k++) {
        size_t first = first_word_len(&lines[k + 1], layout->text);
        has_room = has_room ||
                   (lines[k + 1].begins_small && !strchr(",;", lines[k].last) &&
                    lines[k].len + 1 + first <= longest);
    }
    return has_room ? end : i;
}

struct finder {
    const struct layout *layout;
    struct span title;
};

/* "Accountant Job Location: Tulsa": forms in which the lines were lost. */
static bool is_label(struct str rest)
{
    size_t colon = str_find(rest, STR(":"), 0);

    return (str_starts(rest, STR(" Job ")) ||
            str_starts(rest, STR(" Location"))) &&
           colon < sizeof(" Job Location");
}

static struct span part_of_title(struct str text, struct span run)
{
    while (run.start < run.end && strchr(" :\t-", text.data[run.start]))
        run.start++;
    for (uint32_t i = run.start; i < run.end; i++) {
        struct str rest = str_slice(text, i, run.end);
        if (strchr("|\t(,", text.data[i]) || str_starts(rest, STR(" - ")) ||
            str_starts(rest, STR(" \xE2\x80\x93 ")) ||
            str_starts(rest, STR(" at ")) || str_starts(rest, STR(" to ")) ||
            (str_starts(rest, STR(" x ")) && i + 3 < run.end &&
             ascii_is_digit((unsigned char)text.data[i + 3])) ||
            is_label(rest) || str_starts(rest, STR(" who ")) ||
            str_starts(rest, STR(" with ")) ||
            str_starts(rest, STR(" for our")) ||
            str_starts(rest, STR(" for a ")) || str_starts(rest, STR(" in "))) {
            run.end = i;
            break;
        }
    }
    static const char *const calls[] = {" needed", " wanted", " required"};
    for (size_t k = 0; k < sizeof(calls) / sizeof(calls[0]); k++) {
        if (str_ends_nocase(span_of(text, run), str_of(calls[k])))
            run.end -= (uint32_t)strlen(calls[k]);
    }
    while (run.end > run.start && strchr(" .:,!", text.data[run.end - 1]))
        run.end--;
    /* "Marketing Manager (rocket)" */
    while (run.end >= run.start + 4 &&
           (unsigned char)text.data[run.end - 4] == 0xF0) {
        run.end -= 4;
        while (run.end > run.start && text.data[run.end - 1] == ' ')
            run.end--;
    }
    return run;
}

/* "Job Title: X" on one of the first lines. */
static bool read_labelled_title(struct finder *r, size_t i)
{
    static const char *const labels[] = {
        "job title", "position title", "role title", "post title",
        "title",     "position",       "role",       "vacancy",
        "job",       "subject",        "post",       "we're hiring"};
    const struct layout_line *line = &r->layout->lines[i];
    struct str text = span_of(r->layout->text, line->span);
    size_t colon = str_find(text, STR(":"), 0);

    if (colon == SIZE_MAX || colon > 16)
        return false;
    for (size_t k = 0; k < sizeof(labels) / sizeof(labels[0]); k++) {
        if (str_eq_nocase(str_trim(str_slice(text, 0, colon)),
                          str_of(labels[k]))) {
            r->title = part_of_title(
                r->layout->text,
                (struct span){line->span.start + (uint32_t)colon + 1,
                              line->span.end});
            return !span_is_empty(r->title);
        }
    }
    return false;
}

/* "training as an electrician": what the applicant was, not what is sought. */
static bool is_behind_training(struct str text, size_t at)
{
    static const char *const words[] = {"training ",      "trained ",
                                        "experience ",    "background ",
                                        "qualification ", "worked "};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_ends_nocase(str_slice(text, 0, at), str_of(words[i])))
            return true;
    return false;
}

/* "We are looking for a Senior Welder to join ..." */
static bool read_sought_title(struct finder *r)
{
    static const char *const leads[] = {"looking for an ",
                                        "looking for a ",
                                        "seeking an ",
                                        "seeking a ",
                                        "hiring an ",
                                        "hiring a ",
                                        "recruiting an ",
                                        "recruiting a ",
                                        "looking to hire a ",
                                        "in need of a ",
                                        "need a ",
                                        "need an ",
                                        "opportunity for a ",
                                        "opportunity for an ",
                                        "search of a ",
                                        "search of an ",
                                        "recruit a ",
                                        "recruit an ",
                                        "as a ",
                                        "as an "};
    struct str text = r->layout->text;

    for (size_t k = 0; k < sizeof(leads) / sizeof(leads[0]); k++) {
        size_t at = str_find_nocase(text, str_of(leads[k]), 0);
        if (at == SIZE_MAX || is_behind_training(text, at))
            continue;
        struct span run = {(uint32_t)(at + strlen(leads[k])), 0};
        run.end = run.start;
        while (run.end < text.len && run.end - run.start < 80 &&
               !strchr(".\n!?;", text.data[run.end]))
            run.end++;
        run = part_of_title(text, run);
        if (title_judge(span_of(text, run)) != TITLE_NO) {
            r->title = run;
            return true;
        }
    }
    return false;
}

/* "Drivers needed": each of them is one. */
static struct span one_of_many(struct str text, struct span run)
{
    if (title_judge(span_of(text, run)) != TITLE_STRONG && run.end &&
        ascii_lower(text.data[run.end - 1]) == 's')
        run.end--;
    return run;
}

/* "Plumber wanted in Cork." */
static bool read_wanted_title(struct finder *r)
{
    static const char *const calls[] = {" wanted", " needed", " required in"};
    struct str text = r->layout->text;

    for (size_t k = 0; k < sizeof(calls) / sizeof(calls[0]); k++) {
        size_t at = str_find_nocase(text, str_of(calls[k]), 0);
        size_t line = str_find(text, STR("\n"), 0);
        if (at > 50 || at > line)
            continue;
        struct span run = {0, (uint32_t)at};
        /* "Cook. Python is needed": what is called for is no title. */
        if (str_find(span_of(text, run), STR(". "), 0) != SIZE_MAX)
            continue;
        run = one_of_many(text, run);
        if (title_judge(span_of(text, run)) == TITLE_STRONG) {
            r->title = run;
            return true;
        }
    }
    return false;
}

static void find_title(struct finder *r)
{
    size_t seen = 0;
    uint32_t body;

    for (size_t i = 0; i < r->layout->n_lines && seen < 12; i++) {
        if (r->layout->lines[i].is_blank)
            continue;
        seen++;
        if (read_labelled_title(r, i))
            return;
    }
    if (read_wanted_title(r))
        return;
    seen = 0;
    for (size_t i = 0; i < r->layout->n_lines && seen < 4; i++) {
        const struct layout_line *line = &r->layout->lines[i];
        if (line->is_blank)
            continue;
        seen++;
        struct str text = span_of(r->layout->text, line->span);
        if (str_starts_nocase(text, STR("we ")) ||
            str_starts_nocase(text, STR("we're ")))
            continue;
        struct span run = one_of_many(
            r->layout->text, part_of_title(r->layout->text, line->span));
        if (line->n_words <= 12 && line->last != '.' && !line->is_item &&
            job_lines_heading(r->layout, i, &body) == JOB_INTRO &&
            title_judge(span_of(r->layout->text, run)) == TITLE_STRONG) {
            r->title = run;
            return;
        }
    }
    (void)read_sought_title(r);
}

struct span job_lines_title(const struct layout *layout)
{
    struct finder f = {.layout = layout};

    find_title(&f);
    return f.title;
}
