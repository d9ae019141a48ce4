"""The pages for reviewers, operators and analysts, followed word by word: every command of theirs runs as it stands."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path

import pytest

from helpers import cli
from helpers.basics import paths

REVIEWERS, OPERATORS, ANALYSTS = (
    paths.ROOT / "docs" / f"for-{readers}.md" for readers in ("reviewers", "operators", "analysts")
)
EDIT = re.compile(r"把 `([\w./-]+)` 第 (\d+) 行的 (\S+) 改成 ([\d.]+)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(commands: str) -> None:
    """Run the commands of a block."""
    for line in commands.splitlines():
        name, *words = shlex.split(line)
        assert ("juesuan", cli.BUILT) == (name, cli.main(words)), line


def blocks(page: Path, kind: str) -> list[str]:
    found = [block for of, block in BLOCK.findall(page.read_text(encoding="utf-8")) if of == kind]
    assert found
    return found


def edited(page: Path) -> None:
    """Make the one change that a page says to make by hand."""
    [(file, line, old, new)] = EDIT.findall(page.read_text(encoding="utf-8"))
    lines = Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[int(line) - 1]
    lines[int(line) - 1] = lines[int(line) - 1].replace(old, new)
    Path(file).write_text("".join(lines), encoding="utf-8")


def decided(report: Path) -> None:
    """Write what the page exports where the first cause of a report is decided to be true."""
    with (report / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        of_first = [row for row in csv.DictReader(file) if row["cause"] == "1"]
    entry = {
        "department": report.parent.name,
        "year": int(report.name),
        "state": "属实",
        "reason": "确有其事",
        "decided_by": "张三",
        "day": "2024-09-01",
        "findings": [
            {"rule": row["rule"], "place": row["place"], "amount": row["difference"]}
            for row in of_first
        ],
    }
    Path("decisions.json").write_text(json.dumps({"decisions": [entry]}), encoding="utf-8")


def index() -> dict[str, dict[str, str]]:
    with Path("reports/index.csv").open(encoding="utf-8", newline="") as file:
        return {f"{row['department']}/{row['year']}": row for row in csv.DictReader(file)}


def test_a_reviewer_gets_from_files_to_a_letter_and_back(here):
    make, run, decide, letter, again = blocks(REVIEWERS, "sh")
    one = "sample-0001-government-office/2023"
    ran(make)
    edited(REVIEWERS)
    ran(run)
    before = index()[one]
    assert int(before["error"]) > 20 > 2 > int(before["causes"]) > 0
    decided(Path("reports", one))
    ran(decide + letter)
    assert Path("reports", one, "letter.docx").is_file()
    assert f"{one}/letter.docx" in Path("reports/findings.html").read_text(encoding="utf-8")
    ran(again)
    assert ("1", before["error"]) == (index()[one]["decided"], index()[one]["error"])
    assert Path("reports/across.html").is_file()


def test_an_operator_gets_from_files_to_documents(here, capsys):
    for block in blocks(OPERATORS, "sh"):
        ran(block)
    assert {"disclosure.docx", "disclosure.xlsx", "disclosure.html", "report.html"} <= {
        file.name for file in Path("reports/my-office/2023").iterdir()
    }
    assert Path("new-office-2024.xlsx").is_file()
    assert re.search(r"my-office 2024：还要填 \d+ 处", capsys.readouterr().out)


def test_an_analyst_gets_from_figures_to_frames(here):
    for block in blocks(ANALYSTS, "sh"):
        ran(block)
    known: dict = {}
    for block in blocks(ANALYSTS, "python"):
        exec(block, known)
    assert 8 == len(known["reports"]) and known["this"].folder.year == 2023
    assert Path("reports/across.html").is_file()


def test_what_a_new_folder_says_to_do_next_can_be_done(here, capsys):
    ran("juesuan new some-office 2024 --data 'my data'")
    said = capsys.readouterr().out
    for command in re.findall(r"juesuan todo [^），]+", said):
        ran(command)
    assert "some-office 2024：还要填" in capsys.readouterr().out
