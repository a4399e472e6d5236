"""Staged beside the published folder: a reader never meets half a site, and a killed build leaves it whole.

The first build writes a whole folder beside the place of the site, which takes that place in one step. A
later one writes what is new or changed, and moves it to its place by a journal. What a killed build left
behind is put in order by the next one, under a lock that dies with its process.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.publishing.journal import Journal, JournalUnreadable
from site_builder.publishing.moving import AWARDS, drop_unchanged
from site_builder.publishing.staged_files import write_new
from site_builder.publishing.whole_files import sync_below, take_away

_LEFTOVER = re.compile(r"staged|(staged|whole)-[0-9a-f]{16}")
_MARKER = ".badgepress"
_MARKER_TEXT = (
    b"Made by badgepress. Each build replaces what is in this folder: keep nothing of your own in it.\n"
)


class OutputRefused(Exception):  # noqa: N818 - it says what happened
    """The output folder cannot be used: ``str()`` says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0])


class Staging:
    """A folder beside the published one, for the files of a new site or for what changes in it."""

    def __init__(self, output: Path) -> None:
        self.output = output
        # Of another name in each run: a worker that was lost sight of writes into no later one.
        self.folder = output.with_name(f".{output.name}-staged-{os.urandom(8).hex()}")
        self._journal = Journal(output.with_name(f".{output.name}-journal"), output)

    @property
    def is_first(self) -> bool:
        """True where nothing is published yet, so that the whole site must be staged."""
        return not self.output.exists() or not any(self.output.iterdir())

    def write(self, artifact: Artifact) -> None:
        """Write one file. Raises ``OutputRefused`` where a file of that path exists already."""
        try:
            write_new(self.folder, artifact.path, artifact.data)
        except FileExistsError as error:
            message = f"two parts of the site claim the path {artifact.path}"
            raise OutputRefused(message, "rename the page in docs/ that makes it") from error

    def published(self, path: str) -> bytes:
        """Return a file of the site that this one will replace; empty where there is none."""
        try:
            return (self.output / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return b""

    def refuse_to_lose(self, name: str) -> None:
        """Raise ``OutputRefused`` where the published folder has ``name`` and the new one will not."""
        if (self.output / name).is_file():
            message = f"the site in {self.output} has catalog pages, and this build would make none"
            raise OutputRefused(message, "install mkdocs and mkdocs-material, or say --awards-only")

    def clean(self) -> None:
        """Bring the folders back to order after a build that was killed, or was decided and not finished.

        Raises ``OutputRefused`` where such a build can be neither finished nor undone.
        """
        try:
            self._journal.roll_forward()
        except JournalUnreadable as error:
            hint = f"delete {self.output} and build again"
            raise OutputRefused(f"an interrupted build cannot be finished: {error}", hint) from error
        start = f".{self.output.name}-"
        for path in self.output.parent.iterdir():
            if path.name.startswith(start) and _LEFTOVER.fullmatch(path.name.removeprefix(start)):
                take_away(path)

    def publish(self, removed: Iterable[str] = ()) -> None:
        """Make what is staged the published site, or a part of it, and remove the files ``removed``.

        Where nothing is published the staged folder takes the place. Else each staged file does, in the order
        in which every moment is a whole site (``moving.step_of``); files outside the folders of awards that
        are published already keep their times. Folders that are left empty go too.
        Raises ``ValueError``, and publishes nothing, for a path in ``removed`` that is staged or leaves the
        site. After an ``OSError`` the next build finishes what was begun.
        """
        if self.is_first:
            self._take_place()
            return
        leaving = iter(removed)
        first = [*islice(leaving, 1)]
        if first or any(self.folder.iterdir()):
            self._change(chain(first, leaving))

    def _take_place(self) -> None:
        """Make the staged folder the published one; an empty one in its place goes in the same step."""
        (self.folder / _MARKER).write_bytes(_MARKER_TEXT)
        _readable_by_all(self.folder, self.folder / AWARDS)
        self.folder.rename(self.output)

    def _change(self, removed: Iterable[str]) -> None:
        (self.folder / _MARKER).write_bytes(_MARKER_TEXT)
        # Under a name that no worker knows: what is in it now is what is published.
        whole = self.folder.with_name(self.folder.name.replace("-staged-", "-whole-"))
        self.folder.rename(whole)
        self._journal.draft(whole, removed)
        drop_unchanged(whole, self.output)
        _readable_by_all(whole, whole / AWARDS)
        sync_below(whole)
        self._journal.decide()
        self.clean()


@contextmanager
def staging(output: Path, inputs: Path) -> Iterator[Staging]:
    """Yield an empty staging folder for ``output``; it is removed again if the build does not publish it.

    Raises ``OutputRefused`` where the output lies inside the authors' folders of ``inputs``, holds something
    that no build made, or is being written by another build.
    """
    output = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a symlink
    _check_output(output, inputs.resolve())
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(f"the output {output} cannot be made: {error.strerror}") from error
    with _lock(output.with_name(f".{output.name}-lock")):
        staged = Staging(output)
        staged.clean()
        staged.folder.mkdir()
        try:
            yield staged
        finally:
            staged.clean()


@contextmanager
def held(output: Path) -> Iterator[Path]:
    """Yield the path of a published folder that no build replaces meanwhile.

    What a killed build left is put in order first. Raises ``OutputRefused`` where there is no such folder, or
    where it is being written.
    """
    output = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a symlink
    if not output.parent.is_dir():
        raise OutputRefused(f"there is no folder {output}", "build the site first: badgepress build")
    with _lock(output.with_name(f".{output.name}-lock")):
        Staging(output).clean()
        if output.is_symlink() or not output.is_dir():
            raise OutputRefused(f"there is no folder {output}", "build the site first: badgepress build")
        yield output


def _check_output(output: Path, root: Path) -> None:
    authors = ("credentials", "frameworks", "issued", "proofs", "docs", "site_builder", "tests", ".git")
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputRefused(f"the output {output} is not a folder")
    real = output.resolve()
    if real == root or real in root.parents:
        raise OutputRefused(f"the output {output} holds the repository itself", "give a folder of its own")
    for name in authors:
        if real == root / name or (root / name) in real.parents:
            raise OutputRefused(f"the output {output} lies inside {name}/", "give a folder of its own")
    filled = output.exists() and any(output.iterdir())
    if filled and not (output / _MARKER).is_file():
        message = f"the output {output} is not empty, and no build made it: nothing was changed"
        raise OutputRefused(message, "give an empty or new folder")
    if (output / ".git").exists():
        message = f"the output {output} is a git checkout, which a build would replace: nothing was changed"
        raise OutputRefused(message, "build into a folder of its own, and copy it into the checkout")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold an advisory lock that the system lets go when this process ends, however it ends."""
    file = _locked(path)
    try:
        yield
    finally:
        # Removed while it is held: who waits for this file notices that it is not the one at its place.
        path.unlink(missing_ok=True)
        os.close(file)


def _locked(path: Path) -> int:
    """Return the locked file at ``path``; raises ``OutputRefused`` where another build holds it."""
    while True:
        # A link that someone put there is not followed: opening it would touch another file.
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            message = "another build is writing this folder"
            raise OutputRefused(message, "wait until it has finished") from error
        if path.exists() and os.path.samestat(os.fstat(file), path.stat()):
            return file
        os.close(file)


def _readable_by_all(folder: Path, awards: Path) -> None:
    """Give every file the same mode, whatever the umask: a web server of another user reads them.

    Those in the folders of ``awards`` have it: only ``staged_files`` writes them, and there are many.
    """
    folder.chmod(0o755)
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                Path(entry.path).chmod(0o644)
            elif folder != awards:
                _readable_by_all(Path(entry.path), awards)
