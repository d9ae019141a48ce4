"""Root causes: a fault of known root is one matter that names it, whatever it led to, and nothing is dropped."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import planted
import pytest
from mutation_kinds import planting
from mutation_kinds.clean import build

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import SEVERITIES, Finding
from helpers.disclosure import disclosure
from helpers.edition import declared, roots
from helpers.review import alike, causes, slips
from helpers.review.alike import Group
from helpers.review.review import Review
from helpers.sample import sample

SEED = 4


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return build(SEED, tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def real():
    return Review(disclosure.load("xiqu-government-office", 2023))


@pytest.mark.parametrize("kind", planted.FAULTS)
def test_a_planted_fault_is_one_cause_that_names_it(clean, kind):
    change = planted.drawn(clean, kind, SEED)
    after = planted.reviewed(clean, [change])
    new = planted.raised(clean.this.review, after)
    outcome = planted.judged(change, kind, new, after.causes)
    assert outcome.is_one, (outcome.spot, outcome.told)


def test_two_roots_in_one_report_are_two_causes(clean):
    kinds = planting.OF_FIGURES[1], planting.OF_TEXTS[0]
    changes = [planted.drawn(clean, kind, SEED) for kind in kinds]
    both = planted.reviewed(clean, changes)
    alone = [planted.raised(clean.this.review, planted.reviewed(clean, [one])) for one in changes]
    held = [
        {c.number for c in both.causes for m in c.members if planted.key(m) in new} for new in alone
    ]
    assert [1, 1] == [len(numbers) for numbers in held] and not held[0] & held[1]


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("12385800.00", "多 12384561.43 万元，疑将元与万元写混"),
        ("1283.58", "多 45.01 万元，疑两位数字颠倒"),
        ("1238.68", ""),  # other details may have been mistyped by as much
    ],
)
def test_a_mistyped_detail_of_a_right_total_is_named_where_no_other_explains_it(
    tmp_path, typed, slip
):
    """In a listing that a bureau published, 基本工资 to 其他工资福利支出, whose total nothing else contradicts."""
    place = tmp_path / "departments" / "putuo-finance-bureau"
    ignored = shutil.ignore_patterns("published")
    shutil.copytree(paths.DATA / "departments" / place.name, place, ignore=ignored)
    figures = place / "2024" / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (n for n, one in enumerate(lines) if ",30102,,,1238.58," in one)
    lines[at] = lines[at].replace("1238.58", typed)
    figures.write_text("".join(lines), encoding="utf-8")
    first = Review(disclosure.load(place.name, 2024, tmp_path)).causes[0]
    named = f"疑因 figures.csv 第 {at + 1} 行（支出 · 一般公共预算 · 基本支出 · 30102 津贴补贴）：{slip}"
    assert {"数与明细", "层级合计"} == {member.rule for member in first.members}
    assert first.sentence.startswith(named) == bool(slip)


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory):
    """A department's figures of which nothing was published."""
    data = tmp_path_factory.mktemp("unpublished")
    (made,) = sample.create(data, 1, range(2023, 2024), seed=SEED)
    return made


def first_cause(unpublished, line: int, old: str, new: str):
    """Return the first root cause where one line of spending is written otherwise."""
    written = unpublished.figures.read_text(encoding="utf-8")
    lines = written.splitlines(keepends=True)
    assert lines[line - 1].startswith("支出,") and old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new)
    unpublished.figures.write_text("".join(lines), encoding="utf-8")
    try:
        return Review(disclosure.load(unpublished.department, 2023, unpublished.data)).causes[0]
    finally:
        unpublished.figures.write_text(written, encoding="utf-8")


def test_a_line_of_spending_is_named_where_only_a_slip_of_it_explains_the_difference(unpublished):
    first = first_cause(unpublished, 4, ",元,", ",万元,")
    assert "figures.csv:4" == first.place and "疑将元与万元写混" in first.sentence


def test_no_innocent_line_is_named_where_many_explain_the_difference(unpublished):
    amount = next(
        f.written
        for f in disclosure.load(unpublished.department, 2023, unpublished.data).figures
        if f.line == "4"
    )
    more = str(Decimal(amount) + 1_230_000)
    first = first_cause(unpublished, 4, amount, more)
    assert "相关的" == first.sentence[:3] and "figures.csv" not in first.sentence
    assert {"123"} == {m.difference for m in first.members}


def test_projects_that_do_not_come_to_the_subjects_of_the_same_money_are_told(unpublished):
    figures = disclosure.load(unpublished.department, 2023, unpublished.data).figures
    one = next(f for f in figures if f.scope.project and f.amount.value > 1)
    first = first_cause(unpublished, int(one.line), f",{one.written},", ",10000.00,")
    (member,) = first.members
    assert ("数与明细", "warning") == (member.rule, member.severity)
    assert "按项目分的" in member.message and "按经济科目分的" in member.message
    assert one.amount.value - 1 == pytest.approx(Decimal(member.difference), abs=Decimal("0.011"))


