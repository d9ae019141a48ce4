"""Departments of several forms in one batch: one index, one check, each in the form of its own place."""

import csv
import shutil

import pytest

from helpers import cli
from helpers.basics import paths
from helpers.edition import declared
from helpers.sample import sample

REAL = ("xiqu-government-office", "putuo-finance-bureau", "putuo-planning-bureau")
INVENTED = ("sichuan-2020", "national-2023")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Return the data and the outputs of five departments of four forms, built at once."""
    place = tmp_path_factory.mktemp("editions")
    data, outputs = place / "data", place / "outputs"
    for name in REAL:
        shutil.copytree(paths.DATA / "departments" / name, data / "departments" / name)
    for n, edition in enumerate(INVENTED):
        other = place / edition
        (folder,) = sample.create(
            other, 1, range(2021, 2022), seed=n, published=True, edition=edition
        )
        shutil.copytree(
            folder.path.parent, data / "departments" / f"invented-{edition}", symlinks=True
        )
    status = cli.main(["run", "--data", str(data), "--outputs", str(outputs), "--quiet"])
    return status, data, outputs


def test_every_report_is_built_by_its_own_edition(batch):
    status, _, outputs = batch
    with (outputs / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["department"]: row for row in csv.DictReader(file)}
    assert cli.BUILT == status
    assert {"ok"} == {row["status"] for row in rows.values()}
    assert set(declared.names()) == {row["edition"] for row in rows.values()}


def test_each_has_the_tables_of_its_own_form(batch):
    _, _, outputs = batch
    counts = {}
    for place in outputs.glob("*/*/cells.csv"):
        with place.open(encoding="utf-8-sig", newline="") as file:
            counts[place.parts[-3]] = len({row["table"] for row in csv.DictReader(file)})
    assert counts == {
        "xiqu-government-office": 13,
        "putuo-finance-bureau": 9,
        "putuo-planning-bureau": 9,
        "invented-sichuan-2020": 14,
        "invented-national-2023": 9,
    }


def test_one_check_goes_over_all_of_them(batch, capsys):
    _, data, _ = batch
    assert cli.BUILT == cli.main(["check", "--data", str(data), "--format", "csv"])
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    told = {row["department"] for row in rows if row["severity"] in ("error", "warning")}
    assert told == set(REAL)
