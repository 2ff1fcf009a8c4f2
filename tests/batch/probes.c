/*
 * Attacks on the walls around a worker. Each is harmless where it goes, and goes everywhere but in
 * a worker that is locked in.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/batch/faulty.h"

static const char scratch[] = "probe-scratch"; /* in the folder that the run was started in */

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool read_passwords(void)
{
    return opens("/etc/passwd", O_RDONLY);
}

static bool read_input_folder(void)
{
    DIR *folder = opendir("in");
    return folder && closedir(folder) == 0;
}

static bool read_neighbour(void)
{
    return opens("in/neighbour.pdf", O_RDONLY);
}

static bool read_environment(void)
{
    return opens("/proc/self/environ", O_RDONLY);
}

static bool read_parent_memory(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
    return opens(path, O_RDONLY);
}

static bool write_file(void)
{
    return opens(scratch, O_WRONLY | O_CREAT | O_TRUNC);
}

static bool write_to_fonts(void)
{
    return opens("/usr/share/fonts", O_RDWR | O_TMPFILE);
}

static bool make_folder(void)
{
    return mkdir("probe-folder", 0700) == 0 && rmdir("probe-folder") == 0;
}

static bool remove_file(void)
{
    return unlink("in/victim") == 0;
}

static bool rename_file(void)
{
    return rename("in/moved", "in/moved-away") == 0;
}

static bool make_link(void)
{
    return symlink("/etc/passwd", "probe-link") == 0 && unlink("probe-link") == 0;
}

static bool change_mode(void)
{
    return chmod("in/neighbour.pdf", 0600) == 0;
}

static bool open_internet_socket(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd >= 0 && close(fd) == 0;
}

static bool open_unix_socket(void)
{
    int pair[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && close(pair[0]) == 0;
}

static bool send_datagram(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    return fd >= 0 && sendto(fd, "x", 1, 0, (const struct sockaddr *)&to, sizeof to) == 1;
}

static bool fork_child(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

/* In a child, where there can be one, so that somebody is left to tell. */
static bool execute(void)
{
    char name[] = "true", *const arguments[] = {name, NULL};
    int status = 1;
    pid_t child = fork();
    if (child <= 0) {
        execv("/bin/true", arguments);
        _exit(1);
    }
    return waitpid(child, &status, 0) == child && status == 0;
}

/* It is let go again: who is traced stops at every signal. */
static bool trace_parent(void)
{
    pid_t parent = getppid();
    if (ptrace(PTRACE_SEIZE, parent, NULL, NULL) != 0)
        return false;
    return ptrace(PTRACE_INTERRUPT, parent, NULL, NULL) == 0 &&
           waitpid(parent, NULL, __WALL) == parent &&
           ptrace(PTRACE_DETACH, parent, NULL, NULL) == 0;
}

static bool read_parent(void)
{
    char here[1];
    struct iovec local = {here, sizeof here}, remote = {NULL, sizeof here};
    ssize_t got = process_vm_readv(getppid(), &local, 1, &remote, 1, 0);
    return got >= 0 || errno == EFAULT; /* nothing lies there, but it was allowed to look */
}

static bool signal_parent(void)
{
    return kill(getppid(), SIGCONT) == 0;
}

static bool load_bpf(void)
{
    union bpf_attr what;
    memset(&what, 0, sizeof what);
    what.map_type = BPF_MAP_TYPE_ARRAY;
    what.key_size = what.value_size = 4;
    what.max_entries = 1;
    long map = syscall(SYS_bpf, BPF_MAP_CREATE, &what, sizeof what);
    return map >= 0 && close((int)map) == 0;
}

static bool raise_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return false;
    return setrlimit(RLIMIT_NOFILE, &files) == 0;
}

static bool make_memory_file(void)
{
    int fd = memfd_create("probe", 0);
    return fd >= 0 && close(fd) == 0;
}

static const struct probe {
    const char *name;
    bool (*attack)(void);
} probes[] = {
    {"read-passwords", read_passwords},
    {"read-input-folder", read_input_folder},
    {"read-neighbour", read_neighbour},
    {"read-environment", read_environment},
    {"read-parent-memory", read_parent_memory},
    {"write-file", write_file},
    {"write-to-fonts", write_to_fonts},
    {"make-folder", make_folder},
    {"remove-file", remove_file},
    {"rename-file", rename_file},
    {"make-link", make_link},
    {"change-mode", change_mode},
    {"internet-socket", open_internet_socket},
    {"unix-socket", open_unix_socket},
    {"send-datagram", send_datagram},
    {"fork", fork_child},
    {"execute", execute},
    {"trace-parent", trace_parent},
    {"read-parent", read_parent},
    {"signal-parent", signal_parent},
    {"bpf", load_bpf},
    {"raise-limit", raise_limit},
    {"memory-file", make_memory_file},
};

bool probe_succeeds(const char *name)
{
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        if (strcmp(probes[i].name, name) == 0)
            return probes[i].attack();
    _exit(99);
}