def test_a_wrong_line_is_named_with_its_subject_and_how_it_may_have_come_about(clean):
    change = planted.drawn(clean, planting.OF_FIGURES[1], SEED)
    first = planted.reviewed(clean, [change]).causes[0]
    line = change.spot.partition(" ")[0]
    assert line == first.place and len(first.members) > 5
    assert first.sentence.startswith(f"疑因 figures.csv 第 {line.rpartition(':')[2]} 行（")
    how = "疑小数点错位，公开的各处一致，疑录入 figures.csv 时有误"
    assert f"多 {first.difference} 万元，{how}，牵连 {len(first.members)} 项" in first.sentence


def changed(clean, of: str, content) -> Review:
    return planted.reviewed(clean, [SimpleNamespace(of=of, content=content)])


def rewritten(clean, old: str, new: str) -> Review:
    text = clean.text.replace(old, new, 1)
    assert text != clean.text
    return changed(clean, "text", text)


def test_a_row_that_the_figures_lack_is_named_and_no_innocent_line(clean):
    written = clean.this.folder.figures.read_text(encoding="utf-8").splitlines(keepends=True)
    figures = clean.this.disclosure.figures
    items = Counter((f.scope.item, f.scope.function, f.basis) for f in figures)
    lacking = next(
        f
        for f in figures
        if f.scope.item == "收入"
        and len(f.scope.function) == 7
        and f.amount.value > 1
        and items[f.scope.item, f.scope.function, f.basis] == 1
    )
    del written[int(lacking.line) - 1]
    first = changed(clean, "figures", {"figures.csv": "".join(written)}).causes[0]
    assert first.sentence.startswith("疑因 figures.csv 缺一行，少 ")
    assert f"列有「{lacking.scope.function} " in first.sentence
    assert first.is_ours and len(first.members) > 5 and "公开" in first.place


def test_a_wrong_direction_is_told_with_its_sentence_and_each_of_its_words(clean):
    sentence = next(
        s
        for s in re.findall("[^。\n]+。", clean.text)
        if re.search("各(增加|减少)[0-9.]+万元，(增长|下降)", s)
    )
    turned = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
    wrong = re.sub("|".join(turned), lambda m: turned[m[0]], sentence)
    [first, *_] = rewritten(clean, sentence, wrong).causes
    words = re.findall("|".join(turned), wrong)[-2:]
    for word in words:
        assert f"写「{word}」，按数应为「{turned[word]}」" in first.sentence


def test_sentences_that_lack_are_all_named(clean):
    place = next(m for m in re.finditer("(?m)^3[.]公务接待费支出.*$", clean.text))
    [first, *_] = rewritten(clean, place[0], "").causes
    lacking = {m.expected or m.message for m in first.members if m.rule == "文-缺句"}
    assert len(lacking) > 1
    assert all(m.message.removesuffix("。") in first.sentence for m in first.members[:3])


def test_a_paragraph_of_last_year_is_one_matter(clean):
    paragraph = next(m[0] for m in re.finditer("(?m)^.*机关运行经费支出[0-9.]+万元.*$", clean.text))
    older = paragraph
    for year in (clean.year - 1, clean.year):
        older = older.replace(f"{year}年", f"{year - 1}年")
    older = re.sub("[0-9]+[.][0-9]+", lambda m: f"{Decimal(m[0]) * 3 + 1}", older)
    [first, *rest] = [
        c for c in rewritten(clean, paragraph, older).causes if c.severity in ("error", "warning")
    ]
    assert not rest
    assert first.sentence.startswith(f"这一段疑是 {clean.year - 1} 年度的，应为 {clean.year} 年度")


def test_every_finding_is_in_exactly_one_cause_and_knows_it(real):
    members = Counter((m.cause, m.rule, m.place, m.message) for c in real.causes for m in c.members)
    found = Counter((f.cause, f.rule, f.place, f.message) for f in real.found)
    assert members == found and set(real.counts.values()) != {0}
    assert all(m.cause == cause.number for cause in real.causes for m in cause.members)


def test_causes_stand_worst_first_and_are_numbered_in_that_order(real):
    worst = [SEVERITIES.index(cause.severity) for cause in real.causes]
    assert sorted(worst) == worst
    assert [str(n) for n in range(1, len(worst) + 1)] == [cause.number for cause in real.causes]


def test_rounding_hints_of_the_same_two_amounts_are_one(real):
    pairs = Counter(
        frozenset((f.expected, f.found))
        for f in real.found
        if f.severity == "hint" and f.difference
    )
    rounded = [c for c in real.causes if c.severity == "hint" and c.difference]
    assert len(pairs) == len(rounded) < sum(pairs.values())


def test_a_finding_knows_the_section_or_table_that_it_is_printed_in(real):
    sections = {f.place: f.section for f in real.found}
    assert "公开02表" == sections["02[208, 本年收入合计]"]
    assert "七、财政拨款“三公”经费支出决算情况说明" == sections["七.二-10"]
    assert "十、其他重要事项的情况说明" == sections["narrative.txt:161"]


