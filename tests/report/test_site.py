"""The page of a report: whole, self-contained, linked, harmless and small. No kernel runs here."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
from decimal import Decimal
from functools import partial

import pytest
from fontTools.ttLib import TTFont
from pages import HOSTILE, REAL, Element, executed, the_real_report

from helpers.basics import paths
from helpers.batch.workers import Crew, Limits
from helpers.report import report, sheet, site, typeface
from helpers.report.elements import text

MOST_BYTES = 300_000
TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}12.34"
FAR = re.compile(r"(?i)(?:https?:)?//|javascript:")


@pytest.fixture(scope="module")
def page() -> str:
    this = the_real_report()
    return site.page(executed(this), f"{this.profile.department} 2023 年度部门决算")


@pytest.fixture(scope="module")
def made(page) -> Element:
    return Element(page)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> str:
    """Return the page of a department whose every word is hostile, and 10,000 characters long where it may be."""
    data = tmp_path_factory.mktemp("data")
    folder = shutil.copytree(
        paths.DATA / "departments" / REAL[0] / str(REAL[1]),
        data / "departments" / "hostile" / "2023",
    )
    word = (HOSTILE + TURNED).replace("'", "''")
    slotted = word.replace("{", "{{").replace(
        "}", "}}"
    )  # a text may have slots; doubled, a brace is a brace
    lines = [
        f"department: '{word}'",
        f"short_name: '{word}'",
        "year: 2023",
        "edition: sichuan-2022",
        f"region: '{word}'",
        f"duties: '{slotted}{'长' * 10_000}'",
        f"organisation: '{slotted}'",
        f"assets_use: '{slotted}'",
    ]
    (folder / "profile.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    this = report.load("hostile", 2023, data)
    return site.page(executed(this), this.profile.department)


def lineage_of(page: str) -> dict:
    """Return the lineage that a page carries for its panel."""
    return json.loads(
        re.search(r'<script type="application/json" id="lineage">(.*?)</script>', page, re.S)[1]
    )


# Whole and linked


def test_every_link_leads_to_a_place_in_the_page(made):
    ids = set(made.ids())
    assert [] == [a["href"] for a in made.named("a") if a["href"].removeprefix("#") not in ids]


def test_ids_are_unique_and_short_enough_for_a_pdf(made):
    assert len(set(made.ids())) == len(made.ids())
    assert (
        max(len(i.encode()) for i in made.ids()) < 42
    )  # a PDF writes three bytes for each, 127 at most


def test_every_number_of_a_sentence_that_has_a_place_links_to_it(page):
    this = the_real_report()
    wanted = sum(
        bool(this.sources.places.number(n)[0])
        for s in this.statements.values()
        for w in s.sentences
        for n in w.numbers
    )
    shown = "".join(re.findall(r"<div class=statement>(.*?)</div>", page, re.S))
    assert wanted == len(re.findall(r'<a href="#[cft]', shown)) > 150


def test_a_link_arrives_at_the_cell_that_has_its_number(page):
    target = re.search(r'收、支总计均为<a href="#(c\d+)"[^>]*>1014\.51<', page)
    assert re.search(f'<td id="{target[1]}"><a[^>]*>1,014.51', page)


def test_cells_that_nothing_links_to_have_no_id(page):
    led_to = set(re.findall(r'href="#([^"]*)"', page)) | lineage_of(page)["uses"].keys()
    assert set(re.findall(r' id="((?:c\d|f-|s\d)[^"]*)"', page)) <= led_to


def test_every_finding_has_its_place_for_the_page_of_all_causes():
    """In the order in which run.json has them, numbered through all causes."""
    this = the_real_report()
    page = site.page(executed(this), "部门")
    told = [f.message for cause in this.review.causes for f in cause.members]
    assert len(told) > 3
    for number, message in enumerate(told, 1):
        [item] = re.findall(rf'<li[^>]* id="d-{number}"[^>]*>(?:(?!<li).)*', page)
        assert text(message) in item


def test_a_link_to_a_cell_that_its_table_does_not_show_leads_to_the_table():
    assert '<a href="#t-07">7</a><i id="t-07"></i>' == site.linked(
        '<a href="#c-07-合计-301">7</a><i id="t-07"></i>'
    )


def test_the_contents_list_every_heading_once(page, made):
    listed = re.findall(r"<li class=level\d><a href=\"#(h\d+)\">([^<]*)</a>", page)
    there = re.findall(r'<h[23] id="(h\d+)">([^<]*)</h', page)
    assert there == listed
    assert len(listed) > 30


def test_there_is_one_title_and_the_language_is_said(made):
    assert 1 == len(made.named("h1")) == len(made.named("main")) == len(made.named("nav"))
    assert [{"lang": "zh-CN"}] == made.named("html")


def test_the_opening_words_stand_under_the_name_and_before_the_verdict(page):
    assert (
        page.index("</h1>")
        < page.index("class=masthead")
        < page.index("class=intro")
        < page.index("核对结论</h2>")
    )


# Alone and harmless


def test_no_request_can_leave_the_page(page, made):
    policy = next(
        m["content"] for m in made.named("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';") and "http" not in policy
    assert set(re.findall(r"url\(\s*(.{5})", page)) <= {"data:"}
    links = [
        v
        for _, given in made.elements
        for k, v in given.items()
        if k not in ("content", "aria-label", "title")
    ]
    assert [] == [v for v in links if v and FAR.search(v)]
    assert not {"link", "img", "iframe", "object", "base", "form"} & {
        name for name, _ in made.elements
    }


def test_the_only_script_that_may_run_is_the_page_s_own(page, made):
    policy = next(
        m["content"] for m in made.named("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    data, acts = made.named("script")
    own = re.search(r"<script>(.*?)</script>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert ("application/json", {}) == (data["type"], acts)
    assert policy.endswith(f"script-src 'sha256-{digest}'")
    assert not {k for _, given in made.elements for k in given if k.startswith("on")}


def test_a_script_says_nothing_of_its_own_writing_and_has_no_markup_in_it():
    assert (
        "//" not in site.script()
        and "innerHTML" not in site.script()
        and "eval" not in site.script()
    )


def test_an_address_is_only_ever_text_from_data(page):
    without_text = re.sub(r">[^<]*", ">", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.S))
    assert "http://" not in without_text and "https://" not in without_text
    assert not FAR.search(site.style("", "").partition("}")[2])


def test_a_hostile_department_is_only_words(page, hostile):
    known, found = Element(page), Element(hostile)
    assert {n for n, _ in found.elements} <= {n for n, _ in known.elements}
    attributes = [{k for _, given in each.elements for k in given} for each in (known, found)]
    assert attributes[1] <= attributes[0]
    assert found.text.count(HOSTILE) > 10


def test_a_hostile_department_cannot_turn_its_digits_round(hostile):
    assert TURNED[0] not in hostile
    assert "\N{REPLACEMENT CHARACTER}12.34" in site.shown(hostile)


@pytest.mark.parametrize(
    "title", [HOSTILE, '"}</style><script>', "\\", "a\nb", "\u202e", "一年级（虚构）"]
)
def test_a_title_stays_inside_its_string_in_the_style_sheet(title):
    quoted = site._quoted(title)
    assert re.fullmatch(r'"(?:[^\W_]|\\[0-9a-f]+ )*"', quoted)
    assert title == re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), quoted[1:-1])


@pytest.mark.parametrize("source", ["<script>x</script>", "## <b>一</b>", "a & b\n\nc < d"])
def test_markup_in_a_text_cell_stays_text(source):
    shown = Element(site.heading_html(source))
    assert {"p", "h2"} >= {name for name, _ in shown.elements}
    assert re.sub(r"^#+ |\s", "", source) == re.sub(r"\s", "", shown.text)


# Small


def test_the_real_report_is_at_most_300_kilobytes(page):
    assert len(page.encode()) <= MOST_BYTES


def test_the_typeface_has_every_character_that_the_page_shows(page):
    data = re.search(r"base64,([^)]*)\)", page)[1]
    font = TTFont(io.BytesIO(base64.b64decode(data)))
    source = TTFont(str(sheet.FONT_FILE), lazy=True).getBestCmap()
    wanted = {ord(c) for c in site.shown(page)} & source.keys()
    assert set() == wanted - font.getBestCmap().keys()
    assert len(font.getBestCmap()) < len(wanted) + 100


def test_the_typeface_keeps_outlines_and_widths_to_half_a_unit():
    font, source = (
        TTFont(io.BytesIO(typeface.subset(frozenset("决算1Wg，")))),
        TTFont(str(sheet.FONT_FILE), lazy=True),
    )
    half = source["head"].unitsPerEm / typeface.EM / 2
    for code, name in font.getBestCmap().items():
        twin = source.getBestCmap()[code]
        (ours, ends, kinds), (theirs, same_ends, same_kinds) = (
            font["glyf"][name].getCoordinates(font["glyf"]),
            source["glyf"][twin].getCoordinates(source["glyf"]),
        )
        assert list(ends) == list(same_ends)
        assert [k & 1 for k in kinds] == [k & 1 for k in same_kinds]
        assert all(
            abs(a * 2 * half - b) <= half
            for one, other in zip(ours, theirs)
            for a, b in zip(one, other)
        )
        assert abs(font["hmtx"][name][0] * 2 * half - source["hmtx"][twin][0]) <= half


def test_no_glyph_makes_a_browser_refuse_the_typeface():
    """Bit 6 of a flag may stand on a glyph's first point only; the source has it elsewhere in these."""
    glyphs = TTFont(io.BytesIO(typeface.subset(frozenset("▼▽◆◇"))))["glyf"]
    glyphs.ensureDecompiled()
    assert [] == [
        name
        for name, glyph in glyphs.glyphs.items()
        if any(flag & 0x40 for flag in getattr(glyph, "flags", b"")[1:])
    ]


