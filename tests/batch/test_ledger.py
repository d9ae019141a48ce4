"""What is up to date is known by the stamps of its files: nothing touched is read again, whatever is touched is."""

import json
import os

import pytest
import reported

from helpers.across import overview
from helpers.batch import batch, inputs, ledger
from helpers.batch.ledger import Ledger
from helpers.batch.shelf import FILES, Shelf
from helpers.sample import sample

MACHINERY = {"everything": "the same"}


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Two reports of one department, up to date; and outputs whose ledger believes what was touched just now."""
    monkeypatch.setattr(ledger, "_MOMENT", 0)
    folders = sample.create(tmp_path / "data", 1, range(2022, 2024), seed=1, published=True)
    outputs = reported.written(folders, tmp_path / "outputs")
    for folder in folders:
        place = outputs / folder.department / str(folder.year)
        run = json.loads((place / "run.json").read_text(encoding="utf-8"))
        run["inputs"] = inputs.fingerprint(folder, run["edition"])
        (place / "run.json").write_text(json.dumps(run), encoding="utf-8")
        for name in FILES:
            (place / name).touch()
    return folders, Shelf(outputs)


def run(made):
    return batch.run(*made, batch.Plan(quiet=True))


def known(made) -> list[bool]:
    folders, shelf = made
    noted = Ledger(shelf.outputs, inputs.everything())
    return [noted.found(folder) is not None for folder in folders]


def test_what_nobody_touched_is_not_read_again(made, monkeypatch):
    first = run(made)
    assert (2, 0) == (first.skipped, first.built) and [True, True] == known(made)

    def read(*_):
        raise AssertionError("it was read again")

    monkeypatch.setattr(inputs, "up_to_date", read)
    monkeypatch.setattr(overview, "write_index", read)
    again = run(made)
    assert (first.skipped, first.findings, first.causes) == (
        again.skipped,
        again.findings,
        again.causes,
    )


def other_text(file):
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")


TOUCHED = {
    "figures": (lambda f, o: other_text(f[1].figures), [True, False]),
    "figures of the year before": (lambda f, o: other_text(f[0].figures), [False, False]),
    "profile": (lambda f, o: other_text(f[1].profile), [True, False]),
    "a published text": (lambda f, o: other_text(f[1].narrative), [True, False]),
    "a file too many": (lambda f, o: (f[1].path / "published/tables.pdf").touch(), [True, False]),
    "a file that is gone": (lambda f, o: f[1].narrative.unlink(), [True, False]),
    "corrections": (lambda f, o: f[0].corrections.write_text("[]\n"), [False, True]),
    "a file of another name": (
        lambda f, o: f[0].profile.rename(f[0].path / "profile.yml"),
        [False, False],
    ),
    "run.json": (lambda f, o: other_text(o[0] / "run.json"), [False, True]),
    "a report that is gone": (lambda f, o: (o[1] / "report.html").unlink(), [True, False]),
    "the same bytes, written later": (lambda f, o: os.utime(f[0].figures), [False, False]),
}


@pytest.mark.parametrize("name", TOUCHED)
def test_whatever_is_touched_is_read_again(made, name):
    folders, shelf = made
    run(made)
    touch, wanted = TOUCHED[name]
    touch(folders, [shelf.place(folder) for folder in folders])
    assert wanted == known(made)


def test_figures_behind_a_link_count_as_what_they_are(made, tmp_path):
    folders, _ = made
    moved = tmp_path / "elsewhere"
    folders[1].path.rename(moved)
    folders[1].path.symlink_to(moved)
    run(made)
    assert [True, True] == known(made)
    other_text(moved / "figures.csv")
    assert [True, False] == known(made)


def test_what_was_touched_a_moment_ago_is_read_again(made, monkeypatch):
    monkeypatch.setattr(ledger, "_MOMENT", 3600 * 10**9)
    run(made)
    assert [False, False] == known(made)


def test_a_link_that_leads_back_is_read_again_and_not_gone_round(made):
    folders, _ = made
    (folders[1].path / "again").symlink_to(folders[1].path)
    run(made)
    assert [True, False] == known(made)


@pytest.mark.parametrize(
    "touch",
    [
        lambda outputs, place: (outputs / "index.html").unlink(),
        lambda outputs, place: (outputs / "index.csv").write_text("mine"),
        lambda outputs, place: (place / "letter.docx").touch(),
        lambda outputs, place: other_text(place / "run.json"),
        lambda outputs, place: place.rename(place.with_name("2001")),
    ],
)
def test_the_index_is_written_again_where_anything_it_shows_was_touched(made, touch, monkeypatch):
    folders, shelf = made
    noted = Ledger(shelf.outputs, MACHINERY)
    noted.renew_index(shelf.index)
    noted.keep()
    written: list[str] = []
    Ledger(shelf.outputs, MACHINERY).renew_index(lambda: written.append("untouched"))
    touch(shelf.outputs, shelf.place(folders[1]))
    Ledger(shelf.outputs, MACHINERY).renew_index(lambda: written.append("touched"))
    assert ["touched"] == written


def test_other_code_knows_nothing_of_what_this_one_found(made):
    folders, shelf = made
    run(made)
    other = Ledger(shelf.outputs, {**inputs.everything(), "": "other code"})
    written: list[str] = []
    other.renew_index(lambda: written.append("index"))
    assert other.found(folders[0]) is None and ["index"] == written


@pytest.mark.parametrize("content", ["", "[]", "{", '{"machinery": 1}', "null", "[" * 100_000])
def test_a_ledger_that_cannot_be_read_is_none(made, content):
    run(made)
    _, shelf = made
    (shelf.outputs / "store" / ledger.NAME).write_text(content, encoding="utf-8")
    assert [False, False] == known(made) and 2 == run(made).skipped and [True, True] == known(made)


def test_a_ledger_that_cannot_be_written_is_none(made):
    folders, shelf = made
    (shelf.outputs / "store").write_text("in its place")
    assert 2 == run(made).skipped and [False, False] == known(made)
