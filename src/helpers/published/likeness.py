"""How alike words are, and the heaviest chain of what may be paired, each once and in order."""

from __future__ import annotations

import itertools
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


def heaviest_chain(pairs: Sequence[Pair], may_follow: Callable[[int, int], bool]) -> list[Pair]:
    """Return the pairs of the heaviest chain: pieces in order, each once, a node only after one that it may follow."""
    ordered = sorted(pairs, key=lambda p: (p.piece, p.node))
    best_at: dict[
        int, tuple[float, int]
    ] = {}  # node → the heaviest chain that ends in it, and its last pair
    weight = [0.0] * len(ordered)
    before = [-1] * len(ordered)
    waiting: list[int] = []
    for i, pair in enumerate(ordered):
        if waiting and ordered[waiting[0]].piece != pair.piece:
            _settle(waiting, ordered, weight, best_at)
        top, last = 0.0, -1
        for node, (heavy, place) in best_at.items():
            if heavy > top and may_follow(node, pair.node):
                top, last = heavy, place
        weight[i], before[i] = top + pair.weight, last
        waiting.append(i)
    place = max(range(len(ordered)), key=weight.__getitem__, default=-1)
    chain = []
    while place >= 0:
        chain.append(ordered[place])
        place = before[place]
    return chain[::-1]


def _settle(
    waiting: list[int], pairs: list[Pair], weight: list[float], best: dict[int, tuple[float, int]]
) -> None:
    for i in waiting:
        node = pairs[i].node
        if weight[i] > best.get(node, (0.0, -1))[0]:
            best[node] = (weight[i], i)
    waiting.clear()
