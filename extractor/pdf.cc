/* SPDX-License-Identifier: MIT */
/*
 * Poppler's interpreter runs the page; this output device only watches. The
 * C interfaces of poppler show neither the render mode, nor the clip, nor what
 * is painted over a text, so this is C++ against its private headers. They
 * change with each release: what is used of them stays in this file.
 */
#include "pdf.h"

#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <Error.h>
#include <ErrorCodes.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <poppler-config.h>
#pragma GCC diagnostic pop

#include "canvas.h"

namespace
{

/* A page of small print has 10,000 characters. */
constexpr size_t MAX_GLYPHS = 200000;
constexpr float TINY_PT = 4.0f;
/* A path with more corners is a drawing; its box stands for it. */
constexpr size_t MAX_CORNERS = 64;
constexpr float MIN_DRAWING = 12.0f;
/* A path of more parts is taken to have holes. */
constexpr int MAX_PARTS = 40;

/* What save and restore must remember. */
struct Level {
    bool has_mask = false;
    size_t first_clip_glyph = SIZE_MAX; /* text used as a clip so far */
};

/* A transparency group that is open. */
struct Group {
    size_t paints, glyphs;
};

class Watcher : public OutputDev
{
  public:
    explicit Watcher(struct canvas *paper) : canvas(paper), levels(1)
    {
    }

    bool upsideDown() override
    {
        return true;
    }
    bool useDrawChar() override
    {
        return true;
    }
    bool interpretType3Chars() override
    {
        return false;
    }
    bool useTilingPatternFill() override
    {
        return true;
    }
    bool useShadedFills(int) override
    {
        return true;
    }

    void startPage(int number, GfxState *state, XRef *) override;
    void saveState(GfxState *) override
    {
        levels.push_back(levels.back());
    }
    void restoreState(GfxState *) override
    {
        if (levels.size() > 1)
            levels.pop_back();
    }

    void drawChar(GfxState *state, double x, double y, double dx, double dy,
                  double originX, double originY, CharCode code, int nBytes,
                  const Unicode *u, int uLen) override;

    void fill(GfxState *state) override
    {
        paintPath(state);
    }
    void eoFill(GfxState *state) override
    {
        paintPath(state);
    }
    void stroke(GfxState *state) override;
    bool tilingPatternFill(GfxState *state, Gfx *, Catalog *,
                           GfxTilingPattern *, const double *, int, int, int,
                           int, double, double) override;
    bool functionShadedFill(GfxState *state, GfxFunctionShading *) override;
    bool axialShadedFill(GfxState *state, GfxAxialShading *, double,
                         double) override;
    bool radialShadedFill(GfxState *state, GfxRadialShading *, double,
                          double) override;
    bool gouraudTriangleShadedFill(GfxState *state,
                                   GfxGouraudTriangleShading *) override;
    bool patchMeshShadedFill(GfxState *state, GfxPatchMeshShading *) override;

    void drawImageMask(GfxState *state, Object *ref, Stream *str, int width,
                       int height, bool invert, bool interpolate,
                       bool inlineImg) override;
    void drawImage(GfxState *state, Object *ref, Stream *str, int width,
                   int height, GfxImageColorMap *colorMap, bool interpolate,
                   const int *maskColors, bool inlineImg) override;
    void drawMaskedImage(GfxState *state, Object *, Stream *, int, int,
                         GfxImageColorMap *, bool, Stream *, int, int, bool,
                         bool) override;
    void drawSoftMaskedImage(GfxState *state, Object *, Stream *, int, int,
                             GfxImageColorMap *, bool, Stream *, int, int,
                             GfxImageColorMap *, bool) override;

    void beginTransparencyGroup(GfxState *, const double *, GfxColorSpace *,
                                bool, bool, bool forSoftMask) override;
    void paintTransparencyGroup(GfxState *state, const double *) override;
    void setSoftMask(GfxState *state, const double *, bool, Function *,
                     GfxColor *) override;
    void clearSoftMask(GfxState *) override
    {
        levels.back().has_mask = false;
    }

