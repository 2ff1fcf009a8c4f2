/*
 * The pictures of figures on their way out: the parser makes a file of each, which is handed to the
 * caller or embedded.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_FIGURES_H
#define QUIRE_PIPELINE_FIGURES_H

#include "pipeline/source.h"

typedef struct quire_figure_keeper {
    const quire_options *options;
    const quire_source_file *source;
    double deadline; /* of the document, of quire_clock() */
    char *address; /* of the figure that was kept last; see quire_figure_keeper_clear() */
    uint64_t embedded; /* bytes so far */
} quire_figure_keeper;

/* Where the picture is; valid until the next call. NULL, with `error` set, where it is not kept. */
const char *quire_figure_keep(quire_figure_keeper *keeper, const quire_picture_request *request,
                              quire_error *error);
void quire_figure_keeper_clear(quire_figure_keeper *keeper);

#endif
