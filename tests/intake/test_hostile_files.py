"""Hostile documents imported: each ends within its bounds, in one line that names it, and leaves nothing behind."""

import contextlib
import io
import shutil

import pytest
from hostile.of_books import workbooks
from hostile.of_documents import documents

from helpers import cli

PLAIN = b"PK\x03\x04"  # what a spoiler finds in the place of the file that it spoils
NAMES = """
pdf-empty pdf-random pdf-locked pdf-deep-arrays pdf-deep-states pdf-all-scanned pdf-truncated pdf-10000-pages
pdf-a-million-lines docx-empty docx-entity-bomb docx-a-long-line docx-nested-tables docx-swollen ods-a-docx
html-in-no-coding html-spans html-nested-tables html-a-million-cells text-docx-a-long-line
old-book-random old-book-header-and-garbage old-book-stream-of-garbage old-book-corners old-book-encrypted
""".split()
BOOKS = """
empty not-a-zip random evil-names evil-target encrypted said-sizes a-document an-old-one no-sheets
entity-bomb-in-strings entity-bomb-in-workbook hidden markup-name two-corners a-million-rows a-string-of-400-mb
""".split()


def chosen():
    some = {one.name: one for one in (*documents(), *workbooks())}
    wanted = [*NAMES, *(f"book-{name}" for name in BOOKS)]
    return [some[name] for name in wanted]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The names of the departments that were made of a district of hostile files, and what was said of the others."""
    place = tmp_path_factory.mktemp("hostile")
    district = place / "district"
    for one in chosen():
        spoilt = district / f"{one.name} 2023"
        (spoilt / "published").mkdir(parents=True)
        (spoilt / "published" / "tables.xlsx").write_bytes(PLAIN)
        (spoilt / "published" / "narrative.txt").write_bytes(PLAIN)
        one.spoil(spoilt)
        for file in (spoilt / "published").iterdir():
            if file.read_bytes() == PLAIN:
                file.unlink()
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = cli.main(["import", str(district), "--data", str(place / "data"), "--quiet"])
    made = {p.name for p in (place / "data" / "departments").iterdir()}
    shutil.rmtree(district)
    return status, made, said.getvalue().splitlines(), place / "data"


@pytest.mark.parametrize("name", [one.name for one in chosen()])
def test_a_hostile_file_is_refused_in_one_line_and_leaves_nothing(imported, name):
    status, made, said, data = imported
    assert (3, False) == (status, name in made)
    (line,) = [line for line in said if line.startswith(f"{name}/2023：")]
    assert len(line) < 500 and "Traceback" not in line and "程序出错" not in line


def test_nothing_but_folders_is_left(imported):
    assert [] == [p for p in imported[3].rglob("*") if p.is_file()]
