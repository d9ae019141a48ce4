"""The project as it is installed: a wheel has everything that a report needs, and no folder of the repository."""

import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile

import pytest

from helpers.basics import paths
from helpers.batch import engine
from helpers.sample import sample


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The command of a wheel built from a copy of the repository, in an environment that borrows only what others made."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    for name in ("src", "data", "notebooks"):
        shutil.copytree(
            paths.ROOT / name,
            source / name,
            ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"),
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(paths.ROOT / name, source)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(place),
        str(source),
    ]
    subprocess.run(build, check=True, cwd=place)
    [wheel] = place.glob("*.whl")
    venv.create(place / "venv", with_pip=False)
    [packages] = (place / "venv").glob("lib/python*/site-packages")
    own = next(p for p in sys.path if p.endswith("site-packages"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--prefix",
            str(place / "venv"),
            "--ignore-installed",
            str(wheel),
        ],
        check=True,
    )
    (packages / "borrowed.pth").write_text(f"{own}\n", encoding="utf-8")
    return place / "venv" / "bin" / "python", wheel


def test_a_wheel_builds_a_report_where_there_is_no_repository(installed, tmp_path):
    python, _ = installed
    sample.create(tmp_path / "data", 1, range(2023, 2024), seed=1)
    command = [str(python), "-P", "-m", "helpers", "run", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    [report] = (tmp_path / "outputs").glob("*/2023")
    assert set(engine.FILES) == {file.name for file in report.iterdir()}
    where = subprocess.run(
        [str(python), "-P", "-c", "import helpers; print(helpers.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(python.parent.parent) in where.stdout


def test_a_wheel_has_every_file_of_the_look_the_rules_and_the_codes(installed):
    with zipfile.ZipFile(installed[1]) as wheel:
        names = wheel.namelist()
    look = [p.relative_to(paths.CODE.parent) for p in paths.LOOK.rglob("*") if p.is_file()]
    kept = [
        p.relative_to(paths.ROOT)
        for place in (paths.RULES, paths.CODES, paths.SAMPLE)
        for p in place.rglob("*")
        if p.is_file()
    ]
    lacking = [str(p) for p in (*look, *kept) if not any(name.endswith(str(p)) for name in names)]
    assert [] == lacking


def test_every_edition_is_named_among_what_a_wheel_carries():
    carried = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]["data-files"]
    assert {f"share/juesuan/data/rules/{place.name}" for place in paths.RULES.iterdir()} <= set(
        carried
    )
