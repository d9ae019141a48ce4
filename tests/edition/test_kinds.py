"""The kinds of finding are data: each that is looked for is declared, each that is declared is looked for, in words that can be changed."""

import ast
import re
import shutil

import pytest

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import SEVERITY
from helpers.edition import declared, edition, kinds
from helpers.report import report
from helpers.review import vetting

REAL = "xiqu-government-office", 2023
BASE = declared.default()
TRUNK = declared.chain(BASE)[0]
DECLARED = (paths.RULES / TRUNK / "findings.yaml").read_text(encoding="utf-8")
LOOKED_FOR = re.compile("(文|校|表|公开|上年|更正)-[一-龥]+(/[一-龥]+)?")
COMMON = {"expected", "found", "difference"}
# What a room says of its every finding, so that it need not be said at each.
SAID_ALREADY = {"looks": {"位置"}, "proofreading": {"位置"}, "reconciliation": {"表"}}
CALLED = {"finding", "say", "_say"}
# The rules that are asked for by name, of findings that were made.
ASKED_FOR = {"tally", "sources", "alike", "stated"}


def rooms():
    return [p for p in sorted(paths.CODE.rglob("*.py")) if p.stem not in ASKED_FOR | {"kinds"}]


def names_in(path) -> list[str]:
    """Return the kinds that a room names."""
    return [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and LOOKED_FOR.fullmatch(node.value)
    ]


def calls_in(path):
    """Yield, of each finding that a room makes of a kind that it names, the kind and the slots that it gives."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
        if node.func.attr in CALLED and LOOKED_FOR.fullmatch(str(first)):
            given = {word.arg for word in node.keywords} - COMMON
            if None not in given:  # a kind with ** is told by what the tests find
                of_line = (
                    SAID_ALREADY.get(path.stem, set()) if node.func.attr != "finding" else set()
                )
                yield first, given | of_line


def test_every_kind_that_is_looked_for_is_known_and_every_known_one_is_looked_for():
    assert set(kinds.SLOTS) == {name for path in rooms() for name in names_in(path)}


def test_every_kind_that_is_known_is_declared_with_all_its_sentences():
    told = {
        f"{rule}/{which}".rstrip("/")
        for rule, kind in kinds.load(BASE).by_rule.items()
        for which in kind.tellings
    }
    assert set(kinds.SLOTS) == told


def test_every_finding_gives_the_slots_that_its_sentence_may_have():
    made = [call for path in rooms() for call in calls_in(path)]
    assert len(made) > 50
    assert [] == [(name, slots) for name, slots in made if slots != set(kinds.SLOTS[name])]


def test_every_kind_has_a_name_and_a_basis_and_a_severity():
    for kind in kinds.load(BASE).by_rule.values():
        assert kind.name and kind.basis
        assert {telling.severity for telling in kind.tellings.values()} <= set(SEVERITY)


def test_no_sentence_of_a_kind_stands_in_a_program():
    tellings = (t for kind in kinds.load(BASE).by_rule.values() for t in kind.tellings.values())
    pieces = {piece for telling in tellings for piece in re.split(r"\{.*?\}", telling.sentence)}
    long = [piece for piece in pieces if len(piece) > 6]
    assert len(long) > 40
    for path in rooms():
        text = path.read_text(encoding="utf-8")
        assert [] == [piece for piece in long if piece in text], path.name


# A finding is told in the words of the edition


def test_a_finding_is_told_in_the_words_that_are_declared():
    told = kinds.load(BASE).finding
    number = told(
        "表-数",
        "03[合计, 甲]",
        expected="1",
        found="2",
        difference="1",
        表="03 表",
        行="合计",
        栏="甲",
    )
    assert ("表-数", "error", "03[合计, 甲]") == (number.rule, number.severity, number.place)
    assert "03 表「合计」甲公布 2，重新计算为 1，相差 1。" == number.message
    assert ("1", "2", "1") == (number.expected, number.found, number.difference)


def test_a_brace_in_what_was_published_is_printed_as_it_is():
    assert "第 3 行留有未填的字样「{单位}」。" == (
        kinds.load(BASE).finding("校-占位", "x:3", found="{单位}", 位置="第 3 行").message
    )


def test_what_should_always_be_the_same_is_declared():
    assert (
        "数字" == kinds.load(BASE).finding("表-非数", "x", found="一", 表="", 行="", 栏="").expected
    )


def test_one_sentence_of_a_kind_may_be_more_or_less_severe():
    told, row = kinds.load(BASE).finding, {"表": "03 表", "行": "999"}
    assert "error" == told("表-多行/没有科目", "x", 数="5", **row).severity
    assert "warning" == told("表-多行/没有科目而无数", "x", **row).severity


@pytest.mark.parametrize("rule, named", [("文-数", True), ("A5", False), ("", False)])
def test_a_kind_has_a_name_and_a_basis_and_what_is_none_has_none(rule, named):
    assert (named, named) == tuple(map(bool, kinds.load(BASE).about(rule)))


# What is broken is refused by its line


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """A folder of rules of its own, with the real edition in it."""
    shutil.copytree(paths.RULES, tmp_path / "rules")
    monkeypatch.setattr(paths, "RULES", tmp_path / "rules")
    for load in (edition.load, kinds.load):
        load.cache_clear()
    yield tmp_path / "rules"
    for load in (edition.load, kinds.load):
        load.cache_clear()


def following(rules, text: str) -> str:
    """Make an edition that follows the real one and declares these kinds anew."""
    place = rules / "following"
    place.mkdir()
    (place / "edition.yaml").write_text(f"名称: 另一版\n沿用: {BASE}\n", encoding="utf-8")
    (place / "findings.yaml").write_text(text, encoding="utf-8")
    return "following"


QUOTED = '- {编号: 校-标点, 名称: 标点, 严重程度: 提示, 依据: 字面, 句: "{位置}"}\n'
MANY = """\
- 编号: 文-措辞
  名称: 措辞
  严重程度: 提示
  依据: 比对
  句:
    缺: 没有{应为}
    多: 多出{实为}
    不同: {写: "写{公开}", 严重程度: 警告}
