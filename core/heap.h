/*
 * The heap of a process that reads documents. A program that uses the library keeps its own: only
 * the command and its workers call this, once, before they begin.
 */
#ifndef QUIRE_CORE_HEAP_H
#define QUIRE_CORE_HEAP_H

#include <stdint.h>

/*
 * Takes room for the heap at once, in large pages where the system has them (Linux, transparent
 * huge pages): a document of 350 pages faults 1,400 times instead of 11,500, a scan 1,500 instead
 * of 25,400, which is 7 to 12 % of their time. Address space only, until it is used, and a small
 * share of `most`, the bytes that the process may take (0: no limit); where none can be had nothing
 * changes.
 */
void quire_heap_prepare(uint64_t most);

/* Gives back what a large document left free; after a small one the next would only fault it in
 * again. */
void quire_heap_trim(void);

#endif
