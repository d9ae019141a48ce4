"""The report page as a reader meets it, in a real browser: followed, keyed through, looked at, printed, attacked."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import zipfile

import invented
import pytest
from browser import needs_chromium, opened
from pages import REAL, Element, executed

from helpers.across import overview
from helpers.basics import money, paths
from helpers.basics.paths import Folder
from helpers.edition import declared
from helpers.report import columns, grid, markup, report, site, ways, xlsx
from helpers.report import files as exports
from helpers.report.marks import Apart
from helpers.report.sides import Held
from helpers.sample.sample import create

pytestmark = needs_chromium
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"),
    reason="no pdftotext here: apt-get install poppler-utils",
)

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
LOOKS = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": PHONE},
}
TURNED, MARKED = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER ALEF}"
ATTACK = f'=HYPERLINK("http://a.example","b")<script>alert(1)</script></style><!--{TURNED}12.34{MARKED}"\'&amp;]]>{{{{ 7*7 }}}}{{% raw %}}'
LONG = "长" * 5_000 + "x" * 5_000
NAMES = ("real", "sample", "hostile")


def hostile_department(data) -> None:
    """Write the real department with hostile names, reasons, projects and published words."""
    folder = shutil.copytree(
        paths.DATA / "departments" / REAL[0] / str(REAL[1]),
        data / "departments" / "hostile" / "2023",
    )
    word = ATTACK.replace("'", "''")
    slotted = word.replace("{", "{{").replace("}", "}}")
    (folder / "profile.yaml").write_text(
        "\n".join(
            [
                f"department: '{word}'",
                f"short_name: '{word}'",
                "year: 2023",
                "edition: sichuan-2022",
                f"region: '{word}'",
                f"duties: '{slotted}{LONG}'",
                f"organisation: '{slotted}'",
                f"assets_use: '{LONG}'",
                f"reasons: {{收支总计: '{slotted}', 机关运行经费: '{LONG}'}}",
                f"glossary: ['{slotted}', '{LONG}']",
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    item, project = head.index("item"), head.index("project")
    for n, row in enumerate(r for r in rows if r[item] == "绩效项目"):
        row[project] = f"{ATTACK}{n}{LONG if n == 0 else ''}"
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    narrative = folder / "published" / "narrative.txt"
    text = narrative.read_text(encoding="utf-8")
    narrative.write_text(
        text.replace("收、支总计均为1014.51万元", f"收、支总计均为9.99万元{ATTACK}{LONG}"),
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, report.Report]:
    """Return the real report, an invented one with published tables, and a hostile one."""
    data = tmp_path_factory.mktemp("data")
    invented.write_department(data)
    sample = report.load(invented.DEPARTMENT, 2023, data)
    kept = sample.folder.path / "published"
    kept.mkdir()
    xlsx.tables_xlsx(sample.disclosure, kept / "tables.xlsx")
    spoil(sample.folder.figures)
    hostile_department(data)
    return {
        "real": report.load(*REAL),
        "sample": report.load(invented.DEPARTMENT, 2023, data),
        "hostile": report.load("hostile", 2023, data),
    }


def spoil(figures) -> None:
    """Add 100 万元 to one figure, so that the tables that were printed before are wrong now."""
    with figures.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    row = next(
        r
        for r in rows
        if r[head.index("item")] == "支出" and r[head.index("fund")] == "一般公共预算"
    )
    row[head.index("amount")] = str(int(row[head.index("amount")].partition(".")[0]) + 1_000_000)
    with figures.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


@pytest.fixture(scope="module")
def files(reports, tmp_path_factory):
    """Return the finished page of each report, as a file."""
    return written(reports, tmp_path_factory.mktemp("pages"))


def written(reports: dict[str, report.Report], place) -> dict:
    for name, this in reports.items():
        (place / f"{name}.html").write_text(site.page(executed(this), this.name), encoding="utf-8")
    return {name: place / f"{name}.html" for name in reports}


@pytest.fixture(scope="module")
def reports_of_editions(tmp_path_factory) -> dict[str, report.Report]:
    """Return a report of an invented department in every edition, and of one whose tables have no line numbers."""
    data = tmp_path_factory.mktemp("editions")
    every = {}
    for edition in declared.names():
        folder = create(data / edition, 1, range(2023, 2024), seed=7, edition=edition)[0]
        every[edition] = report.load(folder.department, folder.year, data / edition)
    return {**every, "putuo": report.load("putuo-finance-bureau", 2024)}


@pytest.fixture(scope="module")
def files_of_editions(reports_of_editions, tmp_path_factory):
    return written(reports_of_editions, tmp_path_factory.mktemp("pages"))


@pytest.fixture
def real(running, files):
    """Yield the real report on a wide screen."""
    with opened(running, files["real"], viewport=WIDE) as (page, complaints):
        yield page
    assert [] == complaints


@pytest.fixture(scope="module")
def wrong_file(tmp_path_factory):
    """Return the page of the real department with a wrong number in its published text."""
    data = tmp_path_factory.mktemp("wrong")
    folder = shutil.copytree(
        paths.DATA / "departments" / REAL[0], data / "departments" / REAL[0]
    ) / str(REAL[1])
    text = (folder / "published" / "narrative.txt").read_text(encoding="utf-8")
    (folder / "published" / "narrative.txt").write_text(
        text.replace("收、支总计均为1014.51万元", "收、支总计均为1104.51万元"), encoding="utf-8"
    )
    this = report.load(*REAL, data)
    (data / "report.html").write_text(site.page(executed(this), this.name), encoding="utf-8")
    return data / "report.html"


@pytest.fixture
def wrong(running, wrong_file):
    with opened(running, wrong_file, viewport=WIDE) as (page, complaints):
        yield page
    assert [] == complaints


def focused(page, selector: str) -> bool:
    return page.evaluate("s => !!document.activeElement.closest(s)", selector)


# Alone


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", LOOKS)
def test_no_request_and_no_complaint(running, files, name, look):
    with opened(running, files[name], **LOOKS[look]) as (page, complaints):
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        for _ in range(3):
            page.keyboard.press("End")
        page.locator(".statement a").first.click()
        page.wait_for_timeout(100)
        assert [] == complaints


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", ["light", "phone"])
def test_nothing_is_wider_than_the_screen_but_in_its_own_frame(running, files, name, look):
    with opened(running, files[name], **LOOKS[look]) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_no_name_of_a_two_sided_table_is_cut_by_the_other_side_s(running, files):
    overlaps = """scrolled => [...document.querySelectorAll('.form:has(colgroup) tbody tr')].filter(row => {
        row.closest('.frame').scrollLeft = scrolled;
        const [left, right] = [...row.querySelectorAll('th')].map(head => head.getBoundingClientRect());
        return right && left.right > right.left + 1;
    }).length"""
    with opened(running, files["sample"], **LOOKS["phone"]) as (page, _):
        assert [0] * 8 == [page.evaluate(overlaps, scrolled) for scrolled in range(0, 400, 50)]


@pytest.mark.parametrize("across", [390, 768, 1024])
def test_names_that_stay_while_a_table_is_scrolled_cover_no_more_than_their_own_column(
    running, files, across
):
    """One over names and codes slides until it is no wider; numbers halt beside it, but at the end of the table."""
    scrolled = """() => [...document.querySelectorAll('.frame:has(.wide .name, .form tbody [colspan])')].flatMap(frame => {
        frame.scrollLeft = 100;
        if (frame.scrollLeft < 70 || frame.querySelector('colgroup')) return [];
        const box = cell => cell.getBoundingClientRect();
        const edges = [...frame.querySelectorAll('.name, tbody th')].map(cell => box(cell).right);
        const numbers = [...frame.querySelectorAll('tbody [colspan] ~ td')].map(box);
        const isEnd = frame.scrollLeft >= frame.scrollWidth - frame.clientWidth - 1;
        const cut = numbers.filter(it => it.left < edges[0] - 2 && it.right > edges[0] + 2);
        return [[Math.max(...edges) - Math.min(...edges), isEnd ? 0 : cut.length, getComputedStyle(frame.querySelector('.name')).position]];
    })"""
    with opened(running, files["sample"], viewport={"width": across, "height": 800}) as (page, _):
        found = page.evaluate(scrolled)
    stays = [(apart, cut) for apart, cut, position in found if position == "sticky"]
    assert len(stays) > 1
    assert all(apart < 2 and cut == 0 for apart, cut in stays), stays


# Follow a number


def test_a_number_leads_to_its_cell_and_the_cell_back(real):
    link = real.locator(".statement a", has_text="1014.51").first
    sentence = link.locator("xpath=ancestor::span[@id]").get_attribute("id")
    link.click()
    panel = real.locator(".panel")
    panel.wait_for()  # it opens when the browser has arrived, which is a moment after the click
    assert "1,014.51" in real.locator("td:target").text_content()
    assert all(
        words in panel.text_content() for words in ("公开01表", "由来", "用在", "图1", "勾稽 A5")
    )
    panel.get_by_text("回到刚才的说明").click()
    assert sentence == real.locator(".statement :target").get_attribute("id")
    panel.wait_for(state="hidden")


def test_a_cell_says_of_which_lines_the_page_lists_none(running, tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "MOST_LISTED", 1)
    this = report.load(*REAL)
    (tmp_path / "report.html").write_text(site.page(executed(this), this.name), encoding="utf-8")
    with opened(running, tmp_path / "report.html", viewport=WIDE) as (page, complaints):
        page.locator(".form td", has_text="1,014.51").first.click()
        said = page.locator(".panel").text_content()
    assert [] == complaints
    assert re.search(r"figures.csv 第 \d+ 行至第 \d+ 行中另有 \d+ 行，见文件。", said)


def test_the_browser_s_way_back_leads_back_too(real):
    real.locator(".statement a").nth(3).click()
    real.locator(".panel").wait_for()
    real.go_back()
    assert 0 == real.locator(":target").count()
    real.locator(".panel").wait_for(state="hidden")


def test_without_a_script_a_number_and_its_cell_still_lead_to_each_other(running, files):
    with opened(running, files["real"], viewport=WIDE, java_script_enabled=False) as (
        page,
        complaints,
    ):
        link = page.locator(".statement a", has_text="1014.51").first
        link.click()
        assert "1,014.51" in page.locator("td:target").text_content()
        page.locator("td:target a").click()
        assert "1014.51" in page.locator(".statement :target").text_content()
        assert 0 == page.locator(".panel, .copy").count()
        assert [] == complaints


def test_a_number_is_followed_by_keyboard_alone(real):
    link = real.locator(".statement a").nth(3)
    link.focus()
    real.keyboard.press("Enter")
    real.locator(".panel").wait_for()
    assert focused(real, ".panel")
    real.keyboard.press("Escape")
    assert not real.locator(".panel").is_visible()
    assert focused(real, "td:target")
    real.keyboard.press("Enter")
    assert real.locator(".panel").is_visible()


def test_the_arrows_go_from_cell_to_cell(real):
    real.locator("[id=t-03] tbody td:not(.code)").first.click()
    first = real.locator(".panel h2").text_content()
    real.keyboard.press("Escape")
    real.keyboard.press("ArrowRight")
    real.keyboard.press("ArrowDown")
    real.keyboard.press("Enter")
    assert "合计　本年支出合计" in first
    assert "201 一般公共服务支出　基本支出" in real.locator(".panel h2").text_content()


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_one_stop_of_the_tab_key_and_leads_to_its_cells(running, files, name):
    stops = """() => [...document.querySelectorAll('.form, .figures')].map(table =>
        [table, ...table.querySelectorAll('*'), table.parentElement].filter(one => one.tabIndex >= 0).length)"""
    with opened(running, files[name], viewport=WIDE) as (page, complaints):
        assert {1} == set(page.evaluate(stops))
        for table in page.locator(".form, .figures").all():
            table.locator("[tabindex='0']").focus()
            assert "grid" == table.get_attribute("role")
            for key in ("ArrowDown", "ArrowRight", "Enter"):
                page.keyboard.press(key)
            assert focused(page, ".panel")
            page.keyboard.press("Escape")
            assert table.evaluate("table => table.contains(document.activeElement)")
        assert {1} == set(page.evaluate(stops))
    assert [] == complaints


def test_the_arrows_go_from_line_to_line_of_the_figures(real):
    real.locator(".figures [tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Enter"):
        real.keyboard.press(key)
    assert "figures.csv 第 3 行" == real.locator(".panel h2").text_content()


def test_a_derived_cell_opens_as_a_tree_down_to_the_figures(real):
    real.evaluate("open(cells.find(c => c.title.endsWith('总计　决算数')).place)")
    panel = real.locator(".panel")
    assert "加出" in panel.text_content()
    for fold in panel.locator("summary").all():
        fold.evaluate("fold => fold.parentElement.open = true")
    panel.get_by_role("link", name="figures.csv 第 2 行").click()
    assert "1014.51" in real.locator(".figures tr:target").text_content()
    assert "figures.csv 第 2 行" in panel.locator("h2").text_content()


@pytest.mark.parametrize("name", NAMES)
def test_the_panel_of_every_cell_is_that_cell_s(running, files, reports, name):
    """The lineage is kept by the order of the cells on the page: every one must be what it is taken for."""
    every_panel_is_its_cell_s(running, files[name], reports[name])


@pytest.mark.parametrize("edition", [*declared.names(), "putuo"])
def test_the_panel_of_every_cell_is_that_cell_s_in_every_edition(
    running, files_of_editions, reports_of_editions, edition
):
    """Tables differ by edition: with line numbers and without, with codes and without."""
    every_panel_is_its_cell_s(running, files_of_editions[edition], reports_of_editions[edition])
    with opened(running, files_of_editions[edition], viewport=WIDE) as (page, complaints):
        page.locator(".statement a").first.click()
        page.locator(".panel").wait_for()
        page.keyboard.press("Escape")
        heads = page.evaluate(
            "cells.filter(c => c.place.headers).map(c => c.place.headers.split(' ').map(id => document.getElementById(id)?.textContent))"
        )
        titles = page.evaluate("cells.filter(c => c.place.headers).map(c => c.title)")
    assert [] == complaints
    assert heads and all(None not in of for of in heads)
    for (label, _, column), title in zip(heads, titles):
        assert title.endswith(f"{label}　{column}")


def every_panel_is_its_cell_s(running, file, this: report.Report) -> None:
    tables = this.tables
    wanted = [tables.cell(a) for table in tables.published() for a in columns.order(table)]
    with opened(running, file, viewport=WIDE) as (page, complaints):
        shown = page.evaluate("cells.map(c => [c.title, amount(c), state(c)])")
    assert [] == complaints
    assert len(wanted) == len(shown)
    for cell, (title, amount, state) in zip(wanted, shown):
        number, row, column = cell.address[:3]
        assert title.startswith(f"公开{number}表　") and title.endswith(f"　{column}")
        assert not row.isdecimal() or number in ("01", "04") or f"　{row} " in title
        assert (money.tabular(cell.amount.value) or "0" if cell.amount else "缺") == amount
        assert {"given": "写明", "derived": "加出", "missing": "缺"}[cell.state] == state


def test_every_sentence_and_chart_that_uses_a_cell_is_named_there(running, files, reports):
    lineage = reports["real"].sources.lineage
    with opened(running, files["real"], viewport=WIDE) as (page, _):
        counts = page.evaluate("cells.map(c => c.uses.length)")
    order = [a for table in reports["real"].tables.published() for a in columns.order(table)]
    assert [len(lineage.used_in(a)) for a in order] == counts
    assert sum(counts) > 500


# Findings


def test_the_keyboard_alone_reaches_every_finding(real):
    reached = set()
    for _ in range(600):
        real.keyboard.press("Tab")
        real.evaluate(
            "document.activeElement.matches('.findings summary') && (document.activeElement.parentElement.open = true)"
        )
        reached.add(
            real.evaluate(
                "[...document.querySelectorAll('.findings li')].indexOf(document.activeElement.closest('li'))"
            )
        )
        if focused(real, ".statement"):
            break
    assert set(range(real.locator(".findings li").count())) == reached - {-1}


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_leads_to_a_place(running, files, name):
    with opened(running, files[name], viewport=WIDE) as (page, _):
        assert page.locator(".findings li").count() == page.locator(".findings li .basis a").count()
        lost = "a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))"
        assert [] == page.evaluate(
            f"[...document.querySelectorAll('a')].filter({lost}).map(a => a.outerHTML)"
        )


def test_a_finding_s_sentence_is_copied(running, files):
    with opened(
        running, files["real"], viewport=WIDE, permissions=["clipboard-read", "clipboard-write"]
    ) as (page, complaints):
        said = page.locator(".send").first.text_content()
        page.locator(".copy").first.click()
        page.get_by_text("已复制").wait_for()
        assert said == page.evaluate("navigator.clipboard.readText()")
        assert [] == complaints


def test_every_rule_says_what_it_rests_on(real):
    heads = real.locator(".findings > .basis").all_text_contents()
    assert heads and all("依据：" in head for head in heads)


def test_a_published_cell_that_differs_stands_beside_the_recomputed_one_and_in_its_panel(
    running, files
):
    with opened(running, files["sample"], viewport=WIDE) as (page, _):
        apart = page.locator(".sheet td .apart").first
        ours, theirs = (apart.locator(side).text_content() for side in (".ours", ".theirs"))
        assert ours != theirs.removeprefix("公开 ") and theirs.startswith("公开 ")
        assert "公开的表（张）" in page.locator(".tally").text_content()
        assert page.get_by_text("与公开的表比对：").first.is_visible()
        page.evaluate("open(document.querySelector('td:has(.apart)'))")
        panel = page.locator(".panel")
        assert f"{theirs}　重算 {ours}" in panel.text_content()
        assert "公开的数合 " in panel.text_content()
        panel.get_by_role("link", name="重新计算为").first.click()
        assert "重新计算为" in page.locator(".findings li:target").text_content()


def test_one_wrong_line_is_one_matter_and_no_published_number_of_it_is_struck_out(running, files):
    with opened(running, files["sample"], viewport=WIDE) as (page, _):
        first = page.locator(".findings > ol > li").first
        assert "疑因 figures.csv 第" in first.text_content()
        assert first.locator("li").count() > 5
        assert not first.locator("li").first.is_visible()
        first.locator("summary").click()
        assert first.locator("li").first.is_visible()
        assert 0 == page.locator(".theirs del").count()


def test_the_place_of_a_finding_about_a_number_is_where_the_published_number_stands(wrong):
    link = wrong.locator(".findings li", has_text="1104.51万元，由").locator(".basis a").first
    link.click()
    target = wrong.locator(".statement :target")
    assert "1014.51公开 1104.51" == target.text_content()
    target.locator(".theirs").click()
    assert "1104.51" in wrong.locator(".findings li:target").text_content()


def test_on_a_wide_screen_the_published_sentence_stands_beside_the_text(running, wrong_file):
    for width, shown in ((1500, True), (1000, False)):
        with opened(running, wrong_file, viewport={"width": width, "height": 900}) as (page, _):
            beside = page.locator(".statement .at", has_text="1104.51").first
            assert shown == beside.is_visible()
            assert beside.text_content().startswith("第 22 行")


def test_the_keys_n_and_p_go_from_finding_to_finding(real):
    at = "[...document.querySelectorAll('.findings li')].indexOf(document.activeElement.closest('li'))"
    seen = []
    for key in "nnnpn":
        real.keyboard.press(key)
        seen.append(real.evaluate(at))
    assert seen[0] == 0 and sorted(set(seen)) == sorted(seen[:3])
    assert seen[2] == seen[4] and seen[1] == seen[3]
    real.keyboard.press("Enter")
    assert 1 == real.locator(":target").count()


FEW = 3  # presses of the tabulator


@pytest.mark.parametrize("skip, place", [("跳到疑点", ".findings li"), ("跳到表", ".sheet")])
def test_few_tab_stops_lie_before_the_first_finding_and_the_first_table(real, skip, place):
    for presses in range(1, FEW + 1):
        real.keyboard.press("Tab")
        if real.evaluate("document.activeElement.textContent") == skip:
            break
    real.keyboard.press("Enter")
    real.keyboard.press("Tab")
    assert focused(real, place)
    assert presses <= FEW


def test_the_cells_of_a_two_sided_table_name_the_heads_of_their_own_side(real):
    said = real.evaluate(
        "[...document.querySelectorAll('[id=t-01] tbody td[headers]')].map(cell => cell.headers.split(' ').map(h => document.getElementById(h).textContent))"
    )
    assert ["一、一般公共预算财政拨款收入", "收入", "决算数"] == said[0]
    assert ["一、一般公共服务支出", "支出", "决算数"] == said[1]


# Contents


def test_the_contents_count_the_errors_and_warnings_under_each_heading(real):
    three_public = real.locator("nav li", has_text="“三公”").first
    assert "4" == three_public.locator("b").text_content()
    assert 0 == real.locator("nav li", has_text="一、收入支出决算总表").locator("b").count()


def test_the_contents_say_where_the_reader_is(real):
    real.get_by_role("heading", name="第三部分 名词解释").scroll_into_view_if_needed()
    real.evaluate(
        "scrollBy(0, document.querySelector('h2:nth-of-type(4)').getBoundingClientRect().top - 20)"
    )
    real.locator("nav [aria-current]", has_text="第三部分 名词解释").wait_for()
    assert ["第三部分 名词解释"] == real.locator("nav [aria-current]").all_text_contents()


def test_contents_that_cover_the_page_close_after_a_choice_and_on_escape(running, files):
    with opened(running, files["real"], **LOOKS["phone"]) as (page, _):
        summary, fold = page.locator("nav summary"), page.locator("nav details")
        summary.click()
        page.locator("nav a", has_text="第三部分 名词解释").click()
        assert fold.get_attribute("open") is None
        heading = page.get_by_role("heading", name="第三部分 名词解释")
        nav = page.locator("nav").bounding_box()
        assert nav["y"] + nav["height"] <= heading.bounding_box()["y"] < PHONE["height"] / 2
        summary.click()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert fold.get_attribute("open") is None
        assert focused(page, "nav summary")


def test_contents_beside_the_page_stay_after_a_choice(real):
    real.evaluate("document.querySelector('nav details').open = true")
    real.locator("nav a", has_text="第三部分 名词解释").click()
    assert real.locator("nav details").get_attribute("open") is not None


# Anyone can read it


@pytest.mark.parametrize(
    "name, look", [*((n, "light") for n in NAMES), ("real", "dark"), ("real", "phone")]
)
def test_axe_finds_nothing(running, files, name, look):
    from axe_playwright_python.sync_playwright import Axe

    with opened(running, files[name], **LOOKS[look]) as (page, _):
        page.locator(".statement a").first.click()
        found = Axe().run(page).response["violations"]
    assert [] == [
        (one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"][:300])
        for one in found
    ]


# On paper


@pytest.fixture(scope="module")
def printed(running, files, tmp_path_factory):
    """Return for each report its printed pages: (width, height, words with their boxes)."""
    place = tmp_path_factory.mktemp("paper")
    return {name: paper(running, file, place / f"{name}.pdf") for name, file in files.items()}


def paper(running, file, made) -> list[tuple[float, float, list]]:
    with opened(running, file, viewport=WIDE) as (page, _):
        page.pdf(path=str(made), prefer_css_page_size=True, print_background=True)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", made, "-"], capture_output=True, text=True, check=True
    ).stdout
    word = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    return [
        (float(w), float(h), re.findall(word, words))
        for w, h, words in re.findall(
            r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes, re.S
        )
    ]


def height_of(word: str, pages) -> float:
    boxes = [box for _, _, words in pages for *box, said in words if said == word]
    return float(boxes[0][3]) - float(boxes[0][1])


@needs_poppler
def test_published_numbers_however_long_neither_leave_the_paper_nor_shrink_the_report(
    running, reports, printed, tmp_path, monkeypatch
):
    """Published in 元 under a head that says 万元: beside every number stands one of four more digits."""
    this = reports["sample"]

    def in_yuan(sources, number):
        theirs = {
            str(cell.address): f"{cell.amount.value * 10_000:,.2f}"
            for cell in this.tables.table(number).cells()
            if cell.amount and not cell.amount.is_zero
        }
        return grid.Beside(
            apart={
                place: Apart(theirs=said, finding=1, severity="error", held=Held())
                for place, said in theirs.items()
            }
        )

    monkeypatch.setattr(type(this.sources), "beside", in_yuan)
    (tmp_path / "page.html").write_text(site.page(executed(this), this.name), encoding="utf-8")
    pages = paper(running, tmp_path / "page.html", tmp_path / "page.pdf")
    assert height_of("核对结论", printed["sample"]) == height_of("核对结论", pages)
    said = {w for _, _, words in pages for *_, w in words}
    shown = columns.with_money(this.tables.table("07"), this.tables.table("07").sides[0])
    assert [] == [c.key for c in shown.columns if columns.is_code(c.key) and c.key not in said]
    every_panel_is_its_cell_s(running, tmp_path / "page.html", this)


@needs_poppler
@pytest.mark.parametrize("name", NAMES)
def test_no_printed_page_is_empty_or_clipped(printed, name):
    edge = 20  # points: narrower than the margins on either side
    for number, (width, height, words) in enumerate(printed[name], 1):
        assert len(words) > 8, f"page {number}"
        beyond = [
            w
            for left, top, right, bottom, w in words
            if float(left) < edge or float(right) > width - edge or float(bottom) > height
        ]
        assert [] == beyond, f"page {number}"


@needs_poppler
@pytest.mark.parametrize("name", NAMES)
def test_every_printed_page_has_its_number_and_the_last_a_place_to_sign(printed, name):
    pages = printed[name]
    for number, (_, _, words) in enumerate(pages, 1):
        said = " ".join(w for *_, w in words)
        assert f"{number} / {len(pages)}" in said
    assert all(w in said for w in ("编制人：", "复核人：", "日期："))


@needs_poppler
def test_wide_tables_are_printed_across_and_nothing_of_the_panel_shows(printed):
    assert {True, False} == {width > height for width, height, _ in printed["real"]}
    said = {w for _, _, words in printed["real"] for *_, w in words}
    assert not {"复制", "关闭", "由来"} & said


MOST_PAGES = 3


@needs_poppler
@pytest.mark.parametrize("name", ["real", "sample"])
def test_the_short_print_is_the_verdict_the_findings_and_a_place_to_sign(
    running, files, printed, tmp_path, name
):
    context = running.new_context()
    page = context.new_page()
    page.goto(f"{files[name].as_uri()}#print=short")
    page.pdf(path=str(tmp_path / "short.pdf"), prefer_css_page_size=True)
    context.close()
    said = subprocess.run(
        ["pdftotext", tmp_path / "short.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = said.split("\f")[:-1]
    assert len(pages) <= MOST_PAGES < len(printed[name]) / 5
    assert all(words in said for words in ("核对结论", "错误", "编制人：", "复核人："))
    assert "第一部分" not in said and "公开01表" not in pages[-1].splitlines()[0]
    assert len("".join(pages[-1].split())) > 60


@needs_poppler
@pytest.mark.parametrize("name", NAMES)
def test_the_place_to_sign_is_never_alone_on_its_page(printed, name):
    *_, (_, _, words) = printed[name]
    said = [w for *_, w in words]
    assert said.index("编制人：") > 4


# Ways out


def test_a_report_leads_to_its_neighbours_by_the_index_and_to_none_that_is_not_there(
    running, files, tmp_path
):
    names = ("a-first", "b-second", "c-third")
    for name in names:
        folder = Folder(paths.DATA, name, 2023)
        place = tmp_path / name / "2023"
        place.mkdir(parents=True)
        page = files["real"].read_text(encoding="utf-8")
        links = "".join(f'<a href="{way.target}">{way.name}</a>' for way in ways.out(folder))
        (place / "report.html").write_text(
            page.replace('<p class="ways">', f'<p class="ways">{links}').replace(
                "<p class=ways>", f"<p class=ways>{links}"
            ),
            encoding="utf-8",
        )
        run = {"department": name, "name": name, "year": 2023, "status": "ok", "findings": {}}
        (place / "run.json").write_text(json.dumps(run), encoding="utf-8")
    overview.write_index(tmp_path)
    context = running.new_context()
    page = context.new_page()
    page.goto((tmp_path / "b-second" / "2023" / "report.html").as_uri())
    seen = []
    for name in ("下一份", "上一份", "上一份", "上一份", "总览"):
        if "index.html" in page.url:
            break
        with page.expect_navigation():
            page.get_by_role("link", name=name, exact=True).click()
        seen.append(page.url.removeprefix(tmp_path.as_uri()))
    context.close()
    assert seen[:3] == [
        "/c-third/2023/report.html",
        "/b-second/2023/report.html",
        "/a-first/2023/report.html",
    ]
    assert seen[3].startswith("/index.html")


# A hostile department


def test_a_hostile_department_stays_words(running, files):
    with opened(running, files["hostile"], viewport=WIDE) as (page, complaints):
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        assert (
            page.locator(".title")
            .text_content()
            .startswith(ATTACK.replace(TURNED, "\N{REPLACEMENT CHARACTER}"))
        )
        assert 2 == page.locator("script").count() and 1 == page.locator("style").count()
        assert [] == page.evaluate(
            "[...document.querySelectorAll('a, img, form, iframe')].filter(e => !e.getAttribute('href')?.startsWith('#')).map(e => e.outerHTML)"
        )
        for line in page.locator(".figures tbody tr").filter(has_text="绩效项目").all()[:2]:
            line.click()
            page.keyboard.press("Escape")
        page.evaluate("cells.slice(0, 60).forEach(c => open(c.place))")
        assert 2 == page.locator("script").count()
        assert [] == complaints


def test_a_hostile_text_stays_words_in_a_notebook(reports):
    shown = [
        output.data["text/html"]
        for cell in executed(reports["hostile"]).cells
        for output in cell.get("outputs", ())
    ]
    live = [
        given
        for html in shown
        for name, given in Element(html).elements
        if name in ("script", "style", "iframe", "img")
    ]
    assert [{"type": "application/json", "id": "lineage"}] == live


def test_a_hostile_text_is_no_formula_in_a_spreadsheet(reports, tmp_path):
    xlsx.tables_xlsx(reports["hostile"].disclosure, tmp_path / "tables.xlsx")
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        sheets = [
            book.read(name).decode()
            for name in book.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]
        assert "=HYPERLINK(" in book.read("xl/sharedStrings.xml").decode()
    assert 1 + 13 == len(sheets)  # the cover, the tables
    assert [] == [s for s in sheets if "<f>" in s or "hyperlink" in s.lower()]
    assert not re.search(r"(?:^|,)\"?[=@]", exports.findings_csv(reports["hostile"]), re.M)
