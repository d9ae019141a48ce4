"""What came of an input, held against what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hostile.inputs import FINE, REFUSED, STOPPED, YEAR, Input


@dataclass
class Verdict:
    """What came of one input: was it built, what was said, how long, how much memory, which promises it broke."""

    one: Input
    status: str = ""
    said: str = ""
    seconds: float = 0.0
    memory: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What came of all of them, and the promises that were broken by the commands as a whole."""

    verdicts: dict[str, Verdict]
    broken: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    memory: int = 0

    def lines(self) -> list[str]:
        return [
            *self.broken,
            *(f"{v.one.name}: {b}" for v in self.verdicts.values() for b in v.broken),
        ]


def judged(verdict: Verdict, command: str, failed: bool, said: str) -> None:
    """Hold what a command said of an input against what was expected of it."""
    one, at = verdict.one, f"{verdict.one.name}/{verdict.one.year:04d}"
    if failed and one.expected == FINE:
        verdict.broken.append(f"{command}: refused, but it is good: {said[:160]}")
        return
    if not failed and one.expected == REFUSED:
        verdict.broken.append(f"{command}: not refused")
    if failed:
        reason = said.partition("：")[2] if said.startswith(f"{at}：") else said
        if reason.startswith(STOPPED):
            verdict.broken.append(f"{command}: stopped: {reason[:160]}")
        elif "程序出错" in said or "第 " in said and "格：出错" in said:
            verdict.broken.append(f"{command}: an error of the program: {said[:200]}")
        elif f"{at}/{one.file}" not in said and (one.file or at not in said):
            verdict.broken.append(f"{command}: does not name {at}/{one.file}: {said[:160]}")
        elif len(said) > 1000:
            verdict.broken.append(f"{command}: says {len(said)} characters: {said[:80]}")


def selection(chosen: list[Input]) -> list[str]:
    """Return the years to ask for."""
    return [
        word for year in sorted({YEAR, *(one.year for one in chosen)}) for word in ("-y", str(year))
    ]
