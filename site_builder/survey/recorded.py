"""The recorded proofs of all awards: summaries of those that stand in their place, records of all others."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.problems import Problem
from site_builder.proof.records import Record, Records, read_records, record_path
from site_builder.reading.repository import read_proofs
from site_builder.survey.columns import each_id, packed
from site_builder.survey.judging import JudgedProofs
from site_builder.survey.proof_files import is_award_id
from site_builder.survey.suspicion import Numbered
from site_builder.survey.whole import Changed


@dataclass(frozen=True)
class Recorded:
    """What is known of all recorded proofs.

    ``records`` holds those of the status lists, and those of every award proof file that has more than proofs
    of its own award file's awards. ``count`` is how many award proofs there are; ``keys`` has each key as it
    is recorded, in the order of its first record, and how many records it made. ``orphaned`` are records of
    awards that are in no file, ``of_erased`` of those that were erased. ``elsewhere`` has, by the path of an
    award file, the records of its awards that stand in another proof file; ``own`` how many stand in its own.
    ``apart`` are the proof files that belong to an award file by their path; those ``in_place`` have proofs
    of that file's awards alone, each once.
    """

    records: Records
    count: int = 0
    keys: tuple[tuple[str, int], ...] = ()
    orphaned: tuple[Record, ...] = ()
    of_erased: tuple[Record, ...] = ()
    elsewhere: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    in_place: frozenset[str] = frozenset()


class ProofFiles:
    """The proof files of one repository.

    ``files`` and ``paths`` have the award files by number, ``judged`` the proof files that belong to one by
    their path, ``others`` the bytes of all others. In the files of ``doubtful`` an id may stand twice.
    """

    def __init__(
        self,
        root: Path,
        files: Numbered,
        paths: Mapping[int, str],
        judged: Mapping[str, JudgedProofs],
        others: Mapping[str, bytes],
        doubtful: Collection[int],
    ) -> None:
        self._root, self._files, self._paths = root, files, paths
        self._judged = {path: found for path, found in judged.items() if found.digest}
        self._others, self._doubtful = others, doubtful

    def recorded(self) -> tuple[Recorded, list[Problem]]:
        """Return what is recorded, and what ``read_records`` says of all files; raises ``Changed``."""
        in_place = {record_path(self._paths[number]) for number in self._files if self._is_in_place(number)}
        loaded = {**self._others, **self._load(self._judged.keys() - in_place)}
        homes = self._homes(read_records(loaded)[0].awards).values()
        # A proof that stands in two files is told at the second, whichever that is: both are read.
        own = {record_path(self._paths[number]) for numbers in homes for number in numbers}
        loaded |= self._load((own & self._judged.keys()) - loaded.keys())
        records, problems = read_records(loaded)
        summed = {path: self._judged[path] for path in in_place - loaded.keys() if path in self._judged}
        return self._sum(records, summed, self._homes(records.awards)), problems

    def _is_in_place(self, number: int) -> bool:
        """Return True where a proof file has no proof but of its own award file's awards, each once."""
        found = self._judged.get(record_path(self._paths[number]))
        if found is None or found.summary is None or number in self._doubtful:
            return False
        return set(each_id(found.summary.subjects)) <= set(each_id(self._files[number].ids))

    def _load(self, paths: Collection[str]) -> dict[str, bytes]:
        loaded = {}
        for path in paths:
            raw, _ = read_proofs(self._root, path)
            if raw is None or hashlib.sha256(raw).hexdigest() != self._judged[path].digest:
                raise Changed(path)
            loaded[path] = raw
        return loaded

    def _homes(self, subjects: Collection[str]) -> dict[str, list[int]]:
        """Return the numbers of the files that hold an award, by its id."""
        wanted = {packed(subject): subject for subject in subjects if is_award_id(subject)}
        homes: defaultdict[str, list[int]] = defaultdict(list)
        for number, columns in self._files.items() if wanted else ():
            for award_id in each_id(columns.ids):
                if award_id in wanted:
                    homes[wanted[award_id]].append(number)
        return homes

    def _sum(
        self, records: Records, summed: Mapping[str, JudgedProofs], homes: Mapping[str, list[int]]
    ) -> Recorded:
        erased = {entry for columns in self._files.values() for entry in each_id(columns.erased)}
        homeless = [record for record in records.awards.values() if record.subject not in homes]
        gone = {record.subject for record in homeless if _is_among(record.subject, erased)}
        elsewhere, own = self._places(records, homes)
        counts = {path: _count(found) for path, found in summed.items()}
        return Recorded(
            records=records,
            count=sum(counts.values()) + len(records.awards),
            keys=_keys(records, summed),
            orphaned=tuple(record for record in homeless if record.subject not in gone),
            of_erased=tuple(record for record in homeless if record.subject in gone),
            apart=frozenset(self._judged),
            in_place=frozenset(summed),
            elsewhere={path: tuple(found) for path, found in elsewhere.items()},
            own={
                **own,
                **{path: counts.get(record_path(path), own.get(path, 0)) for path in self._each_path()},
            },
        )

    def _each_path(self) -> Iterator[str]:
        return (self._paths[number] for number in self._files)

    def _places(
        self, records: Records, homes: Mapping[str, list[int]]
    ) -> tuple[dict[str, list[Record]], dict[str, int]]:
        elsewhere: defaultdict[str, list[Record]] = defaultdict(list)
        own: defaultdict[str, int] = defaultdict(int)
        for record in records.awards.values():
            for number in homes.get(record.subject, ()):
                path = self._paths[number]
                if record.path == record_path(path):
                    own[path] += 1
                else:
                    elsewhere[path].append(record)
        return elsewhere, own


def _count(found: JudgedProofs) -> int:
    return len(found.summary.subjects) // 16 if found.summary else 0


def _is_among(subject: str, ids: Collection[bytes]) -> bool:
    return is_award_id(subject) and packed(subject) in ids


def _keys(records: Records, summed: Mapping[str, JudgedProofs]) -> tuple[tuple[str, int], ...]:
    """Return each key and how many proofs it made, in the order of the first by path and line."""
    found = [(record.path, record.line, record.key, 1) for record in records.awards.values()]
    for path, judged in summed.items():
        found += (
            [(path, line, key, count) for key, line, count in judged.summary.keys] if judged.summary else []
        )
    counts: dict[str, int] = {}
    for _, _, key, count in sorted(found):
        counts[key] = counts.get(key, 0) + count
    return tuple(counts.items())
