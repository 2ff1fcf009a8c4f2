/*
 * A request for a document as bytes: the library's options, the names of the formats, the input's
 * name. Pointers do not cross a pipe, so strings follow the fixed part, each with its NUL.
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_WIRE_H
#define QUIRE_BATCH_WIRE_H

#include "batch/frame.h"

enum { WIRE_FORMATS = 16 }; /* at most, of one request */

typedef struct wire_request {
    quire_options options; /* without callbacks; strings borrowed from the batch_frame */
    const char *name;
    const char *formats[WIRE_FORMATS];
    uint32_t format_count;
    bool has_parts; /* outputs may be parted: the client answers FRAME_PART */
    uint32_t largest_output; /* megabytes; 0: no limit */
} wire_request;

/* Number of bytes, 0 when it is too much for a frame. */
size_t wire_pack(const wire_request *request, char bytes[FRAME_BYTES]);
/* False when the frame is not a request. `frame` must outlive `request`. */
bool wire_unpack(const batch_frame *frame, wire_request *request);

#endif
