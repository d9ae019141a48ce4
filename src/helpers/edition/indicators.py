"""indicators.yaml read and vetted: which numbers departments are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.basics.yamltext import Mapping, Word, vet
from helpers.edition import charts, declared
from helpers.edition.charts import Parts
from helpers.edition.formula import Term

FILE = "indicators.yaml"
SPENDING, THREE_PUBLIC, STAFF = "支出", "三公经费", "在职人数"
PLANNED, BUDGET = "预算支出", "支出预算"
OPENING, CLOSING = "年初结转和结余", "年末结转和结余"
_KEYS = {"名称": Word, "量": Word, "部分": Mapping}


@dataclass(frozen=True)
class Indicator:
    """One number that departments are compared by: sums of cells that each state it, and what it is made of."""

    name: str
    sums: tuple[tuple[Term, ...], ...]
    parts: Parts | None
    place: str


@cache
def load(edition: str) -> dict[str, Indicator]:
    """Return the indicators of an edition by name; none where it declares none."""
    contents = declared.optional(edition, FILE)
    entries = declared.entries(edition, contents, "名称", "比较数")
    found = (_indicator(vet(raw, raw.file, _KEYS, ("名称", "量"))) for raw in entries)
    return {one.name: one for one in found}


def _indicator(raw: Mapping) -> Indicator:
    return Indicator(
        name=str(raw["名称"]),
        sums=tuple(charts.signed(side, raw["量"], raw.file) for side in raw["量"].split("=")),
        parts=charts.parts(raw["部分"], raw.file) if "部分" in raw else None,
        place=f"{raw.file} 第 {raw.line} 行",
    )
