#include "parsers/exif.h"

#include <string.h>

enum {
    APP1 = 0xE1,
    START_OF_SCAN = 0xDA,
    ORIENTATION = 0x0112,
    ENTRY_BYTES = 12,
    HEADER_BYTES = 6, /* "Exif", two zeros */
    MAX_ENTRIES = 512,
};

typedef struct tiff {
    quire_bytes bytes;
    bool big_endian;
} tiff;

static uint32_t number_at(const tiff *t, size_t at, size_t size)
{
    uint32_t value = 0;
    if (at > t->bytes.size || t->bytes.size - at < size)
        return 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | t->bytes.data[t->big_endian ? at + i : at + size - 1 - i];
    return value;
}

static int orientation_in(quire_bytes record)
{
    if (record.size < 8)
        return 1;
    tiff t = {record, record.data[0] == 'M'};
    size_t at = number_at(&t, 4, 4);
    uint32_t entries = number_at(&t, at, 2);
    for (uint32_t i = 0; i < entries && i < MAX_ENTRIES; i++) {
        size_t entry = at + 2 + (size_t)i * ENTRY_BYTES;
        uint32_t value = number_at(&t, entry + 8, 2);
        if (number_at(&t, entry, 2) == ORIENTATION)
            return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

int quire_exif_orientation(quire_bytes jpeg)
{
    size_t at = 2;
    while (at + 4 <= jpeg.size && jpeg.data[at] == 0xFF && jpeg.data[at + 1] != START_OF_SCAN) {
        size_t size = (size_t)jpeg.data[at + 2] << 8 | jpeg.data[at + 3];
        const uint8_t *body = jpeg.data + at + 4;
        if (size < 2 || jpeg.size - at - 2 < size)
            return 1;
        if (jpeg.data[at + 1] == APP1 && size >= 2 + HEADER_BYTES &&
            memcmp(body, "Exif\0", HEADER_BYTES) == 0)
            return orientation_in((quire_bytes){body + HEADER_BYTES, size - 2 - HEADER_BYTES});
        at += 2 + size;
    }
    return 1;
}
