"""The page that compares as its reader meets it: on a wide screen, on a phone, on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import nbformat
import pytest
from browser import needs_chromium, opened
from comparing import district

from helpers.basics import paths
from helpers.report import site, ways

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """The page of thirty departments, each cell of its notebook with what it shows."""
    notebook = nbformat.read(paths.ACROSS, as_version=4)
    of = district(30)
    for cell in notebook.cells:
        if call := re.search(r"district\.(\w+)\(\)$", cell.source):
            data = {"text/html": getattr(of, call[1])().html}
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    page = tmp_path_factory.mktemp("outputs") / "across.html"
    page.write_text(site.page(notebook, "比较", ways.beside()), encoding="utf-8")
    return page


def test_it_leads_to_the_pages_beside_it_and_offers_one_print(running, compared):
    with opened(running, compared) as (page, complaints):
        links = page.locator(".ways a").evaluate_all(
            "some => some.map((a) => a.getAttribute('href'))"
        )
        assert ["index.html", "findings.html", "#print=whole"] == links and [] == complaints
        assert 0 == page.get_by_role("link", name="跳到疑点").count()


_SAID = """() => [...document.querySelectorAll('.frame, figure.wide')].every((one) =>
    (one.scrollWidth > one.clientWidth) === (one.querySelector('.sign').offsetHeight > 10))"""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_wider_than_the_page_scrolls_and_says_so(running, compared, width):
    with opened(running, compared, viewport={"width": width, "height": 900}) as (page, complaints):
        page.wait_for_function(
            _SAID
        )  # when the browser has come to it; it fails where it never does
        frames = page.locator(".frame, figure.wide").evaluate_all(
            "some => some.map((one) => [one.scrollWidth > one.clientWidth, one.querySelector('.sign').offsetHeight > 10])"
        )
        assert len(frames) >= 5 and all(scrolls == said for scrolls, said in frames)
        assert any(scrolls for scrolls, _ in frames) or width > 1000
        assert width >= page.evaluate("document.documentElement.scrollWidth")
        assert [] == complaints


def test_on_a_phone_the_name_stays_in_sight_and_a_drawing_is_as_large_as_its_words_need(
    running, compared
):
    with opened(running, compared, viewport={"width": 390, "height": 900}) as (page, _):
        page.locator(".frame:has(.league)").evaluate("one => one.scrollLeft = 300")
        assert 0 <= page.locator(".league tbody th").first.bounding_box()["x"] < 40
        for drawn in page.locator("svg.plot, svg.heat").all():
            assert drawn.bounding_box()["width"] >= 700


@pytest.mark.parametrize("width", [1440, 720, 390])
def test_a_long_name_wraps_and_every_row_is_in_the_page(running, compared, width):
    with opened(running, compared, viewport={"width": width, "height": 900}) as (page, _):
        name = page.locator(".league tbody th").first
        name.evaluate("one => one.textContent = '示'.repeat(56)")
        assert name.bounding_box()["width"] < 250
        frame = page.locator(".frame:has(.league)")
        assert frame.evaluate("one => one.scrollHeight - one.clientHeight") <= 1
        assert frame.bounding_box()["x"] == page.locator("main > p").last.bounding_box()["x"]


def test_on_paper_the_name_has_its_room_the_kind_is_left_out_and_shades_are_kept(running, compared):
    with opened(running, compared) as (page, _):
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 900})
        whole = page.locator(".league").bounding_box()["width"]
        assert 0.2 < page.locator(".league tbody th").first.bounding_box()["width"] / whole < 0.25
        assert not page.locator(".league th", has_text="类别").is_visible()
        kept = "one => getComputedStyle(one).printColorAdjust"
        assert {"exact"} == {one.evaluate(kept) for one in page.locator(".legend i").all()}


@pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"),
    reason="no pdftotext here: apt-get install poppler-utils",
)
def test_on_paper_a_heading_stands_with_its_drawing(running, compared, tmp_path):
    with opened(running, compared) as (page, _):
        page.pdf(path=str(tmp_path / "printed.pdf"), prefer_css_page_size=True)
    printed = subprocess.run(
        ["pdftotext", tmp_path / "printed.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = [re.sub(r"\s", "", one) for one in printed.split("\f")]
    for heading, drawn in (
        ("增减与大小", "2023年度支出（万元，对数）"),
        ("钱花在哪些类", "第29号<局>"),
        ("三公经费，按部门类别", "竖线是这一类的中位数）"),
    ):
        [place] = [n for n, one in enumerate(pages) if heading in one]
        assert drawn in pages[place], heading
