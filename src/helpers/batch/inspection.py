"""The findings of many department-years by their causes, without a notebook, found in children that each take some.

They are told as text, CSV or JSON: every cause, and under it what it led to.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import partial

from helpers.basics import forking
from helpers.basics.csvtext import csv_text
from helpers.basics.errors import DataErrors, Refusal, traced, visible
from helpers.basics.model import SEVERITY, Finding
from helpers.basics.paths import Folder
from helpers.batch import answers
from helpers.batch.workers import Limits
from helpers.disclosure import disclosure
from helpers.review.causes import Cause
from helpers.review.review import Review

MOST_IN_A_CHILD = 64  # department-years: a child that has met some knows the words that come again
FAILED = "读不了"  # the rule of an entry that says why a department-year could not be checked
_COLUMNS = tuple(field.name for field in fields(Finding))


@dataclass(frozen=True)
class Failure:
    """A department-year that could not be checked, and why: one line, or one for each problem of a file."""

    folder: Folder
    reason: str

    @property
    def finding(self) -> Finding:
        """The failure as a finding, for the formats that list findings."""
        return Finding(FAILED, "error", self.folder.called, self.reason)


@dataclass(frozen=True)
class Inspection:
    """What was found of each department-year, in the order in which they were asked for."""

    outcomes: tuple[tuple[Folder, tuple[Cause, ...] | Failure], ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(outcome for _, outcome in self.outcomes if isinstance(outcome, Failure))

    @property
    def found(self) -> list[tuple[Folder, tuple[Cause, ...]]]:
        return [
            (folder, outcome)
            for folder, outcome in self.outcomes
            if not isinstance(outcome, Failure)
        ]

    def counts(self) -> dict[str, int]:
        return counted(finding for _, causes in self.found for finding in _members(causes))


def _members(causes: Iterable[Cause]) -> Iterator[Finding]:
    return (finding for cause in causes for finding in cause.members)


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    counts = dict.fromkeys(SEVERITY, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def inspect(folders: list[Folder], jobs: int = 1, limits: Limits = Limits()) -> Inspection:
    """Check every folder, so many at a time, each within its limits; whatever happens to one, the others are checked."""
    if not forking.can_fork() and forking.CAN_WATCH:
        return _by_another_process(folders, jobs, limits)
    works = {folder: partial(_checked, folder) for folder in folders}
    answered = answers.ask(works, jobs, limits, MOST_IN_A_CHILD)
    return Inspection(tuple((folder, _outcome(folder, answer)) for folder, answer in answered))


def _outcome(folder: Folder, answer) -> tuple[Cause, ...] | Failure:
    return Failure(folder, answer.reason) if isinstance(answer, answers.Unanswered) else answer


def _checked(folder: Folder) -> tuple[Cause, ...] | Failure:
    try:
        return tuple(Review(disclosure.load(folder.department, folder.year, folder.data)).causes)
    except Refusal as error:
        return Failure(folder, traced(_placed(folder, error), error))


def _placed(folder: Folder, error: Refusal) -> str:
    """Return a refusal's words, with the department-year before them where they name no file of it."""
    words = str(error)
    return (
        words
        if words.startswith(folder.called) or isinstance(error, DataErrors)
        else f"{folder.called}：{words}"
    )


# A process with threads cannot be forked: another process does it


def _by_another_process(folders: list[Folder], jobs: int, limits: Limits) -> Inspection:
    command = [
        sys.executable,
        "-P",
        "-c",
        "from helpers.batch import inspection; inspection.serve()",
    ]
    done = subprocess.run(
        command, input=pickle.dumps((folders, jobs, limits)), stdout=subprocess.PIPE, check=False
    )
    if done.returncode:
        return Inspection(
            tuple(
                (folder, Failure(folder, f"{folder.called}：核对的进程中断")) for folder in folders
            )
        )
    return pickle.loads(done.stdout)


def serve() -> None:
    """Be the process that inspects for one that has threads: what is asked and answered is of this very program."""
    folders, jobs, limits = pickle.load(sys.stdin.buffer)
    answer = pickle.dumps(inspect(folders, jobs, limits))
    sys.stdout.buffer.write(answer)


# As text, CSV and JSON


def _text(seen: Inspection) -> str:
    lines = []
    for folder, causes in seen.found:
        counts = counted(_members(causes))
        told = "，".join(f"{name} {counts[s]}" for s, name in SEVERITY.items())
        many = f"；根因 {len(causes)}" if len(causes) < sum(counts.values()) else ""
        lines.append(f"{folder.department} {folder.year}：{told}{many}")
        lines += [line for cause in causes for line in _lines(cause)]
    return "".join(f"{visible(line)}\n" for line in lines)


def _lines(cause: Cause) -> Iterator[str]:
    """Yield a cause, and under it what it led to; of a finding that stands alone its message is both."""
    if len(cause.members) > 1:
        yield f"  {SEVERITY[cause.severity]}　{cause.sentence}　[{cause.name} {cause.place}]"
    indent = "    " if len(cause.members) > 1 else "  "
    for f in cause.members:
        mark = "" if f.message.startswith(f.decision) else f"（{f.decision}）"
        yield f"{indent}{SEVERITY[f.severity]}{mark}　{f.message}　[{f.rule} {f.place}]"


def _entries(seen: Inspection) -> Iterator[dict[str, str | int]]:
    for folder, outcome in seen.outcomes:
        told = (
            [(outcome.finding, outcome.reason)]
            if isinstance(outcome, Failure)
            else [(finding, cause.sentence) for cause in outcome for finding in cause.members]
        )
        for finding, root in told:
            yield {
                "department": folder.department,
                "year": folder.year,
                **asdict(finding),
                "root": root,
            }


def _csv(seen: Inspection) -> str:
    head = ("department", "year", *_COLUMNS)
    return csv_text(head, ([entry[key] for key in head] for entry in _entries(seen)))


def _json(seen: Inspection) -> str:
    entries = [
        {k: visible(v) if isinstance(v, str) else v for k, v in entry.items()}
        for entry in _entries(seen)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


FORMATS = {"text": _text, "csv": _csv, "json": _json}
