"""The department's own words of a narrative as profile.yaml writes them: what was bound in them is a slot, the rest is text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpers.basics import money
from helpers.basics.model import Measure
from helpers.disclosure import enumeration, profile
from helpers.disclosure.measured import Measured
from helpers.edition.patterns import Patterns
from helpers.edition.pieces import AMOUNT, COUNT, DIFFERENCE, RATE, SHARE
from helpers.intake.stretches import LISTED, Stretch, stretches
from helpers.published.reading import Reading, ReadNumber

LIST = "条目"
_SLOT = {AMOUNT: "", COUNT: "", DIFFERENCE: "差额 ", RATE: "幅度 ", SHARE: "比 "}
_NUMBERED = re.compile(
    r"\s*(?:[（(]?\d{1,3}[)）]|\d{1,3}[、.．](?!\d)|[一二三四五六七八九十]{1,3}、)\s*"
)
_CHANGED = re.compile(r"\{增减 ([^{}]*)\}\{差额 \1\}万元[，,](?:增长|下降)\{幅度 \1\}")
_MOVED = ("增加", "减少")
_SENTENCE = re.compile("[，。：；:,]")
_OPENING, _CLOSING = "“‘「『", "”’」』"
_QUOTES, _SPACES = f"{_OPENING}{_CLOSING}\"'", " \u3000\xa0\n\r"
_KEPT = f"{_QUOTES} \u3000,，"


@dataclass(frozen=True)
class Words:
    """The texts of a profile by their keys, a key being 键 or 键/小键; `lists` are those that are lists even of one."""

    texts: Mapping[str, tuple[str, ...]]
    lists: frozenset[str]

    @property
    def by_key(self) -> dict[str, object]:
        """The texts as profile.yaml nests them, under its English keys in its order."""
        content: dict[str, object] = {}
        for english, (chinese, _) in profile.KEYS.items():
            parts = {k.partition("/")[2]: k for k in self.texts if k.partition("/")[0] == chinese}
            if "" in parts:
                content[english] = self._value(parts[""])
            elif parts:
                content[english] = {part: self._value(key) for part, key in parts.items()}
        return content

    def _value(self, key: str) -> str | list[str]:
        some = list(self.texts[key])
        return some if key in self.lists or len(some) > 1 else some[0]


NO_WORDS = Words(texts={}, lists=frozenset())


def words(found: Reading, declared: Patterns, measured: Mapping[str, Measured]) -> Words:
    """Return the own words of a narrative; `measured` is what the figures give of each statement's measures."""
    writer = _Writer(found, declared, measured)
    texts: dict[str, tuple[str, ...]] = {}
    lists: set[str] = set()
    for stretch in stretches(found, declared):
        for (key, word), paragraphs in writer.shared(stretch):
            if paragraphs and key not in texts:
                texts[key] = paragraphs
                lists |= {key} if word in (LIST, LISTED) else set()
    return Words(texts=texts, lists=frozenset(lists))