@pytest.mark.parametrize(
    "place, section",
    [
        ("05[各类, 一般公共预算财政拨款/小计]", "公开05表"),
        ("05[各款, 一般公共预算财政拨款/基本支出]", "公开05表"),
        ("03[各行, 基本支出]", "公开03表"),
        ("03[208的各款, 基本支出]", "公开03表"),
        ("99[各类, 合计]", ""),
        ("05[没有这一行, 合计]", ""),
    ],
)
def test_a_place_of_many_rows_is_printed_in_their_table(real, place, section):
    assert section == real.descent.section(place)


def test_what_is_sent_says_of_whom_of_which_year_and_where(real):
    [found] = [f for f in real.found if f.rule == "校-网址"]
    who = "攀枝花市西区人民政府办公室 2023 年度部门决算"
    assert f"{who}，十、其他重要事项的情况说明：{found.message}" == real.sendable(found)
    cell = next(f for f in real.found if f.place == "02[208, 本年收入合计]")
    assert f"{who}：公开02表「208 社会保障和就业支出」" in real.sendable(cell)


def test_a_year_is_no_amount_and_an_amount_no_year():
    from helpers.review.descent import years

    written = Finding("文-年份序号", "warning", "一-1", "", "2023年", "2022年")
    amount = Finding("文-数/数", "error", "一-1", "", "2092.23万元", "2091.83万元", "0.4")
    assert (2022, 2023) == years(written) and years(amount) is None


@pytest.mark.parametrize(
    "written, meant, told",
    [
        ("12340000.00", "1234.00", "万倍"),
        ("1234.00", "12340000.00", "万倍"),
        ("123.40", "1234.00", "十倍"),
        ("-5.20", "5.20", "正负"),
        ("1243.00", "1234.00", "颠倒"),
        ("1934.00", "1234.00", "一位"),
        ("134.00", "1234.00", "少位"),
        ("12234.00", "1234.00", "多位"),
        ("7", "1234.00", ""),
    ],
)
def test_a_slip_is_known_by_its_digits(written, meant, told):
    assert told == slips.slip(written, Decimal(meant), Decimal("0.005"))


@pytest.mark.parametrize("printed, groups", [("0.98", 0), ("0.60", 1)])
def test_a_difference_that_rounding_may_make_anywhere_binds_nothing(clean, printed, groups):
    difference = str(Decimal("1.00") - Decimal(printed))
    found = [
        Finding("表-数", "error", f"03[合计, {column}]", "", "1.00", printed, difference)
        for column in ("本年支出合计", "基本支出")
    ]
    made = alike.of_one_difference(dict(enumerate(found)), clean.this.review.descent)
    assert groups == len(list(made))


# The words


def test_every_root_cause_that_is_gathered_is_declared(tmp_path, monkeypatch):
    declared_ones = roots.load(declared.default())
    said = {
        f"{number}/{which}".rstrip("/")
        for number, root in declared_ones.by_number.items()
        for which in root.sentences
    }
    assert set(roots.SLOTS) == said and all(r.name for r in declared_ones.by_number.values())


@pytest.mark.parametrize(
    "entry, told",
    [
        ("- {编号: 因-未知, 名称: 一, 句: 一}", "没有这样的根因「因-未知」"),
        ("- {编号: 因-单位, 名称: 一, 句: '{表}和{别的}'}", "不认识的槽「{别的}」"),
        ("- {编号: 因-年度, 名称: 一, 句: 一}", "「因-年度」的句不对"),
        ("- {编号: 因-单位, 名称: 一}", "缺少「句」"),
    ],
)
def test_words_of_a_root_cause_that_are_wrong_are_refused_by_their_line(monkeypatch, entry, told):
    import yaml

    from helpers.basics.yamltext import _plain

    raw = _plain(yaml.compose(entry), "causes.yaml")
    monkeypatch.setattr(declared, "files", lambda edition, name: [raw])
    with pytest.raises(DataError, match="causes.yaml 第 1 行"):
        roots.load.__wrapped__("any")
    with pytest.raises(DataError) as refused:
        roots.load.__wrapped__("any")
    assert told in str(refused.value)


def test_a_cause_counts_its_own_and_says_apart_what_else_stands_in_their_sentences():
    slip = Finding("文-名称", "warning", "五-1", "写「乙」，应为「甲」。", "甲", "乙")
    found = [slip, replace(slip, place="五-2"), replace(slip, rule="文-措辞", message="别的。")]
    alike_ones = Group("因-同写/应为", (0, 1), slots=(("应为", "甲"), ("实为", "乙")))
    groups = alike.joined([alike_ones], found, {2: found[2]})
    (cause,) = causes.causes(found, groups, roots.load(declared.default()))
    assert 3 == len(cause.members)
    assert "「乙」应为「甲」，共 2 处：写「乙」，应为「甲」。同一句里另有 1 项。" == cause.sentence


def test_what_is_worse_than_a_group_is_no_matter_beside_it():
    slip = Finding("文-名称", "warning", "五-1", "写「乙」，应为「甲」。", "甲", "乙")
    found = [slip, replace(slip, place="五-2"), replace(slip, rule="文-数", severity="error")]
    left = {2: found[2]}
    assert [(0, 1)] == [g.members for g in alike.joined([Group("因-同写", (0, 1))], found, left)]
    assert {2} == left.keys()
