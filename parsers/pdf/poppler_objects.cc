// The adapter to Poppler's private C++ interface; see poppler_objects.h.
//
// That interface has no promise of stability: what moves between releases is in poppler_releases.h.

#include "parsers/pdf/poppler_objects.h"
#include "parsers/pdf/poppler_painter.h"
#include "parsers/pdf/poppler_releases.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <poppler-config.h>
#include <goo/GooString.h>
#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OptionalContent.h>
#include <PDFDoc.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

struct quire_object {
    Object value;
    quire_objects *owner = nullptr;
};

constexpr size_t HANDLES_PER_CHUNK = 256;
constexpr size_t FIRST_STREAM_BYTES = 16384;
constexpr size_t MAX_RASTER_PIXELS = 100 * 1000 * 1000;

// An object that was fetched lately: fonts, their descriptors and encodings, resources are asked
// for several times, and Poppler reads them from the file each time.
struct fetched_object {
    int number = -1, generation = 0;
    Object value;
};

constexpr size_t FETCHED_OBJECTS = 64;

struct quire_objects {
    std::unique_ptr<PDFDoc> document;
    std::array<fetched_object, FETCHED_OBJECTS> fetched;
    std::vector<std::unique_ptr<quire_object[]>> handles; // in chunks, so that they stay in place
    size_t handle_count = 0;
    std::unique_ptr<GfxState> state; // that colour spaces are parsed against, made on demand
    quire_inflater *inflater = nullptr; // made on demand
    std::vector<unsigned char> encoded; // of the stream that is being inflated
    bool repaired = false;
    quire_complaint_fn complain = nullptr;
    void *user = nullptr;

    ~quire_objects()
    {
        quire_inflater_free(inflater);
    }
};

struct quire_face {
    std::unique_ptr<GfxFont> font;
    std::string name;
};

struct quire_tint {
    std::unique_ptr<GfxColorSpace> space;
};

namespace
{

// ---- exceptions stop here ----

template <class R, class F> R guarded(R otherwise, F call) noexcept
{
    try {
        return call();
    } catch (...) {
        return otherwise;
    }
}

// ---- complaints ----

// Poppler's error callback carries no user pointer: the file that was last asked for something.
thread_local quire_objects *listening = nullptr;

const char *category_name(ErrorCategory category)
{
    switch (category) {
    case errSyntaxWarning:
        return "syntax_warning";
    case errSyntaxError:
        return "syntax_error";
    case errIO:
        return "io_error";
    case errNotAllowed:
        return "not_allowed";
    case errUnimplemented:
        return "unimplemented";
    default:
        return "internal_error";
    }
}

template <class Position> void on_error(ErrorCategory category, Position offset, const char *text)
{
    if (listening && listening->complain)
        listening->complain(listening->user, category_name(category), offset, text);
}

void prepare_poppler()
{
    static const bool done = [] {
        globalParams = std::make_unique<GlobalParams>();
        globalParams->setErrQuiet(true);
        setErrorCallback([](ErrorCategory category, Goffset offset, const char *text) {
            on_error(category, offset, text);
        });
        return true;
    }();
    (void)done;
}

// ---- handles ----

quire_object *handle_of(quire_objects *owner, Object &&value)
{
    if (value.isNull() || value.isNone() || value.isError() || value.isEOF())
        return nullptr;
    size_t chunk = owner->handle_count / HANDLES_PER_CHUNK;
    if (chunk == owner->handles.size())
        owner->handles.push_back(std::make_unique<quire_object[]>(HANDLES_PER_CHUNK));
    quire_object *handle = &owner->handles[chunk][owner->handle_count++ % HANDLES_PER_CHUNK];
    handle->value = std::move(value);
    handle->owner = owner;
    return handle;
}

template <class F> quire_object *guarded_handle(quire_objects *owner, F read) noexcept
{
    return guarded<quire_object *>(nullptr, [&] { return handle_of(owner, read()); });
}

Dict *dictionary_of(const quire_object *object)
{
    if (!object)
        return nullptr;
    if (object->value.isDict())
        return object->value.getDict();
    return object->value.isStream() ? stream_dictionary(object->value) : nullptr;
}

bool in_range(const quire_object *object, int index, bool array)
{
    return object && index >= 0 &&
           (array ? object->value.isArray() && index < object->value.arrayGetLength()
                  : dictionary_of(object) && index < dictionary_of(object)->getLength());
}

XRef *table_of(quire_objects *objects)
{
    return objects->document->getXRef();
}

// ---- objects that are asked for again ----

// Numbers stand for other objects afterwards.
void repair(quire_objects *objects)
{
    objects->repaired = true;
    for (fetched_object &known : objects->fetched)
        known = {};
}

// A reference's object. Streams are read from where they were left: they are no one's to share.
Object fetch(quire_objects *objects, Ref reference)
{
    fetched_object &known = objects->fetched[(size_t)reference.num % FETCHED_OBJECTS];
    if (known.number == reference.num && known.generation == reference.gen && !known.value.isNone())
        return known.value.copy();
    Object value = table_of(objects)->fetch(reference);
    if (value.isDict() || value.isArray())
        known = {reference.num, reference.gen, value.copy()};
    return value;
}

Object resolve(quire_objects *objects, const Object &object)
{
    return object.isRef() ? fetch(objects, object.getRef()) : object.copy();
}

} // namespace

