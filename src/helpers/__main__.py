"""`python -m helpers` is the same as `juesuan`."""

from helpers.cli import main

raise SystemExit(main())
