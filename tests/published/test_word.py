"""A docx read from its XML: what Word counts, inserts, deletes, boxes and lays out, each as a reader sees it."""

import pytest
from papers import W, docx, p, tc, tr
from work import counted

from helpers.basics.errors import DataError
from helpers.published import documents, package, word

NAME = "office/2023/published/narrative.docx"


def lines(body: str, **parts: str) -> list[str]:
    return [line.text for line in word.read(docx(body, **parts), NAME).lines]


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    said = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{said}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}</w:numbering>'
    )


def numbered(words: str, level: int = 0, number: int = 1) -> str:
    said = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(words, properties=said)


def test_a_number_that_stands_in_several_runs_is_one():
    assert ["支出1234.56万元。"] == lines(p("支出12", "34", ".56万元。"))


def test_the_numbers_that_word_counts_are_written():
    levels = numbering(
        ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")
    )
    body = (
        numbered("收入")
        + numbered("总体", 1)
        + numbered("甲", 2)
        + numbered("乙", 2)
        + numbered("支出")
        + numbered("总体", 1)
    )
    assert ["一、收入", "（一）总体", "1.甲", "2.乙", "二、支出", "（一）总体"] == lines(
        body, numbering=levels
    )


def test_a_list_may_begin_anew_and_a_style_may_number():
    afresh = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = p("甲", properties='<w:pStyle w:val="b"/>') + numbered("乙", number=2)
    assert ["1、甲", "5、乙"] == lines(
        body, numbering=numbering(("decimal", "%1、"), more=afresh), styles=styles
    )


@pytest.mark.parametrize("kind", ["bullet", "none"])
def test_a_mark_that_counts_nothing_is_left_out(kind):
    assert ["甲"] == lines(numbered("甲"), numbering=numbering((kind, "●")))


@pytest.mark.parametrize(
    "body, read",
    [
        (
            "<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>",
            ["增"],
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>",
            ["新"],
        ),
        (f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>", ["控件"]),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>", ["一", "二"]),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>",
            ["显"],
        ),
        (
            "<w:p><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r><w:r><w:t>目录</w:t></w:r></w:p>",
            ["目录"],
        ),
        (p("前半", properties="<w:rPr><w:del/></w:rPr>") + p("后半"), ["前半后半"]),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
            + p("框")
            + "</w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent>"
            + p("框")
            + "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>段</w:t></w:r></w:p>",
            ["段", "框"],
        ),
    ],
    ids=[
        "inserted",
        "moved",
        "in a control",
        "a soft break",
        "hidden",
        "a field",
        "an end deleted",
        "a text box",
    ],
)
def test_a_paragraph_is_read_as_it_is_seen(body, read):
    assert read == lines(body)


def test_a_table_is_a_grid_with_its_merged_cells_and_no_text():
    rows = (
        tr(tc("支出", '<w:gridSpan w:val="2"/>'), tc("合计", '<w:vMerge w:val="restart"/>'))
        + tr("基本支出", "项目支出", tc("", "<w:vMerge/>"))
        + tr("1.00", "2.00", "3.00")
    )
    document = word.read(docx(p("支出决算表") + f"<w:tbl>{rows}</w:tbl>" + p("注：无")), NAME)
    (grid,) = document.grids
    assert (
        ("支出", "", "合计"),
        ("基本支出", "项目支出", ""),
        ("1.00", "2.00", "3.00"),
    ) == grid.rows
    assert (("支出", "支出", "合计"), ("基本支出", "项目支出", "合计")) == grid.merged[:2]
    assert (("支出决算表",), ("注：无",)) == (grid.above, grid.below)
    assert ["支出决算表", "注：无"] == [line.text for line in document.lines]
    assert "第 1 张表第 3 行第 2 列" == grid.place(2, 1)


def test_a_frame_round_a_text_gives_its_text():
    document = word.read(
        docx(f"<w:tbl>{tr('本年收入1万元。')}{tr('本年支出2万元。')}</w:tbl>"), NAME
    )
    assert ((), ["本年收入1万元。", "本年支出2万元。"]) == (
        document.grids,
        [line.text for line in document.lines],
    )


def test_a_deleted_row_of_a_table_is_not_there():
    gone = tr("旧", "1").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    (grid,) = word.read(docx(f"<w:tbl>{tr('新', '2')}{gone}</w:tbl>"), NAME).grids
    assert (("新", "2"),) == grid.rows


# Hostile ones


@pytest.mark.parametrize(
    "content, said",
    [
        (docx("<w:p/>" + " " * (65 << 20)), "展开后有"),
        (docx("<w:tbl><w:tr><w:tc>" * 60_000 + "</w:tc></w:tr></w:tbl>" * 60_000), "docx"),
        (docx("").replace(b"word/document.xml", b"word/documenu.xml"), "不是 docx 文档"),
        (docx("<w:p>"), "不是能读的 docx 文档"),
        (docx("", numbering='<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "有文档类型声明"),
        (b"hello", "不是能读的 docx 文档"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "不是能读的 docx 文档"),
    ],
    ids=["swells", "nested", "another package", "broken", "entities", "none", "locked", "old"],
)
def test_a_docx_that_is_none_or_would_swell_is_refused_with_little_work(tmp_path, content, said):
    path = tmp_path / "narrative.docx"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused, counted() as calls:
        documents.read(path, NAME)
    assert str(refused.value).startswith(NAME) and said in str(refused.value)
    assert calls[0] < 10_000


def test_a_docx_passes_the_gate_as_a_docx_only():
    package.look_through(docx(p("x")), NAME, package.TEXT)
    with pytest.raises(DataError, match="不是 xlsx 工作簿"):
        package.look_through(docx(p("x")), NAME)


@pytest.mark.parametrize(
    ("before", "raised", "text"),
    [
        ("车辆4", ["1"], "车辆4辆"),
        ("车辆4", ["[", "1", "]"], "车辆4辆"),
        ("车辆4", ["th"], "车辆4th辆"),
        ("绿地1200m", ["2"], "绿地1200m2辆"),
        ("2.5×10", ["3"], "2.5×103辆"),
    ],
)
def test_a_raised_mark_that_leads_to_a_note_is_no_digit_of_the_number_before_it(
    before, raised, text
):
    marks = "".join(
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{one}</w:t></w:r>'
        for one in raised
    )
    said = f"<w:p><w:r><w:t>{before}</w:t></w:r>{marks}<w:r><w:t>辆</w:t></w:r></w:p>"
    assert [text] == lines(said)