    /* Ends the page: what lies under later paint, and what was sought. */
    void finish(struct pdf_page *page);
    bool isCut() const
    {
        return is_cut;
    }

  private:
    struct canvas *canvas;
    std::vector<struct glyph> glyphs;
    std::vector<Level> levels;
    std::vector<Group> groups;
    std::vector<struct canvas_point> corners;
    unsigned page_number = 0;
    float width = 0, height = 0;
    size_t n_unmapped = 0;
    double image_area = 0;
    bool is_cut = false;

    uint8_t fateOf(GfxState *state, const struct glyph &g) const;
    void paintPath(GfxState *state);
    void paintShape(GfxState *state, struct canvas_shape shape,
                    struct canvas_colour colour, double opacity);
    void paintClip(GfxState *state);
    void paintImage(GfxState *state, bool is_opaque);
    void addCorner(GfxState *state, double x, double y,
                   struct canvas_shape *shape);
};

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

bool isBoldName(const std::string &name)
{
    static const char *const marks[] = {"Bold",  "bold",  "BOLD", "Black",
                                        "Heavy", "Semib", "Demi", "-BD"};

    for (const char *mark : marks) {
        if (name.find(mark) != std::string::npos)
            return true;
    }
    return false;
}

bool isBold(GfxState *state)
{
    GfxFont *font = state->getFont().get();

    /* Filled and stroked in one: how programs fake a bold face. */
    if ((state->getRender() & 3) == 2 && state->getLineWidth() > 0)
        return true;
    return font->isBold() || font->getWeight() >= GfxFont::W600 ||
           isBoldName(font->getName().value_or(""));
}

/* In pt as shown. The matrix of a Type 3 font may have any scale. */
double shownSize(GfxState *state)
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

/* The quarter turn that is nearest to the direction of the text. */
uint8_t turnOf(GfxState *state)
{
    double m11, m12, m21, m22;

    state->getFontTransMat(&m11, &m12, &m21, &m22);
    if (std::fabs(m11) >= std::fabs(m12))
        return m11 >= 0 ? 0 : 2;
    return m12 >= 0 ? 1 : 3;
}

/* The box from the baseline, the advance and the font's height. */
void placeGlyph(struct glyph *g, GfxState *state, double x, double y, double dx,
                double dy)
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
    if (g.size < TINY_PT * scale)
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

bool isFiniteGlyph(const struct glyph &g)
{
    return std::isfinite(g.x0) && std::isfinite(g.x1) && std::isfinite(g.y0) &&
           std::isfinite(g.y1) && std::isfinite(g.base) &&
           std::isfinite(g.size) && std::fabs(g.x0) < 1e5f &&
           std::fabs(g.x1) < 1e5f && std::fabs(g.y0) < 1e5f &&
           std::fabs(g.y1) < 1e5f && g.size < 1e4f;
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
    for (int i = 0; i < uLen && i < GLYPH_MAX_TEXT; i++)
        g.text[g.n_text++] = u[i];
    g.bold = isBold(state);
    g.fate = fateOf(state, g);
    if (state->getRender() == 7 && levels.back().first_clip_glyph == SIZE_MAX)
        levels.back().first_clip_glyph = glyphs.size();
    glyphs.push_back(g);
}

/* Text that only clips becomes visible by what is painted through it. */
void Watcher::paintShape(GfxState *state, struct canvas_shape shape,
                         struct canvas_colour colour, double opacity)
{
    double x0, y0, x1, y1;
    size_t first = levels.back().first_clip_glyph;

