"""The page of all causes as a reviewer meets it: told apart, searched, decided by keyboard, exported, printed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import needs_chromium, opened
from desks import cause, many, row

from helpers.across import matters, overview
from helpers.review import decisions

pytestmark = needs_chromium

HOSTILE = '<img src="https://example.invalid/x" onerror="console.log(1)">"\'&'


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    place = tmp_path_factory.mktemp("outputs")
    rows = [
        row(n, year, *(cause(7 * n + m, year) for m in range(1, 7)))
        for n in range(6)
        for year in (2022, 2023)
    ]
    rows[0] = replace(rows[0], letter=f"{rows[0].department}/{rows[0].year}/letter.docx")
    overview.write(place, [*rows, row(9, 2023, cause(900, 2023, sentence=HOSTILE))])
    return place / "findings.html"


@pytest.fixture
def page(running, few):
    with opened(running, few, accept_downloads=True) as (page, complaints):
        yield page
        assert [] == complaints


def lines(page):
    return page.locator("tbody tr:not(.group):not(.evidence)")


def total(page, key):
    return int(page.locator(f"#total-{key} dd").inner_text())


def saved(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return open(waiting.value.path(), encoding="utf-8").read()


def test_there_is_a_row_for_each_cause_under_its_rule(page):
    assert 73 == total(page, "causes") and matters.SHOWN == lines(page).count()
    groups = page.locator("tbody tr.group").all_inner_texts()
    assert len(groups) in (2, 3) and all("个" in one for one in groups)


def test_a_facet_tells_how_many_it_would_leave_and_leaves_as_many(page):
    box = page.get_by_role("group", name="严重程度").locator("label", has_text="错误")
    many = int(box.locator("b").inner_text())
    box.locator("input").check()
    assert many == total(page, "causes") == lines(page).count()
    others = page.get_by_role("group", name="严重程度").locator("label b").all_inner_texts()
    assert len(others) > 1, "a facet's own other values stay to be chosen"


def test_two_facets_and_words_narrow_together_and_are_kept_in_the_address(running, few, page):
    page.get_by_role("group", name="年度").locator("label", has_text="2023").locator(
        "input"
    ).check()
    page.get_by_label("查找").fill("教育局 公开")
    left = total(page, "causes")
    assert 0 < left < 40 and lines(page).count() == left
    page.wait_for_url(lambda url: "search" in url and "year=2023" in url)
    with opened(running, few) as (other, complaints):
        other.goto(page.url)
        assert left == total(other, "causes") and [] == complaints


def test_the_largest_difference_stands_first_in_its_group(page):
    page.get_by_label("排列").select_option("department")
    for_group, last = None, None
    for line in page.locator("tbody tr").all():
        if "group" in (line.get_attribute("class") or ""):
            for_group, last = line.inner_text(), None
            continue
        size = float(line.locator("td.n").first.inner_text() or 0)
        assert last is None or size <= last, for_group
        last = size


def test_the_evidence_opens_in_place_by_key_and_by_click(page):
    page.keyboard.press("j")
    page.keyboard.press("o")
    assert 1 == page.locator("tr.evidence").count()
    assert "第" in page.locator("tr.evidence li").first.inner_text()
    page.keyboard.press("o")
    assert 0 == page.locator("tr.evidence").count()
    lines(page).nth(2).locator("button").click()
    assert "true" == lines(page).nth(2).locator("button").get_attribute("aria-expanded")


def test_a_decision_by_keyboard_is_kept_shown_and_exported_as_the_command_takes_it(page):
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("张三")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("确有其事")
    page.keyboard.press("Enter")
    assert 1 == total(page, "settled") and 1 == page.locator("td.state .own").count()
    page.reload()
    assert 1 == total(page, "settled"), "it lives in the browser"
    [made] = decisions.parse(saved(page, "decisions.json"), "decisions.json")
    assert ("属实", "确有其事", "张三") == (made.state, made.reason, made.decided_by)
    page.keyboard.press("j")
    page.keyboard.press("k")
    lines(page).first.locator("button").click()
    page.locator("tr.evidence").get_by_role("button", name="撤回").click()
    assert 0 == total(page, "settled")


def test_what_is_not_accepted_needs_a_reason_and_a_name(page):
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.locator("tr.evidence").get_by_label("决定人").fill("李四")
    page.keyboard.press("Enter")
    assert "请写原因" in page.locator("tr.evidence [role=alert]").inner_text()
    assert 0 == total(page, "settled")


def test_what_is_true_needs_no_reason_enter_is_told_and_what_was_exported_is_marked_so(page):
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert "按 Enter 存为属实" == page.locator("tr.evidence .enter").inner_text()
    page.keyboard.type("张三")
    page.keyboard.press("Enter")
    assert "属实（未导出）" == page.locator("td.state .own").inner_text()
    [made] = decisions.parse(saved(page, "decisions.json"), "decisions.json")
    assert ("属实", "核对属实") == (made.state, made.reason)
    assert "属实（已导出）" == page.locator("td.state .own").inner_text()
    again = page.context.new_page()
    again.goto(page.url)
    assert "属实（已导出）" == again.locator("td.state .own").inner_text()


def test_what_is_decided_in_two_tabs_is_kept_of_both(page):
    other = page.context.new_page()
    other.goto(page.url)
    for tab, nth in ((page, 0), (other, 1)):
        lines(tab).nth(nth).locator("button").click()
        box = tab.locator("tr.evidence")
        box.get_by_label("决定人").fill("张三")
        box.get_by_label("原因").fill("确有其事")
        box.get_by_role("button", name="属实").click()
        for each in (page, other):
            each.locator("td.state .own").nth(nth).wait_for()
            assert nth + 1 == total(each, "settled")


def test_a_browser_that_keeps_nothing_is_told_before_it_is_closed(page):
    assert page.locator(".unkept").is_hidden()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("张三")
    page.keyboard.press("Enter")
    assert "关闭或刷新之前请导出决定" in page.get_by_role("alert").first.inner_text()
    [made] = decisions.parse(saved(page, "decisions.json"), "decisions.json")
    assert "属实" == made.state


def test_each_finding_leads_into_its_report_and_can_be_copied(running, few):
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with opened(running, few, **options) as (page, complaints):
        page.get_by_label("查找").fill("第0教育局 2022")
        page.get_by_role("button", name="疑点 5：", exact=False).click()
        items = page.locator("tr.evidence li")
        places = items.get_by_role("link", name="报告里的位置").evaluate_all(
            "some => some.map((a) => a.getAttribute('href'))"
        )
        report = "invented-0000/2022/report.html"
        assert [f"{report}#d-{n}" for n in (5, 6, 7)] == places, "four causes of one stand before"
        items.nth(1).get_by_role("button", name="复制").click()
        items.nth(1).get_by_role("button", name="已复制").wait_for()
        assert "第 5 处的话 2022，之 1。" == page.evaluate("navigator.clipboard.readText()")
        assert [] == complaints


def test_a_group_is_named_in_words_and_years_are_told_alike(page):
    groups = page.locator("tbody tr.group th").all_inner_texts()
    assert groups and not any("文-" in one or "校-" in one for one in groups)
    told = page.locator(".totals dt").all_inner_texts()
    assert ["2023 年度的根因", "2022 年度的根因"] == told[-2:]


def test_on_a_phone_the_first_cause_is_in_sight_and_numbers_say_what_they_are(running, few):
    with opened(running, few, viewport={"width": 390, "height": 844}) as (page, complaints):
        assert lines(page).first.bounding_box()["y"] < 844
        assert not page.locator("aside").is_visible()
        labels = (
            lines(page)
            .first.locator("td.n")
            .evaluate_all("some => some.map((one) => getComputedStyle(one, '::before').content)")
        )
        assert ["相差", "项数"] == [re.sub(r"[^\w]|attr", "", one) for one in labels]
        page.get_by_text("按分类看").click()
        assert page.get_by_role("group", name="严重程度").is_visible() and [] == complaints


def test_on_a_small_screen_the_filters_are_folded_and_the_table_is_one(running, few):
    with opened(running, few, viewport={"width": 1024, "height": 800}) as (page, complaints):
        assert page.locator(".causes thead").is_visible()
        assert not page.locator("aside").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for head in ("相差", "项数"):
            at = page.locator(".causes thead th", has_text=head)
            assert "right" == at.evaluate("one => getComputedStyle(one).textAlign")
        assert [] == complaints


def test_without_a_decision_there_is_none_to_export(page):
    assert page.get_by_role("button", name="导出决定").is_disabled()


def test_several_are_decided_at_once_with_one_reason(page):
    for n in range(3):
        lines(page).nth(n).locator("input").check()
    bar = page.locator(".several")
    assert "已选 3 个" in bar.inner_text()
    bar.get_by_label("决定人").fill("李四")
    bar.get_by_label("原因").fill("同一原因")
    bar.get_by_role("button", name="不予采纳").click()
    assert 3 == total(page, "settled") and bar.is_hidden()
    made = json.loads(saved(page, "decisions.json"))["decisions"]
    assert [("不予采纳", "同一原因")] * 3 == [(one["state"], one["reason"]) for one in made]


def test_the_fields_for_several_are_in_sight_wherever_they_are_chosen_and_escape_lets_go(page):
    at = lines(page).nth(40)
    at.locator("input[type=checkbox]").check()
    several = page.locator("form.several")
    box, height = several.bounding_box(), page.evaluate("innerHeight")
    assert 0 <= box["y"] and box["y"] + box["height"] <= height
    before = page.evaluate("scrollY")
    page.keyboard.press("d")
    assert several.get_by_placeholder("决定人").evaluate("e => e === document.activeElement")
    assert abs(page.evaluate("scrollY") - before) < height
    page.keyboard.press("Escape")
    assert several.is_hidden() and not page.locator("tbody input:checked").count()


def test_the_totals_of_the_years_are_those_of_the_year_that_is_chosen(page):
    both = total(page, "now"), total(page, "before")
    assert sum(both) == total(page, "causes")
    page.get_by_role("group", name="年度").locator("label", has_text="2022").click()
    assert "2022 年度的根因" == page.locator("#total-now dt").inner_text()
    assert total(page, "causes") == total(page, "now") == both[1]
    assert 0 == total(page, "before")


def test_what_is_seen_is_exported_as_csv(page):
    page.get_by_label("查找").fill("财政局")
    table = list(csv.DictReader(io.StringIO(saved(page, "csv").removeprefix("\ufeff"))))
    assert total(page, "causes") == len(table) and {"department", "message"} <= set(table[0])


def test_a_letter_that_was_written_is_led_to(page):
    page.get_by_label("查找").fill("第0教育局 2022")
    links = page.get_by_role("link", name="核查意见")
    assert {"invented-0000/2022/letter.docx"} == {a.get_attribute("href") for a in links.all()}
    assert total(page, "causes") == links.count()
    page.get_by_label("查找").fill("第1财政局")
    assert 0 == links.count()


@pytest.mark.parametrize("width", [390, 1440])
def test_without_script_sentences_are_read_in_their_own_column(running, few, width):
    with opened(
        running, few, java_script_enabled=False, viewport={"width": width, "height": 900}
    ) as (page, _):
        said = page.locator("td.said")
        assert all(
            box["x"] + box["width"] <= width
            for box in (one.bounding_box() for one in said.all()[:9])
        )
        assert "normal" == said.first.evaluate("e => getComputedStyle(e).whiteSpace")


def test_without_script_there_is_a_plain_table(running, few):
    with opened(running, few, java_script_enabled=False) as (page, complaints):
        assert matters.SHOWN == page.locator("tbody tr").count()
        assert 0 == page.locator("button:visible, input:visible, select:visible").count()
        assert [] == complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(running, few, scheme, width):
    with opened(running, few, color_scheme=scheme, viewport={"width": width, "height": 900}) as (
        page,
        complaints,
    ):
        page.keyboard.press("j")
        page.keyboard.press("o")
        lines(page).nth(3).locator("input").check()
        results = Axe().run(page)
        assert 0 == results.violations_count, results.generate_report()
        width_of = page.evaluate("document.documentElement.scrollWidth")
        assert width_of <= width and [] == complaints


def test_axe_finds_nothing_in_print(running, few):
    with opened(running, few) as (page, complaints):
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        results = Axe().run(page)
        assert 0 == results.violations_count, results.generate_report()
        assert [] == complaints


def test_what_is_printed_is_all_that_passed_the_filter_without_the_tools(running, few):
    with opened(running, few) as (page, complaints):
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert 73 == lines(page).count()
        assert not page.locator("aside").is_visible() and not page.locator(".keys").is_visible()
        assert [] == complaints


@pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"),
    reason="no pdftotext here: apt-get install poppler-utils",
)
def test_every_sentence_is_printed_and_rows_are_as_wide_as_the_heads_of_groups(
    running, few, tmp_path
):
    with opened(running, few) as (page, complaints):
        page.emulate_media(media="print")
        ends = "rows => [...new Set(rows.map((row) => Math.round(row.lastElementChild.getBoundingClientRect().right)))]"
        assert 1 == len(page.locator("tbody tr").evaluate_all(ends))
        page.pdf(path=str(tmp_path / "printed.pdf"), prefer_css_page_size=True)
        assert [] == complaints
    printed = subprocess.run(
        ["pdftotext", tmp_path / "printed.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    told = re.sub(r"\s", "", printed)
    for n in range(6):
        for m in range(1, 7):
            number = 7 * n + m
            assert f"疑点{number}：公开{number}.5，应为{number}。" in told


def test_of_many_a_page_is_shown_and_turned(running, tmp_path):
    overview.write(tmp_path, many(400))
    with opened(running, tmp_path / "findings.html") as (page, complaints):
        assert matters.SHOWN == lines(page).count() and 400 == total(page, "causes")
        page.get_by_role("button", name="下一页").first.click()
        assert (
            f"第 {matters.SHOWN + 1}–{2 * matters.SHOWN} 个，共 400 个"
            in page.locator(".pages").inner_text()
        )
        assert [] == complaints
