/*
 * From the command's options to the library's.
 */
#include "cli/cli.h"

#include <string.h>

enum { PASSWORD_FILE_LIMIT = 64 * 1024 };

/* The first line of the file, without its end. */
static int read_password(const char *path, char **password)
{
    quire_file file;
    quire_error error = {0};
    if (quire_file_open(&file, path, PASSWORD_FILE_LIMIT, &error) != QUIRE_OK) {
        cli_usage_error("--password-file: %s", error.message);
        return cli_exit_of(error.status);
    }
    const char *text = (const char *)file.bytes.data;
    size_t size = 0;
    while (size < file.bytes.size && text[size] != '\n' && text[size] != '\r')
        size++;
    *password = g_strndup(text ? text : "", size);
    quire_file_close(&file);
    return CLI_EXIT_OK;
}

static quire_figures figures_of(const char *where)
{
    if (!where || strcmp(where, "off") == 0)
        return QUIRE_FIGURES_OFF;
    if (strcmp(where, "placeholder") == 0)
        return QUIRE_FIGURES_PLACEHOLDER;
    return strcmp(where, "embed") == 0 ? QUIRE_FIGURES_EMBED : QUIRE_FIGURES_FILES;
}

int cli_settings(const cli_options *options, quire_options *settings, char **password)
{
    *password = NULL;
    *settings = (quire_options){
        .pages = options->pages,
        .password = options->password,
        .headers_footers = (quire_keep)options->headers_footers,
        .links = (quire_keep)options->links,
        .emphasis = (quire_keep)options->emphasis,
        .layout_preserving = options->layout_preserving,
        .page_separator = options->page_separator,
        .front_matter = options->front_matter,
        .heading_offset = (uint32_t)options->heading_offset,
        .hidden_text = (quire_keep)options->hidden_text,
        .tables = options->tables ? (quire_tables)(options->tables - 1) : QUIRE_TABLES_AUTO,
        .figures = figures_of(options->figures),
        .words = options->words,
        .lines = options->lines,
        .explain = options->explain,
        .stop_after = options->stop_after,
        .timeout = options->timeout,
        .page_timeout = options->page_timeout,
        .max_file_size = options->max_file_size,
        .ocr = options->ocr > 0 ? (quire_ocr_mode)(options->ocr - 1) : QUIRE_OCR_AUTO,
        .languages = options->languages,
        .form_template = options->form_template,
        .dpi = (double)options->dpi,
        .max_pages = (uint32_t)options->max_pages,
        .verify_text = options->verify_text,
        .chunk_tokens = (uint32_t)options->chunk_tokens,
        .chunk_overlap = (uint32_t)options->chunk_overlap,
        .tokenizer = options->tokenizer,
    };
    if (!options->password_file)
        return CLI_EXIT_OK;
    if (options->password)
        return cli_usage_error("--password and --password-file say the same; give one");
    int code = read_password(options->password_file, password);
    settings->password = *password;
    return code;
}
