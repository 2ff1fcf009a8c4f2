/*
 * What is wrong with a PDF, on its way to the caller: Poppler's complaints and our own, cleaned to
 * one line of UTF-8, each kind of complaint once, and never more than QUIRE_MAX_ISSUES.
 */
#include "parsers/pdf/pdf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_BYTES = 300 };

/*
 * FNV-1a of a message's shape: numbers, and what Poppler quotes as <..>, are alike, so that one
 * fault in a thousand places is one.
 */
static uint64_t shape_of(const char *text, uint64_t seed)
{
    uint64_t hash = 14695981039346656037u ^ seed;
    bool quoted = false;
    for (; *text; text++) {
        quoted = *text == '<' || (quoted && *text != '>');
        bool digit = *text >= '0' && *text <= '9';
        if (quoted || (digit && text[1] >= '0' && text[1] <= '9'))
            continue;
        hash = (hash ^ (uint8_t)(digit ? '#' : *text)) * 1099511628211u;
    }
    return hash;
}

/* True the first time; the last one is asked first, because complaints come in floods. */
static bool is_new(quire_pdf *pdf, uint64_t shape)
{
    for (int i = pdf->issue_count - 1; i >= 0; i--)
        if (pdf->issues[i] == shape)
            return false;
    if (pdf->issue_count < QUIRE_MAX_ISSUES)
        pdf->issues[pdf->issue_count] = shape;
    return true;
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

/* `seed` sets messages of the same shape apart: of pages, where the page matters. */
static void report(quire_pdf *pdf, quire_issue issue, char *message, uint64_t seed)
{
    clean(message);
    if (!pdf->options.on_issue || pdf->issue_count > QUIRE_MAX_ISSUES ||
        !is_new(pdf, shape_of(message, seed)))
        return;
    if (pdf->issue_count++ == QUIRE_MAX_ISSUES)
        issue = (quire_issue){.code = "issues_cut", .message = "further issues are not listed"};
    else
        issue.message = message;
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
    quire_issue issue = {.code = code, .severity = severity, .page = page};
    report(pdf, issue, message, (uint64_t)(uint32_t)page << 8 | (uint64_t)severity);
}

void quire_pdf_complaint(void *user, const char *category, int64_t offset, const char *message)
{
    quire_pdf *pdf = user;
    char text[MESSAGE_BYTES];
    if (offset >= 0)
        snprintf(text, sizeof text, "%s (at byte %lld)", message, (long long)offset);
    else
        snprintf(text, sizeof text, "%s", message);
    quire_issue issue = {.code = category, .severity = QUIRE_WARNING, .page = pdf->page};
    report(pdf, issue, text, 0);
}
