#include "batch/document.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_STEP = 256 * 1024,
    MOST_NAME = 255, /* bytes, of the last part of a path */
    NAME_KEPT = 180,
    MOST_REVIEWED = 100, /* pages that are listed */
};

/* ---- beginning and end ---- */

batch_document *document_new(source_item *item)
{
    batch_document *d = g_new0(batch_document, 1);
    d->row.path = g_steal_pointer(&item->path);
    d->file = g_steal_pointer(&item->file);
    d->is_archive = item->is_archive;
    d->input = -1;
    d->broken = g_string_new(NULL);
    d->review = g_string_new(NULL);
    return d;
}

static void drop_files(batch_document *d)
{
    for (size_t i = 0; i < WIRE_FORMATS; i++) {
        store_abandon(d->files[i]);
        d->files[i] = NULL;
    }
}

void document_free(batch_document *document)
{
    if (!document)
        return;
    drop_files(document);
    if (document->input >= 0)
        close(document->input);
    if (document->followers)
        g_ptr_array_free(document->followers, TRUE);
    g_string_free(document->broken, TRUE);
    g_string_free(document->review, TRUE);
    g_free(document->file);
    ledger_row_clear(&document->row);
    g_free(document);
}

void document_fail(batch_document *document, ledger_state state, const quire_error *error)
{
    drop_files(document);
    document->row.state = state;
    if (error != &document->error)
        document->error = *error;
    g_strlcpy(document->row.error_kind, quire_status_name(error->status),
              sizeof document->row.error_kind);
    document->row.error_page = error->page;
    g_free(document->row.message);
    document->row.message = g_strdup(error->message);
}

static bool fail_opening(batch_document *d, int code)
{
    quire_error error = {0};
    quire_fail(&error, QUIRE_IO, "open", 0, "%s", g_strerror(code));
    document_fail(d, LEDGER_MISSING, &error);
    return false;
}

/* ---- identity ---- */

