"""The rules of the house that no other tool holds: sizes, words that may not land, hashes."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE, LONGEST_FUNCTION = 300, 25
OUTER_DOORS = {"cli.py", "serve/app.py"}
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx", "aiohttp"}
MODULES = sorted((ROOT / "gradeline").rglob("*.py"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))

# Each is written in two halves, so that this file may land itself.
UNWANTED = {
    "what is left to do is an issue, not a comment": ("TO" + "DO", "FIX" + "ME", "XX" + "X"),
    "a path of somebody's machine": ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/tmp" + "/wt"),
    "a package registry's host": (
        "py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js.org", "npm" + "js.com", "crates" + ".io",
        "maven" + ".org", "maven" + ".apache.org", "golang" + ".org", "deb.deb" + "ian.org",
    ),
}  # fmt: skip


@cache
def texts() -> dict[str, str]:
    """Every text file that is, or could be, committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return {str(file.relative_to(ROOT)): text for file in files if (text := read(file)) is not None}


def read(file: Path) -> str | None:
    """A file's text; None where it is gone or no text."""
    try:
        return file.read_text("utf-8")
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return None


@pytest.mark.parametrize("why", UNWANTED)
def test_nothing_unwanted_lands(why: str) -> None:
    words = re.compile("|".join(rf"(?<![\w.]){re.escape(word)}" for word in UNWANTED[why]))
    found = [
        f"{name}:{number}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if words.search(line)
    ]
    assert not found, f"{why}: {found}"


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
class TestModule:
    """What holds of each file of the package."""

    def test_fits_in_the_head(self, file: Path) -> None:
        assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE, "look for the missing noun, then split"
        assert not [name for name, lines in functions(file) if lines > LONGEST_FUNCTION]

    def test_says_what_it_is(self, file: Path) -> None:
        """Module, classes and public functions have a docstring that begins with one whole sentence."""
        missing = [name for name, doc in documented(file) if not re.match(r".+?[.:;?](\s|$)", doc or "", re.DOTALL)]
        assert not missing

    def test_lets_errors_through(self, file: Path) -> None:
        """Only the outer doors catch everything: elsewhere an error must not turn into an answer."""
        if file.relative_to(ROOT / "gradeline").as_posix() in OUTER_DOORS:
            return
        handlers = [node for node in ast.walk(tree(file)) if isinstance(node, ast.ExceptHandler)]
        blind = [node.lineno for node in handlers if names(node.type) & {"", "Exception", "BaseException"}]
        assert not blind, f"lines {blind}"

    def test_keeps_to_itself(self, file: Path) -> None:
        """The core opens no network connection: SECURITY.md says so."""
        if file.relative_to(ROOT / "gradeline").parts[0] == "serve":
            return
        imported = re.findall(r"^\s*(?:import|from) ([\w.]+)", file.read_text("utf-8"), re.MULTILINE)
        assert not {name for name in imported if name.split(".")[0] in NETWORK}


@cache
def tree(file: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(file.read_text("utf-8"))


def names(node: ast.expr | None) -> set[str]:
    """The names of the errors that a handler catches; the empty one where it catches all."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} if node else {""}


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its length, the docstring left out."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = node.body[0].end_lineno or 0 if ast.get_docstring(node) else node.lineno
            yield node.name, (node.end_lineno or 0) - said


def documented(file: Path) -> Iterator[tuple[str, str | None]]:
    """The module, and each public class and function of it, with its docstring."""
    yield "the module", ast.get_docstring(tree(file))
    for node in public(tree(file).body):
        yield node.name, ast.get_docstring(node)


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """What a module or a class offers to others."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda file: file.name)
def test_requirements_are_pinned_and_hashed_and_name_no_address(file: Path) -> None:
    entries = re.split(r"\n(?=[a-z])", file.read_text("utf-8").partition("\n")[2].strip())
    assert entries
    assert not [
        each for each in entries if not re.match(r"[a-z0-9-]+==\S+[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", each)
    ]
    assert "://" not in file.read_text("utf-8")


def test_core_and_build_are_pinned_as_dev_is() -> None:
    pins = {
        file.stem: set(re.findall(r"^([a-z0-9-]+==[^\s;]+)", file.read_text("utf-8"), re.M)) for file in REQUIREMENTS
    }
    assert pins["core"] | pins["build"] <= pins["dev"]


def test_the_ci_door_is_the_test_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#!")] == ["exec env CI=true make test"]
