"""All reports of an outputs folder as Parquet with exact decimals: OUTPUTS/store, brought up to date by what changed.

A department's years lie together in one of `PARTS` files of each table, so that one changed report costs one part of
each. A part is written aside and put in its place by one rename; what was collected is noted last. Whatever is killed
in between, the next one reads again what is not noted.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from helpers.across import shape, stamps
from helpers.across.connection import connected, literal, text
from helpers.across.stamps import Key, Stamp

FOLDER, NOTED, ASIDE = "store", "collected.json", ".new"
PARTS = 256


@dataclass(frozen=True)
class Collected:
    """How a store was brought up to date: reports read, gone, and all that it holds; what could not be read, in words."""

    read: int
    gone: int
    held: int
    unread: tuple[str, ...]


def part(department: str) -> str:
    """Return the part that holds a department."""
    return f"{hashlib.sha256(department.encode()).digest()[0] % PARTS:03d}"


def collect(outputs: Path, data: Path | None = None) -> Collected:
    """Bring the store of an outputs folder up to date.

    `data` is the data folder that the reports were made from; without it their figures are not in the store. OSError:
    the store cannot be written.
    """
    place = outputs / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        for left in place.glob(f"*/*{ASIDE}"):
            left.unlink(missing_ok=True)
        before = stamps.kept(place / NOTED)
        if not before:  # whatever stands here, nobody knows of which reports it is
            for left in place.glob("*/*.parquet"):
                left.unlink(missing_ok=True)
        now = stamps.there(outputs, data)
        changed = stamps.changed(now, before)
        broken = _renew(place, outputs, data, now, changed) if changed else {}
        if changed or not (place / NOTED).exists():
            noted = {key: stamp for key, stamp in now.items() if key not in broken}
            _put(place / NOTED, stamps.written(noted).encode())
    gone = sum(key not in now for key in changed)
    read = len(changed) - gone - len(broken)
    return Collected(read, gone, len(now) - len(broken), tuple(broken.values()))


def _renew(
    place: Path, outputs: Path, data: Path | None, now: dict[Key, Stamp], changed: set[Key]
) -> dict[Key, str]:
    """Write every part anew that has a changed report; return what could not be read, and why."""
    import duckdb

    from helpers.across import loading

    touched = {part(department) for department, _ in changed}
    old = {key for key in now if key not in changed}
    broken: dict[Key, str] = {}
    for table in shape.TABLES:
        (place / table).mkdir(exist_ok=True)
    with connected() as con:
        for name in sorted(touched):
            fresh = sorted(k for k in changed if k in now and part(k[0]) == name)
            try:
                loading.load(con, outputs, data, fresh)
            except (duckdb.Error, UnicodeDecodeError):
                spoiled = _spoiled(con, outputs, data, fresh)
                broken |= spoiled
                loading.load(con, outputs, data, [k for k in fresh if k not in spoiled])
            kept = sorted(k for k in old if part(k[0]) == name)
            for table in shape.TABLES:
                _write(con, place / table / f"{name}.parquet", table, kept)
    return broken


def _spoiled(con, outputs: Path, data: Path | None, keys: list[Key]) -> dict[Key, str]:
    """Return which reports have a file that no run wrote so, each with what to do."""
    import duckdb

    from helpers.across import loading

    found = {}
    for key in keys:
        try:
            loading.load(con, outputs, data, [key])
        except (duckdb.Error, UnicodeDecodeError):
            found[key] = f"{key[0]}/{key[1]:04d}：报告的文件读不懂，没有汇集；用 --force 重做这一份"
    return found


def _write(con, file: Path, table: str, kept: list[Key]) -> None:
    """Write a part: what it held of the reports that did not change, and the new rows."""
    import duckdb

    if kept and file.exists():
        con.execute(
            "CREATE OR REPLACE TEMP TABLE kept AS SELECT unnest(?::VARCHAR[]) AS d, unnest(?::SMALLINT[]) AS y",
            [list(column) for column in zip(*kept)],
        )
        con.execute(
            f"""INSERT INTO new_{table} BY NAME SELECT p.* FROM read_parquet({text(literal(file))}) p
            SEMI JOIN kept ON d = department AND y = year"""
        )
    order = "department, year" if table == "reports" else "department, year, line"
    aside = file.with_name(file.name + ASIDE)
    try:
        con.execute(
            f"COPY (SELECT * FROM new_{table} ORDER BY {order}) TO {text(str(aside))} (FORMAT parquet, COMPRESSION zstd)"
        )
    except duckdb.IOException as error:
        aside.unlink(missing_ok=True)
        raise OSError(f"{aside} 写不了（{str(error).partition(chr(10))[0]}）") from None
    os.replace(aside, file)


def _put(file: Path, written: bytes) -> None:
    aside = file.with_name(file.name + ASIDE)
    aside.write_bytes(written)
    os.replace(aside, file)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the store, so that of two that collect at once the second reads what the first has noted."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network drive may not know locks: a later run mends its store
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
