"""Rows that have the numbers of other rows: the names of a table and its numbers slid apart, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

Row = tuple[Decimal, ...]
Numbers = Mapping[str, Mapping[str, Decimal]]  # by row, then by column
_ENOUGH = 5  # rows that slid: fewer may have the numbers of others by chance
_MOST = Decimal("0.8")  # of the rows that differ, so many have another's numbers
_PENNY = Decimal("0.01")  # what each part of a sum may be rounded by


def slid(tables: Mapping[str, Numbers]) -> dict[str, dict[str, str]]:
    """Return for each table whose rows slid, by each such row, the row whose numbers stand in it.

    A table is held against another that has the same columns and whose own rows add up, which those that slid do not.
    A row whose numbers no other row has is among them where those about it are.
    """
    found: dict[str, dict[str, str]] = {}
    broken = {number: _broken(rows) for number, rows in tables.items()}
    for number, rows in tables.items():
        for other, whole in tables.items():
            if broken[number] <= 2 * broken[other] + 1:  # so is a table against itself
                continue
            columns = sorted(_columns(rows) & _columns(whole))
            moved = _moved(_rows(rows, columns), _rows(whole, columns))
            if len(moved) > len(found.get(number, {})):
                found[number] = moved
    return found


def _columns(rows: Numbers) -> set[str]:
    return {column for numbers in rows.values() for column in numbers}


def _moved(rows: Mapping[str, Row], whole: Mapping[str, Row]) -> dict[str, str]:
    """Return of the rows that slid whose numbers each has, blank where it has those of none."""
    apart = [code for code, numbers in rows.items() if code in whole and whole[code] != numbers]
    moved = _owners({code: rows[code] for code in apart}, whole)
    if len(moved) < _ENOUGH or len(moved) < _MOST * len(apart):
        return {}
    first = next(n for n, code in enumerate(rows) if code in moved)
    return {code: moved.get(code, "") for code in [*rows][first:] if code in apart}


def _owners(rows: Mapping[str, Row], whole: Mapping[str, Row]) -> dict[str, str]:
    """Return whose numbers rows have: of several that have the same, the next after the owner of the row before."""
    places: dict[Row, list[int]] = {}
    for place, numbers in enumerate(whole.values()):
        if any(numbers):
            places.setdefault(numbers, []).append(place)
    codes_of, found, last = [*whole], dict[str, str](), -1
    for code, numbers in rows.items():
        if numbers in places:
            last = next((n for n in places[numbers] if n > last), places[numbers][0])
            found[code] = codes_of[last]
    return found


def _rows(numbers: Numbers, columns: list[str]) -> dict[str, Row]:
    return {row: tuple(of.get(c, Decimal(0)) for c in columns) for row, of in numbers.items()}


def _broken(rows: Numbers) -> int:
    """Return how many sums of rows are not what the rows below them add up to."""
    return sum(
        abs(rows[row][column] - sum(parts)) > _PENNY * (len(parts) + 1)
        for row, column, parts in _sums(rows)
    )


def _sums(rows: Numbers) -> Iterator[tuple[str, str, list[Decimal]]]:
    """Yield every number of a row that has others below it, with theirs."""
    below: dict[str, list[str]] = {}
    for row in filter(str.isdecimal, rows):
        below.setdefault(row[:-2], []).append(row)
    for row in below.keys() & rows.keys():
        for column in rows[row]:
            yield row, column, [rows[r].get(column, Decimal(0)) for r in below[row]]
