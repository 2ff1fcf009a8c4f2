/*
 * What is wrong with a PDF, on its way to the caller: Poppler's complaints and our own, cleaned to
 * one line of UTF-8, without immediate repetitions, and never more than QUIRE_MAX_ISSUES.
 */
#include "parsers/pdf/pdf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_BYTES = 300 };

static uint64_t hash_of(const char *text, int page)
{
    uint64_t hash = 14695981039346656037u ^ (uint64_t)(uint32_t)page; /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * 1099511628211u;
    return hash;
}

/* Messages quote the file: whatever is no printable ASCII or valid UTF-8 becomes '?'. */
static void clean(char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        size_t start = at;
        uint32_t c = quire_utf8_next(text, size, &at);
        if (c == QUIRE_REPLACEMENT || c < 0x20 || (c >= 0x7f && c < 0xa0))
            memset(text + start, '?', at - start);
    }
}

static void report(quire_pdf *pdf, const char *code, quire_severity severity, int page,
                   char *message)
{
    clean(message);
    uint64_t hash = hash_of(message, page);
    if (!pdf->options.on_issue || hash == pdf->last_issue)
        return;
    pdf->last_issue = hash;
    if (pdf->issue_count++ >= QUIRE_MAX_ISSUES)
        return;
    quire_issue issue = {.code = code, .severity = severity, .page = page, .message = message};
    pdf->options.on_issue(pdf->options.user, &issue);
}

void quire_pdf_issue(quire_pdf *pdf, const char *code, quire_severity severity, int page,
                     const char *format, ...)
{
    char message[MESSAGE_BYTES];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    report(pdf, code, severity, page, message);
}

void quire_pdf_complaint(void *user, const char *category, int64_t offset, const char *message)
{
    quire_pdf *pdf = user;
    char text[MESSAGE_BYTES];
    if (offset >= 0)
        snprintf(text, sizeof text, "%s (at byte %lld)", message, (long long)offset);
    else
        snprintf(text, sizeof text, "%s", message);
    report(pdf, category, QUIRE_WARNING, pdf->page, text);
}
