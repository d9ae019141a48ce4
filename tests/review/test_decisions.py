"""decisions.json: what is decided holds by rule, place and amount, is written whole or not at all, and comes back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from at_once import at_once

from helpers import cli
from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import Finding
from helpers.batch import deciding
from helpers.disclosure import disclosure
from helpers.edition import declared, kinds
from helpers.review import corrections, decisions
from helpers.review.review import Review

REAL = "xiqu-government-office", 2023
KINDS = kinds.load(declared.default())
FOUND = Finding("文-数", "error", "一-1", "话", "1", "2", "144.74")
ONE = {"rule": "文-数", "place": "一-1", "amount": "144.74"}
SAID = {
    "department": REAL[0],
    "year": REAL[1],
    "state": "属实",
    "reason": "核对过",
    "decided_by": "张三",
    "day": "2024-08-30",
    "findings": [ONE],
}


@pytest.fixture
def data(tmp_path):
    """A data folder of its own with the real department-year."""
    place = tmp_path / "data"
    shutil.copytree(paths.DATA / "departments" / REAL[0], place / "departments" / REAL[0])
    return place


def kept(data):
    return data / "departments" / REAL[0] / str(REAL[1]) / "corrections.yaml"


def decided(tmp_path, data, *some):
    """Run the command over some decisions and return its exit status."""
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({"decisions": list(some)}, ensure_ascii=False), encoding="utf-8")
    return cli.main(["decide", str(file), "--data", str(data)])


def answered(tmp_path, *some, found=FOUND):
    """Return a finding and what is told besides, after decisions are written and read again."""
    file = tmp_path / "corrections.yaml"
    made = decisions.parse(json.dumps({"decisions": some}), "decisions.json")
    file.write_text(decisions.appended("", made), encoding="utf-8")
    return corrections.acknowledge([found], corrections.load(file, file.name), KINDS)


# What a decision does


@pytest.mark.parametrize(
    "state, severity", [("属实", "error"), ("不予采纳", "hint"), ("待核", "error")]
)
def test_only_what_is_not_accepted_is_no_error_any_more(tmp_path, state, severity):
    [only] = answered(tmp_path, {**SAID, "state": state})
    assert (severity, state) == (only.severity, only.decision)
    assert only.message.startswith("不予采纳（张三：核对过）：") == (state == "不予采纳")


@pytest.mark.parametrize("change", [{"rule": "表-数"}, {"place": "一-2"}, {"difference": "144.75"}])
def test_a_decision_about_another_rule_place_or_amount_is_none_and_is_told_as_a_hint(
    tmp_path, change
):
    again, told = answered(tmp_path, SAID, found=replace(FOUND, **change))
    assert ("error", "") == (again.severity, again.decision)
    assert ("更正-无对应", "hint") == (told.rule, told.severity) and "属实" in told.message


def test_of_two_decisions_the_last_holds_and_the_first_is_not_told(tmp_path):
    later = {**SAID, "state": "不予采纳", "day": "2024-09-01"}
    [only] = answered(tmp_path, SAID, later)
    assert "不予采纳" == only.decision


def test_a_decision_about_many_is_used_when_one_of_them_is_still_there(tmp_path):
    many = {**SAID, "findings": [{**ONE, "place": "一-9"}, ONE]}
    assert ["属实"] == [f.decision for f in answered(tmp_path, many)]


def test_what_has_no_difference_is_known_by_what_was_found(tmp_path):
    found = Finding("校-网址", "warning", "narrative.txt:161", "话", "https://…", "ttp://a")
    said = {**SAID, "findings": [{"rule": "校-网址", "place": found.place, "amount": "ttp://a"}]}
    assert ["属实"] == [f.decision for f in answered(tmp_path, said, found=found)]


# What is written


def test_what_stood_there_stays_and_what_was_decided_stands_after_it(tmp_path, data, capsys):
    hand = "# 手写的\n- 匹配: {含: 网址}  # 为什么\n  原因: 一\n  决定: 二\n  决定人: 三"
    kept(data).write_text(hand, encoding="utf-8")
    assert cli.BUILT == decided(tmp_path, data, SAID)
    text = kept(data).read_text(encoding="utf-8")
    assert text.startswith(
        hand + "\n- 匹配: {规则: 文-数, 位置: 一-1, 金额: '144.74'}\n  状态: 属实\n"
    )
    assert "1 项决定写进 1 份" in capsys.readouterr().out
    assert [] == list(kept(data).parent.glob(".*"))


def test_the_same_file_again_writes_nothing(tmp_path, data, capsys):
    decided(tmp_path, data, SAID)
    once = kept(data).read_bytes()
    assert cli.BUILT == decided(tmp_path, data, SAID) and once == kept(data).read_bytes()
    assert "另有 1 项早已写过" in capsys.readouterr().out


def test_what_was_decided_is_seen_by_the_next_review_and_back_when_the_amount_changes(
    tmp_path, data
):
    found = next(f for f in Review(disclosure.load(*REAL, data)).found if f.rule == "N12b")
    said = {"rule": found.rule, "place": found.place, "amount": found.amount}
    decided(tmp_path, data, {**SAID, "state": "不予采纳", "findings": [said]})
    again = Review(disclosure.load(*REAL, data))
    assert [("不予采纳", "hint")] == [
        (f.decision, f.severity) for f in again.found if f.rule == "N12b"
    ]
    figures = kept(data).with_name("figures.csv")
    text = figures.read_text(encoding="utf-8")
    figures.write_text(text.replace(",74.16,", ",74.26,"), encoding="utf-8")
    changed = [f for f in Review(disclosure.load(*REAL, data)).found if f.rule == "N12b"]
    assert [("", found.severity)] == [(f.decision, f.severity) for f in changed]


def test_the_same_decision_twice_in_a_file_is_written_once_where_it_was_last(
    tmp_path, data, capsys
):
    other = {**SAID, "state": "不予采纳"}
    assert cli.BUILT == decided(tmp_path, data, SAID, other, SAID)
    assert "2 项决定写进 1 份 corrections.yaml；" in capsys.readouterr().out
    known = corrections.load(kept(data), "corrections.yaml")
    assert ["不予采纳", "属实"] == [one.state for one in known]


DECIDING = """
import json
from pathlib import Path
from helpers.batch import deciding
file, data, who, said = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
"""
DECIDED = """
for n in range(20):
    one = {**said, "decided_by": who, "reason": str(n)}
    file.write_text(json.dumps({"decisions": [one]}), encoding="utf-8")
    assert deciding.decide(file, data).written == 1
