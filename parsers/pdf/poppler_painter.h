/*
 * What draws pages: Splash, within the limits of a request. C++, and a part of poppler_objects.cc,
 * which alone includes it.
 *
 * Splash draws whatever it is told to, however long that takes. Here a path is measured before it
 * is drawn, and nothing is begun any more when the caller has had enough.
 */
#ifndef QUIRE_PARSERS_PDF_POPPLER_PAINTER_H
#define QUIRE_PARSERS_PDF_POPPLER_PAINTER_H

#include "parsers/pdf/poppler_objects.h"

#include <cmath>
#include <utility>

#include <GfxState.h>
#include <SplashOutputDev.h>

// Of one path: pixels along it. Splash holds and walks about as many crossings at once; the
// outlines of a page full of type are 1 million at 300 dpi.
constexpr double MAX_PATH_PIXELS = 16e6;
constexpr double MAX_DASHES = 1e6;

/*
 * Transparency groups that begin when the caller has had enough are left out, with all that goes
 * with them: a page that does nothing but begin groups would not be asked otherwise. Their
 * functions take what they take, from release to release.
 */
template <class Begin, class Paint, class Mask> class group_painter;

template <class... B, class... P, class... M>
class group_painter<void (SplashOutputDev::*)(B...), void (SplashOutputDev::*)(P...),
                    void (SplashOutputDev::*)(M...)> : public SplashOutputDev
{
  public:
    using SplashOutputDev::SplashOutputDev;

    const quire_canvas_request *request = nullptr;

    void beginTransparencyGroup(B... arguments) override
    {
        if (left_out_depth > 0 || is_over())
            left_out_depth++;
        else
            SplashOutputDev::beginTransparencyGroup(std::forward<B>(arguments)...);
    }

    void endTransparencyGroup(GfxState *state) override
    {
        ended_left_out = left_out_depth > 0;
        if (ended_left_out)
            left_out_depth--;
        else
            SplashOutputDev::endTransparencyGroup(state);
    }

    void paintTransparencyGroup(P... arguments) override
    {
        if (!ended_left_out)
            SplashOutputDev::paintTransparencyGroup(std::forward<P>(arguments)...);
    }

    void setSoftMask(M... arguments) override
    {
        if (!ended_left_out)
            SplashOutputDev::setSoftMask(std::forward<M>(arguments)...);
    }

  protected:
    bool is_over() const
    {
        return request->cancelled && request->cancelled(request->user);
    }

  private:
    int left_out_depth = 0;
    bool ended_left_out = false;
};

using splash_group_painter = group_painter<decltype(&SplashOutputDev::beginTransparencyGroup),
                                           decltype(&SplashOutputDev::paintTransparencyGroup),
                                           decltype(&SplashOutputDev::setSoftMask)>;

/*
 * Poppler asks after every ten operators of a page whether to go on, and not at all within a path,
 * a string or a pattern. So each path is measured first: one that is too much is left out, and so
 * is everything when the caller has had enough.
 */
class bounded_painter : public splash_group_painter
{
  public:
    using splash_group_painter::splash_group_painter;

    int left_out = 0;

    void stroke(GfxState *state) override
    {
        if (may_stroke(state))
            SplashOutputDev::stroke(state);
    }

    void fill(GfxState *state) override
    {
        if (may_draw(state, 0))
            SplashOutputDev::fill(state);
    }

    void eoFill(GfxState *state) override
    {
        if (may_draw(state, 0))
            SplashOutputDev::eoFill(state);
    }

    void clip(GfxState *state) override
    {
        if (may_draw(state, 0))
            SplashOutputDev::clip(state);
    }

    void eoClip(GfxState *state) override
    {
        if (may_draw(state, 0))
            SplashOutputDev::eoClip(state);
    }

    void clipToStrokePath(GfxState *state) override
    {
        if (may_stroke(state))
            SplashOutputDev::clipToStrokePath(state);
    }

    bool axialShadedFill(GfxState *state, GfxAxialShading *shading, double from, double to) override
    {
        return is_over() || SplashOutputDev::axialShadedFill(state, shading, from, to);
    }

    bool radialShadedFill(GfxState *state, GfxRadialShading *shading, double from,
                          double to) override
    {
        return is_over() || SplashOutputDev::radialShadedFill(state, shading, from, to);
    }

    void drawChar(GfxState *state, double x, double y, double dx, double dy, double origin_x,
                  double origin_y, CharCode code, int bytes, const Unicode *text,
                  int text_size) override
    {
        if (!is_over())
            SplashOutputDev::drawChar(state, x, y, dx, dy, origin_x, origin_y, code, bytes, text,
                                      text_size);
    }

  private:
    // Pixels along the path and its control points; a pen of some width goes around each piece
    // that a curve is cut into.
    static double pixels_along(GfxState *state, double pen)
    {
        const GfxPath *path = state->getPath();
        double sum = 0;
        for (int i = 0; i < path->getNumSubpaths(); i++) {
            const GfxSubpath *piece = path->getSubpath(i);
            double x = 0, y = 0, from_x, from_y;
            state->transform(piece->getX(0), piece->getY(0), &from_x, &from_y);
            for (int k = 1; k < piece->getNumPoints(); k++, from_x = x, from_y = y) {
                state->transform(piece->getX(k), piece->getY(k), &x, &y);
                double length = fabs(x - from_x) + fabs(y - from_y);
                sum += 1 + length + pen * (1 + sqrt(length));
            }
        }
        return sum;
    }

    bool may_draw(GfxState *state, double pen)
    {
        if (is_over())
            return false;
        bool fits = pixels_along(state, pen) <= MAX_PATH_PIXELS;
        left_out += !fits;
        return fits;
    }

    bool may_stroke(GfxState *state)
    {
        double start, period = 0;
        for (double dash : state->getLineDash(&start))
            period += fabs(dash);
        const auto &m = state->getCTM(); // a pointer at first, an array later
        double scale = sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
        if (period > 0 && pixels_along(state, 0) > MAX_DASHES * period * scale) {
            left_out++;
            return false;
        }
        return may_draw(state, state->getLineWidth() * scale);
    }
};

#endif
