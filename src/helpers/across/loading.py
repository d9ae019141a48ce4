"""Reports read into tables: the files that a run wrote, and the figures that they were made from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from helpers.across import naming, records, shape
from helpers.across.connection import literal, text
from helpers.across.connection import name as quoted
from helpers.across.stamps import Key
from helpers.basics import csvtext

_QUOTED = "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', strict_mode=false"
# csvtext.as_meant in SQL.
_MEANT = f"CASE WHEN starts_with({{0}}, '''') THEN regexp_replace({{0}}, {text(csvtext.GUARDED)}, '\\1') ELSE {{0}} END"
_NTH = "(?::INTEGER[])[file_index::INTEGER + 1]"
_NAMES = {"table_name": "table", "row_name": "row", "column_name": "column"}


def load(con, outputs: Path, data: Path | None, keys: Sequence[Key]) -> None:
    """Fill the views `new_…` of a connection with the rows of these reports, each with the place of its key.

    A row of nothing, which no report joins, begins each table: every column can then be missing, and what is written of
    some reports is the same whichever others were read with them.
    """
    for table in shape.TABLES:
        con.execute(f"CREATE OR REPLACE TABLE read_{table} ({_columns(table)})")
        con.execute(f"INSERT INTO read_{table} DEFAULT VALUES")
    runs = [records.record(outputs, key) for key in keys]
    reports = [records.report(outputs, key, run) for key, run in zip(keys, runs)]
    _insert(con, "reports", [(n, *report) for n, report in enumerate(reports)])
    places = {n: records.place(outputs, key) for n, key in enumerate(keys)}
    good = {n: place for n, place in places.items() if (place / "cells.csv").is_file()}
    for table in ("cells", "findings", "indicators"):
        _csv(con, table, good)
    _statements(con, good)
    if data is not None:
        rows = [(n, *row) for n in good for row in records.rows(data, keys[n], runs[n])]
        _insert(con, "figures", rows)
    _name_cells(con)
    for table in shape.TABLES:
        con.execute(
            f"CREATE OR REPLACE TABLE first_{table} AS SELECT nth, min(rowid) AS first FROM read_{table} GROUP BY nth"
        )
        con.execute(f"CREATE OR REPLACE VIEW new_{table} AS {_whole(table)}")


def _own(table: str) -> dict[str, str]:
    """Return what is read of each row, and its type; who it is of and what its keys are called is joined to it."""
    known = () if table == "reports" else shape.WHO
    joined = {"reports": (), "figures": (), "cells": (*_NAMES, "line")}.get(table, ("line",))
    return {c: k for c, k in shape.TABLES[table].items() if c not in (*known, *joined)}


def _columns(table: str) -> str:
    return ", ".join(f"{quoted(c)} {kind}" for c, kind in {"nth": "INTEGER", **_own(table)}.items())


def _insert(con, table: str, rows: list[tuple]) -> None:
    """Insert rows of texts and whole numbers, each turned into its column's own type."""
    import numpy

    if not rows:
        return
    kinds = ("INTEGER", *_own(table).values())
    columns = [[None if v is None else str(v) for v in column] for column in zip(*rows)]
    handed = {f"c{n}": numpy.array(column, dtype=object) for n, column in enumerate(columns)}
    con.register("handed", handed)
    values = ", ".join(f"CAST(c{n} AS {kind})" for n, kind in enumerate(kinds))
    con.execute(f"INSERT INTO read_{table} SELECT {values} FROM handed")
    con.unregister("handed")


def _csv(con, table: str, places: Mapping[int, Path]) -> None:
    """Read one kind of CSV of all reports; its columns go by their heads, one that a file lacks is blank."""
    files: dict[tuple[str, ...], dict[int, str]] = {}
    for n, place in places.items():
        path = place / f"{table}.csv"
        if path.is_file():
            files.setdefault(_heads(path), {})[n] = literal(path)
    for heads, paths in files.items():
        read = ", ".join(f"{text(head)}: 'VARCHAR'" for head in heads)
        wanted = ", ".join(_column(name, kind, heads) for name, kind in _own(table).items())
        con.execute(
            f"INSERT INTO read_{table} SELECT {_NTH}, {wanted} FROM read_csv(?, columns={{{read}}}, {_QUOTED})",
            [[*paths], [*paths.values()]],
        )


def _heads(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _column(name: str, kind: str, heads: Iterable[str]) -> str:
    if name not in heads:
        return "NULL" if kind != "VARCHAR" else "''"
    column = quoted(name)
    return f"coalesce({_MEANT.format(column)}, '')" if kind == "VARCHAR" else f"{column}::{kind}"


def _statements(con, places: Mapping[int, Path]) -> None:
    files = {n: place / "statements.json" for n, place in places.items()}
    there = {n: literal(path) for n, path in files.items() if path.is_file()}
    own = _own("statements")
    read = ", ".join(f"'{name}': '{kind}'" for name, kind in own.items())
    if there:
        con.execute(
            f"""INSERT INTO read_statements SELECT {_NTH}, {", ".join(map(quoted, own))}
            FROM read_json(?, format='array', columns={{{read}}})""",
            [[*there], [*there.values()]],
        )


# The forms are the editions and years of the reports, each with a number: a number is joined faster than words.
_FORMS = """CREATE OR REPLACE TABLE forms AS SELECT nth, edition, year,
    dense_rank() OVER (ORDER BY edition, year)::INTEGER AS form FROM read_reports"""
_KEYS = """SELECT DISTINCT edition, year, form, "table", '{0}', "{0}" FROM read_cells JOIN forms USING (nth)"""


def _name_cells(con) -> None:
    """Find the names of the keys of cells, each looked up once for all departments of a form."""
    con.execute(_FORMS)
    asked = con.execute(" UNION ALL ".join(map(_KEYS.format, _NAMES.values()))).fetchall()
    named = [
        (form, table, place, key, naming.name(edition, table, place, key, year))
        for edition, year, form, table, place, key in asked
    ]
    con.execute(
        """CREATE OR REPLACE TABLE named AS SELECT unnest(?::INTEGER[]) AS form, unnest(?::VARCHAR[]) AS "table",
        unnest(?::VARCHAR[]) AS place, unnest(?::VARCHAR[]) AS key, unnest(?::VARCHAR[]) AS name""",
        [*map(list, zip(*named))] or [[]] * 5,
    )


# Joined on the left, these stay behind the others: each row is looked up, and nothing else is tried.
_NAMED = """LEFT JOIN named {0}s ON {0}s.form = o.form AND {0}s."table" = n."table" AND {0}s.place = '{0}'
    AND {0}s.key = n."{0}" """


def _whole(table: str) -> str:
    """Return the query for whole rows of a table, their names beside them."""
    if table == "reports":
        return "SELECT * FROM read_reports"
    whose = {
        "line": "(n.rowid - f.first + 1)::INTEGER AS line",
        **{name: f"{place}s.name AS {name}" for name, place in _NAMES.items()},
        **{c: f"r.{c}" for c in shape.WHO},
        **{c: f"n.{quoted(c)}" for c in _own(table)},
    }
    columns = (whose[c] for c in shape.TABLES[table])
    joined = [f"JOIN first_{table} f ON f.nth = n.nth"]
    if table == "cells":
        joined += ["JOIN forms o ON o.nth = n.nth", *map(_NAMED.format, _NAMES.values())]
    return f"""SELECT n.nth, {", ".join(columns)} FROM read_{table} n
        JOIN read_reports r ON r.nth = n.nth {" ".join(joined)}"""
