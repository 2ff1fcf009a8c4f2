/*
 * What the fuzz targets share. Each target is one function that takes any bytes and must return;
 * what it must not do is crash, hang, leak, or break a promise of the headers, for which it aborts.
 *
 * The fuzz preset links a target with libFuzzer; in every other build it is linked with replay.c
 * and runs over its seeds as an ordinary test.
 */
#ifndef QUIRE_FUZZ_H
#define QUIRE_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "core/core.h"
#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Like assert(), in every build. */
#define PROMISE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* A quire_write_fn that counts the bytes in the size_t at `user`. */
bool count_bytes(void *user, const void *bytes, size_t size);

/* All references within the page point at something. */
void promise_sound_page(const quire_page *page);

#endif
