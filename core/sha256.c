/* SHA-256 by nettle, which uses the processor's own instructions where it has them. */
#include "core/core.h"

#include <glib.h>
#include <nettle/sha2.h>

enum { STEP = 4 * 1024 * 1024 }; /* bytes of a file between two times of letting go */

static void write_hex(struct sha256_ctx *hash, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = 0;
}

void quire_sha256(quire_bytes bytes, char hex[65])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, bytes.size, bytes.data);
    write_hex(&hash, hex);
}

void quire_file_sha256(const quire_file *file, char hex[65])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (size_t at = 0; at < file->bytes.size; at += STEP) {
        size_t left = file->bytes.size - at;
        sha256_update(&hash, left < STEP ? left : STEP, file->bytes.data + at);
        if (left > STEP)
            quire_file_forget(file);
    }
    write_hex(&hash, hex);
}

struct quire_digest {
    struct sha256_ctx state;
};

quire_digest *quire_digest_new(void)
{
    quire_digest *digest = g_new(quire_digest, 1);
    sha256_init(&digest->state);
    return digest;
}

void quire_digest_add(quire_digest *digest, const void *bytes, size_t size)
{
    sha256_update(&digest->state, size, bytes);
}

void quire_digest_end(quire_digest *digest, char hex[65])
{
    write_hex(&digest->state, hex);
}

void quire_digest_free(quire_digest *digest)
{
    g_free(digest);
}
