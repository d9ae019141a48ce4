"""A workbook is looked through before a library opens it, and one that cannot be looked through is read apart."""

import io
import os
import signal
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest

from helpers.basics import apart, forking
from helpers.basics.errors import DataError, trace
from helpers.published import package, printed
from helpers.published.grid import Document

NAME = "office/2023/published/tables.xlsx"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = '<c r="{0}"><v>1</v></c>'


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(sheet: str = "", part: str = "xl/worksheets/sheet1.xml", **parts: str | bytes) -> bytes:
    """Return a workbook with one sheet of this XML in this part, and further parts by name."""
    packed = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="01 收支" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(f"/{part}"),
        part: f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in packed.items():
            written.writestr(name, content)
    return out.getvalue()


def related(target: str) -> str:
    return f'<Relationships><Relationship Id="a" Target="{target}"/></Relationships>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">' + "".join(map(CELL.format, cells)) + "</row>"


@pytest.mark.parametrize(
    "sheet",
    [
        row(1, "A1", "B1") + row(2, "A2"),
        "<row><c><v>1</v></c><c><v>2</v></c></row>",
        '<x:row xmlns:x="urn:x" r="1"><x:c r="A1"/></x:row>',
        row(20_000, "A20000"),
        row(1, "ALL1"),
    ],
    ids=["plain", "without places", "with a prefix", "the last row", "the last column"],
)
def test_an_ordinary_workbook_passes(sheet):
    package.look_through(book(sheet), NAME)


