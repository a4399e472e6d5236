"""The repository as it stood at a git revision, read without a checkout: no hook, no filter, no network.

Git is asked for names and bytes alone. They are written into a temporary folder, which is swept like any
other; a symbolic link or a submodule of that revision is left out, as the sweep would not follow it either.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.problems import printable, shown
from site_builder.reading.repository import CONTENT, SETTINGS, Repository, sweep
from site_builder.reading.walk import LARGEST_FILE

_SECONDS = 120
_COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_FILE_MODES = ("100644", "100755")
# A replaced object is another history than the reviewed one; a promised object would be fetched.
_SAFELY = ("--no-replace-objects", "--literal-pathspecs", "-c", "protocol.allow=never")


class RevisionRefused(Exception):  # noqa: N818 - it says what happened
    """The revision cannot be read: ``str()`` says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


LeaveOut = Callable[[Mapping[str, str]], Container[str]]
"""Given git's name for the bytes of each file, by path, returns the paths that are not asked for."""


def is_blob(raw: bytes, name: str) -> bool:
    """Return True where ``name`` is git's name for these bytes, in a repository of either kind of hash."""
    header = b"blob %d\0" % len(raw)
    if len(name) == 40:
        return hashlib.sha1(header + raw, usedforsecurity=False).hexdigest() == name
    return hashlib.sha256(header + raw).hexdigest() == name


@dataclass(frozen=True, slots=True)
class _Blob:
    path: str
    name: str


def sweep_revision(root: Path, revision: str, without: LeaveOut | None = None) -> Repository:
    """Return the repository of ``root`` as its authors' files stood at ``revision``.

    ``root`` may be a subfolder of what git keeps; what that revision did not have yet is simply not there.
    ``without`` is given the files of that revision, and what it returns is not there either.
    Raises ``RevisionRefused`` where there is no git, no git repository, or no such revision.
    """
    git, tree = _tree(root, revision)
    blobs = [*_blobs(git, tree)]
    gone = without({blob.path: blob.name for blob in blobs}) if without else ()
    with TemporaryDirectory(prefix="badgepress-") as folder:
        _write(git, [blob for blob in blobs if blob.path not in gone], Path(folder))
        return replace(sweep(Path(folder)), root=root)


def blobs_at(root: Path, revision: str, *paths: str) -> dict[str, str]:
    """Return git's name for the bytes of every file at or below ``paths`` at ``revision``, by path.

    A symbolic link counts as a file that holds the path it leads to. Raises ``RevisionRefused``.
    """
    git, tree = _tree(root, revision)
    return {
        os.fsdecode(path): name for path, (_, kind, name, _) in _listed(git, tree, *paths) if kind == "blob"
    }


def _tree(root: Path, revision: str) -> tuple[Git, str]:
    """Return git, asked in ``root``, and its word for that folder at a revision."""
    _refuse_odd(revision)
    git = Git(root)
    prefix = git.ask("rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").removesuffix("\n")
    return git, f"{_commit(git, revision)}:{prefix.rstrip('/')}"


@dataclass(frozen=True, slots=True)
class Fork:
    """The commit with which a change is compared: where it left ``revision``, or that revision itself.

    It is that itself (``is_known`` is False) where this clone has no commit that both descend from.
    """

    commit: str
    is_known: bool


def fork_of(root: Path, revision: str) -> Fork:
    """Return where the commit that is checked out at ``root`` left a revision (``git merge-base``).

    Raises ``RevisionRefused`` where there is no git, no git repository, or no such revision.
    """
    _refuse_odd(revision)
    git = Git(root)
    commit = _commit(git, revision)
    found = git.run(("merge-base", commit, "HEAD")).stdout.decode("ascii", "replace").strip()
    known = _COMMIT.fullmatch(found) is not None
    return Fork(found if known else commit, known)


def _refuse_odd(revision: str) -> None:
    if not revision or revision.startswith("-") or not revision.isprintable():
        hint = "write a branch, a tag or a commit, such as origin/main"
        raise RevisionRefused(f"{shown(revision)} is not a git revision", hint)


