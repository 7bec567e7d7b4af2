/* SPDX-License-Identifier: MIT */
#include "watcher.h"

#include <cmath>
#include <string>

namespace
{

/* A page of small print has 10,000 characters. */
constexpr size_t MAX_GLYPHS = 200000;
constexpr float TINY_PT = 4.0f;
/* Of an em: letters then are half as wide, which is a hair. */
constexpr float NARROW_PT = 1.5f;

} // namespace

struct canvas_colour colourOf(GfxColorSpace *space, const GfxColor *colour)
{
    GfxRGB rgb;

    if (space->getMode() == csPattern)
        return {0, 0, 0, false};
    space->getRGB(colour, &rgb);
    return {static_cast<float>(colToDbl(rgb.r)),
            static_cast<float>(colToDbl(rgb.g)),
            static_cast<float>(colToDbl(rgb.b)), true};
}

void Watcher::startPage(int number, GfxState *state, XRef *)
{
    canvas_reset(canvas);
    glyphs.clear();
    levels.assign(1, Level());
    groups.clear();
    page_number = static_cast<unsigned>(number);
    width = static_cast<float>(state->getPageWidth());
    height = static_cast<float>(state->getPageHeight());
    n_unmapped = 0;
    image_area = 0;
    is_cut = false;
}

static bool isBoldName(const std::string &name)
{
    static const char *const marks[] = {"Bold",  "bold",  "BOLD", "Black",
                                        "Heavy", "Semib", "Demi", "-BD"};

    for (const char *mark : marks) {
        if (name.find(mark) != std::string::npos)
            return true;
    }
    return false;
}

static bool isBold(GfxState *state)
{
    GfxFont *font = state->getFont().get();

    /* Filled and stroked in one: how programs fake a bold face. */
    if ((state->getRender() & 3) == 2 && state->getLineWidth() > 0)
        return true;
    return font->isBold() || font->getWeight() >= GfxFont::W600 ||
           isBoldName(font->getName().value_or(""));
}

/* In pt as shown. The matrix of a Type 3 font may have any scale. */
static double shownSize(GfxState *state)
{
    GfxFont *font = state->getFont().get();
    double size = state->getTransformedFontSize();

    if (font->getType() != fontType3)
        return size;
    const double *matrix = font->getFontMatrix();
    const double *box = font->getFontBBox();
    double units = box[3] > box[1] ? box[3] - box[1] : 1000;
    return size * std::fabs(matrix[3]) * units;
}

/* How wide an em is shown, in pt: a scale of nearly nothing draws a line. */
static double shownWidth(GfxState *state)
{
    double x, y;

    state->textTransformDelta(state->getFontSize() * state->getHorizScaling(),
                              0, &x, &y);
    state->transformDelta(x, y, &x, &y);
    return std::hypot(x, y);
}

/* The quarter turn that is nearest to the direction of the text. */
static uint8_t turnOf(GfxState *state)
{
    double m11, m12, m21, m22;

    state->getFontTransMat(&m11, &m12, &m21, &m22);
    if (std::fabs(m11) >= std::fabs(m12))
        return m11 >= 0 ? 0 : 2;
    return m12 >= 0 ? 1 : 3;
}

/* The box from the baseline, the advance and the font's height. */
static void placeGlyph(struct glyph *g, GfxState *state, double x, double y,
                       double dx, double dy)
{
    GfxFont *font = state->getFont().get();
    double px, py, w, h;

    state->transform(x, y, &px, &py);
    state->transformDelta(dx, dy, &w, &h);
    double size = g->size;
    double ascent = font->getAscent(), descent = font->getDescent();
    if (!(ascent > 0.3 && ascent < 1.2))
        ascent = 0.75;
    if (!(descent < 0 && descent > -0.6))
        descent = -0.2;
    double up = ascent * size, down = -descent * size;
    double box[4];
    switch (g->turn) {
    case 0:
        box[0] = px, box[1] = py - up, box[2] = px + w, box[3] = py + down;
        break;
    case 1:
        box[0] = px - down, box[1] = py, box[2] = px + up, box[3] = py + h;
        break;
    case 2:
        box[0] = px + w, box[1] = py - down, box[2] = px, box[3] = py + up;
        break;
    default:
        box[0] = px - up, box[1] = py + h, box[2] = px + down, box[3] = py;
        break;
    }
    g->x0 = static_cast<float>(std::fmin(box[0], box[2]));
    g->x1 = static_cast<float>(std::fmax(box[0], box[2]));
    g->y0 = static_cast<float>(std::fmin(box[1], box[3]));
    g->y1 = static_cast<float>(std::fmax(box[1], box[3]));
    g->base = static_cast<float>(g->turn & 1 ? px : py);
}