@pytest.mark.parametrize(
    "content, said",
    [
        (
            book(row(1, "A1") + row(1_048_576, "XFD1048576")),
            "1048576 行 16384 列，超过 20000 行 1000 列",
        ),
        (book(row(1, "A1", "XFD1")), "1 行 16384 列"),
        (book("<row><c r='A1'/><c r = '&#88;FD1'/></row>"), "16384 列"),
        (book(row(20_001)), "20001 行"),
        (book("<row/>" * 20_001), "20001 行"),
        (book("<row>" + "<c/>" * 1_001 + "</row>"), "1001 列"),
        (book(row(20_000, "ALL20000")), "超过 2000000 格"),
        (book(row(1, "A2")), "格的位置「A2」不对"),
        (book(row(1, "a1")), "格的位置「a1」不对"),
        (book('<row r="0"/>'), "行号「0」不对"),
        (book('<row r="-1"/>'), "行号「-1」不对"),
        (book('<row r="99999999999"/>'), "行号「99999999999」不对"),
        (
            book(**{"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}),
            "有文档类型声明",
        ),
        (
            book(**{"xl/sharedStrings.xml": "<sst>" + "a" * (65 << 20) + "</sst>"}),
            "展开后有|一格有超过 32767 个字",
        ),
        (
            book(**{"xl/sharedStrings.xml": f"<sst><si><t>{'甲' * 32_768}</t></si></sst>"}),
            "一格有超过 32767 个字",
        ),
        (book(**{"xl/styles.xml": "<a>" + "b" * (65 << 20) + "</a>"}), "展开后有"),
        (
            book(
                **{
                    f"xl/media/{n}.xml": f"<a>{'0123456789abcdef' * 2_000_000}</a>"
                    for n in range(8)
                }
            ),
            "展开后",
        ),
        (book(**{f"p{n}": "" for n in range(2_001)}), "个部件"),
        (book(**{"../evil": "x"}), "部件名「../evil」不妥"),
        (book(**{"XL/Workbook.xml": "<workbook/>"}), "里面有两个同名的部件"),
        (book(**{"xl/workbook.xml": "<workbook/>"}), "里面没有工作表"),
        (book(**{"xl/_rels/workbook.xml.rels": "<Relationships/>"}), "工作表「01 收支」不在文件里"),
        (book("<row>"), "不是能读的工作簿"),
        (book(**{"xl/styles.xml": "<a"}), "不是能读的工作簿"),
        (book()[:-30], "不是能读的工作簿"),
        (b"", "不是能读的工作簿"),
        (b"PK\x03\x04", "不是能读的工作簿"),
        (b"<html>", "不是能读的工作簿"),
    ],
    ids=range(28),
)
def test_a_workbook_that_would_swell_or_is_none_is_refused_by_name(content, said):
    with pytest.raises(DataError) as refused:
        package.look_through(content, NAME)
    assert str(refused.value).startswith(NAME)
    assert any(words in str(refused.value) for words in said.split("|"))


FAR = row(1, "A1") + row(1_048_576, "XFD1048576")


@pytest.mark.parametrize(
    "part", ["xl/tabs/a.xml", "tabs/A.XML", "xl/worksheets/a.dat", "xl/sharedStrings/a.xml"]
)
def test_a_sheet_is_found_whatever_its_part_is_called(part):
    package.look_through(book(row(1, "A1"), part), NAME)
    with pytest.raises(DataError, match=f"{NAME} 里的工作表「01 收支」：有 1048576 行"):
        package.look_through(book(FAR, part), NAME)
    formula = '<row r="1"><c r="A1"><f>1+1</f></c></row>'
    assert {part: "01 收支"} == package.look_through(book(formula, part), NAME)


@pytest.mark.parametrize(
    "target", ["tabs/none.xml", "../xl/worksheets/sheet1.xml", "workbook.xml", "sharedStrings.xml"]
)
def test_a_sheet_that_is_in_no_part_of_its_own_is_refused(target):
    relations = {"xl/_rels/workbook.xml.rels": related(target), "xl/sharedStrings.xml": "<sst/>"}
    with pytest.raises(DataError, match="工作表「01 收支」不在文件里"):
        package.look_through(book(row(1, "A1"), **relations), NAME)


def test_another_kind_of_package_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        written.writestr("word/document.xml", "<document/>")
    with pytest.raises(DataError, match="不是 xlsx 工作簿"):
        package.look_through(out.getvalue(), NAME)


def test_an_encrypted_part_is_refused():
    content = bytearray(book(row(1, "A1")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(signature, at + 4)
    with pytest.raises(DataError, match="加了密"):
        package.look_through(bytes(content), NAME)


# Read apart


def kills_itself(content: bytes, name: str):
    os.kill(os.getpid(), signal.SIGABRT)


def hoards(content: bytes, name: str):
    return bytearray(apart.MEMORY + (64 << 20))


def sleeps(content: bytes, name: str):
    time.sleep(60)


def refuses(content: bytes, name: str):
    raise DataError(name, "不对", "别的")


def errs(content: bytes, name: str):
    raise KeyError("没有想到")


def echoes(content: bytes, name: str):
    return [content.decode(), name]


def is_left_alone(content: bytes, name: str):
    """Return what is open besides the standard streams and this list, and what an interrupt does."""
    opened = {int(one) for one in os.listdir("/proc/self/fd")} - {0, 1, 2}
    return len(opened) - 1, signal.getsignal(signal.SIGINT) is signal.SIG_DFL


def copies_may_be_read(content: bytes, name: str):
    """Return what a copy of this process began with."""
    return BEGUN


BEGUN = []  # what only a copy of this process can know


@pytest.fixture(params=["forked", "started"])
def apart_here(monkeypatch, request):
    """Something that has a reader of this room read, in a copy of this process or in one started anew."""
    if request.param == "started":
        monkeypatch.setattr(forking, "can_fork", lambda: False)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    return lambda reader: apart.call(f"test_package:{reader.__name__}", "甲".encode(), NAME, "xlsx")


def test_a_reader_apart_answers(apart_here):
    assert ["甲", NAME] == apart_here(echoes)


def test_a_copy_reads_where_this_process_may_be_copied(monkeypatch):
    monkeypatch.setattr(sys.modules["test_package"], "BEGUN", ["here"])
    read = partial(apart.call, f"test_package:{copies_may_be_read.__name__}", b"", NAME, "xlsx")
    assert ["here"] == read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forking, "can_fork", lambda: False)
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        assert [] == read()


def test_a_copy_has_nothing_open_and_takes_no_signal_for_itself(tmp_path):
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with open(tmp_path / "other", "w"):
            told = apart.call(f"test_package:{is_left_alone.__name__}", b"", NAME, "xlsx")
    finally:
        signal.signal(signal.SIGINT, before)
    assert [0, True] == told


def test_an_interrupt_ends_a_copy_too(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupted)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            apart.call(f"test_package:{sleeps.__name__}", b"", NAME, "xlsx")
    finally:
        signal.signal(signal.SIGALRM, before)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    "reader, said",
    [
        (kills_itself, "文件太大或已损坏，没有读"),
        (hoards, "文件太大或已损坏，没有读"),
        (refuses, "不对，应为别的"),
    ],
)
def test_a_reader_that_dies_is_told_by_the_name_of_the_file(apart_here, reader, said):
    with pytest.raises(DataError) as refused:
        apart_here(reader)
    assert str(refused.value).startswith(NAME)
    assert any(words in str(refused.value) for words in said.split("|"))


@pytest.mark.parametrize("wanted", [False, True])
def test_an_error_of_a_reader_is_told_with_its_call_stack_where_that_is_asked_for(
    apart_here, wanted
):
    trace(wanted)
    try:
        with pytest.raises(DataError, match="文件太大或已损坏，没有读") as refused:
            apart_here(errs)
    finally:
        trace(False)
    assert wanted == ("KeyError: '没有想到'" in str(refused.value))


def test_a_reader_that_does_not_end_is_stopped(monkeypatch, apart_here):
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(DataError, match="读了 1 秒还没有读完"):
        apart_here(sleeps)


def test_a_workbook_of_the_old_kind_is_read_apart(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        apart,
        "call",
        lambda reader, content, name, expected: asked.append((reader, name)) or Document().plain(),
    )
    path = tmp_path / "tables.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600)
    assert {} == printed.read(path, NAME, [])
    assert [("helpers.published.sheets:read", NAME)] == asked


def test_a_broken_workbook_of_the_old_kind_is_refused_by_name(tmp_path):
    path = tmp_path / "tables.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 40)
    with pytest.raises(DataError, match=NAME):
        printed.read(path, NAME, [])
