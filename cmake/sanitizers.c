/*
 * What programs with sanitizers are told, wherever they are run: libraries that keep memory to the
 * end of the process do not leak it.
 */

const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

/* What is suppressed is not told: tests look at all that is on standard error. */
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