// ---- the file ----

quire_open_result quire_objects_open(const void *bytes, size_t size, const char *password,
                                     quire_complaint_fn complain, void *user,
                                     quire_objects **objects)
{
    *objects = nullptr;
    return guarded(QUIRE_OPEN_BROKEN, [&] {
        prepare_poppler();
        auto opened = std::make_unique<quire_objects>();
        opened->complain = complain;
        opened->user = user;
        listening = opened.get();
        Password secret;
        if (password)
            secret = GooString(password);
        opened->document =
            document_from<PDFDoc>(bytes, size, secret, [self = opened.get()] { repair(self); });
        quire_open_result result = QUIRE_OPENED;
        if (!opened->document->isOk())
            result = opened->document->getErrorCode() == errEncrypted ? QUIRE_OPEN_LOCKED
                                                                      : QUIRE_OPEN_BROKEN;
        if (result == QUIRE_OPENED)
            *objects = opened.release();
        else
            listening = nullptr;
        return result;
    });
}

void quire_objects_close(quire_objects *objects)
{
    if (!objects)
        return;
    guarded(false, [&] {
        quire_objects_release(objects, 0);
        delete objects;
        return true;
    });
    if (listening == objects)
        listening = nullptr;
}

static unsigned permissions_of(const XRef *xref, bool as_user)
{
    const struct {
        bool granted;
        unsigned bit;
    } table[] = {
        {xref->okToPrint(as_user), QUIRE_MAY_PRINT},
        {xref->okToChange(as_user), QUIRE_MAY_CHANGE},
        {xref->okToCopy(as_user), QUIRE_MAY_COPY},
        {xref->okToAddNotes(as_user), QUIRE_MAY_ANNOTATE},
        {xref->okToFillForm(as_user), QUIRE_MAY_FILL_FORMS},
        {xref->okToAccessibility(as_user), QUIRE_MAY_ACCESS},
        {xref->okToAssemble(as_user), QUIRE_MAY_ASSEMBLE},
        {xref->okToPrintHighRes(as_user), QUIRE_MAY_PRINT_FINE},
    };
    unsigned permissions = 0;
    for (const auto &entry : table)
        permissions |= entry.granted ? entry.bit : 0;
    return permissions;
}

static const char *cipher_name(CryptAlgorithm cipher)
{
    return cipher == cryptAES256 ? "AES-256" : cipher == cryptAES ? "AES-128" : "RC4";
}

quire_objects_facts quire_objects_read_facts(quire_objects *objects)
{
    quire_objects_facts facts = {};
    guarded(false, [&] {
        PDFDoc *document = objects->document.get();
        XRef *xref = document->getXRef();
        listening = objects;
        facts.major = document->getPDFMajorVersion();
        facts.minor = document->getPDFMinorVersion();
        facts.page_count = document->getNumPages();
        facts.object_count = xref->getNumObjects();
        facts.repaired = objects->repaired;
        facts.encrypted = document->isEncrypted();
        facts.permissions = permissions_of(xref, true);
        facts.owner = facts.encrypted && permissions_of(xref, false) != facts.permissions;
        if (facts.encrypted) {
            CryptAlgorithm cipher = cryptRC4;
            int key_bytes = 0;
            read_cipher(xref, &cipher, &key_bytes);
            facts.cipher = cipher_name(cipher);
            facts.key_bits = 8 * key_bytes;
        }
        return true;
    });
    return facts;
}

