"""charts.yaml read and vetted: which cells each official chart shows, and as what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.model import Address
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, vet
from helpers.edition import declared, formula
from helpers.edition.codes import LENGTH
from helpers.edition.formula import Term

CHANGE, STRUCTURE, CONTRAST, OF_THREE_PUBLIC = "变动", "结构", "对照", "三公"

_CHART = {
    "编号": Word,
    "标题": Word,
    "形式": Word,
    "百分位": Word,
    "量": Mapping,
    "部分": Mapping,
    "无数": Word,
}
_PARTS: Keys = {"格": Word, "预算": Word, "级": Word, "名单": (Word, Sequence, Mapping)}


@dataclass(frozen=True)
class Parts:
    """What a whole is made of: `cells` with a `*`, and the keys and names for it, or a level of codes.

    `planned` is the column of the budget, with a `*` too, where the chart sets it against the final amount.
    """

    cells: Address
    named: tuple[tuple[str, str], ...]
    level: str
    planned: str = ""


@dataclass(frozen=True)
class Chart:
    """One declared chart: a change, a structure, or a contrast of last year, budget and final amounts.

    `name` is what its amount is called, `sums` are cells that each state it, `percent` says whose
    decimals it takes (三公 or the usual), `empty` stands where there is no such money.
    """

    number: str
    title: str
    form: str
    percent: str
    name: str
    sums: tuple[tuple[Term, ...], ...]
    parts: Parts | None
    empty: str
    place: str


@cache
def load(edition: str) -> dict[str, Chart]:
    """Return the charts of an edition by number."""
    contents = declared.files(edition, "charts.yaml")
    entries = declared.entries(edition, contents, "编号", "图")
    found = (
        _chart(
            vet(
                raw,
                declared.file_of(raw, edition, "charts.yaml"),
                _CHART,
                ("编号", "标题", "形式", "量", "无数"),
            )
        )
        for raw in entries
    )
    return {chart.number: chart for chart in found}


def _chart(raw: Mapping) -> Chart:
    file = raw.file
    place = f"{file} 第 {raw.line} 行"
    number = raw["编号"]
    if not re.fullmatch(r"[^\W\d_][\w.-]*", number):
        raise DataError(place, f"编号「{shown(number)}」不对", "文字开头，不含空格和标点，如 图1")
    for key, known in (("形式", (CHANGE, STRUCTURE, CONTRAST)), ("百分位", (OF_THREE_PUBLIC,))):
        if key in raw and raw[key] not in known:
            problem = f"不认识的{key}「{shown(raw[key])}」{nearest(raw[key], known)}"
            raise DataError(f"{file} 第 {raw[key].line} 行", problem, " 或 ".join(known))
    if raw["形式"] != CHANGE and "部分" not in raw:
        raise DataError(place, f"「形式: {raw['形式']}」必须有「部分」")
    if (raw["形式"] == CONTRAST) != ("预算" in raw.get("部分", ())):
        raise DataError(place, "「预算」只属于「形式: 对照」，而且必须有")
    if len(raw["量"]) != 1:
        raise DataError(place, f"「量」里有 {len(raw['量'])} 个数", "一个，写作 {名称: 表[行, 栏]}")
    ((name, cells),) = raw["量"].items()
    made = parts(raw["部分"], file) if "部分" in raw else None
    sums = tuple(signed(side, name, file) for side in str(cells).split("="))
    return Chart(
        number=str(number),
        title=str(raw["标题"]),
        form=str(raw["形式"]),
        percent=str(raw.get("百分位", "")),
        name=str(name),
        sums=sums,
        parts=made,
        empty=str(raw["无数"]),
        place=place,
    )


def signed(text: str, at: Word, file: str) -> tuple[Term, ...]:
    """Return one sum of cells; `at` and `file` are where it is declared."""
    try:
        return formula.signed_sum(text)
    except formula.WrongKind:
        raise DataError(
            f"{file} 第 {at.line} 行",
            f"「{shown(text.strip())}」没有写明是哪一格",
            "「表[行, 栏]」",
        ) from None
    except ValueError as error:
        raise DataError(f"{file} 第 {at.line} 行", str(error)) from None


def parts(raw: Mapping, file: str) -> Parts:
    """Return what a declared 「部分」 expands to."""
    vet(raw, file, _PARTS, ("格",))
    at = f"{file} 第 {raw.line} 行"
    (term, *more) = signed(raw["格"], raw["格"], file)
    if more or ["*" in term.of.row, "*" in term.of.column].count(True) != 1:
        raise DataError(at, f"「{shown(raw['格'])}」不能展开", "一格，行或栏写作 *")
    listed, level = raw.get("名单"), raw.get("级", "")
    if (listed is None) == (not level) or (level and (level not in LENGTH or term.of.row != "*")):
        raise DataError(
            at, "「部分」怎样展开没有说清", "「名单」，或「级: 类、款、项」之一（行写作 *）"
        )
    pairs = listed.items() if isinstance(listed, Mapping) else [(n, n) for n in listed or ()]
    if isinstance(listed, Word) or not all(
        isinstance(word, Word) for pair in pairs for word in pair
    ):
        raise DataError(at, "「名单」不是名称的列表", "名称，或「键: 图上的名称」")
    named = tuple((str(k), str(n)) for k, n in pairs)
    return Parts(term.of, named, str(level), str(raw.get("预算", "")))
