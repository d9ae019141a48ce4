"""The names that a published sentence lists, against those that it should list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.basics.model import Sentence
from helpers.basics.text import folded_text
from helpers.edition.pieces import Piece
from helpers.published.bound import Bound
from helpers.review.claims import Claims, Expected, position_of

_AND = re.compile("以及|[和及与]")


def compared(
    claims: Claims, statement: str, sentence: Sentence, matched: list[tuple[Expected, Bound]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that a sentence should list and does not, and those that it lists besides."""
    places = [b.place for _, b in matched if b.place >= 0]
    if not places:
        return (), ()
    patterns, pieces = claims.said.patterns, claims.pieces(statement)
    affixes = [
        node.piece.words
        for node in patterns.by_number[statement].nodes
        if node.position == position_of(sentence) and node.piece.words and not node.listing
    ]
    wanted = {name: patterns.cutter.idiom.settled(folded_text(name)) for name in sentence.names}
    stretch = _stretch(pieces, places, affixes)
    own = [b.piece for _, b in matched if not b.node.listing]
    return (
        tuple(_lacking(wanted, stretch, pieces, affixes)),
        tuple(_extra(wanted, stretch, own, affixes)),
    )


def _stretch(pieces: list[Piece], places: list[int], affixes: list[str]) -> list[Piece]:
    """Return the pieces from the first that is matched to the last, and those that go on the list behind it."""
    last = max(places)
    while last + 1 < len(pieces) and (
        pieces[last + 1].before in ("、", ",")
        or (pieces[last + 1].before == ":" and pieces[last].words in affixes)
    ):
        last += 1
    return pieces[min(places) : last + 1]


def _lacking(
    wanted: dict[str, str], stretch: list[Piece], pieces: list[Piece], affixes: list[str]
) -> Iterator[str]:
    """Yield the names that are nowhere in a stretch, nor in front of any number of the statement."""
    said = [name for piece in stretch for name in _each(piece.words)]
    said += [piece.words.partition("#")[0] for piece in pieces if piece.numbers]
    bare = set().union(*(_bare(words, affixes) for words in said))
    first = next((p.words for p in stretch if p.words and not p.numbers), "")
    for name, plain in wanted.items():
        if not {plain, plain.removesuffix("支出")} & bare and not first.endswith(plain):
            yield name


def _extra(
    wanted: dict[str, str], stretch: list[Piece], own: list[Piece], affixes: list[str]
) -> Iterator[str]:
    """Yield the names that a stretch lists and nobody wants; `own` are the sentence's own words and no names."""
    known = {*wanted.values(), *(plain.removesuffix("支出") for plain in wanted.values())}
    for led, piece in zip([None, *stretch], stretch):
        is_listed = piece.before in ("、", ":") or (
            led and not piece.before and led.words in affixes
        )
        if piece.numbers or not is_listed or any(piece is one for one in own):
            continue
        if not any(_bare(name, affixes) & known for name in _each(piece.words)):
            yield _alone(piece.label, affixes).removesuffix("等")


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
