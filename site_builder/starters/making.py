"""A new repository and its keys on the disk: both folders whole, or neither."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from site_builder.catalog.resolve import resolve
from site_builder.keys import Role, generate_seed, write_key_file
from site_builder.problems import Problem, has_errors
from site_builder.publishing.staged_files import write_new
from site_builder.publishing.whole_files import sync_below
from site_builder.reading.repository import sweep
from site_builder.registrar.tables import public_place
from site_builder.starters.adopted import PublicKeys, adopted_files, machine_files
from site_builder.starters.answers import Answers
from site_builder.starters.record import PATH, recorded


class InitRefused(Exception):  # noqa: N818 - it says what happened
    """The repository cannot be made; ``str()`` says why, ``hint`` what to do. Nothing was written."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def key_file(folder: Path, role: Role) -> Path:
    """Return where the private half of a key lies in the folder of keys."""
    return folder / f"{role}.key"


def make_repository(target: Path, keys: Path, answers: Answers, day: date) -> list[Problem]:
    """Make the repository ``target`` and two new keys in the folder ``keys``; return its problems.

    Where there is an error among them nothing is written, nor where anything stops the run: both folders are
    made under names beside theirs, and take their places when all is well. Raises :class:`InitRefused`.
    """
    _refuse_places(target, keys)
    try:
        with _beside(keys) as new_keys, _beside(target) as new_target:
            public = {role: write_key_file(key_file(new_keys, role), generate_seed()) for role in Role}
            public_keys = PublicKeys(public[Role.ISSUE], public[Role.STATUS], day)
            _write(new_target, answers, public_keys)
            _, problems = resolve(sweep(new_target), day)
            if not has_errors(problems):
                _put((new_keys, keys), (new_target, target))
            return problems
    except OSError as error:
        raise InitRefused(
            f"{error.strerror}: {error.filename}", "name a folder that can be written"
        ) from error


def _write(folder: Path, answers: Answers, keys: PublicKeys) -> None:
    machine = machine_files(answers.host, answers.press, answers.url)
    files = {
        **adopted_files(answers, keys),
        **machine,
        PATH: recorded(answers.host, answers.press, machine).as_bytes(),
    }
    for path, data in files.items():
        write_new(folder, path, data)
    folder.chmod(0o755)
    sync_below(folder)


def _refuse_places(target: Path, keys: Path) -> None:
    for folder in (target, keys):
        if folder.resolve() == Path.cwd():
            raise InitRefused(
                f"{folder} is the folder that you are in", "name a folder that does not exist yet"
            )
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            hint = "name a folder that does not exist yet, or an empty one"
            raise InitRefused(f"{folder} stands there already", hint)
        if not folder.absolute().parent.is_dir():
            raise InitRefused(
                f"there is no folder {folder.absolute().parent}", "make it first, or name another"
            )
    where = public_place(keys / "a.key", target)
    if where or keys.resolve() == target.resolve():
        hint = "name a folder outside every repository: one commit would publish the keys"
        raise InitRefused(f"the folder of keys {keys} lies in {where or target}", hint)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside ``folder`` that its owner alone may read; it goes unless it was moved."""
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put(*moves: tuple[Path, Path]) -> None:
    """Let each folder take its place; where one cannot, those before it go again."""
    done: list[Path] = []
    try:
        for made, place in moves:
            made.rename(place)
            done.append(place)
    except BaseException:
        for place in done:
            shutil.rmtree(place)
        raise
