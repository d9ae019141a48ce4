"""A department-year that is being corrected is looked at again at each saving: checked, or its report made anew."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from types import SimpleNamespace

import pytest

from helpers import asked, cli
from helpers.basics.errors import DataError
from helpers.batch import inspection, watching
from helpers.batch.workers import Limits
from helpers.disclosure import profile
from helpers.sample import sample

pytestmark = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"),
    reason="forks are watched by pidfd, which this system does not have",
)


@pytest.fixture
def folders(tmp_path):
    return sample.create(tmp_path, 2, range(2023, 2024), seed=1)


def saved(folder, old: str, new: str) -> None:
    text = folder.figures.read_text(encoding="utf-8")
    assert old in text
    folder.figures.write_text(text.replace(old, new, 1), encoding="utf-8")


def first_amount(folder) -> str:
    return folder.figures.read_text(encoding="utf-8").splitlines()[1].split(",")[8]


def test_only_what_was_saved_is_yielded(folders):
    one, other = folders
    acts = iter(
        [
            lambda: None,
            lambda: saved(one, first_amount(one), "1.5"),
            lambda: other.profile.unlink(),
            lambda: (one.path / "published").mkdir(),
            lambda: (one.path / "published" / "narrative.txt").write_text("x", encoding="utf-8"),
        ]
    )
    seen = watching.changes(watching.look(folders), lambda _: next(acts)())
    assert [one] == next(seen)
    assert [other] == next(seen)
    assert [one] == next(seen)


def test_what_changed_is_told_and_nothing_else(folders):
    folder = folders[0]
    before = folder.figures.read_text(encoding="utf-8")
    told = watching.Watch([folder], list)
    told.told_first(inspection.inspect([folder]))
    assert 1 == len(list(told.told(inspection.inspect([folder]))))
    saved(folder, first_amount(folder), "987654321")
    head, *lines = told.told(inspection.inspect([folder]))
    assert "错误 0" not in head
    assert lines
    assert all("新出现　" in line for line in lines)
    folder.figures.write_text(before, encoding="utf-8")
    head, *gone = told.told(inspection.inspect([folder]))
    assert "错误 0" in head
    assert [line.replace("新出现", "没有了") for line in lines] == gone


def test_what_an_editor_lays_beside_an_open_file_is_no_saving(folders):
    before = watching.look(folders)
    for name in (".figures.csv.swp", "~$figures.xlsx", ".~lock.figures.csv#"):
        (folders[0].path / name).touch()
    assert before == watching.look(folders)
    (folders[0].path / "corrections.yaml").touch()
    assert before != watching.look(folders)


def test_what_is_refused_at_a_saving_is_told_and_the_next_is_waited_for(
    folders, tmp_path, tmp_path_factory, monkeypatch, capsys
):
    savings = iter([[folders[0]], [folders[1]]])

    class Saved:
        def __init__(self, chosen, asked):
            pass

        def again(self):
            yield from savings
            raise KeyboardInterrupt

    made = []

    def refused_at_first(chosen, **_):
        made.append(chosen)
        if len(made) == 2:
            raise DataError("tables.yaml", "读不懂")
        return 1

    monkeypatch.setattr(watching, "Saved", Saved)
    monkeypatch.setattr(cli, "_made", refused_at_first)
    out = tmp_path_factory.mktemp("out")
    assert 1 == cli.main(["run", "--watch", "--data", str(tmp_path), "--outputs", str(out)])
    assert [folders, [folders[0]], [folders[1]]] == made
    assert "tables.yaml" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_told_and_watched_on(folders):
    folder = folders[0]
    told = watching.Watch([folder], list)
    told.told_first(inspection.inspect([folder]))
    before = folder.figures.read_text(encoding="utf-8")
    saved(folder, first_amount(folder), "甲")
    [line] = told.told(inspection.inspect([folder]))
    assert "figures.csv 第 2 行" in line
    folder.figures.write_text(before, encoding="utf-8")
    assert "错误 0" in next(told.told(inspection.inspect([folder])))


def test_what_is_saved_during_the_first_check_is_checked_again(folders, monkeypatch):
    watch = watching.Watch(folders, list)
    saved(folders[1], first_amount(folders[1]), "1.5")
    watch.told_first(inspection.inspect(folders))
    checked = []

    def once(changed, *_):
        checked.append(changed)
        raise KeyboardInterrupt

    monkeypatch.setattr(watching.inspection, "inspect", once)
    with pytest.raises(KeyboardInterrupt):
        watch.go_on(Limits())
    assert [[folders[1]]] == checked


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_command_checks_again_until_it_is_interrupted(folders, tmp_path, elsewhere):
    folder, asked = folders[0], ["--data", str(tmp_path)]
    if elsewhere:
        place = tmp_path / "elsewhere" / folder.department / str(folder.year)
        shutil.copytree(folder.path, place)
        asked = [str(place)]
        folder = SimpleNamespace(
            figures=place / "figures.csv", department=folder.department, year=folder.year
        )
    command = [sys.executable, "-u", "-m", "helpers", "check", "--watch", *asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
        while "Ctrl+C" not in running.stdout.readline():
            assert running.poll() is None
        saved(folder, first_amount(folder), "987654321")
        assert f"{folder.department} 2023：" in running.stdout.readline()
        assert "新出现" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        running.stdout.read()
    assert 0 == running.returncode


def test_rules_that_are_saved_end_this_process_for_one_like_it(monkeypatch, tmp_path):
    watched = watching.Saved([], list)
    watched._wait(0)

    def saved_meanwhile(options):
        with tempfile.TemporaryDirectory(dir=tmp_path):
            watched._rules -= {next(iter(watched._rules))}
            watched._wait(0)

    begun = []
    monkeypatch.setattr(cli, "_check", saved_meanwhile)
    monkeypatch.setattr(
        cli.os, "execv", lambda *command: begun.append((command, [*tmp_path.iterdir()]))
    )
    cli.main(["check", "--watch"])
    again = sys.executable, [sys.executable, *sys.orig_argv[1:]]
    assert [(again, [])] == begun, "what was put aside for the time being is gone"


def test_what_departments_call_themselves_is_read_again_only_where_there_are_others(
    folders, tmp_path, monkeypatch
):
    read, glance = [], profile.glance
    monkeypatch.setattr(profile, "glance", lambda *one: read.append(one) or glance(*one))
    now = asked.now(SimpleNamespace(data=str(tmp_path), department=["示例*"], year=[]))
    assert now() == now() == now() == folders
    assert len(folders) == len(read)
    folders[-1].path.parent.rename(tmp_path / "aside")
    assert folders[:-1] == now()


def test_a_year_that_is_new_is_checked_too(folders, tmp_path):
    first, *others = folders
    aside = tmp_path / "aside"
    for other in others:
        other.path.parent.rename(aside)
    command = [sys.executable, "-u", "-m", "helpers", "check", "--watch", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
        told = iter(running.stdout.readline, "")
        assert f"{first.department} 2023" in next(told) and any("Ctrl+C" in line for line in told)
        aside.rename(others[0].path.parent)
        assert any("有新的部门或年度，从头开始。" in line for line in told)
        assert any(f"{others[0].department} 2023" in line for line in told)
        running.send_signal(signal.SIGINT)
        running.stdout.read()


def test_a_report_is_made_anew_at_each_saving_until_it_is_interrupted(
    folders, tmp_path, tmp_path_factory
):
    one, other = folders
    out = tmp_path_factory.mktemp("out")
    command = [sys.executable, "-m", "helpers", "run", "--watch", "--data", str(tmp_path)]
    with subprocess.Popen(
        [*command, "--outputs", str(out)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        told = iter(running.stdout.readline, "")
        try:
            assert any("Ctrl+C" in line for line in told)
            untouched = (out / other.department / "2023" / "run.json").stat().st_mtime_ns
            for amount in ("987654321", "123456789"):
                saved(one, first_amount(one), amount)
                assert any("生成 1 份，跳过 0 份，失败 0 份" in line for line in told)
                cells = (out / one.department / "2023" / "cells.csv").read_text("utf-8")
                assert amount[:5] in cells
                assert collected(out, one.department) == (amount, 2)
            saved(one, first_amount(one), "甲")
            assert any("失败 1 份" in line for line in told)
            saved(one, "甲", "1.5")
            assert any("生成 1 份，跳过 0 份，失败 0 份" in line for line in told)
            running.send_signal(signal.SIGINT)
            running.stdout.read()
            running.wait()
        finally:
            running.kill()
    assert running.returncode in (0, 130)  # it waited already, or was still at the last report
    assert untouched == (out / other.department / "2023" / "run.json").stat().st_mtime_ns


def collected(out, department: str) -> tuple[str, int]:
    """Return the first amount that the store has of a department, and of how many reports it has cells."""
    import duckdb

    def parts(table: str) -> str:
        return f"read_parquet('{out / 'store' / table}/*.parquet')"

    with duckdb.connect() as con:
        [(written,)] = con.execute(
            f"SELECT written FROM {parts('figures')} WHERE department = ? AND line = 2",
            [department],
        ).fetchall()
        [(reports,)] = con.execute(
            f"SELECT count(DISTINCT department) FROM {parts('cells')}"
        ).fetchall()
    return written, reports


@pytest.mark.parametrize(
    "more", [["--dask", "tcp://127.0.0.1:1"], ["--dry-run"], ["--outputs", "memory://somewhere"]]
)
def test_only_reports_of_this_machine_are_made_at_each_saving(folders, tmp_path, more, capsys):
    assert 2 == cli.main(["run", "--watch", "--data", str(tmp_path), *more])
    assert "--watch 只看本机的文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--format", "json"], ["--data", "memory://somewhere"]])
def test_only_a_folder_of_this_machine_is_watched_and_as_text(more, capsys):
    assert 2 == cli.main(["check", "--watch", *more])
    assert "--watch 只看本机的文件夹" in capsys.readouterr().err


def test_a_folder_and_a_data_folder_are_not_asked_for_at_once(folders, tmp_path, capsys):
    assert 2 == cli.main(["check", str(folders[0].path), "--data", str(tmp_path)])
    assert "文件夹和 --data 只写一个" in capsys.readouterr().err
