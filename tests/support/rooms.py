"""The import rule of CONTRIBUTING as code: data flows one way, and only the ends touch the world.

A room may import the rooms before it, the part of the standard library that computes, and what is listed for
it here. Everything else is a fault, so a library or a way to the world that nobody thought of is one too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

PACKAGE = "site_builder"

ROOMS = (
    "problems", "artifact", "storing", "executors", "text", "identity", "messages", "images", "art",
    "reading", "editing", "models", "catalog", "importers", "proof", "survey",
    "assembling", "changes", "exports", "pages", "verifying", "keys", "publishing", "uploading", "probing",
    "registrar", "starters", "mkdocs_plugin", "cli",
)  # fmt: skip
"""From the first to the last; a module imports from its own room and from earlier ones."""

COMPUTES = frozenset({
    "__future__", "abc", "array", "base64", "binascii", "bisect", "calendar", "collections",
    "concurrent.futures.Executor", "contextlib", "dataclasses",
    "datetime", "decimal", "difflib", "enum", "errno", "fractions", "functools", "graphlib", "hashlib",
    "heapq", "hmac", "html", "ipaddress", "itertools", "json", "math", "operator", "pathlib.PurePosixPath",
    "posixpath", "re", "stat", "string", "struct", "textwrap", "types", "typing", "unicodedata",
    "urllib.parse", "xml.parsers.expat", "xml.sax.saxutils", "zlib", f"{PACKAGE}.__version__",
})  # fmt: skip
"""What every room may import: it touches neither files, clock, environment, network nor chance."""

MAY: Mapping[str, frozenset[str]] = {
    room: frozenset(names.split())
    for room, names in {
        # Libraries, and packaged files
        "text": "markdown_it nh3",
        "messages": "babel yaml importlib.resources",
        "images/raster": "importlib.resources resvg_py",
        "art/lettering": "importlib.resources",
        "models": "pydantic pydantic_core",
        "models/descriptions": "ast inspect",
        "importers/decoding": "codecs",
        "importers/headers": "importlib.resources",
        "importers/schema": "frictionless importlib.resources",
        "importers/workbook": "io openpyxl warnings zipfile",
        "proof": "pyld",
        "proof/processor": "sys",
        "proof/contexts": "importlib.metadata",
        "proof/eddsa": "nacl.exceptions nacl.signing.VerifyKey",
        "exports": "jinja2 markupsafe importlib.resources",
        "pages": "jinja2 markupsafe importlib.resources",
        # The ends
        "storing": "os pathlib sys",
        "executors": "concurrent.futures distributed gc multiprocessing os pathlib signal sys threading",
        "reading": "yaml codecs os pathlib",
        "reading/revision": "shutil subprocess tempfile",
        "editing": "copy yaml",
        "verifying/batches": "pathlib uuid.uuid4",
        "cli/guard": "io",
        "cli/probe": "time.monotonic time.sleep",
        "cli/streaming": "tempfile",
        "verifying/files": "os pathlib",
        "verifying/sources": "pathlib",
        "verifying/web": "socket ssl http.client threading",
        "keys": "nacl os pathlib secrets",
        "survey": "pathlib pydantic.ValidationError",
        "survey/judging": "gc pathlib pickle",
        "publishing/award_part": "pathlib",
        "publishing/catalog_pages": "os pathlib",
        "publishing/checking": "pathlib pickle tempfile",
        "publishing/comparing": "pathlib",
        "publishing/finishing": "concurrent.futures.Future pathlib",
        "publishing/gone": "os pathlib uuid.UUID",
        "publishing/making": "pathlib",
        "publishing/memory": "pathlib",
        "publishing/pressing": "gc os pathlib pickle uuid.UUID",
        "publishing/proving": "nacl.exceptions nacl.signing.VerifyKey random.Random random.SystemRandom",
        "publishing/request": "pathlib",
        "publishing/sampling": "pathlib random.SystemRandom",
        "publishing/standing": "io.BytesIO os pathlib random.SystemRandom",
        "publishing/published": "os pathlib",
        "publishing/since_revision": "pathlib",
        "publishing/staging": "fcntl os pathlib",
        "publishing/ledger": "fcntl os pathlib",
        "publishing/published_lists": "pathlib",
        "publishing/replacing": "pathlib",
        "publishing/status": "pathlib",
        "publishing/plan": "pathlib",
        "publishing/former": "os pathlib shutil tempfile",
        "publishing/preview": "pathlib",
        "publishing/proof_folders": "pathlib",
        "publishing/signing_apart": "pathlib tempfile",
        "publishing/whole_folder": "pathlib shutil tempfile",
        "publishing/journal": "os pathlib",
        "publishing/moving": "os pathlib shutil",
        "publishing/staged_files": "os pathlib",
        "publishing/whole_files": "os pathlib shutil",
        "uploading/bucket": "obstore",
        "uploading/files": "os pathlib",
        "uploading/upload": "concurrent.futures pathlib",
        "probing": "pathlib",
        "probing/headers": "email.utils",
        "probing/live": "concurrent.futures",
        "probing/listing": "os random.SystemRandom",
        "probing/before": "random.SystemRandom",
        "registrar": "csv io os pathlib secrets",
        "starters/filling": "importlib.resources",
        "starters/press": "importlib.metadata pathlib",
        "starters/making": "pathlib shutil tempfile",
        "starters/worktree": "pathlib",
        "mkdocs_plugin": "click jinja2 logging mkdocs os pathlib traceback",
        "cli": "click gc importlib os pathlib sys traceback",
    }.items()
}
"""What a room, or a module alone, may import besides."""

REACHES_OUT = frozenset(
    {"open", "input", "eval", "exec", "compile", "breakpoint", "__import__", "__builtins__", "__loader__"}
)
"""Names that need no import, and get round this rule."""

CLOCKS = frozenset({"now", "today", "utcnow"})


def faults(name: str, source: str) -> list[str]:
    """Return what is wrong with the module ``name`` (``catalog/resolve``, ``cli/__init__``), a line each."""
    tree, room = ast.parse(source), name.split("/")[0]
    if room not in ROOMS:
        return [f"{name}: is in no room"]
    found = [(line, _import_fault(room, module, _allowed(name))) for line, module in imports(name, tree)]
    found += [(line, _name_fault(room, used, _allowed(name))) for line, used in _names(name, tree)]
    return sorted({f"{name}:{line}: {fault}" for line, fault in found if fault})


def _allowed(name: str) -> frozenset[str]:
    return COMPUTES | MAY.get(name.split("/")[0], frozenset()) | MAY.get(name, frozenset())


def imports(name: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the full dotted name of all that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _origin(name, node)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _origin(name: str, node: ast.ImportFrom) -> str:
    """Return the module that ``from ... import`` names; one dot is the module's own package."""
    if not node.level:
        return node.module or ""
    package = [PACKAGE, *name.split("/")[:-1]]
    above = package[: len(package) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above) or "(outside the program)"