def _commit(git: Git, revision: str) -> str:
    """Return the full name of the commit; a tag is followed to it."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = git.run(words).stdout.decode("ascii", "replace").strip()
    if _COMMIT.fullmatch(found):
        return found
    hint = "git branch --all and git log name those that this clone has"
    if git.ask("rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = (
            "this clone is shallow: fetch the revision, for instance with git fetch --unshallow; "
            "in a GitHub workflow give actions/checkout fetch-depth: 0"
        )
    raise RevisionRefused(f"git knows no revision {shown(revision)}", hint)


def _listed(git: Git, tree: str, *paths: str) -> Iterator[tuple[bytes, list[str]]]:
    """Yield the path of everything at or below ``paths``, and its mode, kind, name and size."""
    if git.run(("rev-parse", "--verify", "--quiet", "--end-of-options", tree)).returncode:
        return  # the folder came later
    listing = git.ask("ls-tree", "-r", "-l", "-z", "--full-tree", tree, "--", *paths)
    for entry in listing.split(b"\0")[:-1]:
        facts, _, path = entry.partition(b"\t")
        yield path, facts.decode("ascii").split()


def _blobs(git: Git, tree: str) -> Iterator[_Blob]:
    """Yield the ordinary files of the authors' folders, by path."""
    for path, (mode, kind, name, size) in _listed(git, tree, *CONTENT, SETTINGS):
        # A file too large for the sweep was no award at that time either.
        if kind == "blob" and mode in _FILE_MODES and int(size) <= LARGEST_FILE:
            yield _Blob(os.fsdecode(path), name)


def _write(git: Git, blobs: Sequence[_Blob], folder: Path) -> None:
    """Write each blob below ``folder``; a path that would leave it, which git forbids, is refused."""
    asked = "".join(f"{blob.name}\n" for blob in blobs).encode("ascii")
    answer = git.ask("cat-file", "--batch", given=asked)
    start = 0
    for blob in blobs:
        end = answer.index(b"\n", start)
        facts = answer[start:end].decode("ascii", "replace").split()
        if facts[:2] != [blob.name, "blob"]:
            message = f"git has not fetched {printable(blob.path)} of that revision"
            raise RevisionRefused(message, "fetch it whole: a partial clone lacks what older revisions hold")
        if {"", ".", ".."} & set(blob.path.split("/")):
            raise RevisionRefused(f"the revision holds a path that is none: {shown(blob.path)}")
        target = folder / blob.path
        target.parent.mkdir(parents=True, exist_ok=True)
        start = end + 1 + int(facts[2])
        target.write_bytes(answer[end + 1 : start])
        start += 1


class Git:
    """Git, asked in one folder. It runs no shell, and takes nothing of git's own variables."""

    def __init__(self, root: Path) -> None:
        found = shutil.which("git")
        if found is None:
            raise RevisionRefused("git is not installed", "a comparison with a revision needs it")
        self._command = (found, *_SAFELY)
        self._root = root

    def run(self, words: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Return what came of ``git WORDS``, whatever its exit code."""
        # In a hook git sets variables that name another folder; ours is the one that was asked for.
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            return subprocess.run(  # noqa: S603 - no shell; the one word of the caller's is guarded
                [*self._command, *words],
                cwd=self._root,
                env={**own, **quiet, "GIT_NO_LAZY_FETCH": "1"},
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RevisionRefused(f"git did not answer within {_SECONDS} seconds") from error
        except OSError as error:
            raise RevisionRefused(f"git cannot be run: {error.strerror}") from error

    def ask(self, *words: str, given: bytes = b"") -> bytes:
        """Return what ``git WORDS`` prints; raises ``RevisionRefused`` where it fails."""
        finished = self.run(words, given)
        if finished.returncode == 0:
            return finished.stdout
        said = finished.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        if "not a git repository" in said:
            hint = "a revision can be compared with only where git keeps the repository"
            raise RevisionRefused(f"{self._root} is not in a git repository", hint)
        raise RevisionRefused(f"git {words[0]} failed: {printable(said, 200)}")
