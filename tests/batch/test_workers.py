"""Children of one process: what they may take, how they end, and that nothing of them is left."""

import errno
import faulthandler
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import partial

import pytest

from helpers.basics import forking, programs
from helpers.batch import child
from helpers.batch.workers import Crew, Limits

pytestmark = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"),
    reason="forks are watched by pidfd, which this system does not have",
)


def ends(work, tmp_path, limits=Limits(seconds=20)):
    """Return why one piece of work ended, and what it printed."""
    with Crew(1, limits) as crew:
        crew.start("one", work, tmp_path / "log")
        [(key, reason)] = crew.ended()
    assert "one" == key
    return reason, (tmp_path / "log").read_text(encoding="utf-8")


def test_work_that_ends_by_itself_has_no_reason_and_its_words_are_kept(tmp_path):
    def work():
        print("你好")
        os.write(2, b"raw\n")
        subprocess.run([sys.executable, "-c", "print('grandchild')"], check=True)

    reason, log = ends(work, tmp_path)
    assert ("", {"你好", "raw", "grandchild"}) == (reason, set(log.split()))


def test_a_program_that_work_runs_ends_with_it_and_leaves_nothing_elsewhere(tmp_path):
    def work():
        with tempfile.TemporaryDirectory() as place:
            print(place, flush=True)
            programs.run(["sh", "-c", "sleep 600 & echo $! > $0/its; wait", str(tmp_path)], 600)

    reason, log = ends(work, tmp_path, Limits(seconds=2))
    assert "超过 2 秒" in reason and f"{tmp_path}/" in log
    assert is_gone(int((tmp_path / "its").read_text()))


def is_gone(pid):
    """Return whether a process is no more; what was killed may take a moment."""
    until = time.monotonic() + 10
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < until:
        with suppress(OSError), open(f"/proc/{pid}/stat") as file:
            if file.read().split()[2] == "Z":  # nobody here takes notice of what is dead
                return True
        time.sleep(0.01)
    return not os.path.exists(f"/proc/{pid}")


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path):
    command = ["sh", "-c", "sleep 600 & echo $! > $0/its; wait", str(tmp_path)]
    assert not programs.run(command, 1)
    assert is_gone(int((tmp_path / "its").read_text()))


def fails():
    raise ValueError("错")


def crashes():
    faulthandler.disable()  # or the test runner's own would tell of it
    os.kill(os.getpid(), signal.SIGSEGV)


def eats_memory():
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


@pytest.mark.parametrize(
    "work, reason, printed",
    [
        (fails, "进程以状态 1 退出", "ValueError: 错"),
        (lambda: os._exit(0), "", ""),
        (lambda: os._exit(7), "进程以状态 7 退出", ""),
        (
            lambda: os.kill(os.getpid(), signal.SIGKILL),
            "进程被信号 SIGKILL 终止，多半是内存不够",
            "",
        ),
        (crashes, "进程被信号 SIGSEGV 终止", ""),
        (eats_memory, "用完了允许的内存 1024 MB", ""),
    ],
    ids=["exception", "silent exit", "exit", "killed", "crash", "memory"],
)
def test_an_end_is_named(tmp_path, work, reason, printed):
    told, log = ends(work, tmp_path, Limits(seconds=20, memory=1 << 30))
    assert reason == told and printed in log


def test_a_process_that_used_up_its_memory_has_room_to_say_so(tmp_path):
    def work():
        kept = []
        with suppress(MemoryError):
            while True:
                kept.append(bytearray(1_000_000))
        child.make_room()
        print(len(bytearray(30_000_000)))

    assert ("", "30000000\n") == ends(work, tmp_path, Limits(seconds=20, memory=1 << 30))


def test_what_work_may_take_is_counted_from_what_its_process_began_with_in_whole_megabytes(
    tmp_path,
):
    def work():
        print(*resource.getrlimit(resource.RLIMIT_DATA), forking.taken())

    _, log = ends(work, tmp_path, Limits(seconds=20, memory=1 << 30))
    soft, hard, taken = map(int, log.split())
    assert 0 == soft % (1 << 20) == hard % (1 << 20)
    assert taken <= soft - (1 << 30) + (64 << 20) and soft > 1 << 30


