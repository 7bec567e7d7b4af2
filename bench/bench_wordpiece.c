/* SPDX-License-Identifier: MIT */
/*
 * WordPiece on lines of text: MB/s on one core, and the ratio to a naive
 * tokeniser that is written as BERT's own (split at spaces and punctuation,
 * then look up ever shorter prefixes in a sorted table). Both run turn by turn
 * in the same process; the least processor time of all rounds counts.
 *
 *     bench_wordpiece [VOCAB [TEXT]]
 *
 * Without arguments: the vocabulary of the installed model, else the small one
 * of the tests, on the Markdown files of this project.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "embed/wordpiece.h"
#include "model/store.h"

enum {
    CAP = 256,
    ROUNDS = 15,
    BYTES = 4 << 20, /* the text is repeated up to here */
};

struct bench {
    struct mem mem;
    struct ctx ctx;
    struct str vocab, text;
    struct wordpiece wp;
    struct tokens tokens;
    struct str *sorted; /* the naive side: texts in order, with ids */
    int32_t *ids;
    size_t n;
};

/* --- the naive side ------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static int32_t look_up(const struct bench *b, struct str key)
{
    const struct str *found =
        bsearch(&key, b->sorted, b->n, sizeof(*b->sorted), compare);

    return found ? b->ids[found - b->sorted] : -1;
}

static size_t naive_word(const struct bench *b, const char *word, size_t len,
                         int32_t *out, size_t room)
{
    char piece[WORDPIECE_WORD_CHARS + 3];
    size_t at = 0, n = 0;

    while (at < len && len <= WORDPIECE_WORD_CHARS) {
        size_t end = len, mark = at ? 2 : 0;
        int32_t id = -1;
        for (; end > at && id < 0; end--) {
            memcpy(piece, "##", 2);
            memcpy(piece + mark, word + at, end - at);
            id = look_up(b, (struct str){piece, mark + end - at});
        }
        if (id < 0)
            break;
        if (n < room)
            out[n++] = id;
        at = end + 1;
    }
    if (at < len && room)
        out[0] = b->wp.unk;
    return at < len ? room > 0 : n;
}

static size_t naive_encode(const struct bench *b, struct str text, int32_t *out)
{
    char word[4096];
    size_t n = 0, len = 0;

    out[n++] = b->wp.cls;
    for (size_t i = 0; i <= text.len; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.data[i] : ' ';
        if (ascii_is_alnum(c) && len < sizeof(word)) {
            word[len++] = ascii_lower((char)c);
            continue;
        }
        n += naive_word(b, word, len, out + n, CAP - 1 - n);
        len = 0;
        if (c > ' ' && c < 127) {
            char one = (char)c;
            n += naive_word(b, &one, 1, out + n, CAP - 1 - n);
        }
    }
    out[n++] = b->wp.sep;
    return n;
}

static bool prepare_naive(struct bench *b)
{
    size_t n = (size_t)b->wp.n_tokens;

    b->n = n;
    b->sorted = ctx_alloc_array(&b->ctx, n, sizeof(*b->sorted));
    b->ids = ctx_alloc_array(&b->ctx, n, sizeof(*b->ids));
    if (!b->sorted || !b->ids)
        return false;
    for (size_t i = 0; i < n; i++)
        b->sorted[i] = wordpiece_token(&b->wp, (int32_t)i);
    qsort(b->sorted, n, sizeof(*b->sorted), compare);
    for (size_t i = 0; i < n; i++) {
        struct str found = wordpiece_token(&b->wp, (int32_t)i);
        const struct str *place =
            bsearch(&found, b->sorted, n, sizeof(*b->sorted), compare);
        b->ids[place - b->sorted] = (int32_t)i;
    }
    return true;
}

/* --- text and vocabulary ------------------------------------------------- */

/* ASCII only, as the naive side reads nothing else. */
static void add_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < 127)
            buf_put_char(out, text.data[i]);
}

