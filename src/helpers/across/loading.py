"""Reports read into tables: the files that a run wrote, and the figures that they were made from."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from helpers.across import naming, shape
from helpers.across.connection import literal, text
from helpers.across.connection import name as quoted
from helpers.across.stamps import RECORD, Key
from helpers.basics.errors import Refusal
from helpers.basics.filetext import bytes_of
from helpers.basics.model import SEVERITIES
from helpers.basics.paths import Folder
from helpers.disclosure import figures
from helpers.edition import codes

_QUOTED = "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', strict_mode=false"
_LARGEST = 5_000_000


def load(con, outputs: Path, data: Path | None, keys: Sequence[Key]) -> None:
    """Fill the tables `new_…` of a connection with the reports of these keys, in their order."""
    for table in shape.TABLES:
        con.execute(f"CREATE OR REPLACE TEMP TABLE new_{table} ({shape.columns(table)})")
    records = {key: _record(outputs, key) for key in keys}
    _insert(con, "reports", [_report(outputs, key, record) for key, record in records.items()])
    good = [key for key in keys if (_place(outputs, key) / "cells.csv").is_file()]
    for table in ("cells", "findings", "indicators"):
        _csv(con, table, outputs, good)
    _statements(con, outputs, good)
    _name_cells(con)
    if data is not None:
        _insert(con, "figures", [row for key in good for row in _figures(data, key, records[key])])


def _place(outputs: Path, key: Key) -> Path:
    return outputs / key[0] / f"{key[1]:04d}"


def _record(outputs: Path, key: Key) -> dict:
    """Return a run.json; of one that cannot be read only that the report failed."""
    try:
        record = json.loads(bytes_of(_place(outputs, key) / RECORD, RECORD, _LARGEST))
        if isinstance(record, dict) and isinstance(record.get("findings") or {}, dict):
            return record
    except (Refusal, ValueError, RecursionError):
        pass
    return {"status": "failed"}


def _said(record: dict, key: str) -> str:
    return str(record.get(key) or "").encode("utf-8", "replace").decode()


def _who(key: Key, record: dict) -> tuple:
    return key[0], _said(record, "name") or key[0], _said(record, "sector"), key[1]


def _report(outputs: Path, key: Key, record: dict) -> tuple:
    counts = record.get("findings") or {}
    there = (_place(outputs, key) / "report.html").is_file()
    return (
        *_who(key, record),
        *(_said(record, word) for word in ("region", "kind", "edition", "status")),
        *(counts.get(severity) for severity in SEVERITIES),
        f"{key[0]}/{key[1]:04d}/report.html" if there else "",
    )


def _insert(con, table: str, rows: list[tuple]) -> None:
    """Insert rows of texts and whole numbers, each turned into its column's own type."""
    if not rows:
        return
    kinds = shape.TABLES[table].values()
    values = ", ".join(f"CAST(unnest(?::VARCHAR[]) AS {kind})" for kind in kinds)
    columns = [[None if v is None else str(v) for v in column] for column in zip(*rows)]
    con.execute(f"INSERT INTO new_{table} SELECT {values}", columns)


_DEPARTMENT, _YEAR = "string_split(filename, '/')[-3]", "string_split(filename, '/')[-2]::SMALLINT"
# The rows of files with their places in their own file: they are numbered as they are read, which is in order.
_LINED = f"""SELECT *, {_DEPARTMENT} AS of_department, {_YEAR} AS of_year,
    n - min(n) OVER (PARTITION BY filename) + 1 AS line
    FROM (SELECT *, row_number() OVER () AS n FROM {{}})"""
_WHO = "r.department, r.name, r.sector, r.year"
_BESIDE = "JOIN new_reports r ON r.department = n.of_department AND r.year = n.of_year"


def _csv(con, table: str, outputs: Path, keys: Sequence[Key]) -> None:
    """Read one kind of CSV of all reports; its columns go by their heads, one that a file lacks is blank."""
    files: dict[tuple[str, ...], list[str]] = {}
    for key in keys:
        path = _place(outputs, key) / f"{table}.csv"
        if path.is_file():
            files.setdefault(_heads(path), []).append(literal(path))
    own = {c: k for c, k in shape.TABLES[table].items() if c not in shape.WHO and c != "line"}
    for heads, paths in files.items():
        read = ", ".join(f"{text(head)}: 'VARCHAR'" for head in heads)
        wanted = ", ".join(_column(name, kind, heads) for name, kind in own.items())
        con.execute(
            f"""INSERT INTO new_{table} SELECT {_WHO}, n.line, {wanted} FROM (
            {_LINED.format(f"read_csv(?, columns={{{read}}}, filename=true, {_QUOTED})")}) n {_BESIDE}""",
            [paths],
        )


