"""Where the department's own words stand in a narrative that was read, and under which keys of profile.yaml they belong."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from helpers.basics.text import fold
from helpers.edition import edition
from helpers.edition.nodes import Node
from helpers.edition.patterns import Patterns
from helpers.edition.pieces import Piece
from helpers.published.binding import Section
from helpers.published.bound import ELSEWHERE, Bound
from helpers.published.reading import Reading
from helpers.published.sections import plain_heading, regions_of

LISTED = "列举"
_PART = re.compile("第.{1,3}部分")
_OPENS = ("\n", "。")  # what stands before a sentence
_SPACE, _TIMES = 20, 3  # how much longer than declared a lead may be written
_LEAST = 2  # characters of a lead that must be there where it is worded otherwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of own words: the statement that prints them, their slots (key, word), their place in the folded text.

    Several slots share the paragraphs that nothing parts. `is_led` says that words of the declaration lead into them.
    """

    statement: str
    slots: tuple[tuple[str, str], ...]
    start: int
    end: int
    is_led: bool


def stretches(found: Reading, declared: Patterns) -> list[Stretch]:
    """Return the stretches of own words of a narrative, in its order."""
    regions, missing = regions_of(found.text, list(declared.by_number.values()))
    headings = _headings(found.text, declared)
    parents = _parents(declared)
    some: list[Stretch] = []
    for section in {id(s): s for s in found.sections.values()}.values():
        owned = [p.number for p in section.patterns if p.number not in missing]
        start, end = regions[section.patterns[0].number]
        end = end if end == len(found.text) else found.text.rfind("\n", 0, end) + 1
        limit = min((at for at in headings if start <= at < end), default=end)
        read = _Read(found.text, section, declared, start, limit)
        some += (*read.all(frozenset(owned), parents), *read.lists())
    return sorted(some, key=lambda one: one.start)


def _headings(text: str, declared: Patterns) -> list[int]:
    """Return where lines stand that are headings of parts, or of sections without sentences of their own."""
    own = {pattern.title for pattern in declared.by_number.values()}
    titles = [
        fold(section.title)[0]
        for part in edition.load(declared.edition).outline.parts
        for section in part.sections
        if section.title and section.title not in own
    ]
    parts = [_named(part.published) for part in edition.load(declared.edition).outline.parts]
    return [
        line.start()
        for line in re.finditer(r"[^\n]+", text)
        if _PART.match(line[0])
        or any(plain_heading(line[0], title) for title in titles)
        or any(part and part.fullmatch(line[0]) for part in parts)
    ]


def _named(title: str) -> re.Pattern[str] | None:
    """Return what the heading of a part looks like that is printed without its 第二部分; nothing of one without a name in it."""
    words = _PART.sub("", fold(title)[0])
    form = re.sub(r"\\\{[^{}]*\\\}", ".{1,30}", re.escape(words))
    return re.compile(form) if "{" in words else None


def _parents(declared: Patterns) -> frozenset[str]:
    """Return the keys that are only written where those below them are not: 绩效 beside 绩效/项目."""
    keys = {n.own_slot[0] for p in declared.by_number.values() for n in p.nodes}
    return frozenset(key for key in keys if any(k.startswith(f"{key}/") for k in keys))