uint8_t Watcher::fateOf(GfxState *state, const struct glyph &g) const
{
    float cx = (g.x0 + g.x1) / 2, cy = (g.y0 + g.y1) / 2;
    double x0, y0, x1, y1;
    int mode = state->getRender();

    if (cx < 0 || cy < 0 || cx > width || cy > height)
        return GLYPH_OFF_PAGE;
    if ((mode & 3) == 3)
        return GLYPH_INVISIBLE;
    /* On paper smaller than a page everything is drawn smaller. */
    float scale = std::fmin(1.0f, std::fmax(width, height) / 600.0f);
    bool is_type3 = state->getFont()->getType() == fontType3;
    if (g.size < TINY_PT * scale ||
        (!is_type3 && shownWidth(state) < NARROW_PT * scale))
        return GLYPH_TINY;
    state->getClipBBox(&x0, &y0, &x1, &y1);
    if (cx < x0 || cx > x1 || cy < y0 || cy > y1)
        return GLYPH_CLIPPED;
    bool strokes = (mode & 3) == 1 || (mode & 3) == 2;
    bool fills = (mode & 3) != 1;
    struct canvas_colour under = canvas_at(canvas, cx, cy);
    struct canvas_colour ink =
        colourOf(state->getFillColorSpace(), state->getFillColor());
    if (fills && state->getFillOpacity() > 0.1 &&
        !canvas_is_unreadable(ink, under))
        return GLYPH_VISIBLE;
    ink = colourOf(state->getStrokeColorSpace(), state->getStrokeColor());
    if (strokes && state->getStrokeOpacity() > 0.1 &&
        !canvas_is_unreadable(ink, under))
        return GLYPH_VISIBLE;
    return GLYPH_COLOUR;
}

static bool isFiniteGlyph(const struct glyph &g)
{
    return std::isfinite(g.x0) && std::isfinite(g.x1) && std::isfinite(g.y0) &&
           std::isfinite(g.y1) && std::isfinite(g.base) &&
           std::isfinite(g.size) && std::fabs(g.x0) < 1e5f &&
           std::fabs(g.x1) < 1e5f && std::fabs(g.y0) < 1e5f &&
           std::fabs(g.y1) < 1e5f && g.size < 1e4f;
}

static bool isSpace(uint32_t c)
{
    return c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200b);
}

/* What is drawn is seen: a soft hyphen here is a hyphen. */
static bool isHyphen(uint32_t c)
{
    return c == '-' || c == 0xad || c == 0x2010 || c == 0x2011;
}

/* Some programs say of one glyph that it is all of its look-alikes: "-" with
 * a soft and a Unicode hyphen, a tab with a space. It is one. */
static void takeText(struct glyph *g, const Unicode *u, int n)
{
    bool spaces = true, hyphens = true;

    for (int i = 0; i < n; i++) {
        spaces = spaces && isSpace(u[i]);
        hyphens = hyphens && isHyphen(u[i]);
        if (i < GLYPH_MAX_TEXT)
            g->text[g->n_text++] = u[i];
    }
    if (spaces || hyphens) {
        g->n_text = 1;
        g->text[0] = spaces ? ' ' : '-';
    }
}

void Watcher::drawChar(GfxState *state, double x, double y, double dx,
                       double dy, double, double, CharCode code, int,
                       const Unicode *u, int uLen)
{
    struct glyph g = {};
    double sx, sy;

    if (glyphs.size() >= MAX_GLYPHS) {
        is_cut = true;
        return;
    }
    if (!state->getFont() || uLen <= 0) {
        n_unmapped++;
        return;
    }
    /* The advance without the space that was added between characters. */
    double space = state->getCharSpace();
    if (code == 0x20)
        space += state->getWordSpace();
    state->textTransformDelta(space * state->getHorizScaling(), 0, &sx, &sy);
    g.size = static_cast<float>(shownSize(state));
    g.turn = turnOf(state);
    placeGlyph(&g, state, x, y, dx - sx, dy - sy);
    if (!isFiniteGlyph(g))
        return;
    takeText(&g, u, uLen);
    g.bold = isBold(state);
    g.fate = fateOf(state, g);
    if (state->getRender() == 7 && levels.back().first_clip_glyph == SIZE_MAX)
        levels.back().first_clip_glyph = glyphs.size();
    glyphs.push_back(g);
}

void Watcher::finish(struct pdf_page *page)
{
    canvas_cover(canvas, glyphs.data(), glyphs.size());
    double area = static_cast<double>(width) * height;
    page->number = page_number;
    page->width = width;
    page->height = height;
    page->glyphs = glyphs.data();
    page->n_glyphs = glyphs.size();
    page->n_unmapped = n_unmapped;
    page->image_share =
        area > 0 ? static_cast<float>(std::fmin(1.0, image_area / area)) : 0;
    page->is_cut = is_cut;
    page->is_crowded = canvas_is_full(canvas);
}
