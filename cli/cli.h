/*
 * cli/: the command. It turns words into the library's options, names output files, says on
 * standard error what happened, and ends with an exit code that scripts can rely on. It knows
 * quire.h, batch/ and core/, and refuses to know how anything is converted.
 */
#ifndef QUIRE_CLI_H
#define QUIRE_CLI_H

#include <glib.h>

#include "batch/batch.h"
#include "core/core.h"
#include "quire/quire.h"

/* The commands, as bits, so that an option can say where it belongs. */
typedef enum cli_command_bit {
    CLI_CONVERT = 1 << 0,
    CLI_INSPECT = 1 << 1,
    CLI_FORMATS = 1 << 2,
    CLI_SCHEMA = 1 << 3,
    CLI_DOCTOR = 1 << 4,
    CLI_COMPLETIONS = 1 << 5,
    CLI_HELP = 1 << 6,
    CLI_BATCH = 1 << 7,
    CLI_MERGE = 1 << 8,
    CLI_FIELDS = 1 << 9,
    CLI_TEMPLATE = 1 << 10,
    CLI_WHY = 1 << 11,
    CLI_DIFF = 1 << 12,
    CLI_EVERY = (1 << 13) - 1,
} cli_command_bit;

typedef enum cli_log_format { CLI_LOG_DEFAULT = 0, CLI_LOG_TEXT, CLI_LOG_JSON } cli_log_format;

typedef enum cli_progress_mode {
    CLI_PROGRESS_DEFAULT = 0,
    CLI_PROGRESS_AUTO,
    CLI_PROGRESS_PLAIN,
    CLI_PROGRESS_JSON,
    CLI_PROGRESS_NONE,
} cli_progress_mode;

typedef enum cli_predicate {
    CLI_PREDICATE_NONE = 0,
    CLI_HAS_TEXT,
    CLI_NEEDS_OCR,
    CLI_IS_ENCRYPTED,
    CLI_HAS_TABLES,
    CLI_HAS_FORM,
    CLI_IS_TAGGED,
} cli_predicate;

/* What the words on the command line say; zero is the default of every field. */
typedef struct cli_options {
    const char *output; /* -o */
    GPtrArray *formats; /* of char *, in the order given, each once */
    const char *pages, *stop_after;
    const char *password, *password_file;
    int headers_footers, hidden_text, links, emphasis; /* quire_keep */
    int tables; /* one more than a quire_tables; 0: not said */
    int log_format, progress, predicate;
    int quiet, verbose;
    int words, lines, explain, strict, allow_partial, json, man, help, version;
    double timeout, page_timeout;
    uint64_t max_pages, max_file_size;
    int ocr; /* quire_ocr_mode + 1; 0: not given */
    const char *figures; /* "off", "placeholder", "embed", or a folder */
    const char *page_separator;
    int front_matter, layout_preserving;
    uint64_t heading_offset;
    const char *languages; /* -l */
    const char *form_template; /* --template */
    uint64_t dpi;
    uint64_t jobs, max_memory, max_output, min_free;
    double wait_lock;
    const char *shard, *events;
    GPtrArray *includes, *excludes; /* of const char * */
    int on_exists; /* quire_on_exists */
    int sandbox; /* quire_sandbox + 1; 0: not given */
    int resume, nul, verify;
    uint64_t chunk_tokens, chunk_overlap;
    const char *tokenizer;
    const char *at; /* of why */
    int verify_text;
    char **operands; /* borrowed from argv */
    int operand_count;
} cli_options;

typedef struct cli_command {
    const char *name;
    cli_command_bit bit;
    const char *operands; /* as the usage line has them */
    const char *summary; /* one line */
    int (*run)(const cli_options *options); /* returns the exit code */
} cli_command;

/* ---- main.c ---- */

const cli_command *cli_command_at(size_t index); /* NULL past the end */
const cli_command *cli_command_find(const char *name);

