"""The command at terminals of every kind: closed, full, of another encoding, and with words that would act on it."""

import os
import subprocess
import sys

import pytest

from helpers import cli
from helpers.basics import terminal
from helpers.basics.errors import told
from helpers.sample import sample

PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder whose department has a name with an emoji and marks that turn the reading direction."""
    place = tmp_path_factory.mktemp("terminal")
    [folder] = sample.create(place, 1, range(2023, 2024), seed=1)
    text = folder.profile.read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("department: "))
    folder.profile.write_text(
        text.replace(name, r'department: "文化😀局\u202e\e[31m"'), encoding="utf-8"
    )
    return place


def juesuan(redirection: str, data, **environment: str) -> subprocess.CompletedProcess:
    command = f'"{sys.executable}" -m helpers check --data "{data}" {redirection}'
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONIOENCODING", "LANG", "LC_ALL")}
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, env=kept | environment, check=False
    )


@pytest.mark.parametrize(
    "redirection, environment, encoding",
    [
        ("", {"LC_ALL": "C", **PLAIN}, "utf-8"),
        ("", {"LC_ALL": "C.UTF-8"}, "utf-8"),
        ("", {"PYTHONIOENCODING": "gbk"}, "gbk"),
        ("", {"PYTHONIOENCODING": "ascii"}, "utf-8"),
        ("", {"LC_ALL": "POSIX", **PLAIN}, "utf-8"),
    ],
    ids=["C", "UTF-8", "GBK", "ASCII", "POSIX"],
)
def test_whatever_the_encoding_the_findings_are_printed_in_chinese(
    data, redirection, environment, encoding
):
    done = juesuan(redirection, data, **environment)
    assert 0 == done.returncode and b"Traceback" not in done.stderr
    words = done.stdout.decode(encoding)
    assert "错误" in words and "\u202e" not in words and "\x1b" not in words


@pytest.mark.parametrize(
    "redirection, status",
    [(">&-", 0), ("2>&-", 0), (">&- 2>&-", 0), ("<&- >&- 2>&-", 0), (">/dev/full", cli.FAILED)],
)
def test_a_closed_or_full_output_is_no_traceback(data, redirection, status):
    done = juesuan(redirection, data)
    assert status == done.returncode
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


def test_a_warning_shows_neither_passwords_nor_what_a_terminal_acts_on(capsys):
    terminal.warn("连不上 ftp://user:secret@host/数\x1b[2J\u202e")
    assert "连不上 ftp://host/数�[2J�\n" == capsys.readouterr().err


def test_no_part_of_a_password_with_a_mark_of_its_own_is_shown():
    assert "ftp://host/x，写信给 a@b" == told("ftp://user:p@ss@host/x，写信给 a@b")


@pytest.mark.parametrize("option", ["--data", "--outputs"])
def test_a_password_in_an_address_is_not_printed(option, capsys):
    status = cli.main(["run", option, "nonsense://user:secret@host/data"])
    said = capsys.readouterr()
    assert (
        cli.NOT_UNDERSTOOD == status
        and "secret" not in said.out + said.err
        and "nonsense://host/data" in said.err
    )
