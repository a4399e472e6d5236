"""The survey of a repository: the problems that ``resolve`` finds, with no award in memory when it is over.

The ground is read in this process. Each award file is judged on its own by a worker, unless the store has
what was found of the same bytes before; what lies between awards is checked on columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.privacy_sweep import check_repository_privacy, with_privacy
from site_builder.models.award import AwardFile
from site_builder.problems import Problem, has_errors, in_order
from site_builder.proof.records import record_path
from site_builder.reading.repository import Repository
from site_builder.storing import Store
from site_builder.survey.between import Between
from site_builder.survey.columns import each_id, packed, unpacked
from site_builder.survey.gathering import Gathered, gathered
from site_builder.survey.judging import file_key
from site_builder.survey.linking import IN_A_FILE, Links
from site_builder.survey.recorded import ProofFiles, Recorded
from site_builder.survey.surveyed import Around, Near, Surveyed
from site_builder.survey.tallying import tallies_of
from site_builder.survey.whole import read_again


@dataclass(frozen=True)
class Survey:
    """What a repository holds, and everything that is wrong with it.

    ``ground`` is the repository without award files and their proof files. ``catalog`` has no awards but
    their tallies; it is None where there is an error. ``problems`` are those of ``resolve`` and of
    ``read_records``, in order; ``files`` are in the order of paths, ``unread`` the paths of award files that
    could not be read as such.
    """

    ground: Repository
    catalog: Catalog | None
    problems: list[Problem]
    files: tuple[Surveyed, ...]
    unread: tuple[str, ...]
    recorded: Recorded
    _links: Links
    _numbers: Mapping[str, int]

    @property
    def withdrawn(self) -> Sequence[int]:
        """The status indexes of the awards that were withdrawn or erased, ascending; none after an error."""
        tallies = self.catalog.tallies if self.catalog else None
        return tallies.withdrawn if tallies else ()

    @property
    def highest_index(self) -> int:
        """The highest status index, -1 where there is no award; -1 after an error."""
        tallies = self.catalog.tallies if self.catalog else None
        return tallies.highest_index if tallies else -1

    @cached_property
    def resting(self) -> frozenset[str]:
        """The awards, themselves not withdrawn, that stack at any depth on one that is withdrawn."""
        return self._links.resting()

    def resting_since(
        self, withdrawn: Collection[str], standing: Collection[str]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return the awards that stack on a withdrawn one, and did not; and those that did, and do not.

        ``withdrawn`` are awards that were withdrawn or erased since, ``standing`` those that no longer are.
        """
        if not self._links.are_parts([*withdrawn, *standing]):
            return frozenset(), frozenset()
        erased = [award for award in withdrawn if packed(award) in self._erased]
        now, before = self._links.resting_if([(erased, ()), (standing, withdrawn)])
        return now - before, before - now

    @cached_property
    def _erased(self) -> frozenset[bytes]:
        return frozenset(entry for file in self.files for entry in each_id(file.columns.erased))

    def around(self, path: str) -> Around:
        """Return what the awards of the file at ``path`` have to do with others; ``KeyError`` for no such."""
        number, links = self._numbers[path], self._links
        places = links.around(number)
        erased = tuple(sorted(unpacked(entry) for entry in links.targets(number) & self._erased))
        records = self.recorded.elsewhere.get(path, ())
        near = {place // IN_A_FILE for place in places}
        return Around(
            digest=links.facts(places, repr((erased, records))) if places or erased or records else "",
            versions=links.versions(near),
            erased=erased,
            records=records,
            some=lambda: tuple(links.some(places)),
        )

    def near(self, path: str) -> Near:
        """Return which files have to do with the one at ``path``; ``KeyError`` for no such.

        Cheaper than ``around``: where a file and what is near it are as they were, so is what is around it.
        """
        number, links = self._numbers[path], self._links
        files, records = links.near(number), self.recorded.elsewhere.get(path, ())
        erased = sorted(links.targets(number) & self._erased) if self._erased else []
        besides = repr((erased, records)) if erased or records else ""
        return Near(links.files(files) + besides, links.versions(files), len(records))

    def parts(self, path: str) -> frozenset[str]:
        """Return the ids of the awards that those of the file at ``path`` stack from, also in that file."""
        return self._links.parts(self._numbers[path])

    def homes(self, path: str) -> list[str]:
        """Return the paths of the files that have awards which those of the file at ``path`` stack from."""
        return self._links.homes(self._numbers[path])

    def holding(self, names: Iterable[str]) -> dict[str, Surveyed]:
        """Return the file that each of these awards stands in; names that no award has are left out.

        All files are gone through, so it is asked once for many.
        """
        wanted: dict[bytes, list[str]] = {}
        for name in names:
            with suppress(ValueError):  # other names have no sixteen bytes
                wanted.setdefault(packed(name), []).append(name)
        found = {
            award_id: file
            for file in (self.files if wanted else ())
            for award_id in wanted.keys() & each_id(file.ids)
        }
        return {
            name: found[award_id] for award_id, alike in wanted.items() if award_id in found for name in alike
        }


def survey(root: Path, now: date, site_url: str | None, store: Store, executor: Executor) -> Survey:
    """Return the survey of the repository at ``root``: for any, the problems that ``resolve`` finds.

    ``now`` is the UTC day of the build; ``site_url`` replaces the address in ``mkdocs.yml``. What ``store``
    has of files with the same bytes is not worked out again; ``executor`` does the rest. Raises ``OSError``
    where ``root`` cannot be listed, ``Changed`` where a file is written to in the meantime, ``WorkersLost``.
    """
    found = gathered(root, now, site_url, store, executor)
    between = Between(root, found, store)
    proofs = ProofFiles(
        root, found.files, found.paths, found.proofs, found.ground.repository.proofs, between.alike
    )
    recorded, record_problems = proofs.recorded()
    problems = in_order([*_alone(found), *between.problems(), *record_problems])
    return Survey(
        ground=found.ground.repository,
        catalog=None if has_errors(problems) else _catalog(found),
        problems=problems,
        files=tuple(_surveyed(found, number, recorded) for number in found.files),
        unread=tuple(one.path for one in found.judged if one.columns is None),
        recorded=recorded,
        _links=between.links,
        _numbers={found.judged[number].path: number for number in found.placed},
    )


def _alone(found: Gathered) -> list[Problem]:
    """Return what is wrong with the ground, and with each file on its own."""
    ground = found.ground
    personal = check_repository_privacy(ground.repository, ground.titles)
    problems = with_privacy(ground.problems, personal)
    problems += [problem for judged in found.judged for problem in judged.problems]
    return problems + [problem for judged in found.proofs.values() for problem in judged.problems]


def _catalog(found: Gathered) -> Catalog | None:
    tallies = tallies_of(found.files, found.paths, found.ground.achievements)
    return found.ground.catalog({}, {}, tallies)


def _surveyed(found: Gathered, number: int, recorded: Recorded) -> Surveyed:
    judged, columns = found.judged[number], found.files[number]
    proofs = found.proofs.get(record_path(judged.path))
    return Surveyed(
        path=judged.path,
        digest=judged.digest,
        proofs_path=record_path(judged.path),
        proofs_digest=proofs.digest if proofs else "",
        recorded=recorded.own.get(judged.path, 0),
        key=file_key(judged.path, judged.digest),
        columns=columns,
    )


def load_file(store: Store, surveyed: Surveyed, root: Path) -> AwardFile:
    """Return an award file of a survey, from the store or, where it has no good entry, from the repository.

    Raises ``Changed`` where the file in the repository is another one by now.
    """
    raw = store.get(surveyed.key)
    if raw is not None:
        try:
            return AwardFile.model_validate_json(raw)
        except ValidationError:
            pass  # no entry of ours: the file itself is read
    return read_again(root, surveyed.path, surveyed.digest)[0]
