"""Tables for people with addresses in them: for mail merge, never for git or the site (DESIGN 4)."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from site_builder.publishing.published import MARKS

# Spreadsheets take a cell that begins so for a formula, and run it (OWASP, CSV injection). Some pass over
# blanks first, and where the computer's language puts semicolons between cells, a cell begins behind those.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n])) *(?=[=+\-@\t\r])")


class TableRefused(Exception):  # noqa: N818 - it says what happened
    """A table cannot be written there; ``str()`` says why, ``hint`` what to try. Nothing was written."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file (RFC 4180) in UTF-8 with its mark, without which Excel misreads letters.

    What a spreadsheet would run as a formula begins with an apostrophe, which shows that it is text.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return _FORMULA.sub(lambda found: "'" + found.group(), cell)


def check_private(path: Path, root: Path) -> None:
    """Raise :class:`TableRefused` where a table with addresses may not stand at ``path``.

    That is: in a public place (:func:`public_place`), or over a file that is there already.
    """
    hint = "name a file outside every repository and site, such as ~/private/table.csv"
    folder = path.resolve().parent
    where = public_place(path, root)
    if where:
        raise TableRefused(f"{path} lies in {where}: names and addresses stay out of it", hint)
    if path.exists() or path.is_symlink():
        raise TableRefused(f"{path} must not exist yet", "choose another name, or delete the old table")
    if not folder.is_dir():
        raise TableRefused(f"there is no folder {folder}", "make it first, or name another")


def public_place(path: Path, root: Path | None) -> str:
    """Return what publishes the folder of a file, ``the repository ...`` or ``the published site ...``.

    That is: the repository at ``root`` or any other working tree of git, ignored or not, or a built site,
    wherever it was put. Empty where nothing does.
    """
    repository = repository_around(path, root)
    if repository is not None:
        return f"the repository {repository}"
    folder = path.resolve().parent
    sites = (above for above in (folder, *folder.parents) if any((above / mark).is_file() for mark in MARKS))
    return next((f"the published site {site}" for site in sites), "")


def repository_around(path: Path, root: Path | None) -> Path | None:
    """Return the repository that a file lies in, the one at ``root`` or another of git; else ``None``."""
    folder = path.resolve().parent
    tree = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)
    if tree is None and root is not None and folder.is_relative_to(root.resolve()):
        return root.resolve()
    return tree


def write_private(path: Path, root: Path, data: bytes) -> None:
    """Write ``data`` to a new file that only its owner may read; raises :class:`TableRefused`."""
    check_private(path, root)
    made = False
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        made = True
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
    except OSError as error:
        if made:
            path.unlink(missing_ok=True)  # never half a table
        raise TableRefused(f"{path} cannot be written: {error.strerror}", "check the folder") from error
