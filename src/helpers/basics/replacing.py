"""A file written anew: beside the old one, then in its place by one rename, so that whoever looks finds a whole one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".replacing-"
_PERMISSIONS = 0o777


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Yield an empty file beside a place, which takes that place when the block ends and is gone where it fails.

    It gets the mode of the file that it replaces, else what the umask leaves. An error over it names the place.
    """
    made, mode = place.with_name(_PREFIX + os.urandom(8).hex()), _mode(place)
    try:
        # Until it has its mode, nobody else is to read what replaces a file that may not be read.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        os.close(os.open(made, flags, 0o666 if mode is None else 0o600))
        yield made
        if mode is not None:
            made.chmod(mode)
        os.replace(made, place)
    except OSError as error:
        if error.errno and (error.filename is None or str(error.filename) == str(made)):
            error.filename = str(place)
        raise
    finally:
        with suppress(OSError):
            made.unlink()


def write(place: Path, content: str | bytes, durable: bool = False) -> None:
    """Write a file in one step; `durable`: it is on the disk before it takes its place, so that a power cut halves nothing."""
    with beside(place) as made:
        made.write_bytes(content.encode() if isinstance(content, str) else content)
        if durable:
            sync(made)


def sync(place: Path) -> None:
    """Wait until a file, or which files a folder has, is on the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear(folder: Path) -> None:
    """Take away what processes that were killed left half written in a folder; whoever asks must be alone in it."""
    for left in folder.glob(f"{_PREFIX}*"):
        left.unlink(missing_ok=True)


def _mode(place: Path) -> int | None:
    """Return who may do what with the file in a place; nothing where there is none."""
    with suppress(OSError):
        return place.stat().st_mode & _PERMISSIONS
    return None
