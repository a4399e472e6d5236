"""From a swept repository to a Catalog: every name resolved, every mistake told in one run (DESIGN 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from site_builder.catalog.awards import (
    Sourced,
    check_award,
    check_duplicates,
    check_lists,
    check_uniqueness,
    check_withdrawn,
    find_achievement,
)
from site_builder.catalog.catalog import (
    Achievement,
    Aligned,
    Catalog,
    ErasedAward,
    IssuedAward,
    version_order,
)
from site_builder.catalog.holders import check_holders
from site_builder.catalog.links import KnownAwards, award_ids, check_links
from site_builder.catalog.lint import lint
from site_builder.catalog.pictures import check_images, find_image
from site_builder.catalog.privacy_sweep import with_privacy
from site_builder.catalog.specs import align, check_framework, check_issuer, check_spec
from site_builder.catalog.stacks import Known, check_stacks
from site_builder.catalog.versions import check_versions, current_specs, is_current_file, newest_published
from site_builder.images import Image
from site_builder.models.award import AwardFile
from site_builder.models.build import build
from site_builder.models.credential import CredentialSpec
from site_builder.models.fields import Model
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import Settings, read_settings
from site_builder.problems import Problem, has_errors, in_order
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository
from site_builder.text.addresses import did_web

M = TypeVar("M", bound=Model)

# Stands in for an image that was refused, so that the awards of its credential are checked in the same run.
# Never published: there is an error.
_REFUSED = Image(path="", media_type="image/svg+xml", published=b"", width=None, height=None)


@dataclass
class _Resolution:
    """What is known so far. Each step adds objects and problems, so that one run finds them all."""

    repository: Repository
    now: date
    problems: list[Problem] = field(default_factory=list)
    images: dict[str, Image | None] = field(default_factory=dict)
    settings: Settings | None = None
    frameworks: dict[str, Framework] = field(default_factory=dict)
    unread_frameworks: frozenset[str] = frozenset()
    unread_credentials: frozenset[str] = frozenset()
    achievements: dict[tuple[str, str], Achievement] = field(default_factory=dict)
    awards: dict[str, IssuedAward] = field(default_factory=dict)
    erased: dict[str, ErasedAward] = field(default_factory=dict)

    @cached_property
    def told_when_read(self) -> set[tuple[str, str]]:
        """The file and the field of each value that was refused when it was read."""
        return {(problem.path, problem.field) for problem in self.repository.problems if problem.field}

    def build(self, model: type[M], document: Document) -> M | None:
        """Build one document; remember what was wrong, but for values refused when they were read."""
        item, problems = build(model, document)
        told = self.told_when_read
        self.problems += [problem for problem in problems if (problem.path, problem.field) not in told]
        return item

    def build_all(self, model: type[M], documents: Iterable[Document]) -> list[tuple[M, Document]]:
        """Build every document, and keep those that came out."""
        built = ((self.build(model, document), document) for document in documents)
        return [(item, document) for item, document in built if item is not None]

    def in_doubt(
        self, folder: str, built: Iterable[tuple[CredentialSpec | Framework, Document]]
    ) -> frozenset[str]:
        """Return the ids whose file could not be read or bears another id: what is missing may be there."""
        read, misnamed = set(), set()
        for item, document in built:
            read.add(document.path)
            if item.id != _id_of(document.path):
                misnamed.add(_id_of(document.path))
        wrong = {problem.path for problem in self.problems if problem.is_error}
        unread = {
            path
            for path in wrong - read
            if path.startswith(f"{folder}/") and path.endswith((".yaml", ".yml"))
        }
        return frozenset(misnamed | {_id_of(path) for path in unread})


def _id_of(path: str) -> str:
    """Return the id that a file should bear: ``<id>.yaml``, or ``<id>/<version>.yaml``."""
    return PurePosixPath(PurePosixPath(path).parts[1]).stem.lower()


def resolve(
    repository: Repository, now: date, site_url: str | None = None
) -> tuple[Catalog | None, list[Problem]]:
    """Return the Catalog and the warnings, or ``None`` and every problem of the repository, in order.

    ``now`` is the UTC day of the build; ``site_url`` replaces the address in ``mkdocs.yml``.
    """
    state = _Resolution(repository, now, list(repository.problems))
    state.settings, problems = read_settings(repository.settings, site_url)
    state.problems += problems
    state.images, problems = check_images(repository.images)
    state.problems += problems
    issuer, issuer_image = _issuer(state)
    _frameworks(state)
    _credentials(state)
    _awards(state)
    state.problems = with_privacy(state.problems, state.repository, _titles(state, issuer))
    found = in_order(state.problems)
    if has_errors(found) or state.settings is None or issuer is None:
        return None, found
    return _catalog(state, state.settings, issuer, issuer_image), found


def _issuer(state: _Resolution) -> tuple[Issuer | None, Image]:
    document = state.repository.issuer
    if document is None:
        return None, _REFUSED
    issuer = state.build(Issuer, document)
    if issuer is None:
        return None, _REFUSED
    state.problems += check_issuer(issuer, document)
    return issuer, _image(state, document, issuer.image)


def _image(state: _Resolution, document: Document, name: str) -> Image:
    image, problems = find_image(document, name, state.images)
    state.problems += problems
    return image or _REFUSED


def _frameworks(state: _Resolution) -> None:
    built = state.build_all(Framework, state.repository.frameworks)
    state.unread_frameworks = state.in_doubt("frameworks", built)
    for framework, document in built:
        state.problems += check_framework(framework, document)
        state.frameworks.setdefault(framework.id, framework)


def _credentials(state: _Resolution) -> None:
    built = state.build_all(CredentialSpec, state.repository.credentials)
    state.unread_credentials = state.in_doubt("credentials", built)
    newest = newest_published(built)
    for spec, document in built:
        competencies = _check_spec(state, spec, document)
        image = _image(state, document, spec.image)
        key = (spec.id, spec.version)
        found = Achievement(document.path, spec, competencies, image, is_current=key in newest)
        state.achievements.setdefault(key, found)
    state.problems += check_versions(built, state.unread_credentials)
    known = Known(current_specs(built), frozenset(name for name, _ in newest), state.unread_credentials)
    state.problems += check_stacks(built, known)


def _check_spec(state: _Resolution, spec: CredentialSpec, document: Document) -> tuple[Aligned, ...]:
    """Check a spec on its own and against the frameworks; return the competencies that were found."""
    state.problems += check_spec(spec, document)
    if is_current_file(document):
        state.problems += lint(spec, document, state.settings.lint if state.settings else "eu-2022")
    competencies, problems = align(spec, document, state.frameworks, state.unread_frameworks)
    state.problems += problems
    return competencies


def _awards(state: _Resolution) -> None:
    files: list[Sourced] = state.build_all(AwardFile, state.repository.awards)
    state.problems += check_uniqueness(files)
    state.problems += check_lists(files)
    placed: list[tuple[IssuedAward, Document, int]] = []
    in_doubt = state.unread_credentials
    for file, document in files:
        state.problems += check_withdrawn(file, document, state.now)
        state.erased |= {item.id: ErasedAward(document.path, item) for item in file.erased}
        achievement, problems = find_achievement(file, document, state.achievements, in_doubt, state.now)
        state.problems += problems
        if achievement is None:
            continue
        for index, award in enumerate(file.awards):
            issued = IssuedAward(document.path, file, award, achievement)
            state.awards.setdefault(award.id, issued)
            placed.append((issued, document, index))
    state.problems += check_duplicates(placed)
    state.problems += check_holders(placed, did_web(state.settings.site_url) if state.settings else "")
    known = _known_awards(state)
    for issued, document, index in placed:
        state.problems += check_award(issued, document, index, state.now)
        state.problems += check_links(issued, document, index, known)


def _titles(state: _Resolution, issuer: Issuer | None) -> frozenset[str]:
    """Return the names that are nobody's, in lower case: of credentials, competencies and the issuer."""
    specs = [item.spec for item in state.achievements.values()]
    names = [spec.name for spec in specs] + [
        text.name for spec in specs for text in spec.translations.values()
    ]
    names += [item.name for framework in state.frameworks.values() for item in framework.competencies]
    names += [issuer.name] if issuer else []
    return frozenset(name.casefold() for name in names if name)


def _known_awards(state: _Resolution) -> KnownAwards:
    """Tell the awards that were placed from those that stand in files with errors."""
    paths = {document.path for document in state.repository.awards}
    unparsed = [p for p in state.repository.problems if p.is_error and p.path not in paths]
    in_doubt = {award_id for document in state.repository.awards for award_id in award_ids(document)}
    all_read = not any(problem.path.startswith("issued/") for problem in unparsed)
    return KnownAwards(
        awards=state.awards,
        erased=frozenset(state.erased),
        credentials=frozenset(name for name, _ in state.achievements),
        now=state.now,
        in_doubt=frozenset(in_doubt - state.awards.keys()),
        all_read=all_read,
    )


def _catalog(state: _Resolution, settings: Settings, issuer: Issuer, image: Image) -> Catalog:
    published = [item for item in state.achievements.values() if item.spec.status != "draft"]
    published.sort(key=lambda item: (item.spec.id, version_order(item.spec.version)))
    return Catalog(
        settings=settings,
        issuer=issuer,
        issuer_image=image,
        frameworks=dict(sorted(state.frameworks.items())),
        achievements={item.key: item for item in published},
        awards=dict(sorted(state.awards.items())),
        erased=dict(sorted(state.erased.items())),
    )