    if (first < glyphs.size()) {
        for (size_t i = first; i < glyphs.size(); i++) {
            if (glyphs[i].fate == GLYPH_INVISIBLE)
                glyphs[i].fate = GLYPH_VISIBLE;
        }
        levels.back().first_clip_glyph = SIZE_MAX;
        return;
    }
    state->getClipBBox(&x0, &y0, &x1, &y1);
    shape.x0 = std::fmax(shape.x0, static_cast<float>(x0));
    shape.y0 = std::fmax(shape.y0, static_cast<float>(y0));
    shape.x1 = std::fmin(shape.x1, static_cast<float>(x1));
    shape.y1 = std::fmin(shape.y1, static_cast<float>(y1));
    if (levels.back().has_mask || state->getBlendMode() != gfxBlendNormal) {
        colour.is_known = false;
        opacity = std::fmin(opacity, 0.5);
    }
    canvas_paint(canvas, &shape, colour, static_cast<float>(opacity),
                 glyphs.size());
}

void Watcher::addCorner(GfxState *state, double x, double y,
                        struct canvas_shape *shape)
{
    double px, py;

    state->transform(x, y, &px, &py);
    struct canvas_point p = {static_cast<float>(px), static_cast<float>(py)};
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
        return;
    if (corners.empty())
        shape->x0 = shape->x1 = p.x, shape->y0 = shape->y1 = p.y;
    shape->x0 = std::fmin(shape->x0, p.x);
    shape->x1 = std::fmax(shape->x1, p.x);
    shape->y0 = std::fmin(shape->y0, p.y);
    shape->y1 = std::fmax(shape->y1, p.y);
    corners.push_back(p);
}

bool isBox(const std::vector<struct canvas_point> &c)
{
    size_t n = c.size();

    if (n == 5 && c[0].x == c[4].x && c[0].y == c[4].y)
        n = 4;
    if (n != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        const struct canvas_point &a = c[i], &b = c[(i + 1) % 4];
        if (std::fabs(a.x - b.x) > 0.1f && std::fabs(a.y - b.y) > 0.1f)
            return false;
    }
    return true;
}

struct Extent {
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;

