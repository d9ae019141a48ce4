"""The store holds what the reports' own files hold, reads only what changed, and outlives being killed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal

import pytest
import reported as made

from helpers import across, cli
from helpers.across import frames, loading, shape, stamps, store
from helpers.basics import replacing
from helpers.basics.csvtext import csv_text
from helpers.sample import sample


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """Two invented departments over two years: the data folder, and their reports in another."""
    data, outputs = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("reports")
    made.written(sample.create(data, 2, range(2022, 2024), 1), outputs)
    return data, outputs


@pytest.fixture
def reports(district, tmp_path):
    """The same in a folder of its own, whose name means something to a shell."""
    data, outputs = district
    shutil.copytree(outputs, here := tmp_path / "a[1]* it's")
    return data, here


def rows(place, name: str) -> list[dict[str, str]]:
    with (place / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(outputs) -> list:
    return sorted(p.parent for p in outputs.glob("*/*/run.json"))


def holds(outputs) -> dict[str, list[tuple]]:
    """Return all that the store holds, table by table."""
    with frames.opened(outputs) as con:
        return {
            table: con.sql(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
            for table in shape.TABLES
        }


def test_the_cells_add_up_to_what_the_files_add_up_to(reports):
    data, outputs = reports
    assert 4 == store.collect(outputs, data).read
    of_files = sum(
        Decimal(row["value"])
        for place in places(outputs)
        for row in rows(place, "cells.csv")
        if row["value"]
    )
    assert of_files == across.sql("SELECT sum(value) AS s FROM cells", outputs)["s"][0]
    assert of_files == across.cells(outputs)["value"].sum()


def test_what_somebody_put_into_the_store_stays(reports):
    data, outputs = reports
    own = [
        outputs / "store" / name for name in ("mine/a.parquet", "mine/b.new", "cells/mine.parquet")
    ]
    for file in own:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"mine")
    assert 4 == store.collect(outputs, data).read
    assert all(b"mine" == file.read_bytes() for file in own)
    assert 4 == len(holds(outputs)["reports"])


def test_rows_keep_the_order_of_their_file(reports):
    data, outputs = reports
    store.collect(outputs, data)
    for place in places(outputs):
        cells = across.cells(outputs)
        cells = cells[
            (cells["department"] == place.parent.name) & (cells["year"] == int(place.name))
        ]
        wanted = [(r["table"], r["row"], r["column"]) for r in rows(place, "cells.csv")]
        assert wanted == list(zip(cells["table"], cells["row"], cells["column"]))


def test_the_figures_are_those_that_the_reports_were_made_from(reports):
    data, outputs = reports
    store.collect(outputs, data)
    written = sorted(
        row["amount"]
        for place in sorted(data.glob("departments/*/*"))
        for row in rows(place, "figures.csv")
    )
    figures = across.figures(outputs)
    assert written == sorted(figures["written"])
    money = figures[figures["unit"] == "万元"]
    assert list(money["value"] * 10000) == [Decimal(one) for one in money["written"]]


def test_figures_that_changed_since_their_report_was_made_are_not_taken_for_its_own(
    reports, tmp_path
):
    data, outputs = reports
    shutil.copytree(data, other := tmp_path / "data")
    place = next(other.glob("departments/*/2023/figures.csv"))
    place.write_text(place.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    store.collect(outputs, other)
    there = across.sql("SELECT DISTINCT department, year FROM figures", outputs)
    assert 3 == len(there)


def test_figures_come_when_their_folder_is_at_hand(reports):
    data, outputs = reports
    store.collect(outputs)
    assert 0 == len(across.figures(outputs))
    assert 4 == store.collect(outputs, data).read
    assert 0 < len(across.figures(outputs))
    assert 0 == store.collect(outputs).read


def test_only_a_report_that_changed_is_read_again(reports):
    data, outputs = reports
    store.collect(outputs, data)
    assert (0, 4) == ((again := store.collect(outputs, data)).read, again.held)
    place = places(outputs)[0]
    cells = (place / "cells.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (place / "cells.csv").write_text(cells[0] + cells[1], encoding="utf-8")
    os.utime(place / "run.json", ns=(1, 1))
    assert 1 == store.collect(outputs, data).read
    counts = across.sql("SELECT department, year, count(*) AS n FROM cells GROUP BY ALL", outputs)
    assert 1 == sum(counts["n"] == 1)
    assert 4 == len(counts)


def test_who_stops_the_program_while_duckdb_works_has_stopped_it(reports, monkeypatch):
    def stopped(*_):
        raise RuntimeError("Query interrupted")

    data, outputs = reports
    monkeypatch.setattr(loading, "load", stopped)
    with pytest.raises(KeyboardInterrupt):
        store.collect(outputs, data)
    monkeypatch.undo()
    assert 4 == store.collect(outputs, data).read


def test_a_report_that_is_gone_leaves_the_store(reports):
    data, outputs = reports
    store.collect(outputs, data)
    shutil.rmtree(places(outputs)[0])
    assert (1, 3) == ((done := store.collect(outputs, data)).gone, done.held)
    assert all(
        3 == len({row[0] + str(row[3]) for row in t}) for n, t in holds(outputs).items() if t
    )


def test_whatever_came_first_the_same_reports_make_the_same_bytes(reports, tmp_path):
    data, outputs = reports
    shutil.copytree(outputs, other := tmp_path / "other")
    store.collect(outputs, data)
    kept = tmp_path / "kept"
    shutil.move(places(other)[-1], kept)
    store.collect(other, data)
    shutil.move(kept, other / places(outputs)[-1].relative_to(outputs))
    store.collect(other, data)
    files = sorted(p.relative_to(outputs) for p in outputs.glob("store/*/*.parquet"))
    assert files
    assert [] == [f for f in files if (outputs / f).read_bytes() != (other / f).read_bytes()]


@pytest.mark.parametrize("killed_at", range(9))
def test_a_store_whose_writing_was_killed_is_whole_after_the_next(reports, killed_at, monkeypatch):
    data, outputs = reports
    monkeypatch.setattr(store, "DEPARTMENTS", 1)  # so that there is more than one part
    store.collect(outputs, data)
    wanted = holds(outputs)
    for place in places(outputs):
        os.utime(place / "run.json", ns=(1, 1))
    count, replace = iter(range(99)), os.replace

    def killed(*paths):
        if next(count) == killed_at:
            raise KeyboardInterrupt
        replace(*paths)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(replacing.os, "replace", killed)
        store.collect(outputs, data)
    assert wanted == holds(
        outputs
    )  # the same rows stood and stand there: nothing twice, nothing gone
    assert 4 == store.collect(outputs, data).read
    assert wanted == holds(outputs)
    assert [] == list((outputs / "store").rglob(".*"))


def test_what_a_killed_one_left_half_written_is_gone_after_the_next(reports):
    data, outputs = reports
    store.collect(outputs, data)
    for place in (outputs / "store", outputs / "store" / "cells"):
        (place / ".replacing-1").touch()
    store.collect(outputs, data)
    assert [] == [*outputs.rglob(".*")]


def test_a_file_that_no_run_wrote_so_is_told_and_harms_no_other(reports):
    data, outputs = reports
    place = places(outputs)[1]
    cells = (place / "cells.csv").read_text(encoding="utf-8")
    (place / "cells.csv").write_text(cells.replace("0.00", "eleven", 1), encoding="utf-8")
    done = store.collect(outputs, data)
    assert (3, 3) == (done.read, done.held)
    (said,) = done.unread
    assert said.startswith(f"{place.parent.name}/{place.name}：")
    (place / "cells.csv").write_text(cells, encoding="utf-8")
    assert (1, 4) == ((done := store.collect(outputs, data)).read, done.held)


SHARED = """
import sys
from contextlib import contextmanager
from pathlib import Path
from helpers.across import store
from helpers.basics import forking, processors
store.WORTH_ANOTHER, store.DEPARTMENTS, begun = 1, 1, []
processors.usable = lambda: int(sys.argv[3])
really = forking.beside
forking.beside = lambda make: begun.append(make) or really(make)
done = store.collect(Path(sys.argv[1]), Path(sys.argv[2]))
print(len(begun), done.read, len(done.unread))
"""


def test_processes_that_share_the_reading_write_the_same_and_tell_what_each_could_not_read(
    reports, tmp_path
):
    data, outputs = reports
    (places(outputs)[-1] / "cells.csv").write_text("长" * 200_000, encoding="utf-8")
    held = {}
    for processors, begun in ("1", 0), ("2", 1):
        shutil.copytree(outputs, here := tmp_path / processors)
        command = [sys.executable, "-c", SHARED, str(here), str(data), processors]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert [begun, 3, 1] == [*map(int, told.split())]
        held[processors] = {
            file.relative_to(here): file.read_bytes() for file in here.rglob("*.parquet")
        }
    assert held["1"] == held["2"] and len(held["1"]) > len(shape.TABLES)


def test_why_a_part_cannot_be_written_is_told_in_the_words_of_the_system(reports):
    data, outputs = reports
    command = [sys.executable, "-m", "helpers", "collect", "--data", data, "--outputs", outputs]
    limited = ["bash", "-c", 'ulimit -f 1; exec "$@"', "", *map(str, command)]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert cli.FAILED == done.returncode
    [said] = done.stderr.splitlines()
    assert said.endswith(".parquet 读写不了：文件太大")
    assert [] == [*outputs.rglob(".*")]


@pytest.mark.parametrize("spoiled", ["cells.csv", "findings.csv", "indicators.csv"])
def test_a_line_without_end_is_told_and_harms_no_other(reports, spoiled):
    data, outputs = reports
    (places(outputs)[1] / spoiled).write_text("长" * 200_000, encoding="utf-8")
    done = store.collect(outputs, data)
    assert (3, 3) == (done.read, done.held)
    assert places(outputs)[1].parent.name in done.unread[0]


@pytest.mark.parametrize("gone", ["hubei-2020", "../../etc", "名"])
def test_a_report_of_an_edition_that_is_no_more_keeps_its_keys_for_names(reports, gone):
    data, outputs = reports
    record = places(outputs)[0] / "run.json"
    run = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps(run | {"edition": gone}), encoding="utf-8")
    assert () == store.collect(outputs, data).unread
    with frames.opened(outputs) as con:
        named = con.sql(
            """SELECT edition, bool_and(row_name = "row" AND table_name = "table") FROM cells
            JOIN reports USING (department, year) GROUP BY edition"""
        ).fetchall()
    assert {gone: True, run["edition"]: False} == dict(named)


def test_a_run_json_that_cannot_be_read_is_a_failed_report(reports):
    data, outputs = reports
    (places(outputs)[0] / "run.json").write_text("{", encoding="utf-8")
    store.collect(outputs, data)
    assert 1 == sum(across.reports(outputs)["status"] == "failed")


def test_a_text_in_a_finding_is_the_same_text_in_the_store(reports):
    data, outputs = reports
    told = "他说\"，\n'; DROP TABLE cells; -- ,"
    line = ["X1", "error", "甲", told, "1", "2", "1"]
    with (places(outputs)[0] / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                [
                    "severity",
                    "rule",
                    *("place", "message", "expected", "found", "difference", "cause"),
                ],
                [line[1], line[0], *line[2:], "3"],
            ]
        )
    store.collect(outputs, data)
    (found,) = across.findings(outputs).query("rule == 'X1'").to_dict("records")
    assert (told, "3", "") == (found["message"], found["cause"], found["decision"])


def test_what_kept_a_text_of_a_finding_from_running_is_no_part_of_it(reports):
    data, outputs = reports
    texts = ["=1+1", "-万", "-5.20", "'-5.20", "+甲", "@乙", "'丙", "''=丁", "\t=1", "\\1", ""]
    heads = ("severity", "rule", "place", "message", "expected", "found", "difference", "cause")
    rows = (["error", "X1", "甲", "乙", "1", text, "", str(n)] for n, text in enumerate(texts))
    (places(outputs)[0] / "findings.csv").write_text(csv_text(heads, rows), encoding="utf-8")
    store.collect(outputs, data)
    found = across.findings(outputs).query("rule == 'X1'")
    assert texts == found.sort_values("line")["found"].tolist()


def test_a_store_of_another_shape_is_made_anew(reports):
    data, outputs = reports
    store.collect(outputs, data)
    noted = outputs / "store" / store.NOTED
    noted.write_text(json.dumps(json.loads(noted.read_text()) | {"version": 0}), encoding="utf-8")
    assert {} == stamps.kept(noted, store.parts(stamps.there(outputs, data)))
    assert 4 == store.collect(outputs, data).read


def test_a_store_that_was_parted_otherwise_holds_nothing_twice_and_nothing_gone(reports, tmp_path):
    data, outputs = reports
    store.collect(outputs, data)
    for table in shape.TABLES:
        first, *_ = sorted((outputs / "store" / table).glob("*.parquet"))
        shutil.copy(first, first.with_name("07.parquet"))
    noted = outputs / "store" / store.NOTED
    noted.write_text(json.dumps(json.loads(noted.read_text()) | {"version": 1}), encoding="utf-8")
    shutil.rmtree(places(outputs)[0])
    shutil.copytree(outputs, other := tmp_path / "other", ignore=shutil.ignore_patterns("store"))
    store.collect(outputs, data)
    store.collect(other, data)
    assert holds(other) == holds(outputs)


def test_a_store_is_parted_anew_where_its_departments_have_become_many(reports, monkeypatch):
    data, outputs = reports
    store.collect(outputs, data)
    wanted = holds(outputs)
    assert 1 == len([*outputs.glob("store/cells/*.parquet")])
    monkeypatch.setattr(store, "DEPARTMENTS", 1)
    assert 4 == store.collect(outputs, data).read
    assert wanted == holds(outputs)
    assert 2 == len([*outputs.glob("store/cells/*.parquet")])
    assert 0 == store.collect(outputs, data).read


def test_a_store_that_was_killed_while_it_was_parted_anew_is_whole_when_they_are_few_again(
    reports, monkeypatch
):
    data, outputs = reports
    store.collect(outputs, data)
    wanted = holds(outputs)
    with monkeypatch.context() as many:
        many.setattr(store, "DEPARTMENTS", 1)
        many.setattr(store, "_renew", stopped)
        with pytest.raises(KeyboardInterrupt):
            store.collect(outputs, data)
    assert 4 == store.collect(outputs, data).read
    assert wanted == holds(outputs)


def stopped(*_):
    raise KeyboardInterrupt
