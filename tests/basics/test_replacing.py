"""A file is replaced whole or not at all, with the mode that it had, and nothing stays beside it."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.basics import replacing


@pytest.fixture
def umask():
    """Return a way to set the umask, which is afterwards what it was."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(file) -> int:
    return file.stat().st_mode & 0o777


@pytest.mark.parametrize("before", [0o600, 0o640, 0o664, 0o444])
def test_what_is_replaced_keeps_its_mode(tmp_path, before, umask):
    file = tmp_path / "甲.docx"
    file.write_text("old")
    file.chmod(before)
    replacing.write(file, b"new")
    assert (before, b"new") == (mode(file), file.read_bytes())


@pytest.mark.parametrize("mask, wanted", [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path, umask, mask, wanted):
    umask(mask)
    replacing.write(tmp_path / "new", "字")
    assert wanted == mode(tmp_path / "new")


def test_what_may_not_be_read_by_others_never_is(tmp_path, umask):
    file = tmp_path / "secret"
    file.touch(0o600)
    with replacing.beside(file) as made:
        assert 0o600 == mode(made)


@pytest.mark.parametrize("why", [KeyboardInterrupt, ValueError, OSError(errno.ENOSPC, "full")])
def test_where_it_fails_the_old_one_stands_and_nothing_beside_it(tmp_path, why):
    file = tmp_path / "index.html"
    file.write_text("old")
    with pytest.raises(BaseException), replacing.beside(file) as made:
        made.write_text("half")
        raise why
    assert [file] == [*tmp_path.iterdir()] and "old" == file.read_text()


def test_an_error_names_the_place_and_not_what_lies_beside_it(tmp_path):
    (tmp_path / "taken").mkdir()
    for place in (tmp_path / "taken", tmp_path / "gone" / "index.html"):
        with pytest.raises(OSError) as caught:
            replacing.write(place, "")
        assert str(place) == caught.value.filename
    with pytest.raises(OSError) as caught, replacing.beside(tmp_path / "index.html"):
        raise OSError(errno.ENOSPC, "full")
    assert str(tmp_path / "index.html") == caught.value.filename


def test_what_is_to_last_is_on_the_disk_before_it_takes_its_place(tmp_path, monkeypatch):
    done = []
    for name in ("fsync", "replace"):
        really = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, n=name, do=really: done.append(n) or do(*a))
    replacing.write(tmp_path / "letter.docx", b"", durable=True)
    replacing.write(tmp_path / "index.html", b"")
    assert ["fsync", "replace", "replace"] == done


def test_many_that_write_the_same_file_at_once_each_write_a_whole_one(tmp_path):
    file, texts = tmp_path / "across.html", [str(n) * 100_000 for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        [*pool.map(lambda text: replacing.write(file, text), texts * 10)]
    assert file.read_text() in texts and [file] == [*tmp_path.iterdir()]


def test_only_what_was_left_half_written_is_cleared(tmp_path):
    kept = [tmp_path / name for name in ("index.html", ".hidden", "replacing-1")]
    for file in kept:
        file.touch()
    block = replacing.beside(tmp_path / "index.html")
    left = block.__enter__()  # by a process that is killed in the middle
    replacing.clear(tmp_path)
    assert sorted(kept) == sorted(tmp_path.iterdir()) and left not in kept
    replacing.clear(tmp_path / "gone")