size_t quire_objects_mark(const quire_objects *objects)
{
    return objects->handle_count;
}

void quire_objects_release(quire_objects *objects, size_t mark)
{
    while (objects->handle_count > mark) {
        size_t last = --objects->handle_count;
        objects->handles[last / HANDLES_PER_CHUNK][last % HANDLES_PER_CHUNK].value = Object();
    }
    size_t needed = objects->handle_count / HANDLES_PER_CHUNK + 2;
    if (objects->handles.size() > needed)
        objects->handles.resize(needed);
}

quire_object *quire_objects_catalog(quire_objects *objects)
{
    return guarded_handle(objects, [&] { return table_of(objects)->getCatalog(); });
}

quire_object *quire_objects_info(quire_objects *objects)
{
    return guarded_handle(objects, [&] { return table_of(objects)->getDocInfo(); });
}

quire_object *quire_objects_trailer(quire_objects *objects)
{
    return handle_of(objects, objects->document->getXRef()->getTrailerDict()->copy());
}

quire_object *quire_objects_fetch(quire_objects *objects, int number, int generation)
{
    listening = objects;
    return guarded_handle(objects, [&] { return fetch(objects, Ref{number, generation}); });
}

// Counts down for each part of a visibility expression (PDF 32000-1, 8.11.2.2); false: too much.
static bool expression_fits(const Object &expression, int depth, int &budget)
{
    if (!expression.isArray())
        return true;
    for (int i = 1; i < expression.arrayGetLength(); i++)
        if (depth == 0 || --budget < 0 ||
            !expression_fits(expression.arrayGet(i), depth - 1, budget))
            return false;
    return true;
}

// Poppler evaluates expressions without a budget: one that holds itself twice doubles at each of
// its levels. What cannot be told within reason is visible.
static bool layer_is_told_easily(XRef *table, const Object &reference)
{
    int budget = 256;
    Object layer = reference.fetch(table);
    return !layer.isDict() || expression_fits(layer.dictLookup("VE"), 16, budget);
}

bool quire_objects_is_visible(quire_objects *objects, const quire_object *reference)
{
    return guarded(true, [&] {
        auto *layers = objects->document->getOptContentConfig();
        return !layers || !reference ||
               !layer_is_told_easily(table_of(objects), reference->value) ||
               layers->optContentIsVisible(&reference->value);
    });
}

// ---- objects ----

quire_object_type quire_object_kind(const quire_object *object)
{
    if (!object)
        return QUIRE_OBJECT_NULL;
    switch (object->value.getType()) {
    case objBool:
        return QUIRE_OBJECT_BOOLEAN;
    case objInt:
    case objInt64:
        return QUIRE_OBJECT_INTEGER;
    case objReal:
        return QUIRE_OBJECT_REAL;
    case objString:
    case objHexString:
        return QUIRE_OBJECT_STRING;
    case objName:
        return QUIRE_OBJECT_NAME;
    case objArray:
        return QUIRE_OBJECT_ARRAY;
    case objDict:
        return QUIRE_OBJECT_DICTIONARY;
    case objStream:
        return QUIRE_OBJECT_STREAM;
    case objRef:
        return QUIRE_OBJECT_REFERENCE;
    default:
        return QUIRE_OBJECT_OTHER;
    }
}

static double number_of(const Object &value, double otherwise)
{
    return value.isNum() ? value.getNum() : otherwise;
}

static int integer_of(const Object &value, int otherwise)
{
    if (value.isInt())
        return value.getInt();
    if (!value.isNum())
        return otherwise;
    double number = value.getNum();
    return number > -2e9 && number < 2e9 ? (int)number : otherwise;
}

double quire_object_number(const quire_object *object, double otherwise)
{
    return object ? number_of(object->value, otherwise) : otherwise;
}

int quire_object_integer(const quire_object *object, int otherwise)
{
    return object ? integer_of(object->value, otherwise) : otherwise;
}

