"""What is exported by any edition, imported again: the figures as they were printed."""

from __future__ import annotations

import pytest

from helpers import cli
from helpers.basics import money
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure
from helpers.disclosure.tables import Tables
from helpers.edition import declared
from helpers.export import printing
from helpers.published import office
from helpers.sample import sample

FORMS = ("docx", "xlsx", "html", "pdf")


def year_of(edition: str) -> int:
    """Return the last year that an edition is of, or any where it says none."""
    return int(str(declared.about(edition).get("年度", "2023"))[-4:])


@pytest.fixture(scope="module", params=declared.names())
def folder(request, tmp_path_factory) -> Folder:
    """The first department of the invented district, by each edition."""
    place, year = tmp_path_factory.mktemp("data"), year_of(request.param)
    (only,) = sample.create(place, 1, range(year, year + 1), 1, edition=request.param)
    return only


def differing(theirs: Tables, ours: Tables) -> list[str]:
    """Return the known cells of a disclosure that another prints otherwise."""
    told = []
    for table in theirs.published():
        for cell in table.cells():
            found = ours.cell(cell.address).amount
            if cell.amount is None or cell.amount.is_zero:
                continue
            printed = money.tabular(cell.amount.value)
            if found is None or printed != money.tabular(found.value):
                told.append(f"{cell.address}: {printed}")
    return told


def known(tables: Tables) -> int:
    return sum(
        cell.amount is not None and not cell.amount.is_zero
        for table in tables.published()
        for cell in table.cells()
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_known_cell_of_every_edition_comes_back(folder, tmp_path, form):
    if form == "pdf" and office.program() is None and printing.browser() is None:
        pytest.skip("neither LibreOffice nor Chromium is installed")
    chosen = ["-d", folder.department, "-y", str(folder.year)]
    file, back = tmp_path / f"out.{form}", tmp_path / "back"
    export = ["export", form, *chosen, "--data", str(folder.data), "--to", str(file), "--draft"]
    assert cli.BUILT == cli.main(export)
    theirs = disclosure.load(folder.department, folder.year, folder.data)
    told = (
        ["--edition", theirs.edition.name] if form == "xlsx" else []
    )  # tables alone can be of two
    assert cli.BUILT == cli.main(["import", str(file), *chosen, "--data", str(back), *told])
    ours = disclosure.load(folder.department, folder.year, back)
    assert theirs.edition.name == ours.edition.name
    assert known(theirs.tables) > 50
    assert [] == differing(theirs.tables, ours.tables)


@pytest.mark.parametrize("form", ("docx", "html", "pdf"))
def test_what_is_published_as_it_was_exported_has_nothing_wrong(tmp_path, form, capsys):
    if form == "pdf" and office.program() is None and printing.browser() is None:
        pytest.skip("neither LibreOffice nor Chromium is installed")
    made = sample.create(tmp_path / "data", 3, range(2022, 2024), 3)
    folder = made[-1]  # of a kind that has every chart
    chosen = ["-d", folder.department, "-y", "2023", "--data", str(tmp_path / "data")]
    (folder.path / "published").mkdir()
    file = folder.path / "published" / f"disclosure.{form}"
    assert 0 == cli.main(["export", form, *chosen, "--to", str(tmp_path / f"out.{form}")])
    (tmp_path / f"out.{form}").rename(file)
    capsys.readouterr()
    assert 0 == cli.main(["check", *chosen, "--fail-on", "warning"]), capsys.readouterr().out
    assert "文-未对上" not in capsys.readouterr().out
