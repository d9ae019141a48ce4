"""The index as a reader meets it: searched, filtered, sorted, turned, shared, printed, without script, by keyboard."""

import re
from dataclasses import replace
from statistics import median

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import needs_chromium, opened

from helpers.across import overview
from helpers.across.page import COUNTS, SHOWN
from helpers.across.row import Row

pytestmark = needs_chromium

MANY = 10_000
HOSTILE = '<script>console.log("ran")</script><img src="https://example.invalid/x" onerror="console.log(1)">"\'&\N{RIGHT-TO-LEFT OVERRIDE}倒'


def row(n, year, **more):
    errors, warnings, hints, missing = (n % 7 * (n % 3 == 0), n % 5, n % 11, n % 13 * (n % 2))
    department = f"invented-{n:04}"
    return replace(
        Row(
            department,
            f"虚构第{n}{('教育局', '财政局', '民政局')[n % 3]}",
            year,
            "ok",
            errors,
            warnings,
            hints,
            missing,
            n % 90 / 10,
            f"{department}/{year}/report.html",
        ),
        **more,
    )


ROWS = [row(n, year) for n in range(12) for year in (2021, 2022, 2023)] + [
    row(
        90,
        2023,
        status="failed",
        reason="invented-0090/2023/figures.csv 第 7 行：「1,2O0」不是数字",
    ),
    row(91, 2023, status="failed", name="", reason="错" * 10_000, report=""),
    row(91, 2022),
    row(92, 2023, name=HOSTILE),
    row(94, 2022, lacking="没有公开的文本和表"),
    row(94, 2023, lacking="没有公开的表"),
    row(93, 2023, name=HOSTILE, status="failed", reason=HOSTILE * 100),
]


