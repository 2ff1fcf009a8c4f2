/* Pictures of figures: kept as the file has them, or drawn, and linked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quire/quire.h"
#include "tests/support/small_pdf.h"

static const char jpeg[] = "\xFF\xD8\xFF\xE0 not looked at, and so kept as it is \xFF\xD9";

typedef struct kept {
    GString *out;
    GPtrArray *files; /* of GBytes */
    GString *names;
} kept;

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static bool keep(void *user, const quire_figure_file *figure)
{
    kept *k = user;
    g_ptr_array_add(k->files, g_bytes_new(figure->bytes, figure->size));
    g_string_append_printf(k->names, "%s ", figure->media_type);
    return true;
}

/* Pages with a picture each, placed by `matrix`, its dictionary holding `keys`. */
static kept convert(int pages, const char *matrix, const char *keys, const char *format,
                    quire_figures figures)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    GString *kids = g_string_new(NULL);
    for (int i = 0; i < pages; i++)
        g_string_append_printf(kids, "%d 0 R ", 10 + i);
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count %d /Kids [%s] >>", pages, kids->str);
    for (int i = 0; i < pages; i++)
        small_pdf_object(&pdf, 10 + i,
                         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 5 0 R "
                         "/Resources << /XObject << /I 4 0 R >> /Font << /F 6 0 R >> >> >>");
    GString *all_keys = g_string_new("/Type /XObject /Subtype /Image /Width 64 /Height 32 "
                                     "/BitsPerComponent 8 /Filter /DCTDecode ");
    g_string_append(all_keys, keys);
    small_pdf_stream(&pdf, 4, all_keys->str, jpeg, sizeof jpeg - 1);
    g_autofree char *content =
        g_strdup_printf("q %s cm /I Do Q BT /F 10 Tf 40 200 Td (Figure 1. A hive.) Tj ET", matrix);
    small_pdf_content(&pdf, 5, content);
    small_pdf_object(&pdf, 6, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>");
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    kept k = {g_string_new(NULL), g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref),
              g_string_new(NULL)};
    quire_input input = {.bytes = file.data, .size = file.size, .name = "figures.pdf"};
    quire_output output = {.format = format, .write = append, .user = k.out};
    quire_options options = {.figures = figures,
                             .figures_prefix = "img/",
                             .ocr = QUIRE_OCR_OFF,
                             .user = &k,
                             .on_figure = keep};
    quire_convert(&input, &options, &output, 1, NULL);
    g_string_free(all_keys, TRUE);
    g_string_free(kids, TRUE);
    small_pdf_clear(&pdf);
    return k;
}

static void forget(kept *k)
{
    g_string_free(k->out, TRUE);
    g_string_free(k->names, TRUE);
    g_ptr_array_unref(k->files);
}

static const char whole[] = "200 0 0 100 40 220";
static const char rgb[] = "/ColorSpace /DeviceRGB";

static void keeps_the_bytes_of_a_jpeg(void **state)
{
    (void)state;
    kept k = convert(1, whole, rgb, "markdown", QUIRE_FIGURES_FILES);
    assert_int_equal(k.files->len, 1);
    assert_string_equal(k.names->str, "image/jpeg ");
    gsize size;
    const void *bytes = g_bytes_get_data(k.files->pdata[0], &size);
    assert_int_equal(size, sizeof jpeg - 1);
    assert_memory_equal(bytes, jpeg, size);
    assert_non_null(strstr(k.out->str, "![Figure 1. A hive.](img/"));
    assert_non_null(strstr(k.out->str, ".jpg)"));
    forget(&k);
}

static void draws_what_the_page_changes(void **state)
{
    (void)state;
    static const char *const changes[][2] = {
        {"0 200 -100 0 140 220", rgb}, /* turned */
        {"200 0 0 -100 40 320", rgb}, /* mirrored */
        {whole, "/ColorSpace /DeviceCMYK"},
        {whole, "/ColorSpace /DeviceRGB /Decode [1 0 1 0 1 0]"},
        {whole, "/ColorSpace /DeviceRGB /Mask [0 0 0 0 0 0]"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        kept k = convert(1, changes[i][0], changes[i][1], "markdown", QUIRE_FIGURES_FILES);
        assert_string_equal(k.names->str, "image/png ");
        gsize size;
        const char *bytes = g_bytes_get_data(k.files->pdata[0], &size);
        assert_true(size > 8 && memcmp(bytes, "\x89PNG", 4) == 0);
        forget(&k);
    }
}

static void leaves_out_what_repeats(void **state)
{
    (void)state;
    kept k = convert(4, "60 0 0 30 300 450", rgb, "json", QUIRE_FIGURES_FILES);
    assert_int_equal(k.files->len, 0);
    assert_non_null(strstr(k.out->str, "\"decorative\": true"));
    forget(&k);
}

static void embeds_or_leaves_out(void **state)
{
    (void)state;
    kept k = convert(1, whole, rgb, "json", QUIRE_FIGURES_EMBED);
    assert_non_null(strstr(k.out->str, "\"image\": \"data:image/jpeg;base64,/9j/4"));
    forget(&k);
    k = convert(1, whole, rgb, "markdown", QUIRE_FIGURES_OFF);
    assert_null(strstr(k.out->str, "!["));
    assert_int_equal(k.files->len, 0);
    forget(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_bytes_of_a_jpeg),
        cmocka_unit_test(draws_what_the_page_changes),
        cmocka_unit_test(leaves_out_what_repeats),
        cmocka_unit_test(embeds_or_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
