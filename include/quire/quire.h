/*
 * Quire: documents in, structured text out.
 *
 * This header is the whole public interface of libquire. It is plain C, needs no other library's
 * headers, and knows nothing of how documents are read. One call converts one document:
 *
 *     quire_input input = {.path = "report.pdf"};
 *     quire_output output = {.format = "markdown", .write = to_stdout};
 *     quire_error error;
 *     quire_status status = quire_convert(&input, NULL, &output, 1, &error);
 *
 * The library prints nothing and keeps no global state of its own. Calls from several threads must
 * not overlap (Poppler's global parameters are not made for it); use processes.
 */
#ifndef QUIRE_QUIRE_H
#define QUIRE_QUIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUIRE_VERSION "0.1.0"
#define QUIRE_SCHEMA_VERSION "1.0"

/* How a call ended. Ordered by severity: a worse status is the greater number. */
typedef enum quire_status {
    QUIRE_OK = 0,
    QUIRE_PARTIAL, /* a document was produced, but not all of it: see its issues */
    QUIRE_CANCELLED, /* the caller's `cancelled` said so */
    QUIRE_USAGE, /* an option or argument makes no sense */
    QUIRE_MISSING, /* a dependency or its data is not installed */
    QUIRE_IO, /* a file could not be read or written */
    QUIRE_UNSUPPORTED, /* not a format that Quire reads */
    QUIRE_MALFORMED, /* the format is right, the contents are broken beyond repair */
    QUIRE_ENCRYPTED, /* a password is needed, or the given one is wrong */
    QUIRE_LIMIT, /* a limit of time, size or count was reached */
    QUIRE_INTERNAL, /* a defect of Quire */
} quire_status;

/* One failure; plain memory, so that it can cross a pipe unchanged. The first failure wins. */
typedef struct quire_error {
    quire_status status;
    int32_t page; /* 1-based; 0 where no page is meant */
    char stage[24]; /* "open", "parse", "layout", "export" ... */
    char message[232]; /* one line: what, where, what to do */
} quire_error;

typedef enum quire_severity {
    QUIRE_INFO = 0,
    QUIRE_WARNING,
    QUIRE_SEVERE, /* something of the document is missing from the output */
} quire_severity;

/* Something worth knowing about a document; also listed in its JSON under `issues`. */
typedef struct quire_issue {
    const char *code; /* lower snake case, stable: "syntax_error", "page_failed" ... */
    quire_severity severity;
    int32_t page; /* 1-based; 0 where no page is meant */
    const char *message; /* one line */
} quire_issue;

/* Where the document comes from: a path, or bytes in memory. Borrowed for the call. */
typedef struct quire_input {
    const char *path; /* NULL when `bytes` or `descriptor` is given */
    const int *descriptor; /* an open file, read from where it stands, and not closed */
    const void *bytes; /* borrowed until the call returns */
    size_t size;
    const char *name; /* name to report; NULL: the last part of `path` */
} quire_input;

/* Receives output in order. Return false to stop the conversion with QUIRE_IO. */
typedef bool (*quire_write_fn)(void *user, const void *bytes, size_t size);

typedef struct quire_output {
    const char *format; /* a name of quire_format_at() */
    quire_write_fn write;
    void *user;
} quire_output;

/* Which pages are read from their pixels. */
typedef enum quire_ocr_mode {
    QUIRE_OCR_AUTO = 0, /* those without text of their own that can be used */
    QUIRE_OCR_OFF,
    QUIRE_OCR_FORCE, /* all, whatever text they have */
    QUIRE_OCR_REDO, /* as auto, and those that another program has recognised */
    QUIRE_OCR_PICTURES, /* as auto, and pictures that bear text on pages that need no reading */
} quire_ocr_mode;

typedef enum quire_keep { QUIRE_KEEP_DEFAULT = 0, QUIRE_KEEP, QUIRE_DROP, QUIRE_REPORT } quire_keep;