def test_work_that_never_ends_is_stopped_with_all_that_it_started(tmp_path):
    def work():
        child = subprocess.Popen(["sleep", "600"])
        (tmp_path / "child").write_text(str(child.pid), encoding="utf-8")
        child.wait()

    assert "超过 1 秒没有结束，已停止" == ends(work, tmp_path, Limits(seconds=1))[0]
    assert gone(int((tmp_path / "child").read_text(encoding="utf-8")))


def gone(pid: int) -> bool:
    """Return whether a process ends long before it would by itself: it is no more, or waits only to be noticed."""
    for _ in range(10_000):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


def test_no_more_children_than_allowed_run_at_once_and_leaving_ends_them(tmp_path):
    before = children()
    with Crew(2, Limits()) as crew:
        for n in range(2):
            assert not crew.full
            crew.start(n, lambda: time.sleep(600), tmp_path / str(n))
        assert crew.full and crew.busy
        assert 2 == len(children() - before)
    assert before == children()


def pids(works, tmp_path, lasting=8, limits=Limits(seconds=20)):
    """Do some work one after another; return how each ended, and in which process it was."""
    told = []
    with Crew(1, limits, lasting) as crew:
        for n, work in enumerate(works):
            crew.start(n, work, tmp_path / str(n))
            told += crew.ended()
        assert not crew.busy
    assert [n for n, _ in told] == list(range(len(works)))
    logs = [(tmp_path / str(n)).read_text(encoding="utf-8").split() for n in range(len(works))]
    return [reason for _, reason in told], [log[0] for log in logs]


def tells_its_process(more="", goes_on=True):
    print(os.getpid(), more)
    return goes_on


def tells_and_dies():
    print(os.getpid(), flush=True)
    faulthandler.disable()
    os.abort()


def tells_and_cannot_say_what_it_lacks():
    """As Python 3.11 does now and then where not even a MemoryError can be made."""
    print(os.getpid(), flush=True)
    why = (
        "_PyErr_NormalizeException: Cannot recover from MemoryErrors while normalizing exceptions."
    )
    os.write(2, f"Fatal Python error: {why}\nPython runtime state: initialized\n".encode())
    faulthandler.disable()
    os.abort()


def tells_and_sleeps():
    print(os.getpid(), flush=True)
    time.sleep(600)


def tells_and_eats_memory():
    print(os.getpid(), flush=True)
    eats_memory()


def test_a_child_does_so_many_pieces_of_work_and_no_more(tmp_path):
    reasons, processes = pids([tells_its_process] * 7, tmp_path, lasting=3)
    assert [""] * 7 == reasons
    assert [3, 3, 1] == [processes.count(one) for one in dict.fromkeys(processes)]


def test_each_piece_of_work_of_a_child_has_a_log_of_its_own(tmp_path):
    pids([partial(tells_its_process, more) for more in "abc"], tmp_path)
    assert ["a", "b", "c"] == [
        (tmp_path / str(n)).read_text(encoding="utf-8").split()[1] for n in range(3)
    ]


@pytest.mark.parametrize(
    "deed, reason",
    [
        (tells_and_dies, "SIGABRT"),
        (tells_and_sleeps, "超过 8 秒没有结束"),
        (tells_and_eats_memory, "用完了允许的内存"),
        (tells_and_cannot_say_what_it_lacks, "用完了允许的内存"),
        (partial(tells_its_process, goes_on=False), ""),
    ],
    ids=["dies", "never ends", "memory", "cannot say it", "says so"],
)
def test_after_what_ends_a_child_another_goes_on(tmp_path, deed, reason):
    works = [tells_its_process, deed, tells_its_process, tells_its_process]
    limits = Limits(seconds=8 if deed is tells_and_sleeps else 60, memory=1 << 30)
    reasons, processes = pids(works, tmp_path, limits=limits)
    assert reason in reasons[1] and bool(reason) == bool(reasons[1])
    assert ["", "", ""] == [reasons[0], *reasons[2:]]
    assert processes[0] == processes[1] != processes[2] == processes[3]


def test_chance_is_the_same_for_the_same_work_of_a_child_that_did_other_before(tmp_path):
    draws = partial(exec, "import random; print(random.random())")
    with Crew(1, Limits(seconds=20), 2) as crew:
        for n in range(2):
            crew.start("one", draws, tmp_path / str(n))
            assert [("one", "")] == crew.ended()
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


