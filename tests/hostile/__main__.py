"""`python tests/hostile`: all hostile inputs and commands, or those named."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hostile.inputs import SECONDS  # noqa: E402
from hostile.obeyed import everything  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", help="only these inputs and commands; a name may end in *"
    )
    parser.add_argument("--seconds", type=int, default=SECONDS)
    options = parser.parse_args()
    broken, line = everything(options.names, options.seconds, bool(options.names))
    print("\n".join([*broken, line]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