"""


@pytest.mark.parametrize(
    "text, line, said",
    [
        (QUOTED.replace("提示", "严重"), 1, "严重程度「严重」不对，应为错误、警告、提示、缺数"),
        (
            QUOTED.replace("校-标点", "校-标点点"),
            1,
            "没有这样的疑点「校-标点点」，最接近的是「校-标点」",
        ),
        (QUOTED.replace("名称: 标点, ", ""), 1, "缺少「名称」"),
        (QUOTED.replace("依据", "根据"), 1, "不认识的键「根据」，最接近的是「依据」"),
        (QUOTED.replace("{位置}", "{位子}"), 1, "不认识的槽「{位子}」，最接近的是「位置」"),
        (QUOTED.replace("{位置}", "{位置:>9}"), 1, "不认识的槽「{位置:>9}」"),
        (QUOTED.replace("{位置}", "{位置!r}"), 1, "不认识的槽「{位置!r}」"),
        (QUOTED.replace("{位置}", "{位置.real}"), 1, "不认识的槽「{位置.real}」"),
        (QUOTED.replace("{位置}", "{}"), 1, "不认识的槽「{}」"),
        (QUOTED.replace("{位置}", "{位置"), 1, "单独的「{」或「}」"),
        (QUOTED.replace("{位置}", " "), 1, "「校-标点」的句是空的"),
        (QUOTED.replace('"{位置}"', "{甲: 乙}"), 1, "「校-标点」的句不对，应为一句话"),
        (MANY.replace("    多: 多出{实为}\n", ""), 6, "缺少「多」"),
        (MANY.replace("    多:", "    少:"), 7, "不认识的键「少」"),
        (MANY.replace("写{公开}", "写{格}"), 8, "不认识的槽「{格}」"),
        (MANY.replace("严重程度: 警告", "严重程度: 很重"), 8, "严重程度「很重」不对"),
        (MANY.replace("{写: ", "{说: "), 8, "不认识的键「说」"),
        (QUOTED + QUOTED, 2, "编号「校-标点」重复"),
        ("校-标点: 提示\n", 1, "不是一个列表"),
    ],
)
def test_a_broken_kind_is_refused_by_its_line(rules, text, line, said):
    with pytest.raises(DataError) as refused:
        kinds.load(following(rules, text))
    assert f"rules/following/findings.yaml 第 {line} 行：" in str(refused.value)
    assert said in str(refused.value)


def test_every_broken_kind_of_a_file_is_told(rules):
    with pytest.raises(DataError) as refused:
        kinds.load(following(rules, QUOTED.replace("提示", "重") + MANY.replace("{公开}", "{格}")))
    assert 2 == len(str(refused.value).splitlines())


def test_a_kind_that_is_looked_for_and_not_declared_is_named(rules):
    file = rules / TRUNK / "findings.yaml"
    gone = re.sub(r"(?ms)^- 编号: 文-方向\n.*?(?=^- )", "", DECLARED)
    assert gone != DECLARED
    file.write_text(gone, encoding="utf-8")
    with pytest.raises(DataError, match=f"rules/{BASE}/findings.yaml：没有写疑点「文-方向」"):
        kinds.load(BASE)


def test_a_broken_kind_is_told_where_an_edition_is_vetted(rules):
    (problem,) = vetting.problems(following(rules, QUOTED.replace("提示", "很重")))
    assert "rules/following/findings.yaml 第 1 行：严重程度「很重」不对" in problem


def test_an_edition_reads_its_kinds_with_all_the_rest(rules):
    (rules / TRUNK / "findings.yaml").write_text("[]\n", encoding="utf-8")
    with pytest.raises(DataError, match="没有写疑点「文-缺句」「文-方向」"):
        edition.load(BASE).read()


# An edition may say it otherwise


def test_an_edition_that_follows_another_may_change_a_sentence_and_a_severity(rules):
    name = following(
        rules,
        "- 编号: 校-网址\n  名称: 网址打不开\n  严重程度: 错误\n  依据: 逐个点开\n"
        "  句: 「{实为}」打不开，在{位置}。\n",
    )
    data = rules.parent / "data"
    folder = shutil.copytree(
        paths.DATA / "departments" / REAL[0], data / "departments" / REAL[0]
    ) / str(REAL[1])
    before = report.load(*REAL, data)
    old = {f.place: f for f in before.found if f.rule == "校-网址"}
    profile = folder / "profile.yaml"
    text = re.sub("(?m)^edition: .*$", f"edition: {name}", profile.read_text(encoding="utf-8"))
    profile.write_text(text, encoding="utf-8")
    this = report.load(*REAL, data)
    new = [f for f in this.found if f.rule == "校-网址"]
    assert old and set(old) == {f.place for f in new}
    for finding in new:
        line = finding.place.rpartition(":")[2]
        assert "error" == finding.severity != old[finding.place].severity
        assert f"「{finding.found}」打不开，在第 {line} 行。" == finding.message
        assert finding.message in this.findings().plain
    assert [f.message for f in before.found if f.rule != "校-网址"] == [
        f.message for f in this.found if f.rule != "校-网址"
    ]
    shown = this.findings().html
    assert "网址打不开" in shown and "依据：逐个点开" in shown
    assert "网址不全" in before.findings().html and "网址不全" not in shown
