"""Commands in hostile surroundings."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.commands import CHECK, EVIL, HOME, RUN, Command, files
from hostile.inputs import EMOJI


def surroundings() -> Iterator[Command]:
    """Yield good commands in odd surroundings."""
    closed = {
        "stdout": ">&-",
        "stderr": "2>&-",
        "both": ">&- 2>&-",
        "stdin": "<&-",
        "all": "<&- >&- 2>&-",
    }
    for name, how in closed.items():
        yield Command(f"run-{name}-closed", RUN, (0, 3), shell=f'exec "$@" {how}', same=True)
        yield Command(f"check-{name}-closed", CHECK, (0, 3), shell=f'exec "$@" {how}')
    for verb, words in {
        "run": RUN,
        "check": CHECK,
        "check-json": (*CHECK, "--format", "json"),
        "list": ("list", "--data", "{data}"),
        "help": ("--help",),
        "run-help": ("run", "--help"),
    }.items():
        yield Command(
            f"{verb}-stdout-full", words, (0, 3), shell='exec "$@" >/dev/full', same=verb == "run"
        )
    yield Command("run-stderr-full", (*RUN, "-d", "nothing"), (2, 3), shell='exec "$@" 2>/dev/full')
    yield Command("run-both-full", RUN, (0, 3), shell='exec "$@" >/dev/full 2>&1', same=True)
    yield Command("check-into-head", CHECK, (0,), shell='"$@" | head -c 1 >/dev/null')
    yield Command("run-few-files", RUN, (0, 3), shell='ulimit -n 24; exec "$@"')
    yield Command("run-no-stack", RUN, (0, 3), shell='ulimit -s 256; exec "$@"')
    yield Command("run-little-memory", RUN, (0, 3), shell='ulimit -v 400000; exec "$@"')
    yield Command("check-little-memory", CHECK, (0, 3), shell='ulimit -v 250000; exec "$@"')
    yield Command("run-small-files", RUN, (3,), shell='ulimit -f 20; exec "$@"')
    yield Command(
        "run-where-nothing-is",
        RUN,
        (0,),
        shell='mkdir lost; cd lost; rmdir ../lost; exec "$@"',
        same=True,
    )
    yield Command(
        "check-where-nothing-is", CHECK, (0,), shell='mkdir lost; cd lost; rmdir ../lost; exec "$@"'
    )
    yield Command("run-umask", RUN, (0, 3), shell='umask 777; exec "$@"')
    yield Command(
        "run-ignoring-children", RUN, (0, 3), shell='trap "" CHLD PIPE; exec "$@"', same=True
    )
    plain = {
        "LANG": None,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": None,
        "PYTHONCOERCECLOCALE": "0",
    }
    changes: dict[str, dict[str, str | None]] = {
        "plain-c": plain,
        "posix": {**plain, "LC_ALL": "POSIX"},
        "locale-unknown": {"LC_ALL": "xx_XX.WHAT", "LANG": "xx"},
        "gbk-output": {"PYTHONIOENCODING": "gbk"},
        "ascii-output": {"PYTHONIOENCODING": "ascii"},
        "utf-16-output": {"PYTHONIOENCODING": "utf-16"},
        "latin-output": {**plain, "PYTHONIOENCODING": "latin-1"},
        "columns-1": {"COLUMNS": "1", "LINES": "1"},
        "columns-word": {"COLUMNS": "wide"},
        "columns-minus": {"COLUMNS": "-5"},
        "no-home": {"HOME": None},
        "home-nowhere": {"HOME": "/nonexistent", "XDG_CONFIG_HOME": None},
        "home-a-file": {"HOME": "/etc/passwd"},
        "tmpdir-nowhere": {"TMPDIR": "/nonexistent"},
        "tmpdir-a-file": {"TMPDIR": "/etc/passwd"},
        "tmpdir-proc": {"TMPDIR": "/proc"},
        "no-path": {"PATH": ""},
        "backend-unknown": {"MPLBACKEND": "nonsense"},
        "backend-tk": {"MPLBACKEND": "TkAgg"},
        "matplotlib-nowhere": {"MPLCONFIGDIR": "/proc/nothing"},
        "warnings-are-errors": {"PYTHONWARNINGS": "error"},
        "optimized": {"PYTHONOPTIMIZE": "2"},
        "hash-seed": {"PYTHONHASHSEED": "7"},
        "time-zone": {"TZ": "nonsense"},
        "far-time-zone": {"TZ": "Pacific/Kiritimati"},
        "term": {"TERM": "nonsense"},
        "no-colour": {"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"},
        "unbuffered": {"PYTHONUNBUFFERED": "1"},
        "threads": {"OMP_NUM_THREADS": "64", "OPENBLAS_NUM_THREADS": "64"},
        "source-date": {"SOURCE_DATE_EPOCH": "nonsense"},
        "jupyter-nowhere": {
            "JUPYTER_CONFIG_DIR": "/proc/x",
            "JUPYTER_DATA_DIR": "/proc/x",
            "IPYTHONDIR": "/proc/x",
        },
        "faulthandler": {"PYTHONFAULTHANDLER": "1"},
        "malloc-debug": {"PYTHONMALLOC": "debug"},
        "dev-mode": {"PYTHONDEVMODE": "1"},
    }
    quiet = {"term", "no-colour", "locale-unknown"}
    for name, environment in changes.items():
        yield Command(
            f"run-{name}",
            RUN,
            (0, 3) if name.startswith("tmpdir") else (0,),
            environment=environment,
            same=not name.startswith("tmpdir"),
        )
        if name not in quiet:
            yield Command(
                f"check-{name}",
                CHECK,
                (0, 3) if name.startswith("tmpdir") else (0,),
                environment=environment,
            )
    for name in ("plain-c", "gbk-output", "ascii-output"):
        yield Command(f"list-{name}", ("list", "--data", "{data}"), environment=changes[name])
        yield Command(f"help-{name}", ("--help",), environment=changes[name])
        yield Command(
            f"refusal-{name}", (*RUN, "-d", f"{EMOJI}部门"), (2,), environment=changes[name]
        )
    here = {
        "matplotlibrc": "figure.dpi: 7\nfont.size: 40\nsavefig.format: pdf\naxes.facecolor: red\n"
    }
    yield Command("run-beside-matplotlibrc", RUN, prepare=files(here), same=True)
    yield Command(
        "run-beside-ipython-config",
        RUN,
        prepare=files(
            {
                "ipython_config.py": EVIL,
                "ipython_kernel_config.py": EVIL,
                "jupyter_nbconvert_config.py": EVIL,
                "pyproject.toml": "[",
                "setup.cfg": "[",
            }
        ),
        same=True,
    )
    yield Command(
        "run-in-a-hostile-home",
        RUN,
        prepare=files(HOME),
        environment={"HOME": "{here}/home", "XDG_CONFIG_HOME": None},
        same=True,
    )
    for module in (
        "papermill",
        "helpers",
        "yaml",
        "json",
        "re",
        "pandas",
        "numpy",
        "matplotlib",
        "sitecustomize",
        "usercustomize",
        "seaborn",
        "nbformat",
        "IPython",
        "random",
    ):
        yield Command(
            f"run-beside-{module.lower()}-py", RUN, prepare=files({f"{module}.py": EVIL}), same=True
        )
        yield Command(
            f"check-beside-{module.lower()}-py", CHECK, prepare=files({f"{module}.py": EVIL})
        )
