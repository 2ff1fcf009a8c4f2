/*
 * Input, from a path, standard input or memory, to an open reader.
 */
#include "pipeline/source.h"

#include <string.h>

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *name_of(const quire_input *input)
{
    if (input->name)
        return input->name;
    if (!input->path)
        return "memory";
    return strcmp(input->path, "-") == 0 ? "stdin" : last_part(input->path);
}

static quire_status open_bytes(quire_source_file *source, const quire_input *input,
                               uint64_t max_bytes, quire_error *error)
{
    if (input->path || input->descriptor) {
        quire_status status = input->path
                                  ? quire_file_open(&source->file, input->path, max_bytes, error)
                                  : quire_file_open_descriptor(&source->file, *input->descriptor,
                                                               source->name, max_bytes, error);
        source->is_file = status == QUIRE_OK;
        source->bytes = source->file.bytes;
        return status;
    }
    if (!input->bytes && input->size > 0)
        return quire_fail(error, QUIRE_USAGE, "open", 0, "no input is given");
    if (input->size > max_bytes)
        return quire_fail(error, QUIRE_LIMIT, "open", 0,
                          "input of %zu bytes is larger than the limit of %llu", input->size,
                          (unsigned long long)max_bytes);
    source->bytes = (quire_bytes){input->bytes, input->size};
    return QUIRE_OK;
}

quire_status quire_source_open(quire_source_file *source, const quire_input *input,
                               uint64_t max_bytes, quire_error *error)
{
    *source = (quire_source_file){.name = name_of(input)};
    quire_status status =
        open_bytes(source, input, max_bytes ? max_bytes : QUIRE_MAX_FILE_BYTES, error);
    if (status != QUIRE_OK)
        return status;
    if (source->bytes.size == 0)
        return quire_fail(error, QUIRE_UNSUPPORTED, "open", 0, "the file is empty");
    source->parser = quire_parser_find(source->bytes);
    if (!source->parser)
        return quire_fail(error, QUIRE_UNSUPPORTED, "open", 0,
                          "not a format that Quire reads; see 'quire formats'");
    return QUIRE_OK;
}

quire_status quire_source_read(quire_source_file *source, const quire_parse_options *options,
                               quire_error *error)
{
    return source->parser->open(source->bytes, options, &source->reader, error);
}

void quire_source_close(quire_source_file *source)
{
    if (source->reader)
        source->parser->close(source->reader);
    if (source->is_file)
        quire_file_close(&source->file);
    *source = (quire_source_file){0};
}
