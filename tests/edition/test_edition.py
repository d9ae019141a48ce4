"""An edition is a folder of data: renumbered, cut, renamed or followed, it is printed in its own words and finds what it found."""

import ast
import json
import re
import shutil
from functools import cache

import pytest
import yaml

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import Finding
from helpers.disclosure import profile
from helpers.edition import (
    charts,
    codes,
    declared,
    edition,
    forms,
    proofs,
    wording,
)
from helpers.report import files, report

REAL = "xiqu-government-office", 2023
BASE = declared.default()
TRUNK = declared.chain(BASE)[0]
FORMS = forms.load(BASE)
NUMBERS = [number for number, form in FORMS.items() if form.published]


@pytest.fixture(scope="module")
def before() -> report.Report:
    """Return the real input as it is, made once: nothing here changes it."""
    return report.load(*REAL)


def real_in(rules, name: str) -> report.Report:
    """Return the real input under another edition."""
    data = rules.parent / "data"
    folder = shutil.copytree(
        paths.DATA / "departments" / REAL[0], data / "departments" / REAL[0]
    ) / str(REAL[1])
    text = (folder / "profile.yaml").read_text(encoding="utf-8")
    (folder / "profile.yaml").write_text(
        re.sub("(?m)^edition: .*$", f"edition: {name}", text), encoding="utf-8"
    )
    return report.load(*REAL, data)


def changed(place, *changes: tuple[str, str]) -> None:
    text = place.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    place.write_text(text, encoding="utf-8")


def renumbered(text: str) -> str:
    """Return words with every number of a published table written otherwise."""
    either = "|".join(NUMBERS)
    text = re.sub(rf"(?<![\w.])({either})(?=\[)", r"T\1", text)
    text = re.sub(rf"公开({either})表", r"公开T\1表", text)
    return re.sub(rf"'({either})'|\"({either})\"", lambda m: f"'T{m[1] or m[2]}'", text)


def told(findings: list[Finding]) -> list[str]:
    return [renumbered(f"{f.rule} {f.severity} {f.place} {f.message}") for f in findings]


def test_a_copy_with_its_tables_renumbered_says_and_finds_the_same(before, rules):
    numbers = ", ".join(f"'{number}': 'T{number}'" for number in NUMBERS)
    outline = renumbered((rules / BASE / "outline.yaml").read_text(encoding="utf-8"))
    following(rules, f"改号: {{{numbers}}}\n", outline=outline)
    this = real_in(rules, "following")
    assert [f"T{number}" for number in NUMBERS] == [t.form.number for t in this.tables.published()]
    assert told(before.found) == told(this.found)
    assert before.verdict().plain == this.verdict().plain
    assert files.narrative_txt(before.disclosure) == files.narrative_txt(this.disclosure)
    assert renumbered(before.parts().plain) == renumbered(this.parts().plain)
    assert "公开T01表" in this.parts().html and "公开01表" not in this.parts().html
    assert renumbered(before.trace(f"{NUMBERS[0]}[收入总计, 决算数]").plain) == renumbered(
        this.trace(f"T{NUMBERS[0]}[收入总计, 决算数]").plain
    )


def following(rules, about: str, **kept: str) -> str:
    """Make an edition that follows the real one and declares only what is given."""
    place = rules / "following"
    place.mkdir()
    (place / "edition.yaml").write_text(f"名称: 另一版\n沿用: {BASE}\n{about}", encoding="utf-8")
    for name, text in kept.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    return "following"


