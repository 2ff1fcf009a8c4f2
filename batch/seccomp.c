/*
 * Which system calls a worker may make: those that computing, memory and reading open files need.
 * What a library merely tries gets an error and goes on; what only an intruder would do ends the
 * process.
 */
#include "batch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <unistd.h>

#define CALL(name) SCMP_SYS(name)

/* Those that were seen in runs over text, drawing and recognition, and their elder relatives. */
static const int allowed[] = {
    /* what is open already */
    CALL(read),
    CALL(readv),
    CALL(pread64),
    CALL(write),
    CALL(writev),
    CALL(lseek),
    CALL(close),
    CALL(fcntl),
    CALL(fadvise64),
#if defined(__SANITIZE_ADDRESS__)
    CALL(pipe2), /* the check of C++ types writes what it doubts into a pipe, to see if it is there
                  */
#endif
    CALL(recvmsg),
    CALL(sendmsg),
    CALL(poll),
    CALL(ppoll),
    /* names; Landlock says which */
    CALL(stat),
    CALL(lstat),
    CALL(fstat),
    CALL(newfstatat),
    CALL(statx),
    CALL(statfs),
    CALL(fstatfs),
    CALL(access),
    CALL(faccessat),
    CALL(faccessat2),
    CALL(readlink),
    CALL(readlinkat),
    CALL(getdents64),
    CALL(getcwd),
    /* memory */
    CALL(mmap),
    CALL(munmap),
    CALL(mremap),
    CALL(mprotect),
    CALL(madvise),
    CALL(brk),
    CALL(membarrier),
    /* signals to itself, locks, time, chance */
    CALL(rt_sigprocmask),
    CALL(rt_sigaction),
    CALL(rt_sigreturn),
    CALL(sigaltstack),
    CALL(futex),
    CALL(set_robust_list),
    CALL(rseq),
    CALL(restart_syscall),
    CALL(clock_gettime),
    CALL(clock_getres),
    CALL(clock_nanosleep),
    CALL(nanosleep),
    CALL(gettimeofday),
    CALL(time),
    CALL(times),
    CALL(getrusage),
    CALL(getrandom),
    /* who and where it is */
    CALL(getpid),
    CALL(gettid),
    CALL(getuid),
    CALL(geteuid),
    CALL(getgid),
    CALL(getegid),
    CALL(uname),
    CALL(sysinfo),
    CALL(sched_yield),
    CALL(sched_getaffinity),
#if defined(__SANITIZE_ADDRESS__) /* which asks a pipe whether memory is there */
    CALL(pipe),
    CALL(pipe2),
#endif
    /* the end */
    CALL(exit),
    CALL(exit_group),
};

static const int deadly[] = {
    CALL(execve),
    CALL(execveat),
    CALL(ptrace),
    CALL(process_vm_readv),
    CALL(process_vm_writev),
    CALL(bpf),
    CALL(unshare),
    CALL(setns),
    CALL(mount),
    CALL(umount2),
    CALL(pivot_root),
    CALL(chroot),
    CALL(init_module),
    CALL(finit_module),
    CALL(kexec_load),
    CALL(keyctl),
    CALL(perf_event_open),
    CALL(userfaultfd),
    CALL(io_uring_setup),
    CALL(reboot),
};

static bool add_all(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
    bool is_good = true;
    for (size_t i = 0; i < count; i++)
        is_good = is_good && seccomp_rule_add(filter, action, calls[i], 0) == 0;
    return is_good;
}

/* Opening only to read, signals only to itself, limits only to look at. */
static bool add_conditions(scmp_filter_ctx filter)
{
    const uint64_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_EXCL;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(open), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0)) ==
               0 &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), CALL(ioctl), 0) == 0;
}

bool seccomp_restrict(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    bool is_good = add_all(filter, SCMP_ACT_ALLOW, allowed, sizeof allowed / sizeof *allowed) &&
                   add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, sizeof deadly / sizeof *deadly) &&
                   add_conditions(filter) &&
                   seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 &&
                   seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_good;
}
