"""The letter of findings: what is true or undecided, a row each, as an ordinary Word document that a department can fill in."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal

import planted
import pytest
from docx import Document
from mutation_kinds import planting
from mutation_kinds.clean import build

from helpers import cli
from helpers.basics import paths
from helpers.disclosure import disclosure
from helpers.export import letter
from helpers.review import decisions
from helpers.review.review import Review
from helpers.sample import sample

REAL = "xiqu-government-office", 2023


@pytest.fixture
def data(tmp_path):
    """A data folder of its own with the real department-year."""
    place = tmp_path / "data"
    shutil.copytree(paths.DATA / "departments" / REAL[0], place / "departments" / REAL[0])
    return place


def rows(written: bytes) -> list[list[str]]:
    [table] = Document(io.BytesIO(written)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def decide(data, found, state):
    said = {
        "department": REAL[0],
        "year": REAL[1],
        "state": state,
        "reason": "核对过",
        "decided_by": "张三",
        "day": "2024-08-30",
        "findings": [{"rule": found.rule, "place": found.place, "amount": found.amount}],
    }
    file = data / "departments" / REAL[0] / str(REAL[1]) / "corrections.yaml"
    made = decisions.parse(json.dumps({"decisions": [said]}), "decisions.json")
    file.write_text(decisions.appended("", made), encoding="utf-8")


def of(data):
    return Review(disclosure.load(*REAL, data))


def test_there_is_a_row_for_each_serious_matter_and_none_for_hints(data):
    review = of(data)
    serious = [c for c in review.causes if c.severity in ("error", "warning")]
    head, *body = rows(letter.letter(review, letter.matters(review)))
    assert [name for name, _ in letter.HEADS] == head
    assert [str(n) for n in range(1, len(serious) + 1)] == [row[0] for row in body]
    assert all(row[2] and row[5] and row[6] for row in body)
    assert {""} == {cell for row in body for cell in row[-3:]}, "left to be filled in"


def test_a_row_names_section_and_subject_and_both_amounts(data):
    review = of(data)
    _, *body = rows(letter.letter(review, letter.matters(review)))
    [row] = [row for row in body if "上年却分别为" in row[2]]
    assert row[1].startswith("十、其他重要事项的情况说明：机关运行经费")
    assert ["74.16", "74.65"] == row[3:5]


def test_a_total_that_its_parts_do_not_reach_is_not_asked_to_be_changed_but_to_agree(tmp_path):
    shutil.copytree(
        paths.DATA / "departments" / "putuo-finance-bureau", tmp_path / "departments" / "a"
    )
    figures = tmp_path / "departments" / "a" / "2024" / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    figures.write_text(text.replace(",30102,,,1238.58,", ",30102,,,1238.68,"), encoding="utf-8")
    shutil.rmtree(figures.parent / "published")
    review = Review(disclosure.load("a", 2024, tmp_path))
    _, first, *_ = rows(letter.letter(review, letter.matters(review)))
    assert ["2082.85", "与各项之和 2082.96 相符"] == first[3:5]


@pytest.mark.parametrize(
    "state, there, decided", [("属实", 1, 1), ("待核", 1, 0), ("不予采纳", 0, 0)]
)
def test_what_was_not_accepted_is_left_out_and_what_is_open_where_only_truth_is_asked(
    data, state, there, decided
):
    found = next(f for f in of(data).found if f.rule == "N12b")
    decide(data, found, state)
    review = of(data)
    assert there == sum(m.findings[0].rule == "N12b" for m in letter.matters(review))
    assert decided == len(letter.matters(review, only_decided=True))


def test_what_was_copied_wrongly_from_what_was_published_is_not_the_departments_to_answer(tmp_path):
    clean = build(4, tmp_path)
    before = letter.matters(clean.this.review)
    change = planted.drawn(clean, planting.OF_FIGURES[1], 4)
    after = planted.reviewed(clean, [change])
    assert after.causes[0].is_ours and len(after.causes[0].members) > 5
    assert "figures.csv" not in after.causes[0].told
    assert f"相差 {after.causes[0].difference} 万元" in after.causes[0].told
    assert [m.cause.sentence for m in before] == [m.cause.sentence for m in letter.matters(after)]


def test_it_says_in_what_the_amounts_are_and_leaves_room_for_a_date_and_a_name(data):
    review = of(data)
    written = Document(io.BytesIO(letter.letter(review, letter.matters(review))))
    opening, signed = written.paragraphs[2].text, written.paragraphs[-1].text
    assert "前退回" in opening and opening.endswith("金额单位：万元。")
    assert "经办人" in signed and signed.endswith("　　年　　月　　日")


def test_the_same_matters_give_the_same_bytes(data):
    review = of(data)
    some = letter.matters(review)
    assert letter.letter(review, some) == letter.letter(of(data), letter.matters(of(data)))


def test_the_command_writes_it_beside_the_report(data, tmp_path, capsys):
    outputs = tmp_path / "outputs"
    command = ["letter", "--data", str(data), "--outputs", str(outputs)]
    assert cli.BUILT == cli.main(command)
    place = outputs / REAL[0] / str(REAL[1])
    assert ["letter.docx"] == [p.name for p in place.iterdir()]
    assert "个问题" in capsys.readouterr().out
    once = (place / "letter.docx").read_bytes()
    assert cli.BUILT == cli.main(command) and once == (place / "letter.docx").read_bytes()


def test_where_nothing_is_to_be_answered_none_is_written(data, tmp_path, capsys):
    outputs = tmp_path / "outputs"
    assert cli.BUILT == cli.main(
        ["letter", "--decided", "--data", str(data), "--outputs", str(outputs)]
    )
    assert "没有要说的问题" in capsys.readouterr().out and not outputs.exists()


def test_one_that_cannot_be_read_harms_no_other(data, tmp_path, capsys):
    broken = data / "departments" / "broken" / "2023"
    broken.mkdir(parents=True)
    (broken / "figures.csv").write_text("item\n", encoding="utf-8")
    (broken / "profile.yaml").write_text("department: 一\n", encoding="utf-8")
    outputs = tmp_path / "outputs"
    assert cli.FAILED == cli.main(["letter", "--data", str(data), "--outputs", str(outputs)])
    assert "broken/2023" in capsys.readouterr().err
    assert (outputs / REAL[0] / str(REAL[1]) / "letter.docx").is_file()


def test_one_that_cannot_be_written_harms_no_other(data, tmp_path, capsys):
    shutil.copytree(data / "departments" / REAL[0], data / "departments" / "another")
    (tmp_path / "outputs" / "another").mkdir(parents=True)
    (tmp_path / "outputs" / "another" / str(REAL[1])).touch()
    outputs = tmp_path / "outputs"
    assert cli.FAILED == cli.main(["letter", "--data", str(data), "--outputs", str(outputs)])
    assert f"another/{REAL[1]}" in capsys.readouterr().err
    assert (outputs / REAL[0] / str(REAL[1]) / "letter.docx").is_file()


def test_one_that_brings_down_its_process_or_takes_too_long_harms_no_other(
    data, tmp_path, capsys, monkeypatch
):
    shutil.copytree(data / "departments" / REAL[0], data / "departments" / "a-deadly")
    shutil.copytree(data / "departments" / REAL[0], data / "departments" / "b-endless")
    deadly = {"a-deadly": lambda: os.kill(os.getpid(), signal.SIGKILL), "b-endless": signal.pause}
    load = disclosure.load
    monkeypatch.setattr(
        disclosure, "load", lambda name, *more: deadly.get(name, lambda: load(name, *more))()
    )
    outputs = tmp_path / "outputs"
    command = ["letter", "--data", str(data), "--outputs", str(outputs), "--timeout", "10"]
    assert cli.FAILED == cli.main(command)
    told = capsys.readouterr().err
    assert f"a-deadly/{REAL[1]}：进程被信号 SIGKILL 终止" in told
    assert f"b-endless/{REAL[1]}：超过 10 秒没有结束" in told
    assert [f"{REAL[0]}/{REAL[1]}/letter.docx"] == [
        file.relative_to(outputs).as_posix() for file in outputs.rglob("*.docx")
    ]


def test_the_letter_of_what_was_mended_since_is_taken_away(tmp_path, capsys):
    [folder] = sample.create(tmp_path / "data", 1, range(2023, 2024), 1, published=True)
    text = folder.narrative.read_text(encoding="utf-8")
    place = tmp_path / "outputs" / folder.department / "2023" / "letter.docx"
    command = ["letter", "--data", str(folder.data), "--outputs", str(tmp_path / "outputs")]
    for published, is_there in ((text.replace("总计均为", "总计均为9", 1), True), (text, False)):
        folder.narrative.write_text(published, encoding="utf-8")
        assert cli.BUILT == cli.main(command) and is_there == place.exists()
    assert "没有要说的问题" in capsys.readouterr().out


def test_outputs_among_the_data_are_refused(data, capsys):
    assert cli.NOT_UNDERSTOOD == cli.main(["letter", "--data", str(data), "--outputs", str(data)])
    assert "--outputs" in capsys.readouterr().err
