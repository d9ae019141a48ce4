"""What the store holds: its tables, their columns and of which type each is, in SQL's own words."""

from __future__ import annotations

VERSION = 3  # of this page and of how a store is parted; one of another is made anew
PART = "[0-9][0-9][0-9].parquet"  # what the files of a table are called; others are somebody's own
WHO = {
    "department": "VARCHAR",
    "name": "VARCHAR",
    "sector": "VARCHAR",
    "year": "SMALLINT",
}
_MONEY, _EXACT = "DECIMAL(18,2)", "DECIMAL(38,12)"
_NUMBER = "STRUCT(text VARCHAR, value VARCHAR, unit VARCHAR, kind VARCHAR, cells VARCHAR[])[]"

TABLES: dict[str, dict[str, str]] = {
    "reports": {
        **WHO,
        "region": "VARCHAR",
        "kind": "VARCHAR",
        "edition": "VARCHAR",
        "status": "VARCHAR",
        **dict.fromkeys(("error", "warning", "hint", "missing"), "INTEGER"),
        "report": "VARCHAR",
    },
    "cells": {
        **WHO,
        "line": "INTEGER",
        **dict.fromkeys(
            ("table", "table_name", "row", "row_name", "column", "column_name"), "VARCHAR"
        ),
        "value": _MONEY,
        "state": "VARCHAR",
    },
    "figures": {
        **WHO,
        "line": "INTEGER",
        **dict.fromkeys(("item", "category", "fund", "function", "function_name"), "VARCHAR"),
        **dict.fromkeys(("nature", "economic", "economic_name", "project", "basis"), "VARCHAR"),
        "value": _EXACT,
        "unit": "VARCHAR",
        "written": "VARCHAR",
    },
    "findings": {
        **WHO,
        "line": "INTEGER",
        **dict.fromkeys(("rule", "severity", "place", "message", "expected", "found"), "VARCHAR"),
        **dict.fromkeys(("difference", "section", "cause", "decision"), "VARCHAR"),
    },
    "statements": {
        **WHO,
        "line": "INTEGER",
        **dict.fromkeys(("id", "section", "text"), "VARCHAR"),
        "numbers": _NUMBER,
        **dict.fromkeys(("published", "verdict"), "VARCHAR"),
    },
    "indicators": {
        **WHO,
        "line": "INTEGER",
        **dict.fromkeys(("indicator", "key", "label"), "VARCHAR"),
        "value": _EXACT,
        "unit": "VARCHAR",
        "state": "VARCHAR",
    },
}


def columns(table: str) -> str:
    """Return a table's columns as SQL declares them.

    >>> columns("reports").split(", ")[0]
    '"department" VARCHAR'
    """
    return ", ".join(f'"{name}" {kind}' for name, kind in TABLES[table].items())
