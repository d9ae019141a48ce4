"""LibreOffice, where it is installed: old documents of Word and WPS turned into docx, a docx printed as PDF."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from helpers.basics import programs
from helpers.basics.errors import DataError

SECONDS = 120
EXPECTED = "在 Word 或 WPS 里另存的 docx"
_DOCX, _PDF = "docx:MS Word 2007 XML", "pdf:writer_pdf_Export"


def program() -> str | None:
    """Return where LibreOffice is, or nothing where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def turned(content: bytes, name: str, suffix: str) -> bytes:
    """Return a .doc or .wps as docx; without LibreOffice, or where it fails, it is refused with what to do."""
    if program() is None:
        raise DataError(name, f"装了 LibreOffice 才能读 {suffix}", EXPECTED)
    return _converted(content, name, suffix, _DOCX)


def printed(content: bytes, name: str, fonts: Path) -> bytes:
    """Return a docx as PDF; the typefaces in the folder `fonts` stand in where the system has none for a character."""
    return _converted(content, name, ".docx", _PDF, fonts)


def _converted(
    content: bytes, name: str, suffix: str, into: str, fonts: Path | None = None
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, f"given{suffix}")
        given.write_bytes(content)
        command = [
            str(program()),
            "--headless",
            f"-env:UserInstallation={Path(folder, 'office').as_uri()}",
            "--convert-to",
            into,
            "--outdir",
            folder,
            str(given),
        ]
        surroundings = _surroundings(Path(folder), fonts) if fonts else None
        if not programs.run(command, SECONDS, surroundings):
            raise DataError(name, f"LibreOffice 读了 {SECONDS} 秒还没有读完", EXPECTED)
        made = given.with_suffix(f".{into.partition(':')[0]}")
        if not made.is_file():
            raise DataError(name, "LibreOffice 读不了", EXPECTED)
        return made.read_bytes()


def _surroundings(folder: Path, fonts: Path) -> dict[str, str]:
    """Return an environment in which the system's typefaces are found, and those of a folder besides."""
    settings = folder / "fonts.conf"
    settings.write_text(
        f'<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{fonts}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}
