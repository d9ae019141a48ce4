"""`juesuan export`: what is written where, what is refused and how, what comes back when it is imported again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import invented
import pytest
from docx import Document

from helpers import cli
from helpers.batch import exports
from helpers.disclosure import disclosure, folders
from helpers.export import obstacles

D, Y = invented.DEPARTMENT, invented.YEAR
FORMS = ("docx", "xlsx", "html", "pdf")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A data folder with one department that is ready, one with a gap and one that is broken."""
    place = tmp_path_factory.mktemp("data")
    invented.write_department(place)
    root = place / "departments"
    for name in ("gap", "broken"):
        shutil.copytree(root / D / str(Y), root / name / str(Y))
    figures = root / "gap" / str(Y) / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("政府采购,")]
    assert len(kept) < len(lines)
    figures.write_text("".join(kept), encoding="utf-8")
    (root / "broken" / str(Y) / "figures.csv").write_text("item\n", encoding="utf-8")
    return place


def export(form: str, data: Path, outputs: Path, *more: str, department: str = D) -> int:
    chosen = ["-d", department, "-y", str(Y), "--data", str(data), "--outputs", str(outputs)]
    return cli.main(["export", form, *chosen, *more])


def made(outputs: Path) -> list[str]:
    return sorted(p.relative_to(outputs).as_posix() for p in outputs.rglob("*") if p.is_file())


@pytest.mark.parametrize("form", FORMS[:3])
def test_a_disclosure_stands_in_its_place_alone(data, tmp_path, form, capsys):
    assert cli.BUILT == export(form, data, tmp_path)
    assert [f"{D}/{Y}/disclosure.{form}"] == made(tmp_path)
    assert f"已写 {tmp_path}/{D}/{Y}/disclosure.{form}" in capsys.readouterr().out


def test_what_has_gaps_is_not_written_and_each_is_told(data, tmp_path, capsys):
    assert cli.FOUND == export("docx", data, tmp_path, department="gap")
    assert [] == made(tmp_path)
    told = capsys.readouterr().err.splitlines()
    assert f"gap/{Y}：还不能公开，没有写；要看草稿，加 --draft" == told[0]
    assert all(re.match("  (缺数|错误|另有)", line) for line in told[1:]) and len(told) > 1


@pytest.mark.parametrize("form", FORMS[:3])
def test_a_draft_is_written_all_the_same(data, tmp_path, form):
    assert cli.BUILT == export(form, data, tmp_path, "--draft", department="gap")
    assert [f"gap/{Y}/disclosure.{form}"] == made(tmp_path)


def test_errors_stand_in_the_way_and_no_more_than_twenty_are_told():
    one = disclosure.load("xiqu-government-office", 2023)
    told = obstacles.obstacles(one)
    assert any(line.startswith("错误　") for line in told)
    assert len(told) <= obstacles.MOST_TOLD + 1


def test_one_that_is_broken_harms_no_other(data, tmp_path, capsys):
    status = cli.main(
        ["export", "html", "--data", str(data), "--outputs", str(tmp_path), "-y", str(Y)]
    )
    assert cli.FAILED == status
    assert [f"{D}/{Y}/disclosure.html"] == made(tmp_path)
    told = capsys.readouterr().err
    assert f"broken/{Y}" in told and f"gap/{Y}：还不能公开" in told


def test_one_process_writes_what_several_do(data, tmp_path):
    chosen = [f for f in folders.there(data) if f.department == D]
    order = exports.order("html", "", True, False)
    for jobs, place in ((1, tmp_path / "one"), (2, tmp_path / "two")):
        exports.run(exports.places(chosen, data, place, "", "html"), order, jobs, exports.Limits())
    assert made(tmp_path / "one") == made(tmp_path / "two")
    for name in made(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_one_by_itself_has_the_limits_that_many_have(data, tmp_path):
    """In a process of its own, in which no test before has left free what it took."""
    asked = ["xlsx", "-d", D, "-y", str(Y), "--data", str(data), "--outputs", str(tmp_path)]
    command = [sys.executable, "-m", "helpers", "export", *asked, "--memory", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert cli.FAILED == done.returncode
    assert "用完了允许的内存 1 MB" in done.stderr and [] == made(tmp_path)


def test_where_it_cannot_be_written_the_place_is_told(data, tmp_path, capsys):
    (tmp_path / D).touch()
    assert cli.FAILED == export("html", data, tmp_path)
    assert f"{D}/{Y}：{tmp_path}/{D}/{Y}/disclosure.html：写不了（" in capsys.readouterr().err


def test_to_names_the_file(data, tmp_path):
    assert cli.BUILT == export("html", data, tmp_path / "out", "--to", str(tmp_path / "甲.html"))
    assert ["甲.html"] == made(tmp_path)


def test_who_may_read_what_is_written_is_what_it_was(data, tmp_path):
    before = tmp_path / "甲.html"
    before.touch(0o600)
    assert cli.BUILT == export("html", data, tmp_path / "out", "--to", str(before))
    assert before.stat().st_size and 0o600 == before.stat().st_mode & 0o777


@pytest.mark.parametrize(
    "more, told",
    [
        (["--to", "nowhere/x.docx"], "--to 不能是「nowhere/x.docx」"),
        (["--to", "x.pdf"], "应为已有文件夹里的一个 .docx 文件"),
        (["--template", "nowhere.docx"], "没有「nowhere.docx」这个文件"),
        (["--fragment"], "--fragment 只用于 html"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_before_anything_is_done(
    data, tmp_path, monkeypatch, capsys, more, told
):
    monkeypatch.chdir(tmp_path)
    assert cli.NOT_UNDERSTOOD == export("docx", data, tmp_path / "out", *more)
    assert told in capsys.readouterr().err
    assert [] == made(tmp_path)


def test_nothing_is_written_into_the_data(data, tmp_path, capsys):
    target = data / "departments" / D / str(Y) / "x.docx"
    assert cli.NOT_UNDERSTOOD == export("docx", data, tmp_path, "--to", str(target))
    assert cli.NOT_UNDERSTOOD == export("docx", data, data)
    assert not target.exists()


def test_a_template_of_another_kind_is_a_failure_in_one_sentence(data, tmp_path, capsys):
    (tmp_path / "t.docx").write_bytes(b"no docx")
    assert cli.FAILED == export(
        "docx", data, tmp_path / "o", "--template", str(tmp_path / "t.docx")
    )
    assert (
        "t.docx：不是能读的 docx 文档，应为在 Word 里另存的普通 docx\n" == capsys.readouterr().err
    )


def test_a_template_without_marks_is_a_failure_of_its_department(data, tmp_path, capsys):
    Document().save(str(tmp_path / "t.docx"))
    assert cli.FAILED == export(
        "docx", data, tmp_path / "o", "--template", str(tmp_path / "t.docx")
    )
    assert re.search("t.docx：没有写【", capsys.readouterr().err)
    assert [] == [name for name in made(tmp_path) if name != "t.docx"]


def test_a_fragment_is_one_element(data, tmp_path):
    assert cli.BUILT == export("html", data, tmp_path, "--fragment")
    text = (tmp_path / D / str(Y) / "disclosure.html").read_text(encoding="utf-8")
    assert text.startswith("<article") and text.endswith("</article>\n")


def test_what_a_run_made_stays_beside_it(data, tmp_path):
    place = tmp_path / D / str(Y)
    place.mkdir(parents=True)
    (place / "report.html").write_text("x", encoding="utf-8")
    export("html", data, tmp_path)
    assert {"report.html", "disclosure.html"} == set(os.listdir(place))
