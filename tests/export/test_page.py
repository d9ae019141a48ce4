"""The disclosure as a page: one file without request or script, a fragment that any page can hold."""

from __future__ import annotations

import re

import pytest
from exported import HOSTILE, everything, hostile
from pages import Element

from helpers.basics import money
from helpers.export import page


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def whole(sample) -> str:
    return page.page(sample, False)


@pytest.fixture(scope="module")
def fragment(sample) -> str:
    return page.fragment(sample, False)


def test_no_request_leaves_the_page(whole):
    assert [] == re.findall(r"https?://(?!www\.w3\.org/2000/svg)", whole)
    assert {"src", "href"} & {k for _, given in Element(whole).elements for k in given} == {"href"}
    assert "default-src 'none'" in whole


def test_a_fragment_has_no_script_no_style_sheet_and_no_url(fragment):
    elements = Element(fragment).elements
    names = {name for name, _ in elements}
    assert "article" == elements[0][0]
    assert set() == names & {"script", "style", "link", "meta", "html", "body", "img", "iframe"}
    assert [] == [v for _, given in elements for k, v in given.items() if k.startswith("on")]
    assert "url(" not in fragment


def test_every_link_of_the_contents_leads_to_a_heading(fragment):
    elements = Element(fragment).elements
    ids = [given["id"] for name, given in elements if name in ("h2", "h3") and "id" in given]
    links = [given["href"].removeprefix("#") for name, given in elements if name == "a"]
    assert links == ids and len(set(ids)) == len(ids)


def test_every_head_says_of_what_and_every_table_has_a_caption(fragment):
    elements = Element(fragment).elements
    assert all("scope" in given for name, given in elements if name == "th")
    names = [name for name, _ in elements]
    assert names.count("table") == names.count("caption") > 12


def test_every_chart_has_words(fragment):
    assert all(given["aria-label"] for name, given in Element(fragment).elements if name == "svg")


def test_every_amount_of_every_table_stands_in_the_page(sample, fragment):
    for table in sample.tables.published():
        for cell in table.cells():
            if cell.amount is not None and not cell.amount.is_zero:
                assert f">{money.tabular(cell.amount.value)}<" in fragment


def test_a_draft_says_so_and_what_is_ready_does_not(sample, whole):
    assert page.DRAFT in page.fragment(sample, True) and "watermark" in page.page(sample, True)
    assert page.DRAFT not in Element(whole).text.partition("</style>")[2]


def test_hostile_text_is_never_markup(tmp_path):
    elements = Element(page.page(hostile(tmp_path), True))
    assert "script" not in {name for name, _ in elements.elements}
    shown = HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}").replace(
        "\u2069", "\N{REPLACEMENT CHARACTER}"
    )
    assert shown in elements.text
    assert "\u202e" not in elements.text
