/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/clock.h"
#include "base/utf8.h"

#define BAR_WIDTH      24
#define REDRAW_EACH_NS 100000000

bool terminal_is_tty(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

const char *terminal_colour(FILE *stream, enum colour colour)
{
    static const char *const sequences[] = {
        [COLOUR_OFF] = "\x1b[0m",    [COLOUR_BOLD] = "\x1b[1m",
        [COLOUR_DIM] = "\x1b[2m",    [COLOUR_RED] = "\x1b[31m",
        [COLOUR_GREEN] = "\x1b[32m", [COLOUR_YELLOW] = "\x1b[33m",
        [COLOUR_CYAN] = "\x1b[36m",
    };
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (!terminal_is_tty(stream) || (no_colour && no_colour[0]) ||
        (term && strcmp(term, "dumb") == 0))
        return "";
    return sequences[colour];
}

unsigned terminal_width(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return 80;
}

/* The one bar of the process; a program, unlike the library, has a screen. */
static int64_t last_drawn_ns;
static bool is_drawn;

void terminal_progress(const char *label, uint64_t done, uint64_t total,
                       const char *note)
{
    char bar[BAR_WIDTH + 1];
    int64_t now = clock_monotonic_ns();

    if (!terminal_is_tty(stderr) ||
        (is_drawn && now - last_drawn_ns < REDRAW_EACH_NS && done != total))
        return;
    last_drawn_ns = now;
    is_drawn = true;
    uint64_t filled = total ? done * BAR_WIDTH / total : 0;
    for (uint64_t i = 0; i < BAR_WIDTH; i++)
        bar[i] = i < filled ? '#' : ' ';
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r\x1b[K%s [%s]", label, bar);
    if (total)
        fprintf(stderr, " %3u %%", (unsigned)(done * 100 / total));
    fputs("  ", stderr);
    if (note)
        terminal_say(stderr, str_of(note));
    fflush(stderr);
}

void terminal_clear_progress(void)
{
    if (is_drawn)
        fputs("\r\x1b[K", stderr);
    is_drawn = false;
}

static size_t columns_of(uint32_t c)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)c);

    return width > 0 ? (size_t)width : 0;
}

size_t terminal_columns(struct str s)
{
    size_t columns = 0;

    for (size_t i = 0; i < s.len;) {
        uint32_t c = utf8_next(s, &i);
        columns += c == UTF8_INVALID ? 1 : columns_of(c);
    }
    return columns;
}

/* Controls and bidirectional overrides would let a document draw over our
 * own words. */
static bool is_unsafe(uint32_t c)
{
    return c == UTF8_INVALID || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
}

size_t terminal_put(FILE *stream, struct str s, size_t columns)
{
    bool cut = terminal_columns(s) > columns;
    size_t room = cut && columns ? columns - 1 : columns;
    size_t used = 0;

    for (size_t i = 0; i < s.len;) {
        size_t start = i;
        uint32_t c = utf8_next(s, &i);
        size_t width = is_unsafe(c) ? 1 : columns_of(c);
        if (used + width > room)
            break;
        if (is_unsafe(c))
            fputc(' ', stream);
        else
            fwrite(s.data + start, 1, i - start, stream);
        used += width;
    }
    if (cut && columns) {
        fputs("\xE2\x80\xA6", stream);
        used++;
    }
    return used;
}

void terminal_say(FILE *stream, struct str s)
{
    terminal_put(stream, s, SIZE_MAX);
}

void terminal_say_lines(FILE *stream, struct str s)
{
    struct str line;

    while (str_next_line(&s, &line)) {
        terminal_say(stream, line);
        fputc('\n', stream);
    }
}

void terminal_note(const char *text)
{
    terminal_clear_progress();
    fprintf(stderr, "%snote:%s ", terminal_colour(stderr, COLOUR_YELLOW),
            terminal_colour(stderr, COLOUR_OFF));
    terminal_say(stderr, str_of(text));
    fputc('\n', stderr);
}

size_t terminal_put_path(FILE *stream, struct str path, size_t columns)
{
    size_t width = terminal_columns(path);
    size_t from = 0;

    if (width <= columns || columns < 2)
        return terminal_put(stream, path, columns);
    while (terminal_columns(str_slice(path, from, path.len)) > columns - 1)
        utf8_next(path, &from);
    fputs("\xE2\x80\xA6", stream);
    return 1 +
           terminal_put(stream, str_slice(path, from, path.len), columns - 1);
}

void terminal_wrap(FILE *stream, struct str s, size_t indent, size_t columns)
{
    size_t room = columns > indent + 20 ? columns - indent : 20;
    size_t used = 0;
    struct str word;

    while (str_next_field(&s, ' ', &word)) {
        size_t width = terminal_columns(word);
        if (width == 0)
            continue;
        if (used && used + 1 + width > room) {
            fputc('\n', stream);
            used = 0;
        }
        if (used)
            fputc(' ', stream);
        else
            fprintf(stream, "%*s", (int)indent, "");
        used += (used ? 1 : 0) + terminal_put(stream, word, room);
    }
    fputc('\n', stream);
}
