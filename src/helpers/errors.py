"""What can go wrong, said in one Chinese line that names the place and what to write instead."""

from difflib import get_close_matches


class Refusal(Exception):
    """Base of everything that is reported to a person without a traceback."""


class RequestError(Refusal):
    """The request cannot be understood: unknown department, wrong option."""


class DataError(Refusal):
    """An input file is broken. `place` is a file, with line and column where known."""

    def __init__(self, place: str, problem: str, expected: str = ""):
        self.place, self.problem, self.expected = place, problem, expected
        super().__init__(f"{place}：{problem}" + (f"，应为{expected}" if expected else ""))


def nearest(word: str, known) -> str:
    """Return 「，最接近的是「…」」 for a mistyped word, or nothing."""
    match = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，最接近的是「{match[0]}」" if match else ""


def shown(text: str, limit: int = 40) -> str:
    """Return a piece of input as it may appear in a message: one short printable line."""
    plain = "".join(c if c.isprintable() else "�" for c in text)
    return plain if len(plain) <= limit else plain[:limit] + "…"
