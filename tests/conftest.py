"""For every test: one thread, so that a report can be built in a fork of this very process."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
