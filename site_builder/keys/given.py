"""How a key is given: in an environment variable, or in a file that its owner alone may read (DESIGN 4).

What was read is never shown: not in an error, not in a cause.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

_LARGEST_FILE = 4096
# A pipe or a terminal is opened without waiting for it, and refused by its kind (flags that Windows lacks).
_AT_ONCE = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
)
# Any spelling of 32 bytes or more as one name: hex, base64url, multibase.
_LIKE_A_KEY = re.compile(r"[A-Za-z0-9+=_:-]{43,}")


class KeyRefused(Exception):  # noqa: N818 -- the name the whole program uses for it
    """A key cannot be used; ``code`` names why, ``hint`` says what to try. The key itself is never quoted.

    Codes: no-key, bad-key, test-key, key-file, key-file-open, key-file-exists, two-keys, wrong-key
    (a key that the issuer's file does not list for this).
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[KeyRefused], tuple[str, str, str]]:
        """Return how it is made again in the process that gave an errand to the one where it was raised."""
        return KeyRefused, (self.code, self.message, self.hint)


def given(variable: str, environment: Mapping[str, str]) -> str | None:
    """Return the text of the key as it was given, or None; a variable that is set but blank gives none."""
    value = environment.get(variable, "").strip()
    path = environment.get(f"{variable}_FILE", "").strip()
    if value and path:
        raise KeyRefused(
            "two-keys",
            f"{variable} and {variable}_FILE must not both be set",
            "unset one of them",
        )
    if path:
        return _read_key_file(variable, path)
    return value or None


def _read_key_file(variable: str, path: str) -> str:
    """Return the content of a key file that nobody but its owner may read.

    ``path`` may be a key that was pasted into the wrong variable: no message and no cause quotes it.
    """
    try:
        data, fault = _content(variable, path), ""
    except OSError as reason:
        data, fault = b"", reason.strerror or "it cannot be opened"
    except ValueError:
        data, fault = b"", "this is no path"
    # Raised out here, because an OSError carries the path that it was about.
    if fault:
        raise _refused(variable, f"must name a file that can be read, but: {fault}")
    if len(data) > _LARGEST_FILE:
        raise _refused(variable, "must name a file that holds one key and nothing else")
    return data.decode("ascii", errors="replace").strip()


def _content(variable: str, path: str) -> bytes:
    """Return the first bytes of the file, at once: a pipe would let the press wait for ever."""
    descriptor = os.open(path, _AT_ONCE)
    try:
        # The open file is asked, not the path: what is judged is what is read.
        _refuse_open_file(variable, path, os.fstat(descriptor))
        return os.read(descriptor, _LARGEST_FILE + 1)
    finally:
        os.close(descriptor)


def _refuse_open_file(variable: str, path: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _refused(variable, "must name a file, not a folder, a pipe or a device")
    if os.name == "posix" and status.st_mode & 0o077:
        raise KeyRefused(
            "key-file-open",
            f"{variable}_FILE must name a file that is open to its owner alone,"
            f" not of mode {status.st_mode & 0o777:o}",
            f"chmod 600 {'that file' if _holds_key(path) else path}",
        )


def _refused(variable: str, what: str) -> KeyRefused:
    hint = f"give the file's path; a key itself goes into {variable}"
    return KeyRefused("key-file", f"{variable}_FILE {what}", hint)


def _holds_key(path: str) -> bool:
    """Return True where ``path``, or a name in it, reads as a key."""
    return from_base64(path) is not None or any(_LIKE_A_KEY.fullmatch(name) for name in Path(path).parts)


def from_hex(text: str) -> bytes | None:
    """Return the 32 bytes that 64 hexadecimal digits spell, or ``None`` for another text."""
    try:
        return bytes.fromhex(text) if len(text) == 64 and text.isalnum() else None
    except ValueError:
        return None


def from_base64(text: str) -> bytes | None:
    """Return the 32 bytes that base64 or base64url spells, padded or not, or ``None`` for another text."""
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    if len(plain) != 43:
        return None
    try:
        return base64.b64decode(plain + "=", validate=True)
    except (ValueError, binascii.Error):
        return None


def write_secret(path: Path, text: str) -> None:
    """Write a secret to a new file that only its owner may read.

    Raises :class:`KeyRefused` (key-file-exists) where ``path`` is there already: a key is never overwritten.
    """
    made = False
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        made = True
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(descriptor)
    except FileExistsError:
        message = f"key file {str(path)!r} must not exist yet"
        raise KeyRefused(
            "key-file-exists", message, "choose another name; a lost key cannot be had back"
        ) from None
    except OSError as reason:
        if made:
            path.unlink(missing_ok=True)  # never half a key
        message = f"key file {str(path)!r} cannot be written: {reason.strerror}"
        raise KeyRefused("key-file", message, "check the folder and whose it is") from None