def test_the_same_text_gives_the_same_typeface_and_a_stranger_is_left_out():
    assert typeface.face("决算") == typeface.face("算决\N{ARABIC LETTER ALEF}")


def test_processes_that_share_the_source_never_read_each_other_s_glyphs(tmp_path, monkeypatch):
    """Children of one process share the places at which its open files are read."""
    texts = [frozenset(map(chr, range(0x5000 + 400 * n, 0x5000 + 400 * n + 400))) for n in range(4)]
    monkeypatch.setattr(typeface, "_outlines", {})
    typeface._source.cache_clear()
    typeface._source().getBestCmap()
    with Crew(4, Limits()) as crew:
        for n, text in enumerate(texts):
            crew.start(n, partial(_written, tmp_path / f"{n}.woff", text), tmp_path / f"{n}.log")
        ended = [one for _ in texts if crew.busy for one in crew.ended()]
    assert [(n, "") for n in range(4)] == sorted(ended)
    for n, text in enumerate(texts):
        assert typeface.subset(text) == (tmp_path / f"{n}.woff").read_bytes()


def _written(file, text):
    file.write_bytes(typeface.subset(text))


def test_outlines_that_another_process_made_are_taken_as_they_are(monkeypatch):
    here, made = typeface.subset(frozenset("决算")), typeface.outlines(frozenset("决算"))
    monkeypatch.setattr(typeface, "_outlines", {})
    typeface.know(made)
    monkeypatch.delattr(typeface, "_scaled_outline")
    assert 3 == len(made)  # one for a character that it lacks
    assert here == typeface.subset(frozenset("决算"))


