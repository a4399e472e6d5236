"""What changed since a git revision, where most award files did not: those are left out of both states.

A file with the same bytes in both says nothing new, unless it shares an award with one that changed, or the
proof of one of its awards was moved. Then it is read on both sides, so that what is told is what a comparison
of everything tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from site_builder.catalog.history import Besides
from site_builder.problems import in_order
from site_builder.proof.records import read_records
from site_builder.publishing.since import Comparison, changes_since
from site_builder.reading.document import Document
from site_builder.reading.machinery import changed_machinery
from site_builder.reading.repository import Repository, read_award, read_proofs, read_raw, sweep
from site_builder.reading.revision import is_blob, sweep_revision
from site_builder.survey import Survey, Surveyed, is_award_id, packed


def changes_since_revision(found: Survey, root: Path, revision: str) -> Comparison:
    """Return what ``changes_since`` does of a git revision and the files as ``found`` surveyed them.

    Raises ``RevisionRefused`` where the revision cannot be read.
    """
    machinery = changed_machinery(root, revision)
    if _has_compromised_key(found):
        # What is signed again then follows from the parts of parts, so every award is looked at.
        return changes_since(sweep_revision(root, revision), sweep(root), machinery=machinery)
    states = states_since_revision(found, root, revision)
    return changes_since(states.old, states.new, states.besides, machinery)


@dataclass(frozen=True, slots=True)
class States:
    """A repository at a revision and as it is, without the award files of ``same``, of which nothing differs.

    ``besides`` counts the awards of those.
    """

    old: Repository
    new: Repository
    same: tuple[Surveyed, ...]
    besides: Besides


def states_since_revision(found: Survey, root: Path, revision: str, *, proofs: bool = True) -> States:
    """Return the two states of a repository, as far as they may differ; without ``proofs``, neither has any.

    An award file with the same bytes in both is left out of both, unless it shares an award with another.
    Raises ``RevisionRefused`` where the revision cannot be read.
    """
    same = _Same(found, root) if proofs else _SameButProofs(found, root)
    old = sweep_revision(root, revision, same.among)
    new = same.without(found.ground)
    shared = same.shared_with(old, new)
    files = {file.path for file in shared}
    left = tuple(file for file in same.files if file.path not in files)
    return States(same.with_files(old, shared), same.with_files(new, shared), left, same.besides(shared))


def _has_compromised_key(found: Survey) -> bool:
    issuer = found.ground.issuer
    return issuer is not None and b"compromised" in issuer.raw


class _Same:
    """The award files of a survey that a revision has with the same bytes, and their proof files likewise."""

    def __init__(self, found: Survey, root: Path) -> None:
        self._found, self._root = found, root
        told = {problem.path for problem in found.problems if problem.is_error}
        self._sound = {file.path: file for file in found.files if file.path not in told}
        self._awards: set[str] = set()
        self._proofs: set[str] = set()

    def among(self, blobs: Mapping[str, str]) -> set[str]:
        """Return the paths of files that are the same in a revision, by git's names for its files."""
        self._awards = set(self._equal(self._sound, blobs))
        self._proofs = set(self._equal(self._found.recorded.in_place, blobs))
        return self._awards | self._proofs

    @property
    def files(self) -> list[Surveyed]:
        """The award files that are the same, by path."""
        return [self._sound[path] for path in sorted(self._awards)]

    def _equal(self, paths: Iterable[str], blobs: Mapping[str, str]) -> Iterator[str]:
        for path in paths:
            raw = read_raw(self._root, path) if path in blobs else None
            if raw is not None and is_blob(raw, blobs[path]):
                yield path

    def without(self, ground: Repository) -> Repository:
        """Return the files as they are, without those that are the same."""
        awards = {*(file.path for file in self._found.files), *self._found.unread} - self._awards
        return self._with(ground, awards, self._found.recorded.apart - self._proofs)

    def shared_with(self, old: Repository, new: Repository) -> list[Surveyed]:
        """Return the files that have an award, or an erased one, that these repositories speak of.

        Of proofs, those of the earlier one alone: one that is new was lost nowhere. Where a branch of their
        own keeps them, as in publishing, all of them are new.
        """
        recorded = read_records(old.proofs)[0].awards
        named = (award_id for document in (*old.awards, *new.awards) for award_id in _ids(document))
        there = {packed(name) for name in chain(named, recorded) if is_award_id(name)}
        return [file for file in self._found.files if not there.isdisjoint(file.every_id)]

    def with_files(self, state: Repository, files: Sequence[Surveyed]) -> Repository:
        """Return a repository that has these files and their proof files too, where they were left out."""
        awards, proofs = {file.path for file in files}, {file.proofs_path for file in files}
        return self._with(state, awards & self._awards, proofs & self._proofs)

    def besides(self, files: Sequence[Surveyed]) -> Besides:
        """Return what is left out of both states for good, ``files`` not counted."""
        left = self._awards - {file.path for file in files}
        awards: Counter[tuple[str, str]] = Counter()
        for path in left:
            awards[self._sound[path].columns.key] += self._sound[path].awards
        return Besides(+awards, sum(self._sound[path].erased for path in left))

    def _with(self, state: Repository, awards: Iterable[str], proofs: Iterable[str]) -> Repository:
        documents: list[Document] = list(state.awards)
        problems = list(state.problems)
        for path in awards:
            document, told = read_award(self._root, path)
            problems += told
            documents += [document] if document is not None else []
        found = {path: read_proofs(self._root, path) for path in proofs}
        problems += [problem for _, told in found.values() for problem in told]
        return replace(
            state,
            awards=tuple(sorted(documents, key=lambda document: document.path)),
            proofs={**state.proofs, **{path: raw for path, (raw, _) in found.items() if raw is not None}},
            problems=tuple(in_order(problems)),
        )


class _SameButProofs(_Same):
    """The same, where recorded proofs are on neither side."""

    def among(self, blobs: Mapping[str, str]) -> set[str]:
        """Return the paths of files that are the same, and of all proofs."""
        return super().among(blobs) | {path for path in blobs if path.startswith("proofs/")}

    def without(self, ground: Repository) -> Repository:
        """Return the files as they are, without those that are the same and without proofs."""
        self._proofs = set(self._found.recorded.apart)
        return replace(super().without(ground), proofs={})

    def with_files(self, state: Repository, files: Sequence[Surveyed]) -> Repository:
        """Return a repository that has these files too, and no proofs."""
        return replace(super().with_files(state, files), proofs={})


def _ids(document: Document) -> Iterator[str]:
    """Yield the id of each award in a file, erased ones too, as far as it has the form of one."""
    for name in ("awards", "erased"):
        entries = document.data.get(name)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield entry["id"]
