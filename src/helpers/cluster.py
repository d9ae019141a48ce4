"""The same batch on an existing Dask scheduler: its workers need this project at the same version, and no shared files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from helpers import station
from helpers.errors import RequestError
from helpers.paths import Folder
from helpers.station import Answer, Job
from helpers.workers import Limits

AHEAD = 4  # jobs handed over for each thread of the workers: enough to keep them busy, few enough to keep memory flat


def made(stale: list[Folder], making: Path, limits: Limits, address: str) -> Iterator[tuple[Folder, Path, str]]:
    """Yield each folder with where its report was laid and why it was not made, in the order in which they end."""
    try:
        from dask.distributed import Client, as_completed
    except ImportError:
        raise RequestError("--dask 需要另装 dask.distributed，先运行 make dask") from None
    try:
        client = Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise RequestError(f"连不上 Dask 调度器 {address}（{error}）") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise RequestError(f"Dask 调度器 {address} 没有工作进程，先启动 dask worker")
        waiting, of = iter(enumerate(stale)), {}

        def hand(numbered: tuple[int, Folder]):
            n, folder = numbered
            future = client.submit(station.ask, Job.of(folder, limits), key=f"{making.name}-{n}", pure=False)
            of[future.key] = (folder, making / str(n))
            return future

        running = as_completed([hand(job) for job in islice(waiting, AHEAD * threads)], loop=client.loop)
        for future in running:
            folder, place = of.pop(future.key)
            answer = future.result() if future.status == "finished" else Answer({}, reason=f"没有工作进程能完成（{future.exception()}）")
            answer.lay(place, place.with_suffix(".log"))
            yield folder, place, answer.reason
            for job in islice(waiting, 1):
                running.add(hand(job))
