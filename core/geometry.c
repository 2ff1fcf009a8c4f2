#include "core/core.h"

quire_box quire_matrix_apply_box(quire_matrix m, quire_box box)
{
    quire_point corners[4] = {
        quire_matrix_apply(m, box.x0, box.y0), quire_matrix_apply(m, box.x1, box.y0),
        quire_matrix_apply(m, box.x0, box.y1), quire_matrix_apply(m, box.x1, box.y1)};
    quire_box out = quire_box_empty();
    for (int i = 0; i < 4; i++) {
        quire_box corner = {corners[i].x, corners[i].y, corners[i].x, corners[i].y};
        out = quire_box_union(out, corner);
    }
    return out;
}
