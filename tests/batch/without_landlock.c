/* Runs a program on a kernel that has no Landlock: without_landlock PROGRAM ARGUMENT... */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (argc < 2 || !filter ||
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) ||
        seccomp_load(filter)) {
        fprintf(stderr, "without_landlock: cannot do it\n");
        return 1;
    }
    execv(argv[1], argv + 1);
    return 1;
}
