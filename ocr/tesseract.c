/*
 * Tesseract, through its C interface. It is loaded with dlopen when the first page needs it: linked
 * in, it would cost every run as much start-up as all other libraries together.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <tesseract/capi.h>

#include "ocr/engine.h"
#include "ocr/serial.h"

/* The functions that are called, by the end of their names. */
#define EACH_FUNCTION(of)                                                                          \
    of(Version) of(BaseAPICreate) of(BaseAPIDelete) of(BaseAPIInit3) of(BaseAPISetVariable)        \
        of(BaseAPISetPageSegMode) of(BaseAPISetImage2) of(BaseAPISetSourceResolution)              \
            of(BaseAPISetRectangle) of(BaseAPIRecognize) of(BaseAPIAnalyseLayout)                  \
                of(PageIteratorDelete) of(BaseAPIGetIterator) of(BaseAPIClear)                     \
                    of(BaseAPIGetLoadedLanguagesAsVector) of(BaseAPIGetAvailableLanguagesAsVector) \
                        of(BaseAPIDetectOrientationScript) of(DeleteTextArray) of(DeleteText)      \
                            of(MonitorCreate) of(MonitorDelete) of(MonitorSetDeadlineMSecs)        \
                                of(ResultIteratorDelete) of(ResultIteratorNext)                    \
                                    of(ResultIteratorGetUTF8Text) of(ResultIteratorConfidence)     \
                                        of(ResultIteratorGetPageIteratorConst)                     \
                                            of(ResultIteratorWordIsFromDictionary)                 \
                                                of(ResultIteratorWordIsNumeric)                    \
                                                    of(PageIteratorIsAtBeginningOf)                \
                                                        of(PageIteratorIsAtFinalElement)           \
                                                            of(PageIteratorBoundingBox)            \
                                                                of(PageIteratorBaseline)

typedef struct functions {
#define DECLARE(name) __typeof__(&Tess##name) name;
    EACH_FUNCTION(DECLARE)
#undef DECLARE
} functions;

struct ocr_engine {
    functions tess;
    TessBaseAPI *api;
    PIX *shown; /* borrowed */
};

enum { LEAST_MILLISECONDS = 1 };

/* ---- loading ---- */

static void *open_library(void)
{
    static const char *const names[] = {"libtesseract.so.5", "libtesseract.so.4", "libtesseract.so",
                                        "libtesseract.5.dylib"};
    /* Read when libgomp is loaded, which is with Tesseract at the latest. */
    if (!ocr_serial_is_in_place())
        setenv("OMP_THREAD_LIMIT", "1", 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (library)
            return library;
    }
    return NULL;
}

