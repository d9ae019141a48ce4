"""Hostile PDFs, docx, ods and web pages in published/."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from papers import docx, locked_pdf, p, pdf, text

from hostile.books import BOMB
from hostile.inputs import BOOK, EITHER, REFUSED, TEXT, Input, Spoil
from hostile.spoiling import gone, put

PDF, DOCX, ODS, HTML = (f"published/tables.{kind}" for kind in ("pdf", "docx", "ods", "html"))
_NESTED = "<w:tbl><w:tr><w:tc>"


def documents() -> Iterator[Input]:
    """Yield the inputs with a hostile published document."""
    made: dict[str, tuple[str, object, str]] = {
        "pdf-empty": (PDF, b"", REFUSED),
        "pdf-random": (PDF, lambda: b"%PDF-1.7" + random.Random(14).randbytes(50_000), REFUSED),
        "pdf-locked": (PDF, locked_pdf, REFUSED),
        "pdf-deep-arrays": (PDF, lambda: b"%PDF-1.7\n" + b"[" * 2_000_000, REFUSED),
        "pdf-deep-states": (PDF, lambda: pdf(b"q " * 500_000), EITHER),
        "pdf-10000-pages": (PDF, lambda: pdf(*[b""] * 10_000), REFUSED),
        "pdf-a-million-lines": (PDF, lambda: pdf(b"0 0 m 1 99 l S\n" * 1_000_000), REFUSED),
        "pdf-a-million-letters": (PDF, lambda: pdf(text(1, 1, "a" * 50) * 20_000), EITHER),
        "pdf-all-scanned": (PDF, lambda: pdf(b"q 600 0 0 800 0 0 cm /Im Do Q"), REFUSED),
        "pdf-truncated": (PDF, lambda: pdf(text(1, 1, "a"))[:200], REFUSED),
        "docx-empty": (DOCX, b"", REFUSED),
        "docx-nested-tables": (DOCX, lambda: docx(_NESTED * 60_000), REFUSED),
        "docx-deep-tables": (
            DOCX,
            lambda: docx(_NESTED * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000),
            REFUSED,
        ),
        "docx-entity-bomb": (DOCX, lambda: docx("", numbering=BOMB + "<x>&a9;</x>"), REFUSED),
        "docx-swollen": (DOCX, lambda: docx("<w:p/>" * 12_000_000), REFUSED),
        "docx-a-long-line": (DOCX, lambda: docx(p("长" * 2_000_000)), EITHER),
        "ods-a-docx": (ODS, lambda: docx(p("x")), REFUSED),
        "html-nested-tables": (HTML, b"<table><tr><td>" * 50_000, REFUSED),
        "html-a-million-cells": (HTML, b"<table><tr>" + b"<td>" * 1_000_000, REFUSED),
        "html-spans": (HTML, b"<table>" + b"<tr><td colspan=999 rowspan=999>" * 2_000, REFUSED),
        "html-in-no-coding": (HTML, b"<p>\xff\xff\xff</p>", REFUSED),
    }
    for name, (file, content, expected) in made.items():
        yield Input(name, _instead(BOOK, file, content), expected, file)
    yield Input(
        "text-docx-a-long-line",
        _instead(TEXT, "published/narrative.docx", lambda: docx(p("长" * 200_000))),
        REFUSED,
        "published/narrative.docx",
    )


def _instead(of: str, file: str, content: object) -> Spoil:
    """Take one published file away and put another in."""

    def spoil(place: Path) -> None:
        gone(of)(place)
        put(file, content)(place)

    return spoil
