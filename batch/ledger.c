#include "batch/ledger.h"

#include <glib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>

enum { SCHEMA = 1 };

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS doc(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,"
    " size INTEGER, mtime_ns INTEGER, sha256 TEXT, key TEXT, state INTEGER NOT NULL,"
    " deaths INTEGER, pages_done INTEGER, pages INTEGER, error_kind TEXT, error_page INTEGER,"
    " message TEXT, signature TEXT, cpu_ms INTEGER, wall_ms INTEGER, peak_kb INTEGER,"
    " confidence REAL, review TEXT, run INTEGER);"
    "CREATE INDEX IF NOT EXISTS doc_key ON doc(key);"
    "CREATE TABLE IF NOT EXISTS output(doc INTEGER NOT NULL, number INTEGER NOT NULL,"
    " path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,"
    " PRIMARY KEY(doc, number)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS output_path ON output(path);";

#define COLUMNS                                                                                    \
    "path, size, mtime_ns, sha256, key, state, deaths, pages_done, pages, error_kind, error_page," \
    " message, signature, cpu_ms, wall_ms, peak_kb, confidence, review, run"

typedef enum statement {
    WRITE_DOC,
    CLEAR_OUTPUTS,
    WRITE_OUTPUT,
    FIND_PATH,
    FIND_KEY,
    FIND_OUTPUTS,
    FIND_OUTPUT,
    STATEMENTS,
} statement;

static const char *const statements[STATEMENTS] = {
    [WRITE_DOC] = "INSERT INTO doc(" COLUMNS ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
                  " ON CONFLICT(path) DO UPDATE SET(" COLUMNS ")=(excluded.path, excluded.size,"
                  " excluded.mtime_ns, excluded.sha256, excluded.key, excluded.state,"
                  " excluded.deaths, excluded.pages_done, excluded.pages, excluded.error_kind,"
                  " excluded.error_page, excluded.message, excluded.signature, excluded.cpu_ms,"
                  " excluded.wall_ms, excluded.peak_kb, excluded.confidence, excluded.review,"
                  " excluded.run)"
                  " RETURNING id",
    [CLEAR_OUTPUTS] = "DELETE FROM output WHERE doc=?",
    [WRITE_OUTPUT] = "INSERT INTO output VALUES(?,?,?,?,?)",
    [FIND_PATH] = "SELECT " COLUMNS ", id FROM doc WHERE path=?",
    [FIND_KEY] = "SELECT " COLUMNS ", id FROM doc WHERE key=? AND state IN (2,3) LIMIT 1",
    [FIND_OUTPUTS] = "SELECT path, sha256, bytes FROM output WHERE doc=? ORDER BY number",
    [FIND_OUTPUT] = "SELECT 1 FROM output WHERE path=?",
};

struct batch_ledger {
    sqlite3 *base;
    sqlite3_stmt *ready[STATEMENTS];
    char *path;
};

/* ---- states ---- */

const char *ledger_state_name(ledger_state state)
{
    static const char *const names[] = {
        [LEDGER_NONE] = "none",       [LEDGER_DONE] = "done", [LEDGER_PARTIAL] = "partial",
        [LEDGER_FAILED] = "failed",   [LEDGER_KEPT] = "kept", [LEDGER_QUARANTINED] = "quarantined",
        [LEDGER_MISSING] = "missing",
    };
    bool is_known = (size_t)state < G_N_ELEMENTS(names) && names[state];
    return is_known ? names[state] : "unknown";
}

bool ledger_state_has_outputs(ledger_state state)
{
    return state == LEDGER_DONE || state == LEDGER_PARTIAL || state == LEDGER_KEPT;
}

void ledger_row_clear(ledger_row *row)
{
    for (size_t i = 0; i < row->output_count; i++)
        g_free(row->outputs[i].path);
    g_free(row->outputs);
    g_free(row->path);
    g_free(row->message);
    g_free(row->review);
    *row = (ledger_row){0};
}

/* ---- opening ---- */

static quire_status fail(const batch_ledger *l, quire_error *error)
{
    int code = sqlite3_errcode(l->base);
    bool is_busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    return quire_fail(error, is_busy ? QUIRE_LIMIT : QUIRE_IO, is_busy ? "busy" : "ledger", 0,
                      is_busy ? "%.160s: another run is using it" : "%.120s: %.80s", l->path,
                      sqlite3_errmsg(l->base));
}

static quire_status execute(batch_ledger *l, const char *sql, quire_error *error)
{
    return sqlite3_exec(l->base, sql, NULL, NULL, NULL) == SQLITE_OK ? QUIRE_OK : fail(l, error);
}

/* A write-ahead log needs shared memory and locks that network file systems do not keep
 * (https://www.sqlite.org/wal.html). */
static bool is_on_network(const char *path)
{
    static const long types[] = {0x6969 /* NFS */,      0x0BD00BD0 /* Lustre */,
                                 0x47504653 /* GPFS */, 0xFF534D42 /* CIFS */,
                                 0xFE534D42 /* SMB2 */, 0x65735546 /* FUSE */,
                                 0x01021997 /* 9P */,   0x19830326 /* BeeGFS */};
    g_autofree char *folder = g_path_get_dirname(path);
    struct statfs info;
    bool is_network = false;
    for (size_t i = 0; statfs(folder, &info) == 0 && i < G_N_ELEMENTS(types); i++)
        is_network |= (unsigned long)info.f_type == (unsigned long)types[i];
    return is_network;
}

static quire_status prepare(batch_ledger *l, quire_error *error)
{
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(l->base, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &l->ready[i],
                               NULL) != SQLITE_OK)
            return fail(l, error);
    return QUIRE_OK;
}

