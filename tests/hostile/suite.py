"""All inputs through one batch and one check."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.batch import engine
from hostile.doing import _last_line, broken_by, changed, do, juesuan, seal
from hostile.inputs import GOOD, MEGABYTES, SECONDS, YEAR, Input
from hostile.judging import Outcome, Verdict, judged, selection
from hostile.prepared import prepared


def ran(data: Path, outputs: Path, chosen: list[Input], seconds: int = SECONDS) -> Outcome:
    """Build all of them in one batch and return what came of it."""
    quiet = outputs.with_name("quiet")
    every = [word for name in GOOD for word in ("-d", name)]
    first_ = do(juesuan("run", "--data", data, "--outputs", quiet, "-y", str(YEAR), *every), 120)
    outcome = Outcome(
        {one.name: Verdict(one) for one in chosen},
        [f"the good ones alone: {b}" for b in broken_by(first_, (0,))],
    )
    longest = 120 + len(chosen) * seconds
    done = do(
        juesuan(
            "run",
            "--data",
            data,
            "--outputs",
            outputs,
            "--jobs",
            "2",
            "--timeout",
            str(seconds),
            "--memory",
            str(MEGABYTES),
            *selection(chosen),
        ),
        longest,
    )
    outcome.broken += [f"run: {b}" for b in broken_by(done, (0, 3))]
    outcome.seconds["run"], outcome.memory = done.seconds, done.memory
    lines = done.err.decode("utf-8", "replace").splitlines()
    for one in chosen:
        verdict, at = outcome.verdicts[one.name], f"{one.name}/{one.year:04d}"
        try:
            record_ = json.loads((outputs / at / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            verdict.broken.append(f"run: nothing came of it ({error})")
            continue
        verdict.status, verdict.said, verdict.seconds = (
            record_["status"],
            record_["error"],
            record_["seconds"],
        )
        judged(verdict, "run", verdict.status != "ok", verdict.said)
        if verdict.seconds > seconds + 1:
            verdict.broken.append(f"run: took {verdict.seconds:.0f} s")
        if verdict.status != "ok" and not any(line.startswith(at) for line in lines):
            verdict.broken.append(
                "run: its line on the standard error does not begin with its name"
            )
        if verdict.status == "ok" and not set(engine.FILES) <= {
            p.name for p in (outputs / at).iterdir()
        }:
            verdict.broken.append("run: not all of its files are there")
    for name in GOOD:
        for file in engine.FILES:
            if file != "run.json" and _bytes(quiet / name / str(YEAR) / file) != _bytes(
                outputs / name / str(YEAR) / file
            ):
                outcome.broken.append(
                    f"run: the good neighbour {name} was not built as it is alone: {file}"
                )
    outcome.broken += (
        [f"run: left {p.relative_to(outputs)}" for p in outputs.rglob(".*")]
        if outputs.is_dir()
        else ["run: no outputs"]
    )
    return outcome


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def supports(option: str, seconds: int) -> list[str]:
    """Return the limits that `check` is given, where it knows them."""
    return (
        ["--timeout", str(seconds), "--memory", str(MEGABYTES)]
        if option.encode() in do(juesuan("check", "--help"), 60).out
        else []
    )


def checked(data: Path, chosen: list[Input], outcome: Outcome, limits: list[str]) -> None:
    """Check all of them with one command, and write what came of it into the outcome."""
    done = do(
        juesuan(
            "check", "--data", data, "--jobs", "2", "--format", "json", *limits, *selection(chosen)
        ),
        120 + len(chosen) * SECONDS if limits else 300,
    )
    outcome.broken += [f"check: {b}" for b in broken_by(done, (0, 3))]
    outcome.seconds["check"], outcome.memory = done.seconds, max(outcome.memory, done.memory)
    try:
        entries = json.loads(done.out)
    except ValueError:
        outcome.broken.append("check: what it printed is not JSON")
        return
    lines = done.err.decode("utf-8", "replace").splitlines()
    for one in chosen:
        _held(outcome.verdicts[one.name], lines, limits, entries)
    for name in GOOD:
        if any(line.startswith(f"{name}/") for line in lines) or any(
            e["department"] == name and e["rule"] == "未能读" for e in entries
        ):
            outcome.broken.append(f"check: the good neighbour {name} was not checked")


def _held(verdict: Verdict, lines: list[str], limits: list[str], entries: list[dict]) -> None:
    at = f"{verdict.one.name}/{verdict.one.year:04d}"
    said = next((line for line in lines if line.startswith(at)), "")
    judged(verdict, "check", bool(said), said)
    if (
        said
        and limits
        and not any(
            e["department"] == verdict.one.name and e["year"] == verdict.one.year for e in entries
        )
    ):
        verdict.broken.append("check: its JSON does not mention it")
    if verdict.status == "ok" and said:
        verdict.broken.append("check: refused what run builds")
    if verdict.status == "failed" and not said:
        verdict.broken.append("check: accepts what run refuses")


def checked_alone(
    data: Path, one: Input, verdict: Verdict, limits: list[str], seconds: int = SECONDS
) -> None:
    """Check one of them with a command of its own, in text, and write its time and memory into its verdict."""
    done = do(
        juesuan("check", "--data", data, "-d", one.name, "-y", str(one.year), *limits), seconds + 10
    )
    verdict.broken += [f"check alone: {b}" for b in broken_by(done)]
    verdict.seconds, verdict.memory = (
        max(verdict.seconds, done.seconds),
        max(verdict.memory, done.memory),
    )
    if done.seconds > seconds + 5 and not done.late:
        verdict.broken.append(f"check alone: took {done.seconds:.0f} s")
    if done.memory > (MEGABYTES + 512) << 20:
        verdict.broken.append(f"check alone: took {done.memory >> 20} MB")
    if not done.late and done.status == 3:
        judged(
            verdict,
            "check alone",
            True,
            next(
                (
                    line
                    for line in done.err.decode("utf-8", "replace").splitlines()
                    if line.startswith(f"{one.name}/")
                ),
                _last_line(done.err),
            ),
        )


def suite(place: Path, chosen: list[Input], seconds: int = SECONDS, each: bool = True) -> Outcome:
    """Make the inputs, run and check them, and return what came of it; `each` checks every one alone, too."""
    data = prepared(place, chosen)
    before = seal(place)
    outcome = ran(data, place / "outputs", chosen, seconds)
    limits = supports("--timeout", seconds)
    checked(data, chosen, outcome, limits)
    if each:
        with ThreadPoolExecutor(2) as two:
            list(
                two.map(
                    lambda one: checked_alone(
                        data, one, outcome.verdicts[one.name], limits, seconds
                    ),
                    chosen,
                )
            )
    after = {
        name: state
        for name, state in seal(place).items()
        if not re.match(rf"b'{re.escape(str(place))}/(outputs|quiet)", name)
    }
    outcome.broken += [f"an input was changed: {name}" for name in changed(before, after)]
    return outcome
