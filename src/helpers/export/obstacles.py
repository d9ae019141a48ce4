"""What stands in the way of publishing: errors that were found, and numbers that a sentence lacks."""

from __future__ import annotations

from helpers.basics.errors import shown
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.phrases import GAPS
from helpers.review.review import Review

MOST_TOLD = 20


def obstacles(disclosure: Disclosure) -> list[str]:
    """Return a line for each error and for each sentence with a gap, so many at most, and how many more there are."""
    told = [
        f"错误　{found.message}" for found in Review(disclosure).found if found.severity == "error"
    ]
    told += [
        f"缺数　说明 {statement.number}「{shown(sentence.text, 60)}」缺 {len(gaps)} 处"
        for statement in disclosure.statements.values()
        for sentence in statement.sentences
        if (gaps := GAPS.findall(sentence.text))
    ]
    more = len(told) - MOST_TOLD
    return told[:MOST_TOLD] + ([f"另有 {more} 处"] if more > 0 else [])
