"""One state of a repository as models, as far as they can be built: what a comparison of two states needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from site_builder.catalog.links import award_ids
from site_builder.catalog.owners import id_in
from site_builder.models.award import Award, AwardFile, Erased
from site_builder.models.build import build
from site_builder.models.credential import CredentialSpec
from site_builder.models.fields import Model
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import read_settings
from site_builder.models.shape import Location
from site_builder.problems import shown
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Placed:
    """One award where it stands."""

    award: Award
    file: AwardFile
    document: Document
    at: Location


@dataclass(frozen=True, slots=True)
class PlacedErasure:
    """What is left of an erased award, where it stands."""

    erased: Erased
    document: Document
    at: Location


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One state. Of two awards or texts that claim one name, the first counts.

    ``unread`` holds the paths of files with mistakes, ``in_doubt`` the award ids that stand in such files;
    ``awards_unclear`` is true where the text of an award file could not even be parsed.
    """

    awards: Mapping[str, Placed]
    erased: Mapping[str, PlacedErasure]
    specs: Mapping[tuple[str, str], tuple[CredentialSpec, Document]]
    frameworks: Mapping[str, tuple[Framework, Document]]
    issuer: tuple[Issuer, Document] | None
    site_url: str | None
    settings: Document | None
    images: Mapping[str, bytes]
    unread: frozenset[str]
    in_doubt: frozenset[str]
    awards_unclear: bool

    def may_hold(self, award_id: str) -> bool:
        """Return True where an award that was not found may stand in a file with mistakes."""
        return self.awards_unclear or award_id in self.in_doubt

    def may_have(self, folder: str) -> bool:
        """Return True where a file below ``folder`` could not be read."""
        return any(path.startswith(folder) for path in self.unread)

    def may_have_spec(self, credential: str) -> bool:
        """Return True where a file that should hold a version of ``credential`` could not be read."""
        return any(path.startswith("credentials/") and id_in(path) == credential for path in self.unread)


def reviewed(repository: Repository) -> Reviewed:
    """Return the repository as models; nothing is resolved, and files with mistakes are left out."""
    files = _built(AwardFile, repository.awards)
    read = {document.path for _, document in files}
    wrong = [document for document in repository.awards if document.path not in read]
    specs = _built(CredentialSpec, repository.credentials)
    frameworks = _built(Framework, repository.frameworks)
    issuer = _built(Issuer, [repository.issuer] if repository.issuer else [])
    parsed = {document.path for document in repository.awards}
    unparsed = {problem.path for problem in repository.problems if problem.is_error} - parsed
    settings, _ = read_settings(repository.settings)
    return Reviewed(
        awards=_first((placed.award.id, placed) for pair in files for placed in _awards(*pair)),
        erased=_first((placed.erased.id, placed) for pair in files for placed in _erasures(*pair)),
        specs=_first(((spec.id, spec.version), (spec, document)) for spec, document in specs),
        frameworks=_first((framework.id, (framework, document)) for framework, document in frameworks),
        issuer=issuer[0] if issuer else None,
        site_url=settings.site_url if settings else None,
        settings=repository.settings,
        images=repository.images,
        unread=_unread(repository, {d.path for _, d in (*files, *specs, *frameworks, *issuer)}),
        in_doubt=frozenset(award_id for document in wrong for award_id in award_ids(document)),
        awards_unclear=any(path.startswith("issued/") for path in unparsed),
    )


def _built(model: type[M], documents: Any) -> list[tuple[M, Document]]:
    made = ((build(model, document)[0], document) for document in documents)
    return [(item, document) for item, document in made if item is not None]


def _first(pairs: Iterator[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for name, item in pairs:
        found.setdefault(name, item)
    return found


def _awards(file: AwardFile, document: Document) -> Iterator[Placed]:
    for index, award in enumerate(file.awards):
        yield Placed(award, file, document, ("awards", index))


def _erasures(file: AwardFile, document: Document) -> Iterator[PlacedErasure]:
    for index, erased in enumerate(file.erased):
        yield PlacedErasure(erased, document, ("erased", index))


def _unread(repository: Repository, read: set[str]) -> frozenset[str]:
    """Return the authors' YAML files that came to no model."""
    told = {problem.path for problem in repository.problems if problem.is_error}
    documents = (*repository.awards, *repository.credentials, *repository.frameworks, repository.issuer)
    there = {document.path for document in documents if document is not None}
    folders = ("credentials/", "frameworks/", "issued/")
    return frozenset(
        path for path in (there | told) - read if path.startswith(folders) and path.endswith(".yaml")
    )


def difference(old: object, new: object) -> tuple[Location, str]:
    """Return where two values first differ, and what to say of it: ``was '80', is now '81'``.

    ``old`` and ``new`` are values of models; the location is that of the field, in the author's notation.
    """
    location, before, after = _first_difference((), _plain(old), _plain(new))
    if _is_given(before) and not _is_given(after):
        return location, f"was {_told(before)} and is gone"
    if not _is_given(before):
        return location, f"is {_told(after)} and was not there"
    if _told(before) == _told(after):
        return location, "was changed"  # too far behind to be shown
    return location, f"was {_told(before)}, is now {_told(after)}"


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _first_difference(at: Location, old: Any, new: Any) -> tuple[Location, object, object]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old:
            if old[name] != new.get(name):
                return _first_difference((*at, name), old[name], new.get(name))
    if isinstance(old, list) and isinstance(new, list):
        for index, (before, after) in enumerate(zip(old, new, strict=False)):
            if before != after:
                return _first_difference((*at, index), before, after)
        if len(old) != len(new):
            longer = max(old, new, key=len)[min(len(old), len(new))]
            place = (*at, min(len(old), len(new)))
            return (place, longer, None) if len(old) > len(new) else (place, None, longer)
    return at, old, new


def _is_given(value: object) -> bool:
    return value is not None and value not in ([], {})


def _told(value: object) -> str:
    """Return a value for a message: a mapping or list by its first words."""
    if isinstance(value, dict):
        return _told(next((inner for inner in value.values() if _is_given(inner)), ""))
    if isinstance(value, list):
        return _told(value[0]) if value else "nothing"
    return shown(f"{value:g}" if isinstance(value, float) else value, 40)