int cli_convert(const cli_options *options);
int cli_inspect(const cli_options *options);
int cli_why(const cli_options *options);
int cli_diff(const cli_options *options);
int cli_formats(const cli_options *options);
int cli_schema(const cli_options *options);
int cli_doctor(const cli_options *options);
int cli_completions(const cli_options *options);
int cli_help(const cli_options *options);
int cli_batch(const cli_options *options);
int cli_merge(const cli_options *options);
int cli_fields(const cli_options *options);
int cli_template(const cli_options *options);

/* ---- options.c: THE option table, and parse.c ---- */

typedef enum cli_kind {
    CLI_FLAG, /* counts */
    CLI_TEXT,
    CLI_CHOICE, /* of `values`; 1 for the first */
    CLI_FORMATS_LIST,
    CLI_PASS, /* a name of quire_pass_at() */
    CLI_SECONDS,
    CLI_COUNT,
    CLI_SIZE,
    CLI_LIST, /* text, as often as one likes */
    CLI_SET, /* sets an int to `value` */
} cli_kind;

typedef struct cli_option {
    const char *name; /* without the dashes */
    char letter; /* 0: none */
    cli_kind kind;
    unsigned commands; /* cli_command_bit */
    size_t offset; /* of the field in cli_options */
    int value; /* of CLI_SET */
    const char *argument; /* as help shows it; NULL: takes none */
    const char *values; /* of CLI_CHOICE: "a|b|c" */
    const char *summary; /* one line for help */
    const char *detail; /* more for the manual; may be NULL */
} cli_option;

const cli_option *cli_option_at(size_t index); /* NULL past the end */
/* The names an option's value may have, in order; NULL past the end, or where any text goes. */
char *cli_option_value_at(const cli_option *option, size_t index); /* free with g_free() */

/* The words that say the same to another command, as far as it knows them; free with g_free(). */
char *cli_options_words(const cli_options *options, const cli_command *command);
/* Reads the words behind the command. 0, or an exit code after a message. */
int cli_options_parse(cli_options *options, const cli_command *command, int argc, char **argv);
void cli_options_clear(cli_options *options);

/* The one of `names` (NULL past the end) that `word` most likely meant, or NULL. */
const char *cli_nearest(const char *word, const char *const *names);

/* ---- help.c, manual.c ---- */

void cli_help_general(GString *out);
void cli_help_command(GString *out, const cli_command *command);
void cli_version_text(GString *out);
void cli_manual(GString *out); /* roff */

typedef struct cli_example {
    unsigned command; /* cli_command_bit */
    const char *line, *summary;
} cli_example;

const cli_example *cli_example_at(size_t index); /* NULL past the end */

/* ---- exit.c ---- */

enum {
    CLI_EXIT_OK = 0,
    CLI_EXIT_SOME_FAILED = 1,
    CLI_EXIT_FALSE = 1, /* of a predicate */
    CLI_EXIT_USAGE = 2,
    CLI_EXIT_MISSING = 3,
    CLI_EXIT_PARTIAL = 4,
    CLI_EXIT_IO = 5,
    CLI_EXIT_CRASH = 7,
    CLI_EXIT_SANDBOX = 9,
    CLI_EXIT_BUSY = 75,
    CLI_EXIT_PIPE = 141,
    CLI_EXIT_SIGNAL = 128, /* and the number of the signal */
};

typedef struct cli_exit {
    int code;
    const char *summary;
} cli_exit;

const cli_exit *cli_exit_at(size_t index); /* NULL past the end */
int cli_exit_of(quire_status status);

/* ---- report.c: what is said on standard error ---- */

typedef struct cli_report {
    int log_format; /* cli_log_format */
    int quiet, verbose;
    int progress; /* cli_progress_mode, never DEFAULT */
    bool is_line_open; /* a progress line is on the screen */
    double started, shown; /* quire_clock() */
    const char *file; /* that is being worked on; may be NULL */
    int file_index, file_count;
} cli_report;

