"""The pieces of a section made ready to be read: what stands for itself alone, and which row each speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from helpers.edition.members import Member, Members
from helpers.edition.pieces import DIFFERENCE, RATE, ROW, Piece
from helpers.published.sayings import MAINLY, REASON, Sayings

Meant = dict[
    int, tuple[str, str]
]  # where a row is named that no list has → its enumeration, its key

_REASON = re.compile("原因|因为|由于")


@dataclass(frozen=True, slots=True)
class Worded:
    """What a piece may be read as: its words, with the row that they name set aside."""

    words: str
    listing: str = ""
    member: Member | None = None


class Ready:
    """The pieces of one stretch of text, cut further where the nodes and rows of its section say so."""

    def __init__(
        self,
        pieces: list[Piece],
        sayings: Sayings,
        rows: dict[str, Members],
        meant: Meant | None = None,
    ):
        self.rows, self.meant = rows, meant or {}
        self._words, self._leads = sayings.labels, sayings.leads
        self._lead_of = sayings.lead
        self._subjects = next((some for some in rows.values() if some.by_subject), None)
        self.pieces = self.split(pieces)

    def split(self, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces with what leads into own words, and a subject named in full, standing alone."""
        parts: list[Piece] = []
        for piece in pieces:
            parts += self._parts(piece, parts[-1] if parts else None)
        return list(self._whole(parts))

    def _whole(self, pieces: list[Piece]) -> Iterator[Piece]:
        """Yield the pieces, a subject and what is said of it as one where a mere comma stands between them."""
        held: Piece | None = None
        for piece in pieces:
            if held is not None:
                alone = piece.before == "(" and piece.words == "#"
                if alone or (piece.before == "," and held.words + piece.words in self._words):
                    yield replace(
                        piece,
                        label=held.label + piece.label,
                        words=held.words + piece.words,
                        dates=held.dates + piece.dates,
                        start=held.start,
                        before=held.before,
                    )
                    held = None
                    continue
                yield held
            held = piece if piece.words and not piece.numbers and not piece.kind else None
            if held is None:
                yield piece
        if held is not None:
            yield held

    def row_named(self, words: str) -> str:
        """Return the row that some words name and nothing else, or nothing."""
        found = (rows.at_start(words) for rows in self.rows.values())
        return next((m.key for m in found if m and m.is_exact and m.end == len(words)), "")

    def _parts(self, piece: Piece, before: Piece | None) -> Iterator[Piece]:
        lead = self._lead_of(piece.words)
        if lead and piece.words not in self._words:
            is_reason = lead == MAINLY and before and before.kind in (DIFFERENCE, RATE)
            led = _words_of(piece, lead)
            yield replace(led, words=REASON) if is_reason else led
            piece = _rest_of(piece, piece.words[len(lead) :])
        member = self._subjects and self._subjects.at_start(piece.words)
        if member and piece.words[member.end :]:
            yield _words_of(piece, piece.words[: member.end])
            piece = _rest_of(piece, piece.words[member.end :])
        yield piece

    @cached_property
    def worded(self) -> list[list[Worded]]:
        """What each piece may be read as."""
        return [list(self._readings(piece)) for piece in self.pieces]

    def _readings(self, piece: Piece) -> Iterator[Worded]:
        yield Worded(piece.words)
        if piece.is_attribute:
            return
        if piece.start in self.meant:
            listing, key = self.meant[piece.start]
            called = piece.words
            yield Worded(ROW, listing, Member(key, 0, len(called), called, False, is_meant=True))
            return
        for name, rows in self.rows.items():
            member = rows.at_start(piece.words)
            if member:
                words = piece.words[: member.start] + ROW + piece.words[member.end :]
                yield Worded(words, name, member)

    @cached_property
    def unknown(self) -> list[int]:
        """The places at which something is named that may be a row, and none has the name."""
        return [
            place
            for place, (_, member) in enumerate(self.context)
            if member is None and self._names(place)
        ]

    def _names(self, place: int) -> bool:
        piece = self.pieces[place]
        named = any(w.member and not w.member.key for w in self.worded[place])
        return named or (piece.before == "\n" and self._is_strange(piece))

    @cached_property
    def context(self) -> list[tuple[str, Member | None]]:
        """The row that each piece speaks of: its own, else the last one named before it.

        A paragraph that begins with a name that none has speaks of no row that is known.
        """
        found, listing, member = [], "", None
        for piece, ways in zip(self.pieces, self.worded):
            named = max((w for w in ways if w.member), key=_how_well, default=None)
            if named and named.member:
                listing, member = named.listing, named.member if named.member.key else None
            elif piece.before == "\n" and self._is_strange(piece):
                member = None
            found.append((listing, member))
        return found

    @cached_property
    def reasoned(self) -> list[bool]:
        """Of each piece whether it stands in a sentence behind the word that a reason follows."""
        found, inside = [], False
        for piece in self.pieces:
            goes_on = piece.before not in ("。", "\n")
            inside = (inside and goes_on) or _REASON.search(piece.words) is not None
            found.append(inside)
        return found

    def gives_reason(self, after: int, place: int) -> bool:
        """Return whether the word that a reason follows stands behind one piece, up to another."""
        return self._reasons[place] > self._reasons[after]

    @cached_property
    def _reasons(self) -> list[int]:
        """Of each piece how many words that a reason follows stand up to it."""
        leads = (_REASON.search(piece.words) is not None for piece in self.pieces)
        return list(accumulate(map(int, leads)))

    def _is_strange(self, piece: Piece) -> bool:
        """Return whether a piece without number says nothing that the nodes say."""
        return bool(piece.words) and not (
            piece.numbers or piece.kind or piece.words in self._words or piece.words in self._leads
        )


def _how_well(worded: Worded) -> tuple[bool, int]:
    """Return how well a row is named: as it is called, and at what length."""
    member = worded.member
    return (member.is_exact, member.end) if member else (False, 0)


def _words_of(piece: Piece, words: str) -> Piece:
    """Return the first words of a piece as a piece by themselves."""
    return replace(
        piece, label=words, words=words, kind="", way="", numbers=(), dates=(), end=piece.start
    )


def _rest_of(piece: Piece, words: str) -> Piece:
    return replace(piece, words=words, before="")
