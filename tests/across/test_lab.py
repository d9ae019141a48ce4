"""The notebooks in JupyterLab as an analyst has it: in Chinese, and another department picked shows its own table."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec

import pytest
from browser import browser, needs_chromium

from helpers.basics import paths
from helpers.sample import sample

WAIT = 120_000  # milliseconds that a slow machine may take for any one thing

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(
        not (find_spec("jupyterlab") and find_spec("ipywidgets")),
        reason="no JupyterLab here: make lab installs it",
    ),
]


def options() -> list[str]:
    """Return what `make lab` gives JupyterLab, as its recipe has it."""
    recipe = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    (given,) = re.findall(r"^LAB := (.*)$", recipe, re.M)
    return given.replace("$(CURDIR)", str(paths.ROOT)).split()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a port of this machine's own, without a Chinese locale; its address."""
    home, token = tmp_path_factory.mktemp("home"), secrets.token_hex(8)
    desk = tmp_path_factory.mktemp("desk")  # JupyterLab saves what it has open
    shutil.copy(paths.ROOT / "notebooks" / "explore.ipynb", desk)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        "HOME": str(home),
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join([str(paths.CODE.parent), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, "-m", "jupyterlab", str(desk), *options()]
    command += [
        "--allow-root",
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--port-retries=0",
    ]
    command += [f"--IdentityProvider.token={token}", "--LabApp.extension_manager=readonly"]
    server = subprocess.Popen(
        command, env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            with socket.socket() as asked:
                if server.poll() is None and asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}&reset"
    finally:
        server.terminate()
        server.wait()


def test_another_department_that_is_picked_shows_its_own_table(lab, tmp_path):
    folders = sample.create(tmp_path / "data", 2, range(2022, 2024), 1)
    one = folders[0].department
    with browser() as running:
        page = running.new_page(locale="en-US", viewport={"width": 1400, "height": 1400})
        page.goto(lab.format("explore.ipynb"), timeout=WAIT)
        # The menu is Chinese though neither the machine nor the browser is.
        page.get_by_role("menuitem", name="文件", exact=False).first.wait_for(timeout=WAIT)
        # A cell that is run before its kernel is there is not run at all.
        page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").wait_for(timeout=WAIT)
        idle = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
        page.locator(idle).wait_for(state="attached", timeout=WAIT)
        cell = page.locator(".jp-Notebook .jp-CodeCell").first.locator(".cm-content")
        cell.click(timeout=WAIT)
        page.keyboard.press("Control+A")
        page.keyboard.type(f'department, year, data = "{one}", 2023, "{tmp_path / "data"}"')
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Shift+Enter")
        picker = page.locator(".jupyter-widgets select").first
        picker.wait_for(timeout=WAIT)
        table = page.locator(".leaf table")
        table.wait_for(timeout=WAIT)
        before = table.inner_text()
        picker.select_option(index=1)
        page.wait_for_function(
            "before => document.querySelector('.leaf table')?.innerText !== before",
            arg=before,
            timeout=WAIT,
        )
        assert "合计" in table.inner_text()
        name = page.locator(".jp-OutputArea h4").first.inner_text()
        page.close()
    assert "2023" in name
