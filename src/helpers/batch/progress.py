"""How a batch tells where it is: a bar at a terminal, plain lines elsewhere, nothing when it is to be quiet."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress

from helpers.basics import terminal
from helpers.basics.errors import told as _told


class Lines:
    """One line for each report that was built or failed."""

    def __init__(self, of: int):
        self._of, self._done = of, 0

    def report(self, name: str, said: str) -> None:
        """Tell that one more report is done, and how."""
        self._done += 1
        self._say(f"[{self._done}/{self._of}] {name} {said}")

    def failure(self, words: str) -> None:
        """Tell what a person has to know at once."""
        terminal.warn(words)

    def _say(self, line: str) -> None:
        with suppress(OSError):
            print(line, flush=True)


class Quiet(Lines):
    """Nothing but failures."""

    def _say(self, line: str) -> None:
        pass


class Bar(Lines):
    """A bar with the time that is left, failures above it."""

    def __init__(self, of: int, doing: str):
        from tqdm import tqdm

        super().__init__(of)
        tqdm.monitor_interval = 0  # its watching thread would stand in the way of a fork
        self._bar = tqdm(
            total=of,
            unit="份",
            desc=doing,
            dynamic_ncols=True,
            bar_format="{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} 已用 {elapsed} 还需 {remaining} {postfix}",
        )

    def _say(self, line: str) -> None:
        self._bar.set_postfix_str(line.split(" ")[1], refresh=False)
        self._bar.update()

    def failure(self, words: str) -> None:
        from tqdm import tqdm

        tqdm.write(_told(words), file=sys.stderr)

    def close(self) -> None:
        self._bar.close()


@contextmanager
def told(of: int, quiet: bool, doing: str = "生成报告"):
    """Yield the voice of a batch of so many reports, or of so many of what else is being done."""
    if quiet:
        yield Quiet(of)
    elif of > 1 and sys.stderr.isatty():
        bar = Bar(of, doing)
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield Lines(of)
