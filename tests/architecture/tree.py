"""What the structure tests look at: the tracked source, parsed once."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tourism_odr"
SLICES = ("account", "administration", "intake", "mediation", "referral", "oversight", "guidance")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, or would keep: not ignored, and still there."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    return tuple(sorted({ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).is_file()}))


def of_kind(*suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """Tracked files with one of ``suffixes``, under one of the top-level folders when any is named."""
    return [path for path in tracked() if path.suffix in suffixes and (not under or name(path).split("/")[0] in under)]


def code() -> list[Path]:
    """The Python that ships: the package and the migrations."""
    return of_kind(".py", under=("tourism_odr", "migrations"))


def package() -> list[Path]:
    """The Python of the package alone."""
    return of_kind(".py", under=("tourism_odr",))


def name(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def functions(path: Path) -> list[Function]:
    """Every function and method of one file."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call with a dotted name, such as ``datetime.now``."""
    return [(ast.unparse(node.func), node) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