"""


def test_of_two_reviewers_who_decide_at_once_neither_loses_a_decision(tmp_path, data):
    each = [[str(tmp_path / w), str(data), w, json.dumps(SAID)] for w in ("张三", "李四")]
    assert [0, 0] == at_once(DECIDING, DECIDED, *each)
    known = corrections.load(kept(data), "corrections.yaml")
    wanted = {(who, str(n)) for who in ("张三", "李四") for n in range(20)}
    assert 40 == len(known) and wanted == {(one.decided_by, one.reason) for one in known}
    assert [] == list(kept(data).parent.glob(".*"))


def test_more_department_years_are_decided_than_files_may_be_open(tmp_path):
    some = [{**SAID, "year": year} for year in range(2000, 2100)]
    for one in some:
        (tmp_path / "data" / "departments" / REAL[0] / str(one["year"])).mkdir(parents=True)
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({"decisions": some}), encoding="utf-8")
    command = [sys.executable, "-m", "helpers", "decide", str(file), "--data", tmp_path / "data"]
    limited = ["bash", "-c", 'ulimit -n 64; exec "$@"', "", *map(str, command)]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert "100 项决定写进 100 份" in done.stdout, done.stderr


def test_what_a_killed_one_left_half_written_is_gone_after_the_next(tmp_path, data):
    (kept(data).parent / ".replacing-1").touch()
    assert cli.BUILT == decided(tmp_path, data, SAID)
    assert [] == list(kept(data).parent.glob(".*"))


def test_who_may_read_the_corrections_is_what_it_was(tmp_path, data):
    kept(data).write_text(deciding.HEAD, encoding="utf-8")
    kept(data).chmod(0o600)
    assert cli.BUILT == decided(tmp_path, data, SAID)
    assert 0o600 == kept(data).stat().st_mode & 0o777


def test_where_there_is_no_department_at_all_it_is_told(tmp_path, capsys):
    assert cli.FAILED == decided(tmp_path, tmp_path / "nowhere", SAID)
    assert f"没有 {REAL[0]}/2023 这个文件夹" in capsys.readouterr().err


def test_a_day_by_hand_that_no_calendar_has_is_told_with_its_line(tmp_path):
    file = tmp_path / "corrections.yaml"
    made = decisions.parse(json.dumps({"decisions": [SAID]}), "decisions.json")
    text = decisions.appended("", made)
    file.write_text(text.replace("2024-08-30", "2024-99-99"), encoding="utf-8")
    line = 1 + text[: text.index("日期")].count("\n")
    told = f"^corrections.yaml 第 {line} 行：日期「2024-99-99」不对，应为日历上有的"
    with pytest.raises(DataError, match=told):
        corrections.load(file, file.name)


def test_where_one_is_wrong_nothing_is_written_and_all_that_is_wrong_is_told(
    tmp_path, data, capsys
):
    wrong = {**SAID, "state": "大概"}
    gone = {**SAID, "department": "nobody"}
    assert cli.FAILED == decided(tmp_path, data, SAID, wrong, {**SAID, "day": "昨天"})
    told = capsys.readouterr().err
    assert "第 2 项：状态「大概」不对" in told and "第 3 项：「day」不能是「昨天」" in told
    assert cli.FAILED == decided(tmp_path, data, SAID, gone)
    assert "没有 nobody/2023 这个文件夹" in capsys.readouterr().err
    assert not kept(data).exists()


@pytest.mark.parametrize(
    "text",
    [
        "[]\n",
        "- {匹配: {含: 一}, 原因: 一, 决定: 二, 决定人: 三}\n...\n",
        "  - 匹配: {含: 一}\n    原因: 一\n    决定: 二\n    决定人: 三\n",
    ],
)
def test_a_file_that_cannot_be_gone_on_with_is_left_as_it_is(tmp_path, data, capsys, text):
    kept(data).write_text(text, encoding="utf-8")
    assert cli.FAILED == decided(tmp_path, data, SAID)
    assert text == kept(data).read_text(encoding="utf-8")
    assert "接不下去" in capsys.readouterr().err
    assert [] == list(kept(data).parent.glob(".*"))


def test_a_link_that_leads_elsewhere_is_not_written_through(tmp_path, data, capsys):
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("", encoding="utf-8")
    kept(data).symlink_to(elsewhere)
    assert cli.FAILED == decided(tmp_path, data, SAID)
    assert "" == elsewhere.read_text(encoding="utf-8") and kept(data).is_symlink()


def test_a_file_that_is_too_large_or_none_is_refused_without_being_read(tmp_path, data, capsys):
    sparse, pipe = tmp_path / "sparse.json", tmp_path / "pipe.json"
    with sparse.open("wb") as file:
        file.truncate(30_000_000_000)
    os.mkfifo(pipe)
    for file, status, said in (
        (sparse, cli.FAILED, "超过 20 MB"),
        (pipe, cli.FAILED, "不是普通文件"),
        (tmp_path / "no", cli.NOT_UNDERSTOOD, "这个文件"),
    ):
        assert status == cli.main(["decide", str(file), "--data", str(data)])
        assert said in capsys.readouterr().err


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_for_us_to_write_is_told(tmp_path, data, capsys):
    kept(data).parent.chmod(0o555)
    try:
        assert cli.FAILED == decided(tmp_path, data, SAID)
    finally:
        kept(data).parent.chmod(0o755)


# What is refused


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"decisions": 1}',
        '{"decisions": []}',
        '{"decisions": [1]}',
        '{"decisions": [], "more": 1}',
        "[" * 100_000,
    ],
)
def test_what_is_no_file_of_decisions_is_refused(text):
    with pytest.raises(DataError, match=r"^decisions\.json"):
        decisions.parse(text, "decisions.json")


@pytest.mark.parametrize(
    "change",
    [
        {"department": "../../etc"},
        {"department": ""},
        {"department": 1},
        {"year": "2023"},
        {"year": True},
        {"year": 99},
        {"state": ""},
        {"state": ["属实"]},
        {"reason": ""},
        {"reason": "一\n二"},
        {"reason": "长" * 1_001},
        {"reason": "\ud800"},
        {"decided_by": " "},
        {"day": "2024-8-3"},
        {"day": "20240803"},
        {"day": "2024-99-99"},
        {"day": "2023-02-29"},
        {"findings": []},
        {"findings": {}},
        {"findings": [{}]},
        {"findings": [{**ONE, "rule": ""}]},
        {"findings": [{**ONE, "more": ""}]},
        {"more": 1},
    ],
)
def test_a_decision_that_is_not_written_right_is_refused(change):
    text = json.dumps({"decisions": [{**SAID, **change}]})
    with pytest.raises(DataError, match=r"^decisions\.json 第 1 项"):
        decisions.parse(text, "decisions.json")


def test_what_is_still_open_needs_no_reason():
    [made] = decisions.parse(
        json.dumps({"decisions": [{**SAID, "state": "待核", "reason": ""}]}), "decisions.json"
    )
    assert "待核" == made.state


@pytest.mark.parametrize(
    "hostile", ["=1+1", "- 一", "{甲: 乙}", "#", "'\"", ": ", "*a", "&a", "!x", "yes", "010"]
)
def test_a_text_from_a_page_is_never_yaml(tmp_path, hostile):
    said = {**SAID, "reason": hostile, "findings": [{**ONE, "place": hostile, "amount": hostile}]}
    [made] = decisions.parse(json.dumps({"decisions": [said]}), "decisions.json")
    file = tmp_path / "corrections.yaml"
    file.write_text(decisions.appended("", [made]), encoding="utf-8")
    [read] = corrections.load(file, file.name)
    assert made.says(read) and hostile == read.reason