# The look


def colours(sheet_text: str) -> list[dict[str, str]]:
    """Return the colours of the light, the dark and the printed page."""
    assert "@media screen and (prefers-color-scheme: dark)" in sheet_text, "paper is never dark"
    light, dark, paper = (
        dict(re.findall(r"--(\w+): (#\w+)", block))
        for block in re.findall(r":root \{(.*?)\}", sheet_text, re.S)
    )
    return [light, light | dark, light | paper]


def luminance(colour: str) -> Decimal:
    """Return how bright a colour is, as the accessibility guidelines reckon it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [Decimal(int(digits[i : i + 2], 16)) / 255 for i in (0, 2, 4)]
    linear = [
        p / Decimal("12.92")
        if p <= Decimal("0.04045")
        else ((p + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
        for p in parts
    ]
    return sum(a * b for a, b in zip(linear, map(Decimal, ("0.2126", "0.7152", "0.0722"))))


@pytest.mark.parametrize("which", [0, 1, 2], ids=["light", "dark", "paper"])
@pytest.mark.parametrize(
    "ink", ["ink", "soft", "quiet", "accent", "error", "warning", "hint", "missing"]
)
@pytest.mark.parametrize("ground", ["paper", "faint"])
def test_every_ink_can_be_read_on_every_ground(which, ink, ground):
    look = colours((paths.LOOK / "report.css").read_text(encoding="utf-8"))[which]
    bright, dark = sorted((luminance(look[ink]), luminance(look[ground])), reverse=True)
    assert (bright + Decimal("0.05")) / (dark + Decimal("0.05")) >= Decimal("4.5")


def test_every_printed_page_is_numbered_and_the_contents_stay_on_the_screen():
    look = (paths.LOOK / "report.css").read_text(encoding="utf-8")
    assert "counter(page)" in look
    assert "nav, .skip, .panel, button { display: none; }" in look[look.index("@media print") :]


def test_the_page_has_a_place_to_sign(made):
    assert all(words in made.text for words in ("编制人：", "复核人：", "日期："))


def test_nothing_is_escaped_twice(page):
    assert not re.search(r"&amp;(?:amp|lt|gt|quot|#)", page)
