"""Every way in which a declared sentence may be worded: its branches, its slots as characters, its enumerations' items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.basics.model import BUDGET, Measure, Profile
from helpers.basics.text import folded_text
from helpers.edition import clauses, pieces, slots
from helpers.edition.clauses import NEW_PARAGRAPH, Choice, Clause, slots_of
from helpers.edition.slots import Slot, Template
from helpers.edition.wording import Declaration

KIND_OF = {
    "差额": pieces.DIFFERENCE,
    "幅度": pieces.RATE,
    "完成率": pieces.COMPLETION,
    "占": pieces.SHARE,
    "比": pieces.SHARE,
}
Asserts = tuple[tuple[str, str], ...]
OWN_SLOTS = ("文字", "条目")
OWN = ("", "文字")  # stands among what a branch asserts where the words are the department's own


@dataclass(frozen=True)
class Said:
    """A folded text of a declaration with a character for each slot; `spans` have what parts of it assert."""

    text: str = ""
    spans: tuple[tuple[int, int, Asserts], ...] = ()

    def asserting(self, asserts: Asserts) -> Said:
        """Return the text as one that asserts something of the figures."""
        return Said(self.text, ((0, len(self.text), asserts), *self.spans)) if asserts else self

    def asserts(self, start: int, end: int) -> Asserts:
        """Return what is asserted in a stretch of the text."""
        return tuple(a for s, e, what in self.spans if s < end and start < e for a in what)


class Ways:
    """The ways of wording the sentences of one declaration; `measures` are what its slots' characters stand for.

    Where a profile is given, its own words stand in their place too.
    """

    def __init__(self, declaration: Declaration, profile: Profile | None):
        self.declaration, self.profile = declaration, profile
        self.measures: list[Measure] = []

    def has_own(self, clause: Clause) -> bool:
        """Return whether the profile has own words for a sentence."""
        own = [slot for slot in slots_of(clause) if slot.word in OWN_SLOTS]
        for name in self._listings_of(clause):
            own += [s for c in self.declaration.listings[name].item for s in slots_of(c)]
        return any(any(self._texts(slot.names[0])) for slot in own if slot.word in OWN_SLOTS)

    def measure(self, mark: str) -> Measure | None:
        """Return what the character of a slot stands for, nothing for a digit."""
        if not pieces.FIRST_SLOT <= mark <= pieces.LAST_SLOT:
            return None
        return self.measures[ord(mark) - ord(pieces.FIRST_SLOT)]

    def of(self, clause: Clause) -> Iterator[tuple[Said, str]]:
        """Yield the texts of a sentence, each with the enumeration whose item it is."""
        if clause == (NEW_PARAGRAPH,):
            return
        for said in self._said([clause], ""):
            yield said, ""
        for name in self._listings_of(clause):
            listing = self.declaration.listings[name]
            for clauses_of_row in (listing.item, *((also,) for also in listing.also_read)):
                for said in self._said(clauses_of_row, name):
                    yield said, name

    def _listings_of(self, clause: Clause) -> Iterator[str]:
        for slot in slots_of(clause):
            if slot.word == "列举":
                yield slot.names[0]

    def _said(self, clauses: Iterable[Clause], listing: str) -> Iterator[Said]:
        """Yield ways of saying some clauses one after another."""
        yield from _one_after_another([list(self._of_clause(c, listing)) for c in clauses])

    def _of_clause(self, clause: Clause, listing: str) -> Iterator[Said]:
        if isinstance(clause, Choice):
            asserts = tuple((s, p) for s, p in clause.conditions if _is_said(p))
            for said in self._said(clause.then, listing):
                yield said.asserting(asserts)
            if clause.otherwise:
                yield from self._said(clause.otherwise, listing)
            elif listing:
                yield Said()
        elif clause == (NEW_PARAGRAPH,):
            yield Said("\n")
        else:
            parts = _subject_as_one(clause)
            yield from _one_after_another([list(self._of_part(part, listing)) for part in parts])

    def _of_part(self, part: str | Slot, listing: str) -> Iterator[Said]:
        if isinstance(part, str):
            yield Said(folded_text(part))
        elif part.word in _LITERAL:
            yield Said(_LITERAL[part.word])
        elif part.word in OWN_SLOTS:
            yield from self._own(part)
        elif part.word == "列举":
            yield Said("：")
        else:
            yield from self._number(part, listing)

    def _number(self, slot: Slot, listing: str) -> Iterator[Said]:
        if slot.word == "变动":
            more = self._mark(pieces.DIFFERENCE, slot.names, listing)
            rate = self._mark(pieces.RATE, slot.names, listing)
            yield Said(f"增加{more}万元，增长{rate}%")
            yield Said("持平").asserting(((slot.names[0], clauses.EQUAL),))
        elif slot.word == "增减":
            yield Said("增加")
        elif slot.word == "完成":
            budget = slots.on_basis(slot.names[1])[1]
            mark = self._mark(pieces.COMPLETION, slot.names, listing)
            yield Said(f"{completion_words(budget)}{mark}%")
            yield Said(f"未安排{budget}").asserting(((slot.names[0], f"无{budget}"),))
        else:
            kind = KIND_OF.get(slot.word, pieces.AMOUNT)
            mark = self._mark(kind, slot.names, listing)
            percent = kind in (pieces.RATE, pieces.SHARE, pieces.COMPLETION)
            yield Said(("占" if slot.word == "占" else "") + mark + ("%" if percent else ""))

    def _mark(self, kind: str, names: tuple[str, ...], listing: str) -> str:
        measure = Measure(kind, names, listing if slots.is_of_row(names) else "")
        if measure not in self.measures:
            self.measures.append(measure)
        return chr(ord(pieces.FIRST_SLOT) + self.measures.index(measure))

    def _own(self, slot: Slot) -> Iterator[Said]:
        """Yield the place of the department's own words, and those words where a profile has them."""
        key = slot.names[0]
        place = Said(pieces.OWN_WORDS).asserting(((key, slot.word),))
        yield place
        for paragraphs in self._texts(key):
            for own in _one_after_another([list(self._filled(p)) for p in paragraphs]):
                yield _joined((place, own)).asserting((OWN,))

    def _texts(self, key: str) -> Iterator[tuple[str, ...]]:
        texts = self.profile.texts if self.profile else {}
        if "*" in key:
            form = re.compile(re.escape(key).replace(r"\*", r"\d+"))
            yield from (text for name, text in texts.items() if form.fullmatch(name))
        elif key in texts:
            yield texts[key]

    def _filled(self, text: str) -> Iterator[Said]:
        """Yield the ways of wording a paragraph of the department's own, with a character for each slot in it."""
        try:
            parts = slots.own_words(f"{text}\n", self.declaration.quantities)
        except ValueError:
            parts = (f"{text}\n",)
        yield from _one_after_another([list(self._of_part(part, "")) for part in parts])


