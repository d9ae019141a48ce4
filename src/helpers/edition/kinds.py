"""findings.yaml read and vetted: kinds of finding that are no rule of checks.yaml, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, Problems, nearest, shown
from helpers.basics.model import Finding
from helpers.basics.yamltext import Keys, Mapping, Word, vet
from helpers.edition import declared, rulebook, wordings

SEVERITIES = {**rulebook.SEVERITIES, "缺数": "missing"}
COMMON = ("应为", "实为", "相差")  # slots of every sentence: what the finding itself says
# What is looked for, as 编号 or 编号/句, and what its sentence may name besides.
SLOTS: dict[str, tuple[str, ...]] = {
    "文-缺句": ("句",),
    "文-方向/相反": ("公开",),
    "文-方向/没有变化": ("公开",),
    "文-缺数": (),
    "文-列举缺": (),
    "文-列举多": (),
    "文-措辞/缺": (),
    "文-措辞/多": (),
    "文-措辞/不同": ("公开", "样式"),
    "文-都缺": (),
    "文-名称/写错": ("公开",),
    "文-名称/推定": ("公开",),
    "文-无从核对": ("公开", "格"),
    "文-年份序号": ("公开",),
    "文-单位": ("公开", "单位", "公开单位"),
    "文-尾差/数": ("公开", "格"),
    "文-尾差/百分数": ("公开", "格"),
    "文-数/数": ("公开", "格"),
    "文-数/百分数": ("公开", "格"),
    "文-疑数": ("公开", "格", "样式"),
    "文-多项": ("公开", "名称"),
    "文-零基数/有数": ("公开", "基数"),
    "文-零基数/零": ("公开", "基数"),
    "文-零预算/有数": ("公开",),
    "文-零预算/零之零": ("公开",),
    "文-重复句": ("公开",),
    "文-未对上": ("公开",),
    "校-占位": ("位置",),
    "校-重复/词": ("位置", "词"),
    "校-重复/句": ("位置", "句"),
    "校-重复/占": ("位置",),
    "校-标点": ("位置",),
    "校-段末": ("位置",),
    "校-错字": ("位置",),
    "校-年度/年度": ("位置", "公开"),
    "校-年度/缺位": ("位置",),
    "校-单位/万": ("位置", "公开"),
    "校-单位/百分号": ("位置", "公开"),
    "校-网址": ("位置",),
    "校-成对/符号": ("位置", "左", "右"),
    "校-成对/括号": ("位置",),
    "校-矛盾": ("位置", "一处", "另一处"),
    "校-单位数": ("位置", "公开", "单位数"),
    "校-名称": ("位置",),
    "校-标题/没有": (),
    "校-标题/编号": ("位置", "标题"),
    "校-标题/无编号": ("位置", "标题"),
    "校-其它": ("位置",),
    "校-用途": ("位置", "公开", "标题"),
    "校-科目名": ("位置", "年度"),
    "校-名词/没有用到": ("位置",),
    "校-名词/许多没有用到": ("位置", "个数"),
    "校-名词/没有解释": ("位置", "标题", "科目"),
    "校-名词/许多没有解释": ("位置", "标题", "科目", "个数"),
    "表-缺表": ("表", "表名"),
    "表-无行/行": ("表",),
    "表-无行/栏": ("表",),
    "表-单位/一张": ("表",),
    "表-单位/各张": (),
    "表-年度": ("表",),
    "表-部门": ("表",),
    "表-空表说明": ("表",),
    "表-重复行": ("表",),
    "表-多行/不认识": ("表", "行", "数"),
    "表-多行/不认识而无数": ("表", "行", "数"),
    "表-多行/没有科目": ("表", "行", "数"),
    "表-多行/没有科目而无数": ("表", "行"),
    "表-多行/许多没有科目而无数": ("表", "行", "个数"),
    "表-又一张": ("表",),
    "表-行序": ("表",),
    "表-错行": ("表", "首行", "行数", "行", "另行"),
    "表-编码": ("表", "行"),
    "表-科目名": ("表", "编码"),
    "表-非数": ("表", "行", "栏"),
    "表-缺行": ("表", "行", "栏"),
    "表-缺栏": ("表", "行", "栏"),
    "表-无从核对": ("表", "格数"),
    "表-尾差": ("表", "行", "栏"),
    "表-数": ("表", "行", "栏"),
    "公开-未读/文件": ("文件",),
    "公开-未读/其中": ("文件", "什么"),
    "上年-未读": ("原因",),
    "更正-无对应/更正": ("行号", "更正"),
    "更正-无对应/决定": ("行号", "更正", "状态"),
}
_KIND: Keys = {
    "编号": Word,
    "名称": Word,
    "严重程度": Word,
    "依据": Word,
    "应为": Word,
    "句": (Word, Mapping),
}
_SENTENCE = {"写": Word, "严重程度": Word, "应为": Word}


@dataclass(frozen=True)
class Telling:
    """One sentence of a kind, its severity, and what should be where that is always the same."""

    sentence: str
    severity: str
    expected: str


@dataclass(frozen=True)
class Kind:
    """A kind of finding: its name, what it rests on, its sentences by name, "" where it has one."""

    rule: str
    name: str
    basis: str
    tellings: dict[str, Telling]


@dataclass(frozen=True)
class Kinds:
    """The kinds of finding of an edition, by 编号."""

    by_rule: dict[str, Kind]

    def finding(
        self,
        looked_for: str,
        place: str,
        *,
        expected: str = "",
        found: str = "",
        difference: str = "",
        **slots: object,
    ) -> Finding:
        """Return a finding of a kind, by 编号 or 编号/句, told in the words of the edition."""
        rule, _, which = looked_for.partition("/")
        telling = self.by_rule[rule].tellings[which]
        expected = expected or telling.expected
        said = telling.sentence.format_map(
            {"应为": expected, "实为": found, "相差": difference, **slots}
        )
        return Finding(
            rule=rule,
            severity=telling.severity,
            place=place,
            message=said,
            expected=expected,
            found=found,
            difference=difference,
        )

    def about(self, rule: str) -> tuple[str, str]:
        """Return the name and the 依据 of a kind, or nothing of what is none."""
        kind = self.by_rule.get(rule)
        return (kind.name, kind.basis) if kind else ("", "")


@cache
def load(edition: str) -> Kinds:
    """Return the kinds of an edition: its own, and those that only an edition it follows declares."""
    name = "findings.yaml"
    entries = declared.entries(edition, declared.files(edition, name), "编号", "疑点")
    found: dict[str, Kind] = {}
    problems = Problems()
    for raw in entries:
        with problems.gathered():
            file = declared.file_of(raw, edition, name)
            kind = _kind(vet(raw, file, _KIND, ("编号", "名称", "严重程度", "依据", "句")), file)
            found[kind.rule] = kind
    problems.tell()
    lacking = [rule for rule in wordings.by_kind(SLOTS) if rule not in found]
    if lacking:
        raise DataError(f"rules/{edition}/{name}", f"没有写疑点「{'」「'.join(lacking)}」")
    return Kinds(found)


def _kind(raw: Mapping, file: str) -> Kind:
    rule, rules = raw["编号"], wordings.by_kind(SLOTS)
    if rule not in rules:
        problem = f"没有这样的疑点「{shown(rule)}」{nearest(rule, rules)}"
        raise DataError(f"{file} 第 {rule.line} 行", problem, "程序会查的疑点")
    tellings = dict(_tellings(raw, rules[rule], file))
    return Kind(rule=str(rule), name=str(raw["名称"]), basis=str(raw["依据"]), tellings=tellings)


def _tellings(raw: Mapping, names: list[str], file: str) -> Iterator[tuple[str, Telling]]:
    """Yield the sentences of a kind; one without a severity of its own has that of the kind."""
    for looked_for, which, written in wordings.of_entry(raw, names, (Word, Mapping), file):
        yield which, _telling(written, raw, looked_for, file)


def _telling(written: Word | Mapping, raw: Mapping, looked_for: str, file: str) -> Telling:
    own = vet(written, file, _SENTENCE, ("写",)) if isinstance(written, Mapping) else {}
    severity = own.get("严重程度", raw["严重程度"])
    if severity not in SEVERITIES:
        problem = f"严重程度「{shown(severity)}」不对"
        raise DataError(f"{file} 第 {severity.line} 行", problem, "、".join(SEVERITIES))
    known = (*SLOTS[looked_for], *COMMON)
    sentence = wordings.vetted(own.get("写", written), looked_for, known, file)
    return Telling(sentence, SEVERITIES[severity], str(own.get("应为", raw.get("应为", ""))))
