"""From a swept repository to a Catalog: every name resolved, every mistake told in one run (DESIGN 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import TypeVar

from site_builder.catalog.awards import (
    Sourced,
    check_award,
    check_links,
    check_uniqueness,
    find_achievement,
)
from site_builder.catalog.catalog import Achievement, Catalog, IssuedAward, version_order
from site_builder.catalog.lint import lint
from site_builder.catalog.pictures import check_images, find_image
from site_builder.catalog.specs import align, check_framework, check_issuer, check_spec, check_stem
from site_builder.catalog.stacks import check_stacks
from site_builder.images import Image
from site_builder.models.award import AwardFile
from site_builder.models.build import build
from site_builder.models.credential import CredentialSpec
from site_builder.models.fields import Model
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import Settings, read_settings
from site_builder.problems import Problem, has_errors, in_order, shown
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository

M = TypeVar("M", bound=Model)


@dataclass
class _Resolution:
    """What is known so far. Each step adds objects and problems, so that one run finds them all."""

    repository: Repository
    now: date
    problems: list[Problem] = field(default_factory=list)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    achievements: dict[tuple[str, str], Achievement] = field(default_factory=dict)
    awards: dict[str, IssuedAward] = field(default_factory=dict)

    def build_all(self, model: type[M], documents: Iterable[Document]) -> list[tuple[M, Document]]:
        """Build every document, keep those that came out, remember what was wrong with the others."""
        built = []
        for document in documents:
            item, problems = build(model, document)
            self.problems += problems
            if item is not None:
                built.append((item, document))
        return built


def resolve(
    repository: Repository, now: date, site_url: str | None = None
) -> tuple[Catalog | None, list[Problem]]:
    """Return the Catalog and the warnings, or ``None`` and every problem of the repository, in order.

    ``now`` is the UTC day of the build; ``site_url`` replaces the address in ``mkdocs.yml``.
    """
    state = _Resolution(repository, now, list(repository.problems))
    settings, problems = read_settings(repository.settings, site_url)
    state.problems += problems
    images, problems = check_images(repository.images)
    state.problems += problems
    issuer, issuer_image = _issuer(state, images)
    _frameworks(state)
    _credentials(state, images, settings)
    _awards(state)
    found = in_order(state.problems)
    if has_errors(found) or settings is None or issuer is None or issuer_image is None:
        return None, found
    return _catalog(state, settings, issuer, issuer_image), found


def _issuer(state: _Resolution, images: dict[str, Image | None]) -> tuple[Issuer | None, Image | None]:
    document = state.repository.issuer
    if document is None:
        return None, None
    issuer, problems = build(Issuer, document)
    state.problems += problems
    if issuer is None:
        return None, None
    state.problems += check_issuer(issuer, document)
    image, problems = find_image(document, issuer.image, images)
    state.problems += problems
    return issuer, image


def _frameworks(state: _Resolution) -> None:
    for framework, document in state.build_all(Framework, state.repository.frameworks):
        state.problems += check_framework(framework, document)
        state.frameworks[framework.id] = framework


def _credentials(state: _Resolution, images: dict[str, Image | None], settings: Settings | None) -> None:
    built = state.build_all(CredentialSpec, state.repository.credentials)
    current: dict[str, tuple[CredentialSpec, Document]] = {}
    for spec, document in built:
        is_current = _is_current(document)
        state.problems += check_spec(spec, document)
        state.problems += check_stem(document, spec.id) if is_current else _check_earlier(spec, document)
        if is_current:
            current[spec.id] = (spec, document)
            state.problems += lint(spec, document, settings.lint if settings else "eu-2022")
        competencies, problems = align(spec, document, state.frameworks)
        image, image_problems = find_image(document, spec.image, images)
        state.problems += [*_unless_unread(state, problems), *image_problems]
        if image is not None:
            found = Achievement(document.path, spec, competencies, image, is_current)
            state.achievements[found.key] = found
    state.problems += _check_versions(built, current)
    state.problems += _unless_unread_credentials(state, built, check_stacks(current))


def _is_current(document: Document) -> bool:
    return len(PurePosixPath(document.path).parts) == 2  # noqa: PLR2004 - credentials/<id>.yaml


def _unless_unread(state: _Resolution, problems: list[Problem]) -> list[Problem]:
    """Drop complaints about unknown names while a framework file could not be read: it may hold them."""
    read_all = len(state.frameworks) == len(state.repository.frameworks)
    return [problem for problem in problems if read_all or problem.code != "unknown-reference"]


def _unless_unread_credentials(
    state: _Resolution, built: list[tuple[CredentialSpec, Document]], problems: Iterable[Problem]
) -> list[Problem]:
    """The same for parts, while a credential file could not be read."""
    read_all = len(built) == len(state.repository.credentials)
    return [problem for problem in problems if read_all or problem.code != "unknown-reference"]


def _check_earlier(spec: CredentialSpec, document: Document) -> Iterable[Problem]:
    """An earlier version stands in ``credentials/<id>/<version>.yaml``."""
    path = PurePosixPath(document.path)
    if spec.id != path.parent.name:
        message = f"id must be the folder's name {shown(path.parent.name)}, not {shown(spec.id)}"
        yield document.problem(("id",), "id-file-mismatch", message)
    if spec.version != path.stem:
        message = f"version must be the file's name {shown(path.stem)}, not {shown(spec.version)}"
        yield document.problem(("version",), "id-file-mismatch", message)


def _check_versions(
    built: list[tuple[CredentialSpec, Document]], current: dict[str, tuple[CredentialSpec, Document]]
) -> Iterable[Problem]:
    for spec, document in built:
        if _is_current(document):
            continue
        if spec.id not in current:
            message = f"there is no credentials/{spec.id}.yaml for this earlier version"
            hint = "an awarded credential can be retired, not deleted"
            yield document.problem(("id",), "unknown-reference", message, hint)
        elif version_order(current[spec.id][0].version) <= version_order(spec.version):
            message = f"version {spec.version} is not earlier than the current {current[spec.id][0].version}"
            yield document.problem(("version",), "bad-version", message)


def _awards(state: _Resolution) -> None:
    files: list[Sourced] = state.build_all(AwardFile, state.repository.awards)
    state.problems += check_uniqueness(files)
    placed: list[tuple[IssuedAward, Document, int]] = []
    for file, document in files:
        achievement, problems = find_achievement(file, document, state.achievements, state.now)
        state.problems += [p for p in problems if not _is_unread_credential(state, p)]
        if achievement is None:
            continue
        for index, award in enumerate(file.awards):
            issued = IssuedAward(document.path, file, award, achievement)
            state.awards.setdefault(award.id, issued)
            placed.append((issued, document, index))
    all_read = len(files) == len(state.repository.awards)
    for issued, document, index in placed:
        state.problems += check_award(issued, document, index, state.now)
        if all_read:
            state.problems += check_links(issued, document, index, state.awards)


def _is_unread_credential(state: _Resolution, problem: Problem) -> bool:
    """True where an unknown credential may be one whose file has errors, which are told already."""
    return problem.code == "unknown-reference" and len(state.achievements) < len(state.repository.credentials)


def _catalog(state: _Resolution, settings: Settings, issuer: Issuer, image: Image) -> Catalog:
    def published(item: Achievement) -> bool:
        return item.spec.status != "draft"

    by_version: Callable[[Achievement], tuple[str, tuple[int, ...]]] = lambda item: (  # noqa: E731
        item.spec.id,
        version_order(item.spec.version),
    )
    achievements = sorted(filter(published, state.achievements.values()), key=by_version)
    return Catalog(
        settings=settings,
        issuer=issuer,
        issuer_image=image,
        frameworks=dict(sorted(state.frameworks.items())),
        achievements={item.key: item for item in achievements},
        awards=dict(sorted(state.awards.items())),
    )
