"""What stands in a published folder and will not: awards that left, pages that nobody makes any more."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from uuid import UUID

from site_builder.assembling.addresses import award_page
from site_builder.catalog.catalog import ErasedAward
from site_builder.publishing.batches import packed_ids
from site_builder.publishing.cohorts import Done
from site_builder.publishing.request import Request
from site_builder.publishing.standing import Standing
from site_builder.survey import Survey

_AWARDS = "issued"
_MARKER = ".badgepress"


class Gone:
    """The awards whose folders stand somewhere and that no award file has any more.

    Where the last build's folder is known (``is_known``) only what changed since is looked at, else the
    folder.
    """

    def __init__(
        self, request: Request, found: Survey, done: Done, standing: Standing, *, is_known: bool
    ) -> None:
        self._request, self._found, self._done = request, found, done
        self._standing, self._is_known = standing, is_known

    def published(self) -> Iterator[str]:
        """Yield the names of such folders in the published site."""
        published = self._request.published
        if published is None or published == self._request.output:
            yield from self._in_output
        else:
            yield from self._unknown_in(published)

    def paths(self) -> Iterator[str]:
        """Yield the path of each file to be taken out of the output; the page of an erased award stays."""
        yield from self._done.all_of("strays")
        for name in self._in_output:
            page = award_page(name) if name in self._erased else ""
            yield from (path for path in _files(self._request.output, f"{_AWARDS}/{name}") if path != page)

    @property
    def _erased(self) -> Mapping[str, ErasedAward]:
        catalog = self._found.catalog
        return catalog.tallies.erased if catalog and catalog.tallies else {}

    @cached_property
    def _in_output(self) -> list[str]:
        return list(self._since_last_build() if self._is_known else self._unknown_in(self._request.output))

    def _since_last_build(self) -> Iterator[str]:
        now = {path: cohort.key for path, cohort in self._done.cohorts.items()}
        before = [old for path, old in self._standing.cohorts.items() if now.get(path) != old.key]
        kept = {award for path in self._done.changed for award in packed_ids(path.ids)}
        for cohort in before:
            yield from (str(UUID(bytes=award)) for award in cohort.award_ids() if award not in kept)

    def _unknown_in(self, folder: Path) -> Iterator[str]:
        try:
            with os.scandir(folder / _AWARDS) as entries:
                # Only now: at a first build there is no folder, and the ids of all awards take much memory.
                known = {award for file in self._found.files for award in packed_ids(file.ids)}
                yield from (entry.name for entry in entries if _packed(entry.name) not in known)
        except (FileNotFoundError, NotADirectoryError):
            return


def _files(output: Path, folder: str) -> Iterator[str]:
    """Yield the path of each file below a folder of the output; what else stands there is one itself."""
    if (output / folder).is_symlink() or not (output / folder).is_dir():
        yield from [folder] if os.path.lexists(output / folder) else []
        return
    for parent, folders, files in os.walk(output / folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*files, *links):
            yield (Path(parent) / name).relative_to(output).as_posix()


def _packed(name: str) -> bytes:
    try:
        found = UUID(name)
    except ValueError:
        return b""  # no award's folder
    return found.bytes if str(found) == name else b""


def others_gone(output: Path | None, made: Collection[str]) -> Iterator[str]:
    """Yield the path of each file of a site, its awards apart, that is not among those that are made now."""
    if output is None:
        return
    for parent, folders, files in os.walk(output):
        if parent == str(output) and _AWARDS in folders:
            folders.remove(_AWARDS)
        for name in files:
            path = os.path.relpath(os.path.join(parent, name), output)  # noqa: PTH118 - many files
            if path not in made and path != _MARKER:
                yield path
