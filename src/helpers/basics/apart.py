"""A reader that may bring down its process is run in one of its own, with limits on time and memory."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from importlib import import_module

from helpers.basics import forking
from helpers.basics.errors import DataError, is_traced

SECONDS, MEMORY = 60, 1 << 30
_REFUSED, _FAILED = 3, 4
# Signals which whoever forks may have taken for itself.
_OWN = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)


def call(reader: str, content: bytes, name: str, expected: str):
    """Return what a reader makes of a file's content; one that dies of it, or takes too long, is told by the file's name.

    `reader` is `module:function`; the function takes the content and the name and returns what JSON can hold,
    or what has a `plain` that JSON can hold.
    `expected` is what the file should have been.
    """
    asked = _forked if forking.can_fork() else _started
    status, told = asked(reader, content, name)
    if status == -signal.SIGALRM:
        raise DataError(name, f"读了 {SECONDS} 秒还没有读完，文件太大或已损坏，没有读", expected)
    if status == _REFUSED:
        raise DataError(*json.loads(told))
    if status:
        said = f"\n{json.loads(told)}" if status == _FAILED and is_traced() else ""
        raise DataError(name, "文件太大或已损坏，没有读", expected + said)
    return json.loads(told)


def _forked(reader: str, content: bytes, name: str) -> tuple[int, bytes]:
    """Ask a copy of this process, which has the reader loaded; return how it ended and what it wrote."""
    _found(reader)
    parent = os.getpid()
    received, sent = os.pipe2(os.O_CLOEXEC)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            forking.die_with(parent)
            _keep_only(sent)
            gc.freeze()
            status = _answer(reader, content, name, SECONDS)
        finally:
            os._exit(status)
    os.close(sent)
    try:
        with os.fdopen(received, "rb") as answer:
            told = answer.read()
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    finally:
        status = os.waitpid(pid, 0)[1]
    return os.waitstatus_to_exitcode(status), told


def _keep_only(sent: int) -> None:
    """Have nothing open but where the answer goes, and no signal that does what it does in the process before."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor, target in ((nothing, 0), (sent, 1), (nothing, 2)):
        os.dup2(descriptor, target)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    for number in _OWN:
        signal.signal(number, signal.SIG_DFL)


def _started(reader: str, content: bytes, name: str) -> tuple[int, bytes]:
    """Ask a process started anew; return how it ended and what it wrote."""
    program = "from helpers.basics import apart; apart.answer()"
    command = [sys.executable, "-P", "-c", program, reader, name, str(SECONDS)]
    done = subprocess.run(command, input=content, capture_output=True, check=False)
    return done.returncode, done.stdout


def answer() -> None:
    """Be a process started anew: read the content from standard input, and answer."""
    reader, name, seconds = sys.argv[1:]
    sys.exit(_answer(reader, sys.stdin.buffer.read(), name, int(seconds)))


def _answer(reader: str, content: bytes, name: str, seconds: int) -> int:
    """Write what the reader makes of the content as JSON, within limits, and return the status to end with."""
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most, room = resource.getrlimit(resource.RLIMIT_DATA)[1], forking.taken() + MEMORY
    resource.setrlimit(
        resource.RLIMIT_DATA, (room if most == resource.RLIM_INFINITY else min(room, most),) * 2
    )
    try:
        told, status = _found(reader)(content, name), 0
        told = told.plain() if hasattr(told, "plain") else told
    except DataError as error:
        told, status = (error.place, error.problem, error.expected), _REFUSED
    except Exception:
        told, status = traceback.format_exc(), _FAILED
    with os.fdopen(1, "wb", closefd=False) as out:
        out.write(json.dumps(told).encode())
    return status


def _found(reader: str):
    module, _, function = reader.partition(":")
    return getattr(import_module(module), function)
