"""What the tests of batch/ share: documents with faults, trees of outputs, what a run left.

They hold in containers, too: where the kernel provably lacks something, a test that is about it is
skipped with the reason, and the others run with what there is.
"""
import ctypes
import hashlib
import os
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "cli"))

from cli import BINARY, Case, main, pages  # noqa: E402,F401

IS_SANITIZED = b"__asan_init" in open(BINARY, "rb").read()
PATIENCE = 10 if IS_SANITIZED else 1


SYS_SECCOMP, GET_ACTION_AVAIL, KILL_PROCESS = 317, 2, 0x80000000
SYS_LANDLOCK_CREATE, ASK_VERSION = 444, 1


def missing_locks():
    """What workers cannot be locked in with here, as the kernel itself says; None."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(SYS_LANDLOCK_CREATE, None, 0, ASK_VERSION) < 1:
        return f"no Landlock here: {os.strerror(ctypes.get_errno())}"
    action = ctypes.c_uint32(KILL_PROCESS)
    if call(SYS_SECCOMP, GET_ACTION_AVAIL, 0, ctypes.byref(action)) != 0:
        return f"no seccomp here: {os.strerror(ctypes.get_errno())}"
    return None


MISSING_LOCKS = missing_locks()
LOCKED_IN = ("--sandbox", "best-effort" if MISSING_LOCKS else "on")
HAS_PROC = os.path.exists("/proc/self/stat")


def with_locks(arguments):
    return arguments if "--sandbox" in arguments or not MISSING_LOCKS else (*arguments, *LOCKED_IN)


def faulty(kind, page=0, count=5, text="Page {} of a document with a fault."):
    return pages(count, text) + f"\n%FAULT {kind} {page}\n".encode()


def tree(folder):
    """Path and hash of every output."""
    found = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != ".quire"]
        for name in names:
            path = os.path.join(top, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def temporary(out):
    """Files that are on their way."""
    found = []
    for top, _, names in os.walk(os.path.join(out, ".quire")):
        if os.path.basename(top).startswith("tmp-"):
            found += names
    return found


class BatchCase(Case):
    def archive(self, count, folder="in", many=2):
        for number in range(count):
            self.write(f"{folder}/{number % 7}/{number}.pdf",
                       pages(1 + number % many, f"Document {number}, page {{}}."))

    def batch(self, *arguments, code=0, **more):
        return self.quire("batch", *with_locks(arguments), code=code, **more)

    def rows(self, out="out", columns="path, state", part="run"):
        base = sqlite3.connect(self.path(f"{out}/.quire/{part}.db"))
        self.assertEqual(base.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        found = base.execute(f"SELECT {columns} FROM doc ORDER BY path").fetchall()
        base.close()
        return found

    def start(self, *arguments, **more):
        return subprocess.Popen([BINARY, "batch", *with_locks(arguments)], cwd=self.folder,
                                stderr=subprocess.DEVNULL, start_new_session=True, **more)

    def workers_of(self, pid):
        """Without /proc nobody knows."""
        try:
            with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                return [int(word) for word in file.read().split()]
        except OSError:
            return []
