"""All award files of a repository through the press: those that changed, in the order in which they stack."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice

from site_builder.assembling.addresses import Addresses
from site_builder.executors import each
from site_builder.models.credential import KINDS
from site_builder.problems import Problem
from site_builder.publishing.batches import Batch, Keys
from site_builder.publishing.pressing import Errand, Pressed, press
from site_builder.publishing.standing import Cohort
from site_builder.survey import Survey, Surveyed

AN_ERRAND = 3_000
"""The most awards that a worker is given at once. All of one credential version go together where they can:
two workers would compile the same shapes twice.
"""
_FEW = 25
"""So few awards are pressed sooner than a process is started for them."""

GetSigner = Callable[[], str]
"""Returns the id of the key that signs; asked only when something must be signed."""


@dataclass
class Done:
    """What came of all award files. ``cohorts`` are those of the site to come, by path."""

    cohorts: dict[str, Cohort] = field(default_factory=dict)
    changed: list[Surveyed] = field(default_factory=list)
    pressed: list[Pressed] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with recorded proofs, and what no proof could cover."""
        return [problem for pressed in self.pressed for problem in pressed.problems]

    def total(self, name: str) -> int:
        """Return a counter of ``Pressed`` summed over all files."""
        return sum(getattr(pressed, name) for pressed in self.pressed)

    def recorded(self) -> list[str]:
        """Return the paths of the proof files that were written."""
        return [pressed.recorded for pressed in self.pressed if pressed.recorded]

    def all_of(self, name: str) -> list[str]:
        """Return the award ids that ``Pressed`` gathers under this name, of all files."""
        return [award for pressed in self.pressed for award in getattr(pressed, name)]


class Line:
    """The press as a whole: gives errands to workers and gathers what comes of them."""

    def __init__(self, found: Survey, at: Addresses, errand: Errand, signer: GetSigner | None) -> None:
        if found.catalog is None:
            raise ValueError("nothing is pressed from a repository with errors")
        self._found, self._catalog, self._at = found, found.catalog, at
        self._errand, self._signer = errand, signer
        self._keys: dict[str, Keys] = {}
        self.done = Done()

    def run(self, standing: Mapping[str, Cohort], executor: Executor, step: Callable[[], None]) -> Done:
        """Press every file that does not stand already as it would be pressed.

        ``standing`` are the files whose badges are published and untouched; ``step`` is called after each
        file. Raises what :func:`~site_builder.publishing.pressing.press` raises, and ``KeyRefused``.
        """
        for files in self._phases():
            todo = self._to_press(files, standing, step)
            for pressed in self._pressed(self._errands(todo), executor):
                for one in pressed:
                    self._gather(one)
                    step()
        return self.done

    def _pressed(self, errands: Iterator[Errand], executor: Executor) -> Iterator[list[Pressed]]:
        """Yield what comes of errands; a small one that is alone is done here before a worker has started.

        The workers of a cluster have keys of their own, and do all of it.
        """
        begun = [*islice(errands, 2)]
        is_here = self._errand.environment is not None
        if is_here and len(begun) == 1 and sum(one.surveyed.awards for one in begun[0].batches) <= _FEW:
            return map(press, begun)
        return each(executor, press, chain(begun, errands))

    def _phases(self) -> Iterator[list[Surveyed]]:
        """Yield the files kind by kind: what stacks is of a larger kind than its parts."""
        by_kind = sorted(
            self._found.files, key=lambda item: (self._kind(item), item.credential, item.version)
        )
        for _, files in groupby(by_kind, key=self._kind):
            yield list(files)

    def _kind(self, named: Surveyed) -> int:
        return KINDS.index(self._catalog.achievements[named.credential, named.version].spec.kind)

    def _to_press(
        self, files: Iterable[Surveyed], standing: Mapping[str, Cohort], step: Callable[[], None]
    ) -> Iterator[Batch]:
        for surveyed in files:
            stands, near = standing.get(surveyed.path), self._near(surveyed)
            if stands is not None and stands.near == near:
                self.done.cohorts[surveyed.path] = stands
                step()
                continue
            batch = self._batch(surveyed)
            key = self._keys_for(surveyed, len(batch.around.records)).of(batch)
            if stands is not None and stands.key == key:
                self.done.cohorts[surveyed.path] = replace(stands, near=near)
                step()
            elif self._errand.target or self._errand.signs or surveyed.recorded or batch.around.records:
                self.done.cohorts[surveyed.path] = Cohort(key, near, _ids(surveyed))
                self.done.changed.append(surveyed)
                yield batch

    def _near(self, surveyed: Surveyed) -> str:
        near = self._found.near(surveyed.path)
        pinned = (home.pinned for home in self._homes(surveyed))
        return self._keys_for(surveyed, near.records).near(surveyed, near, pinned)

    def _homes(self, surveyed: Surveyed) -> list[Cohort]:
        homes = (self.done.cohorts.get(path) for path in self._found.homes(surveyed.path))
        return [home for home in homes if home is not None]

    def _batch(self, surveyed: Surveyed) -> Batch:
        around = self._found.around(surveyed.path)
        parts = self._found.parts(surveyed.path)
        pinned = (line for home in self._homes(surveyed) for line in home.pinned.splitlines())
        return Batch(surveyed, around, "\n".join(sorted(line for line in pinned if line[:36] in parts)))

    def _keys_for(self, surveyed: Surveyed, elsewhere: int) -> Keys:
        """Return what gives the file its keys; the signer counts only where something is left to sign."""
        signs = surveyed.recorded + elsewhere < surveyed.awards
        signer = self._signer() if signs and self._signer is not None else ""
        if signer not in self._keys:
            self._keys[signer] = Keys(self._catalog, self._at, signer)
        return self._keys[signer]

    def _errands(self, batches: Iterable[Batch]) -> Iterator[Errand]:
        """Yield errands of one credential version each; a version has several if it has very many awards."""
        group: list[Batch] = []
        size = 0
        for batch in batches:
            surveyed = batch.surveyed
            same = not group or (group[0].surveyed.credential, group[0].surveyed.version) == (
                surveyed.credential,
                surveyed.version,
            )
            if group and (not same or size >= AN_ERRAND):
                yield replace(self._errand, batches=tuple(group))
                group, size = [], 0
            group.append(batch)
            size += surveyed.awards
        if group:
            yield replace(self._errand, batches=tuple(group))

    def _gather(self, pressed: Pressed) -> None:
        cohort = self.done.cohorts[pressed.path]
        self.done.cohorts[pressed.path] = cohort.pinning(pressed.digests)
        self.done.pressed.append(replace(pressed, digests={}))


def _ids(surveyed: Surveyed) -> str:
    """Return all ids that have a folder in the site, erased awards' too: they leave when their notes do."""
    return b64encode(surveyed.ids + surveyed.columns.erased).decode()
