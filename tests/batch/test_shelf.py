"""Nothing is lost: outputs are kept apart from inputs, and of what stands in the outputs only a run's own files are replaced."""

import json
import os

import pytest

from helpers import cli
from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.paths import Folder
from helpers.batch import batch
from helpers.batch.shelf import FILES, Shelf
from helpers.disclosure import folders
from helpers.sample import sample


@pytest.fixture
def data(tmp_path):
    sample.create(tmp_path / "data", 1, range(2023, 2024), seed=1)
    return tmp_path / "data"


def content(place):
    return {
        str(p.relative_to(place)): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()
    }


@pytest.mark.parametrize(
    "outputs",
    [
        "data",
        "data/departments",
        "data/departments/office",
        "data/reports",
        ".",
        "data/../data",
        "link",
        "link/departments",
        "data/out/../departments",
    ],
)
def test_outputs_that_are_hold_or_lie_in_the_inputs_are_refused_before_anything_happens(
    data, outputs, capsys
):
    (data.parent / "link").symlink_to(data)
    before = content(data)
    status = cli.main(["run", "--data", str(data), "--outputs", str(data.parent / outputs)])
    assert cli.NOT_UNDERSTOOD == status and "什么都没有做" in capsys.readouterr().err
    assert before == content(data)


@pytest.mark.parametrize(
    "one, other",
    [
        ("local://{0}/data", "{0}/data/departments"),
        ("{0}/data", "file://{0}/data/out"),
        ("local://{0}/data", "local://{0}"),
    ],
)
def test_an_address_of_the_same_place_is_refused_too(data, one, other, capsys):
    status = cli.main(
        ["run", "--data", one.format(data.parent), "--outputs", other.format(data.parent)]
    )
    assert cli.NOT_UNDERSTOOD == status and "什么都没有做" in capsys.readouterr().err


@pytest.mark.parametrize(
    "one, other",
    [
        ("memory://bucket/data", "memory://bucket/data/out"),
        ("memory://bucket", "memory://bucket/out"),
    ],
)
def test_a_store_that_holds_both_in_one_place_is_refused(one, other, capsys):
    assert cli.NOT_UNDERSTOOD == cli.main(["run", "--data", one, "--outputs", other])
    assert "什么都没有做" in capsys.readouterr().err


@pytest.mark.parametrize("linked", ["department", "year"])
def test_an_output_folder_that_links_to_its_input_is_refused(data, linked, capsys):
    [folder] = folders.there(data)
    outputs = data.parent / "outputs"
    place = (
        outputs / folder.department
        if linked == "department"
        else outputs / folder.department / "2023"
    )
    place.parent.mkdir(parents=True)
    place.symlink_to(folder.path.parent if linked == "department" else folder.path)
    before = content(data)
    assert cli.NOT_UNDERSTOOD == cli.main(["run", "--data", str(data), "--outputs", str(outputs)])
    assert "由链接连在一处" in capsys.readouterr().err and before == content(data)


@pytest.mark.parametrize("linked", ["departments", "department", "year"])
@pytest.mark.parametrize("above", [0, 1])
def test_outputs_where_a_link_leads_to_the_inputs_are_refused(data, linked, above, capsys):
    [folder] = folders.there(data)
    link = {
        "departments": data / "departments",
        "department": folder.path.parent,
        "year": folder.path,
    }[linked]
    real = data.parent / "elsewhere" / "inner" / link.name
    real.parent.mkdir(parents=True)
    link.rename(real)
    link.symlink_to(real)
    before = content(data.parent)
    outputs = (real, real.parent)[above]
    assert cli.NOT_UNDERSTOOD == cli.main(["run", "--data", str(data), "--outputs", str(outputs)])
    assert "由链接连在一处" in capsys.readouterr().err and before == content(data.parent)


def test_places_whose_names_only_begin_alike_are_apart(tmp_path):
    assert not folders.overlap(str(tmp_path / "data"), str(tmp_path / "data-reports"))


def test_what_somebody_put_beside_a_report_stays_when_the_report_is_made_anew(tmp_path):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    for words, status in (("old", "failed"), ("new", "ok")):
        made = tmp_path / words
        made.mkdir()
        (made / "report.html").write_text(words, encoding="utf-8")
        (made / "run.json").write_text(json.dumps({"status": status}), encoding="utf-8")
        if words == "old":
            (made / "failure.log").write_text("log", encoding="utf-8")
        shelf.put(folder, made)
        place = shelf.place(folder)
        if words == "old":
            (place / "批注.docx").write_bytes(b"note")
            (place / "往来" / "一").mkdir(parents=True)
            (place / "往来" / "一" / "信.txt").write_bytes(b"letter")
            (place / "link").symlink_to("nowhere")
    assert {"report.html", "run.json", "批注.docx", "往来", "link"} == {
        p.name for p in place.iterdir()
    }
    assert "new" == (place / "report.html").read_text(encoding="utf-8")
    assert (
        b"note" == (place / "批注.docx").read_bytes()
        and b"letter" == (place / "往来" / "一" / "信.txt").read_bytes()
    )
    assert "nowhere" == os.readlink(place / "link")


def finished(place, status: str = "ok"):
    """Return a folder with a report's files, as a run leaves it."""
    place.mkdir()
    for name in FILES:
        (place / name).write_text("new", encoding="utf-8")
    (place / "run.json").write_text(json.dumps({"status": status}), encoding="utf-8")
    return place


