"""corrections.yaml: which findings a known fault explains, and what becomes of them."""

from dataclasses import replace

import pytest

from helpers.basics.model import Finding
from helpers.edition import declared, kinds
from helpers.review.corrections import acknowledge, load

FOUND = Finding("文-数", "error", "一-1", "公开文本「总计9.99万元」不符。")
KINDS = kinds.load(declared.default())
HEAD = "  原因: 已更正\n  决定: 不再更正\n  决定人: 财务股\n"


def known(tmp_path, *matches: str):
    """Return the corrections of a file with these matches."""
    (tmp_path / "corrections.yaml").write_text(
        "".join(f"- 匹配: {{{m}}}\n{HEAD}" for m in matches), encoding="utf-8"
    )
    return load(tmp_path / "corrections.yaml", "corrections.yaml")


@pytest.mark.parametrize(
    "match, explained",
    [
        ("规则: 文-数", True),
        ("位置: 一-1", True),
        ("含: 9.99", True),
        ("规则: 文-数, 位置: 一-1, 含: 9.99", True),
        ("规则: 文-句, 位置: 一-1, 含: 9.99", False),
        ("规则: 文-数, 位置: 一-2, 含: 9.99", False),
        ("规则: 文-数, 位置: 一-1, 含: 9.98", False),
        ("规则: 文-句, 位置: 一-1", False),
        ("规则: 文-数, 位置: 一-2", False),
        ("规则: 文-数, 含: 9.98", False),
        ("位置: 一-1, 含: 9.98", False),
        ("规则: 文-句", False),
        ("位置: 一-2", False),
        ("含: 9.98", False),
        ("规则: 文", False),
        ("位置: 一", False),
    ],
)
def test_every_part_of_a_match_must_fit(tmp_path, match, explained):
    (first, *more) = acknowledge([FOUND], known(tmp_path, match), KINDS)
    assert (
        explained
        == (first.severity == "hint")
        == first.message.startswith("已确认（财务股：不再更正，已更正）：")
    )
    assert ([] if explained else ["更正-无对应"]) == [f.rule for f in more]


@pytest.mark.parametrize(
    "severity, told",
    [
        ("error", "hint"),
        ("warning", "hint"),
        ("hint", "hint"),
        ("missing", "missing"),
    ],
)
def test_what_could_not_be_judged_stays_missing_though_it_is_known(tmp_path, severity, told):
    found = [Finding("文-数", severity, "一-1", "话")]
    (only,) = acknowledge(found, known(tmp_path, "规则: 文-数"), KINDS)
    assert told == only.severity
    assert (severity in ("error", "warning")) == only.message.startswith("已确认")


def test_a_correction_answers_every_finding_that_it_fits_and_the_first_that_fits_answers(tmp_path):
    found = [
        FOUND,
        Finding("文-数", "warning", "一-2", "话"),
        Finding("文-句", "error", "一-1", "话"),
    ]
    match = known(tmp_path, "规则: 文-数", "位置: 一-2", "规则: 文-词")
    answered = acknowledge(found, match, KINDS)
    assert ["hint", "hint", "error", "warning"] == [f.severity for f in answered]
    assert ["corrections.yaml:9"] == [f.place for f in answered[3:]]
    assert "第 9 行的更正（文-词）" in answered[3].message


def test_an_entry_that_fits_is_not_to_be_deleted_though_a_later_one_answers(tmp_path):
    first, second = known(tmp_path, "规则: 文-数", "位置: 一-1")
    decision = replace(second, state="属实", day="2024-08-30")
    for entries in ((first, second), (first, decision), (decision, replace(decision, line=9))):
        assert [FOUND.rule] == [f.rule for f in acknowledge([FOUND], entries, KINDS)]


def test_a_file_of_comments_alone_has_no_entry(tmp_path):
    (tmp_path / "corrections.yaml").write_text("# 删去了最后一项\n", encoding="utf-8")
    assert () == load(tmp_path / "corrections.yaml", "corrections.yaml")
