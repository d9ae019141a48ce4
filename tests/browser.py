"""The system's Chromium, headless, for the tests that look at a page as a reader does.

`apt-get install chromium` (Debian, Ubuntu) provides it; CHROMIUM names another one. Without it the tests are
skipped, but for CI, where they fail.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
_ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("CI"),
    reason="no Chromium here: apt-get install chromium, or CHROMIUM=/its/path",
)


@contextmanager
def browser():
    """Yield the running browser; `browser().new_page()` is a page without history."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, args=list(_ALONE))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def opened(running, file: Path, **options):
    """Yield (page, complaints): the file on a page of its own, and every console message and request but for itself."""
    context = running.new_context(**options)
    page: Page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: (
            request.url.startswith(("data:", file.as_uri()))
            or complaints.append(f"request: {request.url}")
        ),
    )
    page.goto(file.as_uri())
    try:
        yield page, complaints
    finally:
        context.close()
