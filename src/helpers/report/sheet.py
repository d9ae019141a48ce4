"""A chart's picture: texts and boxes laid out in points, drawn as SVG that a page can hold or as PNG for print."""

from __future__ import annotations

import gc
import io
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

FONT_FAMILY = "Noto Sans SC"
Align = Literal["left", "center", "right"]


def _package(name: str) -> Path:
    """Return a package's folder without importing it: its own imports take seconds."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


FONT_FILE = _package("zhplot") / "fonts" / "NotoSansSC-Regular.ttf"

# Points. A phone shows 288 of them at about 0.86, so text of 10.5 is still 9 there.
WIDTH, TEXT, HEADLINE, LINE = 288.0, 10.5, 13.0, 13.5
LEFT, RIGHT, NOTE_HEIGHT = 2.0, WIDTH - 2.0, 44.0
HAIR, MOST_LINES = 0.75, 3
NOW, BEFORE, TRACK, RULE, TICK = "now", "before", "track", "rule", "tick"
INK, BLACK, DPI = (
    "#123456",
    "#000000",
    220,
)  # INK: the page's own text colour until the SVG is finished


class Sheet:
    """What will be drawn, in points from the upper left corner; `height` is how far it reaches."""

    def __init__(self):
        self.height = 0.0
        self.texts: list[tuple[float, float, str, Align, float]] = []
        self.boxes: dict[str, list[tuple[float, float, float, float]]] = {}

    def say(self, x: float, y: float, text: str, align: Align = "left", size: float = TEXT) -> None:
        self.texts.append((x, y, printable(text), align, size))

    def box(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        if width > 0 and height > 0:
            self.boxes.setdefault(kind, []).append((x, y, width, height))

    def note(self, text: str) -> None:
        """A single calm line in place of a picture."""
        self.say(WIDTH / 2, NOTE_HEIGHT / 2 + TEXT * 0.36, text, "center", _fitting(text, TEXT))
        self.box(RULE, LEFT, 0, RIGHT - LEFT, HAIR)
        self.box(RULE, LEFT, NOTE_HEIGHT - HAIR, RIGHT - LEFT, HAIR)
        self.height = NOTE_HEIGHT

    def heading(self, name: str, value: str = "") -> None:
        self.labels(name, width(value))
        self.say(RIGHT, self.height, value, "right")
        self.height += 6
        if value:
            self.box(RULE, LEFT, self.height, RIGHT - LEFT, HAIR)

    def headline(self, text: str) -> None:
        self.height += HEADLINE + 1
        self.say(LEFT, self.height, text, size=_fitting(text, HEADLINE))
        self.height += 4

    def labels(self, name: str, taken: float) -> None:
        """A name at the left, in as many lines as it needs beside what takes so much of the width."""
        for line in _wrapped(name, RIGHT - LEFT - taken - TEXT):
            self.height += LINE
            self.say(LEFT, self.height, line)

    def svg(self) -> str:
        """Return the picture as SVG, at a fixed size; its ink stands for the page's own.

        What is drawn goes to matplotlib's renderer as it stands: no text is measured, a browser aligns it by its anchor.
        """
        from matplotlib.backends.backend_svg import RendererSVG
        from matplotlib.colors import to_rgba
        from matplotlib.text import Text
        from matplotlib.transforms import IdentityTransform

        style, looks = _style(INK)
        file, anchor, unmoved = io.StringIO(), Text(), IdentityTransform()
        with _undisturbed(), _settings(style):
            renderer = RendererSVG(WIDTH, self.height, file, metadata={"Date": None})
            for kind, path in self._paths():
                pen = renderer.new_gc()
                pen.set_linewidth(0)
                pen.set_alpha(looks[kind].get("alpha"))
                renderer.draw_path(pen, path, unmoved, to_rgba(looks[kind]["facecolor"]))
            pen = renderer.new_gc()
            pen.set_foreground(INK)
            for x, y, text, align, size in self.texts:
                if text:
                    anchor.set_position((x, self.height - y))
                    anchor.set_horizontalalignment(align)
                    renderer.draw_text(pen, x, y, text, _font(size), 0, mtext=anchor)
            renderer.finalize()
        return file.getvalue()

    def png(self) -> bytes:
        """Return the picture as PNG in black on white, for documents that hold no SVG."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.patches import PathPatch
        from matplotlib.transforms import Affine2D

        style, looks = _style(BLACK)
        file = io.BytesIO()
        with _undisturbed(), _settings(style):
            figure = Figure(figsize=(WIDTH / 72, self.height / 72), facecolor="white", dpi=DPI)
            how: dict = {"transform": Affine2D().scale(1 / 72) + figure.dpi_scale_trans}
            for kind, path in self._paths():
                figure.add_artist(PathPatch(path, linewidth=0, **looks[kind], **how))
            how |= {"va": "baseline", "color": BLACK}
            for x, y, text, align, size in self.texts:
                if text:
                    figure.text(x, self.height - y, text, ha=align, size=size, **how)
            FigureCanvasAgg(figure).print_png(file, metadata={"Software": None})
        return file.getvalue()

    def _paths(self) -> Iterator:
        """Yield each kind of box with the outlines of all of that kind, measured from the lower left corner."""
        from matplotlib.path import Path as Outline

        for kind, boxes in self.boxes.items():
            corners, steps = [], []
            for x, y, w, h in boxes:
                y = self.height - y
                corners += [(x, y), (x + w, y), (x + w, y - h), (x, y - h), (x, y)]
                steps += [Outline.MOVETO, *[Outline.LINETO] * 3, Outline.CLOSEPOLY]
            yield kind, Outline(corners, steps)


