"""What no file of the program may hold, read from its syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sorted((ROOT / "companion").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 400
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr", "parse_latex", "lambdastr"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "code", "codeop"}
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" + "XX")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def called(path: Path) -> Iterator[str]:
    """What a file calls, as it is written: `compile`, `re.compile`."""
    yield from (ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def test_nothing_typed_or_loaded_can_become_code() -> None:
    for path in PROGRAM:
        calls = {call for call in called(path) if call in FORBIDDEN_CALLS or call.rpartition(".")[2] in FORBIDDEN_CALLS - {"compile"}}
        assert not calls, path
        assert not imported(path) & FORBIDDEN_MODULES, path


def test_only_the_judge_knows_sympy() -> None:
    for path in PROGRAM:
        if "judge" not in path.relative_to(ROOT).parts:
            assert not imported(path) & {"sympy", "mpmath"}, path


def test_files_stay_short_and_finished() -> None:
    for path in (*PROGRAM, *TESTS):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= LONGEST, path
        assert not [word for word in UNFINISHED if word in text], path


def test_whoever_catches_everything_says_why() -> None:
    for path in PROGRAM:
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception"):
                assert any("#" in line for line in lines[node.lineno - 2 : node.lineno + 2]), f"{path}:{node.lineno}"


def test_screens_and_sessions_never_sleep_and_ask_the_clock_for_the_time() -> None:
    for path in PROGRAM:
        if path.relative_to(ROOT / "companion").parts[0] in {"study", "tui", "curriculum"}:
            assert not set(called(path)) & {"time.sleep", "sleep", "datetime.now", "date.today", "time.time"}, path


def test_every_room_has_its_tests() -> None:
    rooms = {path.name for path in (ROOT / "companion").iterdir() if (path / "__init__.py").is_file()}
    for room in rooms:
        assert list((ROOT / "tests" / room).glob("test_*.py")), room
