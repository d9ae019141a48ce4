"""How alike the words of two clauses are, and the heaviest chain of those that are alike."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from helpers.edition.synonyms import Synonyms

LIKE = 0.5
SHORT = 4
_WAYS = re.compile("增加|减少|增长|下降"), re.compile("大于|小于|高于|低于|等于")
_LEVEL = re.compile(r"支出(?=\()")


def tokens_of(labels: list[str], synonyms: Synonyms) -> list[str]:
    """Return what clauses are matched by: their words, short ones with the words before."""
    tokens, lead = [], ""
    for label in labels:
        plain = normal(label, synonyms)
        words = plain.replace("#", "")
        if len(words) < SHORT:
            tokens.append(f"{lead}|{plain}")
        else:
            tokens.append(plain)
            lead = plain
    return tokens


@lru_cache(maxsize=20000)
def normal(label: str, synonyms: Synonyms) -> str:
    """Return words without synonyms, directions, a final 支出 before （类）."""
    plain = synonyms.settled(_LEVEL.sub("", label))
    return _WAYS[1].sub("比", _WAYS[0].sub("增", plain))


@lru_cache(maxsize=20000)
def _pairs_of(token: str) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(token)) or frozenset(token)


def _likeness(a: str, b: str) -> float:
    """Return 0 to 1: how many pairs of neighbouring characters two clauses share."""
    x, y = _pairs_of(a), _pairs_of(b)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def chain(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield (place in a, place in b, likeness) of the heaviest matches in order."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    from_a = from_b = 0
    for block in matcher.get_matching_blocks():
        for i, j, like in _between(a[from_a : block.a], b[from_b : block.b]):
            yield from_a + i, from_b + j, like
        for k in range(block.size):
            yield block.a + k, block.b + k, 1.0
        from_a, from_b = block.a + block.size, block.b + block.size


def _between(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Match what stands between two sure places: the heaviest chain of clauses that are alike."""
    if not a or not b:
        return
    weight = [[_weight(x, y) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            best[i][j] = max(
                best[i + 1][j],
                best[i][j + 1],
                weight[i][j] + best[i + 1][j + 1] if weight[i][j] else 0,
            )
    i = j = 0
    while i < len(a) and j < len(b):
        if weight[i][j] and best[i][j] == weight[i][j] + best[i + 1][j + 1]:
            yield i, j, _likeness(a[i], b[j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _weight(a: str, b: str) -> float:
    """Return how much a match weighs: the own words must be alike, the leads may help."""
    own_a, own_b = a.rpartition("|")[2], b.rpartition("|")[2]
    own, like = _likeness(own_a, own_b), _likeness(a, b)
    if own < LIKE or like < LIKE or ("#" in own_a) != ("#" in own_b):
        return 0.0
    return (own + like) / 2 * (len(a) + 2 * a.count("#"))
