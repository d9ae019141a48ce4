"""One root cause of one department-year, as its run.json tells it: what the page of all causes shows a line of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.basics.model import SEVERITIES

PENDING = "待核"  # a decision that leaves a cause open
MEMBER = ("rule", "severity", "place", "message", "expected", "found", "difference", "decision")


@dataclass(frozen=True)
class Matter:
    """A root cause. `rule` and its name `title` are of its only finding, else of the cause; `members` are in `MEMBER`'s order."""

    sentence: str
    severity: str
    rule: str
    title: str
    place: str
    section: str
    difference: str
    decision: str
    members: tuple[tuple[str, ...], ...]

    @property
    def like(self) -> tuple[str, str]:
        """What makes it the same matter in another year: its rule and its section."""
        return self.rule, self.section


_WORDS = ("sentence", "severity", "rule", "title", "place", "section", "difference", "decision")


def matter(record: Mapping) -> Matter:
    """Return a cause of run.json; one that is none raises TypeError, ValueError or KeyError."""
    words = {key: writable(record[key]) for key in _WORDS}
    if words["severity"] not in SEVERITIES:
        raise ValueError(words["severity"])
    members = tuple(
        tuple(writable(one.get(key, "")) for key in MEMBER) for one in record["members"]
    )
    return Matter(**words, members=members)


def writable(told: object) -> str:
    """Return a text without halves of characters, which JSON can hold and a file cannot; what is no text raises TypeError."""
    if not isinstance(told, str):
        raise TypeError(told)
    return told.encode("utf-8", "replace").decode()
