"""checks.yaml read and vetted: every rule has 编号, 名称, 依据, 严重程度 and an equation or a named function."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, vet
from helpers.edition import declared, formula
from helpers.edition.formula import Relation

SEVERITIES = {"错误": "error", "警告": "warning", "提示": "hint"}


@dataclass(frozen=True)
class Rule:
    """One check as a finance person wrote it. `years` are the first and last year it holds for, `place` its file and line."""

    number: str
    name: str
    relations: tuple[Relation, ...]
    only_if: Relation | None
    function: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...]
    years: tuple[int, int]
    basis: str
    severity: str
    place: str


_RULE: Keys = {
    "编号": Word,
    "名称": Word,
    "等式": (Word, Sequence),
    "当": Word,
    "函数": Word,
    "参数": Mapping,
    "适用年度": Word,
    "依据": Word,
    "严重程度": Word,
}


@cache
def load(edition: str, functions: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules of an edition; `functions` are the names that a rule may call."""
    entries = declared.entries(edition, declared.files(edition, "checks.yaml"), "编号", "勾稽")
    return tuple(
        _rule(
            vet(
                raw,
                declared.file_of(raw, edition, "checks.yaml"),
                _RULE,
                ("编号", "名称", "依据", "严重程度"),
            ),
            functions,
            raw.file,
        )
        for raw in entries
    )


def _rule(raw: Mapping, functions: frozenset[str], file: str) -> Rule:
    at = f"{file} 第 {raw.line} 行"
    if ("等式" in raw) == ("函数" in raw):
        raise DataError(at, f"「{raw['编号']}」应写「等式」或「函数」之一")
    if raw["严重程度"] not in SEVERITIES:
        raise DataError(at, f"严重程度「{shown(raw['严重程度'])}」不对", "、".join(SEVERITIES))
    if raw.get("函数", "") not in functions | {""}:
        raise DataError(
            at,
            f"没有函数「{shown(raw['函数'])}」{nearest(raw['函数'], functions)}",
            "、".join(sorted(functions)),
        )
    given = raw.get("等式", ())
    written = [given] if isinstance(given, Word) else given
    if not all(isinstance(one, Word) for one in written):
        raise DataError(at, "等式写得不对", "「甲 = 乙」，几个的每行一个，前面写 -")
    try:
        relations = tuple(map(formula.relation, written))
        only_if = formula.relation(raw["当"]) if "当" in raw else None
    except formula.WrongKind:
        raise DataError(at, "等式里每一项都要写成「表[行, 栏]」") from None
    except ValueError as error:
        raise DataError(at, str(error)) from None
    parameters = tuple(
        (str(k), tuple(map(str, v)) if isinstance(v, Sequence) else (str(v),))
        for k, v in raw.get("参数", {}).items()
    )
    return Rule(
        number=str(raw["编号"]),
        name=str(raw["名称"]),
        relations=relations,
        only_if=only_if,
        function=str(raw.get("函数", "")),
        parameters=parameters,
        years=_years(str(raw.get("适用年度", "-")), at),
        basis=str(raw["依据"]),
        severity=SEVERITIES[raw["严重程度"]],
        place=at,
    )


def _years(text: str, at: str) -> tuple[int, int]:
    """Parse 2022-, 2022-2024 or -2024."""
    match = re.fullmatch(r"(\d{4})?-(\d{4})?", text, re.ASCII)
    if not match:
        raise DataError(at, f"适用年度「{shown(text)}」看不懂", "2022- 或 2022-2024")
    first, last = int(match[1] or 0), int(match[2] or 9999)
    if first > last:
        raise DataError(at, f"适用年度「{text}」前后颠倒", "早的在前，如 2022-2024")
    return first, last
