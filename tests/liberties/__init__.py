"""Liberties: what people change in a text without changing a fact, by what they touch."""

from liberties import (  # noqa: F401, I001  the order of the table, in which several at once are taken
    order,
    members,
    sentences,
    words,
    subjects,
    digits,
    punctuation,
    ordinals,
    page,
    several,
)
