"""The workbook of an export: hostile text stays text, and a draft says so on every sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from exported import HOSTILE, everything, hostile, parts_of
from python_calamine import CalamineWorkbook

from helpers.report import xlsx


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    """The workbook of a department whose every text is an attack, as a draft."""
    place = tmp_path_factory.mktemp("data")
    xlsx.tables_xlsx(hostile(place), place / "attacks.xlsx", is_draft=True)
    return place / "attacks.xlsx"


def sheets_of(file: Path) -> dict[str, str]:
    parts = parts_of(file.read_bytes())
    return {n: part.decode() for n, part in parts.items() if n.startswith("xl/worksheets/sheet")}


def test_hostile_text_is_no_formula_and_leads_nowhere(file):
    parts = parts_of(file.read_bytes())
    assert [] == [n for n, sheet in sheets_of(file).items() if re.search(r"<f[ >]", sheet)]
    assert [] == [n for n in parts if re.search("vba|external|embeddings|activeX", n)]
    assert [] == [n for n, part in parts.items() if b"External" in part and n.endswith(".rels")]


def test_hostile_text_reads_as_it_was_written_and_turns_nothing(file):
    book = CalamineWorkbook.from_path(str(file))
    cover, *tables = (book.get_sheet_by_name(n).to_python() for n in book.sheet_names)
    name = HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    name = name.replace("\u2069", "\N{REPLACEMENT CHARACTER}")
    assert any(words.startswith(name) for row in cover for words in row)
    for table in tables:
        assert f"部门：{name}" in [words for row in table for words in row]


def test_every_sheet_of_a_draft_is_marked_and_none_of_what_is_ready(file, tmp_path):
    marked = [xlsx.DRAFT in sheet for sheet in sheets_of(file).values()]
    assert all(marked) and len(marked) > 10
    xlsx.tables_xlsx(everything(tmp_path), tmp_path / "ready.xlsx")
    assert not any(xlsx.DRAFT in sheet for sheet in sheets_of(tmp_path / "ready.xlsx").values())


@pytest.mark.parametrize("odd", ["收入/支出[试行]", "收支：a:b?*\\", "长" * 24 + "'s"])
def test_a_table_whose_name_no_sheet_can_have_is_written(tmp_path, monkeypatch, odd):
    disclosure = everything(tmp_path)
    forms = disclosure.tables.forms
    monkeypatch.setitem(forms, "01", replace(forms["01"], name=odd))
    xlsx.tables_xlsx(disclosure, tmp_path / "odd.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "odd.xlsx"))
    assert odd in book.get_sheet_by_index(1).to_python()[0]
