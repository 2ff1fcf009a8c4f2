/*
 * The information dictionary (PDF 32000-1, 14.3.3) and where XMP is found. Both are listed, each
 * item with its source; which of the two is right is not for a parser to say.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "parsers/pdf/document.h"

enum {
    MAX_ITEMS = 200,
    MAX_PACKET_BYTES = 4 * 1024 * 1024, /* XMP of more is no metadata */
};

void quire_metadata_add(quire_metadata_list *list, const char *key, const char *value,
                        const char *source)
{
    list->ceiling = MAX_ITEMS;
    quire_metadata_item *item = value && *value ? quire_array_push(list) : NULL;
    if (item)
        *item = (quire_metadata_item){key, value, source};
}

/* ---- dates ---- */

/* Reads two digits in [low, high]; false where there are none. */
static bool two_digits(const char **text, int low, int high, int *value)
{
    const char *t = *text;
    if (!isdigit((unsigned char)t[0]) || !isdigit((unsigned char)t[1]))
        return false;
    *value = (t[0] - '0') * 10 + (t[1] - '0');
    if (*value < low || *value > high)
        return false;
    *text = t + 2;
    return true;
}

/* "Z", "+01'00'" or nothing as ISO 8601 has it, at most 6 characters and NUL. */
static void write_zone(const char *text, char zone[8])
{
    int hours, minutes = 0;
    char sign = *text;
    zone[0] = 0;
    if (sign == 'Z') {
        strcpy(zone, "Z");
    } else if (sign == '+' || sign == '-') {
        text++;
        if (!two_digits(&text, 0, 23, &hours))
            return;
        text += *text == '\'' || *text == ':';
        if (!two_digits(&text, 0, 59, &minutes))
            minutes = 0;
        snprintf(zone, 8, "%c%02d:%02d", sign, hours, minutes);
    }
}

/* As much of the date as is given, but never the hour without its minutes (7.9.4). */
const char *quire_pdf_date(quire_arena *arena, const char *text)
{
    static const struct {
        int low, high;
    } ranges[] = {{0, 99}, {0, 99}, {1, 12}, {1, 31}, {0, 23}, {0, 59}, {0, 60}};
    enum { PARTS = sizeof ranges / sizeof *ranges };
    int part[PARTS] = {0}, known = 0;
    char zone[8] = "";
    if (!text)
        return NULL;
    const char *at = text + (strncmp(text, "D:", 2) == 0 ? 2 : 0);
    while (known < PARTS && two_digits(&at, ranges[known].low, ranges[known].high, &part[known]))
        known++;
    if (known < 2 || isdigit((unsigned char)*at) || (known < PARTS && *at == '-' && known < 5))
        return text;
    if (known >= 6)
        write_zone(at, zone);
    int year = part[0] * 100 + part[1];
    if (known == 2)
        return quire_arena_printf(arena, "%04d", year);
    if (known == 3)
        return quire_arena_printf(arena, "%04d-%02d", year, part[2]);
    if (known < 6)
        return quire_arena_printf(arena, "%04d-%02d-%02d", year, part[2], part[3]);
    return quire_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", year, part[2], part[3],
                              part[4], part[5], part[6], zone);
}

/* ---- the dictionary ---- */

static void read_information(quire_pdf *pdf, quire_metadata_list *list)
{
    static const struct {
        const char *entry, *key;
        bool date;
    } table[] = {
        {"Title", "title", false},         {"Author", "author", false},
        {"Subject", "subject", false},     {"Keywords", "keywords", false},
        {"Creator", "creator", false},     {"Producer", "producer", false},
        {"CreationDate", "created", true}, {"ModDate", "modified", true},
    };
    const quire_object *information = quire_objects_info(pdf->objects);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const quire_object *entry = quire_object_find(information, table[i].entry);
        const char *value = quire_pdf_line(pdf->arena, entry);
        if (table[i].date)
            value = quire_pdf_date(pdf->arena, value);
        quire_metadata_add(list, table[i].key, value, "info");
    }
}

void quire_metadata_read(quire_pdf *pdf, quire_metadata_list *list)
{
    read_information(pdf, list);
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *stream = quire_object_find(catalog, "Metadata");
    if (quire_object_kind(stream) != QUIRE_OBJECT_STREAM)
        return;
    quire_stream_bytes packet = {0};
    if (quire_object_read_stream(stream, MAX_PACKET_BYTES, &packet) && !packet.cut)
        quire_xmp_read(pdf->arena, (quire_bytes){packet.data, packet.size}, list);
    quire_stream_bytes_clear(&packet);
}
