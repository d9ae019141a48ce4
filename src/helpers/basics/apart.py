"""A reader that may bring down its process is run in one of its own, with limits on time and memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from importlib import import_module

from helpers.basics.errors import DataError

SECONDS, MEMORY = 60, 1 << 30
_REFUSED = 3


def call(reader: str, content: bytes, name: str, expected: str):
    """Return what a reader makes of a file's content; one that dies of it, or takes too long, is told by the file's name.

    `reader` is `module:function`; the function takes the content and the name and returns what JSON can hold,
    or what has a `plain` that JSON can hold.
    `expected` is what the file should have been.
    """
    command = [
        sys.executable,
        "-P",
        "-c",
        "from helpers.basics import apart; apart.answer()",
        reader,
        name,
    ]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise DataError(
            name,
            f"读了 {SECONDS} 秒还没有读完，文件太大或已损坏，没有读",
            expected,
        ) from None
    if done.returncode == _REFUSED:
        raise DataError(*json.loads(done.stdout))
    if done.returncode:
        raise DataError(name, "文件太大或已损坏，没有读", expected)
    return json.loads(done.stdout)


def answer() -> None:
    """Be the process of its own: read the content from standard input, and write what the reader makes of it as JSON."""
    reader, name = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(
        resource.RLIMIT_DATA, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most),) * 2
    )
    module, _, function = reader.partition(":")
    content = sys.stdin.buffer.read()
    try:
        told, status = getattr(import_module(module), function)(content, name), 0
        told = told.plain() if hasattr(told, "plain") else told
    except DataError as error:
        told, status = (error.place, error.problem, error.expected), _REFUSED
    sys.stdout.buffer.write(json.dumps(told).encode())
    sys.stdout.flush()
    raise SystemExit(status)