def test_a_child_that_waits_is_killed_with_the_others(tmp_path):
    before = children()
    with Crew(1, Limits(seconds=20), 8) as crew:
        crew.start("one", tells_its_process, tmp_path / "log")
        assert [("one", "")] == crew.ended() and not crew.busy
        assert 1 == len(children() - before)
    assert before == children()


def test_a_child_that_died_while_it_waited_is_replaced(tmp_path):
    with Crew(1, Limits(seconds=20), 8) as crew:
        crew.start("one", tells_its_process, tmp_path / "one")
        assert [("one", "")] == crew.ended()
        first = int((tmp_path / "one").read_text(encoding="utf-8"))
        os.kill(first, signal.SIGKILL)
        assert gone(first)
        crew.start("two", tells_its_process, tmp_path / "two")
        assert [("two", "")] == crew.ended()
    assert first != int((tmp_path / "two").read_text(encoding="utf-8"))


def test_an_interrupt_that_comes_after_the_last_child_is_not_lost(tmp_path):
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), Crew(1, Limits()) as crew:
        crew.start("one", lambda: None, tmp_path / "log")
        assert [("one", "")] == crew.ended()
        os.kill(os.getpid(), signal.SIGINT)
        (tmp_path / "done").touch()
    assert (tmp_path / "done").exists()
    assert before == signal.getsignal(signal.SIGINT)


def children() -> set[str]:
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="utf-8") as file:
        return set(file.read().split())


def test_what_a_child_does_to_its_process_does_not_reach_the_next(tmp_path):
    def soil():
        os.environ["SOILED"] = sys.modules["soiled"] = "yes"
        random.seed(1)

    assert "" == ends(soil, tmp_path)[0]
    assert (
        "False False\n"
        == ends(lambda: print("SOILED" in os.environ, "soiled" in sys.modules), tmp_path)[1]
    )


def test_chance_is_the_same_for_the_same_work_whatever_ran_before(tmp_path):
    before = random.getstate()
    first = ends(lambda: print(random.random()), tmp_path)
    assert before == random.getstate()
    random.seed("something else")
    assert first == ends(lambda: print(random.random()), tmp_path)


def test_a_fork_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def refused():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    descriptors = os.listdir("/proc/self/fd")
    with Crew(1, Limits()) as crew:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fork", refused)
            with pytest.raises(OSError):
                crew.start("one", lambda: None, tmp_path / "log")
        assert not crew.busy
        crew.start("two", lambda: None, tmp_path / "log")
        assert [("two", "")] == crew.ended()
    assert len(descriptors) == len(os.listdir("/proc/self/fd"))


def test_more_memory_or_time_than_there_is_may_be_allowed(tmp_path):
    assert ("", "fine\n") == ends(
        lambda: print("fine"), tmp_path, Limits(seconds=10**9, memory=1 << 50)
    )


def test_what_is_made_beside_is_what_would_be_made_here():
    before = children()
    with forking.beside(os.getpid) as made:
        assert os.getpid() != made()
    assert before == children()


def test_what_is_being_made_beside_is_given_up_with_the_block():
    before = children()
    with pytest.raises(KeyError), forking.beside(lambda: time.sleep(600)):
        raise KeyError
    assert before == children()


def test_an_interrupt_amid_the_fork_is_not_lost(monkeypatch):
    fork, before = os.fork, children()

    def interrupted():
        pid = fork()
        if pid:
            os.kill(os.getpid(), signal.SIGINT)
            os.getpid()  # here it would come, and in a hook of the fork be passed over
            came.append("amid")
        return pid

    came = []
    monkeypatch.setattr(os, "fork", interrupted)
    with pytest.raises(KeyboardInterrupt), forking.beside(lambda: time.sleep(600)):
        came.append("inside")
    assert came == ["amid"]
    assert before == children()
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_what_cannot_be_made_beside_is_made_here():
    here, made = os.getpid(), []

    def fails_beside():
        made.append(os.getpid())
        if os.getpid() != here:
            os._exit(1)
        return "here"

    with forking.beside(fails_beside) as waited_for:
        assert ("here", [here]) == (waited_for(), made)


def test_a_process_with_a_second_thread_is_not_forked():
    from threading import Event, Thread

    stop = Event()
    thread = Thread(target=stop.wait)
    thread.start()
    try:
        assert not forking.can_fork()
    finally:
        stop.set()
        thread.join()