bool quire_object_boolean(const quire_object *object, bool otherwise)
{
    return object && object->value.isBool() ? object->value.getBool() : otherwise;
}

const char *quire_object_name(const quire_object *object)
{
    return object && object->value.isName() ? name_of(object->value) : "";
}

bool quire_object_is_name(const quire_object *object, const char *name)
{
    return object && object->value.isName() && !strcmp(name_of(object->value), name);
}

const char *quire_object_string(const quire_object *object, size_t *size)
{
    *size = 0;
    if (!object)
        return "";
    return guarded<const char *>("", [&] { return any_string_of(object->value, size); });
}

bool quire_object_reference(const quire_object *object, int *number, int *generation)
{
    if (!object || !object->value.isRef())
        return false;
    *number = object->value.getRef().num;
    *generation = object->value.getRef().gen;
    return true;
}

const quire_object *quire_object_target(const quire_object *object)
{
    if (!object || !object->value.isRef())
        return object;
    Ref reference = object->value.getRef();
    return quire_objects_fetch(object->owner, reference.num, reference.gen);
}

int quire_object_count(const quire_object *object)
{
    if (!object)
        return 0;
    if (object->value.isArray())
        return object->value.arrayGetLength();
    Dict *dictionary = dictionary_of(object);
    return dictionary ? dictionary->getLength() : 0;
}

quire_object *quire_object_at(const quire_object *array, int index)
{
    if (!in_range(array, index, true))
        return nullptr;
    return guarded_handle(array->owner,
                          [&] { return resolve(array->owner, element_of(array->value, index)); });
}

quire_object *quire_object_at_raw(const quire_object *array, int index)
{
    if (!in_range(array, index, true))
        return nullptr;
    return guarded_handle(array->owner, [&] { return element_of(array->value, index); });
}

double quire_object_number_at(const quire_object *array, int index, double otherwise)
{
    if (!in_range(array, index, true))
        return otherwise;
    return guarded(otherwise, [&] { return number_of(array->value.arrayGet(index), otherwise); });
}

int quire_object_numbers(const quire_object *array, double *out, int count)
{
    int available = array && array->value.isArray() ? array->value.arrayGetLength() : 0;
    for (int i = 0; i < count && i < available; i++)
        out[i] = quire_object_number_at(array, i, 0);
    return available < count ? available : count;
}

quire_object *quire_object_find(const quire_object *object, const char *key)
{
    Dict *dictionary = dictionary_of(object);
    if (!dictionary)
        return nullptr;
    return guarded_handle(object->owner,
                          [&] { return resolve(object->owner, dictionary->lookupNF(key)); });
}

quire_object *quire_object_find_raw(const quire_object *object, const char *key)
{
    Dict *dictionary = dictionary_of(object);
    if (!dictionary)
        return nullptr;
    return guarded_handle(object->owner, [&] { return dictionary->lookupNF(key).copy(); });
}

const char *quire_object_key_at(const quire_object *object, int index)
{
    if (!in_range(object, index, false))
        return "";
    return characters_of(dictionary_of(object)->getKey(index));
}

quire_object *quire_object_value_at_raw(const quire_object *object, int index)
{
    if (!in_range(object, index, false))
        return nullptr;
    return guarded_handle(object->owner,
                          [&] { return dictionary_of(object)->getValNF(index).copy(); });
}

double quire_object_find_number(const quire_object *object, const char *key, double otherwise)
{
    Dict *dictionary = dictionary_of(object);
    if (!dictionary)
        return otherwise;
    return guarded(otherwise, [&] { return number_of(dictionary->lookup(key), otherwise); });
}

int quire_object_find_integer(const quire_object *object, const char *key, int otherwise)
{
    Dict *dictionary = dictionary_of(object);
    if (!dictionary)
        return otherwise;
    return guarded(otherwise, [&] { return integer_of(dictionary->lookup(key), otherwise); });
}

bool quire_object_find_boolean(const quire_object *object, const char *key, bool otherwise)
{
    Dict *dictionary = dictionary_of(object);
    if (!dictionary)
        return otherwise;
    return guarded(otherwise, [&] {
        Object value = dictionary->lookup(key);
        return value.isBool() ? value.getBool() : otherwise;
    });
}