def _import_fault(room: str, module: str, allowed: frozenset[str]) -> str:
    if any(module == known or module.startswith(known + ".") for known in allowed):
        return ""
    parts = module.split(".")
    if parts[0] == PACKAGE and len(parts) > 1 and parts[1] in ROOMS:
        later = ROOMS.index(parts[1]) > ROOMS.index(room)
        return f"{room} imports {parts[1]}, which comes after it" if later else ""
    if parts[0] == "mkdocs":
        return "only mkdocs_plugin imports mkdocs"
    if parts[0] == "nacl":
        return f"only keys reads private keys, so {room} must not import {module}"
    return f"{room} must not import {module}"


def _names(name: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the full dotted name of all that a module uses, called by another name or not."""
    known = _known_as(name, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, _dotted(node, known)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, f"{node.func.attr}()"


def _known_as(name: str, tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for: ``{"D": "datetime.date"}``."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            base = _origin(name, node)
            known |= {alias.asname or alias.name: f"{base}.{alias.name}" for alias in node.names}
    return known


def _dotted(node: ast.expr, known: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    return f"{_dotted(node.value, known)}.{node.attr}" if isinstance(node, ast.Attribute) else "?"


def _name_fault(room: str, used: str, allowed: frozenset[str]) -> str:
    """Return what is wrong with using a name; ``now()`` is a call of that method on anything."""
    *owner, last = used.removesuffix("()").split(".")
    if room != "cli" and last in CLOCKS and (used.endswith("()") or owner[:1] == ["datetime"]):
        return "only the command line reads the clock"
    if used in REACHES_OUT and not (used == "open" and "os" in allowed):
        return f"{room} must not open files, nor run text ({used})"
    if last == "SigningKey" and room != "keys":
        return "only keys reads private keys"
    if used.startswith(f"{PACKAGE}.") and len(owner) > 1 and owner[1] in ROOMS:
        later = ROOMS.index(owner[1]) > ROOMS.index(room)
        return f"{room} uses {owner[1]}, which comes after it" if later else ""
    return ""
