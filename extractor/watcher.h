/* SPDX-License-Identifier: MIT */
#ifndef RSC_WATCHER_H
#define RSC_WATCHER_H

/*
 * Poppler's interpreter runs the page; this output device only watches: the
 * characters (watcher.cc) and what is painted between them
 * (watcher_paint.cc). The C interfaces of poppler show neither the render
 * mode, nor the clip, nor what is painted over a text, so this is C++ against
 * its private headers. They change with each release: what is used of them
 * stays in pdf.cc and the watcher.
 */

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
#include "pdf.h"

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

/* Not known for patterns. */
struct canvas_colour colourOf(GfxColorSpace *space, const GfxColor *colour);

#endif
