"""Texts that awards rest on, in two states: a version that has awards is frozen, as are its statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.catalog.history_state import Reviewed, difference
from site_builder.catalog.owners import folder_of_specs, owner_of_spec
from site_builder.catalog.pictures import candidates
from site_builder.images import Image, check_image
from site_builder.models.credential import CompetencyUse, CredentialSpec, Level
from site_builder.models.framework import Competency, Framework
from site_builder.models.shape import Location
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.reading.locations import dotted

Counts = Mapping[tuple[str, str], int]

# How a version is run, not what it says; the picture is compared by its bytes, as its file may be moved.
_FREE = ("status", "retired_on", "translations", "image")
_FROZEN = [field for field in CredentialSpec.model_fields if field not in _FREE]


def text_problems(old: Reviewed, new: Reviewed, counts: Counts) -> Iterator[Problem]:
    """Yield a problem for each text that was changed under the awards of its credential version.

    ``counts`` has the number of awards of each version, by credential id and version.
    """
    for key, count in sorted(counts.items()):
        if key not in old.specs:
            continue  # it could not be read then, and a warning says so
        if key in new.specs:
            yield from _version(old, new, key, count)
        elif not new.may_have_spec(key[0]):
            yield _version_gone(old.specs[key][1], new, key, count)
    yield from _statements(old, new, counts)


def _version(old: Reviewed, new: Reviewed, key: tuple[str, str], count: int) -> Iterator[Problem]:
    (before, old_document), (after, document) = old.specs[key], new.specs[key]
    name = f"{key[0]} {key[1]} has {_awards(count)}"
    hint = (
        f"a version that has awards is frozen: put it back, and write the new text into a new version: "
        f"badgepress new version {key[0]}"
    )
    for field in _FROZEN:
        was, is_now = getattr(before, field), getattr(after, field)
        if was != is_now:
            place, words = difference(was, is_now)
            message = f"{name}, and {dotted((field, *place))} {words}"
            yield document.problem((field, *place), "version-needed", message, hint)
    if _other_picture(old, old_document, before, new, document, after):
        message = f"{name}, and its picture {after.image} is another one"
        hint = (
            f"put the picture back; give the new one a name of its own, in a new version: "
            f"badgepress new version {key[0]}"
        )
        yield document.problem(("image",), "version-needed", message, hint)


def _version_gone(old: Document, new: Reviewed, key: tuple[str, str], count: int) -> Problem:
    credential, version = key
    message = f"{credential} {version} has {_awards(count)}, and that version is gone"
    hint = (
        f"bring it back as {folder_of_specs(owner_of_spec(old.path))}/{credential}/{version}.yaml; "
        f"badgepress new version {credential} keeps the earlier text there"
    )
    here = next((document for _, document in new.specs.values() if document.path == old.path), None)
    if here is not None:
        return here.problem(("version",), "version-needed", message, hint)
    return Problem(path=old.path, code="version-needed", message=message, hint=hint)


def _awards(count: int) -> str:
    return "1 award" if count == 1 else f"{count} awards"


def _other_picture(
    old: Reviewed,
    old_document: Document,
    before: CredentialSpec,
    new: Reviewed,
    document: Document,
    after: CredentialSpec,
) -> bool:
    """Return True where another picture would be published. One that is missing is told by ``resolve``."""
    was = _picture(old, old_document, before.image)
    is_now = _picture(new, document, after.image)
    if was is None or is_now is None or was[1] == is_now[1]:
        return False
    published, published_now = _published(*was), _published(*is_now)
    if published is None or published_now is None:
        return False
    # What an editor wrote beside the drawing is not published, and may differ.
    return (published.media_type, published.published) != (published_now.media_type, published_now.published)


def _picture(state: Reviewed, document: Document, name: str) -> tuple[str, bytes] | None:
    paths = (path for path in candidates(document.path, name) if path in state.images)
    return next(((path, state.images[path]) for path in paths), None)


def _published(path: str, raw: bytes) -> Image | None:
    return check_image(path, raw)[0]


def _statements(old: Reviewed, new: Reviewed, counts: Counts) -> Iterator[Problem]:
    """Yield a problem for each changed statement, once, however many versions rest on it."""
    told: set[tuple[str, ...]] = set()
    for key in sorted(counts.keys() & old.specs.keys()):
        for use in old.specs[key][0].competencies:
            for problem in _statement(old, new, key, use):
                place = problem.path, problem.field, problem.message
                if place not in told:
                    told.add(place)
                    yield problem


def _statement(old: Reviewed, new: Reviewed, key: tuple[str, str], use: CompetencyUse) -> Iterator[Problem]:
    before = old.frameworks.get(use.framework)
    if before is None or (use.framework not in new.frameworks and new.may_have("frameworks/")):
        return
    after = new.frameworks.get(use.framework)
    hint = (
        f"put it back; a new statement needs a competency (or framework) with an id of its own, "
        f"and a new version of what uses it: badgepress new version {key[0]}"
    )
    if after is None:
        message = f"framework {use.framework}, which awards of {key[0]} rest on, is gone"
        yield Problem(path=before[1].path, code="statement-changed", message=message, hint=hint)
        return
    if before[0].name != after[0].name:
        words = difference(before[0].name, after[0].name)[1]
        message = f"awards rest on framework {use.framework}, and its name {words}"
        yield after[1].problem(("name",), "statement-changed", message, hint)
    for field, place, words in _changes(before[0], after[0], use):
        message = f"awards rest on {use.framework}/{use.id}, and {field} {words}"
        yield after[1].problem(place, "statement-changed", message, hint)


def _changes(before: Framework, after: Framework, use: CompetencyUse) -> Iterator[tuple[str, Location, str]]:
    """Yield field, place and words for what differs of what a badge says of one competency."""
    was, is_now = _competency(before, use.id), _competency(after, use.id)
    if was is None:
        return
    if is_now is None:
        yield "that competency", ("competencies",), "is gone"
        return
    where: Location = ("competencies", after.competencies.index(is_now))
    for name in ("name", "type", "description"):
        if getattr(was, name) != getattr(is_now, name):
            words = difference(getattr(was, name), getattr(is_now, name))[1]
            yield f"its {name}", (*where, name), words
    if _sentence(was, use.level) != _sentence(is_now, use.level):
        words = difference(_sentence(was, use.level), _sentence(is_now, use.level))[1]
        yield f"its {use.level} level", (*where, "levels", use.level), words


def _competency(framework: Framework, wanted: str) -> Competency | None:
    return next((competency for competency in framework.competencies if competency.id == wanted), None)


def _sentence(competency: Competency, level: Level) -> str:
    return str(getattr(competency.levels, level))
