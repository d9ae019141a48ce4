"""Old documents of Word and WPS, turned into docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from helpers.basics.errors import DataError

SECONDS = 120
EXPECTED = "在 Word 或 WPS 里另存的 docx"


def turned(content: bytes, name: str, suffix: str) -> bytes:
    """Return a .doc or .wps as docx; without LibreOffice, or where it fails, it is refused with what to do."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise DataError(name, f"装了 LibreOffice 才能读 {suffix}", EXPECTED)
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, f"given{suffix}")
        given.write_bytes(content)
        command = [
            office,
            "--headless",
            f"-env:UserInstallation={Path(folder, 'office').as_uri()}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder,
            str(given),
        ]
        _run(command, name)
        made = Path(folder, "given.docx")
        if not made.is_file():
            raise DataError(name, "LibreOffice 读不了", EXPECTED)
        return made.read_bytes()


def _run(command: list[str], name: str) -> None:
    """Run LibreOffice, and end all of it where it takes too long: what it starts outlives it otherwise."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as running:
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise DataError(name, f"LibreOffice 读了 {SECONDS} 秒还没有读完", EXPECTED) from None
