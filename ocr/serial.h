/*
 * Tesseract asks OpenMP for four threads, whatever the machine has: on two busy cores that costs
 * five times the work. The functions behind this header take the place of the six that it calls,
 * and run everything in the calling thread: no futex, no pool, the same result.
 *
 * They work where the program exports them (the command and the tests do). A program that uses the
 * shared library keeps its own OpenMP.
 */
#ifndef QUIRE_OCR_SERIAL_H
#define QUIRE_OCR_SERIAL_H

#include <stdbool.h>

/* True when a library that is loaded now will call ours. */
bool ocr_serial_is_in_place(void);

#endif
