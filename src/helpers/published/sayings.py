"""What the patterns of a section say: their nodes, and every wording by which a piece is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from helpers.basics.model import Measure
from helpers.edition.idiom import Idiom
from helpers.edition.nodes import Node
from helpers.edition.patterns import Pattern
from helpers.edition.pieces import A_NAME, AMOUNT, NAME, ROW
from helpers.edition.slots import OF_ROW

SHORT = 3  # words as short as that are no name
OF_BUDGET = re.compile("(?<!公共)(?<!基金)(?<!经营)预算(?:数|额|总额|安排|安排数)?的?#")
_SPENT = ("支出#", "支出决算#")
MAINLY, REASON = "主要是", "主要原因是"  # behind a change the one leads into a reason too


@lru_cache(maxsize=128)
def of(patterns: tuple[Pattern, ...], idiom: Idiom) -> Sayings:
    """Return what some patterns of a section say; what no department words otherwise is made once for all of them."""
    return Sayings(patterns, idiom)


class Sayings:
    """The nodes of the patterns that share a section, and their words. Nothing here knows a text."""

    def __init__(self, patterns: Sequence[Pattern], idiom: Idiom):
        self._idiom = idiom
        self.nodes: list[Node] = [node for pattern in patterns for node in pattern.nodes]

    def get_ready(self) -> None:
        """Find now what is else found when it is asked for, so that the children of a process have it."""
        for name, made in vars(type(self)).items():
            if isinstance(made, cached_property):
                getattr(self, name)

    @cached_property
    def heads(self) -> list[Node | None]:
        """Of each node the labelled one that it belongs to, nothing of what is no attribute."""
        found: list[Node | None] = []
        sentence, first = None, 0
        for i, node in enumerate(self.nodes):
            if sentence != (node.statement, node.position):
                sentence, first = (node.statement, node.position), i
            found.append(self.nodes[first + node.head] if node.head >= 0 else None)
        return found

    @cached_property
    def labels(self) -> frozenset[str]:
        """The words of every node but of mere attributes."""
        return frozenset(n.piece.words for n in self.nodes if not n.piece.is_attribute)

    @cached_property
    def ends(self) -> frozenset[str]:
        """What stands behind a name in the labels, and the labels by themselves, but for the shortest."""
        ends = {words.rpartition(NAME)[2] for words in self.labels}
        return frozenset(end for end in ends if len(end) > SHORT)

    @cached_property
    def leads(self) -> frozenset[str]:
        """Words without a number that lead into what follows."""
        mere = [n.piece for n in self.nodes if not n.piece.numbers and not n.piece.kind]
        return frozenset(
            p.words for p in mere if len(p.words) >= SHORT + (not p.own) and ROW not in p.words
        ) | {MAINLY}

    def lead(self, words: str) -> str:
        """Return the longest of the leads that some words begin with, or nothing."""
        alike = self._leads_by_head.get(words[:SHORT], ())
        return next((lead for lead in alike if words.startswith(lead)), "")

    @cached_property
    def _leads_by_head(self) -> dict[str, list[str]]:
        """The leads by their first characters, the longest first."""
        found: dict[str, list[str]] = {}
        for lead in sorted(self.leads, key=len, reverse=True):
            found.setdefault(lead[:SHORT], []).append(lead)
        return found

    @cached_property
    def all_words(self) -> list[tuple[int, str]]:
        """Every node with each wording by which a piece is it."""
        return [
            (i, words)
            for i, node in enumerate(self.nodes)
            for words in self._ways_to_say(node, self.heads[i])
            if words
        ]

    def _ways_to_say(self, node: Node, head: Node | None) -> Iterator[str]:
        """Yield the words of a labelled node; of an attribute, its words after those of what it belongs to."""
        if not node.piece.is_attribute:
            yield from _with_and_without_final(node.piece.words)
            said = node.measures[0] if node.measures else None
            if said and _is_mere(said) and ROW not in node.piece.words:
                yield from ("#", *(f"{called}#" for called in self._idiom.mere))
        elif head:
            before = head.piece.words.replace("#", "")
            yield before + node.piece.words
            yield _shortened(before) + node.piece.words

    @cached_property
    def by_words(self) -> dict[str, list[int]]:
        """Nodes that a piece may be by itself, by their words."""
        found: dict[str, list[int]] = {}
        for i, words in self.all_words:
            if NAME not in words:
                found.setdefault(words, []).append(i)
        return found

    @cached_property
    def only_behind(self) -> frozenset[int]:
        """Nodes that are read only behind what they follow: another statement calls something else so, as each fund's 本年支出."""
        return frozenset(
            i
            for some in self.by_words.values()
            for i in some
            if self.nodes[i].is_loose and not self._opens(i) and self._is_of_others(i, some)
        )

    def _is_of_others(self, i: int, alike: list[int]) -> bool:
        """Return whether another statement has a node that is worded alike and states something else."""
        one = self.nodes[i]
        return any(
            one.statement != other.statement and one.measures != other.measures
            for other in map(self.nodes.__getitem__, alike)
        )

    def _opens(self, i: int) -> bool:
        """Return whether a node is the first of its sentence."""
        before, node = self.nodes[i - 1], self.nodes[i]
        return i == 0 or (before.statement, before.position) != (node.statement, node.position)

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """What each statement names of that which is said only by statements that name it."""
        found: dict[str, frozenset[str]] = {}
        for node in self.nodes:
            named = self._idiom.named(node.piece.words)
            found[node.statement] = found.get(node.statement, frozenset()) | named
        return found

    @cached_property
    def labelled(self) -> list[tuple[int, str, bool]]:
        """The words of each node without numbers and names, and whether a name stands before them."""
        return [
            (i, w.replace("#", "").replace(NAME, ""), w.startswith(NAME)) for i, w in self.all_words
        ]

    @cached_property
    def named(self) -> list[tuple[int, str, re.Pattern[str]]]:
        """Nodes in which a name stands, as what their words must end with, and be."""
        return [
            (i, words.rpartition(NAME)[2], re.compile(re.escape(words).replace(NAME, A_NAME)))
            for i, words in self.all_words
            if NAME in words
        ]

    @cached_property
    def is_of_budget(self) -> list[bool]:
        """Of each node whether its number is a budget, or what was completed of one."""
        return [OF_BUDGET.search(node.piece.words) is not None for node in self.nodes]

    @cached_property
    def after_own(self) -> list[tuple[int, str]]:
        """Nodes before which the department's own words may stand in the same piece."""
        return [
            (i, words)
            for i, words in self.all_words
            if self.nodes[i].after_own and len(words) > SHORT
        ]

    @cached_property
    def of_rows(self) -> dict[str, set[str]]:
        """The words in which the rows of each enumeration state something, their names set aside."""
        found: dict[str, set[str]] = {}
        for node in self.nodes:
            if any(m and m.listing for m in node.measures) and ROW not in node.piece.words:
                found.setdefault(node.listing, set()).add(node.piece.words)
        return found

    @cached_property
    def of_any_row(self) -> frozenset[str]:
        """The words in which a number of an enumeration's row is said."""
        return frozenset(
            node.piece.words for node in self.nodes if any(m and m.listing for m in node.measures)
        )

    @cached_property
    def before(self) -> list[str]:
        """The last longer words before each node."""
        return words_before([node.piece.words for node in self.nodes])

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Where each node stands, by its identity."""
        return {id(node): i for i, node in enumerate(self.nodes)}


@lru_cache(maxsize=5_000)
def _shortened(label: str) -> str:
    """Return a label without the words that it may lack before what is said of it."""
    return re.sub("(支出)?(决算)?为?$", "", label)


def words_before(words: Sequence[str]) -> list[str]:
    """Return for each of some words the last longer ones before them."""
    found, last = [], ""
    for each in words:
        found.append(last)
        bare = each.replace("#", "")
        last = bare if len(bare) > SHORT and not bare.startswith("(") else last
    return found


def _is_mere(said: Measure) -> bool:
    """Return whether a number is the amount of an enumeration's row itself, on no other basis."""
    return bool(said.listing) and said.kind == AMOUNT and said.names == (OF_ROW,)


def _with_and_without_final(words: str) -> Iterator[str]:
    """Yield the words of a number, and of spending also those that say 决算 of it or not."""
    yield words
    if words.endswith(_SPENT):
        yield words.replace("决算#", "#") if words.endswith(_SPENT[1]) else f"{words[:-1]}决算#"