/* The library stays loaded: threads and static data of it do not survive being unloaded. */
static bool load(functions *tess)
{
    void *library = open_library();
    if (!library)
        return false;
#define FIND(name)                                                                                 \
    tess->name = (__typeof__(&Tess##name))dlsym(library, "Tess" #name);                            \
    if (!tess->name)                                                                               \
        return false;
    EACH_FUNCTION(FIND)
#undef FIND
    return true;
}

static const char *version(void)
{
    functions tess;
    return load(&tess) ? tess.Version() : NULL;
}

/* ---- opening ---- */

static bool is_language_list(const char *languages)
{
    for (const char *c = languages; *c; c++)
        if (!strchr("_/-+", *c) && !(*c >= '0' && *c <= '9') && !(*c >= 'a' && *c <= 'z') &&
            !(*c >= 'A' && *c <= 'Z'))
            return false;
    return *languages && *languages != '+' && !strstr(languages, "++") &&
           !strstr(languages, "..") && languages[strlen(languages) - 1] != '+';
}

void ocr_language_package(const char *language, size_t length, char *package, size_t size)
{
    snprintf(package, size, "tesseract-ocr-%.*s", (int)length, language);
    for (char *c = package; *c; c++)
        *c = *c == '_' ? '-' : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
}

static quire_status fail_language(const char *language, size_t size, quire_error *error)
{
    char package[64];
    size = size < 40 ? size : 40;
    ocr_language_package(language, size, package, sizeof package);
    if (size == 3 && memcmp(language, "osd", size) == 0)
        return quire_fail(error, QUIRE_MISSING, "ocr", 0,
                          "recognition has no data to tell "
                          "scripts: install the package %s, or "
                          "name the languages with -l",
                          package);
    return quire_fail(error, QUIRE_MISSING, "ocr", 0,
                      "recognition has no data for the language '%.*s': "
                      "install the package %s, "
                      "or choose another with -l",
                      (int)size, language, package);
}

static bool is_loaded(char *const *loaded, const char *language, size_t size)
{
    for (; loaded && *loaded; loaded++)
        if (strlen(*loaded) == size && memcmp(*loaded, language, size) == 0)
            return true;
    return false;
}

/* Tesseract goes on without a language that is missing; a text
 * in it would come out as noise. */
static quire_status check_languages(const ocr_engine *engine, bool any, const char *languages,
                                    quire_error *error)
{
    char **loaded = any ? engine->tess.BaseAPIGetLoadedLanguagesAsVector(engine->api) : NULL;
    quire_status status = QUIRE_OK;
    for (const char *at = languages; status == QUIRE_OK && *at;) {
        size_t size = strcspn(at, "+");
        if (!is_loaded(loaded, at, size))
            status = fail_language(at, size, error);
        at += size + (at[size] == '+');
    }
    if (loaded)
        engine->tess.DeleteTextArray(loaded);
    return status;
}

static void close_engine(ocr_engine *engine)
{
    if (engine && engine->api)
        engine->tess.BaseAPIDelete(engine->api);
    free(engine);
}

static quire_status set_up(ocr_engine *engine, const char *languages, quire_error *error)
{
    functions *tess = &engine->tess;
    if (!load(tess))
        return quire_fail(error, QUIRE_MISSING, "ocr", 0,
                          "recognition needs Tesseract: install the package "
                          "libtesseract5, or "
                          "convert without it (--ocr off)");
    engine->api = tess->BaseAPICreate();
    tess->BaseAPISetVariable(engine->api, "debug_file", "/dev/null");
    bool any = tess->BaseAPIInit3(engine->api, NULL, languages) == 0;
    quire_status status = check_languages(engine, any, languages, error);
    if (status == QUIRE_OK)
        tess->BaseAPISetVariable(engine->api, "debug_file", "/dev/null");
    return status;
}

static quire_status open_engine(const char *languages, ocr_engine **engine, quire_error *error)
{
    *engine = NULL;
    if (!is_language_list(languages))
        return quire_fail(error, QUIRE_USAGE, "ocr", 0,
                          "'%.60s' is no list of languages; "
                          "write them as eng+fra",
                          languages);
    ocr_engine *opened = calloc(1, sizeof *opened);
    if (!opened)
        return quire_fail(error, QUIRE_LIMIT, "ocr", 0, "out of memory");
    quire_status status = set_up(opened, languages, error);
    if (status == QUIRE_OK)
        *engine = opened;
    else
        close_engine(opened);
    return status;
}

/* ---- results ---- */

/* One pass over the words that were read. */
typedef struct harvest {
    const functions *tess;
    TessResultIterator *at;
    const TessPageIterator *place; /* the same, as an iterator of places */
    ocr_text *text;
    ocr_line *line;
} harvest;

static bool box_at(const harvest *h, TessPageIteratorLevel level, quire_box *box)
{
    int x0, y0, x1, y1;
    if (!h->tess->PageIteratorBoundingBox(h->place, level, &x0, &y0, &x1, &y1))
        return false;
    *box = (quire_box){(float)x0, (float)y0, (float)x1, (float)y1};
    return x1 > x0 && y1 > y0;
}

static void take_baseline(const harvest *h, ocr_line *line)
{
    int x0, y0, x1, y1;
    line->offset = line->box.y1;
    if (!h->tess->PageIteratorBaseline(h->place, RIL_TEXTLINE, &x0, &y0, &x1, &y1) || x1 <= x0)
        return;
    line->slope = (float)(y1 - y0) / (float)(x1 - x0);
    line->offset = (float)y0 - line->slope * (float)x0;
}

static void begin_line(harvest *h)
{
    uint32_t words = (uint32_t)h->text->words.count;
    h->line = quire_array_push(&h->text->lines);
    if (!h->line)
        return;
    *h->line = (ocr_line){.first = words, .end = words};
    if (box_at(h, RIL_TEXTLINE, &h->line->box))
        take_baseline(h, h->line);
}

static void take_symbol(harvest *h)
{
    char *utf8 = h->tess->ResultIteratorGetUTF8Text(h->at, RIL_SYMBOL);
    ocr_symbol symbol = {.confidence = h->tess->ResultIteratorConfidence(h->at, RIL_SYMBOL) / 100};
    size_t size = utf8 ? strlen(utf8) : 0;
    if (size > 0 && size < sizeof symbol.text && box_at(h, RIL_SYMBOL, &symbol.box)) {
        memcpy(symbol.text, utf8, size + 1);
        ocr_symbol *added = quire_array_push(&h->text->symbols);
        if (added)
            *added = symbol;
    }
    if (utf8)
        h->tess->DeleteText(utf8);
}

static void take_symbols(harvest *h)
{
    do {
        take_symbol(h);
        if (h->tess->PageIteratorIsAtFinalElement(h->place, RIL_WORD, RIL_SYMBOL))
            return;
    } while (h->tess->ResultIteratorNext(h->at, RIL_SYMBOL));
}

static void take_word(harvest *h)
{
    ocr_text *text = h->text;
    ocr_word word = {
        .first = (uint32_t)text->symbols.count,
        .confidence = h->tess->ResultIteratorConfidence(h->at, RIL_WORD) / 100,
        .known = h->tess->ResultIteratorWordIsFromDictionary(h->at) ||
                 h->tess->ResultIteratorWordIsNumeric(h->at),
    };
    bool placed = box_at(h, RIL_WORD, &word.box);
    take_symbols(h);
    word.end = (uint32_t)text->symbols.count;
    ocr_word *added = NULL;
    if (placed && word.end > word.first && h->line)
        added = quire_array_push(&text->words);
    if (!added) {
        text->symbols.count = word.first;
        return;
    }
    *added = word;
    added->line = (uint32_t)text->lines.count - 1;
    h->line->end = (uint32_t)text->words.count;
}

static void take_results(const ocr_engine *engine, ocr_text *text)
{
    harvest h = {&engine->tess, engine->tess.BaseAPIGetIterator(engine->api), NULL, text, NULL};
    if (!h.at)
        return;
    h.place = h.tess->ResultIteratorGetPageIteratorConst(h.at);
    do {
        if (h.tess->PageIteratorIsAtBeginningOf(h.place, RIL_TEXTLINE))
            begin_line(&h);
        take_word(&h);
    } while (h.tess->ResultIteratorNext(h.at, RIL_WORD));
    h.tess->ResultIteratorDelete(h.at);
}

/* ---- reading ---- */

static void show(ocr_engine *engine, PIX *pix, int dpi)
{
    engine->tess.BaseAPISetImage2(engine->api, pix);
    engine->tess.BaseAPISetSourceResolution(engine->api, dpi);
    engine->shown = pix;
}

static quire_status recognise(ocr_engine *engine, double deadline)
{
    const functions *tess = &engine->tess;
    double left = deadline > 0 ? (deadline - quire_clock()) * 1000 : 0;
    ETEXT_DESC *monitor = tess->MonitorCreate();
    if (deadline > 0)
        tess->MonitorSetDeadlineMSecs(monitor,
                                      left > LEAST_MILLISECONDS ? (int)left : LEAST_MILLISECONDS);
    int failed = tess->BaseAPIRecognize(engine->api, monitor);
    tess->MonitorDelete(monitor);
    if (deadline > 0 && quire_clock() > deadline)
        return QUIRE_LIMIT;
    return failed ? QUIRE_INTERNAL : QUIRE_OK;
}

static quire_status read_part(ocr_engine *engine, ocr_shape shape, const BOX *part, double deadline,
                              ocr_text *text, quire_error *error)
{
    static const TessPageSegMode modes[] = {[OCR_PAGE] = PSM_AUTO,
                                            [OCR_PAGE_AGAIN] = PSM_AUTO,
                                            [OCR_LINE] = PSM_SINGLE_LINE,
                                            [OCR_SEGMENTS] = PSM_AUTO};
    l_int32 x = 0, y = 0, width = pixGetWidth(engine->shown), height = pixGetHeight(engine->shown);
    if (part)
        boxGetGeometry((BOX *)part, &x, &y, &width, &height);
    engine->tess.BaseAPISetPageSegMode(engine->api, modes[shape]);
    engine->tess.BaseAPISetVariable(engine->api, "textord_tabfind_find_tables",
                                    shape == OCR_PAGE_AGAIN ? "0" : "1");
    engine->tess.BaseAPISetRectangle(engine->api, x, y, width, height);
    if (shape == OCR_SEGMENTS) {
        engine->tess.PageIteratorDelete(engine->tess.BaseAPIAnalyseLayout(engine->api));
        return QUIRE_OK;
    }
    quire_status status = recognise(engine, deadline);
    if (status == QUIRE_OK || status == QUIRE_LIMIT)
        take_results(engine, text);
    if (status == QUIRE_LIMIT)
        return quire_fail(error, status, "ocr", 0, "recognition took longer than its time limit");
    return status == QUIRE_OK
               ? QUIRE_OK
               : quire_fail(error, status, "ocr", 0, "recognition failed within Tesseract");
}

/* ---- languages ---- */

static int tell_script(ocr_engine *engine, char *script, size_t size)
{
    const char *name = NULL;
    int degrees = 0;
    float sure, script_sure;
    *script = '\0';
    engine->tess.BaseAPISetPageSegMode(engine->api, PSM_AUTO_OSD);
    if (!engine->tess.BaseAPIDetectOrientationScript(engine->api, &degrees, &sure, &name,
                                                     &script_sure) ||
        !name)
        return 0;
    snprintf(script, size, "%s", name);
    return (360 - degrees) / 90 % 4;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void installed(ocr_engine *engine, char *languages, size_t size)
{
    char **names = engine->tess.BaseAPIGetAvailableLanguagesAsVector(engine->api);
    size_t count = 0, used = 0;
    *languages = '\0';
    while (names && names[count])
        count++;
    if (count > 0)
        qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count && used + strlen(names[i]) + 2 <= size; i++)
        used += (size_t)snprintf(languages + used, size - used, "%s%s", i ? "+" : "", names[i]);
    if (names)
        engine->tess.DeleteTextArray(names);
}

const ocr_engine_type ocr_tesseract = {
    .name = "tesseract",
    .tell_script = tell_script,
    .installed = installed,
    .version = version,
    .open = open_engine,
    .show = show,
    .read = read_part,
    .close = close_engine,
};