def _heads(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _column(name: str, kind: str, heads: Iterable[str]) -> str:
    if name not in heads:
        return "NULL" if kind != "VARCHAR" else "''"
    return (
        f"coalesce(n.{quoted(name)}, '')"
        if kind == "VARCHAR"
        else f"CAST(n.{quoted(name)} AS {kind})"
    )


def _statements(con, outputs: Path, keys: Sequence[Key]) -> None:
    paths = [_place(outputs, key) / "statements.json" for key in keys]
    there = [literal(path) for path in paths if path.is_file()]
    own = {c: k for c, k in shape.TABLES["statements"].items() if c not in (*shape.WHO, "line")}
    read = ", ".join(f"'{name}': '{kind}'" for name, kind in own.items())
    if there:
        con.execute(
            f"""INSERT INTO new_statements SELECT {_WHO}, n.line, {", ".join(f'n."{c}"' for c in own)}
            FROM ({_LINED.format(f"read_json(?, format='array', columns={{{read}}}, filename=true)")}) n {_BESIDE}""",
            [there],
        )


_KEYS = """SELECT DISTINCT r.edition, c."table", p.place, p.key, c.year
    FROM (SELECT DISTINCT department, year, "table", "row", "column" FROM new_cells) c
    JOIN new_reports r USING (department, year),
    LATERAL (VALUES ('table', ''), ('row', c."row"), ('column', c."column")) AS p(place, key)"""
_NAMED = """JOIN named {0} ON {0}.edition = r.edition AND {0}."table" = c."table" AND {0}.year = c.year
    AND {0}.place = '{1}' AND {0}.key = {2}"""


def _name_cells(con) -> None:
    """Write names beside the keys of cells, each looked up once for all departments of an edition and a year."""
    asked = con.execute(_KEYS).fetchall()
    columns = [*map(list, zip(*asked)), [naming.name(*key) for key in asked]]
    con.execute(
        """CREATE OR REPLACE TEMP TABLE named AS SELECT unnest(?::VARCHAR[]) AS edition,
        unnest(?::VARCHAR[]) AS "table", unnest(?::VARCHAR[]) AS place, unnest(?::VARCHAR[]) AS key,
        unnest(?::SMALLINT[]) AS year, unnest(?::VARCHAR[]) AS name""",
        columns if asked else [[]] * 6,
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE new_cells AS SELECT c.* REPLACE (
        t.name AS table_name, w.name AS row_name, k.name AS column_name)
        FROM new_cells c JOIN new_reports r USING (department, year)
        {_NAMED.format("t", "table", "''")} {_NAMED.format("w", "row", 'c."row"')}
        {_NAMED.format("k", "column", 'c."column"')}"""
    )


def _figures(data: Path, key: Key, record: dict) -> list[tuple]:
    """Return the rows of the very figures.csv that a report was made from; none where it has changed since."""
    folder = Folder(data, *key)
    name = f"departments/{key[0]}/{key[1]:04d}/figures.csv"
    inputs = record.get("inputs")
    try:
        said = hashlib.sha256(bytes_of(folder.figures, name, figures.LARGEST)).hexdigest()
        if not isinstance(inputs, dict) or inputs.get(name) != said:
            return []
        read = figures.load(folder.figures, folder.name(folder.figures))
    except (OSError, Refusal):
        return []
    name_of: Callable[[str, str], str] = lambda kind, code: naming.of_code(kind, code, key[1])  # noqa: E731
    return [
        (
            *_who(key, record),
            int(figure.line),
            *figure.scope[:4],
            name_of("function", figure.scope.function),
            figure.scope.nature,
            figure.scope.economic,
            name_of("economic", figure.scope.economic),
            figure.scope.project,
            figure.basis,
            f"{figure.amount.value:f}",
            "万元" if figure.unit not in codes.vocabulary().count_units else figure.unit,
            figure.written,
        )
        for figure in read
    ]
