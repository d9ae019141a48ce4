"""A published file of any kind: opened by what it is, refused by its name with what to do."""

import os

import printed_as
import pytest
from books import Sheet, xlsx
from docx import Document
from papers import box, docx, p, pdf, text
from work import counted

from helpers.basics.errors import DataError
from helpers.basics.paths import Folder
from helpers.published import documents, office, published

NAME = "office/2023/published/narrative"
WORDS = "本年收入合计1014.50万元。"


def laid(place, name: str, content: bytes):
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "name, content",
    [
        ("narrative.txt", WORDS.encode()),
        ("narrative.html", f"<p>{WORDS}</p>".encode()),
        ("narrative.htm", f"<p>{WORDS}</p>".encode()),
        ("narrative.docx", docx(p(WORDS))),
        ("narrative.wps", docx(p(WORDS))),
    ],
)
def test_a_text_is_read_from_files_of_every_kind(tmp_path, name, content):
    assert [WORDS] == [
        line.text for line in documents.read(laid(tmp_path, name, content), name).lines
    ]


def test_a_document_comes_through_another_process_as_it_was_read(tmp_path):
    content = pdf(
        box(100, 600, 200, 20) + box(300, 600, 100, 20) + text(110, 605, "A") + text(10, 700, "B")
    )
    document = documents.read(laid(tmp_path, "x.pdf", content), "x.pdf")
    assert (["B"], [(("A", ""),)]) == (
        [line.text for line in document.lines],
        [grid.rows for grid in document.grids],
    )
    assert ("B",) == document.grids[0].above


def test_a_kind_that_nobody_knows_is_refused_by_name(tmp_path):
    with pytest.raises(DataError, match=r"不认识的文件种类「.rar」，应为xlsx、xls"):
        documents.read(laid(tmp_path, "x.rar", b"x"), NAME)


@pytest.mark.parametrize("kind", [".doc", ".wps"])
def test_without_libreoffice_an_old_document_is_refused_with_what_to_do(
    tmp_path, monkeypatch, kind
):
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    with pytest.raises(
        DataError, match=f"装了 LibreOffice 才能读 {kind}，应为在 Word 或 WPS 里另存的 docx"
    ):
        documents.read(laid(tmp_path, f"x{kind}", b"\xd0\xcf\x11\xe0" + bytes(600)), NAME)


def test_libreoffice_that_does_not_end_is_ended(tmp_path, monkeypatch):
    slow = laid(tmp_path, "soffice", f"#!/bin/sh\necho $$ > {tmp_path}/its\nsleep 600\n".encode())
    slow.chmod(0o755)
    monkeypatch.setattr(office, "SECONDS", 2)
    monkeypatch.setattr(office.shutil, "which", lambda name: str(slow))
    with pytest.raises(DataError, match="还没有读完"):
        documents.read(laid(tmp_path, "x.doc", bytes(600)), NAME)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "its").read_text(encoding="utf-8")), 0)


def test_libreoffice_gives_the_text_of_an_old_document(tmp_path, monkeypatch):
    made = laid(tmp_path, "made.docx", docx(p(WORDS)))
    script = f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\ncp {made} "$2/given.docx"\n'
    stands_in = laid(tmp_path, "soffice", script.encode())
    stands_in.chmod(0o755)
    monkeypatch.setattr(office.shutil, "which", lambda name: str(stands_in))
    assert [WORDS] == [
        line.text for line in documents.read(laid(tmp_path, "x.doc", bytes(600)), NAME).lines
    ]


# A folder of what was published


def folder(tmp_path, *files: tuple[str, bytes]) -> Folder:
    there = Folder(tmp_path, "office", 2023)
    for name, content in files:
        laid(there.path / "published", name, content)
    return there


@pytest.mark.skipif(
    not printed_as.SOFFICE, reason="no LibreOffice here: apt-get install libreoffice-writer"
)
@pytest.mark.parametrize("kind", [".doc", ".wps"])
def test_a_real_old_document_is_read(tmp_path, kind):
    """One that LibreOffice itself made; a .wps is one of another name."""
    written, new = Document(), tmp_path / "given.docx"
    for line in ("一、收入支出决算总体情况说明", "收支总计5.2万元。"):
        written.add_paragraph(line)
    written.save(str(new))
    old = printed_as.turned(new, "doc", tmp_path).rename(tmp_path / f"narrative{kind}")
    assert old.read_bytes()[:2] != b"PK"
    assert ["一、收入支出决算总体情况说明", "收支总计5.2万元。"] == [
        line.text for line in documents.read(old, NAME).lines
    ]