static quire_status check(batch_ledger *l, quire_error *error)
{
    double schema = ledger_number(l, "PRAGMA user_version");
    if (schema == SCHEMA)
        return QUIRE_OK;
    return quire_fail(error, QUIRE_UNSUPPORTED, "ledger", 0,
                      "%.160s: is no ledger of this version of Quire", l->path);
}

static quire_status set_up(batch_ledger *l, double wait, quire_error *error)
{
    sqlite3_busy_timeout(l->base, (int)(wait * 1000));
    const char *journal =
        is_on_network(l->path) ? "PRAGMA journal_mode=TRUNCATE" : "PRAGMA journal_mode=WAL";
    quire_status status = execute(l, "PRAGMA locking_mode=EXCLUSIVE", error);
    if (status == QUIRE_OK)
        status = execute(l, journal, error);
    if (status == QUIRE_OK)
        status = execute(l, "PRAGMA synchronous=FULL; BEGIN IMMEDIATE", error);
    if (status == QUIRE_OK)
        status = execute(l, tables, error);
    if (status == QUIRE_OK && ledger_number(l, "PRAGMA user_version") == 0)
        status = execute(l, "PRAGMA user_version=1", error);
    if (status == QUIRE_OK)
        status = execute(l, "COMMIT", error); /* the lock stays */
    return status == QUIRE_OK ? check(l, error) : status;
}

static quire_status open_base(batch_ledger **opened, const char *path, int flags,
                              quire_error *error)
{
    batch_ledger *l = *opened = g_new0(batch_ledger, 1);
    l->path = g_strdup(path);
    if (sqlite3_open_v2(path, &l->base, flags, NULL) != SQLITE_OK)
        return fail(l, error);
    return QUIRE_OK;
}

static quire_status keep_or_close(batch_ledger **opened, quire_status status)
{
    if (status != QUIRE_OK)
        g_clear_pointer(opened, ledger_close);
    return status;
}

