"""What a hostile command is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hostile.inputs import SECONDS, YEAR


@dataclass(frozen=True)
class Command:
    """A whole command and what is odd about it. In its words, {data}, {outputs} and {here} stand for its folders.

    `own` gives it a data folder of its own, because it may harm it; `same` wants the report of an undisturbed command.
    """

    name: str
    words: tuple[str, ...] = ("run", "--data", "{data}", "--outputs", "{outputs}", "-y", str(YEAR))
    statuses: tuple[int, ...] = (0,)
    said: str = ""
    environment: dict[str, str | None] = field(default_factory=dict)
    shell: str = ""
    prepare: Callable[[Path], None] | None = None
    own: bool = False
    same: bool = False
    seconds: int = SECONDS


RUN, CHECK = Command("").words, ("check", "--data", "{data}", "-y", str(YEAR))


def files(content: dict[str, str]) -> Callable[[Path], None]:
    """Put files into a command's own folder; {ran} in them stands for a file that is there if they were run."""

    def prepare(here: Path) -> None:
        for name, text in content.items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_text(text.replace("{ran}", str(here / "ran")), encoding="utf-8")

    return prepare


EVIL = "open({ran!r}, 'w').close()\nraise SystemExit('run from the current folder')\n".replace(
    "{ran!r}", "'{ran}'"
)
HOME = {
    "home/.ipython/profile_default/startup/00.py": EVIL,
    "home/.ipython/profile_default/ipython_config.py": EVIL,
    "home/.ipython/profile_default/ipython_kernel_config.py": EVIL,
    "home/.jupyter/jupyter_nbconvert_config.py": EVIL,
    "home/.jupyter/jupyter_config.py": EVIL,
    "home/.config/matplotlib/matplotlibrc": "figure.dpi: 7\nfont.size: 40\n",
}