/* Tables to look for: all, none, those with rules or fills, those that only align. */
typedef enum quire_tables {
    QUIRE_TABLES_AUTO = 0,
    QUIRE_TABLES_OFF,
    QUIRE_TABLES_RULED,
    QUIRE_TABLES_ALIGNED
} quire_tables;

/* What becomes of the pictures of figures. */
typedef enum quire_figures {
    QUIRE_FIGURES_OFF = 0,
    QUIRE_FIGURES_EMBED, /* in the document, as "data:" addresses */
    QUIRE_FIGURES_FILES, /* each is handed to on_figure */
    QUIRE_FIGURES_PLACEHOLDER, /* Markdown tells where one stands */
} quire_figures;

/* The picture of a figure: a whole file. Borrowed for the call. */
typedef struct quire_figure_file {
    const char *name; /* made of its bytes, so that equal ones share it: "3f2a90c1b7d64e55.jpg" */
    const char *media_type; /* "image/jpeg" "image/jp2" "image/png" */
    int page; /* 1-based */
    const void *bytes;
    size_t size;
} quire_figure_file;

/* What came of one page. */
typedef struct quire_page_summary {
    int32_t number; /* 1-based */
    quire_status status;
    float confidence; /* 0..1 */
    bool needs_review;
    bool recognised; /* some of its text was read from pixels */
} quire_page_summary;

/* Zero is the default of every field. */
typedef struct quire_options {
    const char *pages; /* "1-3,7,10-"; NULL: all */
    const char *password; /* user or owner password */
    quire_keep headers_footers; /* QUIRE_REPORT: as metadata only; default: drop what repeats */
    quire_keep hidden_text; /* default QUIRE_DROP; QUIRE_REPORT: kept apart, marked hidden */
    quire_keep links; /* Markdown: default keep, where text and target differ */
    quire_keep emphasis; /* Markdown: bold, italics, code, raised text; default keep */
    bool layout_preserving; /* text: words stand where the paper has them */
    const char *page_separator; /* Markdown, text: between pages, "%p" is the number of the one
                                   that begins; with it before the first one, too. NULL: none */
    bool front_matter; /* Markdown: begin with what the file says of itself, as YAML */
    uint32_t heading_offset; /* Markdown: levels by which headings are lower, at most 5 */
    quire_tables tables;
    quire_figures figures;
    const char *figures_prefix; /* before the names that on_figure was given, in links: "img/" */
    bool words; /* words with boxes in pages[].words */
    bool lines; /* lines with boxes in elements[].lines */
    bool explain; /* reasons in elements[].why */
    bool verify_text; /* compare the text layer of some pages with what they show; costs recognition
                       */
    const char *stop_after; /* a name of quire_pass_at(): its stage is dumped instead */
    double timeout; /* seconds for the document; 0: none */
    double page_timeout; /* seconds for one page; 0: 30 */
    uint64_t max_file_size; /* bytes; 0: 4 GiB */
    uint32_t max_pages; /* 0: no limit */
    quire_ocr_mode ocr;
    const char *languages; /* of recognition: "eng+fra"; NULL: "eng" */
    double dpi; /* at which pages are drawn for recognition; 0: what it needs, at most 300 */

    const char
        *broken_pages; /* "3,7": left unread and reported, since they broke a reader before */
    const char *form_template; /* path of what quire_learn_template() wrote; NULL: none. Pages that
                                  are copies of that form are read by it */
    const int *form_template_file; /* the same, open, where it cannot be opened by its name; or NULL
                                    */
    bool form_sheets; /* the one output is no document, but its pages as quire_learn_template()
                         takes them, whatever its format */
    uint32_t chunk_tokens; /* most tokens of a chunk, its context included; 0: 512, at least 16 */
    uint32_t chunk_overlap; /* tokens repeated of the chunk before; 0: none, at most half of it */
    const char *tokenizer; /* "characters", "words", "bpe:FILE"; NULL: "characters", four a token */
    const int *tokenizer_file; /* FILE, open, where it cannot be opened by its name; or NULL */

    void *user; /* handed to the callbacks */
    void (*on_page_begin)(void *user, int number); /* before anything of the page is read */
    void (*on_issue)(void *user, const quire_issue *issue);
    void (*on_page)(void *user, int page, int pages); /* after each page that is done */
    /* Keeps a picture under its name. False: it cannot be kept; the document is partial. */
    bool (*on_figure)(void *user, const quire_figure_file *figure);
    void (*on_page_end)(void *user, const quire_page_summary *page); /* once it is understood */
    bool (*cancelled)(void *user); /* asked between pages */
    /*
     * Called with the `user` of an output of a format with `parts` where one of them ends. True:
     * what is written next belongs elsewhere. False, and NULL: the parts follow each other.
     */
    bool (*next_part)(void *output_user);
} quire_options;

