"""Two dozen hostile inputs through one batch and one check, and some hostile commands; `make faults` does all of them."""

import os
import shutil
from pathlib import Path

import hostile
import pytest

SECONDS = 20  # for one input here
COMMANDS = """
run-data-empty check-data-unseen outputs-is-the-departments run-beside-matplotlibrc run-beside-papermill-py
run-memory-huge record-deep record-is-a-pipe department-place-links-to-the-data
""".split()


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """What came of the quick inputs in one batch and one check."""
    chosen = [one for one in hostile.inputs() if one.name in hostile.QUICK]
    return hostile.suite(tmp_path_factory.mktemp("hostile"), chosen, SECONDS, each=False)


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """How the quick commands ended, and which promises they broke."""
    chosen = [one for one in hostile.commands() if one.name in COMMANDS]
    return hostile.all_obeyed(tmp_path_factory.mktemp("commands"), chosen)


def test_neither_command_breaks_a_promise_and_the_neighbours_are_as_they_are_alone(outcome):
    assert [] == outcome.broken


@pytest.mark.parametrize("name", sorted(hostile.QUICK))
def test_a_hostile_input_is_built_or_refused_by_its_files_name(outcome, name):
    assert [] == outcome.verdicts[name].broken


@pytest.mark.parametrize("name", COMMANDS)
def test_a_hostile_command_ends_in_words_and_changes_no_input(ended, name):
    assert [] == ended[name][0]


def test_there_are_hundreds_of_hostile_inputs_and_commands_and_the_quick_ones_are_among_them():
    inputs, commands = (
        {one.name for one in hostile.inputs()},
        {one.name for one in hostile.commands()},
    )
    assert len(inputs) >= 600 and len(commands) >= 200
    assert hostile.QUICK <= inputs and set(COMMANDS) <= commands


# Whoever looks for a broken promise has to see one


@pytest.mark.parametrize(
    "done, seen",
    [
        (hostile.Done(0, b"fine\n", b"", 1, 1), []),
        (hostile.Done(3, b"", "甲/2023/figures.csv：没有数\n".encode(), 1, 1), []),
        (hostile.Done(-6, b"", b"panicked", 1, 1), ["ended with -6: panicked"]),
        (hostile.Done(120, b"", b"", 1, 1), ["ended with 120: nothing said"]),
        (hostile.Done(-9, b"", b"", 60, 1, late=True), ["did not end within 60 s"]),
        (
            hostile.Done(3, b"", b"Traceback (most recent call last)\nKeyError: 1", 1, 1),
            ["shows a traceback: KeyError: 1"],
        ),
        (
            hostile.Done(0, "a\u202eb".encode(), b"\x1b[31m", 1, 1),
            ["U+001B, U+202E reaches the terminal"],
        ),
        (
            hostile.Done(0, b"", "\u2028\x9b".encode() + b"\xff", 1, 1),
            ["U+009B, U+2028, U+DCFF reaches the terminal"],
        ),
    ],
)
def test_what_a_command_breaks_is_seen(done, seen):
    assert seen == hostile.broken_by(done)


@pytest.mark.parametrize(
    "expected, failed, said, seen",
    [
        ("refused", True, "one/2023/figures.csv 第 1 行：不对", ""),
        ("refused", True, "figures.csv 第 1 行：不对", "does not name one/2023/figures.csv"),
        ("refused", True, "one/2023：超过 60 秒没有结束，已停止", "stopped"),
        ("refused", True, "用完了允许的内存 2048 MB", "stopped"),
        ("either", True, "程序出错 KeyError：1", "an error of the program"),
        (
            "either",
            True,
            "department_report.ipynb 第 6 格：出错 KeyError：1",
            "an error of the program",
        ),
        ("refused", False, "", "not refused"),
        ("fine", True, "one/2023/figures.csv：不对", "refused, but it is good"),
        ("fine", False, "", ""),
    ],
)
def test_what_is_wrong_with_a_refusal_is_seen(expected, failed, said, seen):
    verdict = hostile.Verdict(hostile.Input("one", lambda place: None, expected, hostile.FIGURES))
    hostile.judged(verdict, "run", failed, said)
    assert bool(seen) == bool(verdict.broken) and seen in "".join(verdict.broken)


def test_an_input_that_is_changed_moved_or_touched_is_seen(tmp_path):
    for name in ("same", "changed", "gone", "touched"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    before = hostile.seal(tmp_path)
    assert [] == hostile.changed(before, hostile.seal(tmp_path))
    (tmp_path / "changed").write_text("b", encoding="utf-8")
    (tmp_path / "gone").unlink()
    os.utime(tmp_path / "touched", (1, 1))
    (tmp_path / "new").symlink_to("nowhere")
    seen = [Path(name.strip("b'")).name for name in hostile.changed(before, hostile.seal(tmp_path))]
    assert ["changed", "gone", "new", "touched"] == seen


def test_what_waits_for_ever_is_ended_and_its_time_told():
    done = hostile.do([shutil.which("sleep"), "60"], 0.2)
    assert done.late and done.seconds >= 0.2