def _one_after_another(options: list[list[Said]]) -> Iterator[Said]:
    """Yield the ways of saying parts one after another: each way of each part once, among the first of the others."""
    yield _joined([ways[0] for ways in options])
    for place, ways in enumerate(options):
        for other in ways[1:]:
            yield _joined([other if i == place else some[0] for i, some in enumerate(options)])


def _joined(parts: Iterable[Said]) -> Said:
    """Return parts as one text, one after another."""
    text, spans = "", list[tuple[int, int, Asserts]]()
    for part in parts:
        at = len(text)
        spans += [(start + at, end + at, what) for start, end, what in part.spans]
        text += part.text
    return Said(text, tuple(spans))


def _subject_as_one(clause: Template) -> list[str | Slot]:
    """Return a sentence with one slot for a name and one for a subject, however many slots they are made of."""
    parts: list[str | Slot] = []
    for before, part in zip(("", *clause), clause):
        if isinstance(part, str):
            level = f"（{before.word}）" if isinstance(before, Slot) else ""
            level = "（类）" if level == "（名）" else level
            parts.append(part.removeprefix(level) if level in ("（类）", "（项）") else part)
        elif part.word in ("款", "项"):
            parts.pop()  # （类） or （款）
        elif not (
            isinstance(before, Slot)
            and _LITERAL.get(part.word) == _LITERAL.get(before.word) == pieces.NAME
        ):
            parts.append(part)
    return parts


_LITERAL = {
    "年": pieces.THIS_YEAR,
    "上年": pieces.LAST_YEAR,
    "全称": pieces.NAME,
    "简称": pieces.NAME,
    "类型": pieces.NAME,
    "地区": pieces.NAME,
    "名": pieces.ROW,
    "类": pieces.ROW,
    "款": pieces.ROW,
    "项": pieces.ROW,
    "序": "1",
}


def _is_said(predicate: str) -> bool:
    """Return whether a branch asserts its condition of the figures: a direction, or that nothing was planned."""
    question, basis = clauses.predicates().get(predicate, ("", ""))
    moved = bool(basis) and question in (clauses.MORE, clauses.LESS, clauses.EQUAL)
    return moved or question == clauses.ZERO


def completion_words(budget: str) -> str:
    """Return what stands before a percentage of completion; a budget of its own name is named with 的."""
    return "完成预算" if budget == BUDGET else f"完成{budget}的"
