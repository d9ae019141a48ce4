"""The official charts: what they say, that they stay one another's neighbours in a page, and what they refuse."""

import gc
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import LAST_YEAR, Address
from helpers.basics.paths import Folder
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import charts as declared_charts
from helpers.edition import forms
from helpers.report import charts, lanes, sheet

EDITION, YEAR = "sichuan-2022", 2023
HEADER = "item,category,fund,function,nature,economic,project,basis,amount,unit"
CLASSES = "201 202 203 204 205 206 207 208 210 211 212 213 214 215 216 217 219 220 221 222 223 224 229 231 232 234".split()
NUMBERS = [f"图{n}" for n in range(1, 8)]
SVG = "{http://www.w3.org/2000/svg}"
THREE_PUBLIC = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")


@pytest.fixture
def tables(tmp_path):
    """Return a function that fills the forms from lines of figures.csv."""

    def filled(*lines: str) -> Tables:
        file = tmp_path / "figures.csv"
        file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return Tables(forms.load(EDITION), Accounts(figures.load(file, "figures.csv")), YEAR)

    return filled


@pytest.fixture(scope="module")
def real():
    folder = Folder(paths.DATA, "xiqu-government-office", YEAR)
    return Tables(forms.load(EDITION), Accounts(figures.load(folder.figures, "figures.csv")), YEAR)


def spending(amount, basis="决算", function="", fund="一般公共预算"):
    return f"支出,,{fund},{function},,,,{basis},{amount},万元"


def general(*amounts_by_class):
    return [spending(amount, function=code) for code, amount in amounts_by_class]


def draw(number, filled, **style) -> charts.Drawing:
    return charts.draw(declared_charts.load(EDITION)[number], filled, YEAR, **style)


def root(drawing):
    return ElementTree.fromstring(drawing.svg)


def words(drawing) -> list[str]:
    """Return what is written in a picture, piece by piece."""
    return [element.text for element in root(drawing).iter(f"{SVG}text")]


def boxes(drawing, colour: str) -> list[tuple[float, float]]:
    """Return width and height of every box of a colour."""
    found = []
    for path in root(drawing).iter(f"{SVG}path"):
        if f"fill: {colour}" in path.get("style"):
            for piece in path.get("d").split("M")[1:]:
                points = [float(n) for n in re.findall(r"-?\d+\.?\d*", piece)]
                found.append(
                    (max(points[::2]) - min(points[::2]), max(points[1::2]) - min(points[1::2]))
                )
    return found


def bars(drawing):
    return boxes(drawing, "#4c72b0")


def columns(drawing):
    return boxes(drawing, "#8c8c8c") + bars(drawing)


# What the real input's charts say


def test_the_edition_declares_the_seven_official_charts():
    assert NUMBERS == list(declared_charts.load(EDITION))


