/* SHA-256 of bytes, and of files in steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "core/core.h"

#include <glib.h>
#include <string.h>
#include <unistd.h>

static void published_values(void **state)
{
    (void)state;
    char hex[65];
    quire_sha256((quire_bytes){NULL, 0}, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    quire_sha256((quire_bytes){(const uint8_t *)"abc", 3}, hex); /* FIPS 180-4, appendix B.1 */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void every_length_agrees_with_glib(void **state)
{
    (void)state;
    uint8_t data[300];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(i * 37 + 11);
    for (size_t size = 0; size <= sizeof data; size++) {
        char hex[65];
        g_autofree char *expected = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, size);
        quire_sha256((quire_bytes){data, size}, hex);
        assert_string_equal(hex, expected);
    }
}

static void a_file_in_steps_agrees_with_its_bytes(void **state)
{
    (void)state;
    enum { SIZE = 9 * 1024 * 1024 + 7 };
    char path[] = "/tmp/quire-sha256-XXXXXX", whole[65], steps[65];
    g_autofree uint8_t *data = g_malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        data[i] = (uint8_t)(i * 31 >> 3);
    int fd = g_mkstemp(path);
    assert_int_equal(write(fd, data, SIZE), SIZE);
    close(fd);
    quire_file file;
    assert_int_equal(quire_file_open(&file, path, 0, NULL), QUIRE_OK);
    quire_sha256((quire_bytes){data, SIZE}, whole);
    quire_file_sha256(&file, steps);
    assert_string_equal(steps, whole);
    quire_file_close(&file);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_values),
        cmocka_unit_test(every_length_agrees_with_glib),
        cmocka_unit_test(a_file_in_steps_agrees_with_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
