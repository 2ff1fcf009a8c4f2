/*
 * What a supervisor and a worker say to each other: packets over a SOCK_SEQPACKET pair, each with a
 * kind, a number whose meaning depends on the kind, and at most FRAME_BYTES of payload. A
 * descriptor may travel with one. Whoever receives checks every size: the other side may have been
 * taken over.
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_FRAME_H
#define QUIRE_BATCH_FRAME_H

#include "core/core.h"

enum { FRAME_BYTES = 64 * 1024 };

typedef enum frame_kind {
    FRAME_START = 1, /* to the worker: worker_start, with the shared page's descriptor */
    FRAME_READY, /* worker_level */
    FRAME_REFUSED, /* quire_error: the sandbox that is asked for cannot be had */
    FRAME_FILE, /* to the worker: that options name, `number` says which; before a request */
    FRAME_CONVERT, /* to the worker: a request (see wire.h), with the input's descriptor */
    FRAME_UNPACK, /* to the worker: the same, of an archive */
    FRAME_OUTPUT, /* bytes of the output `number` */
    FRAME_ISSUE, /* frame_issue */
    FRAME_PAGES, /* frame_progress, one after the other: pages that were read */
    FRAME_SUMMARIES, /* frame_summary, one after the other: pages that are done */
    FRAME_FIGURE, /* frame_figure */
    FRAME_FIGURE_BYTES, /* until they are all there, and the worker waits for an answer */
    FRAME_PART, /* a part of output `number` ends, and the worker waits for an answer */
    FRAME_ANSWER, /* to the worker: `number` 1, the figure is kept, the part is a file of its own */
    FRAME_MEMBER, /* the name of the next member of an archive */
    FRAME_MEMBER_BYTES,
    FRAME_MEMBER_END, /* `number`: a frame_member_end */
    FRAME_RESULT, /* frame_result: the request is done */
} frame_kind;

typedef enum frame_member_end { MEMBER_WHOLE, MEMBER_BROKEN, MEMBER_IS_LINK } frame_member_end;

typedef struct batch_frame {
    uint32_t kind, number;
    uint32_t size;
    char bytes[FRAME_BYTES];
} batch_frame;

typedef struct frame_issue {
    int32_t severity, page;
    char code[40], message[232];
} frame_issue;

typedef struct frame_figure {
    int32_t page;
    char name[64], media_type[32];
    uint64_t size;
} frame_figure;

typedef struct frame_progress {
    int32_t page, pages;
} frame_progress;

/* quire_page_summary in types of which every value is one. */
typedef struct frame_summary {
    int32_t number, status, needs_review, recognised;
    float confidence;
} frame_summary;

typedef struct frame_result {
    int32_t status; /* quire_status */
    quire_error error;
    int64_t cpu_us;
    int64_t peak_kb; /* of the worker's memory so far */
} frame_result;

/* `descriptor` -1: none. False when the other side is gone. Waits while the channel is full. */
bool frame_send(int channel, frame_kind kind, uint32_t number, const void *bytes, size_t size,
                int descriptor);

typedef enum frame_state { FRAME_GOT, FRAME_NOTHING, FRAME_CLOSED } frame_state;

/* *descriptor (may be NULL) becomes -1 or one that the caller closes. FRAME_NOTHING only where
 * `wait` is false. */
frame_state frame_receive(int channel, bool wait, batch_frame *frame, int *descriptor);

#endif
