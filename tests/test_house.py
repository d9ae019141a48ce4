"""The house rules, as tests: floors, rooms, notebooks, documents, dependencies. CONTRIBUTING.md gives the reasons."""

from __future__ import annotations

import argparse
import ast
import json
import re
import runpy
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers import cli
from helpers.basics import paths
from helpers.batch import engine

ROOT = paths.ROOT
HELPERS = ROOT / "src" / "helpers"

# The floors from the ground up; those between bars do not know each other. A room stands in the folder of its floor.
ORDER = "basics, edition, disclosure | published, review, intake, report, export, across | sample, batch"
HEIGHT = {
    floor: height for height, level in enumerate(ORDER.split(", ")) for floor in level.split(" | ")
}
ROOF = {
    "cli",
    "asked",
    "options",
    "comparing",
    "desk",
    "publishing",
    "rules",
    "__main__",
    "__init__",
}
# Bars have lengths on paper, which are not money.
MAY_USE_FLOATS = {"inline", "lanes"}
LONGEST_ROOM, LONGEST_CELL = 300, 8

SOURCES = sorted(HELPERS.rglob("*.py"))
ROOMS = [path for path in SOURCES if path.name != "__init__.py"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
READMES = ("README.md", "README.zh-CN.md")
GUIDES = ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")
TEMPLATES = [f".github/ISSUE_TEMPLATE/{name}.md" for name in ("new-form", "wrong-finding")]
DOCUMENTS = (
    *READMES,
    *GUIDES,
    "data/README.md",
    "outputs/README.md",
    "docs/new-form.md",
    *(f"docs/for-{readers}.md" for readers in ("analysts", "operators", "reviewers")),
    *TEMPLATES,
)
NOT_OURS = {
    ".git",
    ".venv",
    ".hypothesis",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".ipynb_checkpoints",
    "__pycache__",
    "build",
}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(tree: ast.Module) -> set[str]:
    """Return the rooms that a room imports as floor.room, late imports too; of the package's own names `helpers`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.add("a relative import")
        elif (
            isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "helpers"
        ):
            above, _, floor = node.module.rpartition(".")
            found |= (
                {f"{floor}.{name.name}" for name in node.names}
                if above == "helpers"
                else {node.module.removeprefix("helpers.")}
            )
        elif isinstance(node, ast.Import):
            found |= {
                n.name.partition(".")[2] or "the whole house"
                for n in node.names
                if n.name.split(".")[0] == "helpers"
            }
    return found


def room_of(path: Path) -> str:
    """Return a room's name as floor.room, of the roof only its own."""
    return ".".join(path.relative_to(HELPERS).with_suffix("").parts)


IMPORTS = {room_of(path): imports_of(tree_of(path)) for path in ROOMS}


# The floors


def test_every_folder_is_a_floor_and_every_floor_a_folder():
    assert set(HEIGHT) == {path.parent.name for path in HELPERS.glob("*/__init__.py")}
    assert ROOF == {path.stem for path in HELPERS.glob("*.py")}


def test_every_floor_says_what_it_is_for():
    assert all(ast.get_docstring(tree_of(path)) for path in HELPERS.glob("*/__init__.py"))


@pytest.mark.parametrize("room", [room for room in IMPORTS if "." in room])
def test_imports_go_down_or_stay_on_their_floor(room):
    own = room.partition(".")[0]
    above = {
        other
        for other in IMPORTS[room]
        if (floor := other.partition(".")[0]) != own
        and HEIGHT.get(floor, len(HEIGHT)) >= HEIGHT[own]
    }
    assert set() == above


def test_no_two_rooms_import_each_other():
    order = list(TopologicalSorter(IMPORTS).static_order())
    assert set(IMPORTS) <= set(order)


@pytest.mark.parametrize(
    "source, found",
    [
        ("from helpers.report import report, page", {"report.report", "report.page"}),
        ("from helpers.report.report import Report", {"report.report"}),
        ("def late():\n    from helpers.report import report", {"report.report"}),
        ("import helpers.report", {"report"}),
        ("from .report import Report", {"a relative import"}),
        ("import json", set()),
    ],
)
def test_an_import_is_seen_however_it_is_written(source, found):
    assert found == imports_of(ast.parse(source))


# The tests


TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_the_tests_of_a_room_stand_in_the_folder_of_its_floor():
    folders = {path.parent.name for path in TESTS if path.name.startswith("test_")}
    assert folders - {"tests"} == set(HEIGHT)


def test_nothing_is_imported_from_a_test_file():
    imported = {
        node.module or ""
        for path in TESTS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
    }
    assert [] == [name for name in imported if name.startswith("test_")]


# The rooms


@pytest.mark.parametrize("path", SOURCES, ids=room_of)
def test_a_room_is_short_enough_to_be_read_at_once(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_ROOM


@pytest.mark.parametrize("path", SOURCES, ids=room_of)
def test_a_room_says_what_it_is_for(path):
    assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", SOURCES, ids=room_of)
def test_every_public_function_and_class_says_what_it_is(path):
    public = [
        n
        for n in tree_of(path).body
        if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith("_")
    ]
    assert [] == [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.stem not in MAY_USE_FLOATS], ids=lambda p: p.stem
)
def test_money_is_never_a_binary_float(path):
    """`round` is refused with `float`: it rounds half to even."""
    calls = [
        n.func.id
        for n in ast.walk(tree_of(path))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    ]
    assert [] == [name for name in calls if name in ("float", "round")]


# The notebooks


def cells_of(path: Path, kind: str) -> list[dict]:
    return [
        c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind
    ]


def source_of(cell: dict) -> str:
    return "".join(cell["source"])


def nodes_of(path: Path) -> list[ast.AST]:
    return [
        node for cell in cells_of(path, "code") for node in ast.walk(ast.parse(source_of(cell)))
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_reads_and_does_not_compute(path):
    machinery = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.Lambda,
        ast.ClassDef,
        ast.For,
        ast.AsyncFor,
        ast.While,
        ast.Try,
    )
    assert [] == [type(node).__name__ for node in nodes_of(path) if isinstance(node, machinery)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_cell_is_at_most_eight_lines(path):
    assert [] == [
        source_of(c)
        for c in cells_of(path, "code")
        if len(source_of(c).splitlines()) > LONGEST_CELL
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_what_it_showed(path):
    cells = cells_of(path, "code")
    assert [] == [source_of(c) for c in cells if c["outputs"] or c["execution_count"] is not None]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_opens_with_prose_and_then_its_parameters(path):
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][:2]
    assert ["markdown", "code"] == [c["cell_type"] for c in first]
    assert source_of(first[0]).startswith("# ")
    assert ["parameters"] == first[1]["metadata"]["tags"]
    lines = source_of(first[1]).splitlines()
    assert [] == [line for line in lines if not re.fullmatch(r"\w+: \w+ = \S+  # .+", line)]


def test_a_cell_of_the_report_is_a_sentence_about_this():
    said = [
        source_of(c)
        for c in cells_of(paths.NOTEBOOK, "code")
        if "parameters" not in c["metadata"].get("tags", ())
    ]
    assert [] == [s for s in said if not re.match(r"this\b|from helpers import ", s)]


def test_the_report_needs_no_pandas():
    modules = {n.module for n in nodes_of(paths.NOTEBOOK) if isinstance(n, ast.ImportFrom)}
    assert {"helpers"} == modules
    assert [] == [n for n in nodes_of(paths.NOTEBOOK) if isinstance(n, ast.Import)]


# The documents


def code_of(document: str) -> list[str]:
    """Return what a document shows as code: lines of blocks, and words between backticks."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    rest = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)
    return [line for block in blocks for line in block.splitlines()] + re.findall(
        r"`([^`\n]+)`", rest
    )


def subcommands(parser) -> dict:
    """Return the parsers of a parser's own subcommands by name, nothing where it has none."""
    return next(
        (a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction)), {}
    )


def commands() -> dict:
    """Return every parser of the command line by its words: `run`, `rules`, `rules check`."""
    found = {}
    for name, parser in subcommands(cli._parser()).items():
        found |= {name: parser} | {f"{name} {own}": p for own, p in subcommands(parser).items()}
    return found


def targets_in(document: str) -> set[str]:
    """Return the make targets that a document names."""
    return {word for code in code_of(document) for word in re.findall(r"\bmake ([a-z]+)", code)}


def commands_in(document: str) -> set[str]:
    """Return the subcommands that a document names, those of `rules` with both their words."""
    groups = "|".join(name for name, parser in commands().items() if subcommands(parser))
    pattern = rf"\bjuesuan ((?:(?:{groups}) )?[a-z]+)"
    return {words for code in code_of(document) for words in re.findall(pattern, code)}


def options_in(document: str) -> set[str]:
    """Return the options of the command line that a document names."""
    shown = [code for code in code_of(document) if code.startswith("-") or "juesuan " in code]
    return {word for code in shown for word in re.findall(r"(?<!\S)--?[a-z][a-z-]*", code)}


def files_in(document: str) -> list[str]:
    """Return the files and folders that a document names between backticks or links to."""
    ends = "md yaml yml csv py ipynb lock toml png txt json html xlsx css js j2"
    pattern = rf"[\w./-]+\.({ends.replace(' ', '|')})|([\w.-]+/)+"
    named = [code for code in code_of(document) if re.fullmatch(pattern, code, re.ASCII)]
    return named + re.findall(r"\]\(([^):#]+)\)", (ROOT / document).read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(document):
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set() == targets_in(document) - set(targets)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_subcommand_that_a_document_names_exists(document):
    assert set() == commands_in(document) - set(commands())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_option_that_a_document_names_exists(document):
    parsers = [cli._parser(), *commands().values()]
    known = {
        option
        for parser in parsers
        for action in parser._actions
        for option in action.option_strings
    }
    assert set() == options_in(document) - known


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_exists(document):
    """A path counts from the root; a bare name is a file of an input folder, of a report, or of the root."""
    inputs = {p.name for folder in ("data", "notebooks") for p in (ROOT / folder).rglob("*")}
    made = {*engine.FILES, "across.html", "store", "index.html", "index.csv", "findings.html"}
    made |= {"corrections.yaml", "tables.xls"}
    here = (ROOT / document).parent
    its_own = set(re.findall(r"--(?:data|outputs) (\w+)", "\n".join(code_of(document))))

    def is_there(name: str) -> bool:
        first, _, rest = name.rstrip("/").rpartition("/")
        built = name.startswith(".venv/") or first == "outputs" and rest in made
        built = built or name.partition("/")[0] in its_own
        return (
            built
            or (ROOT / name).exists()
            or (here / name).exists()
            or not first
            and rest in inputs | made
        )

    assert [] == [name for name in files_in(document) if not is_there(name)]


@pytest.mark.parametrize("named_in", [targets_in, commands_in, options_in, files_in])
def test_both_readmes_name_the_same(named_in):
    english, chinese = (set(named_in(document)) - set(READMES) for document in READMES)
    assert set() == english ^ chinese


@pytest.mark.parametrize(
    "document, other", [(*READMES,), (*READMES[::-1],), (*GUIDES,), (*GUIDES[::-1],)]
)
def test_a_document_in_two_languages_leads_to_the_other_on_its_first_line(document, other):
    first = (ROOT / document).read_text(encoding="utf-8").partition("\n")[0]
    assert [other] == re.findall(r"\]\(([^)]+)\)", first)


def test_the_codebook_names_every_file_of_codes_and_rules():
    said = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    files = [
        p.relative_to(ROOT).as_posix()
        for place in (paths.CODES, paths.RULES)
        for p in place.rglob("*")
        if p.is_file()
    ]
    assert [] == [name for name in files if f"`{name}`" not in said]


@pytest.mark.parametrize("document", READMES)
def test_a_readme_names_every_subcommand_and_every_target_for_users(document):
    every = {name for name, parser in commands().items() if not subcommands(parser)}
    assert set() == every - commands_in(document)
    assert {"reports", "test", "check", "lab"} <= targets_in(document)


def test_a_readme_names_every_option():
    spelled = {
        max(action.option_strings, key=len)
        for parser in commands().values()
        for action in parser._actions
        if action.option_strings
    } - {"--help", "--department", "--year"}
    assert set() == spelled - options_in(READMES[0])


def test_every_command_and_every_option_says_what_it_does():
    for parser in (cli._parser(), *commands().values()):
        assert parser.description
        # A positional that is only a number says enough by its name.
        unsaid = [a.metavar or a.dest for a in parser._actions if not a.help and a.option_strings]
        assert [] == unsaid
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                assert {c.dest for c in action._choices_actions if c.help} == set(action.choices)


def test_the_page_of_the_notebook_author_is_what_its_script_makes():
    page = runpy.run_path(str(ROOT / "docs" / "make_this.py"))["page"]
    kept = (ROOT / "docs" / "this.md").read_text(encoding="utf-8")
    assert page() == kept, "make author"


def test_the_newest_entry_of_the_changelog_is_of_this_version():
    entries = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert PROJECT["version"] == entries[0]


# The files


def test_the_bare_machine_runs_what_the_readme_says():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert ["make check", "make test"] == script.read_text(encoding="utf-8").splitlines()[-2:]


def test_the_hooks_run_what_make_check_runs():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.M)[1]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert ["local"] == [repo["repo"] for repo in hooks]
    assert [hook["entry"] for hook in hooks[0]["hooks"]] == [
        line.partition("  #")[0].strip().replace("$(BIN)", ".venv/bin")
        for line in recipe.splitlines()
    ]


def test_every_text_ends_with_its_line():
    """As .editorconfig says; what was published is kept as it was."""
    endless = [name for name, text in texts() if text and not text.endswith("\n")]
    assert [] == [name for name in endless if "/published/" not in name]


def texts():
    """Yield every text file of the repository, but for what is built."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        built = (
            parts[0] == "outputs"
            and parts != ("outputs", "README.md")
            or any(p.endswith(".egg-info") for p in parts)
        )
        if path.is_file() and not built and NOT_OURS.isdisjoint(parts):
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_knows_the_machine_it_was_written_on():
    places = [f"/{folder}/" for folder in ("home", "root", "tmp")]
    assert [] == [(name, place) for name, text in texts() for place in places if place in text]


# The dependencies


def pins_of(lock: str) -> dict[str, list[tuple[str, bool]]]:
    """Return name → (version, whether it has a hash) of every pin in a lock."""
    pins: dict[str, list[tuple[str, bool]]] = {}
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            name, _, rest = line.partition("==")
            pins.setdefault(canonicalize_name(name), []).append(
                (rest.split()[0], "--hash=sha256:" in rest)
            )
    return pins


LOCKS = ("requirements/batch.lock", "requirements/dask.lock", "requirements/desk.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_BATCH = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"]
_EXTRAS = PROJECT["optional-dependencies"]
WANTED = {
    "requirements/batch.lock": _BATCH,
    "requirements/dask.lock": _BATCH + _EXTRAS["dask"],
    "requirements/desk.lock": _BATCH + _EXTRAS["dask"] + _EXTRAS["desk"],
}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_in_the_lock_at_a_version_it_allows(lock):
    pins = pins_of(lock)
    for text in WANTED[lock]:
        wanted = Requirement(text)
        versions = [version for version, _ in pins.get(canonicalize_name(wanted.name), [])]
        assert versions, f"{wanted.name} is not in {lock}: make lock"
        assert all(wanted.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_address(lock):
    assert [] == [
        name for name, pins in pins_of(lock).items() if not all(hashed for _, hashed in pins)
    ]
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert [] == re.findall(
        r"^\s*--(?:index-url|extra-index-url|find-links|trusted-host).*", text, re.M
    )


@pytest.mark.parametrize("lesser, greater", list(zip(LOCKS, LOCKS[1:])))
def test_a_greater_lock_has_the_same_pins_and_more(lesser, greater):
    lesser, greater = pins_of(lesser), pins_of(greater)
    assert {} == {name: pins for name, pins in lesser.items() if greater.get(name) != pins}


def test_the_desk_has_what_an_analyst_expects():
    assert {"jupyterlab", "pandas", "seaborn", "papermill", "nbconvert"} <= pins_of(
        "requirements/desk.lock"
    ).keys()


def test_conda_users_get_the_same_lock():
    made = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert PROJECT["name"] == made["name"]
    *conda, pip = made["dependencies"]
    assert ["python=3.11", "pip"] == conda
    assert ["-r requirements/desk.lock"] == pip["pip"]
    assert ">=3.11" == PROJECT["requires-python"]


def test_every_dependency_has_its_reason():
    """The table of CONTRIBUTING.md has a line for each, and no other; an extra's say which."""
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| package |")[2]
    rows = re.findall(r"^\| `([^`]+)` \| (\w*) ?\| \S.* \|$", said.partition("\n\n")[0], re.M)
    wanted = [(Requirement(text).name, "") for text in PROJECT["dependencies"]]
    wanted += [(Requirement(t).name, extra) for extra, texts in _EXTRAS.items() for t in texts]
    assert wanted == rows
