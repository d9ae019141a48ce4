"""All hostile commands done, and which promises each broke."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.batch import engine
from hostile.commands import Command
from hostile.doing import Done, _last_line, broken_by, changed, do, juesuan, seal
from hostile.every import inputs
from hostile.inputs import EMOJI, SECONDS, YEAR
from hostile.judging import Outcome
from hostile.of_options import options
from hostile.of_outputs import standing
from hostile.of_profiles import key, spelled
from hostile.of_surroundings import surroundings
from hostile.prepared import good_data
from hostile.suite import _bytes, suite


def commands() -> list[Command]:
    """Return every hostile command."""
    made = [*options(), *surroundings(), *standing()]
    names = [one.name for one in made]
    if twice := {n for n in names if names.count(n) > 1}:
        raise AssertionError(f"the same name twice: {sorted(twice)}")
    return made


def two_departments(place: Path) -> Path:
    """Make a data folder with a good department, and one whose name has what few codings have; return it."""
    data = place / "data"
    good = good_data(place / "made")
    shutil.copytree(good, data / "departments" / "good")
    shutil.copytree(good, data / "departments" / "ghost")
    key("department", spelled(f"{EMOJI}局（虚构）"))(data / "departments" / "ghost" / str(YEAR))
    return data


def obeyed(
    one: Command, place: Path, shared: Path, pages: dict[str, bytes]
) -> tuple[list[str], Done]:
    """Do a command in a folder of its own; return the promises that it broke, and how it ended."""
    home = place / one.name
    here, outputs = home / "here", home / "here" / "outputs"
    here.mkdir(parents=True)
    data = Path(shutil.copytree(shared, home / "data")) if one.own else shared
    if one.prepare:
        one.prepare(here)
    before = seal(data)
    known = {"{data}": str(data), "{outputs}": str(outputs), "{here}": str(here)}

    def filled(word: str) -> str:
        for slot, said in known.items():
            word = word.replace(slot, said)
        return word

    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    for name, value in one.environment.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = filled(value)
    words = [
        *(["sh", "-c", one.shell, "sh"] if one.shell else []),
        *juesuan(*map(filled, one.words)),
    ]
    if not environment.get("PATH") and one.shell:
        words[0] = "/bin/sh"
    done = do(words, one.seconds + 10, environment, here)
    broken = broken_by(
        done,
        one.statuses,
        (environment.get("PYTHONIOENCODING") or "utf-8")
        .replace("ascii", "utf-8")
        .replace("latin-1", "utf-8"),
    )
    if done.seconds > one.seconds:
        broken.append(f"took {done.seconds:.0f} s")
    if one.said and one.said not in done.said:
        broken.append(f"does not say {one.said}: {_last_line(done.err)}")
    if done.status in (2, 3) and not done.err.strip() and "2>" not in one.shell:
        broken.append(f"ended with {done.status} and said nothing")
    if len(done.err) > 2000 and done.status == 2:
        broken.append(f"says {len(done.err)} bytes")
    if (here / "ran").exists():
        broken.append("runs what lies in a folder that it was only started from")
    if one.same and done.status == 0:
        broken += [
            f"{name} is not the same as undisturbed"
            for name, page in pages.items()
            if _bytes(outputs / name) != page
        ]
    broken += [f"an input was changed: {name}" for name in changed(before, seal(data))[:2]]
    return broken, done


def all_obeyed(
    place: Path, chosen: list[Command], jobs: int = 2
) -> dict[str, tuple[list[str], Done]]:
    """Do every command and return the promises that each broke, and how it ended."""
    shared = two_departments(place / "shared")
    undisturbed = do(
        juesuan("run", "--data", shared, "--outputs", place / "undisturbed", "-y", str(YEAR)),
        SECONDS,
    )
    if undisturbed.status:
        raise AssertionError(undisturbed.said)
    pages = {
        f"good/{YEAR}/{name}": _bytes(place / "undisturbed" / "good" / str(YEAR) / name)
        for name in engine.FILES
        if name != "run.json"
    }
    with ThreadPoolExecutor(jobs) as several:
        ended = list(several.map(lambda one: obeyed(one, place, shared, pages), chosen))
    return {one.name: end for one, end in zip(chosen, ended)}


def _chosen(every: list, names: list[str]) -> list:
    """Return what is named; a name may end in * and then stands for all that begin so."""
    return [
        one
        for one in every
        if not names
        or any(one.name == n or n.endswith("*") and one.name.startswith(n[:-1]) for n in names)
    ]


def everything(
    names: list[str], seconds: int = SECONDS, aloud: bool = False
) -> tuple[list[str], str]:
    """Do all that is named, or all there is; return the broken promises by name, and one line that sums up."""
    some, whole = _chosen(inputs(), names), _chosen(commands(), names)
    with tempfile.TemporaryDirectory(prefix="hostile-") as scratch:
        outcome = suite(Path(scratch) / "inputs", some, seconds) if some else Outcome({})
        ended = all_obeyed(Path(scratch) / "commands", whole) if whole else {}
    verdicts = outcome.verdicts.values()
    broken = outcome.lines() + [f"{name}: {b}" for name, (some_, _) in ended.items() for b in some_]
    came = [(v.one.name, v.status, v.seconds, v.memory, v.said) for v in verdicts]
    came += [
        (
            name,
            "ok" if d.status in (0, 1) else "failed",
            d.seconds,
            d.memory,
            d.err.decode("utf-8", "replace"),
        )
        for name, (_, d) in ended.items()
    ]
    for name, status, seconds_, memory, said in came if aloud else ():
        print(f"{name}: {status}, {seconds_:.1f} s, {memory >> 20} MB {said[:600]!r}")
    slowest = max(came, key=lambda c: c[2], default=("", "", 0, 0, ""))
    largest = max(*(c[3] for c in came), outcome.memory, 0)
    refused, fine = (sum(c[1] == status for c in came) for status in ("failed", "ok"))
    return broken, (
        f"{len(some)} hostile inputs and {len(whole)} hostile commands: {refused} refused, {fine} fine; "
        f"slowest {slowest[2]:.1f} s ({slowest[0]}), largest {largest >> 20} MB; "
        f"promises broken: {len(broken)}"
    )
