"""corrections.yaml: known faults of the source, each with its match, reason, decision and who answers for it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.basics.errors import DataError, Problems
from helpers.basics.model import Finding
from helpers.basics.yamltext import Mapping, Sequence, Word, read, vet
from helpers.edition.kinds import Kinds

_KEYS = {
    "match": "匹配",
    "problem": "问题",
    "reason": "原因",
    "decision": "决定",
    "decided_by": "决定人",
}
_MATCH = {"rule": "规则", "place": "位置", "contains": "含"}


@dataclass(frozen=True)
class Correction:
    """One known fault: which findings it explains, and why nothing more is done."""

    rule: str
    place: str
    contains: str
    problem: str
    reason: str
    decision: str
    decided_by: str
    line: int

    def explains(self, finding: Finding) -> bool:
        return (
            (not self.rule or self.rule == finding.rule)
            and (not self.place or self.place == finding.place)
            and self.contains in finding.message
        )


def load(path: Path, name: str) -> tuple[Correction, ...]:
    """Return the corrections of a department-year; none where there is no file."""
    if not os.path.lexists(path):
        return ()
    raw = read(path, name)
    if not isinstance(raw, Sequence):
        raise DataError(name, "不是一个列表", "每个已知的错一项，以 - 开头")
    problems, known = Problems(), []
    for entry in raw:
        with problems.gathered():
            known.append(_correction(entry, name))
    problems.tell()
    return tuple(known)


def _correction(raw: object, name: str) -> Correction:
    types = {
        key: Mapping if english == "match" else Word
        for english, chinese in _KEYS.items()
        for key in (english, chinese)
    }
    written = vet(raw, name, types)
    entry = _english(written, _KEYS)
    words = {key: Word for pair in _MATCH.items() for key in pair}
    match = _english(vet(entry.get("match", Mapping()), name, words), _MATCH)
    at = f"{name} 第 {written.line} 行"
    if not any(match.values()):
        raise DataError(at, "没有写「匹配」", "规则、位置、含 至少一个")
    for key in ("reason", "decision", "decided_by"):
        if not entry.get(key, "").strip():
            raise DataError(at, f"缺少「{_KEYS[key]}」")
    return Correction(
        **{key: str(match.get(key, "")) for key in _MATCH},
        **{key: str(entry.get(key, "")) for key in _KEYS if key != "match"},
        line=written.line,
    )


def _english(raw: Mapping, keys: dict[str, str]) -> dict[str, Any]:
    return {
        english: raw[k] for english, chinese in keys.items() for k in (english, chinese) if k in raw
    }


def acknowledge(
    found: list[Finding], corrections: tuple[Correction, ...], kinds: Kinds
) -> list[Finding]:
    """Return the findings, known ones as hints; a correction without a finding is one itself."""
    answered, used = [], set()
    for finding in found:
        known = next((c for c in corrections if c.explains(finding)), None)
        if known:
            used.add(known)
        answered.append(_answered(finding, known) if known else finding)
    return answered + [_unused(c, kinds) for c in corrections if c not in used]


def _answered(finding: Finding, known: Correction) -> Finding:
    if finding.severity not in ("error", "warning"):
        return finding
    said = f"已确认（{known.decided_by}：{known.decision}，{known.reason}）：{finding.message}"
    return replace(finding, severity="hint", message=said)


def _unused(one: Correction, kinds: Kinds) -> Finding:
    what = "、".join(part for part in (one.rule, one.place, one.contains) if part)
    return kinds.finding("更正-无对应", f"corrections.yaml:{one.line}", 行号=one.line, 更正=what)
