"""YAML's syntax errors in a curriculum designer's words.

The parser says where it stopped; the author needs to know where the slip is and what to type. Each
explanation below looks at the lines themselves and gives up, in favour of the next, when the slip is not of
its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from site_builder.problems import printable
from site_builder.text import Fault

_FIELD_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*:[^\s:/]")
_VALUE_IN_BRACKETS = re.compile(r"\s*(?:- +)*(?:[\w-]+:\s+)?[\[{].*[\]}]\s*[^\s#,]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


@dataclass(frozen=True)
class Slip:
    """One syntax error: the line (from 1) on which something must change, and what is wrong there."""

    line: int
    fault: Fault


@dataclass(frozen=True)
class _Stop:
    """Where the parser stopped, and what it had begun."""

    text: str
    said: str
    line: int
    column: int
    index: int
    opened: int

    def words(self, line: int | None = None) -> str:
        lines = self.text.split("\n")
        number = self.line if line is None else line
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @property
    def at_first_word(self) -> bool:
        return not self.words()[: self.column].strip()


def explain(text: str, error: yaml.YAMLError) -> Slip:
    """Return the slip behind a parser's ``error`` in ``text``; the code is mostly ``yaml-syntax``."""
    stop = _stop(text, error)
    for explanation in (
        _forbidden,
        _escape,
        _tab,
        _open_quote,
        _document,
        _colon,
        _indent,
        _bracket,
        _odd_start,
    ):
        slip = explanation(stop)
        if slip is not None:
            return slip
    return _slip(stop.line, "is not YAML that can be read", printable(stop.said, 120))


def _stop(text: str, error: yaml.YAMLError) -> _Stop:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}".strip()
    if mark is None:
        return _Stop(text, said, 1, 0, 0, 1)
    # At the end of a text the parser names the line after the last one.
    last = max(1, text.count("\n") + (not text.endswith("\n")))
    line = min(mark.line + 1, last)
    opened = min(context.line + 1, last) if context else line
    return _Stop(text, said, line, mark.column, mark.index, opened)


def _slip(line: int, message: str, hint: str, code: str = "yaml-syntax") -> Slip:
    return Slip(line, Fault(code, message, hint))


def _forbidden(stop: _Stop) -> Slip | None:
    if "tag" in stop.said.split():
        return _slip(
            stop.line, "YAML tags are not allowed", "quote text that starts with !", "tag-not-allowed"
        )
    if "alias" in stop.said or "anchor" in stop.said:
        hint = "quote text that starts with * or &"
        return _slip(stop.line, "anchors and aliases are not allowed", hint, "alias-not-allowed")
    return None


def _escape(stop: _Stop) -> Slip | None:
    if "escape" not in stop.said and "hexdecimal" not in stop.said:
        return None
    match = _ESCAPE.match(stop.text, max(0, stop.text.rfind("\\", 0, stop.index + 1)))
    if match is not None:
        code = int(match[1] or match[2], 16)
        message = f"text has a character that cannot be published (U+{code:04X})"
        return _slip(stop.line, message, "write the character itself, without \\u", "bad-character")
    hint = "in double quotes write \\\\ for a backslash, or use single quotes"
    return _slip(stop.line, "a backslash is followed by something it cannot stand before", hint)


def _tab(stop: _Stop) -> Slip | None:
    words = stop.words()
    if "\t" not in words[: len(words) - len(words.lstrip())] or "quoted" in stop.said:
        return None
    return _slip(stop.line, "a tab cannot be used for indentation", "use two spaces for each level")


def _open_quote(stop: _Stop) -> Slip | None:
    close = "put the same quotation mark at the end of the text"
    if "quoted scalar" in stop.said:
        return _slip(stop.opened, "quoted text is not closed", close)
    token = _last_quoted(stop)
    if token is None:
        return None
    start, end = token.start_mark.line + 1, token.end_mark.line + 1
    if start < end:
        # The quote ran on until another line's opening quote ended it.
        return _slip(start, "quoted text is not closed", close)
    hint = "inside '…' write '' for an apostrophe, or quote the whole text with the other kind of quotes"
    return _slip(start, "quoted text ends too early, more text follows its closing quote", hint)


def _last_quoted(stop: _Stop) -> yaml.ScalarToken | None:
    """Return the quoted text that ends directly before the place where the parser stopped."""
    last = None
    for token in _tokens(stop.text[: stop.index + 1]):
        if isinstance(token, yaml.ScalarToken) and not token.plain and token.end_mark.index <= stop.index:
            last = token
    between = stop.text[last.end_mark.index : stop.index] if last else "x"
    return last if not between.strip(" ") else None


def _tokens(text: str) -> Iterator[object]:
    try:
        yield from yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        # The text is known to be broken; what was scanned before is what is asked for.
        return


def _document(stop: _Stop) -> Slip | None:
    if "another document" in stop.said or ("document start" in stop.said and "\n..." in stop.text):
        message = f"one file holds one document; a second starts at line {stop.line}"
        return _slip(stop.line, message, "put it into a file of its own", "multiple-documents")
    if "directive" in stop.said or "incompatible YAML" in stop.said:
        return _slip(stop.line, "YAML directives are not allowed", "delete the line", "tag-not-allowed")
    return None


def _colon(stop: _Stop) -> Slip | None:
    if "mapping values" not in stop.said and "could not find expected ':'" not in stop.said:
        return None
    before = stop.words()[: stop.column]
    if ": " in before or before.rstrip().endswith(":"):
        return _slip(stop.line, "quote the text, it has a colon", "put quotation marks around the whole text")
    for line in (stop.line, stop.line - 1, stop.opened):
        if _FIELD_WITHOUT_SPACE.match(stop.words(line)):
            return _slip(line, "a space must follow the colon after a field's name", "write field: text")
    if "could not find" in stop.said:
        return _slip(stop.opened, "the line has no colon after a field's name", "write field: text")
    return None


def _indent(stop: _Stop) -> Slip | None:
    asked = ("mapping values", "expected key", "'-' indicator", "block end", "document start", "not allowed")
    if not stop.at_first_word and "mapping values" not in stop.said:
        return None
    if not any(words in stop.said for words in asked):
        return None
    hint = "fields of one group start in the same column; items of a list start with '- '"
    return _slip(stop.line, "indentation does not match", hint)


def _bracket(stop: _Stop) -> Slip | None:
    if "expected ',' or" in stop.said or "flow" in stop.said:
        return _slip(stop.opened, "a bracket is not closed, or a comma is missing", "close it with ] or }")
    if _VALUE_IN_BRACKETS.match(stop.words()) and "expected key" in stop.said:
        return _slip(stop.line, "quote the text, it starts with a bracket", "put quotation marks around it")
    return None


def _odd_start(stop: _Stop) -> Slip | None:
    char = stop.words()[stop.column : stop.column + 1]
    if "cannot start any token" in stop.said and char:
        return _slip(stop.line, f"quote the text, it starts with '{char}'", "put quotation marks around it")
    if "block scalar" in stop.said:
        hint = "after > or | the text starts on the next line, indented"
        return _slip(stop.line, "text cannot follow > or | on the same line", hint)
    if "sequence entries" in stop.said:
        return _slip(stop.line, "a list must start on its own line", "or quote the text, it starts with '- '")
    if "expected node content" in stop.said:
        return _slip(stop.line, f"quote the text, it starts with '{char}'", "put quotation marks around it")
    return None
