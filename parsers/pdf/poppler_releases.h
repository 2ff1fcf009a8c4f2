/*
 * What moved between Poppler's releases, 22.12 to 26.07, met by feature tests (`if constexpr
 * (requires ...)`), never by version numbers: a release that moves again fails to compile here or
 * not at all. C++, and a part of poppler_objects.cc, which alone includes it.
 */
#ifndef QUIRE_PARSERS_PDF_POPPLER_RELEASES_H
#define QUIRE_PARSERS_PDF_POPPLER_RELEASES_H

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include <poppler-config.h>
#include <goo/GooString.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

namespace
{

const double *numbers_of(const double *array)
{
    return array;
}
template <class T>
requires requires(const T &array)
{
    array.data();
}
const double *numbers_of(const T &array)
{
    return array.data();
}

template <class S> bool rewound(S *stream)
{
    if constexpr (requires { stream->rewind(); }) {
        return stream->rewind();
    } else if constexpr (requires {
                             {
                                 stream->reset()
                                 } -> std::same_as<bool>;
                         }) {
        return stream->reset();
    } else {
        stream->reset();
        return true;
    }
}

template <class O> const char *string_of(const O &object, size_t *size)
{
    const auto &string = object.getString();
    if constexpr (requires { string->c_str(); }) {
        *size = string->toStr().size();
        return string->c_str();
    } else {
        *size = string.size();
        return string.c_str();
    }
}

// A hexadecimal string has an accessor of its own in some releases.
template <class O> const char *any_string_of(const O &object, size_t *size)
{
    if (object.getType() == objString)
        return string_of(object, size);
    if (object.getType() != objHexString)
        return "";
    if constexpr (requires { object.getHexString()->c_str(); }) {
        *size = object.getHexString()->toStr().size();
        return object.getHexString()->c_str();
    } else if constexpr (requires { object.getHexString().c_str(); }) {
        *size = object.getHexString().size();
        return object.getHexString().c_str();
    } else {
        return string_of(object, size);
    }
}

template <class O> const char *name_of(const O &object)
{
    if constexpr (requires { object.getNameString(); })
        return object.getNameString().c_str();
    else
        return object.getName();
}

template <class O> Object element_of(const O &array, int index)
{
    if constexpr (requires { array.arrayGetNF(index); })
        return array.arrayGetNF(index).copy();
    else
        return array.getArray()->getNF(index).copy();
}

template <class O> Dict *stream_dictionary(const O &object)
{
    if constexpr (requires { object.streamGetDict(); })
        return object.streamGetDict();
    else
        return object.getStream()->getDict();
}

template <class T> const char *characters_of(const T &text)
{
    if constexpr (requires { text.c_str(); })
        return text.c_str();
    else
        return text;
}

template <class F, class D>
std::unique_ptr<GfxFont> font_from(XRef *xref, const char *tag, Ref id, D *dictionary)
{
    if constexpr (requires { F::makeFont(xref, tag, id, *dictionary); })
        return F::makeFont(xref, tag, id, *dictionary);
    else
        return F::makeFont(xref, tag, id, dictionary);
}

template <class O> O null_object()
{
    if constexpr (requires { O::null(); })
        return O::null();
    else
        return O(objNull);
}

template <class O> O name_object(const char *name)
{
    if constexpr (requires { O::name(name); })
        return O::name(name);
    else
        return O(objName, name);
}

// A new dictionary or array as an object: by bare pointer at first, by an owning one later.
template <class T> Object object_of(std::unique_ptr<T> value)
{
    if constexpr (std::is_constructible_v<Object, T *>)
        return Object(value.release());
    else
        return Object(std::move(value));
}

template <class D> std::unique_ptr<D> copy_of(const D *dictionary, XRef *xref)
{
    return std::unique_ptr<D>(dictionary->copy(xref));
}

using Password = std::optional<GooString>;
using Repaired = std::function<void()>;

template <class D>
std::unique_ptr<D> document_from(const void *bytes, size_t size, const Password &password,
                                 const Repaired &repaired)
{
    using Owned = std::unique_ptr<BaseStream>;
    char *data = static_cast<char *>(const_cast<void *>(bytes));
    if constexpr (std::is_constructible_v<D, Owned, Password, Password, Repaired>) {
        Owned stream = std::make_unique<MemStream>(data, 0, size, Object{});
        return std::make_unique<D>(std::move(stream), password, password, repaired);
    } else if constexpr (std::is_constructible_v<D, Owned, Password, Password, void *, Repaired>) {
        Owned stream = std::make_unique<MemStream>(data, 0, size, Object{});
        return std::make_unique<D>(std::move(stream), password, password, nullptr, repaired);
    } else if constexpr (std::is_constructible_v<D, BaseStream *, Password, Password, Repaired>) {
        BaseStream *stream = new MemStream(data, 0, size, Object{});
        return std::make_unique<D>(stream, password, password, repaired);
    } else {
        BaseStream *stream = new MemStream(data, 0, size, Object{});
        return std::make_unique<D>(stream, password, password, nullptr, repaired);
    }
}

template <class S> std::unique_ptr<S> plain_state()
{
    static const PDFRectangle box(0, 0, 10, 10);
    if constexpr (std::is_constructible_v<S, int, int, const PDFRectangle &, int, bool>)
        return std::make_unique<S>(72, 72, box, 0, false);
    else
        return std::make_unique<S>(72, 72, &box, 0, false);
}

// Also of what `parse` returns: a bare pointer at first, an owning one later.
template <class C, class S> std::unique_ptr<C> space_from(Object *object, S *state)
{
    return std::unique_ptr<C>(C::parse(nullptr, object, nullptr, state));
}

template <class C> uint32_t rgb_of(const C &space, const GfxColor &colour)
{
    GfxRGB rgb;
    if constexpr (requires { space.getRGB(&colour, &rgb); })
        space.getRGB(&colour, &rgb);
    else
        space.getRGB(colour, &rgb);
    return (uint32_t)colToByte(rgb.r) << 16 | (uint32_t)colToByte(rgb.g) << 8 | colToByte(rgb.b);
}

template <class X> void read_cipher(X *xref, CryptAlgorithm *cipher, int *key_bytes)
{
    if constexpr (requires(unsigned char *key) {
                      xref->getEncryptionParameters(&key, cipher, key_bytes);
                  }) {
        unsigned char *key = nullptr;
        xref->getEncryptionParameters(&key, cipher, key_bytes);
    } else {
        const unsigned char *key = nullptr;
        xref->getEncryptionParameters(&key, cipher, key_bytes);
    }
}

template <class S> std::unique_ptr<S> painter(SplashColorMode mode, SplashColorPtr paper)
{
    constexpr int row_padding = 4;
    if constexpr (std::is_constructible_v<S, SplashColorMode, int, bool, SplashColorPtr>)
        return std::make_unique<S>(mode, row_padding, false, paper);
    else
        return std::make_unique<S>(mode, row_padding, paper);
}

} // namespace

#endif
