/* SPDX-License-Identifier: MIT */
/* What lies under text and what was painted over it. */
#include "cmocka_all.h"
#include "extractor/canvas.h"

static const struct canvas_colour white = {1, 1, 1, true};
static const struct canvas_colour black = {0, 0, 0, true};
static const struct canvas_colour navy = {0, 0, .3f, true};
static const struct canvas_colour image = {0, 0, 0, false};

static struct canvas_shape box(float x0, float y0, float x1, float y1)
{
    return (struct canvas_shape){x0, y0, x1, y1, NULL, 0};
}

static void paint(struct canvas *c, struct canvas_shape s,
                  struct canvas_colour colour, float opacity, size_t n)
{
    canvas_paint(c, &s, colour, opacity, n);
}

static void the_last_paint_is_the_background(void **state)
{
    struct canvas *c = canvas_new();

    (void)state;
    assert_non_null(c);
    assert_true(canvas_at(c, 5, 5).r == 1);
    paint(c, box(0, 0, 100, 100), navy, 1, 0);
    assert_true(canvas_at(c, 5, 5).r == 0);
    assert_true(canvas_at(c, 105, 5).r == 1);
    paint(c, box(0, 0, 10, 10), image, 1, 0);
    assert_false(canvas_at(c, 5, 5).is_known);
    /* Too thin to write on. */
    paint(c, box(0, 50, 100, 51), black, 1, 0);
    assert_true(canvas_at(c, 50, 50.5f).b > .2f);
    canvas_reset(c);
    assert_true(canvas_at(c, 5, 5).r == 1);
    canvas_free(c);
}

static void half_transparent_paint_mixes(void **state)
{
    struct canvas *c = canvas_new();

    (void)state;
    paint(c, box(0, 0, 100, 100), black, .5f, 0);
    assert_true(canvas_at(c, 5, 5).r > .4f && canvas_at(c, 5, 5).r < .6f);
    canvas_free(c);
}

static void contrast_decides(void **state)
{
    const struct canvas_colour pale = {.97f, .97f, .97f, true};
    const struct canvas_colour grey = {.75f, .75f, .75f, true};
    const struct canvas_colour red = {.9f, 0, 0, true};
    const struct canvas_colour green = {0, .49f, 0, true};

    (void)state;
    assert_true(canvas_is_unreadable(white, white));
    assert_true(canvas_is_unreadable(pale, white));
    assert_true(canvas_is_unreadable(black, black));
    assert_false(canvas_is_unreadable(grey, white));
    assert_false(canvas_is_unreadable(white, navy));
    assert_false(canvas_is_unreadable(white, image));
    /* As light as each other, and not alike. */
    assert_false(canvas_is_unreadable(red, green));
}

static void only_opaque_paint_that_comes_later_covers(void **state)
{
    struct canvas *c = canvas_new();
    struct glyph g[2] = {{.x0 = 10, .y0 = 10, .x1 = 16, .y1 = 20},
                         {.x0 = 10, .y0 = 10, .x1 = 16, .y1 = 20}};

    (void)state;
    /* Over the first, under the second. */
    paint(c, box(0, 0, 50, 50), white, 1, 1);
    canvas_cover(c, g, 2);
    assert_int_equal(g[0].fate, GLYPH_COVERED);
    assert_int_equal(g[1].fate, GLYPH_VISIBLE);
    canvas_reset(c);
    g[0].fate = GLYPH_VISIBLE;
    paint(c, box(0, 0, 50, 50), white, .5f, 1);
    /* Only a corner. */
    paint(c, box(0, 0, 12, 12), white, 1, 1);
    canvas_cover(c, g, 2);
    assert_int_equal(g[0].fate, GLYPH_VISIBLE);
    canvas_free(c);
}

static void strips_cover_as_a_box_does(void **state)
{
    struct canvas *c = canvas_new();
    struct glyph g[2] = {{.x0 = 10, .y0 = 10, .x1 = 16, .y1 = 20},
                         {.x0 = 30, .y0 = 10, .x1 = 36, .y1 = 20}};

    (void)state;
    for (float y = 9; y < 21; y += 2)
        paint(c, box(0, y, 20, y + 2.2f), white, 1, 2);
    /* Struck out, and underlined. */
    paint(c, box(28, 14, 40, 16.5f), black, 1, 2);
    paint(c, box(28, 18, 40, 20.5f), black, 1, 2);
    canvas_cover(c, g, 2);
    assert_int_equal(g[0].fate, GLYPH_COVERED);
    assert_int_equal(g[1].fate, GLYPH_VISIBLE);
    canvas_free(c);
}

static void a_group_can_fade_or_go(void **state)
{
    struct canvas *c = canvas_new();
    struct glyph g = {.x0 = 10, .y0 = 10, .x1 = 16, .y1 = 20};

    (void)state;
    size_t mark = canvas_mark(c);
    paint(c, box(0, 0, 50, 50), black, 1, 1);
    canvas_fade_since(c, mark);
    canvas_cover(c, &g, 1);
    assert_int_equal(g.fate, GLYPH_VISIBLE);
    assert_false(canvas_at(c, 5, 5).is_known);
    canvas_drop_since(c, mark);
    assert_true(canvas_at(c, 5, 5).is_known);
    canvas_free(c);
}

static void a_triangle_is_no_box(void **state)
{
    struct canvas *c = canvas_new();
    const struct canvas_point p[] = {{0, 0}, {100, 0}, {0, 100}};
    struct canvas_shape s = {0, 0, 100, 100, p, 3};

    (void)state;
    paint(c, s, navy, 1, 0);
    assert_true(canvas_at(c, 10, 10).r == 0);
    assert_true(canvas_at(c, 90, 90).r == 1);
    canvas_free(c);
}

static void a_crowded_page_says_so(void **state)
{
    struct canvas *c = canvas_new();

    (void)state;
    for (int i = 0; i < 5000; i++)
        paint(c, box(0, 0, 50, 50), navy, 1, 0);
    assert_true(canvas_is_full(c));
    canvas_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_paint_is_the_background),
        cmocka_unit_test(half_transparent_paint_mixes),
        cmocka_unit_test(contrast_decides),
        cmocka_unit_test(only_opaque_paint_that_comes_later_covers),
        cmocka_unit_test(strips_cover_as_a_box_does),
        cmocka_unit_test(a_group_can_fade_or_go),
        cmocka_unit_test(a_triangle_is_no_box),
        cmocka_unit_test(a_crowded_page_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