// ---- streams ----

static bool is_flate_name(const Object &object)
{
    return object.isName("FlateDecode") || object.isName("Fl");
}

static bool has_predictor(const Object &parameters)
{
    if (parameters.isNull())
        return false;
    if (!parameters.isDict())
        return true;
    return integer_of(parameters.getDict()->lookup("Predictor"), 1) > 1;
}

// One Flate filter without a predictor: zlib does the same as Poppler, several times faster.
static bool is_plain_flate(Stream *stream, Dict *dictionary)
{
    if (stream->getKind() != strFlate)
        return false;
    Object filter = dictionary->lookup("Filter");
    Object parameters = dictionary->lookup("DecodeParms");
    if (is_flate_name(filter))
        return !has_predictor(parameters);
    if (!filter.isArray() || filter.arrayGetLength() != 1 || !is_flate_name(filter.arrayGet(0)))
        return false;
    if (parameters.isArray() && parameters.arrayGetLength() == 1)
        return !has_predictor(parameters.arrayGet(0));
    return !has_predictor(parameters);
}

static void read_encoded(Stream *stream, std::vector<unsigned char> &out, size_t ceiling)
{
    out.resize(FIRST_STREAM_BYTES);
    size_t size = 0;
    for (;;) {
        int got = stream->doGetChars((int)(out.size() - size), out.data() + size);
        if (got <= 0)
            break;
        size += (size_t)got;
        if (size < out.size() || size >= ceiling)
            break;
        out.resize(2 * out.size());
    }
    out.resize(size);
}

static void read_decoded(Stream *stream, size_t limit, quire_stream_bytes *bytes)
{
    while (bytes->size < limit) {
        if (!quire_stream_bytes_reserve(bytes, bytes->size + FIRST_STREAM_BYTES))
            return;
        size_t end = bytes->capacity < limit ? bytes->capacity : limit;
        int got = stream->doGetChars((int)(end - bytes->size), bytes->data + bytes->size);
        if (got <= 0)
            return;
        bytes->size += (size_t)got;
    }
    bytes->cut = true;
}

// Poppler decodes a whole image before its first byte: a small one can stand for gigapixels.
static bool decodes_an_image(Stream *stream)
{
    for (; stream; stream = stream->getNextStream()) {
        StreamKind kind = stream->getKind();
        if (kind == strDCT || kind == strJPX || kind == strJBIG2 || kind == strCCITTFax)
            return true;
    }
    return false;
}

static void append_decoded(const quire_object *object, size_t ceiling, quire_stream_bytes *bytes)
{
    quire_objects *owner = object->owner;
    Stream *stream = object->value.getStream();
    size_t before = bytes->size, limit = ceiling < SIZE_MAX - before ? before + ceiling : SIZE_MAX;
    Stream *inner = nullptr;
    if (is_plain_flate(stream, stream_dictionary(object->value)))
        inner = stream->getNextStream();
    if (inner && rewound(inner)) {
        read_encoded(inner, owner->encoded, ceiling);
        if (!owner->inflater)
            owner->inflater = quire_inflater_new();
        quire_inflater_append(owner->inflater, owner->encoded.data(), owner->encoded.size(), limit,
                              bytes);
    } else if (rewound(stream)) {
        read_decoded(stream, limit, bytes);
        stream->close();
    }
}

bool quire_object_read_stream(const quire_object *object, size_t ceiling, quire_stream_bytes *bytes)
{
    if (!object || !object->value.isStream())
        return false;
    listening = object->owner;
    return guarded(false, [&] {
        size_t before = bytes->size;
        if (!ceiling)
            bytes->cut = true;
        else if (decodes_an_image(object->value.getStream()))
            bytes->damaged = true;
        else
            append_decoded(object, ceiling, bytes);
        return bytes->size > before;
    });
}

