"""The expressions of workflow files, as far as ours go: names, texts, comparisons, and, or, not, results."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Contexts = Mapping[str, object]
_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\d+)|(==|!=|&&|\|\||[!()])|([A-Za-z_][\w.-]*))")
_WHOLE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_STATUS = ("success", "failure", "cancelled", "always")


class Unsupported(Exception):  # noqa: N818 - it says what happened
    """A workflow uses what this runner does not know: teach it, rather than guess."""


def filled(text: object, contexts: Contexts) -> str:
    """Return a value of a workflow file with each ``${{ }}`` in it replaced by what it stands for."""
    if isinstance(text, bool):
        return str(text).lower()
    return _WHOLE.sub(lambda found: as_text(evaluated(found[1], contexts)), str(text))


def condition(text: object, contexts: Contexts, status: Mapping[str, bool]) -> bool:
    """Return whether a job or step runs; without a word on earlier results it needs them all to be good."""
    bare = str(text).strip()
    if found := re.fullmatch(r"\$\{\{(.*)\}\}", bare, re.DOTALL):
        bare = found[1]
    if "${{" in bare:
        raise Unsupported(f"if: {text}")
    asks = re.search(rf"\b(?:{'|'.join(_STATUS)})\s*\(", bare)
    return (bool(asks) or status["success"]) and truth(evaluated(bare, contexts, status))


def truth(value: object) -> bool:
    """Return what counts as true: everything but false, nothing, 0 and the empty text."""
    return value not in (None, False, 0, "")


def as_text(value: object) -> str:
    """Return how a value reads within a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    raise Unsupported(f"a text of {type(value).__name__}")


def evaluated(source: str, contexts: Contexts, status: Mapping[str, bool] | None = None) -> object:
    """Return the value of one expression; raises Unsupported for what is not known here."""
    parser = _Parser(_tokens(source), contexts, status or {})
    value = parser.either()
    if parser.place != len(parser.tokens):
        raise Unsupported(source)
    return value


def _tokens(source: str) -> list[str]:
    found, place = [], 0
    source = source.strip()
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise Unsupported(source)
        found.append(match[0].strip())
        place = match.end()
    return found


@dataclass
class _Parser:
    tokens: list[str]
    contexts: Contexts
    status: Mapping[str, bool]
    place: int = 0

    def _next(self, *words: str) -> str:
        """Take the next token if it is one of these; an empty text where it is not."""
        if self.place < len(self.tokens) and self.tokens[self.place] in words:
            self.place += 1
            return self.tokens[self.place - 1]
        return ""

    def either(self) -> object:
        return self._joined(self.both, "||", truth)

    def both(self) -> object:
        return self._joined(self._compared, "&&", lambda value: not truth(value))

    def _joined(self, part: Callable[[], object], word: str, settles: Callable[[object], bool]) -> object:
        value = part()
        while self._next(word):
            other = part()
            value = value if settles(value) else other
        return value

    def _compared(self) -> object:
        value = self._single()
        while word := self._next("==", "!="):
            value = _same(value, self._single()) == (word == "==")
        return value

    def _single(self) -> object:
        if self._next("!"):
            return not truth(self._single())
        if self._next("("):
            value = self.either()
            self._expect(")")
            return value
        if self.place == len(self.tokens):
            raise Unsupported("an expression that ends early")
        token = self.tokens[self.place]
        self.place += 1
        if token[0] == "'":
            return token[1:-1].replace("''", "'")
        if token.isdigit():
            return int(token)
        return self._called(token) if self._next("(") else self._named(token)

    def _called(self, name: str) -> bool:
        self._expect(")")
        if name not in self.status:
            raise Unsupported(f"{name}()")
        return self.status[name]

    def _named(self, token: str) -> object:
        if token in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[token]
        first, *rest = token.split(".")
        if first not in self.contexts:
            raise Unsupported(token)
        value: object = self.contexts[first]
        for name in rest:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def _expect(self, word: str) -> None:
        if not self._next(word):
            raise Unsupported(f"an expression without {word}")


def _same(one: object, other: object) -> bool:
    """Compare as the forge does: letters of either case are alike."""
    return as_text(one).casefold() == as_text(other).casefold()
