"""A check of many department-years: each in a child with limits, each with a line of its own, whatever befalls the others."""

import csv
import io
import json
import os
import shutil
import sys
import threading

import pytest
from invented import write_department

from helpers import cli
from helpers.basics import forking
from helpers.batch import inspection
from helpers.batch.workers import Limits
from helpers.disclosure import disclosure, folders, selection
from helpers.report import report
from helpers.sample import sample

pytestmark = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"),
    reason="forks are watched by pidfd, which this system does not have",
)
GOOD = "good"


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A data folder with one good department-year, and others that are each spoiled in their own way."""
    data = tmp_path_factory.mktemp("spoiled")
    [folder] = sample.create(data, 1, range(2023, 2024), seed=1)
    root = folder.path.parent.parent
    for name in (GOOD, "pipe", "sparse", "device", "folder", "dangling", "edition", "gbk"):
        shutil.copytree(folder.path, root / name / "2023")
    shutil.rmtree(folder.path.parent)
    for name in ("pipe", "sparse", "device", "folder", "dangling"):
        (root / name / "2023" / "figures.csv").unlink()
    os.mkfifo(root / "pipe" / "2023" / "figures.csv")
    with (root / "sparse" / "2023" / "figures.csv").open("wb") as file:
        file.truncate(30_000_000_000)
    (root / "device" / "2023" / "figures.csv").symlink_to("/dev/zero")
    (root / "folder" / "2023" / "figures.csv").mkdir()
    (root / "dangling" / "2023" / "figures.csv").symlink_to("nowhere")
    profile = root / "edition" / "2023" / "profile.yaml"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace(
            "edition: sichuan-2022", f"edition: {'长' * 5000}"
        ),
        encoding="utf-8",
    )
    (root / "gbk" / "2023" / "profile.yaml").write_bytes("department: 文化局\n".encode("gbk"))
    os.mkdir(os.fsencode(root) + b"/\xb1\xed")
    return data


REASONS = {
    "pipe": "pipe/2023/figures.csv：不是普通文件",
    "sparse": "sparse/2023/figures.csv：文件超过 5 MB",
    "device": "device/2023/figures.csv：不是普通文件",
    "folder": "folder/2023/figures.csv：不是普通文件",
    "dangling": "dangling/2023/figures.csv：没有这个文件",
    "edition": "edition/2023/profile.yaml 第 5 行：没有版本「长长",
    "gbk": "gbk/2023/profile.yaml 第 1 行：不是 UTF-8 编码",
}


@pytest.fixture(scope="module")
def inspected(spoiled):
    return inspection.inspect(folders.there(spoiled), jobs=2, limits=Limits(seconds=60))


@pytest.mark.parametrize("name", REASONS)
def test_a_department_that_cannot_be_read_has_a_line_of_its_own(inspected, name):
    [failure] = [f for f in inspected.failures if f.folder.department == name]
    assert failure.reason.startswith(REASONS[name])


def test_the_others_are_checked(inspected):
    assert [GOOD] == [folder.department for folder, _ in inspected.found]


def test_outcomes_stand_in_the_order_in_which_they_were_asked_for(inspected, spoiled):
    assert [f.department for f in folders.there(spoiled)] == [
        folder.department for folder, _ in inspected.outcomes
    ]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_those_that_failed_are_listed_in_every_format(inspected, form):
    written = inspection.FORMATS[form](inspected)
    entries = json.loads(written) if form == "json" else list(csv.DictReader(io.StringIO(written)))
    failed = {e["department"]: e for e in entries if e["rule"] == inspection.FAILED}
    assert set(REASONS) == set(failed)
    assert {"error"} == {e["severity"] for e in failed.values()} and all(
        failed[name]["message"].startswith(REASONS[name]) for name in REASONS
    )


def test_the_command_tells_them_and_ends_with_the_status_of_a_failure(spoiled, capsys):
    assert cli.FAILED == cli.main(["check", "--data", str(spoiled)])
    said = capsys.readouterr()
    assert all(
        any(line.startswith(reason) for line in said.err.splitlines())
        for reason in REASONS.values()
    )
    assert f"{GOOD} 2023：错误 0" in said.out and "略过 departments/��" in said.err


def spoil(monkeypatch, deed):
    """Let the department called GOOD misbehave when it is read."""
    load = disclosure.load

    def loaded(department, *more):
        return deed() if department == GOOD else load(department, *more)

    monkeypatch.setattr(disclosure, "load", loaded)


def hoard():
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def loop():
    while True:
        pass


@pytest.mark.parametrize(
    "deed, reason",
    [
        (os.abort, "进程被信号 SIGABRT 终止"),
        (hoard, "用完了允许的内存 1024 MB"),
        (loop, "超过 10 秒没有结束，已停止"),
        (lambda: 1 // 0, "程序出错 ZeroDivisionError"),
        (lambda: os._exit(0), "进程没有说完就结束了"),
    ],
    ids=["aborts", "hoards", "loops", "breaks", "ends"],
)
def test_a_child_that_dies_is_one_line_of_its_department(spoiled, monkeypatch, deed, reason):
    spoil(monkeypatch, deed)
    seen = inspection.inspect(
        selection.select(folders.there(spoiled), [GOOD, "pipe"], []),
        jobs=2,
        limits=Limits(seconds=10 if deed is loop else 120, memory=1 << 30),
    )
    [failure] = [f for f in seen.failures if f.folder.department == GOOD]
    assert failure.reason.startswith(f"{GOOD}/2023：{reason}") and 1 == len(
        failure.reason.splitlines()
    )


@pytest.mark.parametrize("deed", [os.abort, hoard, loop, lambda: os._exit(0)])
def test_those_that_share_a_child_with_one_that_ends_it_are_checked(tmp_path, monkeypatch, deed):
    every = sample.create(tmp_path, 9, range(2023, 2024), seed=1)
    limits = Limits(seconds=12 if deed is loop else 120, memory=1 << 30)
    monkeypatch.setattr(inspection, "MOST_IN_A_CHILD", 4)
    forks, fork = [], os.fork
    with monkeypatch.context() as patch:
        patch.setattr(os, "fork", lambda: forks.append(1) or fork())
        alone = dict(inspection.inspect(every, 1, limits).outcomes)
    assert 3 == len(forks)
    monkeypatch.setattr(sys.modules[__name__], "GOOD", every[1].department)
    spoil(monkeypatch, deed)
    seen = inspection.inspect(every, 1, limits)
    assert [every[1]] == [failure.folder for failure in seen.failures]
    assert dict(seen.found) == {f: outcome for f, outcome in alone.items() if f != every[1]}


def test_a_process_with_threads_has_another_one_check(spoiled, inspected):
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert inspected == inspection.inspect(
            folders.there(spoiled), jobs=2, limits=Limits(seconds=60)
        )
    finally:
        stop.set()
        thread.join()


def test_where_a_process_cannot_be_forked_everything_is_checked_in_it(
    spoiled, inspected, monkeypatch
):
    monkeypatch.setattr(forking, "can_fork", lambda: False)
    monkeypatch.setattr(forking, "CAN_WATCH", False)
    assert inspected == inspection.inspect(folders.there(spoiled))


@pytest.mark.skipif(os.getuid() == 0, reason="root may read every folder")
def test_a_folder_that_is_not_for_us_to_read_is_told_and_the_others_are_checked(tmp_path, capsys):
    sample.create(tmp_path, 2, range(2023, 2024), seed=1)
    closed = next((tmp_path / "departments").iterdir())
    closed.chmod(0)
    try:
        assert cli.FAILED == cli.main(["check", "--data", str(tmp_path)])
    finally:
        closed.chmod(0o755)
    assert f"departments/{closed.name}：没有权限读" in capsys.readouterr().err


def test_a_department_that_cannot_be_looked_into_is_a_failure_of_the_whole_command(
    tmp_path, monkeypatch, capsys
):
    sample.create(tmp_path, 1, range(2023, 2024), seed=1)
    monkeypatch.setattr(
        folders, "unreadable", lambda data: ["departments/closed：没有权限读这个文件夹"]
    )
    assert cli.FAILED == cli.main(["check", "--data", str(tmp_path)])
    assert "departments/closed：没有权限读" in capsys.readouterr().err


# All that is wrong is told at once


def test_all_that_is_wrong_in_a_file_is_told_at_once_up_to_twenty(tmp_path, capsys):
    [folder] = sample.create(tmp_path, 1, range(2023, 2024), seed=1)
    rows = folder.figures.read_text(encoding="utf-8").splitlines()
    folder.figures.write_text(
        "\n".join([rows[0], *(row.replace(",元,", ",圆,") for row in rows[1:30])]), encoding="utf-8"
    )
    assert cli.FAILED == cli.main(["check", "--data", str(tmp_path)])
    told = capsys.readouterr().err.splitlines()
    assert 21 == len(told) and all("figures.csv" in line for line in told)
    assert "第 2 行 unit（单位）：单位「圆」不对" in told[0] and "另有 9 处" in told[-1]


def test_problems_of_several_kinds_are_told_together(tmp_path, capsys):
    [folder] = sample.create(tmp_path, 1, range(2023, 2024), seed=1)
    text = (
        folder.profile.read_text(encoding="utf-8")
        .replace("short_name: ", "shortname: ")
        .replace("kind: 部门", "kind: 委员会")
        .replace("kind: 单位", "kind: 委员会")
    )
    folder.profile.write_text(f"{text}\nduty: 一\nyears: 二\n", encoding="utf-8")
    cli.main(["check", "--data", str(tmp_path)])
    told = capsys.readouterr().err
    assert all(f"不认识的键「{key}」" in told for key in ("shortname", "duty", "years"))


def test_last_years_broken_file_is_told_and_this_year_is_done(tmp_path, capsys):
    before, now = sample.create(tmp_path, 1, range(2022, 2024), seed=1)
    before.figures.write_text("item\n", encoding="utf-8")
    this = report.load(now.department, now.year, tmp_path)
    [told] = [f for f in this.found if f.rule == "上年-未读"]
    assert "missing" == told.severity and "2022/figures.csv 第 1 行：缺少列" in told.message
    assert "【缺上年数】" in "".join(
        s.text for st in this.statements.values() for s in st.sentences
    )
    assert {"2022": cli.FAILED, "2023": cli.BUILT} == {
        year: cli.main(["check", "--data", str(tmp_path), "-y", year]) for year in ("2022", "2023")
    }


@pytest.mark.parametrize("year", ["0000", "0999"])
def test_a_year_that_is_none_is_passed_over_and_told(tmp_path, capsys, year):
    [folder] = sample.create(tmp_path, 1, range(2023, 2024), seed=1)
    (folder.path.parent / year).mkdir()
    assert cli.BUILT == cli.main(["check", "--data", str(tmp_path)])
    assert f"{year}：年度文件夹名应为四位数字" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["run"],
        ["check"],
        ["list"],
        ["new", "office", "2024"],
        ["sample", "--departments", "1", "--years", "2023"],
    ],
)
def test_an_empty_data_folder_is_refused(command, capsys):
    assert cli.NOT_UNDERSTOOD == cli.main([*command, "--data", ""])
    assert "--data" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["check"], ["todo"], ["run", "--force"], ["letter"], ["export", "html"]]
)
def test_debug_shows_the_call_stack_of_one_that_failed_and_nothing_else_does(
    tmp_path, command, capsys
):
    place = tmp_path / "data" / "departments" / "broken" / "2023"
    place.mkdir(parents=True)
    (place / "figures.csv").write_text("item\n", encoding="utf-8")
    where = ["--data", str(tmp_path / "data")]
    where += ["--outputs", str(tmp_path / "out")] if command[0] not in ("check", "todo") else []
    for more, shown in (["--debug"], True), ([], False):
        assert cli.FAILED == cli.main([*command, *where, *more])
        said = capsys.readouterr()
        assert shown == ("Traceback" in said.err) and "broken/2023" in said.err


@pytest.mark.parametrize(
    "error", [ValueError("甲"), MemoryError(), SystemError(), RecursionError()]
)
@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_whatever_goes_wrong_is_one_line_and_never_the_status_of_findings(
    tmp_path, monkeypatch, capsys, error, debug
):
    def fail(*_):
        raise error

    monkeypatch.setattr(cli.folders, "there", fail)
    assert cli.FAILED == cli.main(["list", "--data", str(tmp_path), *debug])
    said = capsys.readouterr().err
    assert bool(debug) == ("Traceback" in said)
    assert debug or 1 == said.count("\n")


def test_a_department_whose_name_is_as_long_as_can_be_is_checked(tmp_path, capsys):
    write_department(tmp_path)
    [folder] = folders.there(tmp_path)[-1:]
    folder.path.parent.rename(tmp_path / "departments" / ("a" * 255))
    assert cli.BUILT == cli.main(["check", "--data", str(tmp_path)]), capsys.readouterr().err
