/*
 * Outputs. When every one of them streams, each is called after each page and the caller drains
 * the document; as soon as one wants the whole document, it is kept, and all find it in `end`.
 */
#include "pipeline/outputs.h"

#include <glib.h>

struct quire_output_job {
    const quire_exporter *exporter;
    quire_export export;
};

quire_status quire_outputs_open(quire_outputs *outputs, const quire_output *requested, size_t count,
                                const quire_export_options *options, const quire_document *document,
                                quire_error *error)
{
    *outputs = (quire_outputs){.options = *options, .all_stream = true, .hidden = count > 0};
    outputs->jobs = g_new0(struct quire_output_job, count);
    for (size_t i = 0; i < count; i++) {
        const quire_exporter *exporter = quire_exporter_find(requested[i].format);
        if (!exporter)
            return quire_fail(error, QUIRE_USAGE, "options", 0, "no format is called '%.60s'",
                              requested[i].format);
        outputs->jobs[i].exporter = exporter;
        outputs->jobs[i].export = (quire_export){
            .document = document,
            .options = &outputs->options,
            .sink = quire_sink_new(requested[i].write, requested[i].user),
            .user = requested[i].user,
            .state = g_malloc0(exporter->state_size ? exporter->state_size : 1),
        };
        outputs->all_stream &= exporter->streams;
        outputs->reasons |= exporter->needs_reasons;
        outputs->hidden &= exporter->shows_hidden;
        outputs->words |= exporter->needs_words;
        outputs->fingerprint |= exporter->fingerprints;
        outputs->count = i + 1;
    }
    return QUIRE_OK;
}

void quire_outputs_close(quire_outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++) {
        quire_sink_free(outputs->jobs[i].export.sink);
        g_free(outputs->jobs[i].export.state);
    }
    g_free(outputs->jobs);
    *outputs = (quire_outputs){0};
}

static void begin(quire_outputs *outputs)
{
    if (outputs->begun)
        return;
    outputs->begun = true;
    for (size_t i = 0; i < outputs->count; i++) {
        struct quire_output_job *job = &outputs->jobs[i];
        job->export.paper = outputs->paper;
        if (job->exporter->begin)
            job->exporter->begin(&job->export);
    }
}

static quire_status fail(quire_error *error)
{
    return quire_fail(error, QUIRE_IO, "export", 0, "cannot write the output");
}

quire_status quire_outputs_page(quire_outputs *outputs, quire_error *error)
{
    if (!outputs->all_stream)
        return QUIRE_OK;
    begin(outputs);
    for (size_t i = 0; i < outputs->count; i++) {
        struct quire_output_job *job = &outputs->jobs[i];
        job->exporter->page(&job->export);
        if (quire_sink_failed(job->export.sink))
            return fail(error);
    }
    return QUIRE_OK;
}

quire_status quire_outputs_end(quire_outputs *outputs, quire_error *error)
{
    begin(outputs);
    for (size_t i = 0; i < outputs->count; i++) {
        quire_export *job = &outputs->jobs[i].export;
        outputs->jobs[i].exporter->end(job);
        if (job->error.status != QUIRE_OK)
            return quire_fail(error, job->error.status, "export", 0, "%s", job->error.message);
    }
    return quire_outputs_flush(outputs, error);
}

quire_sink *quire_outputs_dump(quire_outputs *outputs)
{
    return outputs->jobs[0].export.sink;
}

quire_status quire_outputs_flush(quire_outputs *outputs, quire_error *error)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (!quire_sink_flush(outputs->jobs[i].export.sink))
            return fail(error);
    return QUIRE_OK;
}
