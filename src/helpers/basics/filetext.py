"""A file's content, whole and bounded, or refused by the name that messages call it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from helpers.basics.errors import DataError, system

LARGEST = 2_000_000  # bytes
_SAVE_AS = {
    ".csv": "在 Excel 里另存为「CSV UTF-8（逗号分隔）」",
    ".txt": "在记事本里另存为，编码选 UTF-8，",
}


def bytes_of(path: str | Path, name: str, largest: int) -> bytes:
    """Return a file's content, or refuse it by name: absent, no ordinary file (a pipe would be waited for), too large."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise DataError(name, "没有这个文件") from None
    except OSError as error:
        raise DataError(name, f"读不了（{system(error)}）") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise DataError(name, "不是普通文件（是文件夹、管道或设备）", "一个文件")
        if found.st_size > largest:
            raise DataError(name, f"文件超过 {_megabytes(largest)} MB", "更小的文件")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(found.st_size or largest)  # not more: room would be made for it
    except OSError as error:
        raise DataError(name, f"读不了（{system(error)}）") from None
    finally:
        os.close(descriptor)


def _megabytes(size: int) -> str:
    tenths = size // 100_000
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


def text_of(path: Path, name: str, largest: int = LARGEST) -> str:
    """Return a text file's content, or refuse it by name: absent, too large, empty, not UTF-8."""
    raw = bytes_of(path, name, largest)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DataError(
            f"{name} 第 {line} 行",
            "不是 UTF-8 编码（可能是 GBK）",
            f"UTF-8 编码，请{_SAVE_AS.get(path.suffix.lower(), '另存为 UTF-8 编码')}后再试",
        ) from None
    if not text.strip():
        raise DataError(name, "文件是空的")
    return text
