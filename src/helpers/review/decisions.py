"""decisions.json: what was decided in the pages, vetted, and the lines of corrections.yaml that say the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import yaml

from helpers.basics.errors import DataError, Problems, nearest, shown
from helpers.review.corrections import (
    A_DAY,
    KEYS,
    MATCH,
    PENDING,
    STATES,
    Correction,
    Match,
    is_day,
)

LARGEST, MOST, LONGEST = 20_000_000, 100_000, 1_000
_ENTRY = ("department", "year", "state", "reason", "decided_by", "day", "findings")
_FINDING = ("rule", "place", "amount")
_WORDS = ("state", "reason", "decided_by", "day")


@dataclass(frozen=True)
class Decision:
    """What was decided of some findings of one department-year, by whom, when and why."""

    department: str
    year: int
    state: str
    reason: str
    decided_by: str
    day: str
    findings: tuple[Match, ...]

    def says(self, correction: Correction) -> bool:
        """Return whether a correction says the same already."""
        mine = self.state, self.reason, self.decided_by, self.day, self.findings
        other = correction.state, correction.reason, correction.decided_by, correction.day
        return mine == (*other, correction.matches)


def parse(text: str, name: str) -> list[Decision]:
    """Return the decisions of a file, or refuse it with all that is wrong in it. `name` is how messages call it."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise DataError(name, "不是 JSON", "疑点页导出的 decisions.json") from None
    entries = raw.get("decisions") if isinstance(raw, dict) else None
    if not isinstance(entries, list) or set(raw) != {"decisions"}:
        raise DataError(name, "里面没有「decisions」", "疑点页导出的 decisions.json")
    problems, found, many = Problems(), [], 0
    for number, entry in enumerate(entries, 1):
        with problems.gathered():
            found.append(_decision(entry, f"{name} 第 {number} 项"))
            many += len(found[-1].findings)
        if many > MOST:
            raise DataError(name, f"疑点超过 {MOST} 项", "更少的决定")
    problems.tell()
    if not found:
        raise DataError(name, "没有决定", "至少一项")
    return found


def _decision(entry: object, at: str) -> Decision:
    raw = _mapping(entry, _ENTRY, at)
    words = {key: _word(raw[key], at, key) for key in ("department", "state", "reason", "day")}
    by, year, matches = _word(raw["decided_by"], at, "decided_by"), raw["year"], raw["findings"]
    _hold(re.fullmatch(r"[a-z0-9-]+", words["department"]), at, "department", words["department"])
    _hold(type(year) is int and 1000 <= year <= 9999, at, "year", str(year))
    if words["state"] not in STATES:
        told = f"状态「{shown(words['state'])}」不对{nearest(words['state'], STATES)}"
        raise DataError(at, told, "、".join(STATES))
    _hold(is_day(words["day"]), at, "day", words["day"])
    _hold(by.strip(), at, "decided_by", by)
    _hold(words["reason"].strip() or words["state"] == PENDING, at, "reason", words["reason"])
    if not isinstance(matches, list) or not matches:
        raise DataError(at, "「findings」里没有疑点", "至少一项")
    findings = tuple(_match(one, f"{at}第 {n} 个疑点") for n, one in enumerate(matches, 1))
    return Decision(decided_by=by, year=year, findings=findings, **words)


def _match(entry: object, at: str) -> Match:
    raw = _mapping(entry, _FINDING, at)
    match = Match(**{key: _word(raw[key], at, key) for key in _FINDING})
    _hold(match.rule and match.place, at, "rule", match.rule)
    return match


def _mapping(entry: object, keys: tuple[str, ...], at: str) -> dict:
    if not isinstance(entry, dict) or set(entry) != set(keys):
        raise DataError(at, "键不对", "、".join(keys))
    return entry


def _word(value: object, at: str, key: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise DataError(at, f"「{key}」不是 {LONGEST} 字以内的文字")
    if any(
        c < " " or "\ud800" <= c <= "\udfff" or c in "\x7f\x85\u2028\u2029\ufeff" for c in value
    ):
        raise DataError(at, f"「{key}」里有换行或不能写的字符", "一行文字")
    return value


def _hold(true: object, at: str, key: str, value: str) -> None:
    if not true:
        raise DataError(at, f"「{key}」不能是「{shown(value)}」", _EXPECTED[key])


_EXPECTED = {
    "department": "部门的文件夹名",
    "year": "四位数的年度",
    "day": A_DAY,
    "decided_by": "谁定的",
    "reason": "为什么",
    "rule": "疑点的规则和位置",
}


def by_place(decisions: list[Decision]) -> dict[tuple[str, int], list[Decision]]:
    """Return the decisions by department and year, in their order; one that is there twice only where it is last."""
    places: dict[tuple[str, int], list[Decision]] = {}
    for one in reversed(dict.fromkeys(reversed(decisions))):
        places.setdefault((one.department, one.year), []).append(one)
    return places


def appended(text: str, decisions: list[Decision]) -> str:
    """Return a corrections.yaml with decisions after all that was there, which stays as it was written."""
    start = text if text.endswith("\n") or not text else text + "\n"
    return start + yaml.safe_dump(
        [_entry(one) for one in decisions],
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=1_000_000,
    )


def _entry(one: Decision) -> dict:
    matches = [
        {chinese: said for key, chinese in MATCH.items() if (said := getattr(match, key))}
        for match in one.findings
    ]
    words = {KEYS[key]: said for key in _WORDS if (said := getattr(one, key))}
    return {KEYS["match"]: matches if len(matches) > 1 else matches[0], **words}
