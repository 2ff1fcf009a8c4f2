/*
 * Page boxes and rotation; see page_box.h.
 */
#include "parsers/pdf/page_box.h"

#include <math.h>

/* Points; a page that lies farther out than this has no meaningful coordinates in a float. */
static const double farthest = 1e7;
static const double thinnest = 1e-3;

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static void order(double *low, double *high)
{
    double first = *low;
    *low = fmin(first, *high);
    *high = fmax(first, *high);
}

bool quire_page_box_read(const quire_object *array, double box[4])
{
    double corners[4];
    if (quire_object_kind(array) != QUIRE_OBJECT_ARRAY ||
        quire_object_numbers(array, corners, 4) < 4)
        return false;
    order(&corners[0], &corners[2]);
    order(&corners[1], &corners[3]);
    for (int axis = 0; axis < 2; axis++) {
        double low = corners[axis], high = corners[axis + 2];
        if (!isfinite(low) || !isfinite(high) || high - low < thinnest || fabs(low) > farthest)
            return false;
        box[axis] = low;
        box[axis + 2] = fmin(high, low + QUIRE_MAX_PAGE_SIDE);
    }
    return true;
}

void quire_page_box_default(double box[4])
{
    static const double letter[4] = {0, 0, 612, 792};
    for (int i = 0; i < 4; i++)
        box[i] = letter[i];
}

void quire_page_box_crop(const double media[4], double crop[4])
{
    double cut[4];
    for (int i = 0; i < 4; i++)
        cut[i] = clamp(crop[i], media[i % 2], media[i % 2 + 2]);
    bool empty = cut[2] - cut[0] < thinnest || cut[3] - cut[1] < thinnest;
    for (int i = 0; i < 4; i++)
        crop[i] = empty ? media[i] : cut[i];
}

int quire_page_rotation(int degrees)
{
    return degrees % 90 ? 0 : (degrees % 360 + 360) % 360;
}

double quire_page_user_unit(const quire_object *dictionary)
{
    double unit = quire_object_find_number(dictionary, "UserUnit", 1);
    return unit >= 0.01 && unit <= 1000 ? unit : 1;
}

quire_matrix quire_page_matrix(const quire_page_source *source)
{
    const double *crop = source->crop;
    double u = quire_page_user_unit(source->dictionary);
    switch (source->rotate) {
    case 90:
        return (quire_matrix){0, u, u, 0, -u * crop[1], -u * crop[0]};
    case 180:
        return (quire_matrix){-u, 0, 0, u, u * crop[2], -u * crop[1]};
    case 270:
        return (quire_matrix){0, -u, -u, 0, u * crop[3], u * crop[2]};
    default:
        return (quire_matrix){u, 0, 0, -u, -u * crop[0], u * crop[3]};
    }
}