def written(factory, rows):
    place = factory.mktemp("index")
    overview.write(place, rows)
    return place / "index.html"


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return written(tmp_path_factory, ROWS)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return written(tmp_path_factory, [row(n, 2019 + y) for n in range(MANY // 5) for y in range(5)])


@pytest.fixture
def page(running, few):
    """The small index, on which nothing may be said to the console and nothing asked of the network."""
    with opened(running, few) as (page, complaints):
        yield page
        assert [] == complaints


def body(page):
    return page.locator("tbody").inner_html()


def names(page):
    return page.locator("tbody th").all_inner_texts()


def totals(page):
    return [int(n) for n in page.locator(".totals dd").all_inner_texts()]


def test_the_script_draws_the_same_rows_as_are_there_without_it(running, few):
    with (
        opened(running, few) as (one, _),
        opened(running, few, java_script_enabled=False) as (other, _),
    ):
        plain = other.locator("tbody").evaluate("body => body.innerHTML")
        assert plain.replace("\n", "") == body(one)
        assert one.locator(".totals").inner_text() == other.locator(".totals").inner_text()


def test_without_script_there_is_a_plain_table_and_nothing_that_does_nothing(running, many):
    with opened(running, many, java_script_enabled=False) as (page, complaints):
        assert SHOWN == page.locator("tbody tr").count()
        assert f"最前的 {SHOWN} 份，共 {MANY} 份" in page.locator("noscript").inner_text()
        assert 0 == page.locator("button:visible, input:visible, select:visible").count()
        assert [] == complaints


def test_ten_thousand_rows_are_filtered_and_sorted_in_the_time_of_drawing_them_twice(running, many):
    """The median of ratios within a round: how fast the machine is, and what else it does, plays no part."""
    with opened(running, many) as (page, complaints):
        took = page.evaluate("""() => {
            const timed = (act) => { const clock = performance.now(); act(); document.body.offsetHeight; return performance.now() - clock };
            const search = document.querySelector("input"), heads = [...document.querySelectorAll("thead button")];
            const type = (text) => { search.value = text; search.dispatchEvent(new Event("input", { bubbles: true })) };
            const table = document.querySelector("table");
            const draw = () => { const copy = table.cloneNode(true); document.body.append(copy); document.body.offsetHeight; copy.remove() };
            const acts = [draw, ...["教", "教育", "财政 19", "没有的", ""].map((text) => () => type(text)), ...heads.map((head) => () => head.click())];
            return Array.from({ length: 9 }, () => acts.map(timed));
        }""")
        ratios = [[act / drawn for act in acts] for drawn, *acts in took]
        assert max(map(median, zip(*ratios))) < 2, took
        assert [] == complaints


def test_the_totals_follow_the_filters(page):
    good = [r for r in ROWS if r.good]
    assert [
        len(ROWS),
        3,
        *(sum(getattr(r, s) for r in good) for s in COUNTS),
    ] == totals(page)
    page.get_by_label("部门").fill("教育 虚构")
    page.get_by_label("年度").select_option("2022")
    chosen = [r for r in good if "教育" in r.name and r.year == 2022]
    assert [
        len(chosen),
        0,
        *(sum(getattr(r, s) for r in chosen) for s in COUNTS),
    ] == totals(page)
    assert len(chosen) == page.locator("tbody tr").count()
    page.get_by_role("button", name="清除").click()
    assert len(ROWS) == totals(page)[0]


@pytest.mark.parametrize(
    "status, meets",
    [
        ("失败", lambda r: not r.good),
        ("有错误", lambda r: r.good and r.error),
        ("有未能核对", lambda r: r.good and r.missing),
        ("没有公开的可比", lambda r: r.lacking),
        ("没有疑点", lambda r: r.good and not (r.error or r.warning or r.hint or r.missing)),
    ],
)
def test_a_status_chooses_its_reports(page, status, meets):
    page.get_by_label("状态").select_option(label=status)
    assert sum(1 for r in ROWS if meets(r)) == totals(page)[0]


def test_a_department_is_found_by_its_folder_too_and_nothing_found_is_said(page):
    page.get_by_label("部门").fill("INVENTED-0007")
    assert 3 == page.locator("tbody tr").count()
    page.get_by_label("部门").fill("没有的局")
    assert "没有符合的报告" == page.locator("tbody").inner_text().strip()


def test_a_head_sorts_one_way_then_the_other_then_worst_first_again_and_failures_stay_on_top(page):
    worst_first = body(page)
    head = page.get_by_role("columnheader", name="提示")
    for order, numbers in (("descending", True), ("ascending", False)):
        head.get_by_role("button").click()
        assert order == head.get_attribute("aria-sort")
        hints = [
            int(n)
            for n in page.locator("tbody tr:not(.failed) td:nth-child(7) b").all_inner_texts()
        ]
        assert sorted(hints, reverse=numbers) == hints
        assert (
            3
            == page.locator("tr.failed").count()
            == page.locator("tr.failed:nth-child(-n + 3)").count()
        )
    head.get_by_role("button").click()
    assert None is head.get_attribute("aria-sort") and worst_first == body(page)


def test_departments_are_sorted_by_their_reading(page):
    page.get_by_role("button", name="部门", exact=True).click()
    first = [name[-3:] for name in names(page) if name.startswith("虚构第1") and len(name) == 7]
    assert ["财政局"] * 3 == first[:3]
    shown = [n for n in names(page) if n in ("虚构第3教育局", "虚构第4财政局")]
    assert sorted(shown) == shown


def test_what_is_chosen_is_kept_in_the_address_and_comes_back_with_it(page, running, few):
    page.get_by_label("部门").fill("财政")
    page.get_by_label("年度").select_option("2023")
    page.get_by_role("button", name="错误", exact=True).click()
    page.wait_for_url(re.compile("sort=error$"))
    with opened(running, few) as (other, complaints):
        other.goto(page.url)
        assert (body(page), totals(page)) == (body(other), totals(other))
        assert ("财政", "2023") == (
            other.get_by_label("部门").input_value(),
            other.get_by_label("年度").input_value(),
        )
        other.evaluate("location.hash = '#status=failed'")
        other.wait_for_selector("tbody tr.failed:nth-child(3):last-child")
        assert [] == complaints


@pytest.mark.parametrize(
    "fragment",
    [
        "#year=1999&status=__proto__&sort=constructor-x&page=-7",
        "#page=NaN",
        "#search=%E0%A4%A",
        "#<script>",
    ],
)
def test_an_address_that_makes_no_sense_shows_everything(running, few, fragment):
    with opened(running, few) as (page, complaints):
        page.goto(few.as_uri() + fragment)
        page.reload()
        page.get_by_label("部门").fill("")
        assert len(ROWS) == totals(page)[0] == page.locator("tbody tr").count()
        assert [] == complaints


def test_many_rows_are_turned_page_by_page(running, many):
    with opened(running, many) as (page, complaints):
        seen = names(page)
        page.get_by_role("button", name="下一页").last.click()
        assert (
            f"第 {SHOWN + 1}–{2 * SHOWN} 份，共 {MANY} 份"
            == page.locator(".pages span").first.inner_text()
        )
        assert seen != names(page) and page.locator("table").evaluate(
            "table => table === document.activeElement"
        )
        page.wait_for_url(re.compile("#page=2$"))
        page.get_by_label("部门").fill("第17教")
        assert 0 == page.get_by_role("button", name="下一页").count()
        assert [] == complaints


def test_no_text_from_data_runs_or_asks_for_anything(page):
    page.get_by_label("部门").fill("script")
    assert (
        2
        == page.locator("tbody tr").count()
        == page.locator("tbody th").filter(has_text="<script>").count()
    )
    assert 0 == page.locator("tbody script, tbody img").count()


def test_a_long_reason_unfolds(page):
    folded = page.locator("tr", has_text="错错错").first
    assert folded.bounding_box()["height"] < 100
    folded.locator("summary").press("Enter")
    assert 10_000 == folded.inner_text().count("错")
    assert folded.bounding_box()["height"] > 1000


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 360, "height": 740}},
        {"viewport": {"width": 768, "height": 1024}},
        {"forced_colors": "active"},
    ],
    ids=["light", "dark", "phone", "tablet", "forced colours"],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(running, few, options):
    with opened(running, few, **options) as (page, complaints):
        page.get_by_role("button", name="错误", exact=True).click()
        found = Axe().run(page).response["violations"]
        assert [] == [(v["id"], v["nodes"][0]["html"]) for v in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [] == complaints


def test_axe_finds_nothing_in_print(page):
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    found = Axe().run(page).response["violations"]
    assert [] == [(v["id"], v["nodes"][0]["html"]) for v in found]


def test_the_keyboard_alone_reaches_everything(page):
    page.get_by_label("部门").fill("第1财政")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(e => e === document.body ? '' : e.name || e.textContent)(document.activeElement)"
        )
        if not at:
            break
        reached.append(at)
    there = page.locator("main :is(a, button, summary):visible").all_inner_texts()
    assert ["year", "status"] == reached[:2] and set(there) - {
        "总览的表（csv）",
        "全部疑点",
    } <= set(reached)
    page.get_by_label("部门").focus()
    page.keyboard.press("Shift+Tab")
    assert "总览的表（csv）" == page.evaluate("document.activeElement.textContent")


def test_paper_shows_every_chosen_row_with_the_heads_on_each_page(running, many, tmp_path):
    with opened(running, many) as (page, complaints):
        page.get_by_label("年度").select_option("2023")
        page.get_by_label("状态").select_option("error")
        chosen = totals(page)[0]
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert SHOWN < chosen == page.locator("tbody tr").count()
        assert "table-header-group" == page.locator("thead").evaluate(
            "head => getComputedStyle(head).display"
        )
        # A head with a button's box in it is not repeated by Chromium.
        assert "contents" == page.locator("thead button").first.evaluate(
            "button => getComputedStyle(button).display"
        )
        assert 0 == page.locator("button:visible", has_text="页").count()
        page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert SHOWN == page.locator("tbody tr").count()
        assert [] == complaints


def test_on_paper_a_long_reason_is_whole(running, few):
    with opened(running, few) as (page, _):
        page.emulate_media(media="print")
        reason = page.locator(".failed details").first
        assert "inline" == reason.evaluate("one => getComputedStyle(one).display")
        assert (
            page.evaluate(
                "getComputedStyle(document.querySelector('.failed details'), '::details-content').contentVisibility"
            )
            == "visible"
        )