@pytest.mark.parametrize(
    "kept, narrative, tables, unread",
    [
        ([], "narrative.txt", None, []),
        (["narrative.docx", "tables.ods"], "narrative.docx", "tables.ods", []),
        (["disclosure.pdf"], "disclosure.pdf", "disclosure.pdf", []),
        (["disclosure.pdf", "tables.xlsx"], "disclosure.pdf", "tables.xlsx", []),
        (["narrative.txt", "narrative.pdf"], "narrative.txt", None, ["narrative.pdf"]),
        (["决算公开.pdf"], "narrative.txt", None, ["决算公开.pdf"]),
    ],
)
def test_one_file_is_the_text_and_one_the_tables_and_every_other_is_told(
    tmp_path, kept, narrative, tables, unread
):
    there = folder(tmp_path, *((name, b"x") for name in kept))
    assert narrative == there.narrative.name
    assert tables == (there.workbook.name if there.workbook else None)
    if kept:
        assert unread == there.unread()


def test_a_narrative_knows_the_place_of_each_line(tmp_path):
    there = folder(tmp_path, ("narrative.docx", docx(p("甲") + p("乙"))))
    narrative = published.read(there)
    assert ("甲\n乙\n", ("第 1 段", "第 2 段")) == (narrative.text, narrative.places)
    assert "office/2023/published/narrative.docx" == narrative.name


@pytest.mark.parametrize(
    "written, read",
    [
        (
            [
                "某局",
                "目 录",
                "第一部分 概况……3",
                "一、职能",
                "第一部分概况",
                "一、职能",
                "本局管事。",
            ],
            ["某局", "第一部分概况", "一、职能", "本局管事。"],
        ),
        (["目录", "第一部分概况", "一、职能"], ["目录", "第一部分概况", "一、职能"]),
        (["目录"], ["目录"]),
        (["某局", "本局管事。"], ["某局", "本局管事。"]),
    ],
)
def test_the_contents_page_is_no_text(tmp_path, written, read):
    there = folder(tmp_path, ("narrative.docx", docx("".join(map(p, written)))))
    narrative = published.read(there)
    assert (read, len(read)) == (narrative.text.splitlines(), len(narrative.places))


# Hostile ones: bounded in time and memory, told in one line


@pytest.mark.parametrize(
    "name, content",
    [
        ("x.pdf", b"%PDF-1.4\n" + b"[" * 1_000_000),
        ("x.pdf", pdf(b"q " * 2_000_000)),
        ("x.pdf", pdf(*[b""] * 2000)),
        ("x.pdf", b""),
        ("x.html", b"<table><tr><td>" * 20_000),
        ("x.html", b"<td>" * 1_000_000),
        ("x.ods", b"PK\x03\x04"),
        ("x.ods", docx(p("x"))),
    ],
    ids=[
        "deep arrays",
        "deep states",
        "many pages",
        "empty",
        "nested tables",
        "many cells",
        "no zip",
        "no ods",
    ],
)
def test_a_hostile_file_is_read_or_refused_with_little_work(tmp_path, name, content):
    with counted() as calls:
        try:
            documents.read(laid(tmp_path, name, content), name)
        except DataError as error:
            assert str(error).startswith(name) and "\n" not in str(error)
    assert calls[0] < 100_000


def test_operators_without_end_are_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.basics.apart.SECONDS", 3)
    content = pdf(b"0 0 m 1 1 l S\n" * 1_000_000)
    with pytest.raises(DataError, match="x.pdf"):
        documents.read(laid(tmp_path, "x.pdf", content), "x.pdf")


def test_an_xlsx_of_another_name_is_read_by_what_it_is(tmp_path):
    path = xlsx([Sheet("甲", [["乙", 1.5]])], tmp_path / "tables.xls")
    (grid,) = documents.read(path, NAME).grids
    assert (("乙", "1.5"),) == grid.rows
