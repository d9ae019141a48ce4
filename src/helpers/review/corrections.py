"""corrections.yaml: known faults of the source, each with its match, reason, decision and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from helpers.basics.errors import DataError, Problems
from helpers.basics.model import Finding
from helpers.basics.yamltext import Mapping, Sequence, Word, read, vet

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
    if not path.exists():
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


def _correction(raw, name: str) -> Correction:
    types = {
        key: Mapping if english == "match" else Word
        for english, chinese in _KEYS.items()
        for key in (english, chinese)
    }
    entry = _english(vet(raw, name, types), _KEYS)
    match = _english(
        vet(
            entry.get("match", Mapping()), name, {k: Word for pair in _MATCH.items() for k in pair}
        ),
        _MATCH,
    )
    at = f"{name} 第 {raw.line} 行"
    if not any(match.values()):
        raise DataError(at, "没有写「匹配」", "规则、位置、含 至少一个")
    for key in ("reason", "decision", "decided_by"):
        if not entry.get(key, "").strip():
            raise DataError(at, f"缺少「{_KEYS[key]}」")
    return Correction(
        *(str(match.get(k, "")) for k in _MATCH),
        *(str(entry.get(k, "")) for k in list(_KEYS)[1:]),
        raw.line,
    )


def _english(raw: Mapping, keys: dict[str, str]) -> dict:
    return {
        english: raw[k] for english, chinese in keys.items() for k in (english, chinese) if k in raw
    }


def acknowledge(found: list[Finding], corrections: tuple[Correction, ...]) -> list[Finding]:
    """Return the findings, known ones as hints that say so; a correction without a finding is one itself."""
    answered, used = [], set()
    for finding in found:
        known = next((c for c in corrections if c.explains(finding)), None)
        if known and finding.severity in ("error", "warning"):
            used.add(known)
            said = (
                f"已确认（{known.decided_by}：{known.decision}，{known.reason}）：{finding.message}"
            )
            finding = replace(finding, severity="hint", message=said)
        elif known:
            used.add(known)
        answered.append(finding)
    for c in corrections:
        if c not in used:
            what = "、".join(p for p in (c.rule, c.place, c.contains) if p)
            answered.append(
                Finding(
                    "更正-无对应",
                    "warning",
                    f"corrections.yaml:{c.line}",
                    f"corrections.yaml 第 {c.line} 行的更正（{what}）已没有对应的疑点，请删去或改正。",
                )
            )
    return answered