quire_status ledger_open(batch_ledger **opened, const char *path, double wait, quire_error *error)
{
    quire_status status =
        open_base(opened, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (status == QUIRE_OK)
        status = set_up(*opened, wait, error);
    if (status == QUIRE_OK)
        status = prepare(*opened, error);
    return keep_or_close(opened, status);
}

quire_status ledger_open_readable(batch_ledger **opened, const char *path, quire_error *error)
{
    quire_status status = open_base(opened, path, SQLITE_OPEN_READWRITE, error);
    if (status == QUIRE_OK)
        status = check(*opened, error);
    if (status == QUIRE_OK)
        status = prepare(*opened, error);
    return keep_or_close(opened, status);
}

void ledger_close(batch_ledger *ledger)
{
    if (!ledger)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(ledger->ready[i]);
    sqlite3_close(ledger->base);
    g_free(ledger->path);
    g_free(ledger);
}

quire_status ledger_empty(batch_ledger *ledger, quire_error *error)
{
    return execute(ledger, "BEGIN; DELETE FROM output; DELETE FROM doc; COMMIT", error);
}

/* ---- notes ---- */

quire_status ledger_note(batch_ledger *ledger, const char *key, const char *value,
                         quire_error *error)
{
    char *sql = sqlite3_mprintf("INSERT OR REPLACE INTO meta VALUES(%Q,%Q)", key, value);
    quire_status status = execute(ledger, sql, error);
    sqlite3_free(sql);
    return status;
}

static sqlite3_stmt *query(batch_ledger *l, const char *sql)
{
    sqlite3_stmt *found = NULL;
    sqlite3_prepare_v2(l->base, sql, -1, &found, NULL);
    return found;
}

char *ledger_noted(batch_ledger *ledger, const char *key)
{
    char *sql = sqlite3_mprintf("SELECT v FROM meta WHERE k=%Q", key);
    sqlite3_stmt *found = query(ledger, sql);
    char *value = NULL;
    if (sqlite3_step(found) == SQLITE_ROW)
        value = g_strdup((const char *)sqlite3_column_text(found, 0));
    sqlite3_finalize(found);
    sqlite3_free(sql);
    return value;
}

double ledger_number(batch_ledger *ledger, const char *sql)
{
    sqlite3_stmt *found = query(ledger, sql);
    double value = sqlite3_step(found) == SQLITE_ROW ? sqlite3_column_double(found, 0) : 0;
    sqlite3_finalize(found);
    return value;
}

/* ---- writing ---- */

quire_status ledger_begin(batch_ledger *ledger, quire_error *error)
{
    return execute(ledger, "BEGIN IMMEDIATE", error);
}

quire_status ledger_commit(batch_ledger *ledger, quire_error *error)
{
    return execute(ledger, "COMMIT", error);
}

static void bind_text(sqlite3_stmt *to, int column, const char *text)
{
    sqlite3_bind_text(to, column, text && *text ? text : NULL, -1, SQLITE_STATIC);
}

static void bind_row(sqlite3_stmt *to, const ledger_row *row)
{
    const char *const texts[] = {
        [1] = row->path,     [4] = row->sha256,     [5] = row->key,    [10] = row->error_kind,
        [12] = row->message, [13] = row->signature, [18] = row->review};
    const int64_t numbers[] = {
        [2] = row->size,       [3] = row->mtime_ns, [6] = row->state,       [7] = row->deaths,
        [8] = row->pages_done, [9] = row->pages,    [11] = row->error_page, [14] = row->cpu_ms,
        [15] = row->wall_ms,   [16] = row->peak_kb, [19] = row->run};
    static const int number_columns[] = {2, 3, 6, 7, 8, 9, 11, 14, 15, 16, 19};
    static const int text_columns[] = {1, 4, 5, 10, 12, 13, 18};
    for (size_t i = 0; i < G_N_ELEMENTS(number_columns); i++)
        sqlite3_bind_int64(to, number_columns[i], numbers[number_columns[i]]);
    for (size_t i = 0; i < G_N_ELEMENTS(text_columns); i++)
        bind_text(to, text_columns[i], texts[text_columns[i]]);
    sqlite3_bind_double(to, 17, row->confidence);
}

static bool run_once(sqlite3_stmt *step)
{
    bool is_good = sqlite3_step(step) == SQLITE_DONE;
    sqlite3_reset(step);
    return is_good;
}

static bool write_output(batch_ledger *l, int64_t doc, size_t number, const ledger_output *output)
{
    sqlite3_stmt *to = l->ready[WRITE_OUTPUT];
    sqlite3_bind_int64(to, 1, doc);
    sqlite3_bind_int64(to, 2, (int64_t)number);
    bind_text(to, 3, output->path);
    bind_text(to, 4, output->sha256);
    sqlite3_bind_int64(to, 5, (int64_t)output->bytes);
    return run_once(to);
}

quire_status ledger_write(batch_ledger *ledger, const ledger_row *row, quire_error *error)
{
    sqlite3_stmt *to = ledger->ready[WRITE_DOC];
    bind_row(to, row);
    if (sqlite3_step(to) != SQLITE_ROW) {
        quire_status status = fail(ledger, error);
        sqlite3_reset(to);
        return status;
    }
    int64_t doc = sqlite3_column_int64(to, 0);
    bool is_good = sqlite3_step(to) == SQLITE_DONE;
    sqlite3_reset(to);
    sqlite3_bind_int64(ledger->ready[CLEAR_OUTPUTS], 1, doc);
    is_good = is_good && run_once(ledger->ready[CLEAR_OUTPUTS]);
    for (size_t i = 0; is_good && i < row->output_count; i++)
        is_good = write_output(ledger, doc, i, &row->outputs[i]);
    return is_good ? QUIRE_OK : fail(ledger, error);
}

/* ---- reading ---- */

static char *text_at(sqlite3_stmt *from, int column)
{
    return g_strdup((const char *)sqlite3_column_text(from, column));
}

static void copy_at(sqlite3_stmt *from, int column, char *to, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(from, column);
    g_strlcpy(to, text ? text : "", size);
}

static void read_outputs(batch_ledger *l, int64_t doc, ledger_row *row)
{
    sqlite3_stmt *from = l->ready[FIND_OUTPUTS];
    sqlite3_bind_int64(from, 1, doc);
    while (sqlite3_step(from) == SQLITE_ROW) {
        row->outputs = g_renew(ledger_output, row->outputs, row->output_count + 1);
        ledger_output *output = &row->outputs[row->output_count++];
        output->path = text_at(from, 0);
        copy_at(from, 1, output->sha256, sizeof output->sha256);
        output->bytes = (uint64_t)sqlite3_column_int64(from, 2);
    }
    sqlite3_reset(from);
}

static void read_row(batch_ledger *l, sqlite3_stmt *from, ledger_row *row)
{
    *row = (ledger_row){
        .path = text_at(from, 0),
        .size = sqlite3_column_int64(from, 1),
        .mtime_ns = sqlite3_column_int64(from, 2),
        .state = (ledger_state)sqlite3_column_int(from, 5),
        .deaths = sqlite3_column_int(from, 6),
        .pages_done = sqlite3_column_int(from, 7),
        .pages = sqlite3_column_int(from, 8),
        .error_page = sqlite3_column_int(from, 10),
        .message = text_at(from, 11),
        .cpu_ms = sqlite3_column_int64(from, 13),
        .wall_ms = sqlite3_column_int64(from, 14),
        .peak_kb = sqlite3_column_int64(from, 15),
        .confidence = sqlite3_column_double(from, 16),
        .review = text_at(from, 17),
        .run = sqlite3_column_int64(from, 18),
    };
    copy_at(from, 3, row->sha256, sizeof row->sha256);
    copy_at(from, 4, row->key, sizeof row->key);
    copy_at(from, 9, row->error_kind, sizeof row->error_kind);
    copy_at(from, 12, row->signature, sizeof row->signature);
    read_outputs(l, sqlite3_column_int64(from, 19), row);
}

static bool find(batch_ledger *l, statement which, const char *text, ledger_row *row)
{
    sqlite3_stmt *from = l->ready[which];
    bind_text(from, 1, text);
    bool is_found = sqlite3_step(from) == SQLITE_ROW;
    if (is_found)
        read_row(l, from, row);
    sqlite3_reset(from);
    return is_found;
}

bool ledger_find(batch_ledger *ledger, const char *path, ledger_row *row)
{
    return find(ledger, FIND_PATH, path, row);
}

bool ledger_find_key(batch_ledger *ledger, const char *key, ledger_row *row)
{
    return find(ledger, FIND_KEY, key, row);
}

bool ledger_has_output(batch_ledger *ledger, const char *path)
{
    sqlite3_stmt *from = ledger->ready[FIND_OUTPUT];
    bind_text(from, 1, path);
    bool is_found = sqlite3_step(from) == SQLITE_ROW;
    sqlite3_reset(from);
    return is_found;
}

quire_status ledger_each(batch_ledger *ledger, const char *filter, const char *order,
                         ledger_row_fn each, void *user, quire_error *error)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT " COLUMNS ", id FROM doc %s%s ORDER BY %s", filter ? "WHERE " : "",
                        filter ? filter : "", order ? order : "path");
    sqlite3_stmt *from = query(ledger, sql);
    bool goes_on = true;
    int code = SQLITE_ROW;
    while (goes_on && (code = sqlite3_step(from)) == SQLITE_ROW) {
        ledger_row row;
        read_row(ledger, from, &row);
        goes_on = each(user, &row);
        ledger_row_clear(&row);
    }
    quire_status status = goes_on && code != SQLITE_DONE ? fail(ledger, error) : QUIRE_OK;
    sqlite3_finalize(from);
    return status;
}