quire_image_coding quire_object_read_image_file(const quire_object *object, size_t ceiling,
                                                quire_stream_bytes *bytes)
{
    if (!object || !object->value.isStream())
        return QUIRE_IMAGE_OTHER;
    listening = object->owner;
    return guarded(QUIRE_IMAGE_OTHER, [&] {
        Stream *stream = object->value.getStream();
        StreamKind kind = stream->getKind();
        Stream *inner = stream->getNextStream();
        bool is_file = kind == strDCT || kind == strJPX;
        if (!is_file || !inner || decodes_an_image(inner) || !rewound(inner))
            return QUIRE_IMAGE_OTHER;
        read_decoded(inner, ceiling, bytes);
        inner->close();
        return kind == strDCT ? QUIRE_IMAGE_JPEG : QUIRE_IMAGE_JPEG2000;
    });
}

bool quire_object_read_samples(const quire_object *object, size_t ceiling,
                               quire_stream_bytes *bytes)
{
    if (!object || !object->value.isStream())
        return false;
    listening = object->owner;
    return guarded(false, [&] {
        size_t before = bytes->size;
        StreamKind kind = object->value.getStream()->getKind();
        if (kind != strDCT && kind != strJPX)
            append_decoded(object, ceiling, bytes);
        return bytes->size > before;
    });
}

// ---- fonts ----

static std::unique_ptr<Dict> without_cmaps(XRef *xref, const Dict *font)
{
    auto copy = copy_of(font, xref);
    for (const char *key : {"ToUnicode", "Encoding"})
        if (font->lookup(key).isStream())
            copy->remove(key);
    return copy;
}

// A copy of a font's or descendant's dictionary that has no font program.
static std::unique_ptr<Dict> without_own_program(quire_objects *objects, const Dict *font)
{
    XRef *xref = table_of(objects);
    auto copy = copy_of(font, xref);
    copy->remove("CIDToGIDMap");
    Object encoding = resolve(objects, font->lookupNF("Encoding"));
    if (encoding.isDict()) // it was asked for before
        copy->set("Encoding", std::move(encoding));
    Object descriptor = resolve(objects, font->lookupNF("FontDescriptor"));
    if (descriptor.isDict()) {
        auto bare = copy_of(descriptor.getDict(), xref);
        for (const char *key : {"FontFile", "FontFile2", "FontFile3"})
            bare->remove(key);
        copy->set("FontDescriptor", object_of(std::move(bare)));
    }
    return copy;
}

// The same of a font and its descendant; a descendant of that would be a loop.
static std::unique_ptr<Dict> without_program(quire_objects *objects, const Dict *font)
{
    XRef *xref = table_of(objects);
    auto copy = without_own_program(objects, font);
    Object descendants = resolve(objects, font->lookupNF("DescendantFonts"));
    Object first = descendants.isArray() && descendants.arrayGetLength() > 0
                       ? descendants.arrayGet(0)
                       : null_object<Object>();
    if (first.isDict()) {
        auto array = std::make_unique<Array>(xref);
        array->add(object_of(without_own_program(objects, first.getDict())));
        copy->set("DescendantFonts", object_of(std::move(array)));
    }
    return copy;
}

quire_face *quire_face_open(quire_objects *objects, const quire_object *dictionary, int number,
                            int generation, unsigned parts)
{
    if (!dictionary || !dictionary->value.isDict())
        return nullptr;
    listening = objects;
    return guarded<quire_face *>(nullptr, [&]() -> quire_face * {
        XRef *xref = table_of(objects);
        Ref id;
        id.num = number;
        id.gen = generation;
        Object source = dictionary->value.copy();
        if (!(parts & QUIRE_FACE_CMAPS))
            source = object_of(without_cmaps(xref, source.getDict()));
        if (!(parts & QUIRE_FACE_PROGRAM))
            source = object_of(without_program(objects, source.getDict()));
        auto font = font_from<GfxFont>(xref, "F", id, source.getDict());
        if (!font || !font->isOk())
            return nullptr;
        auto face = std::make_unique<quire_face>();
        if (font->getName())
            face->name = *font->getName();
        face->font = std::move(font);
        return face.release();
    });
}

void quire_face_close(quire_face *face)
{
    delete face;
}

void quire_differences_read(const quire_object *differences, uint8_t codes[256 / 8])
{
    memset(codes, 0, 256 / 8);
    if (!differences || !differences->value.isArray())
        return;
    guarded(false, [&] {
        int code = 0;
        for (int i = 0; i < differences->value.arrayGetLength(); i++) {
            Object element = element_of(differences->value, i);
            if (element.isRef())
                element = differences->value.arrayGet(i);
            if (!element.isName())
                code = integer_of(element, code);
            else if (code >= 0 && code++ < 256)
                codes[(code - 1) / 8] |= (uint8_t)(1 << (code - 1) % 8);
        }
        return true;
    });
}

