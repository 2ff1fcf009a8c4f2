/*
 * THE option table. The parser, --help, the manual page and the completions of all shells are made
 * from it, so that none of them can promise what another does not know.
 */
#include "cli/cli.h"

#include <string.h>

#define FIELD(name) offsetof(cli_options, name)
#define CONVERTS (CLI_CONVERT | CLI_BATCH)
#define FORMS (CLI_FIELDS | CLI_TEMPLATE)
#define READS (CONVERTS | CLI_INSPECT | FORMS | CLI_WHY)

static const cli_option table[] = {
    {"output", 'o', CLI_TEXT, CONVERTS | FORMS, FIELD(output), .argument = "PATH",
     .summary = "write to the file or folder PATH; - is standard output",
     .detail = "With several files or several formats PATH is a folder, which is made when it is "
               "not there. A file appears under its name only when it is complete."},
    {"to", 't', CLI_FORMATS_LIST, CONVERTS, FIELD(formats), .argument = "FORMAT",
     .summary = "write FORMAT (repeatable, or separated by commas)",
     .detail = "The default is what the name of the output file says, else Markdown. "
               "`quire formats` lists all."},
    {"pages", 'p', CLI_TEXT, READS, FIELD(pages), .argument = "RANGES",
     .summary = "only these pages: 1-3,7,10-",
     .detail = "Pages count from 1 and come in their own order, each once."},
    {"password", 0, CLI_TEXT, READS, FIELD(password), .argument = "TEXT",
     .summary = "the user's or owner's password of an encrypted document",
     .detail = "Others on the machine can see it in the list of processes; --password-file keeps "
               "it to you."},
    {"password-file", 0, CLI_TEXT, READS, FIELD(password_file), .argument = "FILE",
     .summary = "read the password from the first line of FILE"},
    {"headers-footers", 0, CLI_CHOICE, CONVERTS, FIELD(headers_footers), .argument = "WHAT",
     .values = "keep|drop|metadata", .summary = "running heads and feet: keep, drop or metadata",
     .detail = "By default a text format leaves out what is proven to repeat from page to page, "
               "so that a single page keeps all. With metadata they are kept apart from the text, "
               "in formats that have a place for them."},
    {"hidden-text", 0, CLI_CHOICE, CONVERTS, FIELD(hidden_text), .argument = "WHAT",
     .values = "keep|drop|report",
     .summary = "text that a reader does not see: keep, drop or report",
     .detail = "Text that is invisible, covered, outside the page or in the colour of its ground. "
               "The default is drop; with report it is kept apart and marked as hidden."},
    {"links", 0, CLI_CHOICE, CONVERTS, FIELD(links), .argument = "WHAT", .values = "keep|drop",
     .summary = "Markdown: links in the text: keep or drop",
     .detail =
         "By default a link is written where its text does not say where it leads. JSON lists "
         "all of them either way."},
    {"emphasis", 0, CLI_CHOICE, CONVERTS, FIELD(emphasis), .argument = "WHAT",
     .values = "keep|drop",
     .summary = "Markdown: bold, italics, code, raised and struck text: keep or drop"},
    {"layout-preserving", 0, CLI_FLAG, CONVERTS, FIELD(layout_preserving),
     .summary = "text: columns and tables as they stand on the paper",
     .detail = "All words that a page shows, running heads too, in a grid of characters, a form "
               "feed between pages. Text that is turned stands at the end of its page."},
    {"page-separator", 0, CLI_TEXT, CONVERTS, FIELD(page_separator), .argument = "TEXT",
     .summary = "Markdown, text: write TEXT between pages, %p being the page's number",
     .detail = "TEXT is written as it is, in a paragraph of its own, once for each page, as in "
               "--page-separator '<!-- page %p -->'. Where it holds %p it stands before the first "
               "page, too. A paragraph that goes on over pages is of the one it begins on, and a "
               "table begins anew on each."},
    {"front-matter", 0, CLI_FLAG, CONVERTS, FIELD(front_matter),
     .summary = "Markdown: begin with what the file says of itself, as YAML"},
    {"heading-offset", 0, CLI_COUNT, CONVERTS, FIELD(heading_offset), .argument = "N",
     .summary = "Markdown: make headings N levels lower, to be put under others"},
    {"ocr", 0, CLI_CHOICE, CONVERTS | FORMS, FIELD(ocr), .argument = "MODE",
     .values = "auto|off|force|redo|pictures",
     .summary = "read pages from their pixels: auto, off, force, redo or pictures",
     .detail = "The default, auto, reads pages that have no text of their own, or none that says "
               "what they show. With redo also pages that another program has recognised, with "
               "pictures also charts, tables and screens that stand as pictures on pages with "
               "text, with force all."},
    {"language", 'l', CLI_TEXT, CONVERTS | FORMS, FIELD(languages), .argument = "LANGUAGES",
     .summary = "languages to read pixels in: eng+fra, or auto (default eng)",
     .detail =
         "Each needs its data, the Debian package tesseract-ocr-LANGUAGE. With auto the first "
         "page that is read tells script and language, among those installed; this needs "
         "the package tesseract-ocr-osd."},
    {"dpi", 0, CLI_COUNT, CONVERTS | FORMS, FIELD(dpi), .argument = "N",
     .summary = "read pixels at N dots per inch (default: what the scan has, at most 300)"},
    {"template", 0, CLI_TEXT, CONVERTS | CLI_FIELDS, FIELD(form_template), .argument = "FILE",
     .summary = "read copies of the form that FILE describes by it",
     .detail = "FILE is what `quire template learn` wrote. Other pages are read as ever."},
    {"tables", 0, CLI_CHOICE, CONVERTS, FIELD(tables), .argument = "WHICH",
     .values = "auto|off|ruled|aligned",
     .summary = "tables to look for: auto, off, ruled or aligned",
     .detail = "By default all: ruled ones, which rules or fills draw at least in part, and "
               "aligned ones, whose columns are parted by white alone. With off their text is "
               "read as that of paragraphs."},
    {"figures", 0, CLI_TEXT, CONVERTS, FIELD(figures), .argument = "WHERE",
     .summary = "pictures of figures: off, placeholder, embed, or a folder for them",
     .detail = "By default they are left out of the document; with placeholder a comment in "
               "Markdown tells where one stands. Each is written once, under a name "
               "made of its bytes, and linked from Markdown and JSON: JPEG and JPEG 2000 images "
               "as the file holds them, all else as PNG. Logos that come again on every page are "
               "left out. In a batch they are embedded, or left out."},
    {"words", 0, CLI_FLAG, CONVERTS, FIELD(words),
     .summary = "JSON: every word of a page with its box"},
    {"lines", 0, CLI_FLAG, CONVERTS, FIELD(lines),
     .summary = "JSON: every line of an element with its box"},
    {"explain", 0, CLI_FLAG, CONVERTS, FIELD(explain),
     .summary = "JSON: why each element was taken for what it is"},
    {"verify-text", 0, CLI_FLAG, CONVERTS, FIELD(verify_text),
     .summary = "compare some words of the text layer with what pages show",
     .detail = "Up to eight pages, spread over the document, are recognised from their picture. "
               "Each says in the JSON how many of the words agree (text_layer_agreement); one "
               "that disagrees is reported."},
    {"chunk-tokens", 0, CLI_COUNT, CONVERTS, FIELD(chunk_tokens), .argument = "N",
     .summary = "chunks: at most N tokens each, with their context (default 512)"},
    {"chunk-overlap", 0, CLI_COUNT, CONVERTS, FIELD(chunk_overlap), .argument = "N",
     .summary = "chunks: repeat up to N tokens of the chunk before (default 0)",
     .detail = "Whole sentences are repeated, and only within a section."},
    {"tokenizer", 0, CLI_TEXT, CONVERTS, FIELD(tokenizer), .argument = "NAME",
     .summary = "chunks: count characters (the default), words or bpe:FILE",
     .detail = "Four characters count as a token; words are those of Unicode; bpe:FILE counts with "
               "a model's own byte pairs, FILE being its merges as GPT-2 has them."},
    {"at", 0, CLI_TEXT, CLI_WHY, FIELD(at), .argument = "PAGE:X,Y",
     .summary = "the place: a page, and points from its top left"},
    {"stop-after", 0, CLI_PASS, CLI_CONVERT, FIELD(stop_after), .argument = "PASS",
     .summary = "print what layout analysis knows after PASS, and no document"},
    {"timeout", 0, CLI_SECONDS, READS, FIELD(timeout), .argument = "SECONDS",
     .summary = "give up on a document after SECONDS",
     .detail = "Pages that were converted until then are written; the document is partial."},
    {"page-timeout", 0, CLI_SECONDS, READS, FIELD(page_timeout), .argument = "SECONDS",
     .summary = "give up on a page after SECONDS (default 30)"},
    {"max-pages", 0, CLI_COUNT, READS, FIELD(max_pages), .argument = "N",
     .summary = "at most N pages of a document",
     .detail = "convert stops there, and the document is partial; inspect spreads the N pages it "
               "looks at over the document (default 16)."},
    {"max-file-size", 0, CLI_SIZE, READS, FIELD(max_file_size), .argument = "BYTES",
     .summary = "refuse larger files; K, M and G are understood (default 4G)"},
    {"json", 0, CLI_FLAG, CLI_INSPECT | CLI_WHY, FIELD(json),
     .summary = "one JSON object per file, one a line"},
    {"has-text", 0, CLI_SET, CLI_INSPECT, FIELD(predicate), CLI_HAS_TEXT,
     .summary = "exit 0 if there is text that can be read, else 1"},
    {"needs-ocr", 0, CLI_SET, CLI_INSPECT, FIELD(predicate), CLI_NEEDS_OCR,
     .summary = "exit 0 if pages are scanned, or their text is garbled"},
    {"is-encrypted", 0, CLI_SET, CLI_INSPECT, FIELD(predicate), CLI_IS_ENCRYPTED,
     .summary = "exit 0 if the file is encrypted, with or without a password"},
    {"has-tables", 0, CLI_SET, CLI_INSPECT, FIELD(predicate), CLI_HAS_TABLES,
     .summary = "exit 0 if there are tables"},
    {"has-form", 0, CLI_SET, CLI_INSPECT, FIELD(predicate), CLI_HAS_FORM,
     .summary = "exit 0 if there are form fields"},
    {"is-tagged", 0, CLI_SET, CLI_INSPECT, FIELD(predicate), CLI_IS_TAGGED,
     .summary = "exit 0 if the file states its own structure",
     .detail = "Predicates print nothing. With several files they ask whether it is so for "
               "each of them."},
    {"strict", 0, CLI_FLAG, CONVERTS, FIELD(strict),
     .summary = "a partial document counts as failed, and its files are not kept"},
    {"allow-partial", 0, CLI_FLAG, CONVERTS, FIELD(allow_partial),
     .summary = "a partial document counts as a success"},
    {"quiet", 'q', CLI_FLAG, READS | CLI_MERGE, FIELD(quiet),
     .summary = "say nothing on standard error but errors"},
    {"verbose", 'v', CLI_FLAG, READS, FIELD(verbose),
     .summary = "say everything that is worth knowing about a document"},
    {"log-format", 0, CLI_CHOICE, READS, FIELD(log_format), .argument = "FORMAT",
     .values = "text|json", .summary = "standard error as text, or one JSON object a line"},
    {"progress", 0, CLI_CHOICE, CONVERTS, FIELD(progress), .argument = "HOW",
     .values = "auto|plain|json|none", .summary = "show progress: auto, plain, json or none",
     .detail = "The default, auto, shows a line on a terminal when a run takes longer than half "
               "a second, and nothing elsewhere."},
    {"jobs", 'j', CLI_COUNT, CLI_BATCH, FIELD(jobs), .argument = "N",
     .summary = "N documents at a time (default: as many as there are processors)"},
    {"resume", 0, CLI_FLAG, CLI_BATCH, FIELD(resume),
     .summary = "go on with an earlier run: do what failed, changed or is missing",
     .detail = "What was done with other options or another version is done again, too."},
    {"on-exists", 0, CLI_CHOICE, CLI_BATCH, FIELD(on_exists), .argument = "WHAT",
     .values = "skip|replace|fail",
     .summary = "outputs that are there already: skip, replace or fail",
     .detail = "The default is fail, and with --resume replace."},
    {"include", 0, CLI_LIST, CLI_BATCH | CLI_MERGE, FIELD(includes), .argument = "GLOB",
     .summary = "of a folder or an archive, only files that match GLOB (repeatable)",
     .detail = "Without it, files whose endings `quire formats` lists, and archives. A GLOB "
               "without a slash speaks of the last part of a path. Links to files are followed, "
               "those to folders are not."},
    {"exclude", 0, CLI_LIST, CLI_BATCH | CLI_MERGE, FIELD(excludes), .argument = "GLOB",
     .summary = "not those that match GLOB (repeatable)"},
    {"null", '0', CLI_FLAG, CLI_BATCH | CLI_MERGE, FIELD(nul),
     .summary = "paths in lists are separated by NUL, as find -print0 writes them"},
    {"shard", 0, CLI_TEXT, CLI_BATCH, FIELD(shard), .argument = "I/N",
     .summary = "only part I of N, counted from 0; auto: what the scheduler says",
     .detail = "auto reads the environment of Slurm arrays, Kubernetes indexed jobs, AWS Batch "
               "and, with PARALLEL_SHARDS, GNU Parallel."},
    {"events", 0, CLI_TEXT, CLI_BATCH, FIELD(events), .argument = "FILE",
     .summary = "write what happens to FILE, one JSON object a line (fd:N: a descriptor)"},
    {"wait-lock", 0, CLI_SECONDS, CLI_BATCH, FIELD(wait_lock), .argument = "SECONDS",
     .summary = "wait for another run of the same output to end"},
    {"min-free", 0, CLI_SIZE, CLI_BATCH, FIELD(min_free), .argument = "BYTES",
     .summary = "begin nothing while the disk has less than this (default 1G, at most 5 %)"},
    {"sandbox", 0, CLI_CHOICE, CONVERTS | CLI_WHY | FORMS, FIELD(sandbox), .argument = "HOW",
     .values = "on|best-effort|off",
     .summary = "lock the reading process in: on, best-effort or off",
     .detail =
         "By default documents are read in a process that can open no other file, no "
         "network and no program; where the kernel cannot do that, the run is refused. With "
         "best-effort it goes on with what there is, and with off convert reads them in its own "
         "process."},
    {"max-memory", 0, CLI_SIZE, CONVERTS | CLI_WHY | FORMS, FIELD(max_memory), .argument = "BYTES",
     .summary = "memory of a reading process (default 2G)"},
    {"max-output", 0, CLI_SIZE, CLI_BATCH, FIELD(max_output), .argument = "BYTES",
     .summary = "give up on a document that becomes larger (default 256M)"},
    {"verify", 0, CLI_FLAG, CLI_MERGE, FIELD(verify),
     .summary = "read every output, and compare it with its hash"},
    {"man", 0, CLI_FLAG, CLI_HELP, FIELD(man), .summary = "write the manual page (roff)"},
    {"help", 'h', CLI_FLAG, CLI_EVERY, FIELD(help), .summary = "explain the command"},
    {"version", 0, CLI_FLAG, CLI_EVERY, FIELD(version),
     .summary = "print the versions of Quire and of its libraries"},
};

const cli_option *cli_option_at(size_t index)
{
    return index < G_N_ELEMENTS(table) ? &table[index] : NULL;
}

static char *choice_at(const char *values, size_t index)
{
    for (; index > 0 && values; index--) {
        const char *bar = strchr(values, '|');
        values = bar ? bar + 1 : NULL;
    }
    return values ? g_strndup(values, strcspn(values, "|")) : NULL;
}

char *cli_option_value_at(const cli_option *option, size_t index)
{
    if (option->kind == CLI_CHOICE)
        return choice_at(option->values, index);
    if (option->kind == CLI_PASS) {
        const quire_pass *pass = quire_pass_at(index);
        return pass ? g_strdup(pass->name) : NULL;
    }
    if (option->kind == CLI_FORMATS_LIST) {
        const quire_format *format = quire_format_at(index);
        return format && format->writes ? g_strdup(format->name) : NULL;
    }
    return NULL;
}
