/*
 * quire doctor: is everything there that a conversion may need? Each line is a check; a document
 * that is made here goes the whole way from bytes to Markdown.
 */
#include "cli/cli.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

typedef struct checks {
    GString *text;
    bool has_failed;
} checks;

static void check(checks *all, bool is_good, const char *name, const char *message)
{
    all->has_failed |= !is_good;
    g_string_append_printf(all->text, "%-8s %-14s %s\n", is_good ? "ok" : "missing", name, message);
}

static bool append_bytes(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static void check_conversion(checks *all)
{
    g_autoptr(GString) written = g_string_new(NULL);
    quire_bytes trial = quire_trial_document();
    quire_input input = {.bytes = trial.data, .size = trial.size, .name = "trial"};
    quire_output output = {"markdown", append_bytes, written};
    quire_error error = {0};
    quire_status status = quire_convert(&input, NULL, &output, 1, &error);
    bool is_good = status == QUIRE_OK && strstr(written->str, "Quire is well.");
    const char *wrong = status == QUIRE_OK ? "a trial document came out wrong" : error.message;
    check(all, is_good, "conversion", is_good ? "a trial document came out right" : wrong);
}

/* Without these tables, text in fonts with the older East Asian encodings cannot be read. */
static void check_poppler_data(checks *all)
{
    static const char folder[] = QUIRE_POPPLER_DATA "/cMap";
    struct stat info;
    bool is_there = stat(folder, &info) == 0 && S_ISDIR(info.st_mode);
    check(all, is_there, "poppler-data",
          is_there ? folder : "not found; install the package poppler-data");
}

/* Without it everything works but scans. */
static void check_recognition(checks *all)
{
    const char *engine = quire_ocr_engine();
    g_autofree char *name = engine ? g_strdup_printf("tesseract %s", engine) : NULL;
    check(all, engine != NULL, "recognition",
          name ? name : "Tesseract is not there; install the package tesseract-ocr");
}

/* Without it documents are not read, unless one asks for less. */
static void check_sandbox(checks *all)
{
    char level[QUIRE_LEVEL_SIZE] = "";
    quire_error error = {0};
    bool is_good = quire_isolation_probe(level, &error) == QUIRE_OK;
    check(all, is_good, "sandbox", is_good ? level : error.message);
}

static void list_versions(checks *all)
{
    g_string_append_printf(all->text, "quire %s\n", quire_version());
    g_auto(GStrv) libraries = g_strsplit(quire_library_versions(), "\n", -1);
    for (char **library = libraries; *library; library++)
        if (**library)
            g_string_append_printf(all->text, "  %s\n", *library);
}

int cli_doctor(const cli_options *options)
{
    if (options->operand_count > 0)
        return cli_usage_error("doctor takes no file");
    g_autoptr(GString) text = g_string_new(NULL);
    checks all = {text, false};
    list_versions(&all);
    check_conversion(&all);
    check_poppler_data(&all);
    check_recognition(&all);
    check_sandbox(&all);
    setlocale(LC_CTYPE, "");
    g_autofree char *charset =
        g_strdup_printf("%s (documents are UTF-8 in any locale)", nl_langinfo(CODESET));
    check(&all, true, "locale", charset);
    int code = cli_print(text);
    return code == CLI_EXIT_OK && all.has_failed ? CLI_EXIT_MISSING : code;
}