/* O_NONBLOCK: a pipe in the archive must not hold up the run. */
bool document_open(batch_document *document)
{
    struct stat info;
    if (document->input < 0)
        document->input = open(document->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (document->input < 0 || fstat(document->input, &info) != 0)
        return fail_opening(document, errno);
    if (!S_ISREG(info.st_mode))
        return fail_opening(document, S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
    document->row.size = info.st_size;
    document->row.mtime_ns =
        document->archive ? 0 : (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    return true;
}

static void add_part(GString *text, const char *part)
{
    g_string_append(text, part);
    g_string_append_c(text, '|');
}

void document_key(const batch_document *document, const document_plan *plan, const char *sha256,
                  char key[65])
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *name = g_path_get_basename(document->row.path);
    add_part(text, sha256);
    add_part(text, plan->fingerprint);
    add_part(text, plan->names_input ? name : "");
    quire_sha256((quire_bytes){(const uint8_t *)text->str, text->len}, key);
}

bool document_identify(batch_document *document, const document_plan *plan)
{
    g_autofree char *bytes = g_malloc(READ_STEP);
    quire_digest *digest = quire_digest_new();
    ssize_t got;
    for (off_t at = 0; (got = pread(document->input, bytes, READ_STEP, at)) > 0; at += got) {
        quire_digest_add(digest, bytes, (size_t)got);
        store_look(plan->store);
    }
    int code = errno;
    quire_digest_end(digest, document->row.sha256);
    quire_digest_free(digest);
    if (got < 0)
        return fail_opening(document, code);
    document_key(document, plan, document->row.sha256, document->row.key);
    return true;
}

/* A name that is too long with its ending keeps its head, and a hash of all of it. */
char *document_output_path(const batch_document *document, const document_plan *plan, size_t format)
{
    const char *path = document->row.path, *extension = plan->extensions[format];
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (strlen(name) + strlen(extension) <= MOST_NAME)
        return g_strconcat(path, extension, NULL);
    char hex[65];
    quire_sha256((quire_bytes){(const uint8_t *)name, strlen(name)}, hex);
    return g_strdup_printf("%.*s%.*s-%.16s%s", (int)(name - path), path, NAME_KEPT, name, hex,
                           extension);
}

/* ---- a try ---- */

static void forget_results(batch_document *d)
{
    drop_files(d);
    g_string_truncate(d->review, 0);
    d->confidence_sum = 0;
    d->confidence_count = d->review_count = 0;
    d->row.pages_done = d->row.pages = 0;
}

void document_begin(batch_document *document, const document_plan *plan, wire_request *request)
{
    const quire_batch_options *options = plan->options;
    forget_results(document);
    *request = (wire_request){
        .options = options->convert,
        .format_count = (uint32_t)options->format_count,
        .largest_output = (uint32_t)(options->isolation.max_output >> 20),
    };
    const char *slash = strrchr(document->row.path, '/');
    request->name = slash ? slash + 1 : document->row.path;
    if (document->alone)
        request->options.pages = document->alone_text;
    else if (document->broken->len > 0)
        request->options.broken_pages = document->broken->str;
    double left = document->deadline - quire_clock();
    if (document->deadline > 0)
        request->options.timeout = left > 0.01 ? left : 0.01;
    for (size_t i = 0; i < options->format_count; i++) {
        request->formats[i] = options->formats[i];
        if (document->is_archive || document->alone)
            continue;
        g_autofree char *path = document_output_path(document, plan, i);
        document->files[i] = store_begin(plan->store, path);
    }
    lseek(document->input, 0, SEEK_SET);
}

static bool take_output(batch_document *d, const batch_frame *frame)
{
    if (d->alone)
        return true;
    if (frame->number >= WIRE_FORMATS || !d->files[frame->number])
        return false;
    store_write(d->files[frame->number], frame->bytes, frame->size);
    return true;
}

/* Of the pages in it the last one tells how far the document is. */
static bool take_pages(batch_document *d, const batch_frame *frame)
{
    frame_progress last;
    if (frame->size < sizeof last || frame->size % sizeof last != 0)
        return false;
    memcpy(&last, frame->bytes + frame->size - sizeof last, sizeof last);
    if (d->alone)
        return true;
    d->row.pages_done = last.page;
    d->row.pages = last.pages;
    return true;
}

static void take_summary(batch_document *d, const char *bytes)
{
    frame_summary page;
    memcpy(&page, bytes, sizeof page);
    if (page.confidence > 0 && page.confidence <= 1) {
        d->confidence_sum += (double)page.confidence;
        d->confidence_count++;
    }
    bool is_bad = page.needs_review != 0 || page.status != QUIRE_OK;
    if (is_bad && d->review_count++ < MOST_REVIEWED)
        g_string_append_printf(d->review, "%s%d", d->review->len ? "," : "", page.number);
}

static bool take_summaries(batch_document *d, const batch_frame *frame)
{
    if (frame->size % sizeof(frame_summary) != 0)
        return false;
    for (size_t at = 0; at < frame->size && !d->alone; at += sizeof(frame_summary))
        take_summary(d, frame->bytes + at);
    return true;
}

bool document_take(batch_document *document, const batch_frame *frame)
{
    switch (frame->kind) {
    case FRAME_OUTPUT:
        return take_output(document, frame);
    case FRAME_PAGES:
        return take_pages(document, frame);
    case FRAME_SUMMARIES:
        return take_summaries(document, frame);
    case FRAME_ISSUE:
        return frame->size == sizeof(frame_issue);
    default:
        return false;
    }
}

/* ---- what came of it ---- */

static ledger_state state_of(quire_status status)
{
    if (status == QUIRE_OK)
        return LEDGER_DONE;
    return status == QUIRE_PARTIAL ? LEDGER_PARTIAL : LEDGER_FAILED;
}

static void add_broken(batch_document *d, int32_t page)
{
    g_string_append_printf(d->broken, "%s%d", d->broken->len ? "," : "", page);
    d->broken_count++;
}

static bool is_broken(const batch_document *d, int32_t page)
{
    g_auto(GStrv) pages = g_strsplit(d->broken->str, ",", -1);
    g_autofree char *number = g_strdup_printf("%d", page);
    return g_strv_contains((const gchar *const *)pages, number);
}

static void sum_up(batch_document *d)
{
    if (d->confidence_count > 0)
        d->row.confidence = d->confidence_sum / d->confidence_count;
    g_free(d->row.review);
    d->row.review = g_strdup(d->review->str);
    for (size_t i = 0; i < WIRE_FORMATS; i++)
        if (d->files[i])
            store_complete(d->files[i]);
}

document_next document_answered(batch_document *document, const document_plan *plan,
                                const frame_result *result)
{
    document->row.cpu_ms += result->cpu_us / 1000;
    document->row.peak_kb = MAX(document->row.peak_kb, result->peak_kb);
    if (document->alone) {
        document->cleared = document->alone;
        document->alone = 0;
        return DOCUMENT_AGAIN;
    }
    quire_status status = (quire_status)result->status;
    bool is_known = result->status >= QUIRE_OK && result->status <= QUIRE_INTERNAL;
    document->error = result->error;
    document->error.message[sizeof document->error.message - 1] = 0;
    document->error.stage[sizeof document->error.stage - 1] = 0;
    document->error.status = is_known ? status : QUIRE_INTERNAL;
    document->row.state = state_of(document->error.status);
    if (document->error.status != QUIRE_OK)
        g_strlcpy(document->row.error_kind, quire_status_name(document->error.status),
                  sizeof document->row.error_kind);
    document->row.error_page = document->error.page;
    g_free(document->row.message);
    document->row.message = g_strdup(document->error.message);
    if (ledger_state_has_outputs(document->row.state))
        sum_up(document);
    else
        drop_files(document);
    (void)plan;
    return DOCUMENT_OVER;
}

static document_next give_up(batch_document *d, const worker_death *death, bool was_late)
{
    quire_error error = {0};
    if (was_late)
        quire_fail(&error, QUIRE_LIMIT, "worker", death->page,
                   "it took longer than its limit of time, and was stopped");
    else if (death->is_memory)
        quire_fail(&error, QUIRE_LIMIT, "worker", death->page,
                   "it wanted more memory than its limit; raise --max-memory");
    else
        quire_fail(&error, QUIRE_INTERNAL, "worker", death->page, "reading it broke the worker: %s",
                   death->description);
    document_fail(d, was_late && death->page == 0 ? LEDGER_FAILED : LEDGER_QUARANTINED, &error);
    return DOCUMENT_OVER;
}

/* A page that was late would be late again; one that crashed is tried by itself first, so that a
 * page is not blamed for what the ones before it left behind. */
static document_next blame(batch_document *d, const worker_death *death, bool was_late)
{
    enum { MOST_BROKEN = 8 };
    int32_t page = d->alone ? d->alone : death->page;
    bool is_known = d->alone || was_late || d->cleared == page;
    if (d->broken_count == MOST_BROKEN || is_broken(d, page))
        return give_up(d, death, was_late);
    d->alone = is_known ? 0 : page;
    g_snprintf(d->alone_text, sizeof d->alone_text, "%d", page);
    if (is_known)
        add_broken(d, page);
    return DOCUMENT_AGAIN;
}

document_next document_broke(batch_document *document, const worker_death *death, bool was_late)
{
    document->row.deaths++;
    if (!document->alone) {
        document->row.pages_done = death->done;
        document->row.pages = death->wanted;
    }
    if (!was_late)
        g_strlcpy(document->row.signature, death->signature, sizeof document->row.signature);
    drop_files(document);
    bool is_out_of_time = document->deadline > 0 && quire_clock() >= document->deadline;
    if (is_out_of_time || document->is_archive)
        return give_up(document, death, was_late);
    if (death->page > 0 || document->alone)
        return blame(document, death, was_late);
    if (was_late || document->is_retried)
        return give_up(document, death, was_late);
    document->is_retried = true;
    return DOCUMENT_AGAIN;
}

/* ---- outputs ---- */

bool document_copy(batch_document *document, const document_plan *plan, const ledger_row *from)
{
    size_t count = plan->options->format_count;
    bool is_good = from->output_count == count;
    for (size_t i = 0; is_good && i < count; i++) {
        g_autofree char *path = document_output_path(document, plan, i);
        document->files[i] = store_begin(plan->store, path);
        is_good = store_copy(plan->store, from->outputs[i].path, from->outputs[i].sha256,
                             document->files[i]);
    }
    if (!is_good) {
        drop_files(document);
        return false;
    }
    ledger_row *row = &document->row;
    row->state = from->state;
    row->pages = from->pages;
    row->pages_done = from->pages_done;
    row->confidence = from->confidence;
    row->error_page = from->error_page;
    row->review = g_strdup(from->review);
    row->message = g_strdup(from->message);
    g_strlcpy(row->error_kind, from->error_kind, sizeof row->error_kind);
    document->error.status = row->state == LEDGER_PARTIAL ? QUIRE_PARTIAL : QUIRE_OK;
    g_strlcpy(document->error.message, from->message ? from->message : "",
              sizeof document->error.message);
    return true;
}

void document_list_outputs(batch_document *document, const document_plan *plan)
{
    ledger_row *row = &document->row;
    row->output_count = 0;
    for (size_t i = 0; i < plan->options->format_count; i++) {
        const store_file *file = document->files[i];
        if (!file)
            continue;
        row->outputs = g_renew(ledger_output, row->outputs, row->output_count + 1);
        ledger_output *output = &row->outputs[row->output_count++];
        *output = (ledger_output){.path = g_strdup(file->path), .bytes = file->bytes};
        g_strlcpy(output->sha256, file->sha256, sizeof output->sha256);
    }
}
