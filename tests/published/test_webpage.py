"""A web page read: lines end at block elements, tables are grids, nothing else is lost."""

import pytest

from helpers.basics.errors import DataError
from helpers.published import webpage

NAME = "office/2023/published/narrative.html"


def read(html: str, encoding: str = "utf-8"):
    return webpage.read(html.encode(encoding), NAME)


@pytest.mark.parametrize(
    "html, lines",
    [
        ("<p>支出<span>12</span><span>34.56</span>万元。</p>", ["支出1234.56万元。"]),
        ("<div>一<div>二</div>三</div>", ["一", "二", "三"]),
        ("<p>一<br>二<br/>三</p>", ["一", "二", "三"]),
        ("<p>收入\n  合计</p>", ["收入 合计"]),
        ("<script>var a = '9万元'</script><style>p{}</style><p>字</p>", ["字"]),
        ("<p>a&amp;b&nbsp;&#20803;</p>", ["a&b 元"]),
        ("<p>没有结束", ["没有结束"]),
        ("<p>支出54.61<sup>1</sup>万元，2.5×10<sup>-3</sup></p>", ["支出54.61万元，2.5×10-3"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<title>标题</title><nav>首页</nav><footer>版权2023</footer>", ["首页", "版权2023"]),
    ],
)
def test_a_line_ends_where_a_block_ends(html, lines):
    assert lines == [line.text for line in read(html).lines]


def test_a_table_is_a_grid_with_its_spans():
    html = (
        "<h2>支出决算表</h2><table><tr><th colspan=2>支出</th><th rowspan=2>合计</th></tr>"
        "<tr><td>基本支出<td>项目支出</tr><tr><td>1.00<td>2.00<td>3.00</tr></table><p>注：无</p>"
    )
    (grid,) = read(html).grids
    assert (
        ("支出", "", "合计"),
        ("基本支出", "项目支出", ""),
        ("1.00", "2.00", "3.00"),
    ) == grid.rows
    assert (("支出", "支出", "合计"), ("基本支出", "项目支出", "合计")) == grid.merged[:2]
    assert (("支出决算表",), ("注：无",)) == (grid.above, grid.below)


def test_a_frame_round_the_page_is_no_table():
    html = "<table><tr><td><p>文字</p><table><tr><td>甲<td>1.00</tr></table><p>末尾</p></td></tr></table>"
    document = read(html)
    assert ["文字", "末尾"] == [line.text for line in document.lines]
    assert [(("甲", "1.00"),)] == [grid.rows for grid in document.grids]


@pytest.mark.parametrize(
    "encoding, said", [("gb18030", "gb2312"), ("utf-8", "utf-8"), ("gbk", ""), ("gbk", "undefined")]
)
def test_the_encoding_is_what_the_page_says_or_what_fits(encoding, said):
    meta = f'<meta charset="{said}">' if said else ""
    assert ["决算"] == [line.text for line in read(f"{meta}<p>决算</p>", encoding).lines]


@pytest.mark.parametrize(
    "html", ["<table><tr><td>" * 100, "<td colspan=999 rowspan=999>x" * 3, "<div>" * 200_000]
)
def test_a_page_that_nests_or_spans_without_end_is_read_or_refused(html):
    try:
        read(f"<table><tr>{html}" if html.startswith("<td") else html)
    except DataError as error:
        assert str(error).startswith(NAME)
