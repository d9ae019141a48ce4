"""All reports of an outputs folder as Parquet with exact decimals: OUTPUTS/store, brought up to date by what changed.

A department's years lie together in one of the files of each table, its part, so that one changed report costs one part
of each. A part is written aside and put in its place by one rename; what was collected is noted last. Whatever is killed
in between, the next one reads again what is not noted.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from helpers.across import shape, stamps
from helpers.across.connection import connected, literal, text
from helpers.across.stamps import Key, Stamp
from helpers.basics import forking, processors, replacing
from helpers.basics.locking import alone

FOLDER, NOTED = stamps.STORE, "collected.json"
MOST_PARTS = 256  # of each table
DEPARTMENTS = 8  # about so many are in one part, until there are so many parts
AT_ONCE = 200  # reports, whose rows lie in memory together
_BLOCK = 4096  # bytes, for which a full disk has no room
WORTH_ANOTHER = 15  # reports, for which another process is begun


@dataclass(frozen=True)
class Collected:
    """How a store was brought up to date: reports read, gone, and all that it holds; what could not be read, in words."""

    read: int
    gone: int
    held: int
    unread: tuple[str, ...]


def parts(keys: Iterable[Key]) -> int:
    """Return in how many parts a store of these reports lies: a power of two.

    >>> parts([("a", 2023), ("a", 2024)]), parts((f"d{n}", 2023) for n in range(30))
    (1, 4)
    """
    departments = len({department for department, _ in keys})
    return min(MOST_PARTS, 1 << (max(departments - 1, 0) // DEPARTMENTS).bit_length())


def part(department: str, of: int) -> str:
    """Return which of so many parts holds a department."""
    return f"{hashlib.sha256(department.encode()).digest()[0] % of:03d}"


def collect(outputs: Path, data: Path | None = None) -> Collected:
    """Bring the store of an outputs folder up to date.

    `data` is the data folder that the reports were made from; without it their figures are not in the store. OSError:
    the store cannot be written.
    """
    place = outputs / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    with alone(place):
        for each in (place, *(place / table for table in shape.TABLES)):
            replacing.clear(each)
        now = stamps.there(outputs, data)
        of = parts(now)
        before = stamps.kept(place / NOTED, of)
        if not before:  # whatever stands here, nobody knows of which reports it is
            for left in (place / NOTED, *_parts_in(place)):
                left.unlink(missing_ok=True)
        changed = stamps.changed(now, before)
        try:
            broken = _renew(place, outputs, data, _touched(now, changed, of)) if changed else {}
        except RuntimeError as error:
            if "interrupted" in str(error):  # so DuckDB tells that somebody stopped the program
                raise KeyboardInterrupt from None
            raise
        if changed or not (place / NOTED).exists():
            noted = {key: stamp for key, stamp in now.items() if key not in broken}
            replacing.write(place / NOTED, stamps.written(noted, of))
    gone = sum(key not in now for key in changed)
    read = len(changed) - gone - len(broken)
    return Collected(read, gone, len(now) - len(broken), tuple(broken.values()))


def _parts_in(place: Path) -> Iterator[Path]:
    for table in shape.TABLES:
        yield from place.glob(f"{table}/{shape.PART}")


@dataclass
class _Part:
    """A part that is written anew: the reports that are read for it, and those whose rows it has already."""

    name: str
    fresh: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)


def _touched(now: dict[Key, Stamp], changed: set[Key], of: int) -> list[_Part]:
    touched = {name: _Part(name) for name in sorted({part(key[0], of) for key in changed})}
    for key in now:
        if its := touched.get(part(key[0], of)):
            (its.fresh if key in changed else its.kept).append(key)
    return [*touched.values()]


def _batches(touched: list[_Part]) -> Iterator[list[_Part]]:
    """Yield as many parts at a time as make it worth while to read their reports at once."""
    batch: list[_Part] = []
    for its in touched:
        batch.append(its)
        if sum(len(each.fresh) for each in batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _renew(place: Path, outputs: Path, data: Path | None, touched: list[_Part]) -> dict[Key, str]:
    """Write every part anew that has a changed report; return what could not be read, and why."""
    for table in shape.TABLES:
        (place / table).mkdir(exist_ok=True)
    shares = _shares(touched)
    each = -(-processors.usable() // len(shares))
    write = partial(_written, place, outputs, data, threads=each)
    with ExitStack() as others:
        there = [others.enter_context(forking.beside(partial(write, one))) for one in shares[1:]]
        broken = sorted(chain(write(shares[0]), *(made() for made in there)))
    return {
        key: f"{key[0]}/{key[1]:04d}：报告的文件读不懂，没有汇集；用 --force 重做这一份"
        for key in broken
    }


def _shares(touched: list[_Part]) -> list[list[_Part]]:
    """Return the parts as shares for as many processes as are worth their start."""
    reports = sum(len(its.fresh) for its in touched)
    worth = min(processors.usable(), len(touched), reports // WORTH_ANOTHER)
    many = max(worth, 1) if forking.can_fork() else 1
    return [touched[n::many] for n in range(many)]


def _written(
    place: Path, outputs: Path, data: Path | None, touched: list[_Part], threads: int
) -> list[Key]:
    """Write parts anew, and return the reports that could not be read."""
    broken: list[Key] = []
    with connected(threads) as con:
        for batch in _batches(touched):
            fresh = [key for its in batch for key in its.fresh]
            if spoiled := _load(con, outputs, data, fresh):
                broken += spoiled
                fresh = [key for key in fresh if key not in spoiled]
                _load(con, outputs, data, fresh)
            nth = {key: n for n, key in enumerate(fresh)}
            files = [
                (con.cursor(), place, table, its, nth) for its in batch for table in shape.TABLES
            ]
            with ThreadPoolExecutor(threads) as pool:
                [*pool.map(_write, *zip(*files))]
    return broken


def _load(con, outputs: Path, data: Path | None, keys: list[Key]) -> list[Key]:
    """Read reports; return those that have a file that no run wrote so, after which nothing is read."""
    import duckdb

    from helpers.across import loading

    try:
        loading.load(con, outputs, data, keys)
    except (duckdb.Error, csv.Error, UnicodeDecodeError):
        if len(keys) == 1:
            return keys
        half = len(keys) // 2
        return [
            key for part in (keys[:half], keys[half:]) for key in _load(con, outputs, data, part)
        ]
    return []


def _write(con, place: Path, table: str, its: _Part, nth: dict[Key, int]) -> None:
    """Write a part of a table: what it held of the reports that did not change, and the new rows."""
    import duckdb

    file = place / table / f"{its.name}.parquet"
    read = ", ".join(str(nth[key]) for key in its.fresh if key in nth) or "NULL"
    rows, values = f"SELECT * EXCLUDE nth FROM new_{table} WHERE nth IN ({read})", []
    if its.kept and file.exists():
        rows += f""" UNION ALL BY NAME SELECT p.* FROM read_parquet({text(literal(file))}) p SEMI JOIN
            (SELECT unnest(?::VARCHAR[]) AS d, unnest(?::SMALLINT[]) AS y) ON d = department AND y = year"""
        values = [*map(list, zip(*its.kept))]
    order = "department, year" if table == "reports" else "department, year, line"
    with replacing.beside(file) as made:
        try:
            con.execute(
                f"""COPY ({rows} ORDER BY {order}) TO {text(str(made))}
                (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)""",
                values,
            )
        except duckdb.IOException as error:
            raise _refused(made) or OSError(f"{file} 写不了（{error}）") from None


def _refused(made: Path) -> OSError | None:
    """Return why the system lets nothing be written into a file, in its own terms; nothing where it does."""
    try:
        made.write_bytes(bytes(_BLOCK))
    except OSError as error:
        return error
    return None
