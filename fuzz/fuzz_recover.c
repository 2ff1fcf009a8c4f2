/*
 * Any bytes as a file whose trailer is lost. The slices that the scan finds lie in the
 * file, and what is made of it ends in a cross-reference that is there.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "parsers/pdf/recover.h"

static void promise_inside(quire_bytes part, quire_bytes whole)
{
    PROMISE(part.data >= whole.data && part.data + part.size <= whole.data + whole.size);
}

static void promise_sound_object(const quire_scan *scan, const quire_found *found)
{
    PROMISE(found->number >= 0 && found->generation >= 0);
    PROMISE(found->at < scan->file.size);
    if (found->container < 0)
        promise_inside(found->value, scan->file);
    if (found->stream.data)
        promise_inside(found->stream, scan->file);
}

/* The last lines name the place where the new cross-reference stream stands. */
static void promise_cross_reference(quire_bytes file)
{
    enum { TAIL = 64 };
    char tail[TAIL + 1] = {0};
    PROMISE(file.size > TAIL);
    memcpy(tail, file.data + file.size - TAIL, TAIL);
    const char *line = NULL;
    for (const char *at = tail; (at = memmem(at, (size_t)(tail + TAIL - at), "startxref", 9)); at++)
        line = at;
    PROMISE(line);
    unsigned long long place = strtoull(line + 9, NULL, 10);
    PROMISE(place < file.size);
    PROMISE(memmem(file.data + place, file.size - place, " 0 obj", 6));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    quire_scan *scan = quire_scan_new((quire_bytes){data, size});
    for (guint i = 0; i < scan->objects->len; i++)
        promise_sound_object(scan, &g_array_index(scan->objects, quire_found, i));
    quire_recovery recovery;
    quire_recovery_init(&recovery, scan);
    PROMISE(recovery.file.size >= scan->file.size);
    PROMISE(recovery.pages >= 0 && recovery.pages_lost >= 0 && recovery.streams_cut >= 0);
    promise_cross_reference(recovery.file);
    quire_recovery_clear(&recovery);
    quire_scan_free(scan);
    return 0;
}
