"""Every problem code the program can use, found by reading its source.

A code reaches a Problem through a parameter or field named ``code``, directly or through helpers that hand
it on. So the search asks: which functions have such a parameter, and which words are given to it? A word may
also come out of a table or a pair, as ``("bad-number", "must be at most {le}")``: there it looks like a code
and comes first.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_Parameters = dict[str, int]


def codes_in(folder: Path) -> dict[str, str]:
    """Return each code used by the Python files of ``folder``, with one place where it stands.

    The verifier and the probe are left out: their codes tell what is wrong with badges and sites, not with
    authors' files.
    """
    paths = [
        path
        for path in sorted(folder.rglob("*.py"))
        if path.parent.name not in ("verifying", "probing")
        and path.relative_to(folder).as_posix() not in ("cli/verify.py", "cli/probe.py")
    ]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    takes_code: _Parameters = {}
    for tree in trees.values():
        takes_code.update(_functions(tree))
    found: dict[str, str] = {}
    for path, tree in trees.items():
        known = {**takes_code, **dict(_functions(tree))}  # a private helper's name means the one beside it
        for code, line in _codes(tree, known):
            found.setdefault(code, f"{path.relative_to(folder.parent)}:{line}")
    return found


def _functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each function and class that takes a code, with the position of it in a call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
        elif isinstance(node, ast.ClassDef):
            names = [
                part.target.id
                for part in node.body
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
            ]
        else:
            continue
        if "code" in names and not node.name.startswith("__"):
            yield node.name, names.index("code")


def _codes(tree: ast.AST, takes_code: _Parameters) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = _given(node, takes_code)
            yield from ((word, node.lineno) for word in _words(given))
        elif isinstance(node, ast.Tuple) and len(node.elts) in (2, 3):
            first, *rest = node.elts
            if _is_code(first) and all(_is_sentence(other) for other in rest):
                yield from ((word, node.lineno) for word in _words(first))


def _given(call: ast.Call, takes_code: _Parameters) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == "code":
            return keyword.value
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = takes_code.get(name)
    return call.args[place] if place is not None and place < len(call.args) else None


def _words(node: ast.expr | None) -> Iterator[str]:
    """Yield the words ``node`` may be: one, or the two of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _WORD.fullmatch(node.value):
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def _is_code(node: ast.expr) -> bool:
    word = node.value if isinstance(node, ast.Constant) else None
    return isinstance(word, str) and bool(_CODE.fullmatch(word))


def _is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and (node.value == "" or " " in node.value)
    return isinstance(node, ast.JoinedStr | ast.Name | ast.Call)
