"""The store as DataFrames, for a notebook: `from helpers import across; across.cells()`.

In every one `department` is the folder, `name` the department's full name, `sector` its 部门类别, `line` the place in the
report's own file. Texts that come again and again are categories, which compare and group as texts do. Numbers are
Decimal, exact to the last digit, None where missing; with `numbers=float` they are floats, NaN where missing, which
plots and describe() take. `outputs` is the outputs folder, by default the repository's.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.across import shape, store
from helpers.across.connection import connected, literal, text
from helpers.across.connection import name as quoted
from helpers.across.guide import told
from helpers.basics import paths
from helpers.basics.errors import RequestError, shown

if TYPE_CHECKING:
    from pandas import DataFrame

Outputs = str | Path
_QUERIES = ("SELECT", "MULTI")  # as DuckDB calls them; a pivot is several
_FREE = frozenset(("line", "text", "message", "written", "numbers", "published", "report", "id"))


@told
def reports(outputs: Outputs = "") -> DataFrame:
    """Return a row for each report: who, when, how it ended (status), and how many findings of each severity."""
    return _table("reports", outputs, Decimal)


@told
def cells(outputs: Outputs = "", *, numbers: type = Decimal) -> DataFrame:
    """Return every cell of every table: `table`, `row`, `column` as in cells.csv, each with its name beside it."""
    return _table("cells", outputs, numbers)


@told
def figures(outputs: Outputs = "", *, numbers: type = Decimal) -> DataFrame:
    """Return every row of every figures.csv with its line, codes with their names beside them."""
    return _table("figures", outputs, numbers)


@told
def findings(outputs: Outputs = "") -> DataFrame:
    """Return every finding, worst first within its report, as in findings.csv; amounts in it are texts."""
    return _table("findings", outputs, Decimal)


@told
def statements(outputs: Outputs = "") -> DataFrame:
    """Return every sentence in reading order; `numbers` is an array of its numbers, their texts as printed."""
    return _table("statements", outputs, Decimal)


@told
def indicators(outputs: Outputs = "", *, parts: bool = False, numbers: type = Decimal) -> DataFrame:
    """Return what departments are compared by, each whole; with `parts` the parts of each too, which add up to it."""
    return _table("indicators", outputs, numbers, "" if parts else "WHERE key = ''")


def sql(query: str, outputs: Outputs = "", *, numbers: type = Decimal) -> DataFrame:
    """Return what a query in DuckDB's SQL gives over `reports`, `cells`, `figures`, `findings`, `statements`, `indicators`.

    The names `table`, `row`, `column` want double quotes there. RequestError: the query cannot be understood, or is none.
    """
    import duckdb

    with opened(outputs) as con:
        try:
            asked = [one.type.name for one in con.extract_statements(query)]
            if len(asked) != 1 or asked[0] not in _QUERIES:
                raise RequestError(f"不是一句查询：{shown(query, 100)}，应为一句 SELECT")
            return _frame(con, con.sql(query), numbers)
        except duckdb.Error as error:
            raise RequestError(f"SQL 看不懂：{shown(str(error), 300)}") from None


def opened(outputs: Outputs = ""):
    """Return a connection to the store of an outputs folder, in which every table is a view."""
    place = (Path(outputs) if outputs else paths.OUTPUTS) / store.FOLDER
    if not (place / store.NOTED).is_file():
        raise RequestError(f"{place} 还没有汇集，先运行 juesuan collect --outputs {place.parent}")
    con = connected()
    for table in shape.TABLES:
        files = sorted(map(literal, (place / table).glob(shape.PART)))
        listed = ", ".join(map(text, files))
        if files:
            con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")
        else:
            con.execute(f"CREATE TABLE {table} ({shape.columns(table)})")
    return con


def _table(table: str, outputs: Outputs, numbers: type, where: str = "") -> DataFrame:
    order = "department, year" + ("" if table == "reports" else ", line")
    again = [c for c, kind in shape.TABLES[table].items() if kind == "VARCHAR" and c not in _FREE]
    with opened(outputs) as con:
        return _frame(
            con, con.sql(f"SELECT * FROM {table} {where} ORDER BY {order}"), numbers, again
        )


def _frame(con, relation, numbers: type, again: Sequence[str] = ()) -> DataFrame:
    """Return a relation as a DataFrame; of decimals DuckDB itself would make floats, of repeated texts a text each."""
    if numbers not in (Decimal, float):
        raise RequestError("numbers 应为 Decimal 或 float")
    kinds = dict(zip(relation.columns, relation.types))
    exact = [name for name, kind in kinds.items() if kind.id == "decimal" and numbers is Decimal]
    relation.create("found")
    cast = {name: _enumerated(con, name, n) for n, name in enumerate((*exact, *again))}
    listed = ", ".join(f"{quoted(name)}{cast.get(name, '')}" for name in kinds)
    frame = con.sql(f"SELECT {listed} FROM found").df()
    for name in exact:
        frame[name] = _decimals(frame[name].astype("category").cat)
    return frame.astype(dict.fromkeys(again, "category"))


def _enumerated(con, name: str, n: int) -> str:
    """Return the cast of a column to a type that lists its values, each of which is then made once."""
    column = quoted(name)
    values = f"SELECT DISTINCT {column}::VARCHAR FROM found WHERE {column} IS NOT NULL ORDER BY 1"
    if not con.sql(f"SELECT 1 FROM ({values}) LIMIT 1").fetchall():
        return f"::VARCHAR AS {column}"
    con.execute(f"CREATE TYPE listed_{n} AS ENUM ({values})")
    return f"::VARCHAR::listed_{n} AS {column}"


def _decimals(listed):
    import numpy

    exact = numpy.array([*map(Decimal, listed.categories), None], dtype=object)
    return exact[listed.codes]  # what is missing has the code -1, the last
