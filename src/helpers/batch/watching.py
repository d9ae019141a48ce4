"""What is being corrected, looked at again at each saving: its report made anew, or what a change did away with and brought."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NoReturn

from helpers.basics import paths, terminal
from helpers.basics.errors import BeginAnew, Refusal, traced, visible
from helpers.basics.model import SEVERITY, Finding
from helpers.basics.paths import Folder
from helpers.batch import inspection
from helpers.batch.inspection import Failure, Inspection
from helpers.batch.workers import Limits

PAUSE = 0.1  # seconds between two looks, and at least twice what a look takes
_State = frozenset[tuple]
Look = dict[Folder, _State]
Asked = Callable[[], Iterable[Folder]]


def look(folders: list[Folder]) -> Look:
    """Return as what the files of each department-year are saved now."""
    return {folder: _state(folder) for folder in folders}


def changes(known: Look, wait: Callable[[float], object] = time.sleep) -> Iterator[list[Folder]]:
    """Yield, for ever, the department-years whose files have changed since the last look."""
    while True:
        begun = time.monotonic()
        seen = look(list(known))
        changed = [folder for folder in known if seen[folder] != known[folder]]
        known = seen
        if changed:
            yield changed
        else:
            wait(max(PAUSE, 2 * (time.monotonic() - begun)))


def _state(folder: Folder) -> _State:
    """Return which files there are and as which they were saved."""
    try:
        files = folder.inputs().values()
    except Refusal as error:
        return frozenset({(str(error),)})
    return frozenset(map(_stamp, files))


def _stamp(file: str) -> tuple:
    try:
        found = os.stat(file)
    except OSError:
        return (file,)
    return file, found.st_ino, found.st_size, found.st_mtime_ns


def _rules() -> _State:
    """Return as what the rules and the notebook were saved, which a process reads once."""
    rules = (file for place in (paths.RULES, paths.CODES) for file in place.rglob("*.*"))
    return frozenset(map(_stamp, map(str, (*rules, paths.NOTEBOOK))))


class Saved:
    """Department-years that are being corrected, as what they were saved.

    It is made before anything is made of them, so that nothing that is saved meanwhile is missed.
    """

    def __init__(self, folders: list[Folder], asked: Asked):
        self._known, self._rules, self._asked = look(folders), _rules(), asked

    def again(self) -> Iterator[list[Folder]]:
        """Yield what is saved, until interrupted; where a rule is saved or a year is new, begin anew with it."""
        return changes(self._known, self._wait)

    def _wait(self, seconds: float) -> None:
        time.sleep(seconds)
        if _rules() != self._rules:
            _begin_anew("规则改了")
        if not self._known.keys() >= set(self._asked()):
            _begin_anew("有新的部门或年度")


def _begin_anew(why: str) -> NoReturn:
    print(f"{why}，从头开始。", flush=True)
    raise BeginAnew


def make_at_each_saving(
    chosen: list[Folder], asked: Asked, make: Callable[[list[Folder]], int]
) -> int | None:
    """Make reports, then at each saving those that were changed, until interrupted.

    `asked` returns which department-years there are to be made now. Return what the first making returned, nothing
    where it was refused.
    """

    from helpers.batch import making  # which draws; a check draws nothing

    def begin(folders: list[Folder]) -> int:
        making.get_ready(folders)
        return make(folders)

    saved = Saved(chosen, asked)
    status = _going_on(begin, chosen)
    print("每次保存后重新生成，按 Ctrl+C 结束。", flush=True)
    savings = saved.again()
    while True:
        try:
            changed = next(savings)
        except KeyboardInterrupt:
            return status
        _going_on(make, changed)
        sys.stdout.flush()


def _going_on(do: Callable[[list[Folder]], int], folders: list[Folder]) -> int | None:
    """Do something with department-years; what is refused is told, and may be right at the next saving."""
    try:
        return do(folders)
    except Refusal as error:
        terminal.warn(traced(str(error), error))
        return None


class Watch:
    """Department-years that are checked again at each saving: what was told of them last."""

    def __init__(self, folders: list[Folder], asked: Asked):
        self._saved = Saved(folders, asked)
        self._found: dict[Folder, dict[tuple, Finding]] = {}

    def told_first(self, seen: Inspection) -> None:
        """Remember what the first check told."""
        self._found = {folder: _findings(outcome) for folder, outcome in seen.outcomes}

    def go_on(self, limits: Limits) -> None:
        """Check again whatever is saved, until interrupted."""
        print("每次保存后重新核对，按 Ctrl+C 结束。", flush=True)
        for changed in self._saved.again():
            for line in self.told(inspection.inspect(changed, 1, limits)):
                print(visible(line), flush=True)

    def told(self, seen: Inspection) -> Iterator[str]:
        """Yield of each department-year how it stands now, then what is gone and what is new."""
        for folder, outcome in seen.outcomes:
            name = f"{datetime.now():%H:%M:%S}　{folder.department} {folder.year}"
            if isinstance(outcome, Failure):
                yield f"{name}：{outcome.reason}"
                continue
            before, now = self._found[folder], _findings(outcome)
            self._found[folder] = now
            counts = inspection.counted(now.values())
            yield f"{name}：" + "，".join(f"{SEVERITY[s]} {n}" for s, n in counts.items())
            yield from (_line("没有了", f) for key, f in before.items() if key not in now)
            yield from (_line("新出现", f) for key, f in now.items() if key not in before)


def _findings(outcome) -> dict[tuple, Finding]:
    causes = () if isinstance(outcome, Failure) else outcome
    members = (finding for cause in causes for finding in cause.members)
    return {(f.rule, f.place, f.message): f for f in members}


def _line(what: str, finding: Finding) -> str:
    return f"  {what}　{SEVERITY[finding.severity]}　{finding.message}　[{finding.rule} {finding.place}]"
