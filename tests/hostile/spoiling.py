"""How a file of a good department-year is spoilt."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from hostile.inputs import EITHER, REFUSED, Input, Spoil


def put(file: str, content) -> Spoil:
    """Put this content, or what this function makes, in place of a file."""

    def spoil(place: Path) -> None:
        made = content() if callable(content) else content
        target = _cleared(place / file)
        target.write_bytes(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)

    return spoil


def swap(file: str, old: str, new: str) -> Spoil:
    """Replace what stands once or more in the good file, a regular expression, the first time."""

    def spoil(place: Path) -> None:
        text = (place / file).read_text(encoding="utf-8")
        changed, times = re.subn(old, lambda _: new, text, count=1, flags=re.M)
        if not times:
            raise AssertionError(f"{old} is not in {file}")
        (place / file).write_bytes(changed.encode("utf-8", "surrogatepass"))

    return spoil


def added(file: str, content) -> Spoil:
    """Write something after the end of the good file."""

    def spoil(place: Path) -> None:
        made = content() if callable(content) else content
        with (place / file).open("ab") as end:
            end.write(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)

    return spoil


def recoded(file: str, coding: str, start: bytes = b"") -> Spoil:
    """Write the good file in another coding."""
    return lambda place: _rewrite(place / file, lambda text: start + text.encode(coding))


def _rewrite(file: Path, change) -> None:
    file.write_bytes(change(file.read_bytes().decode("utf-8")))


def _cleared(target: Path) -> Path:
    """Return a path at which nothing stands any more."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    target.parent.mkdir(exist_ok=True)
    return target


def gone(file: str) -> Spoil:
    """Take the file away."""
    return lambda place: _cleared(place / file) and None


def folder(file: str) -> Spoil:
    """Put a folder in place of a file."""
    return lambda place: _cleared(place / file).mkdir()


def pipe(file: str) -> Spoil:
    """Put a named pipe in place of a file: whoever opens it waits."""
    return lambda place: os.mkfifo(_cleared(place / file))


def link(file: str, target: str) -> Spoil:
    """Put a symbolic link in place of a file."""
    return lambda place: _cleared(place / file).symlink_to(target)


def plug(file: str) -> Spoil:
    """Put a socket in place of a file."""

    def spoil(place: Path) -> None:
        target, here = _cleared(place / file), os.open(".", os.O_RDONLY)
        try:
            os.chdir(target.parent)  # the path of a socket may have only 107 bytes
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(target.name)
        finally:
            os.fchdir(here)
            os.close(here)

    return spoil


def sparse(file: str, size: int = 30 << 30) -> Spoil:
    """Put a file in place that is huge and takes no room."""

    def spoil(place: Path) -> None:
        with _cleared(place / file).open("wb") as empty:
            empty.truncate(size)

    return spoil


def locked(file: str) -> Spoil:
    """Let nobody read a file."""
    return lambda place: (place / file).chmod(0)


NO_FILES = {
    "is-a-folder": folder,
    "is-a-pipe": pipe,
    "is-a-socket": plug,
    "is-sparse": sparse,
    "is-its-own-link": lambda file: link(file, Path(file).name),
    "is-a-dangling-link": lambda file: link(file, "nowhere"),
    "is-dev-zero": lambda file: link(file, "/dev/zero"),
    "is-dev-urandom": lambda file: link(file, "/dev/urandom"),
    "is-dev-full": lambda file: link(file, "/dev/full"),
    "is-dev-stdin": lambda file: link(file, "/dev/stdin"),
    "is-passwd": lambda file: link(file, "/etc/passwd"),
    "is-a-memory": lambda file: link(file, "/proc/self/mem"),
    "is-gone": gone,
}


def no_files(kind: str, file: str, which, fine=()) -> Iterator[Input]:
    """Yield the inputs in which something stands for a file that is none."""
    for name in which:
        yield Input(
            f"{kind}-{name}", NO_FILES[name](file), EITHER if name in fine else REFUSED, file
        )
    yield Input(f"{kind}-is-locked", locked(file), REFUSED, file, not_as_root=True)