void cli_report_init(cli_report *report, const cli_options *options);
/* `error` about `file`; one line. */
void cli_report_error(cli_report *report, const char *file, const quire_error *error);
void cli_report_issue(cli_report *report, const char *file, const quire_issue *issue);
void cli_report_progress(cli_report *report, int page, int pages);
/* A line of its own. */
void cli_report_line(cli_report *report, const char *text);
/* Takes the progress line off the screen. */
void cli_report_clear(cli_report *report);
/* "quire: ..." without a file; for usage errors. Returns CLI_EXIT_USAGE. */
int cli_usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- tally.c: how far a batch is ---- */

void cli_tally_show(cli_report *report, const quire_batch_progress *progress);
void cli_tally_end(cli_report *report, const quire_batch_progress *progress);

/* ---- target.c: where a document goes ---- */

/* One output: standard output, a file that appears when it is complete, or a device. */
typedef struct cli_target {
    char *path; /* NULL: standard output */
    quire_output_file *file;
    int fd; /* -1: `file`, or not open yet */
    int failure; /* errno of the first failed write */
    quire_error error; /* why it could not be opened */
    char *whole; /* of parts "name-1.csv" ...: "name.csv"; NULL: it is one file */
    int part; /* from 1 */
} cli_target;

void cli_target_init(cli_target *target, const char *path);
/* Nothing was written yet: every part shall be a file, "name-1.csv" of "name.csv". */
void cli_target_number(cli_target *target);
/* Where parts are numbered: this one is complete, the next bytes begin another. Else false. */
bool cli_target_next(void *target);
bool cli_target_write(void *target, const void *bytes, size_t size); /* a quire_write_fn */
/* The document is complete. QUIRE_IO with one line. Frees what the target holds. */
quire_status cli_target_commit(cli_target *target, quire_error *error);
/* Leaves nothing behind. */
void cli_target_abandon(cli_target *target);
/* Fills `error` with why a write failed; false when the reader of a pipe just went away. */
bool cli_target_explain(const cli_target *target, quire_error *error);

/* Writes text to standard output; the exit code. */
int cli_print(const GString *text);

/* ---- names.c: which files a run writes ---- */

typedef struct cli_names cli_names;

/* Decides where the documents go; NULL after a message with *code set. */
cli_names *cli_names_new(const cli_options *options, int *code);
void cli_names_free(cli_names *names);
size_t cli_names_format_count(const cli_names *names);
const char *cli_names_format(const cli_names *names, size_t index);
/* True when what is written in that format goes to a file for each part. */
bool cli_names_in_parts(const cli_names *names, size_t index);
/* The path for an input and one of its formats, never given twice; NULL: standard output. Free
 * with g_free(). */
char *cli_names_path(cli_names *names, const char *input, size_t format);

/* ---- signals.c ---- */

void cli_signals_install(void);
/* The signal that asked to stop, or 0. */
int cli_signals_caught(void);
/* While something unfinished lies on the disk, a first signal only asks; else it ends at once. */
void cli_signals_hold(bool hold);
/* From now on signals only count, and somebody else asks how many there were. */
void cli_signals_count(void);
int cli_signals_counted(void);

/* ---- figures.c: pictures of figures as files ---- */

typedef struct cli_figures {
    const char *folder; /* NULL: they are not written */
    char *prefix; /* from the document to the folder, "../img/" */
} cli_figures;

/* The way from the folder of `document` (NULL: from here) to where figures go. */
void cli_figures_aim(cli_figures *figures, const char *document);
/* Writes one, where it is not there yet; false after a message in `error`. */
bool cli_figures_write(const cli_figures *figures, const quire_figure_file *figure,
                       quire_error *error);

/* ---- worker.c: who reads documents ---- */

quire_isolated *cli_worker_new(const cli_options *options); /* NULL: this process does */
/* quire_convert(), there or here. */
quire_status cli_worker_convert(quire_isolated *worker, const quire_input *input,
                                const quire_options *settings, const quire_output *outputs,
                                size_t count, quire_error *error);
/* The exit code for a document that could not be read. */
int cli_worker_exit(quire_status status, const quire_error *error);

/* ---- settings.c: from the command's options to the library's ---- */

/* Fills `settings`; the password may be read from a file, and is kept in *password (g_free). */
int cli_settings(const cli_options *options, quire_options *settings, char **password);

#endif
