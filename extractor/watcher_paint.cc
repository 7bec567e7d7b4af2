/* SPDX-License-Identifier: MIT */
#include "watcher.h"

#include <cmath>

namespace
{

/* A path with more corners is a drawing; its box stands for it. */
constexpr size_t MAX_CORNERS = 64;
constexpr float MIN_DRAWING = 12.0f;
/* A path of more parts is taken to have holes. */
constexpr int MAX_PARTS = 40;

} // namespace

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

static bool isBox(const std::vector<struct canvas_point> &c)
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

namespace
{

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

} // namespace

static bool hasHoles(const GfxPath *path)
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
