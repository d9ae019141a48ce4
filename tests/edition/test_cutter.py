"""Text cut into pieces: what is looked through once only."""

import time

from helpers.edition import declared, patterns
from helpers.edition.cutter import Aside


def test_blank_lines_without_number_are_looked_through_once():
    cutter = patterns.common_of(declared.default()).cutter
    begun = time.process_time()
    assert [Aside(50_001, 50_006)] == list(cutter.asides("\n" * 50_001 + "- 3 -\n收入"))
    assert time.process_time() - begun < 2