quire_face_facts quire_face_read_facts(const quire_face *face)
{
    quire_face_facts facts = {};
    GfxFont *font = face->font.get();
    Ref embedded;
    facts.name = face->name.c_str();
    facts.italic = font->isItalic();
    facts.serif = font->isSerif();
    facts.fixed = font->isFixedWidth();
    facts.symbolic = font->isSymbolic();
    facts.bold = font->isBold();
    facts.embedded = font->getEmbeddedFontID(&embedded);
    facts.subset = font->isSubset();
    facts.to_unicode = font->hasToUnicodeCMap();
    facts.type3 = font->getType() == fontType3;
    facts.composite = font->isCIDFont();
    facts.vertical = (int)font->getWMode() != 0;
    facts.weight = 100 * (int)font->getWeight();
    facts.encoding = characters_of(font->getEncodingName());
    facts.ascent = font->getAscent();
    facts.descent = font->getDescent();
    memcpy(facts.matrix, numbers_of(font->getFontMatrix()), sizeof facts.matrix);
    memcpy(facts.box, numbers_of(font->getFontBBox()), sizeof facts.box);
    return facts;
}

int quire_face_next(const quire_face *face, const uint8_t *bytes, size_t size,
                    quire_face_char *character)
{
    *character = {};
    int used = guarded(1, [&] {
        const char *text = reinterpret_cast<const char *>(bytes);
        CharCode code = 0;
        const Unicode *unicode = nullptr;
        int length = size < 1024 ? (int)size : 1024;
        int taken =
            face->font->getNextChar(text, length, &code, &unicode, &character->text_count,
                                    &character->dx, &character->dy, &character->ox, &character->oy);
        character->code = code;
        character->text = character->text_count > 0 ? unicode : nullptr;
        return taken;
    });
    return used > 0 ? used : 1;
}

static Gfx8BitFont *simple_font(const quire_face *face)
{
    return face->font->isCIDFont() ? nullptr : static_cast<Gfx8BitFont *>(face->font.get());
}

const char *quire_face_glyph_name(const quire_face *face, unsigned code)
{
    Gfx8BitFont *font = simple_font(face);
    return font && code < 256 ? font->getCharName((int)code) : nullptr;
}

uint32_t quire_glyph_name_unicode(const char *name)
{
    return guarded(0u, [&]() -> uint32_t {
        prepare_poppler();
        return globalParams->mapNameToUnicodeAll(name);
    });
}

// ---- colours ----

// Separation and DeviceN stand on another space. An ICC profile there costs more to set up than a
// page, and what it adds is less than text and rules need: the device space takes its place.
static Object on_device_space(XRef *xref, const Object &space)
{
    if (!space.isArray() || space.arrayGetLength() < 4)
        return space.copy();
    Object base = space.arrayGet(2);
    if (!base.isArray() || base.arrayGetLength() < 2 || !base.arrayGet(0).isName("ICCBased"))
        return space.copy();
    Object profile = base.arrayGet(1);
    Object count =
        profile.isStream() ? stream_dictionary(profile)->lookup("N") : null_object<Object>();
    int components = integer_of(count, 3);
    auto copy = std::make_unique<Array>(xref);
    const char *device = components == 1   ? "DeviceGray"
                         : components == 4 ? "DeviceCMYK"
                                           : "DeviceRGB";
    for (int i = 0; i < space.arrayGetLength(); i++)
        copy->add(i == 2 ? name_object<Object>(device) : element_of(space, i));
    return object_of(std::move(copy));
}

quire_tint *quire_tint_open(quire_objects *objects, const quire_object *space)
{
    if (!space)
        return nullptr;
    return guarded<quire_tint *>(nullptr, [&]() -> quire_tint * {
        if (!objects->state)
            objects->state = plain_state<GfxState>();
        Object copy = on_device_space(table_of(objects), space->value);
        auto tint = std::make_unique<quire_tint>();
        tint->space = space_from<GfxColorSpace>(&copy, objects->state.get());
        return tint->space ? tint.release() : nullptr;
    });
}

