#include "page/raster.h"

#include <stdlib.h>

void quire_raster_clear(quire_raster *raster)
{
    free(raster->pixels);
    *raster = (quire_raster){0};
}
