"""For every test: one thread, so that a report can be built in a fork of this very process; and a share of the files."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from helpers.basics import paths  # noqa: E402 – after the line above
from helpers.edition import (  # noqa: E402
    charts,
    edition,
    forms,
    indicators,
    kinds,
    outliers,
    outline,
    patterns,
    proofs,
    roots,
    rulebook,
    wording,
)
from helpers.sample import asked  # noqa: E402

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # begun in the background, where no interrupt is heeded
    signal.signal(signal.SIGINT, signal.default_int_handler)

CACHED = (
    asked.of,
    charts.load,
    edition.load,
    forms.load,
    indicators.load,
    kinds.load,
    outliers.load,
    outline.load,
    patterns.common_of,
    proofs.load,
    roots.load,
    rulebook.load,
    wording.load,
)

# A folder where processes that share the tests say whose a file is.
_CLAIMS = os.environ.get("TESTS_CLAIMS", "")
_mine: dict[Path, bool] = {}


def _claimed(file: Path) -> bool:
    """Return whether a file's tests are this process's: the first that comes to it has it."""
    if file not in _mine:
        try:
            os.close(os.open(Path(_CLAIMS, file.stem), os.O_CREAT | os.O_EXCL))
            _mine[file] = True
        except FileExistsError:
            _mine[file] = False
    return _mine[file]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Leave a test to the process that has its file; without others every file is this one's.

    After a file's last test everything is torn down: which file is next is not known yet.
    """
    if not _CLAIMS:
        return None
    if not _claimed(item.path):
        return True
    if nextitem is not None and nextitem.path == item.path:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    runtestprotocol(item, nextitem=None)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_collection_modifyitems(items):
    """Leave to the end what leaves threads behind, after which this process forks no more.

    Where files are shared, begin with the longest, so that no process ends long after the others.
    """
    sizes = {path: path.stat().st_size if _CLAIMS else 0 for path in {item.path for item in items}}
    late = {item.path for item in items if item.get_closest_marker("leaves_threads")}
    items.sort(key=lambda item: (item.path in late, -sizes[item.path]))


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """A folder of rules of its own, with the real edition in it."""
    shutil.copytree(paths.RULES, tmp_path / "rules")
    monkeypatch.setattr(paths, "RULES", tmp_path / "rules")
    for load in CACHED:
        load.cache_clear()
    yield tmp_path / "rules"
    for load in CACHED:
        load.cache_clear()


@pytest.fixture(scope="module")
def running():
    """The system's browser, for the tests of one file that look at a page."""
    from browser import browser  # which most tests need not

    with browser() as started:
        yield started