    explicit Extent(const GfxSubpath *sub)
    {
        for (int i = 0; i < sub->getNumPoints(); i++) {
            x0 = std::fmin(x0, sub->getX(i)), x1 = std::fmax(x1, sub->getX(i));
            y0 = std::fmin(y0, sub->getY(i)), y1 = std::fmax(y1, sub->getY(i));
        }
    }
    bool overlaps(const Extent &o) const
    {
        return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1;
    }
};

bool hasHoles(const GfxPath *path)
{
    std::vector<Extent> seen;

    if (path->getNumSubpaths() > MAX_PARTS)
        return true;
    for (int i = 0; i < path->getNumSubpaths(); i++) {
        Extent extent(path->getSubpath(i));
        for (const Extent &other : seen) {
            if (extent.overlaps(other))
                return true;
        }
        seen.push_back(extent);
    }
    return false;
}

void Watcher::paintPath(GfxState *state)
{
    const GfxPath *path = state->getPath();
    struct canvas_colour colour =
        colourOf(state->getFillColorSpace(), state->getFillColor());
    double opacity = state->getFillOpacity();

    /* Several parts may leave holes in each other, as a frame does. */
    if (path->getNumSubpaths() > 1 && hasHoles(path))
        colour.is_known = false, opacity = std::fmin(opacity, 0.5);
    for (int i = 0; i < path->getNumSubpaths(); i++) {
        const GfxSubpath *sub = path->getSubpath(i);
        struct canvas_shape shape = {};
        corners.clear();
        for (int j = 0; j < sub->getNumPoints(); j++)
            addCorner(state, sub->getX(j), sub->getY(j), &shape);
        if (corners.size() < 3)
            continue;
        /* A curve's control points bound it well enough. Small shapes that
         * are no boxes are drawings, or letters as outlines. */
        if (!isBox(corners)) {
            if (shape.x1 - shape.x0 < MIN_DRAWING ||
                shape.y1 - shape.y0 < MIN_DRAWING)
                continue;
            if (corners.size() > MAX_CORNERS)
                corners.clear();
            shape.points = corners.data();
            shape.n_points = corners.size();
        }
        paintShape(state, shape, colour, opacity);
    }
}

/* A thick straight line is a box that somebody may write on. */
void Watcher::stroke(GfxState *state)
{
    const GfxPath *path = state->getPath();
    float half = static_cast<float>(state->getTransformedLineWidth() / 2);
    struct canvas_colour colour =
        colourOf(state->getStrokeColorSpace(), state->getStrokeColor());

    if (!(half >= 2) || path->getNumSubpaths() > 100)
        return;
    for (int i = 0; i < path->getNumSubpaths(); i++) {
        const GfxSubpath *sub = path->getSubpath(i);
        struct canvas_shape shape = {};
        corners.clear();
        if (sub->getNumPoints() != 2 || sub->isClosed())
            continue;
        addCorner(state, sub->getX(0), sub->getY(0), &shape);
        addCorner(state, sub->getX(1), sub->getY(1), &shape);
        if (shape.x1 - shape.x0 > shape.y1 - shape.y0)
            shape.y0 -= half, shape.y1 += half;
        else
            shape.x0 -= half, shape.x1 += half;
        paintShape(state, shape, colour, state->getStrokeOpacity());
    }
}

/* Paints all of the clip with something whose colour is not known. */
void Watcher::paintClip(GfxState *state)
{
    double x0, y0, x1, y1;

    state->getClipBBox(&x0, &y0, &x1, &y1);
    struct canvas_shape shape = {static_cast<float>(x0),
                                 static_cast<float>(y0),
                                 static_cast<float>(x1),
                                 static_cast<float>(y1),
                                 nullptr,
                                 0};
    paintShape(state, shape, {0, 0, 0, false}, state->getFillOpacity());
}

bool Watcher::tilingPatternFill(GfxState *state, Gfx *, Catalog *,
                                GfxTilingPattern *, const double *, int, int,
                                int, int, double, double)
{
    /* Mostly holes: what lies below shows through. */
    double x0, y0, x1, y1;

    state->getClipBBox(&x0, &y0, &x1, &y1);
    struct canvas_shape shape = {static_cast<float>(x0),
                                 static_cast<float>(y0),
                                 static_cast<float>(x1),
                                 static_cast<float>(y1),
                                 nullptr,
                                 0};
    paintShape(state, shape, {0, 0, 0, false}, 0.5);
    return true;
}

bool Watcher::functionShadedFill(GfxState *state, GfxFunctionShading *)
{
    paintClip(state);
    return true;
}

bool Watcher::axialShadedFill(GfxState *state, GfxAxialShading *, double,
                              double)
{
    paintClip(state);
    return true;
}

bool Watcher::radialShadedFill(GfxState *state, GfxRadialShading *, double,
                               double)
{
    paintClip(state);
    return true;
}

bool Watcher::gouraudTriangleShadedFill(GfxState *state,
                                        GfxGouraudTriangleShading *)
{
    paintClip(state);
    return true;
}

bool Watcher::patchMeshShadedFill(GfxState *state, GfxPatchMeshShading *)
{
    paintClip(state);
    return true;
}

/* An image fills the unit square of its coordinates. */
void Watcher::paintImage(GfxState *state, bool is_opaque)
{
    struct canvas_shape shape = {};
    static const double unit[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};

    corners.clear();
    for (const double *c : unit)
        addCorner(state, c[0], c[1], &shape);
    double w = std::fmin(shape.x1, width) - std::fmax(shape.x0, 0.0f);
    double h = std::fmin(shape.y1, height) - std::fmax(shape.y0, 0.0f);
    if (w > 0 && h > 0)
        image_area += w * h;
    paintShape(state, shape, {0, 0, 0, false},
               is_opaque ? state->getFillOpacity() : 0.5);
}

void Watcher::drawImageMask(GfxState *state, Object *ref, Stream *str, int w,
                            int h, bool invert, bool interpolate,
                            bool inlineImg)
{
    paintImage(state, false);
    /* The base class skips the bytes of an inline image. */
    OutputDev::drawImageMask(state, ref, str, w, h, invert, interpolate,
                             inlineImg);
}

void Watcher::drawImage(GfxState *state, Object *ref, Stream *str, int w, int h,
                        GfxImageColorMap *colorMap, bool interpolate,
                        const int *maskColors, bool inlineImg)
{
    paintImage(state, !maskColors);
    OutputDev::drawImage(state, ref, str, w, h, colorMap, interpolate,
                         maskColors, inlineImg);
}

void Watcher::drawMaskedImage(GfxState *state, Object *, Stream *, int, int,
                              GfxImageColorMap *, bool, Stream *, int, int,
                              bool, bool)
{
    paintImage(state, false);
}

void Watcher::drawSoftMaskedImage(GfxState *state, Object *, Stream *, int, int,
                                  GfxImageColorMap *, bool, Stream *, int, int,
                                  GfxImageColorMap *, bool)
{
    paintImage(state, false);
}

void Watcher::beginTransparencyGroup(GfxState *, const double *,
                                     GfxColorSpace *, bool, bool, bool)
{
    groups.push_back({canvas_mark(canvas), glyphs.size()});
}

void Watcher::paintTransparencyGroup(GfxState *state, const double *)
{
    if (groups.empty())
        return;
    Group group = groups.back();
    groups.pop_back();
    double opacity = state->getFillOpacity();
    if (opacity < 0.95 || levels.back().has_mask ||
        state->getBlendMode() != gfxBlendNormal)
        canvas_fade_since(canvas, group.paints);
    for (size_t i = group.glyphs; opacity < 0.1 && i < glyphs.size(); i++)
        glyphs[i].fate = GLYPH_COLOUR;
}

/* The group that was just drawn is a mask: nobody sees it as such. */
void Watcher::setSoftMask(GfxState *, const double *, bool, Function *,
                          GfxColor *)
{
    if (!groups.empty()) {
        canvas_drop_since(canvas, groups.back().paints);
        glyphs.resize(groups.back().glyphs);
        groups.pop_back();
    }
    levels.back().has_mask = true;
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

/* Ends the page early when it is too full to go on. */
bool shouldStop(void *arg)
{
    return static_cast<Watcher *>(arg)->isCut();
}

void ignoreMessage(ErrorCategory, Goffset, const char *)
{
}

enum pdf_ending walk(struct pdf_walk *w, struct canvas *canvas)
{
    PDFDoc doc(new MemStream(w->data, 0, static_cast<Goffset>(w->len),
                             Object(objNull)));
    if (!doc.isOk())
        return doc.getErrorCode() == errEncrypted ? PDF_ENCRYPTED : PDF_DAMAGED;
    int n = doc.getNumPages();
    w->n_pages = n > 0 ? static_cast<unsigned>(n) : 0;
    if (n <= 0)
        return PDF_NO_PAGES;
    if (w->n_pages > w->max_pages)
        return PDF_TOO_MANY_PAGES;
    Watcher watcher(canvas);
    for (int i = 1; i <= n; i++) {
        struct pdf_page page = {};
        if (!doc.getPage(i))
            continue;
        doc.displayPage(&watcher, i, 72, 72, 0, false, true, false, shouldStop,
                        &watcher);
        watcher.finish(&page);
        page.number = static_cast<unsigned>(i);
        if (!w->on_page(w->arg, &page))
            return PDF_STOPPED;
    }
    return PDF_DONE;
}

} // namespace

void pdf_prepare(void (*on_no_memory)(void))
{
    std::set_new_handler(on_no_memory);
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback(ignoreMessage);
}

const char *pdf_version(void)
{
    return POPPLER_VERSION;
}

enum pdf_ending pdf_walk_pages(struct pdf_walk *w)
{
    struct canvas *canvas = canvas_new();

    if (!canvas)
        return PDF_NO_MEMORY;
    enum pdf_ending ending;
    try {
        ending = walk(w, canvas);
    } catch (const std::bad_alloc &) {
        ending = PDF_NO_MEMORY;
    } catch (const std::exception &) {
        /* Poppler's containers refuse what a damaged file asks of them. */
        ending = PDF_DAMAGED;
    }
    canvas_free(canvas);
    return ending;
}