class _Writer:
    """Writes stretches of a narrative as texts with slots."""

    def __init__(
        self, found: Reading, declared: Patterns, measured: Mapping[str, Measured]
    ) -> None:
        self.found, self.declared, self.measured = found, declared, measured
        self.numbers = {n.start: n for n in found.numbers}

    def shared(self, stretch: Stretch) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
        """Yield the slots of a stretch with the paragraphs of each: a list takes what is numbered."""
        lines = list(self._lines(stretch))
        if stretch.slots[0][1] == LISTED:
            yield stretch.slots[0], self._names(stretch, lines)
            return
        numbered = [n for n, line in enumerate(lines) if _NUMBERED.match(line)]
        place = next((n for n, (_, word) in enumerate(stretch.slots) if word == LIST), None)
        if place is None:
            yield stretch.slots[0], _led(lines) if stretch.is_led else tuple(lines)
            return
        alone = len(stretch.slots) == 1
        first, last = (numbered[0], numbered[-1]) if numbered and not alone else (0, len(lines))
        parts = (lines[:first], lines[first : last + 1], lines[last + 1 :])
        if place:
            yield stretch.slots[place - 1], tuple(parts[0])
        yield stretch.slots[place], _items(parts[1])
        if place + 1 < len(stretch.slots):
            yield stretch.slots[place + 1], tuple(parts[2])

    def _names(self, stretch: Stretch, lines: list[str]) -> tuple[str, ...]:
        """Return the names that an enumeration lists, where the amounts of its rows are not known."""
        one = self.measured[stretch.statement]
        listings = one.declaration.listings.values()
        listing = next(li for li in listings if li.fallback == stretch.slots[0][0])
        if enumeration.rows(listing, one.tables, ("",)) is not None:
            return ()
        names = "".join(lines).rstrip("。；").removesuffix("等").split("、")
        return tuple(name for name in names if name)

    def _lines(self, stretch: Stretch) -> Iterator[str]:
        text, start = self.found.text, stretch.start
        for line in text[stretch.start : stretch.end].split("\n"):
            if line.strip():
                yield self._written(start, start + len(line), stretch.statement)
            start += len(line) + 1

    def _written(self, start: int, end: int, statement: str) -> str:
        """Return a stretch of the folded text as it was published, with slots where its numbers are computed."""
        places, text = self.found.places, self.found.narrative.text
        written, at = _quotes_before(text, places[start]), start
        while at < end:
            number = self.numbers.get(places[at])
            if slot := number and self._slot(number, statement, at, end):
                written = _turned(written, slot) + f"{{{slot}}}"
                at = _past(places, at, number.end)
                at += slot.startswith(("幅度", "比"))  # these print their %
            else:
                written += _escaped(text[places[at]]) + _between(text, places, at, end)
                at = _past(places, at, places[at] + 1)
        written += _quotes_after(text, places[end - 1] + 1)
        return _CHANGED.sub(r"{变动 \1}", written.strip())

    def _slot(self, number: ReadNumber, statement: str, at: int, end: int) -> str:
        """Return the slot that prints a number as it stands in the text, or nothing where none does."""
        said = number.slot
        if said is None or number.bound is None or not number.bound.is_sure:
            return ""
        unit = self.found.text[_past(self.found.places, at, number.end) : end]
        kinds = {RATE: "%", SHARE: "%", AMOUNT: money.WAN, DIFFERENCE: money.WAN, COUNT: ""}
        if said.kind not in kinds or not unit.startswith(kinds[said.kind]):
            return ""
        names = [
            self._name(name, said.measure, said.statement, statement) for name in said.measure.names
        ]
        measure = Measure(said.kind, tuple(names))
        if not all(names) or self._printed(measure, statement) != number.text:
            return ""
        return _SLOT[said.kind] + "/".join(names)

    def _name(self, name: str, measure: Measure, of: str, statement: str) -> str:
        """Return what a quantity is called in the words of a statement: its name, else its one cell."""
        known = self.declared.by_number[statement].declaration.quantities
        if name in known or "[" in name:
            return name
        one = self.declared.cells(of, measure._replace(kind=AMOUNT, names=(name,)))
        return str(one[0]) if len(one) == 1 else ""

    def _printed(self, measure: Measure, statement: str) -> str:
        try:
            printed = self.measured[statement].number(measure)
        except (KeyError, ValueError):
            return ""
        return printed.text if printed else ""


def _turned(written: str, slot: str) -> str:
    """Return the words before a change with their direction as a slot too."""
    word, _, name = slot.partition(" ")
    is_told = word in ("差额", "幅度") and written.endswith(_MOVED)
    return f"{written[:-2]}{{增减 {name}}}" if is_told else written


def _past(places: tuple[int, ...], at: int, end: int) -> int:
    """Return the first place of the folded text that stands at or after a place of the text as published."""
    while at < len(places) and places[at] < end:
        at += 1
    return at


def _between(text: str, places: tuple[int, ...], at: int, end: int) -> str:
    """Return the quotes and spaces that folding dropped after a character; page lines and wraps stay dropped."""
    following = places[at + 1] if at + 1 < end else places[at] + 1
    gap = text[places[at] + 1 : following]
    if "\n" in gap:
        return "".join(c for c in gap if c in _QUOTES) if not gap.strip(_SPACES + _QUOTES) else ""
    return "".join(c for c in gap if c in _KEPT)


def _quotes_before(text: str, place: int) -> str:
    start = place
    while start and text[start - 1] in _OPENING:
        start -= 1
    return text[start:place]


def _quotes_after(text: str, place: int) -> str:
    end = place
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return text[place:end]


def _escaped(character: str) -> str:
    """Return a character that is no slot and no control."""
    if character in "{}":
        return character * 2
    return character if character.isprintable() else " "


def _led(lines: list[str]) -> tuple[str, ...]:
    """Return texts that stand within a sentence: the stop at the end of the last is the sentence's own."""
    return (*lines[:-1], _within(lines[-1])) if lines else ()


def _within(text: str) -> str:
    text = text.rstrip("。；;，, ")
    is_open = text.count("（") + text.count("(") < text.count("）") + text.count(")")
    return text[:-1] if is_open and text[-1:] in "）)" else text


def _items(lines: list[str]) -> tuple[str, ...]:
    """Return the entries of a list without their numbers; a line without one goes on with the entry before."""
    items: list[str] = []
    is_numbered = any(map(_NUMBERED.match, lines))
    for line in lines:
        match = _NUMBERED.match(line)
        if is_numbered and items and not match:
            items[-1] += line
        else:
            items.append(line[match.end() :] if match else line)
    return tuple(
        item.rstrip("；;，,、 ") if _SENTENCE.search(item[:-1]) else item.rstrip("。；;，,、 ")
        for item in items
    )