void quire_tint_close(quire_tint *tint)
{
    delete tint;
}

int quire_tint_components(const quire_tint *tint)
{
    return tint->space->getNComps();
}

// Poppler's fixed point holds 15 bits before the point, and does not look.
static GfxColorComp component_of(double value)
{
    return dblToCol(value > 32000 ? 32000 : value > -32000 ? value : -32000);
}

uint32_t quire_tint_rgb(const quire_tint *tint, const double *components, int count)
{
    return guarded(0u, [&] {
        GfxColor colour = {};
        for (int i = 0; i < count && i < gfxColorMaxComps; i++)
            colour.c[i] = component_of(components[i]);
        return rgb_of(*tint->space, colour);
    });
}

uint32_t quire_cmyk_rgb(double c, double m, double y, double k)
{
    return guarded(0u, [&] {
        static const GfxDeviceCMYKColorSpace space;
        const double components[4] = {c, m, y, k};
        GfxColor colour = {};
        for (int i = 0; i < 4; i++)
            colour.c[i] = component_of(components[i]);
        return rgb_of(space, colour);
    });
}

// ---- rendering ----

/* Poppler counts the pages of a damaged tree in its own way; the object tells which is meant. */
static int page_number(quire_objects *objects, const quire_canvas_request *request)
{
    int found = 0;
    if (request->object > 0)
        found = objects->document->findPage(Ref{request->object, request->generation});
    return found > 0 ? found : request->page;
}

static bool fits(quire_objects *objects, const quire_canvas_request *request)
{
    size_t limit = request->max_pixels ? request->max_pixels : MAX_RASTER_PIXELS;
    double width = request->width, height = request->height;
    if (!request->width) {
        Page *page = objects->document->getPage(page_number(objects, request));
        if (!page || !page->isOk())
            return false;
        width = page->getCropWidth() * request->dpi / 72;
        height = page->getCropHeight() * request->dpi / 72;
    }
    return width >= 0 && height >= 0 && width * height <= (double)limit;
}

static bool copy_bitmap(const SplashBitmap *bitmap, int channels, quire_canvas *canvas)
{
    int width = bitmap->getWidth(), height = bitmap->getHeight();
    int stride = width * channels;
    canvas->pixels = static_cast<uint8_t *>(malloc((size_t)stride * (size_t)height + 1));
    if (!canvas->pixels)
        return false;
    for (int y = 0; y < height; y++)
        memcpy(canvas->pixels + (size_t)stride * (size_t)y,
               bitmap->getDataPtr() + (ptrdiff_t)bitmap->getRowSize() * y, (size_t)stride);
    canvas->width = width;
    canvas->height = height;
    canvas->stride = stride;
    canvas->channels = channels;
    return true;
}

static bool draws_annotation(Annot *, void *user)
{
    return static_cast<const quire_canvas_request *>(user)->annotations;
}

bool quire_objects_render(quire_objects *objects, const quire_canvas_request *request,
                          quire_canvas *canvas)
{
    *canvas = {};
    listening = objects;
    return guarded(false, [&] {
        if (!fits(objects, request))
            return false;
        SplashColor paper = {255, 255, 255, 255};
        int channels = request->channels == 3 ? 3 : 1;
        auto splash =
            painter<bounded_painter>(channels == 3 ? splashModeRGB8 : splashModeMono8, paper);
        splash->request = request;
        splash->startDoc(objects->document.get());
        bool whole = request->width == 0;
        void *user = const_cast<quire_canvas_request *>(request);
        objects->document->displayPageSlice(
            splash.get(), page_number(objects, request), request->dpi, request->dpi, 0, false, true,
            false, whole ? -1 : request->x, whole ? -1 : request->y, whole ? -1 : request->width,
            whole ? -1 : request->height, request->cancelled, request->user, draws_annotation,
            user);
        canvas->left_out = splash->left_out;
        const SplashBitmap *bitmap = splash->getBitmap();
        return bitmap && copy_bitmap(bitmap, channels, canvas);
    });
}

void quire_canvas_clear(quire_canvas *canvas)
{
    free(canvas->pixels);
    *canvas = {};
}
