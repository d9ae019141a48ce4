"""Which figures a form's block, row or column takes (数), vetted against the vocabulary of figures.csv."""

from __future__ import annotations

from collections.abc import Collection

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.model import Scope
from helpers.basics.yamltext import Mapping, Sequence, Word
from helpers.edition import codes

Pairs = tuple[tuple[str, str], ...]


def scope(raw: Mapping | None, file: str) -> Pairs:
    """Return dimension and member of every 「键: 值」 of a 「数」; a word that figures.csv cannot say is refused by its line."""
    english = {chinese: name for name, chinese in codes.vocabulary().columns.items()}
    known = _known()
    for key, member in (raw or {}).items():
        at = f"{file} 第 {key.line} 行"
        if key not in english:
            raise DataError(at, f"不认识的「{key}」", "、".join(english))
        allowed = known.get(english[key])
        if not isinstance(member, Word):
            raise DataError(at, f"{key}写得不对", f"「{key}: 一个词」")
        if member and allowed is not None and member not in allowed:
            raise DataError(
                at,
                f"{key}没有「{shown(member)}」{nearest(member, allowed)}",
                "data/codes/ 里有的",
            )
    return tuple((english[k], str(v)) for k, v in (raw or {}).items())


def scope_of(*declared: tuple[tuple[str, str], ...]) -> Scope | None:
    """Return the scope that a block, a row and a column declare together; the later word stands."""
    dimensions = dict(pair for pairs in declared for pair in pairs)
    return Scope(**dimensions) if dimensions.get("item") else None


def _known() -> dict[str, Collection[str]]:
    """Return what each dimension may say; a project is anything."""
    words = codes.vocabulary()
    return {
        "item": words.items,
        "category": {c for i in words.items.values() for c in (*i.parents, *i.alone)},
        "fund": words.fund_parents,
        "function": codes.functional(),
        "nature": words.natures,
        "economic": {*codes.economic(), *words.economic_group_names},
    }


def listed_codes(raw: Sequence | tuple, by: str, file: str) -> tuple[str, ...]:
    """Return the codes that a row or a column names (科目); one that the code list does not have is refused."""
    known = codes.functional() if by == "function" else codes.economic()
    for code in raw:
        if code not in known:
            raise DataError(
                f"{file} 第 {code.line} 行",
                f"科目表没有「{shown(code)}」",
                "data/codes/ 里有的编码",
            )
    return tuple(map(str, raw))
