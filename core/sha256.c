/*
 * SHA-256 (FIPS 180-4) of an input. Where the processor has instructions for it they are used: a
 * file full of images would otherwise take as long to hash as to read.
 */
#include "core/core.h"

#include <glib.h>
#include <string.h>

static void hash_plainly(quire_bytes bytes, char hex[65])
{
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes.data, bytes.size);
    memcpy(hex, sum, 65);
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

enum { BLOCK = 64, LENGTH = 8 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The state words as the instructions want them, the highest lane first. */
typedef struct sha_state {
    __m128i abef, cdgh;
} sha_state;

static bool has_instructions(void)
{
    unsigned a, b, c, d;
    bool has_shuffles = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) && (c & bit_SSSE3);
    return has_shuffles && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

__attribute__((target("sha,sse4.1"))) static sha_state
hash_blocks(sha_state state, const uint8_t *data, size_t blocks)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    for (; blocks > 0; blocks--, data += BLOCK) {
        sha_state before = state;
        __m128i words[4];
        for (int i = 0; i < 4; i++)
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(data + 16 * i)), swap);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) { /* four rounds each */
            __m128i now = words[i % 4], last = words[(i + 3) % 4];
            __m128i sum = _mm_add_epi32(now, *(const __m128i *)(constants + 4 * i));
            state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, sum);
            state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(sum, 14));
            __m128i next = _mm_sha256msg1_epu32(now, words[(i + 1) % 4]);
            next = _mm_add_epi32(next, _mm_alignr_epi8(last, words[(i + 2) % 4], 4));
            words[i % 4] = _mm_sha256msg2_epu32(next, last);
        }
        state.abef = _mm_add_epi32(state.abef, before.abef);
        state.cdgh = _mm_add_epi32(state.cdgh, before.cdgh);
    }
    return state;
}

static void write_hex(const sha_state *state, char hex[65])
{
    uint32_t feba[4], hgdc[4];
    _mm_storeu_si128((__m128i *)feba, state->abef);
    _mm_storeu_si128((__m128i *)hgdc, state->cdgh);
    g_snprintf(hex, 65, "%08x%08x%08x%08x%08x%08x%08x%08x", feba[3], feba[2], hgdc[3], hgdc[2],
               feba[1], feba[0], hgdc[1], hgdc[0]);
}

static void hash_with_instructions(quire_bytes bytes, char hex[65])
{
    sha_state state = {_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
                       _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
    size_t whole = bytes.size / BLOCK, rest = bytes.size % BLOCK;
    uint8_t tail[2 * BLOCK] = {0};
    if (rest > 0)
        memcpy(tail, bytes.data + whole * BLOCK, rest);
    tail[rest] = 0x80;
    size_t tail_blocks = rest + 1 + LENGTH > BLOCK ? 2 : 1;
    uint64_t bits = GUINT64_TO_BE((uint64_t)bytes.size * 8);
    memcpy(tail + tail_blocks * BLOCK - LENGTH, &bits, LENGTH);
    state = hash_blocks(state, bytes.data, whole);
    state = hash_blocks(state, tail, tail_blocks);
    write_hex(&state, hex);
}
#else
static bool has_instructions(void)
{
    return false;
}

static void hash_with_instructions(quire_bytes bytes, char hex[65])
{
    hash_plainly(bytes, hex);
}
#endif

void quire_sha256(quire_bytes bytes, char hex[65])
{
    if (has_instructions())
        hash_with_instructions(bytes, hex);
    else
        hash_plainly(bytes, hex);
}
