"""What is printed commands nobody: words of others never reach a workflow runner as an order.

GitHub's runner reads the output of each step. It obeys a line whose first signs behind white space are
``::``, and the older ``##[`` wherever it stands. It may compare by the rules of a language, to which signs
that nobody sees do not count. So standard output and standard error are guarded as a whole, whoever writes
into them; ``annotations`` alone, which escapes what it writes, goes beneath.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from typing import TextIO

# What may stand before a colon is looked at sign by sign: here it is only no visible sign of ASCII. Two
# patterns, since one that begins with a set of characters is found twice as fast in a long text.
_COLON = re.compile(r"[^\r\n!-~]*:")
_NEXT_COLON = re.compile(r"[\r\n][^\r\n!-~]*:")
_OLD_COMMAND = re.compile(r"#([^\r\n!-~]*)#([^\r\n!-~]*)\[")


class Guard(io.TextIOBase):
    """A text stream that passes on what is written into it, except what a runner would obey.

    ``| `` comes before a colon that begins a line; ``##[`` becomes ``## [``. What is passed on does not
    depend on the pieces in which it is written. It has no ``buffer``: bytes would pass unseen.
    """

    def __init__(self, below: TextIO) -> None:
        self._below = below
        # What of the line before may go on with the next piece: nothing, or a sign and at most two hashes.
        self._line = ""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute of its base
        """The encoding of the stream below."""
        return self._below.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What the stream below does with characters that it cannot encode."""
        return self._below.errors

    def write(self, text: str) -> int:
        """Pass ``text`` on, made harmless; TypeError for bytes, which the caller must decode."""
        if not isinstance(text, str):
            raise TypeError(f"text is written here, not {type(text).__name__}")
        whole = _without_order(self._line + text)
        self._below.write(whole[len(self._line) :])
        self._line = _open_end(whole)
        return len(text)

    def beneath(self) -> TextIO:
        """Return the stream below, at the beginning of a line."""
        if self._line:
            self.write("\n")
        self.flush()
        return self._below

    def flush(self) -> None:
        """Send on what the stream below still holds."""
        self._below.flush()

    def isatty(self) -> bool:
        """Return True where the stream below is a terminal."""
        return self._below.isatty()

    def fileno(self) -> int:
        """Return the number of the file below; OSError where there is none."""
        return self._below.fileno()

    def writable(self) -> bool:
        """Return True."""
        return True


def guard_output() -> None:
    """Put a guard before standard output and standard error, where none is yet."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, Guard):
            setattr(sys, name, Guard(stream))


def beneath(stream: TextIO) -> TextIO:
    """Return what is below a guarded stream, for one who escapes what it writes; another stream as it is."""
    return stream.beneath() if isinstance(stream, Guard) else stream


def without_old_command(text: str, bracket: str = " [") -> str:
    """Return ``text`` with ``bracket`` for the bracket of each ``##[``: in JSON an escape keeps the data."""

    def broken(found: re.Match[str]) -> str:
        unseen = all(_is_unseen(char) for char in found[1] + found[2])
        return found[0][:-1] + bracket if unseen else found[0]

    return _OLD_COMMAND.sub(broken, text) if "[" in text else text


def _without_order(text: str) -> str:
    first = _COLON.match(text)
    if first is not None and _is_blank(first[0][:-1]):
        text = first[0][:-1] + "| " + text[first.end() - 1 :]
    return without_old_command(_NEXT_COLON.sub(_barred, text))


def _barred(found: re.Match[str]) -> str:
    return found[0][:-1] + "| :" if _is_blank(found[0][:-1]) else found[0]


def _open_end(text: str) -> str:
    """Return what must be known of the line that ``text`` leaves open: "x" for words, and hashes."""
    line = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
    if _is_blank(line):
        return ""
    hashes = 0
    for char in reversed(line):
        hashes += char == "#"
        if hashes == 2 or not (char == "#" or _is_unseen(char)):
            break
    return "x" + "#" * hashes


def _is_blank(text: str) -> bool:
    return all(char.isspace() or _is_unseen(char) for char in text)


def _is_unseen(char: str) -> bool:
    """Return True for what a comparison of words may pass over: marks, and signs that nobody sees."""
    return unicodedata.category(char)[0] in "CM" and not char.isspace()
