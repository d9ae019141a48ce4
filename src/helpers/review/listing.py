"""The names that a published sentence lists, against those that it should list."""

from __future__ import annotations

import re

from helpers.basics.model import Sentence
from helpers.basics.text import folded_text
from helpers.published.bound import Bound
from helpers.review.claims import Claims, Expected, position_of

_AND = re.compile("以及|[和及与]")


def compared(
    claims: Claims, statement: str, sentence: Sentence, matched: list[tuple[Expected, Bound]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that a sentence should list and does not, and those that it lists besides."""
    pieces = claims.pieces(statement)
    places = [b.place for _, b in matched if b.place >= 0]
    if not places:
        return (), ()
    affixes = [
        node.piece.words
        for node in claims.said.patterns.by_number[statement].nodes
        if node.position == position_of(sentence) and node.piece.words and not node.listing
    ]
    last = max(places)
    while last + 1 < len(pieces) and (
        pieces[last + 1].before in ("、", ",")
        or (pieces[last + 1].before == ":" and pieces[last].words in affixes)
    ):
        last += 1
    stretch = pieces[min(places) : last + 1]
    said = [
        *(name for p in stretch for name in _each(p.words)),
        *(p.words.partition("#")[0] for p in pieces if p.numbers),
    ]
    names = [
        claims.said.patterns.cutter.idiom.settled(folded_text(name)) for name in sentence.names
    ]
    first = next((p.words for p in stretch if p.words and not p.numbers), "")
    lacking = tuple(
        name
        for name, plain in zip(sentence.names, names)
        if not any({plain, plain.removesuffix("支出")} & _bare(w, affixes) for w in said)
        and not first.endswith(plain)
    )
    enumerated = [
        p
        for led, p in zip([None, *stretch], stretch)
        if not p.numbers
        and (p.before in ("、", ":") or (led and not p.before and led.words in affixes))
    ]
    extra = tuple(
        _alone(p.label, affixes).removesuffix("等")
        for p in enumerated
        if not any(
            _bare(name, affixes) & {*names, *(n.removesuffix("支出") for n in names)}
            for name in _each(p.words)
        )
        and not any(p is b.piece and not b.node.listing for _, b in matched)
    )
    return lacking, extra


def _each(words: str) -> list[str]:
    """Return a name of a list, and the names that it may be of several: 办公设备购置和专用设备购置."""
    return [words, *_AND.split(words)]


def _alone(name: str, affixes: list[str]) -> str:
    """Return a name of a list without the words that lead to it: 主要包括."""
    return next((name.removeprefix(affix) for affix in affixes if name.startswith(affix)), name)


def _bare(words: str, affixes: list[str]) -> set[str]:
    """Return some words, and what is left of them without the words of the sentence around a list of names."""
    found = {words, words.removesuffix("等"), words.removesuffix("等").removesuffix("支出")}
    for affix in affixes:
        found |= {w.removeprefix(affix).removesuffix(affix) for w in tuple(found)}
    return found