def outline_without(rules, *changes: tuple[str, str]) -> str:
    place = rules / "outline.yaml"
    place.write_text((rules / BASE / "outline.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    changed(place, *changes)
    return place.read_text(encoding="utf-8")


def lines_of(rules, name: str, words: str, of: str = BASE) -> list[str]:
    return [
        line
        for line in (rules / of / name).read_text(encoding="utf-8").splitlines()
        if words in line
    ]


def test_an_edition_that_follows_another_has_all_that_it_does_not_declare(before, rules):
    this = real_in(rules, following(rules, ""))
    assert before.found == this.found and before.parts().html == this.parts().html


def test_a_table_that_is_dropped_is_gone_from_the_page_the_workbook_and_the_findings(before, rules):
    gone, (line,) = NUMBERS[8], lines_of(rules, "outline.yaml", f"表: '{NUMBERS[8]}'")
    words = outline_without(rules, (f"{line}\n", ""))
    (rule,) = lines_of(rules, "checks.yaml", f"{gone}[")
    number = re.search("编号: ([^,]+),", rule)[1]
    this = real_in(
        rules, following(rules, f"去掉: {{表: ['{gone}'], 勾稽: [{number}]}}\n", outline=words)
    )
    assert gone not in this.tables.forms and FORMS[gone].name not in this.parts().plain
    assert [f for f in before.found if gone not in f.place and f.rule != number] == [
        f for f in this.found if f.rule != number
    ]


def test_a_section_that_is_dropped_is_not_printed_and_not_missed(rules):
    (line,) = lines_of(rules, "outline.yaml", "{说明: 九}")
    title = wording.load(BASE).declarations["九"].title
    words = outline_without(rules, (f"{line}\n", ""))
    this = real_in(rules, following(rules, "去掉: {说明: [九]}\n", outline=words))
    assert (
        "九" not in this.statements
        and title not in this.parts().plain
        and title not in files.narrative_txt(this.disclosure)
    )
    assert [] == [
        f
        for f in this.found
        if f.place.startswith("九-") or title in f.message and f.rule == "校-标题"
    ]


def test_a_section_that_is_renamed_and_a_heading_that_is_reworded_are_printed_everywhere(rules):
    words = outline_without(
        rules,
        ("标题: 收入决算情况说明", "标题: 收入情况说明"),
        ("第三部分 名词解释", "第三部分 名词的解释"),
        ("序: 二, 标题: 收入", "序: 乙, 标题: 收入"),
    )
    this = real_in(rules, following(rules, "", outline=words))
    page, text = this.parts().html, files.narrative_txt(this.disclosure)
    for heading in ("乙、收入情况说明", "第三部分 名词的解释"):
        assert f">{heading}</h" in page and f"\n{heading}\n" in text
    assert "二、收入决算情况说明" not in page and "第三部分 名词解释" not in page
    assert "乙、收入情况说明" in this.section("收入情况说明").plain


@pytest.mark.parametrize(
    "before, after",
    [
        ("标题: 收入决算情况说明", "标题: 收入的情况说明"),
        ("标题: 一般公共预算财政拨款支出决算结构情况", "标题: 一般公共预算的结构"),
    ],
)
def test_a_statement_is_looked_for_under_the_heading_that_the_outline_gives(rules, before, after):
    this = real_in(rules, following(rules, "", outline=outline_without(rules, (before, after))))
    title = after.removeprefix("标题: ")
    assert [f"没有找到标题「{title}」。"] == [
        f.message for f in this.found if f.rule == "校-标题" and f.severity == "warning"
    ]


def test_a_synonym_that_is_added_is_no_other_wording(rules):
    data = rules.parent / "data"
    this = real_in(rules, following(rules, "", statements="同义: {均为: [共为]}\n说明: []\n"))
    narrative = this.folder.narrative
    narrative.write_text(
        narrative.read_text(encoding="utf-8").replace("均为", "共为"), encoding="utf-8"
    )
    with_it = sum(f.rule == "文-措辞" for f in report.load(*REAL, data).found)
    profile = this.folder.profile
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("following", BASE), encoding="utf-8"
    )
    assert with_it < sum(f.rule == "文-措辞" for f in report.load(*REAL, data).found)


def test_a_chart_of_an_edition_takes_the_place_of_the_one_that_it_follows(rules):
    (line,) = lines_of(rules, "charts.yaml", "标题: 收入决算结构", TRUNK)
    (raw,) = (
        raw
        for raw in yaml.safe_load((rules / TRUNK / "charts.yaml").read_text(encoding="utf-8"))
        if raw["标题"] == "收入决算结构"
    )
    this = real_in(
        rules,
        following(
            rules, "", charts=yaml.safe_dump([{**raw, "标题": "收入构成"}], allow_unicode=True)
        ),
    )
    assert list(charts.load(BASE)) == list(charts.load("following"))
    assert "收入构成" in this.parts().html and "收入决算结构" not in this.parts().html


@pytest.mark.parametrize(
    "about, said",
    [
        (
            "沿用: sichuan-2202\n",
            "following/edition.yaml 第 2 行：没有版本「sichuan-2202」，最接近的是「sichuan-2022」",
        ),
        ("沿用: following\n", "following/edition.yaml 第 2 行：「沿用」绕回到「following」"),
        (
            "沿用: sichuan-2022\n去掉: {张: [一]}\n",
            "following/edition.yaml 第 3 行：不认识的键「张」",
        ),
    ],
)
def test_an_edition_that_follows_nothing_good_is_refused_by_line(rules, about, said):
    (rules / "following").mkdir()
    (rules / "following" / "edition.yaml").write_text(f"名称: 另一版\n{about}", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        forms.load("following")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "change, said",
    [
        (("{说明: 二}", "{说明: 贰}"), "没有说明「贰」"),
        (("{图: 图2}", "{图: 图8}"), "没有图「图8」，最接近的是"),
        (("{表: '02'}", "{表: '20'}"), "没有表「20」"),
        (("{说明: 二}", "{句: 二}"), "不认识的键「句」"),
        (("{说明: 二}", "{序: 二}"), "应写说明、图、表之一"),
        (("{说明: 二}", "{说明: 二, 序: 一}"), "「序」和「标题」没有一起写"),
        (("  节:\n  - {序: 一, 标题: 职责", "  章:\n  - {序: 一, 标题: 职责"), "不认识的键「章」"),
    ],
)
def test_an_outline_that_names_what_is_not_declared_is_refused_by_line(rules, change, said):
    following(rules, "", outline=outline_without(rules, change))
    with pytest.raises(DataError) as refused:
        edition.load("following").outline
    assert re.match(
        r"rules/following/outline\.yaml 第 \d+ 行：", str(refused.value)
    ) and said in str(refused.value)


@pytest.mark.parametrize(
    "pair", ["[甲]", "[]", "甲", "[甲, 乙, 丙]", "[甲, '']", "{甲: 乙}", "[[甲], 乙]"]
)
def test_a_contradiction_that_is_no_pair_of_words_is_refused_by_line(rules, pair):
    following(rules, "", proofreading=f"占位: [XX]\n矛盾:\n- [一, 二]\n- {pair}\n")
    with pytest.raises(DataError) as refused:
        proofs.load("following")
    said = "rules/following/proofreading.yaml 第 4 行：「矛盾」里的一项不是两个说法"
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("lines", ["行", "栏"])
def test_a_row_or_a_column_that_is_declared_twice_is_refused_by_line(rules, lines):
    twice = {"行": "[{名: 甲}]", "栏": "[{名: 乙}]"} | {lines: "[{名: 丙}, {名: 丙}]"}
    block = ", ".join(f"{key}: {value}" for key, value in twice.items())
    following(rules, "", tables=f"- {{表号: '99', 名称: 试, 块: [{{{block}}}]}}\n")
    with pytest.raises(DataError, match="rules/following/tables.yaml 第 1 行：「丙」写了两次"):
        forms.load("following")


# No program knows the form


@cache
def known_words() -> dict[str, frozenset[str]]:
    """Return what only an edition may know: its name, the numbers of its tables, its titles, what its rows and columns say.

    What figures.csv and profile.yaml may say is everyone's.
    """
    editions = [edition.load(name) for name in declared.names()]
    every = [form for known in editions for form in known.forms.values()]
    lines = [
        line for form in every for block in form.blocks for line in (*block.rows, *block.columns)
    ]
    parts = [part for known in editions for part in known.outline.parts]
    titles = {word for form in every for word in (form.name, *form.aliases)}
    titles |= {section.title for part in parts for section in part.sections}
    titles |= {chart.title for known in editions for chart in known.charts.values()}
    titles |= {d.title for known in editions for d in known.wording.declarations.values()}
    titles |= {part.title for part in parts}
    labels = {word for line in lines for word in (line.label, *line.aliases)}
    labels |= {word for line in lines for word in (line.key, *line.key.split("/"))}
    return {
        "name": frozenset(declared.names()),
        "title": frozenset(title for title in titles if len(title) > 6),
        "label": frozenset(labels | titles) - everyones() - {""},
        "number": frozenset(form.number for form in every if form.published),
    }


def everyones() -> set[str]:
    """Return the words of figures.csv and of profile.yaml."""
    words = codes.vocabulary()
    items = words.items.values()
    return {
        *(name for item in items for name in (item.name, *item.parents, *item.alone)),
        *words.fund_parents,
        *words.natures,
        *words.roles,
        *words.economic_group_names,
        *words.columns.values(),
        *(chinese for chinese, _ in profile.KEYS.values()),
    }


def knows(text: str) -> list[str]:
    """Return what a piece of program knows of an edition."""
    words = known_words()
    found = [word for word in words["name"] | words["title"] if word in text]
    found += sorted(words["label"].intersection(text.split()))
    return found + [
        n for n in words["number"] if re.search(rf"(?<![\w.])({n})\[", text) or text == n
    ]


def texts_of(path) -> list[str]:
    if path.suffix == ".ipynb":
        return [
            "".join(cell["source"])
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        ]
    return [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


PROGRAMS = [*sorted(paths.CODE.rglob("*.py")), *sorted((paths.ROOT / "notebooks").glob("*.ipynb"))]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.name)
def test_no_program_and_no_notebook_knows_an_edition(path):
    assert [] == [word for text in texts_of(path) for word in knows(text)]


@pytest.mark.parametrize(
    "text",
    [
        "sichuan-2022",
        "01",
        "03[合计, 本年支出合计]",
        "一般公共预算财政拨款基本支出决算表",
        "见 收入支出决算总体情况说明",
        "合计",
        "科目名称 小计 备注",
        "预算数/公务接待费",
    ],
)
def test_a_program_that_knows_an_edition_is_seen(text):
    assert knows(text)
