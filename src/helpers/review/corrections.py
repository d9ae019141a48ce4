"""corrections.yaml: known faults of the source and decisions about findings, each with its match, reason and who answers for it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from helpers.basics.errors import DataError, Problems, shown
from helpers.basics.model import SERIOUS, Finding
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, read, vet
from helpers.edition.kinds import Kinds

TRUE, REJECTED, PENDING = STATES = ("属实", "不予采纳", "待核")
ACKNOWLEDGED = "已确认"  # what a known fault without a state is called
KEYS = {
    "match": "匹配",
    "state": "状态",
    "problem": "问题",
    "reason": "原因",
    "decision": "决定",
    "decided_by": "决定人",
    "day": "日期",
}
MATCH = {"rule": "规则", "place": "位置", "amount": "金额", "contains": "含"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
A_DAY = "日历上有的年-月-日，如 2024-08-30"
_NEEDED = {
    "": ("reason", "decision", "decided_by"),
    TRUE: ("reason", "decided_by", "day"),
    REJECTED: ("reason", "decided_by", "day"),
    PENDING: ("decided_by", "day"),
}


@dataclass(frozen=True)
class Match:
    """Which findings are meant; what is blank is not looked at. `amount` is a finding's difference, else what it found."""

    rule: str = ""
    place: str = ""
    amount: str = ""
    contains: str = ""

    def fits(self, finding: Finding) -> bool:
        """Return whether a finding is one of those that are meant."""
        return (
            (not self.rule or self.rule == finding.rule)
            and (not self.place or self.place == finding.place)
            and (not self.amount or self.amount == finding.amount)
            and self.contains in finding.message
        )


@dataclass(frozen=True)
class Correction:
    """One known fault, or with a `state` one decision: which findings it answers, what was decided, by whom, when and why."""

    matches: tuple[Match, ...]
    state: str
    problem: str
    reason: str
    decision: str
    decided_by: str
    day: str
    line: int

    def explains(self, finding: Finding) -> bool:
        """Return whether a finding is one of those that it answers."""
        return any(match.fits(finding) for match in self.matches)


def load(path: Path, name: str) -> tuple[Correction, ...]:
    """Return the corrections of a department-year; none where there is no file."""
    if not os.path.lexists(path):
        return ()
    raw = read(path, name, empty=Sequence())
    if not isinstance(raw, Sequence):
        raise DataError(name, "不是一个列表", "每个已知的错一项，以 - 开头")
    problems, known = Problems(), []
    for entry in raw:
        with problems.gathered():
            known.append(_correction(entry, name))
    problems.tell()
    return tuple(known)


def _correction(raw: object, name: str) -> Correction:
    types: Keys = {
        key: (Sequence, Mapping) if english == "match" else Word
        for english, chinese in KEYS.items()
        for key in (english, chinese)
    }
    written = vet(raw, name, types)
    entry = _english(written, KEYS)
    at = f"{name} 第 {written.line} 行"
    matches = _matches(entry.get("match", Mapping()), name, at)
    state = entry.get("state", "")
    if state and state not in STATES:
        where = f"{name} 第 {state.line} 行"
        raise DataError(where, f"状态「{shown(state)}」不对", "、".join(STATES))
    for key in _NEEDED[state]:
        if not entry.get(key, "").strip():
            raise DataError(at, f"缺少「{KEYS[key]}」")
    if state and not is_day(entry["day"]):
        where = f"{name} 第 {entry['day'].line} 行"
        raise DataError(where, f"日期「{shown(entry['day'])}」不对", A_DAY)
    words = {key: str(entry.get(key, "")) for key in KEYS if key != "match"}
    return Correction(matches=matches, **words, line=written.line)


def is_day(text: str) -> bool:
    """Return whether a text is a day that the calendar has, written as decisions are dated.

    >>> is_day("2024-02-29"), is_day("2023-02-29"), is_day("20240229")
    (True, False, False)
    """
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _matches(raw: Mapping | Sequence, name: str, at: str) -> tuple[Match, ...]:
    words = {key: Word for pair in MATCH.items() for key in pair}
    matches = [
        _english(vet(one, name, words), MATCH)
        for one in (raw if isinstance(raw, Sequence) else (raw,))
    ]
    if not matches or not all(any(match.values()) for match in matches):
        raise DataError(at, "没有写「匹配」", "规则、位置、金额、含 至少一个")
    return tuple(Match(**{key: str(word) for key, word in match.items()}) for match in matches)


def _english(raw: Mapping, keys: dict[str, str]) -> dict[str, Any]:
    return {
        english: raw[k] for english, chinese in keys.items() for k in (english, chinese) if k in raw
    }


def acknowledge(
    found: list[Finding], corrections: tuple[Correction, ...], kinds: Kinds
) -> list[Finding]:
    """Return the findings in their order, each with what was decided of it, then what answers none of them.

    A known fault is a hint, and so is what was not accepted; what is true or still open stays as it is.
    Of several decisions about one finding the last holds, before any known fault.
    """
    answered, used = [], set()
    for finding in found:
        fitting = [c for c in corrections if c.explains(finding)]
        decisions = [c for c in fitting if c.state]
        answers = decisions[::-1] or fitting[:1]
        used.update(fitting)
        answered.append(_answered(finding, answers[0]) if answers else finding)
    return answered + [_unused(c, kinds) for c in corrections if c not in used]


def _answered(finding: Finding, known: Correction) -> Finding:
    decided = replace(finding, decision=known.state or ACKNOWLEDGED)
    if known.state in (TRUE, PENDING) or finding.severity not in SERIOUS:
        return decided
    why = f"{known.decided_by}：{known.decision or known.reason}"
    why += f"，{known.reason}" if known.decision else ""
    said = f"{decided.decision}（{why}）：{finding.message}"
    return replace(decided, severity="hint", message=said)


def _unused(one: Correction, kinds: Kinds) -> Finding:
    first = one.matches[0]
    what = "、".join(
        part for part in (first.rule, first.place, first.amount, first.contains) if part
    )
    what += f" 等 {len(one.matches)} 项" if len(one.matches) > 1 else ""
    place = f"corrections.yaml:{one.line}"
    if one.state:
        return kinds.finding("更正-无对应/决定", place, 行号=one.line, 更正=what, 状态=one.state)
    return kinds.finding("更正-无对应/更正", place, 行号=one.line, 更正=what)
