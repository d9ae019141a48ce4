"""From the command to the files: what is built, skipped, refused, and never half-written."""

import csv
import errno
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial

import pytest
from at_once import at_once
from invented import DEPARTMENT, write_department
from python_calamine import CalamineWorkbook

from helpers import cli, comparing
from helpers.across import store
from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.paths import Folder
from helpers.batch import batch, comparison, engine, inputs, notebook, ready, warmup
from helpers.batch.shelf import Shelf
from helpers.batch.workers import Crew, Limits, Plan
from helpers.sample import sample

REAL = "xiqu-government-office"


def run(capsys, *arguments):
    status = cli.main([str(a) for a in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The second department and a broken neighbour, built once by the command itself."""
    place = tmp_path_factory.mktemp("built")
    write_department(place / "data")
    broken = place / "data" / "departments" / "broken-office" / "2023"
    shutil.copytree(place / "data" / "departments" / DEPARTMENT / "2023", broken)
    (broken / "figures.csv").write_text("item\n", encoding="utf-8")
    arguments = [
        "run",
        "--data",
        str(place / "data"),
        "--outputs",
        str(place / "outputs"),
        "-y",
        "2023",
    ]
    return place, cli.main(arguments), arguments


def test_a_failed_report_leaves_the_others_built_and_says_so(built):
    place, status, _ = built
    assert cli.FAILED == status
    assert set(engine.FILES) == {
        p.name for p in (place / "outputs" / DEPARTMENT / "2023").iterdir()
    }
    failed = json.loads(
        (place / "outputs" / "broken-office" / "2023" / "run.json").read_text(encoding="utf-8")
    )
    assert ("failed", "sichuan-2022") == (failed["status"], failed["edition"])
    told = "broken-office/2023/figures.csv 第 1 行：缺少列「category」（类别）、「fund」（资金）"
    assert failed["error"].startswith(told)
    assert failed["error"].endswith("「unit」（单位），应为含全部十列的表头，没有内容的列留空")


def test_the_index_lists_every_report_with_the_contracts_columns(built):
    place, _, _ = built
    with (place / "outputs" / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (
        "department,name,year,status,error,warning,hint,missing,seconds,report,edition,causes,decided,reason"
    ).split(",") == list(rows[0])
    assert [
        ("broken-office", "failed", ""),
        (DEPARTMENT, "ok", f"{DEPARTMENT}/2023/report.html"),
    ] == [(r["department"], r["status"], r["report"]) for r in rows]
    page = (place / "outputs" / "index.html").read_text(encoding="utf-8")
    assert "缺少列" in page and f'href="{DEPARTMENT}/2023/report.html"' in page


def test_the_files_are_those_of_the_contract(built):
    place, _, _ = built
    folder = place / "outputs" / DEPARTMENT / "2023"
    with (folder / "cells.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert ["table", "row", "column", "value", "state"] == list(cells[0])
    assert {f"{n:02d}" for n in range(1, 14)} == {c["table"] for c in cells}
    assert {"given", "derived"} >= {c["state"] for c in cells}
    assert all(re.fullmatch(r"-?\d+\.\d\d", c["value"]) for c in cells)
    sentences = json.loads((folder / "statements.json").read_text(encoding="utf-8"))
    assert {"id", "section", "text", "numbers", "published", "verdict"} == set(sentences[0])
    assert {"unpublished"} == {s["verdict"] for s in sentences}
    numbers = [n for s in sentences for n in s["numbers"]]
    assert all(
        re.fullmatch(r"\d\d\[.+, .+\]|(\.\./2022/)?figures\.csv:\d+", c)
        for n in numbers
        for c in n["cells"]
    )
    assert numbers and all(n["cells"] for n in numbers if n["unit"] == "万元")
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert {
        "department",
        "year",
        "status",
        "error",
        "started",
        "seconds",
        "inputs",
        "edition",
        "version",
        "packages",
        "findings",
    } <= set(record)
    assert f"departments/{DEPARTMENT}/2022/figures.csv" in record["inputs"]
    sheets = CalamineWorkbook.from_path(str(folder / "tables.xlsx")).sheet_names
    assert 1 + 13 == len(sheets)  # the cover, the tables


def test_the_page_asks_nothing_of_the_network(built):
    page = (built[0] / "outputs" / DEPARTMENT / "2023" / "report.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page and "default-src 'none'" in page
    leading = re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)([^"']*)""", page)
    assert {"../../index.html", "../../findings.html", "tables.xlsx"} == {
        link.partition("#")[0] for link in leading
    }
    assert "<script src" not in page


def test_a_second_run_builds_only_what_changed(built, capsys):
    place, _, arguments = built
    report = place / "outputs" / DEPARTMENT / "2023" / "report.html"
    before = report.stat().st_mtime_ns
    status, out, _ = run(capsys, *arguments)
    assert (cli.FAILED, before) == (status, report.stat().st_mtime_ns)
    assert "跳过 1 份" in out
    folder = Folder(place / "data", DEPARTMENT, 2023)
    assert inputs.up_to_date(folder, Shelf(place / "outputs"))
    figures = folder.last_year.figures
    kept = figures.read_bytes()
    figures.write_bytes(kept + b"\n")
    assert not inputs.up_to_date(folder, Shelf(place / "outputs"))
    figures.write_bytes(kept)


def test_a_dry_run_says_what_would_be_made_and_why_and_makes_nothing(built, tmp_path, capsys):
    place = tmp_path / "copy"
    shutil.copytree(built[0], place)
    command = ["run", "--data", place / "data", "--outputs", place / "outputs", "--dry-run"]

    def told(*more):
        before = {str(p): p.stat().st_mtime_ns for p in place.rglob("*")}
        status, out, err = run(capsys, *command, *more)
        assert (0, "") == (status, err)
        assert before == {str(p): p.stat().st_mtime_ns for p in place.rglob("*")}
        return out

    assert "broken-office 2023：上次没有做成\n" in told()
    assert f"{DEPARTMENT} 2023" not in told() and "要生成 2 份，跳过 1 份" in told()
    assert f"{DEPARTMENT} 2023：要全部重做" in told("--force")
    for name in (".~lock.figures.csv#", "~$profile.docx"):
        (place / "data" / "departments" / DEPARTMENT / "2023" / name).touch()
    assert f"{DEPARTMENT} 2023" not in told()
    profile = place / "data" / "departments" / DEPARTMENT / "2023" / "profile.yaml"
    profile.write_text(profile.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    wanted = f"{DEPARTMENT} 2023：变了：profile.yaml\n"
    assert wanted in told() and "要生成 1 份" in told("-d", DEPARTMENT, "-y", "2023")
    (place / "outputs" / DEPARTMENT / "2023" / "tables.xlsx").unlink()
    assert f"{DEPARTMENT} 2023：报告里没有 tables.xlsx" in told()
    command[4] = tmp_path / "none"
    assert f"{DEPARTMENT} 2023：还没有报告" in told() and not (tmp_path / "none").exists()


def test_a_report_that_fails_later_keeps_the_last_good_one(built, capsys):
    place, _, _ = built
    outputs, folder = place / "outputs", Folder(place / "data", DEPARTMENT, 2023)
    target = outputs / DEPARTMENT / "2023"
    good = {f: (target / f).read_bytes() for f in engine.FILES}
    kept = folder.figures.read_bytes()
    folder.figures.write_bytes(kept.replace(b",", b";"))
    try:
        status, _, err = run(
            capsys,
            "run",
            "--data",
            place / "data",
            "--outputs",
            outputs,
            "-d",
            DEPARTMENT,
            "-y",
            "2023",
        )
    finally:
        folder.figures.write_bytes(kept)
    assert cli.FAILED == status and f"{DEPARTMENT}/2023/figures.csv 第 1 行" in err
    assert "failed" == json.loads((target / "run.json").read_text(encoding="utf-8"))["status"]
    assert all((target / f).read_bytes() == good[f] for f in engine.FILES if f != "run.json")
    (target / "run.json").write_bytes(good["run.json"])


def test_a_report_that_cannot_be_put_in_its_place_is_told_by_the_index_until_it_can(
    built, tmp_path, monkeypatch, capsys
):
    place = tmp_path / "copy"
    shutil.copytree(built[0], place)
    command = ["run", "--data", place / "data", "--outputs", place / "outputs", "-d", DEPARTMENT]

    def told():
        with (place / "outputs" / "index.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [r for r in csv.DictReader(file) if r["department"] == DEPARTMENT]
        return {r["year"]: (r["status"], r["reason"][-12:]) for r in rows}

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "put", lambda *_: os.open("/", os.O_WRONLY))
        assert cli.FAILED == run(capsys, *command, "--force")[0]
        assert {"2022": "failed", "2023": "failed"} == {y: s for y, (s, _) in told().items()}
        assert all("放不进" in why or "目录" in why or why for _, why in told().values())
    assert 0 == run(capsys, *command)[0]
    assert {"2022": ("ok", ""), "2023": ("ok", "")} == told()


def test_what_no_run_made_is_never_lost_and_the_other_reports_are_made(tmp_path, capsys):
    write_department(tmp_path / "data")
    root, outputs = tmp_path / "data" / "departments", tmp_path / "outputs"
    for name in ("file", "folder"):
        shutil.copytree(root / DEPARTMENT / "2023", root / name / "2023")
    (outputs / "file").mkdir(parents=True)
    (outputs / "file" / "2023").write_text("mine", encoding="utf-8")
    (outputs / "folder" / "2023" / "report.html").mkdir(parents=True)
    (outputs / "folder" / "2023" / "report.html" / "note.txt").write_text("mine", encoding="utf-8")
    status, _, err = run(
        capsys, "run", "--data", tmp_path / "data", "--outputs", outputs, "-y", "2023"
    )
    assert cli.FAILED == status
    assert f"file/2023：{outputs}/file/2023：这里放着一个文件，不是运行写出的" in err
    assert f"folder/2023：{outputs}/folder/2023/report.html：这里放着一个文件夹，不是" in err
    assert "mine" == (outputs / "file" / "2023").read_text(encoding="utf-8")
    kept = outputs / "folder" / "2023" / "report.html" / "note.txt"
    assert "mine" == kept.read_text(encoding="utf-8")
    assert (outputs / DEPARTMENT / "2023" / "report.html").is_file()
    with (outputs / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {r["department"]: (r["status"], r["reason"]) for r in csv.DictReader(file)}
    assert ("ok", "") == told.pop(DEPARTMENT)
    assert {"file", "folder"} == told.keys()
    assert all(s == "failed" and "不是运行写出的" in why for s, why in told.values())


def test_nothing_half_written_is_left_behind(built):
    assert [] == list((built[0] / "outputs").rglob(".*"))


def test_the_same_inputs_give_the_same_bytes_in_a_fork_and_in_a_kernel_of_its_own(built, tmp_path):
    place, _, _ = built
    engine.build(Folder(place / "data", DEPARTMENT, 2023), tmp_path, notebook.ORDINARY)
    for name in engine.FILES:
        if name != "run.json":
            assert (place / "outputs" / DEPARTMENT / "2023" / name).read_bytes() == (
                tmp_path / name
            ).read_bytes(), name


@pytest.mark.parametrize("in_a_child", [1, 3])
def test_a_report_is_the_same_to_the_byte_whatever_its_process_made_before(
    tmp_path, monkeypatch, in_a_child
):
    every = sample.create(tmp_path / "data", 3, range(2023, 2024), seed=5, published=True)
    monkeypatch.setattr(engine, "MOST_IN_A_CHILD", in_a_child)
    warmup.warm(ready.needs_of(every))
    forks, fork = [], os.fork
    monkeypatch.setattr(os, "fork", lambda: forks.append(1) or fork())
    batch.run(every, Shelf(tmp_path / "outputs"), Plan(quiet=True))
    assert 3 // in_a_child == len(forks)
    for folder in every:
        (tmp_path / folder.department).mkdir()
        monkeypatch.undo()
        with Crew(1, Limits()) as crew:
            alone = tmp_path / folder.department
            crew.start(0, partial(engine.build, folder, alone, notebook.WARM), tmp_path / "log")
            assert [(0, "")] == crew.ended()
        for name in set(engine.FILES) - {"run.json"}:
            made = tmp_path / "outputs" / folder.department / "2023" / name
            assert made.read_bytes() == (alone / name).read_bytes(), name


@pytest.mark.parametrize(
    "arguments, said",
    [
        (
            ["run", "-d", "xiqu-goverment-office"],
            "没有部门「xiqu-goverment-office」，最接近的是「xiqu-government-office」",
        ),
        (["run", "-d", REAL, "-y", "1999"], "没有 1999 年度"),
        (["run", "--format", "csv"], "不认识的选项 --format csv"),
        (["run", "-y", "二〇二三"], "-y/--year 不能是 '二〇二三'"),
        (["run", "--fail-on", "all"], "--fail-on 不能是 'all'"),
        (["run", "--data", "no-such-folder"], "下没有 departments 文件夹"),
        ([], "缺少 命令"),
        (["new", "Bad_Name", "2023"], "应只含小写字母、数字和连字符"),
        (["new", REAL, "2023"], "已经有了，没有改动它"),
    ],
)
def test_a_request_that_cannot_be_understood_is_answered_in_one_chinese_line(
    capsys, arguments, said
):
    status, _, err = run(capsys, *arguments)
    assert cli.NOT_UNDERSTOOD == status
    assert said in err and 1 == err.count("\n") and "Traceback" not in err


def test_findings_at_or_above_fail_on_give_status_one(capsys):
    assert (0, 1, 1) == tuple(
        run(capsys, "check", "-d", REAL, *more)[0]
        for more in ([], ["--fail-on", "error"], ["--fail-on", "warning"])
    )


def test_check_speaks_text_csv_and_json(capsys):
    text, table, entries = (
        run(capsys, "check", "-d", REAL, "--format", f)[1] for f in ("text", "csv", "json")
    )
    assert "错误 4" in text
    assert (
        "department,year,rule,severity,place,message,expected,found,difference,section,cause,decision"
        == table.splitlines()[0]
    )
    assert len(table.splitlines()) - 1 == len(json.loads(entries))


def test_list_names_departments_and_years(capsys):
    assert f"{REAL}\t2023\n" in run(capsys, "list")[1]


def test_a_new_folder_says_step_by_step_what_to_fill_in(tmp_path, capsys):
    (tmp_path / "departments").mkdir()
    assert 0 == run(capsys, "new", "culture-bureau", "2024", "--data", tmp_path)[0]
    status, _, err = run(capsys, "check", "--data", tmp_path)
    assert cli.FAILED == status and "缺少「department」（部门）" in err
    profile = Folder(tmp_path, "culture-bureau", 2024).profile
    profile.write_text(
        profile.read_text(encoding="utf-8")
        .replace("department: ''", "department: 文化局")
        .replace("short_name: ''", "short_name: 文化局"),
        encoding="utf-8",
    )
    assert "金额为空" in run(capsys, "check", "--data", tmp_path)[2]


def test_a_notebook_that_fails_is_named_by_its_cell(tmp_path, monkeypatch):
    broken = json.loads(paths.NOTEBOOK.read_text(encoding="utf-8"))
    broken["cells"][4]["source"] = ["1 / 0"]
    broken["cells"] = broken["cells"][:5]
    copy = tmp_path / "department_report.ipynb"
    copy.write_text(json.dumps(broken), encoding="utf-8")
    monkeypatch.setattr(paths, "NOTEBOOK", copy)
    with pytest.raises(DataError, match="第 6 格：出错 ZeroDivisionError"):
        engine._executed(Folder(paths.DATA, REAL, 2023), notebook.ORDINARY)


def test_a_notebook_that_cannot_be_read_is_an_error(tmp_path):
    file = tmp_path / "report.ipynb"
    file.write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(DataError, match="report.ipynb：不是能读的笔记本"):
        notebook.taken(file)


def test_what_cannot_be_collected_is_told_and_the_reports_are_there(tmp_path, monkeypatch, capsys):
    def refuse(*_):
        raise DataError("tables.yaml", "读不懂")

    monkeypatch.setattr(store, "collect", refuse)
    assert comparing.gather(tmp_path, tmp_path, across=False)
    assert not comparing.gather(tmp_path, tmp_path, across=True)
    assert 2 == capsys.readouterr().err.count("汇集不了（tables.yaml")


@pytest.mark.parametrize(
    "error, told",
    [
        (OSError(errno.ENOSPC, "full"), "比较不了（磁盘满了）"),
        (DataError("across.ipynb", "没有参数"), "比较不了（across.ipynb：没有参数）"),
    ],
)
def test_what_cannot_be_compared_is_told_and_the_reports_are_there(
    tmp_path, monkeypatch, capsys, error, told
):
    def refuse(*_):
        raise error

    monkeypatch.setattr(comparison, "compare", refuse)
    assert comparing.gather(tmp_path, tmp_path, across=False)
    assert not comparing.gather(tmp_path, tmp_path, across=True)
    assert told == capsys.readouterr().err.strip()


COMPARING = """
from pathlib import Path
import nbformat
from helpers.batch import comparison
outputs, who = Path(sys.argv[1]), sys.argv[2]
notebook = nbformat.v4.new_notebook(metadata={"who": who})
comparison.notebook.executed = lambda *_: notebook
comparison.site.page = lambda *_: who * 1_000_000
"""
COMPARED = """
for _ in range(100):
    comparison.compare(outputs)
"""


def test_of_two_that_compare_at_once_neither_fails_and_both_files_are_of_the_same_one(tmp_path):
    assert [0, 0] == at_once(COMPARING, COMPARED, [str(tmp_path), "a"], [str(tmp_path), "b"])
    written = json.loads((tmp_path / "across.ipynb").read_text(encoding="utf-8"))
    page = (tmp_path / "across.html").read_text(encoding="utf-8")
    assert written["metadata"]["who"] * 1_000_000 == page
    assert ["across.html", "across.ipynb"] == sorted(file.name for file in tmp_path.iterdir())


def test_a_parameter_that_the_notebook_does_not_have_is_an_error(tmp_path, monkeypatch):
    other = json.loads(paths.NOTEBOOK.read_text(encoding="utf-8"))
    for cell in other["cells"]:
        cell["metadata"].pop("tags", None)
    copy = tmp_path / "department_report.ipynb"
    copy.write_text(json.dumps(other), encoding="utf-8")
    monkeypatch.setattr(paths, "NOTEBOOK", copy)
    with pytest.raises(DataError, match="没有参数 department、year"):
        engine._executed(Folder(paths.DATA, REAL, 2023), notebook.ORDINARY)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["run", "--outputs", ""], "--outputs 不能是「」"),
        (["run", "--outputs", __file__], "应为放报告的文件夹"),
        (["new", "office", "2024", "--data", "s3://bucket/data"], "应为本机的文件夹"),
        (
            ["sample", "--departments", "1", "--years", "2023", "--data", "local:///srv/data"],
            "应为本机的文件夹",
        ),
        (
            ["sample", "--departments", "1", "--years", "2023", "--data", str(paths.DATA)],
            "虚构的不能放在一起",
        ),
        (["run", "--froce"], "用法见 juesuan --help"),
        (["run", "--jobs", "0"], "应为 1 以上的整数，用法见 juesuan run --help"),
        (["run", "-y", "20x4"], "应为年度，如 2023 或 2019-2023，用法见 juesuan run --help"),
    ],
)
def test_a_place_that_is_none_is_refused_before_anything_is_written(capsys, arguments, said):
    status, _, err = run(capsys, *arguments)
    assert cli.NOT_UNDERSTOOD == status and said in err and 1 == err.count("\n")


def test_folders_and_files_that_their_names_keep_out_are_told(tmp_path, capsys):
    [folder] = sample.create(tmp_path, 1, range(2023, 2024), seed=1)
    (tmp_path / "departments" / "BadName" / "2023").mkdir(parents=True)
    (folder.path.parent / "2023年").mkdir()
    (folder.path / "published").mkdir()
    (folder.path / "published" / "决算表.xlsx").write_bytes(b"")
    status, out, err = run(capsys, "check", "--data", tmp_path)
    assert 0 == status
    assert "略过 departments/BadName：" in err and "2023年：年度文件夹名应为四位数字" in err
    assert "published/决算表.xlsx 没有读" in out


def test_a_report_that_is_stopped_leaves_nothing_in_the_temporary_folder(built, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [
        sys.executable,
        "-m",
        "helpers",
        "run",
        "--data",
        built[0] / "data",
        "--outputs",
        tmp_path / "outputs",
        "--timeout",
        "1",
    ]
    subprocess.run(
        command, check=False, capture_output=True, env={**os.environ, "TMPDIR": str(scratch)}
    )
    assert [] == list(scratch.iterdir())
