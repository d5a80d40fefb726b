"""Rules about the whole: layers, imports at start-up, pins, sizes, and where tests stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "afweging"
MODULES = sorted(PACKAGE.rglob("*.py"))
PINS = sorted((ROOT / "requirements").glob("*.txt"))

MODULE_LINES = 400
FUNCTION_LINES = 50
SLOW = {
    *("matplotlib", "numpy", "openpyxl", "pandas", "pydantic", "ruamel", "skcriteria"),
    *("jinja2", "segno", "starlette", "uvicorn"),
}

IMPORT_IT = "import afweging"
ASK_FOR_HELP = """
import contextlib, io, runpy, sys
sys.argv = ["afweging", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as printed:
    try:
        runpy.run_module("afweging", run_name="__main__")
    except SystemExit as end:
        assert not end.code, end.code
assert "compare" in printed.getvalue()
"""


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- layers and imports -------------------------------------------------------------------------


def test_layers_hold() -> None:
    """Every import-linter contract in pyproject.toml is kept."""
    command = "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint())"
    outcome = _run("-c", command)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("code", [IMPORT_IT, ASK_FOR_HELP], ids=["import", "help"])
def test_start_up_loads_nothing_slow(code: str) -> None:
    """Importing afweging and asking for help load no numerical, table or file-format package."""
    outcome = _run("-c", code + "\nimport sys\nprint(*sys.modules)")
    assert outcome.returncode == 0, outcome.stderr
    loaded = {name.partition(".")[0] for name in outcome.stdout.split()}
    assert "afweging" in loaded
    assert loaded & SLOW == set()


def test_public_names_are_sorted_and_there() -> None:
    """Each name in `__all__` can be had, is listed once and in order, and shows in `dir`."""
    import afweging

    assert list(afweging.__all__) == sorted(set(afweging.__all__))
    assert [name for name in afweging.__all__ if not hasattr(afweging, name)] == []
    assert set(afweging.__all__) <= set(dir(afweging))


# --- pins ---------------------------------------------------------------------------------------


def _pins(path: Path) -> dict[str, str]:
    """Return the pinned version of each package of a requirements file."""
    pin = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
    return dict(pin.findall(path.read_text(encoding="utf-8")))


def _asked_for(*, extras: bool) -> set[str]:
    """Return the packages that pyproject.toml asks for, by normalised name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *groups["build"]]
    if extras:
        wanted += groups["test"]
        for extra in project["project"].get("optional-dependencies", {}).values():
            wanted += extra
    names = (re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in wanted)
    return {re.sub(r"[._-]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_pins_name_no_address(path: Path) -> None:
    """A requirements file holds pins and digests only: no address, no option, no local path."""
    version, marker = r"[a-z0-9-]+==[\w.]+", r"( ; [\w .'=!<>()]+)?"
    digest = r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    pin = re.compile(rf"{version}{marker} \\|{digest}|#.*")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not pin.fullmatch(line)] == []
    assert [line for line in lines if re.search(r"://|\S/\S|index|find-links", line)] == []


def test_pins_cover_what_is_asked_for() -> None:
    """All dependencies are pinned, and the test pins hold the run pins at the same versions."""
    run, test = (_pins(ROOT / "requirements" / name) for name in ("run.txt", "test.txt"))
    assert _asked_for(extras=False) - run.keys() == set()
    assert _asked_for(extras=True) - test.keys() == set()
    assert run.items() <= test.items()


def test_no_lock_file_that_names_an_index() -> None:
    """No file that a package client writes with the addresses it downloaded from."""
    forbidden = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "pip.conf"}
    assert [_relative(path) for path in _repository_files() if path.name in forbidden] == []


def _repository_files() -> Iterator[Path]:
    """Yield the files that are, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    yield from (ROOT / name for name in listed.stdout.split("\0") if name)


# --- sizes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=_relative)
def test_modules_and_functions_are_short(path: Path) -> None:
    """A module has at most 400 lines, and a function at most 50 without its docstring."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    functions = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {f"{node.name}, line {node.lineno}": _length(node) for node in functions}
    assert {name: size for name, size in lengths.items() if size > FUNCTION_LINES} == {}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the number of lines of a function, its docstring left out."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    return _lines(function) - (_lines(first) if has_docstring else 0)


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


# --- where tests stand --------------------------------------------------------------------------

KINDS_OF_PROOF = {"published", "properties", "functional"}
TEST_MODULES = [
    path
    for path in sorted((ROOT / "tests").rglob("test_*.py"))
    if path != Path(__file__).resolve()
    and path.relative_to(ROOT / "tests").parts[0] not in KINDS_OF_PROOF
]


@pytest.mark.parametrize("path", TEST_MODULES, ids=_relative)
def test_tests_mirror_the_modules(path: Path) -> None:
    """A test module stands where its module stands; `test_init.py` is for the package itself."""
    folder = PACKAGE / path.relative_to(ROOT / "tests").parent
    name = path.name.removeprefix("test_")
    places = [folder / name, folder / f"_{name}", folder / name.removesuffix(".py") / "__init__.py"]
    if name == "init.py":
        places = [folder / "__init__.py"]
    assert any(place.is_file() for place in places), f"no module for {_relative(path)}"