/*
 * Converts `input` into each of `outputs`, all written in one pass.
 * Returns QUIRE_OK, QUIRE_PARTIAL (outputs are valid, `error` says what is missing) or a worse
 * status, of which `error` (may be NULL) tells the rest.
 */
quire_status quire_convert(const quire_input *input, const quire_options *options,
                           const quire_output *outputs, size_t output_count, quire_error *error);

/*
 * Learns a form from copies of it, of which most are filled in, and writes a template (JSON) that
 * `form_template` takes. Each of `copies`, sizes[i] bytes, is what was written with `form_sheets`.
 * QUIRE_UNSUPPORTED where no field was found.
 */
quire_status quire_learn_template(const char *const *copies, const size_t *sizes, size_t count,
                                  quire_write_fn write, void *user, quire_error *error);

/* What quire_inspect() found; milliseconds, without converting anything. */
typedef struct quire_inspection {
    const char *media_type; /* static */
    uint64_t bytes;
    bool encrypted; /* opened or not */
    bool opened; /* false: wrong or missing password */
    bool recovered; /* the file had to be repaired by scanning for objects */
    bool tagged;
    bool has_form; /* AcroForm or XFA */
    uint32_t pages;
    uint32_t pages_sampled; /* of which the following speak */
    uint32_t pages_text; /* with a usable text layer */
    uint32_t pages_garbled; /* text layer there, but not readable */
    uint32_t pages_scanned; /* no text, or invisible text over a page-sized image */
    uint32_t pages_empty;
    uint32_t pages_tables; /* with tables, as converting would find them */
    uint32_t glyphs; /* on the sampled pages */
} quire_inspection;

/* Looks at up to `options->max_pages` pages (0: 16, spread over the document). */
quire_status quire_inspect(const quire_input *input, const quire_options *options,
                           quire_inspection *inspection, quire_error *error);

typedef struct quire_format {
    const char *name; /* "markdown" */
    const char *extension; /* "md" */
    const char *media_type;
    const char *summary; /* one line */
    bool reads, writes;
    bool names_input; /* what is written tells the input's name and hash */
    bool parts; /* what is written may be files of their own: tables */
} quire_format;

/* The formats that can be written, then those that can be read; NULL past the end. Static. */
const quire_format *quire_format_at(size_t index);

typedef struct quire_pass {
    const char *name;
    const char *summary;
} quire_pass;

/* The passes of layout analysis, in their order; NULL past the end. Static. */
const quire_pass *quire_pass_at(size_t index);

/* The JSON Schema of the json format. Static. */
const char *quire_schema(void);

/* "0.1.0", and the versions of the libraries that are linked, one "name version" a line. */
const char *quire_version(void);
const char *quire_library_versions(void);
/* "tesseract 5.3.0"; NULL: pages cannot be recognised, the engine is not installed. Static. */
const char *quire_ocr_engine(void);

/* Name of a status in lower snake case: "ok", "partial", "malformed" ... Static. */
const char *quire_status_name(quire_status status);

#ifdef __cplusplus
}
#endif

#endif
