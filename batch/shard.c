#include "batch/shard.h"

#include <glib.h>

enum { MAX_SHARDS = 10 * 1000 * 1000 };

/* Where schedulers say which task of how many this is. Arrays need not begin at 0. */
static const struct scheduler {
    const char *index, *count, *first, *last;
    guint64 start; /* of counting, where `first` is not said */
} schedulers[] = {
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN",
     "SLURM_ARRAY_TASK_MAX", 0},
    {"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", NULL, NULL, 0}, /* Kubernetes */
    {"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", NULL, NULL, 0},
    {"PARALLEL_SEQ", "PARALLEL_SHARDS", NULL, NULL, 1}, /* GNU Parallel; counts from 1 */
};

static bool read_number(const char *text, guint64 *value)
{
    return text && g_ascii_string_to_unsigned(text, 10, 0, MAX_SHARDS, value, NULL);
}

static quire_status refuse(quire_error *error, const char *format, const char *text)
{
    return quire_fail(error, QUIRE_USAGE, "options", 0, format, text);
}

/* Tasks 3, 5, 7 of an array have no number among three; only arrays without holes do. */
static quire_status from_scheduler(const struct scheduler *s, batch_shard *part, quire_error *error)
{
    guint64 index, count, first = s->start, last;
    if (!read_number(g_getenv(s->index), &index) || !read_number(g_getenv(s->count), &count))
        return refuse(error, "--shard auto: %s is set, but tells no number, or not of how many",
                      s->index);
    if (s->first && !read_number(g_getenv(s->first), &first))
        return refuse(error, "--shard auto: %s is not set", s->first);
    if (s->last && read_number(g_getenv(s->last), &last) && last - first + 1 != count)
        return refuse(error, "--shard auto: the array of %s has holes", s->index);
    if (index < first || index - first >= count)
        return refuse(error, "--shard auto: %s is not one of its array", s->index);
    *part = (batch_shard){(uint32_t)(index - first), (uint32_t)count};
    return QUIRE_OK;
}

static quire_status find_scheduler(batch_shard *part, quire_error *error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schedulers); i++)
        if (g_getenv(schedulers[i].index))
            return from_scheduler(&schedulers[i], part, error);
    return refuse(error,
                  "--shard auto: no scheduler says which part this is (%s is not set); write it "
                  "like 0/16",
                  schedulers[0].index);
}

quire_status shard_parse(const char *text, batch_shard *part, quire_error *error)
{
    *part = (batch_shard){0, 1};
    if (!text)
        return QUIRE_OK;
    if (g_str_equal(text, "auto"))
        return find_scheduler(part, error);
    guint64 index, count;
    g_auto(GStrv) halves = g_strsplit(text, "/", 2);
    if (!read_number(halves[0], &index) || !read_number(halves[1], &count) || index >= count)
        return refuse(error, "--shard: '%.40s' is not a part; write it like 0/16 (up to 15/16)",
                      text);
    *part = (batch_shard){(uint32_t)index, (uint32_t)count};
    return QUIRE_OK;
}

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ : the same on every machine. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * UINT64_C(1099511628211);
    return hash ^ hash >> 32; /* its low bits alone are the weaker ones */
}

bool shard_has(const batch_shard *part, const char *path)
{
    return hash_of(path) % part->count == part->index;
}
