"""The ground that awards stand on: settings, issuer, frameworks and credentials, with every name resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from site_builder.catalog.catalog import (
    Achievement,
    Aligned,
    Catalog,
    ErasedAward,
    IssuedAward,
    Tallies,
    version_order,
)
from site_builder.catalog.lint import lint
from site_builder.catalog.owners import id_in, is_current_file
from site_builder.catalog.pictures import check_images, find_image
from site_builder.catalog.specs import align, check_former, check_framework, check_issuer, check_spec
from site_builder.catalog.stacks import Known, check_stacks
from site_builder.catalog.versions import check_versions, current_specs, newest_published
from site_builder.images import Image
from site_builder.models.build import build
from site_builder.models.credential import CredentialSpec
from site_builder.models.fields import Model
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import Settings, read_settings
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository
from site_builder.text.addresses import did_web

M = TypeVar("M", bound=Model)

# Stands in for an image that was refused, so that the awards of its credential are checked in the same run.
# Never published: there is an error.
REFUSED = Image(path="", media_type="image/svg+xml", published=b"", width=None, height=None)


@dataclass
class Ground:
    """What is known so far. Each step adds objects and problems, so that one run finds them all."""

    repository: Repository
    problems: list[Problem]
    images: dict[str, Image | None] = field(default_factory=dict)
    settings: Settings | None = None
    issuer: Issuer | None = None
    issuer_image: Image = REFUSED
    frameworks: dict[str, Framework] = field(default_factory=dict)
    unread_frameworks: frozenset[str] = frozenset()
    unread_credentials: frozenset[str] = frozenset()
    achievements: dict[tuple[str, str], Achievement] = field(default_factory=dict)

    @cached_property
    def told_when_read(self) -> set[tuple[str, str]]:
        """The file and the field of each value that was refused when it was read."""
        return refused_when_read(self.repository.problems)

    @property
    def titles(self) -> frozenset[str]:
        """The names that are nobody's, in lower case: of credentials, competencies and the issuer."""
        specs = [item.spec for item in self.achievements.values()]
        names = [spec.name for spec in specs] + [
            text.name for spec in specs for text in spec.translations.values()
        ]
        names += [item.name for framework in self.frameworks.values() for item in framework.competencies]
        names += [self.issuer.name] if self.issuer else []
        return frozenset(name.casefold() for name in names if name)

    @property
    def site_did(self) -> str:
        """The DID of the site, which no holder may have; empty where its address is not known."""
        return did_web(self.settings.site_url) if self.settings else ""

    def build(self, model: type[M], document: Document) -> M | None:
        """Build one document; remember what was wrong, but for values refused when they were read."""
        item, problems = build_untold(model, document, self.told_when_read)
        self.problems += problems
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
            if item.id != id_in(document.path):
                misnamed.add(id_in(document.path))
        wrong = {problem.path for problem in self.problems if problem.is_error}
        unread = {
            path
            for path in wrong - read
            if path.startswith(f"{folder}/") and path.endswith((".yaml", ".yml"))
        }
        return frozenset(misnamed | {id_in(path) for path in unread})

    def catalog(
        self,
        awards: Mapping[str, IssuedAward],
        erased: Mapping[str, ErasedAward],
        tallies: Tallies | None = None,
    ) -> Catalog | None:
        """Return the Catalog with these awards; None where there are no settings or is no issuer."""
        if self.settings is None or self.issuer is None:
            return None
        published = [item for item in self.achievements.values() if item.spec.status != "draft"]
        published.sort(key=lambda item: (item.spec.id, version_order(item.spec.version)))
        return Catalog(
            settings=self.settings,
            issuer=self.issuer,
            issuer_image=self.issuer_image,
            frameworks=dict(sorted(self.frameworks.items())),
            achievements={item.key: item for item in published},
            awards=dict(sorted(awards.items())),
            erased=dict(sorted(erased.items())),
            tallies=tallies,
        )


def refused_when_read(problems: Iterable[Problem]) -> set[tuple[str, str]]:
    """Return the file and the field of each value that was refused when it was read."""
    return {(problem.path, problem.field) for problem in problems if problem.field}


def build_untold(
    model: type[M], document: Document, told: set[tuple[str, str]]
) -> tuple[M | None, list[Problem]]:
    """Return what ``build`` does, without the problems at places of ``told``, where one is told already."""
    item, problems = build(model, document)
    return item, [problem for problem in problems if (problem.path, problem.field) not in told]


def lay_ground(repository: Repository, site_url: str | None = None) -> Ground:
    """Return everything of a repository but its awards, checked; ``problems`` begins with those of reading.

    ``site_url`` replaces the address in ``mkdocs.yml``.
    """
    ground = Ground(repository, list(repository.problems))
    ground.settings, problems = read_settings(repository.settings, site_url)
    ground.problems += problems
    ground.images, problems = check_images(repository.images)
    ground.problems += problems
    _issuer(ground, given=site_url is not None)
    _frameworks(ground)
    _credentials(ground)
    return ground


def _issuer(ground: Ground, *, given: bool) -> None:
    document = ground.repository.issuer
    ground.issuer = ground.build(Issuer, document) if document else None
    if document is None or ground.issuer is None:
        return
    home = ground.settings.site_url if ground.settings and not given else ""
    ground.problems += [*check_issuer(ground.issuer, document), *check_former(ground.issuer, document, home)]
    ground.issuer_image = _image(ground, document, ground.issuer.image)


def _image(ground: Ground, document: Document, name: str) -> Image:
    image, problems = find_image(document, name, ground.images)
    ground.problems += problems
    return image or REFUSED


def _frameworks(ground: Ground) -> None:
    built = ground.build_all(Framework, ground.repository.frameworks)
    ground.unread_frameworks = ground.in_doubt("frameworks", built)
    for framework, document in built:
        ground.problems += check_framework(framework, document)
        ground.frameworks.setdefault(framework.id, framework)


def _credentials(ground: Ground) -> None:
    built = ground.build_all(CredentialSpec, ground.repository.credentials)
    ground.unread_credentials = ground.in_doubt("credentials", built)
    newest = newest_published(built)
    for spec, document in built:
        competencies = _check_spec(ground, spec, document)
        image = _image(ground, document, spec.image)
        key = (spec.id, spec.version)
        found = Achievement(document.path, spec, competencies, image, is_current=key in newest)
        ground.achievements.setdefault(key, found)
    ground.problems += check_versions(built, ground.unread_credentials)
    known = Known(current_specs(built), frozenset(name for name, _ in newest), ground.unread_credentials)
    ground.problems += check_stacks(built, known)


def _check_spec(ground: Ground, spec: CredentialSpec, document: Document) -> tuple[Aligned, ...]:
    """Check a spec on its own and against the frameworks; return the competencies that were found."""
    ground.problems += check_spec(spec, document)
    if is_current_file(document.path):
        ground.problems += lint(spec, document, ground.settings.lint if ground.settings else "eu-2022")
    competencies, problems = align(spec, document, ground.frameworks, ground.unread_frameworks)
    ground.problems += problems
    return competencies
