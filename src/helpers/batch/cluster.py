"""The same batch on an existing Dask scheduler: its workers need this project at the same version, and no shared files."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from helpers.basics.errors import Refusal, RequestError, system, told
from helpers.basics.paths import Folder
from helpers.batch import station
from helpers.batch.station import Answer, Job
from helpers.batch.workers import Limits

_SCHEMES, _SECONDS = ("tcp", "tls", "ucx", "ws", "wss"), 5
AHEAD = 4  # jobs handed over for each thread of the workers: enough to keep them busy, few enough to keep memory flat


def made(
    stale: list[Folder], making: Path, limits: Limits, address: str
) -> Iterator[tuple[Folder, Path, str]]:
    """Yield each folder with where its report was laid and why it was not made, in the order in which they end."""
    try:
        from dask.distributed import Client, as_completed
    except ImportError:
        raise RequestError("--dask 需要另装 dask.distributed，先运行 make dask") from None
    _reach(address)
    try:
        client = Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise RequestError(told(f"连不上 Dask 调度器 {address}（{error}）")) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise RequestError(f"Dask 调度器 {address} 没有工作进程，先启动 dask worker")
        waiting, of = iter(enumerate(stale)), {}

        def hand(numbered: tuple[int, Folder]):
            n, folder = numbered
            future = client.submit(
                station.ask, _job(folder, limits), key=f"{making.name}-{n}", pure=False
            )
            of[future.key] = (folder, making / str(n))
            return future

        running = as_completed(
            [hand(job) for job in islice(waiting, AHEAD * threads)], loop=client.loop
        )
        for future in running:
            folder, place = of.pop(future.key)
            yield folder, place, _laid(future, place)
            for job in islice(waiting, 1):
                running.add(hand(job))


def _reach(address: str) -> None:
    """Refuse an address where nobody listens, before a client is made: one that fails goes on complaining."""
    place = urlsplit(address)
    try:
        if place.scheme not in _SCHEMES or not place.hostname or not place.port:
            raise ValueError(f"应写作 {_SCHEMES[0]}://主机:端口")
        socket.create_connection((place.hostname, place.port), timeout=_SECONDS).close()
    except (OSError, ValueError) as error:
        raise RequestError(told(f"连不上 Dask 调度器 {address}（{error}）")) from None


def _job(folder: Folder, limits: Limits) -> Job | Answer:
    """Return the job of a folder, or the answer to it where its files cannot be read."""
    try:
        return Job.of(folder, limits)
    except OSError as error:
        return Answer({}, reason=f"读不了输入（{system(error)}）")
    except Refusal as error:
        return Answer({}, reason=str(error))


def _laid(future, place: Path) -> str:
    """Lay the files of an answer into their folder, and return why there are none where there are none."""
    try:
        answer = future.result()
        answer.lay(place, place.with_suffix(".log"))
        return answer.reason
    except OSError as error:
        return f"写不了报告（{system(error)}）"
    except Exception as error:  # a worker's own, of whatever kind
        return f"没有工作进程能完成（{type(error).__name__}）"
