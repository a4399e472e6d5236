"""What must not be seen anywhere, in the corpus' own phrases: a small table from phrases to checks.

A phrase that nobody understands is never passed over: it is handed back, to be told and counted.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bad_inputs import tables
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.harm import CANARY, headings_from
from tests.bad_inputs.press import Run
from tests.bad_inputs.site import Site


@dataclass(frozen=True)
class Scene:
    """Everything that can be looked at after a run. ``site`` is None where nothing was published.

    ``tables`` were written from the same repository, where the case is about those.
    """

    case: Case
    run: Run
    workspace: Path
    output: Path
    plain: Site
    site: Site | None
    tables: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What the run printed."""
        return self.run.stdout + "\n" + self.run.stderr

    def published(self) -> Iterator[tuple[str, bytes]]:
        """Yield each file of the output folder."""
        for path in sorted(self.output.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield str(path.relative_to(self.output)), path.read_bytes()


Check = Callable[[Scene, re.Match[str]], Iterator[str]]


def seen(scene: Scene) -> tuple[list[str], list[str]]:
    """Return what was seen that must not be, and the phrases that no check understands."""
    faults: list[str] = []
    unknown: list[str] = []
    for phrase in scene.case.expect.never:
        check = check_for(phrase)
        if check is None:
            unknown.append(phrase)
        else:
            faults += [f"never {phrase!r}: {fault}" for fault in check[0](scene, check[1])]
    return faults, unknown


def check_for(phrase: str) -> tuple[Check, re.Match[str]] | None:
    """Return the check that a phrase asks for, or None where there is none."""
    for pattern, check in _PHRASES:
        found = re.fullmatch(pattern, phrase)
        if found is not None:
            return check, found
    return None


def _words_of(text: str) -> list[str]:
    return [word.strip() for word in re.split(r", | or ", text) if word.strip()]


def _contains(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    for path, raw in scene.published():
        yield from (f"{path} holds it" for word in _words_of(found["what"]) if word.encode() in raw)


def _anywhere(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    yield from _contains(scene, found)
    yield from ("it was printed" for word in _words_of(found["what"]) if word in scene.said)


def _environment(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    value = os.environ.get(found["name"], "")
    yield from (f"{path} holds it" for path, raw in scene.published() if value and value.encode() in raw)


def _evaluated(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    """A template, a format string or an include was carried out: its result stands where its text should."""
    if scene.site is None:
        return
    for path, page in scene.site.seen.items():
        text = page.text.replace(scene.case.payload, "")
        plain = scene.plain.seen[path].text if path in scene.plain.seen else ""
        for sign in (
            r"\b49\b",
            r"root:x:0:0",
            r"<class '",
            r"\bobject at 0x",
            r"mkdocs\.config",
            r"\bMkDocsConfig\b",
        ):
            if len(re.findall(sign, text)) > len(re.findall(sign, plain)):
                yield f"{path} holds {sign}"


def _raw_escape(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    yield from ("it was printed" for _ in range("\x1b" in scene.said))


def _many_lines(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    lines = scene.run.stderr.count("\n")
    yield from (f"{lines} lines" for _ in range(lines > int(found["most"])))


def _network(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    yield from (f"it tried {what}" for kind, what in scene.run.watched if kind == "network")


def _command_line(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    """White space before it protects nothing: a workflow's runner looks behind that."""
    lines = (line.lstrip() for line in scene.said.splitlines())
    yield from (f"the line {line[:60]!r}" for line in lines if line.startswith(found["start"]))


def _file_exists(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    yield from (str(path) for path in scene.workspace.rglob(found["name"]))


def _outside(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    yield from (what for kind, what in scene.run.watched if kind == "write")


def _active(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    for path, page in scene.site.seen.items() if scene.site else ():
        yield from (f"{path}: {place}" for place, value in page.active if found["what"] in value)
        yield from (f"{path}: an address" for address in page.acting_addresses if found["what"] in address)


def _addressed(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    for path, page in scene.site.seen.items() if scene.site else ():
        values = [*page.addresses, *(value for _, value in page.active)]
        yield from (f"{path}: {value[:60]!r}" for value in values if _goes_to(value, found["what"]))


def _goes_to(value: str, host: str) -> bool:
    """Return True unless the host stands only in the query of a link to another one."""
    return host in value.partition("?")[0] or (host in value and "://" not in value.partition("?")[0])


def _shared(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    names = set(re.findall(r"\w+", found["names"])) - {"or"}
    for address, name, values in scene.site.queries() if scene.site else ():
        if name in names and any(
            f"{name}={value}" in scene.case.payload.replace("+", " ") for value in values
        ):
            yield address[:100]


def _as_heading(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    if scene.site:
        yield from headings_from(scene.case.payload, scene.site, scene.plain)


def _other_template(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    for path, page in scene.site.seen.items() if scene.site else ():
        before = scene.plain.seen.get(path)
        if before and before.robots != page.robots:
            yield f"{path}: robots is {page.robots!r}"
        if before and not before.shapes <= page.shapes:
            yield f"{path}: {sorted(before.shapes - page.shapes)[:3]} are gone"


def _png_chunk(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    for path, raw in scene.site.files(".png") if scene.site else ():
        position = 8
        while position + 8 <= len(raw):
            (length,) = struct.unpack(">I", raw[position : position + 4])
            if raw[position + 4 : position + 8].decode("latin-1") == found["chunk"]:
                yield path
            position += length + 12


def is_about_tables(case: Case) -> bool:
    """Return True where the case says what must never stand in a table for spreadsheets."""
    return any(re.fullmatch(_CELL, phrase) for phrase in case.expect.never)


def _formula(scene: Scene, found: re.Match[str]) -> Iterator[str]:
    yield from tables.faults_in(scene.tables)


_CELL = r"a CSV cell starting with .+"

_PHRASES: tuple[tuple[str, Check], ...] = (
    (r"output contains 49, root:x:0:0 or a Python class name in place of the text", _evaluated),
    (r"output contains the value of (?P<name>\w+)", _environment),
    (r"output PNG has an? (?P<chunk>\w{4}) chunk", _png_chunk),
    (r"output contains (?P<what>.+)", _contains),
    (r"(?P<what>\S+) in (?:the )?output", _contains),
    (r"(?P<what>.+) on stdout, stderr or in output", _anywhere),
    (_CELL, _formula),
    (r"raw ESC byte on stdout or stderr", _raw_escape),
    (r"more than (?P<most>\d+) lines on stderr", _many_lines),
    (r"a line starting with (?P<start>\S+) on stdout or stderr", _command_line),
    (r"(?:any )?network access(?: to \S+| during the build)?", _network),
    (r"file (?P<name>\S+) exists", _file_exists),
    (r"a file written outside the output folder", _outside),
    (rf"(?P<what>{CANARY}) in an active position of any output", _active),
    (r"(?P<what>\S+) in a src, href, action, url\(\) or @import of any output", _addressed),
    (r"a share link whose (?P<names>[\w ]+) comes from this text", _shared),
    (r"the text shown as a heading or status of the page itself", _as_heading),
    (r"page built with another template or without noindex where noindex is due", _other_template),
)
