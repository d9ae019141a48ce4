"""How alike words are, and the heaviest chain of what may be paired, each once and in order."""

from __future__ import annotations

import itertools
from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache


@lru_cache(maxsize=50_000)
def _pairs_of(words: str) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(words)) or frozenset(words)


@lru_cache(maxsize=100_000)
def likeness(a: str, b: str) -> float:
    """Return 0 to 1: how many pairs of neighbouring characters two wordings share."""
    if a == b:
        return 1.0
    x, y = _pairs_of(a), _pairs_of(b)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A node and a piece that may belong together: their places, how alike their words are, what the pair weighs."""

    node: int
    piece: int
    likeness: float
    weight: float


class _Ends:
    """The heaviest chain that ends in each node, the heaviest first, of as heavy ones the one whose node was met first."""

    def __init__(self) -> None:
        self._met: dict[int, int] = {}
        self._of: dict[int, tuple[float, int, int, int]] = {}
        self._ordered: list[tuple[float, int, int, int]] = []

    def settle(self, node: int, weight: float, last: int) -> None:
        """Take a chain with its last pair, if none that ends in its node is as heavy."""
        known = self._of.get(node)
        if known and -known[0] >= weight:
            return
        if known:
            del self._ordered[bisect_left(self._ordered, known)]
        end = (-weight, self._met.setdefault(node, len(self._met)), node, last)
        self._of[node] = end
        insort(self._ordered, end)

    def before(self, node: int, may_follow: Callable[[int, int], bool]) -> tuple[float, int]:
        """Return the weight and the last pair of the heaviest chain that a node may follow."""
        for weight, _, end, last in self._ordered:
            if may_follow(end, node):
                return -weight, last
        return 0.0, -1


def heaviest_chain(pairs: Sequence[Pair], may_follow: Callable[[int, int], bool]) -> list[Pair]:
    """Return the pairs of the heaviest chain: pieces in order, each once, a node only after one that it may follow."""
    ordered = sorted(pairs, key=lambda p: (p.piece, p.node))
    ends = _Ends()
    weight = [0.0] * len(ordered)
    before = [-1] * len(ordered)
    for _, of_piece in itertools.groupby(range(len(ordered)), key=lambda i: ordered[i].piece):
        some = list(of_piece)
        for i in some:
            top, before[i] = ends.before(ordered[i].node, may_follow)
            weight[i] = top + ordered[i].weight
        for i in some:
            ends.settle(ordered[i].node, weight[i], i)
    place = max(range(len(ordered)), key=weight.__getitem__, default=-1)
    chain = []
    while place >= 0:
        chain.append(ordered[place])
        place = before[place]
    return chain[::-1]