@cache
def _font(size: float):
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FONT_FAMILY, size=size)


@cache
def _style(ink: str):
    """Return every setting of a picture, whatever a matplotlibrc says, and how each kind of box looks.

    They are matplotlib's own defaults, the seaborn theme and the Chinese font; the file that a user keeps plays no part.
    """
    import matplotlib
    import seaborn
    from matplotlib.font_manager import fontManager

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        theme = seaborn.axes_style("white")
    fontManager.addfont(FONT_FILE)
    style = matplotlib.RcParams(
        {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}
    )
    style.update(
        theme
        | {
            "font.family": [FONT_FAMILY],
            "text.parse_math": False,
            "text.usetex": False,
            "path.sketch": None,
            "path.effects": [],
            "svg.fonttype": "none",
            "svg.hashsalt": "charts",
        }
    )
    palette = seaborn.color_palette("deep")
    return dict(dict.items(style)), {
        NOW: {"facecolor": palette[0]},
        BEFORE: {"facecolor": palette[7]},
        TRACK: {"facecolor": ink, "alpha": 0.1},
        RULE: {"facecolor": ink, "alpha": 0.35},
        TICK: {"facecolor": ink},
    }


@contextmanager
def _settings(style: dict):
    """Let matplotlib's settings be these; its own way checks each of four hundred, of every picture anew."""
    import matplotlib

    kept = dict(dict.items(matplotlib.rcParams))  # the class's own iterator warns, key by key
    del kept["backend"]  # which is found out when it is first needed
    dict.update(matplotlib.rcParams, style)
    try:
        yield
    finally:
        dict.update(matplotlib.rcParams, kept)


@contextmanager
def _undisturbed():
    """Hold garbage collection, and the warning that the font lacks a character: a browser has its own."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            yield
    finally:
        if enabled:
            gc.enable()


def printable(text: str) -> str:
    """Return a text that XML can carry, on one line."""
    return "".join(c if c.isprintable() else " " for c in text)


def width(text: str) -> float:
    """Return how wide a text is, in points, rather too wide than too narrow."""
    return TEXT * sum(
        1.0
        if unicodedata.east_asian_width(c) in "WFA"
        else 0.93
        if c in "%@mw"
        else 0.9
        if c.isupper()
        else 0.6
        for c in text
    )


def _fitting(text: str, size: float) -> float:
    """Return the size at which a line fits the picture."""
    return min(size, TEXT * (RIGHT - LEFT) / max(width(text), TEXT))


def _wrapped(name: str, room: float) -> list[str]:
    """Return a name in lines that fit; the alternative text has it whole, however long."""
    lines = [""]
    for char in name:
        if lines[-1] and width(lines[-1] + char) > room:
            lines.append("")
        lines[-1] += char
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [lines[MOST_LINES - 1][:-1] + "…"]
    return lines
