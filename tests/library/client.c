/*
 * A stranger to the project that uses libquire as its header tells: converts a file, and bytes that
 * it holds itself, and lists formats. Also read by a C++ compiler.
 */
#include <quire/quire.h>

#include <stdio.h>
#include <string.h>

typedef struct counted {
    size_t bytes;
    int issues, pages;
} counted;

static bool count(void *user, const void *bytes, size_t size)
{
    (void)bytes;
    ((counted *)user)->bytes += size;
    return true;
}

static void count_issue(void *user, const quire_issue *issue)
{
    (void)issue;
    ((counted *)user)->issues++;
}

static void count_page(void *user, int page, int pages)
{
    (void)page, (void)pages;
    ((counted *)user)->pages++;
}

static int fail(const char *what, const quire_error *error)
{
    fprintf(stderr, "client: %s: %s\n", what, error->message);
    return 1;
}

static int convert_file(const char *path)
{
    counted markdown = {0, 0, 0}, json = {0, 0, 0};
    quire_input input;
    quire_options options;
    quire_error error;
    memset(&input, 0, sizeof input);
    memset(&options, 0, sizeof options);
    input.path = path;
    options.words = true;
    options.user = &json;
    options.on_issue = count_issue;
    options.on_page = count_page;
    quire_output outputs[2] = {{"markdown", count, &markdown}, {"json", count, &json}};
    if (quire_convert(&input, &options, outputs, 2, &error) != QUIRE_OK)
        return fail(path, &error);
    if (markdown.bytes == 0 || json.bytes <= markdown.bytes || json.pages == 0 || json.issues != 0)
        return fail("the document did not come through whole", &error);
    return 0;
}

static int refuse_nonsense(void)
{
    static const char nonsense[] = "this is no document";
    counted none = {0, 0, 0};
    quire_input input;
    quire_error error;
    memset(&input, 0, sizeof input);
    input.bytes = nonsense;
    input.size = sizeof nonsense - 1;
    quire_output output = {"markdown", count, &none};
    quire_status status = quire_convert(&input, NULL, &output, 1, &error);
    if (status != QUIRE_UNSUPPORTED || error.status != status || none.bytes != 0)
        return fail("nonsense was taken for a document", &error);
    return quire_convert(&input, NULL, &output, 1, NULL) == status ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 2 || !quire_format_at(0) || !quire_pass_at(0) || !strstr(quire_schema(), "$schema"))
        return 2;
    printf("libquire %s\n%s", quire_version(), quire_library_versions());
    return convert_file(argv[1]) || refuse_nonsense();
}
