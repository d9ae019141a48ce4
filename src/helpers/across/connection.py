"""DuckDB as it is used here: in memory, asking nothing of the network, and every path meaning itself."""

from __future__ import annotations

from pathlib import Path

# Nothing is fetched: what is not in the package is done without.
_ALONE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def connected(threads: int = 0):
    """Return a new connection to DuckDB, of so many threads: one a processor where none is said."""
    import duckdb

    said = {"threads": str(threads)} if threads else {}
    return duckdb.connect(config={**_ALONE, **said})


def literal(path: Path) -> str:
    """Return a path as a pattern that matches this path alone.

    >>> literal(Path("a[1]/b*.csv"))
    'a[[]1]/b[*].csv'
    """
    return "".join(f"[{c}]" if c in "[*?" else c for c in str(path))


def text(value: str) -> str:
    """Return a text as SQL writes it.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """Return a column's name as SQL writes it.

    >>> name("row")
    '"row"'
    """
    return '"' + column.replace('"', '""') + '"'