@pytest.mark.parametrize("where", ["office", "office/2023"])
def test_somebodys_file_in_a_reports_place_is_told_and_stays(tmp_path, where):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    own = tmp_path / "outputs" / where
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match=f"^{own}：这里放着一个文件，不是运行写出的，没有动它"):
        shelf.put(folder, finished(tmp_path / "made"))
    with pytest.raises(DataError, match="这里放着一个文件"):
        shelf.fail(folder, tmp_path / "made" / "run.json", tmp_path / "made.log")
    assert "mine" == own.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_somebodys_folder_called_as_a_file_of_the_report_is_told_and_stays(tmp_path, name):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    own = shelf.place(folder) / name
    own.mkdir(parents=True)
    (own / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match=f"^{own}：这里放着一个文件夹，不是运行写出的，没有动它"):
        shelf.put(folder, finished(tmp_path / "made"))
    assert {f"{name}/note.txt": b"mine"} == content(shelf.place(folder))


def test_somebodys_folder_called_as_the_log_of_a_failure_is_told_and_stays(tmp_path):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    shelf.put(folder, finished(tmp_path / "made", status="failed"))
    own = shelf.place(folder) / "failure.log"
    own.mkdir()
    (own / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="这里放着一个文件夹"):
        shelf.put(folder, finished(tmp_path / "again"))
    with pytest.raises(DataError, match="这里放着一个文件夹"):
        shelf.fail(folder, tmp_path / "again" / "run.json", tmp_path / "again.log")
    assert b"mine" == (own / "note.txt").read_bytes()


def test_a_plain_file_called_as_one_of_the_report_is_replaced(tmp_path):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    shelf.place(folder).mkdir(parents=True)
    (shelf.place(folder) / "report.html").write_text("mine", encoding="utf-8")
    shelf.put(folder, finished(tmp_path / "made"))
    assert "new" == (shelf.place(folder) / "report.html").read_text(encoding="utf-8")


def test_a_folder_is_no_file_of_a_report(tmp_path):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    shelf.put(folder, finished(tmp_path / "made"))
    (shelf.place(folder) / "report.html").unlink()
    (shelf.place(folder) / "report.html").mkdir()
    assert {*FILES} - {"report.html"} == shelf.names(folder)


def test_a_log_that_no_failure_left_is_somebodys_own(tmp_path):
    shelf, folder = Shelf(tmp_path / "outputs"), Folder(tmp_path, "office", 2023)
    shelf.place(folder).mkdir(parents=True)
    own = shelf.place(folder) / "failure.log"
    own.write_text("mine", encoding="utf-8")
    for words in ("one", "two"):
        (tmp_path / words).mkdir()
        (tmp_path / words / "run.json").write_text('{"status": "ok"}', encoding="utf-8")
        shelf.put(folder, tmp_path / words)
    assert "mine" == own.read_text(encoding="utf-8")


def test_a_note_is_copied_where_the_file_system_has_no_links(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    test_what_somebody_put_beside_a_report_stays_when_the_report_is_made_anew(tmp_path)


def test_what_a_killed_batch_left_is_cleared_though_nothing_is_to_be_made(tmp_path):
    left = tmp_path / "outputs" / ".making-dead"
    left.mkdir(parents=True)
    (left.parent / ".making-dead.lock").touch()
    batch.run([], Shelf(tmp_path / "outputs"), batch.Plan(quiet=True))
    assert [] == list((tmp_path / "outputs").glob(".making*"))


# What a report is made from


def test_a_linked_folder_of_what_was_published_is_an_input(data, tmp_path):
    [folder] = folders.there(data)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "narrative.txt").write_text("一", encoding="utf-8")
    (folder.path / "published").symlink_to(tmp_path / "kept")
    assert f"departments/{folder.department}/2023/published/narrative.txt" in folder.inputs()


@pytest.mark.parametrize("target", ["..", ".", "../2023"])
def test_a_link_that_leads_back_is_not_followed_for_ever(data, target):
    [folder] = folders.there(data)
    (folder.path / "back").symlink_to(target)
    assert 3 >= sum(name.endswith("figures.csv") for name in folder.inputs())


def test_a_folder_with_more_files_than_a_department_has_is_refused(data, monkeypatch):
    [folder] = folders.there(data)
    monkeypatch.setattr(paths, "MOST_FILES", 1)
    with pytest.raises(paths.DataError, match="2023：文件太多，超过 1 个"):
        folder.inputs()


def test_a_file_whose_name_is_no_text_is_an_input_that_json_can_name(data):
    [folder] = folders.there(data)
    os.close(os.open(os.fsencode(folder.path) + b"/\xb1\xed.txt", os.O_CREAT))
    assert any(name.endswith("\\udcb1\\udced.txt") for name in folder.inputs())


def test_what_an_editor_lays_beside_an_open_file_is_neither_an_input_nor_unread(data):
    [folder] = folders.there(data)
    published = folder.path / "published"
    (published / "old").mkdir(parents=True)
    before = folder.inputs()
    for name in ("~$rrative.docx", "~WRL0001.tmp", ".~lock.tables.xlsx#", ".DS_Store"):
        (published / name).touch()
    (folder.path / ".~lock.figures.csv#").touch()
    (folder.path / ".ipynb_checkpoints").mkdir()
    (folder.path / ".ipynb_checkpoints" / "figures.csv").touch()
    assert before == folder.inputs()
    assert ["old"] == folder.unread()
    (published / "公开.pdf").touch()
    assert 1 == len(folder.inputs()) - len(before)
    assert ["old", "公开.pdf"] == folder.unread()
