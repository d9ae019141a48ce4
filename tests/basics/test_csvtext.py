"""Every CSV that the program writes: no text of it is a formula, none moves the cursor of a terminal."""

import csv
import io

import pytest

from helpers.across import overview
from helpers.basics import paths
from helpers.basics.csvtext import as_meant, csv_text, plain


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+1+1", "-1+1", "\t=1", "\r=1", "\x01=1", "-甲", "+", "="]
)
def test_a_text_that_a_spreadsheet_would_run_is_kept_a_text(text):
    assert plain(text).startswith("'")


@pytest.mark.parametrize("text", ["", "甲", "-5.20", "1014.51", "0", " =1", "2010301", "1-2"])
def test_an_ordinary_text_and_a_number_stay_as_they_are(text):
    assert text == plain(text)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@a", "+甲", "-甲", "\t=1", "\n=1", "=", "'+甲", "''+甲", "'甲", "'", "''", ""]
    + ["-5.20", "'-5.20", "+5.20", "甲"],
)
def test_what_is_written_is_meant_as_it_was(text):
    assert text == as_meant(plain(text))


@pytest.mark.parametrize("mark", ["\x1b[31m", "\u202e", "\u2066", "\x07", "\x9b", "\udcb1"])
def test_what_a_terminal_would_act_on_is_written_as_a_stranger(mark):
    assert mark[0] not in plain(f"甲{mark}乙") and "�" in plain(f"甲{mark}乙")


def test_line_breaks_and_quotes_come_back_as_they_were():
    rows = [["甲\n乙", '说"好"', "a,b"]]
    assert [["一", "二", "三"], *rows] == list(
        csv.reader(io.StringIO(csv_text(["一", "二", "三"], rows), newline=""))
    )


def test_a_department_that_is_called_a_formula_is_none_in_the_index(tmp_path):
    run = {"name": "=1+1", "status": "ok", "findings": {}, "seconds": 1, "error": ""}
    overview.write(tmp_path, [overview.row("office", 2023, run, report=True)])
    with (tmp_path / "index.csv").open(encoding="utf-8", newline="") as file:
        assert ["'=1+1"] == [row["name"] for row in csv.DictReader(file)]


def test_nothing_else_writes_csv():
    writers = [
        p.name
        for p in paths.CODE.glob("**/*.py")
        if "csv.writer(" in (text := p.read_text(encoding="utf-8")) or "DictWriter(" in text
    ]
    assert ["csvtext.py"] == writers