static bool load_text(struct bench *b, const char *path, struct buf *out)
{
    const char *pattern = path ? path : "*.md";
    struct str text;
    glob_t files;

    buf_init(out, &b->mem, (size_t)2 * BYTES);
    if (glob(pattern, 0, NULL, &files))
        return false;
    for (size_t i = 0; i < files.gl_pathc; i++)
        if (!file_read(&b->ctx, &text, files.gl_pathv[i], BYTES))
            add_text(out, text);
    globfree(&files);
    struct str once = ctx_copy(&b->ctx, buf_str(out));
    while (once.len && out->len + once.len <= BYTES)
        buf_put(out, once);
    b->text = buf_str(out);
    return out->len && !out->failed;
}

static const char *find_vocab(struct bench *b)
{
    const char *dir = getenv("RESUME_SCORER_MODELS");
    const char *home = getenv("HOME");
    struct str path;

    if (!dir && home)
        dir = ctx_printf(&b->ctx, "%s/.local/share/resume-scorer/models", home)
                  .data;
    if (dir) {
        path = store_source(&b->ctx, dir, STR("all-MiniLM-L6-v2"));
        path = ctx_printf(&b->ctx, "%s/vocab.txt", path.data);
        FILE *file = fopen(path.data, "re");
        if (file) {
            fclose(file);
            return path.data;
        }
    }
    return "tests/golden/wordpiece.vocab";
}

/* --- measuring ----------------------------------------------------------- */

/* Processor time of this thread: a busy machine must not slow it down. */
static double seconds_used(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Seconds for all lines; *tokens counts them. */
static double run(struct bench *b, bool naive, size_t *tokens)
{
    struct str rest = b->text, line;
    double start = seconds_used();

    *tokens = 0;
    while (str_next_line(&rest, &line)) {
        if (naive) {
            *tokens += naive_encode(b, line, b->tokens.ids);
        } else {
            wordpiece_encode(&b->tokens, &b->wp, line);
            *tokens += b->tokens.len;
        }
    }
    return seconds_used() - start;
}

static int measure(struct bench *b)
{
    double ours = 1e9, naive = 1e9;
    size_t n = 0, n_naive = 0;

    for (int i = 0; i < ROUNDS; i++) {
        double t = run(b, false, &n);
        ours = t < ours ? t : ours;
        t = i % 5 ? naive : run(b, true, &n_naive);
        naive = t < naive ? t : naive;
    }
    double mb = (double)b->text.len / 1e6;
    printf("wordpiece: %.0f MB/s, %.1f M tokens/s, %.1f times a naive one "
           "(%.0f MB/s); %zu tokens%s\n",
           mb / ours, (double)n / ours / 1e6, naive / ours, mb / naive, n,
           n == n_naive ? ", the same from both" : ": THE COUNTS DIFFER");
    return n == n_naive ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct bench b = {0};
    struct str block;
    struct buf text;
    int status = 1;

    mem_init(&b.mem, "bench", 0);
    ctx_init(&b.ctx, &b.mem);
    const char *vocab = argc > 1 ? argv[1] : find_vocab(&b);
    bool ready = load_text(&b, argc > 2 ? argv[2] : NULL, &text) &&
                 !file_read(&b.ctx, &b.vocab, vocab, 16 << 20) &&
                 !wordpiece_build(&b.ctx, &block, b.vocab) &&
                 !wordpiece_open(&b.ctx, &b.wp, block) &&
                 !tokens_init(&b.ctx, &b.tokens, CAP, false) &&
                 prepare_naive(&b);
    if (ready) {
        printf("%s, %.1f MB in lines\n", vocab, (double)b.text.len / 1e6);
        status = measure(&b);
    } else {
        fprintf(stderr, "%s\n", b.ctx.error.message);
    }
    buf_clear(&text);
    ctx_clear(&b.ctx);
    return status;
}
