"""What an edition asks of an invented department beyond what every form prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.basics.model import BUDGET
from helpers.edition import codes, declared, forms, patterns, slots, wording


@dataclass(frozen=True)
class Asked:
    """What the forms and sentences of an edition print.

    `budget` is the one budget that they name, blank where either will do; `categories` those that not every
    form has; `funds` those by which 三公经费 is split, none where it is not; `texts` the keys of own words.
    """

    edition: str
    budget: str
    categories: frozenset[tuple[str, str]]
    funds: tuple[str, ...]
    texts: frozenset[str]
    has_style: bool

    def prints(self, key: str, part: str = "") -> bool:
        """Return whether some sentence prints a text, or asks for it."""
        return (f"{key}/{part}" if part else key) in self.texts


@cache
def of(edition: str) -> Asked:
    """Return what an edition asks for."""
    words, known = codes.vocabulary(), wording.load(edition)
    named = {(t.of.table, t.of.row) for q in known.quantities.values() for s in q.sums for t in s}
    measured = {
        slots.on_basis(name)[1]
        for pattern in patterns.common_of(edition).by_number.values()
        for node in pattern.nodes
        if not node.is_loose
        for measure in node.measures
        if measure
        for name in measure.names
    }
    blocks = [dict(b.scope) for f in forms.load(edition).values() if f.published for b in f.blocks]
    split = [b["fund"] for b in blocks if b.get("item") == "三公经费" and b.get("fund")]
    return Asked(
        edition=edition,
        budget=next((b for b in words.bases(BUDGET) if b in measured), ""),
        categories=frozenset(
            (item.name, category)
            for item in words.items.values()
            for category in item.optional
            if (item.name, category) in named
        ),
        funds=tuple(f for f, parent in words.fund_parents.items() if parent) if split else (),
        texts=known.text_keys,
        has_style=bool(declared.style(edition)),
    )