def test_a_chart_s_text_alternative_says_what_the_published_text_says(real):
    for number, said in {
        "图1": ["1014.51万元", "增加208.26万元，增长25.8%"],
        "图2": [
            "一般公共预算财政拨款收入939.98万元，占92.7%",
            "政府性基金预算财政拨款收入74.52万元，占7.3%",
        ],
        "图3": ["基本支出939.98万元，占92.7%", "项目支出74.52万元，占7.3%"],
        "图4": ["1014.51万元", "增加208.26万元，增长25.8%"],
        "图5": ["939.98万元", "增加208.33万元，增长28.5%"],
        "图6": ["一般公共服务支出663.69万元，占70.6%", "社会保障和就业支出136.65万元，占14.5%"],
    }.items():
        for phrase in said:
            assert phrase in draw(number, real).alt
    assert (
        "公务用车购置及运行维护费0.04万元，占36%；公务接待费0.07万元，占64%"
        in draw("图7", real, decimals=0).alt
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_in_a_picture_is_in_its_text_alternative(real, number):
    drawing = draw(number, real)
    numbers = [n for text in words(drawing) for n in re.findall(r"-?\d[\d.]*(?:万元|%|年度)", text)]
    assert numbers
    assert [] == [n for n in numbers if n not in drawing.alt]
    assert drawing.alt == root(drawing).get("aria-label")
    assert drawing.alt.startswith(f"{number} {drawing.title}：")


@pytest.mark.parametrize("number", NUMBERS)
def test_every_known_cell_of_a_chart_is_said_in_its_text_alternative(real, number):
    drawing = draw(number, real)
    assert drawing.cells
    assert len(set(drawing.cells)) == len(drawing.cells)
    for address in drawing.cells:
        amount = real.cell(address).amount
        assert f"{amount.value.normalize():f}万元" in drawing.alt


def test_a_change_names_the_cells_of_both_years(real):
    assert Address("01", "收入总计", "决算数") in draw("图1", real).cells
    assert Address("01", "收入总计", "决算数", LAST_YEAR) in draw("图1", real).cells


# Missing and zero


def test_a_missing_value_is_never_drawn_as_zero(tables):
    filled = tables(
        "三公经费,公务接待费,,,,,,,3,万元",
        "三公经费,因公出国（境）费,,,,,,,0,万元",
        "三公经费,,,,,,,,5,万元",
    )
    drawing = draw("图7", filled)
    assert "公务用车购置及运行维护费缺" in drawing.alt
    assert "○ 缺 ◇ 缺 ● 缺" in words(drawing)
    assert 1 == words(drawing).count("●")


def test_a_missing_last_year_is_said_and_not_compared_with(tables):
    drawing = draw("图5", tables(spending("60")))
    assert "60万元" in drawing.alt and "2022年度缺" in drawing.alt
    assert "上年数缺，不作比较" in words(drawing)
    assert "增" not in drawing.alt
    assert 1 == len(columns(drawing))


def test_a_missing_year_on_both_sides_is_said_once(tables):
    drawing = draw("图5", tables("三公经费,公务接待费,,,,,,,3,万元"))
    assert "本年数、上年数缺，不作比较" in words(drawing)
    assert [] == columns(drawing)


def test_a_structure_without_anything_is_one_line_and_no_bar(tables):
    drawing = draw("图7", tables(*(f"三公经费,{name},,,,,,,0,万元" for name in THREE_PUBLIC)))
    assert ["本年度无此项支出"] == words(drawing)
    assert [] == bars(drawing)
    assert "因公出国（境）费、公务用车购置及运行维护费、公务接待费均为0万元" in drawing.alt


def test_a_structure_of_unknown_parts_does_not_pass_for_an_empty_one(tables):
    drawing = draw("图6", tables(spending("60")))
    assert ["缺各组成部分的数"] == words(drawing)
    assert "60万元" in drawing.alt


def test_zero_parts_are_left_out_of_the_picture_but_named(tables):
    drawing = draw("图6", tables(*general(("201", "7"), ("205", "0"), ("206", "0"), ("208", "3"))))
    assert not {"教育支出", "科学技术支出"} & set(words(drawing))
    assert "教育支出、科学技术支出均为0万元" in drawing.alt
    assert 2 == len(bars(drawing))


# Changes


@pytest.mark.parametrize(
    "now, before, said",
    [
        ("120", "80", "比上年增加40万元，增长50%"),
        ("60", "80", "比上年减少20万元，下降25%"),
        ("80", "80", "与上年持平"),
        ("40", "0", "比上年增加40万元"),
        ("0", "80", "比上年减少80万元，下降100%"),
    ],
)
def test_a_change_is_said_in_the_picture(tables, now, before, said):
    drawing = draw("图5", tables(spending(now), spending(before, "上年决算")))
    assert said in words(drawing)
    assert drawing.alt.endswith(f"{said}。")


@pytest.mark.parametrize(
    "now, before, said",
    [
        ("5", "-3", "比上年增加8万元"),
        ("-5", "-3", "比上年减少2万元"),
        ("0", "-3", "比上年增加3万元"),
        ("-3", "-3", "与上年持平"),
        ("-1", "4", "比上年减少5万元，下降125%"),
        ("-5", "0", "比上年减少5万元"),
        ("-2.996", "-3", "与上年持平"),
        ("1", "0.5", "比上年增加0.5万元，增长100%"),
    ],
)
def test_a_change_has_a_rate_only_over_more_than_nothing(declared, tables, now, before, said):
    chart = declared(CHANGE.replace("01[收入总计, 决算数]", "01[年末结转和结余, 决算数]"))["图1"]
    carried = (
        f"结转结余,年末结转和结余,,,,,,{basis},{amount},万元"
        for basis, amount in (("", now), ("上年决算", before))
    )
    drawing = charts.draw(chart, tables(*carried), YEAR)
    assert said in words(drawing)
    assert drawing.alt.endswith(f"，{said}。")


def test_the_bars_of_two_years_are_as_long_as_their_amounts(tables):
    (before, _), (now, _) = columns(draw("图5", tables(spending("60"), spending("80", "上年决算"))))
    assert now / before == pytest.approx(0.75, abs=1e-3)


def test_two_years_without_money_are_one_line(tables):
    drawing = draw("图5", tables(spending("0"), spending("0", "上年决算")))
    assert ["本年度和上年度均无此项支出"] == words(drawing)


def test_a_change_is_taken_apart_where_every_part_is_known_in_both_years(tables):
    def year(basis, usual, projects):
        whole = spending(usual + projects, basis)
        parts = (("基本支出", usual), ("项目支出", projects))
        return [whole, *(f"支出,,一般公共预算,,{n},,,{basis},{a},万元" for n, a in parts)]

    filled = tables(*year("决算", 70, 30), *year("上年决算", 50, 40))
    drawing = draw("图5", filled)
    assert {"比上年增减", "+20", "-10"} <= set(words(drawing))
    assert "基本支出增加20万元（由50万元到70万元）；项目支出减少10万元" in drawing.alt
    alone = draw("图5", tables(*year("决算", 70, 30), spending("90", "上年决算")))
    assert "比上年增减" not in words(alone)


# Contrasts


def test_last_year_budget_and_final_amount_are_dots_in_amounts(tables):
    guests = "三公经费,公务接待费,,,,,,{},{},万元"
    bases = (("", "0.01"), ("年初预算", "0.02"), ("上年决算", "0.04"))
    drawing = draw("图7", tables(*(guests.format(basis, amount) for basis, amount in bases)))
    assert "○ 0.04 ◇ 0.02 ● 0.01" in words(drawing)
    places = {t.text: float(t.get("x")) for t in root(drawing).iter(f"{SVG}text")}
    assert places["●"] < places["◇"] < places["○"]
    assert "占0%" not in drawing.alt


# Shares


def test_parts_stand_by_size_and_the_others_last(tables):
    drawing = draw(
        "图2",
        tables(
            *(
                f"收入,{name},,,,,,,{amount},万元"
                for name, amount in (("事业收入", 5), ("经营收入", 9), ("其他收入", 70))
            ),
            "收入,,,,,,,,84,万元",
        ),
    )
    said = [w for w in words(drawing) if w.endswith("收入")]
    assert said == ["经营收入", "事业收入", "其他收入"]


def test_last_year_s_share_is_a_tick_and_its_amount_is_told(tables):
    filled = tables(
        *general(("201", "75"), ("208", "25")),
        *(
            spending(amount, "上年决算", function)
            for function, amount in (("201", "30"), ("208", "10"))
        ),
    )
    drawing = draw("图6", filled)
    assert "一般公共服务支出75万元，占75%（上年30万元）" in drawing.alt
    assert "竖线：上年所占的比重" in words(drawing)
    assert "竖线：上年所占的比重" not in words(draw("图6", tables(*general(("201", "75")))))


def test_bars_are_as_long_as_their_shares(tables):
    (long, _), (short, _) = bars(draw("图6", tables(*general(("201", "75"), ("208", "25")))))
    assert long / short == pytest.approx(3, abs=1e-2)


def test_one_part_alone_fills_its_bar(tables):
    drawing = draw("图6", tables(*general(("201", "60"))))
    (bar,), (track,) = (
        bars(drawing),
        [b for b in boxes(drawing, "currentColor") if b[1] == lanes.LOOSE[1]],
    )
    assert bar == track
    assert "占100%" in drawing.alt


def test_a_share_is_rounded_half_up_from_exact_numbers(tables):
    filled = tables(*general(("201", "0.15"), ("208", "99.85")))
    assert "占0.2%" in draw("图6", filled).alt
    assert "占99.9%" in draw("图6", filled).alt


@pytest.mark.parametrize(
    "style, said",
    [
        ({"decimals": 0}, "70万元，占70%"),
        ({"decimals": 2, "trim": False}, "70.00万元，占70.00%"),
        ({"decimals": 2}, "70万元，占70%"),
    ],
)
def test_numbers_have_the_decimals_of_the_text(tables, style, said):
    drawing = draw("图6", tables(*general(("201", "70"), ("208", "30"))), **style)
    assert said in drawing.alt
    assert set(said.replace("万元", "").split("，占")) <= set(words(drawing))


def test_a_part_too_small_to_see_keeps_a_mark_and_its_words(tables):
    drawing = draw("图6", tables(*general(("201", "999999.99"), ("208", "0.01"))))
    assert {"0.01", "不到0.1%"} <= set(words(drawing))
    assert 2 == len(bars(drawing)) and all(width > 0.5 for width, _ in bars(drawing))


def test_twenty_six_classes_fit_in_the_picture(tables):
    drawing = draw(
        "图6",
        tables(*general(*((code, f"{i * 12345.67:.2f}") for i, code in enumerate(CLASSES, 1)))),
    )
    assert 26 == len(bars(drawing))
    assert {"文化旅游体育与传媒支出", "资源勘探工业信息等支出", "抗疫特别国债安排的支出"} <= set(
        words(drawing)
    )
    _, _, width, height = map(float, root(drawing).get("viewBox").split())
    for text in root(drawing).iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width and 9 < float(text.get("y")) < height
    assert height < width * 2.3


# Names from data


HOSTILE = [
    "$a_1$与\\frac{1}{2}",
    "<script>alert(1)</script>",
    "\"'&amp;]]>-->",
    "#123456 url(#a) href",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(real, name):
    chart = replace(declared_charts.load(EDITION)["图3"], name=name, title=name)
    chart = replace(chart, parts=replace(chart.parts, named=(("基本支出", name),)))
    drawing = charts.draw(chart, real, YEAR)
    assert name in words(drawing)
    assert name in root(drawing).get("aria-label")
    assert {f"{SVG}{tag}" for tag in ("svg", "g", "path", "text", "defs")} >= {
        e.tag for e in root(drawing).iter()
    }


def test_a_very_long_name_is_cut_in_the_picture_and_whole_in_the_words(real):
    name = "名" * 500
    chart = declared_charts.load(EDITION)["图3"]
    drawing = charts.draw(
        replace(chart, parts=replace(chart.parts, named=(("基本支出", name),))), real, YEAR
    )
    lines = [text for text in words(drawing) if "名" in text]
    assert name in drawing.alt
    assert len(lines) == sheet.MOST_LINES and lines[-1].endswith("…")
    assert max(map(len, lines)) * sheet.TEXT < sheet.WIDTH


def test_a_long_name_is_broken_and_not_cut(real):
    name = "国有资本经营预算财政拨款收入（含以前年度结转资金安排的部分）"
    chart = declared_charts.load(EDITION)["图3"]
    drawing = charts.draw(
        replace(chart, parts=replace(chart.parts, named=(("基本支出", name),))), real, YEAR
    )
    assert name in "".join(words(drawing))
    assert name not in words(drawing)


def test_control_characters_do_not_break_the_svg(real):
    drawing = charts.draw(
        replace(declared_charts.load(EDITION)["图1"], name="收\x0b支\n总计"), real, YEAR
    )
    assert "收 支 总计" in words(drawing)


def test_a_character_that_the_font_lacks_is_drawn_without_a_warning(real):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawing = charts.draw(
            replace(declared_charts.load(EDITION)["图1"], name="收支\U0001f600"), real, YEAR
        )
    assert "收支\U0001f600" in words(drawing)


# In a page


def test_drawing_twice_gives_the_same_bytes(real):
    for number in NUMBERS:
        assert draw(number, real).svg == draw(number, real).svg


def test_another_process_draws_the_same_bytes(real):
    program = (
        "from helpers.report import charts; from helpers.edition import charts as declared_charts; from helpers.disclosure import figures; from helpers.edition import forms; from helpers.basics import paths; from helpers.disclosure.accounts import Accounts; from helpers.disclosure.tables import Tables\n"
        f"file = paths.Folder(paths.DATA, 'xiqu-government-office', {YEAR}).figures\n"
        f"filled = Tables(forms.load('{EDITION}'), Accounts(figures.load(file, 'figures.csv')), {YEAR})\n"
        f"print(ascii(charts.draw(declared_charts.load('{EDITION}')['图6'], filled, {YEAR}).svg))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert ascii(draw("图6", real).svg) == printed


def test_a_chart_has_no_id_that_another_of_its_page_could_have_too_and_leads_nowhere(real):
    for number in NUMBERS:
        svg = draw(number, real).svg
        names = {name for element in root(draw(number, real)).iter() for name in element.keys()}
        assert names and not {name for name in names if name == "id" or name.endswith("href")}
        assert "url(" not in svg


@pytest.mark.parametrize("number", NUMBERS)
def test_a_chart_inlines_and_takes_the_page_s_size_and_colour(real, number):
    svg = draw(number, real).svg
    element = ElementTree.fromstring(svg)
    assert svg.startswith("<svg ")
    assert "img" == element.get("role") and element.get("viewBox")
    assert element.get("width") is element.get("height") is None
    assert sheet.INK not in svg and "<style" not in svg and "<metadata" not in svg
    assert "fill: currentColor" in element.get("style")
    assert not any(t.get("fill") or t.get("style") for t in element.iter(f"{SVG}text"))
    assert f"'{sheet.FONT_FAMILY}'" in element.get("style")
    assert "fill: #ffffff" not in svg


@pytest.mark.parametrize("number", NUMBERS)
def test_no_text_is_too_small_to_read_on_a_phone(real, number):
    element = root(draw(number, real))
    shown = 246 / float(element.get("viewBox").split()[2])  # 360 px less margins, in points
    sizes = [
        float(size[1] if size else sheet.TEXT)
        for t in element.iter(f"{SVG}text")
        for size in (re.search(r"([\d.]+)px", t.get("font-size", "")),)
    ]
    assert min(sizes) * shown > 8.9


def test_drawing_leaves_matplotlib_s_settings_alone(real):
    import matplotlib

    draw("图1", real)
    with matplotlib.rc_context(
        {
            "font.family": ["serif"],
            "svg.fonttype": "path",
            "savefig.bbox": "tight",
            "figure.dpi": 50,
        }
    ):
        before = dict(matplotlib.rcParams)
        usual = draw("图2", real).svg
        assert before == dict(matplotlib.rcParams)
    assert draw("图2", real).svg == usual


def test_drawing_lets_garbage_be_collected_again(real):
    assert gc.isenabled()
    draw("图1", real)
    assert gc.isenabled()


def test_the_font_is_the_packaged_one_and_nothing_is_drawn_on_import():
    program = "import sys; from helpers.report import charts, sheet; print(sheet.FONT_FILE.is_file(), sorted({'matplotlib', 'seaborn', 'zhplot'} & set(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "True []" == printed.strip()


# The declaration


CHANGE = "- {编号: 图1, 标题: 变动, 形式: 变动, 量: {总计: '01[收入总计, 决算数]'}, 无数: 无}\n"
STRUCTURE = "- {编号: 图2, 标题: 结构, 形式: 结构, 量: {总计: '01[收入总计, 决算数]'}, 部分: {格: '01[*, 决算数]', 名单: [事业收入]}, 无数: 无}\n"


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """Return a function that loads charts.yaml of an edition made up here."""
    monkeypatch.setattr(paths, "RULES", tmp_path)

    def loaded(text: str):
        declared_charts.load.cache_clear()
        (tmp_path / "made-up").mkdir(exist_ok=True)
        (tmp_path / "made-up" / "charts.yaml").write_text(text, encoding="utf-8")
        return declared_charts.load("made-up")

    yield loaded
    declared_charts.load.cache_clear()


def test_the_declarations_that_the_refusals_vary_are_good(declared):
    assert ["图1", "图2"] == list(declared(CHANGE + STRUCTURE))


@pytest.mark.parametrize(
    "text, problem",
    [
        (CHANGE.replace("形式: 变动", "形式: 变化"), "不认识的形式「变化」"),
        (CHANGE.replace("无数", "百分位: 三公经费, 无数"), "不认识的百分位"),
        (CHANGE.replace("标题", "题目"), "不认识的键「题目」"),
        (CHANGE.replace(", 无数: 无", ""), "缺少「无数」"),
        (CHANGE.replace("图1", "图 1"), "编号「图 1」不对"),
        (CHANGE.replace("图1", "'1\"><script>'"), "编号"),
        (CHANGE.replace("'01[收入总计, 决算数]'", "收入总计"), "没有写明是哪一格"),
        (CHANGE.replace("01[收入总计, 决算数]", "01[收入总计"), "01[收入总计"),
        (
            CHANGE.replace("总计: '01", "合计: '02[合计, 本年收入合计]', 总计: '01"),
            "「量」里有 2 个数",
        ),
        (CHANGE + CHANGE, "编号「图1」重复"),
        (CHANGE.replace("变动, 量", "结构, 量"), "必须有「部分」"),
        (CHANGE.replace("变动, 量", "对照, 量"), "必须有「部分」"),
        (STRUCTURE.replace("形式: 结构", "形式: 对照"), "「预算」只属于「形式: 对照」"),
        (STRUCTURE.replace("名单", "预算: 决算数, 名单"), "「预算」只属于「形式: 对照」"),
        (STRUCTURE.replace("*", "事业收入"), "不能展开"),
        (STRUCTURE.replace("决算数]', 名单", "*]', 名单"), "不能展开"),
        (STRUCTURE.replace("名单: [事业收入]", "级: 目"), "怎样展开"),
        (STRUCTURE.replace("名单: [事业收入]", "级: 类, 名单: [事业收入]"), "怎样展开"),
        (STRUCTURE.replace(", 名单: [事业收入]", ""), "怎样展开"),
        (STRUCTURE.replace("[事业收入]", "事业收入"), "不是名称的列表"),
        (STRUCTURE.replace("[事业收入]", "[[事业收入]]"), "不是名称的列表"),
        ("编号: 图1\n", "不是一个列表"),
    ],
)
def test_a_broken_declaration_is_refused_with_its_file_and_line(declared, text, problem):
    with pytest.raises(DataError) as refusal:
        declared(text)
    assert problem in str(refusal.value)
    assert refusal.value.place.startswith("rules/made-up/charts.yaml")
    assert "第" in refusal.value.place or problem == "不是一个列表"


@pytest.mark.parametrize(
    "cell", ["99[收入总计, 决算数]", "01[没有这一行, 决算数]", "01[收入总计, 没有这一栏]"]
)
def test_a_cell_that_no_table_has_is_refused_where_it_is_declared(declared, real, cell):
    chart = declared("# 注\n" + CHANGE.replace("01[收入总计, 决算数]", cell))["图1"]
    with pytest.raises(DataError, match="rules/made-up/charts.yaml 第 2 行"):
        charts.draw(chart, real, YEAR)


def test_a_second_statement_of_the_amount_stands_in_where_the_first_is_missing(declared, tables):
    chart = declared(
        CHANGE.replace("01[收入总计, 决算数]", "01[收入总计, 决算数] = 06[合计, 本年支出合计]")
    )["图1"]
    drawing = charts.draw(chart, tables(spending("60")), YEAR)
    assert "总计60万元" in drawing.alt
    assert (
        Address("06", "合计", "本年支出合计") in drawing.cells
        and Address("01", "收入总计", "决算数") in drawing.cells
    )


def test_without_the_whole_no_share_is_made_up(declared, tables):
    drawing = charts.draw(declared(STRUCTURE)["图2"], tables("收入,事业收入,,,,,,,5,万元"), YEAR)
    assert "总计缺，其中：事业收入5万元，占缺" in drawing.alt
    assert "%" not in drawing.alt + "".join(words(drawing))
    assert [] == bars(drawing)


def test_of_two_known_statements_of_the_amount_the_first_is_shown(declared, tables):
    chart = declared(
        CHANGE.replace("01[收入总计, 决算数]", "06[合计, 本年支出合计] = 01[本年支出合计, 决算数]")
    )["图1"]
    filled = tables(spending("60"), spending("70", fund=""))
    assert "总计60万元" in charts.draw(chart, filled, YEAR).alt


def test_a_part_may_have_another_name_in_the_chart(declared, tables):
    chart = declared(
        STRUCTURE.replace("[事业收入]", "{事业收入: 事业}").replace(
            "01[收入总计, 决算数]", "01[本年收入合计, 决算数]"
        )
    )["图2"]
    drawing = charts.draw(chart, tables("收入,事业收入,,,,,,,5,万元"), YEAR)
    assert "事业" in words(drawing) and "事业收入" not in words(drawing)


def test_shares_are_those_of_exact_division(tables):
    amounts = {"201": Decimal("33.33"), "208": Decimal("11.17"), "210": Decimal("0.55")}
    drawing = draw("图6", tables(*general(*amounts.items())), decimals=4, trim=False)
    whole = sum(amounts.values())
    for amount in amounts.values():
        assert (
            f"{(amount * 100 / whole).quantize(Decimal('0.0001'), rounding='ROUND_HALF_UP')}%"
            in words(drawing)
        )