class _Read:
    """One section with what its pieces were read as; `limit` is where the next heading stands."""

    def __init__(self, text: str, section: Section, declared: Patterns, start: int, limit: int):
        self.text, self.section, self.declared = text, section, declared
        self.start, self.limit = _after_heading(text, start, limit), limit
        self.places = {id(node): i for i, node in enumerate(section.nodes)}
        self.read: list[tuple[int, Bound]] = [
            (place, bound)
            for place in range(len(section.pieces))
            if (bound := section.at(place)) and bound.place != ELSEWHERE
        ]
        self.first: dict[int, tuple[int, Bound]] = {}
        for place, bound in self.read:
            self.first.setdefault(self.places.get(id(bound.node), -1), (place, bound))

    def all(self, owned: frozenset[str], parents: frozenset[str]) -> Iterator[Stretch]:
        """Yield the stretches; what nothing leads into only in a section that has its heading."""
        for place, bound in self.read:
            key, word = bound.node.own_slot
            if key and bound.node.piece.words and (bound.key or "*" not in key):
                yield from self._led(place, bound, ((key.replace("*", bound.key), word),))
        for nodes in self._wordless():
            slots = tuple(n.own_slot for n in nodes if n.own_slot[0] not in parents)
            if not slots:
                continue
            before = self._lead_of(nodes[0])
            if before is None:
                if nodes[0].statement in owned:
                    yield from self._free(nodes, slots)
            elif nodes[0].listing:
                yield from self._of_rows(before, slots)
            elif led := self.first.get(self.places[id(before)]):
                yield from self._led(*led, slots)

    def _of_rows(self, lead: Node, slots: tuple[tuple[str, str], ...]) -> Iterator[Stretch]:
        """Yield what stands after a lead in each row of an enumeration."""
        for place, bound in self.read:
            if bound.node is lead and bound.key:
                of_row = tuple((key.replace("*", bound.key), word) for key, word in slots)
                yield from self._led(place, bound, of_row)

    def lists(self) -> Iterator[Stretch]:
        """Yield the enumerations of mere names for which the profile has a list where their amounts are not known."""
        for pattern in self.section.patterns:
            for name, listing in pattern.listings.items():
                said = [b.piece for _, b in self.read if b.node.listing == name]
                if listing.fallback and said:
                    end = self._end_of_list(said[-1])
                    slots = ((listing.fallback, LISTED),)
                    yield from self._stretch(pattern.number, slots, said[0].start, end, True)

    def _end_of_list(self, last: Piece) -> int:
        """Return where the list ends that some name stands in: with its sentence, or before the next number that was read."""
        end = self._sentence_end(last.end)
        numbers = (b.piece for _, b in self.read if b.piece.numbers)
        following = next((p.start for p in numbers if last.start < p.start < end), None)
        return self._stop_before(following, last.start) if following else end

    def _wordless(self) -> Iterator[list[Node]]:
        """Yield the runs of own words that have no words of the declaration between them."""
        run: list[Node] = []
        for node in self.section.nodes:
            is_one = node.piece.own and not node.piece.words and not node.is_loose
            if run and not (is_one and node.statement == run[0].statement):
                yield run
                run = []
            if is_one:
                run.append(node)
        if run:
            yield run

    def _lead_of(self, node: Node) -> Node | None:
        """Return the node of the same sentence that stands before own words: 绩效自评综述："""
        place = self.places[id(node)]
        before = self.section.nodes[place - 1] if place else None
        same = before and (before.statement, before.position) == (node.statement, node.position)
        return before if same else None

    def _led(
        self, place: int, bound: Bound, slots: tuple[tuple[str, str], ...]
    ) -> Iterator[Stretch]:
        """Yield what stands after a lead: to the next declared sentence, within its paragraph unless it is a list."""
        start = self._after_lead(place, bound)
        paragraph = self.text.find("\n", start, self.limit)
        is_list = any(word == "条目" for _, word in slots)
        end = self.limit if is_list or paragraph < 0 else paragraph
        for n in range(bisect.bisect(self.read, place, key=itemgetter(0)), len(self.read)):
            other = self.read[n][1]
            piece = other.piece
            is_another_matter = piece.before in _OPENS and other.node.piece.way and other.is_sure
            if piece.end <= start or (other.node.is_loose and not is_another_matter):
                continue
            if self._is_after(bound.node, other.node):
                end = min(end, self._last_words(piece, other.node.piece.words))
                break
            if piece.start >= start and piece.before in _OPENS:
                end = min(end, piece.start)
                break
            if piece.start >= start and self._is_next(bound.node, other):
                end = min(end, self._stop_before(piece.start, start))
                break
        yield from self._stretch(bound.node.statement, slots, start, end, is_led=True)

    def _free(self, nodes: list[Node], slots: tuple[tuple[str, str], ...]) -> Iterator[Stretch]:
        """Yield what stands between the sentences before and after own words that nothing leads into."""
        first, last, start, end = self.places[id(nodes[0])], self.places[id(nodes[-1])], -1, -1
        for _, bound in self.read:
            node = bound.node
            at = self.places.get(id(node), -1)
            if node.statement != nodes[0].statement or node.is_loose:
                continue
            if at < first:
                start = max(start, self._sentence_end(bound.piece.end))
            elif at > last and end < 0 and bound.piece.before in _OPENS:
                end = bound.piece.start
        start = self.start if start < 0 else start
        end = self.limit if end < 0 else end
        yield from self._stretch(nodes[0].statement, slots, start, end, is_led=False)

    def _stretch(
        self,
        statement: str,
        slots: tuple[tuple[str, str], ...],
        start: int,
        end: int,
        is_led: bool,
    ) -> Iterator[Stretch]:
        """Yield a stretch that says anything, without what only leads over to what follows: 其中："""
        last = self.text.rfind("。", start, end) + 1
        if last and not _says(self.declared, self.text, last, end):
            end = last
        if self.text[start:end].strip("。；;\n"):
            yield Stretch(statement, slots, start, end, is_led)

    def _sentence_end(self, place: int) -> int:
        stops = (self.text.find(stop, place, self.limit) for stop in _OPENS)
        return min((stop + 1 for stop in stops if stop >= 0), default=self.limit)

    def _is_after(self, led: Node, node: Node) -> bool:
        """Return whether a node goes on with the sentence after its own words."""
        same = (led.statement, led.position) == (node.statement, node.position)
        return same and node.after_own

    def _is_next(self, led: Node, other: Bound) -> bool:
        """Return whether a number is that of a following sentence of the declaration, whatever leads into it.

        Where sentences are declared together in one branch, it is one that stands after the own words there.
        """
        node = other.node
        if node.statement != led.statement or not any(other.measures):
            return False
        is_later = self.places[id(node)] > self.places[id(led)] and other.is_sure
        return node.position == led.position + 1 or (node.position == led.position and is_later)

    def _stop_before(self, place: int, start: int) -> int:
        """Return where the part of a sentence begins in which a place stands."""
        return max(start, *(self.text.rfind(stop, start, place) + 1 for stop in "。；;\n"))

    def _after_lead(self, place: int, bound: Bound) -> int:
        """Return where a lead ends in the text, which may stand in one piece with the own words."""
        piece, words = bound.piece, bound.node.piece.words
        end = piece.end
        if piece.end == piece.start and place + 1 < len(self.section.pieces):
            end = self.section.pieces[place + 1].end
        if bound.likeness >= 1:
            most = min(end, piece.start + _TIMES * len(words) + _SPACE)
            reach = (
                e
                for e in range(piece.start + 1, most)
                if _says(self.declared, self.text, piece.start, e) in (words, piece.label)
            )
            end = next(reach, end)
        else:
            end = self._after_tail(piece, words)
        return end + (self.text[end : end + 1] in tuple(":：,，"))

    def _after_tail(self, piece: Piece, words: str) -> int:
        """Return where the last words of a lead end in a piece that words it otherwise."""
        for length in range(len(words), _LEAST - 1, -1):
            at = self.text.find(words[-length:], piece.start, piece.end)
            if at >= 0:
                return at + length
        return piece.end

    def _last_words(self, piece: Piece, words: str) -> int:
        found = last_words(self.declared, self.text, piece, words)
        return piece.start if found is None else found


def _after_heading(text: str, start: int, limit: int) -> int:
    """Return where the text of a section begins: a heading may go on for a word or two, or end with a stop."""
    line = text.find("\n", start, limit)
    end = limit if line < 0 else line
    stop = text.find("。", start, min(start + 3, end))
    return stop + 1 if stop >= 0 else end if end - start <= _LEAST else start


def last_words(declared: Patterns, text: str, piece: Piece, words: str) -> int | None:
    """Return where the words begin with which a piece ends, as its edition words them; nothing where it does not."""
    least = max(piece.start, piece.end - _TIMES * len(words) - _SPACE)
    places = range(piece.end - 1, least - 1, -1)
    return next((at for at in places if _says(declared, text, at, piece.end) == words), None)


def _says(declared: Patterns, text: str, start: int, end: int) -> str:
    return "".join(piece.words for piece in declared.cutter.pieces(text, start, end))
