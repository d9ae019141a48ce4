"""The disclosure as PDF: its Word document printed by LibreOffice, or its page by Chromium, whichever is there."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from helpers.basics import programs
from helpers.basics.errors import DataError, Refusal
from helpers.disclosure.disclosure import Disclosure
from helpers.export import document, page
from helpers.export.template import Template
from helpers.published import office
from helpers.report.sheet import FONT_FILE

SECONDS, _READY = 120, 10_000  # of the printer; of its page, in milliseconds
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a printer writes of the moment, in the file's own words; what takes its place is as long.
_MOMENTS = re.compile(
    rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)|/ID ?\[ ?<[^\]]*\]|/DocChecksum ?/[0-9A-F]+"
)


def browser() -> str | None:
    """Return where Chromium is, or nothing; the environment's CHROMIUM names another."""
    return shutil.which(os.environ.get("CHROMIUM", "")) or next(
        filter(None, map(shutil.which, _BROWSERS)), None
    )


def need_printer(with_template: bool) -> None:
    """Refuse where nothing can print; a template is a Word document, which only LibreOffice prints."""
    if office.program() is None and (with_template or browser() is None):
        which = "LibreOffice" if with_template else "LibreOffice 或 Chromium"
        raise Refusal(
            f"装了 {which} 才能导出 pdf，如 apt-get install libreoffice-writer；或先导出 docx，在 Word 里另存为 PDF"
        )


def pdf(disclosure: Disclosure, template: Template | None, is_draft: bool) -> bytes:
    """Return the disclosure as PDF; the same disclosure on the same machine gives the same bytes."""
    if office.program() is not None:
        written = document.docx(disclosure, template, is_draft)
        made = office.printed(written, disclosure.name, FONT_FILE.parent)
    else:
        made = _by_browser(page.page(disclosure, is_draft), disclosure.name)
    return _MOMENTS.sub(_undated, made)


def _undated(match: re.Match) -> bytes:
    """Return a moment's words with every letter and digit of the moment gone, as long as they were."""
    head, said = re.match(rb"(/\w+ ?(?:\(D:|\[|/)?)(.*)", match[0], re.S).groups()  # type: ignore[union-attr]
    return head + re.sub(rb"[0-9A-Fa-f]", b"0", said)


def _by_browser(html: str, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        given, made = Path(place, "given.html"), Path(place, "made.pdf")
        given.write_text(html, encoding="utf-8")
        command = [
            str(browser()),
            "--headless",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--disable-gpu",
            "--disable-extensions",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={Path(place, 'browser')}",
            "--no-pdf-header-footer",
            # Until then nothing is printed; its clock stands while the page's own typeface is made ready.
            f"--virtual-time-budget={_READY}",
            f"--print-to-pdf={made}",
            given.as_uri(),
        ]
        if not programs.run(command, SECONDS):
            raise DataError(name, f"Chromium 印了 {SECONDS} 秒还没有印完")
        if not made.is_file():
            raise DataError(name, "Chromium 印不了")
        return made.read_bytes()
