"""The page that compares, in a real browser: for who sees it, in light, dark, on a phone and on paper, and for who does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import reported
from axe_playwright_python.sync_playwright import Axe
from browser import needs_chromium, opened

from helpers.across import store
from helpers.sample import sample

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """The page over three invented departments of two years."""
    data, outputs = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("outputs")
    reported.written(sample.create(data, 3, range(2022, 2024), 3), outputs)
    store.collect(outputs, data)
    made = "import sys; from pathlib import Path; from helpers.batch import comparison; "
    made += "print(comparison.compare(Path(sys.argv[1])))"
    # In a process of its own: what a notebook leaves behind in one is not for the tests that follow.
    done = subprocess.run(
        [sys.executable, "-c", made, str(outputs)], capture_output=True, text=True, check=True
    )
    return Path(done.stdout.strip())


@pytest.mark.parametrize(
    "options, media",
    [
        ({"color_scheme": "light"}, "screen"),
        ({"color_scheme": "dark"}, "screen"),
        ({"viewport": {"width": 360, "height": 740}}, "screen"),
        ({}, "print"),
    ],
    ids=["light", "dark", "phone", "print"],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(running, compared, options, media):
    with opened(running, compared, **options) as (page, complaints):
        page.emulate_media(media=media)
        results = Axe().run(page)
        assert 0 == results.violations_count, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [] == complaints


def test_the_page_offers_nothing_that_a_report_alone_has(running, compared):
    with opened(running, compared) as (page, _):
        leads = page.locator("a[href^='#']").evaluate_all("all => all.map((a) => a.hash.slice(1))")
        lost = [
            id
            for id in map(str, leads)
            if not page.evaluate("id => document.getElementById(decodeURIComponent(id))?.id", id)
        ]
        assert [] == lost
        assert 0 == page.get_by_text("打印结论和疑点").count()
