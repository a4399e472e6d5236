"""What becomes of each credential: added, versioned, retired, reworded, aligned otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from site_builder.catalog.catalog import Achievement, version_order
from site_builder.catalog.changes import Change, changes
from site_builder.catalog.history_state import Reviewed
from site_builder.catalog.pictures import candidates
from site_builder.catalog.specs import align
from site_builder.changes.events import Key
from site_builder.changes.holders import Holders
from site_builder.images import Image
from site_builder.models.credential import CredentialSpec
from site_builder.models.framework import Framework
from site_builder.reading.document import Document

What = Literal[
    "added", "drafted", "versioned", "published", "retired", "reopened", "unpublished", "reworded",
    "version-removed", "removed",
]  # fmt: skip
WHATS: tuple[What, ...] = (
    "added", "versioned", "published", "retired", "reopened", "unpublished", "reworded", "version-removed",
    "removed", "drafted",
)  # fmt: skip
"""What can become of a version, in the order in which it is told."""

_APART = {"competencies", "requires", "status", "retired_on", "id", "kind", "version"}
"""Fields that are told as something of their own, or that name the credential."""
_TOLD = {
    "name", "level", "qualification_level", "language", "summary", "description", "benchmark", "assessment",
    "criteria", "workload", "participation", "quality_assurance", "prerequisites", "valid_for", "credit",
    "image",
}  # fmt: skip
"""Fields whose differences ``catalog.changes`` tells one by one."""


@dataclass(frozen=True, slots=True)
class CredentialChange:
    """One version and what became of it.

    ``previous`` is the version before a new one; ``holders`` counts who holds that, or else this version:
    they stay as they are. ``changes`` tell what is different, ``others`` name fields that are told no closer.
    """

    what: What
    credential: str
    name: str
    kind: str
    version: str
    previous: str | None = None
    holders: int = 0
    changes: tuple[Change, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """The credential and its version."""
        return self.credential, self.version


def newest(state: Reviewed) -> dict[str, CredentialSpec]:
    """Return the newest published version of each credential, by id."""
    found: dict[str, CredentialSpec] = {}
    for spec, _ in state.specs.values():
        known = found.get(spec.id)
        if spec.status != "draft" and (known is None or _order(known) < _order(spec)):
            found[spec.id] = spec
    return found


def credential_changes(old: Reviewed, new: Reviewed, holders: Holders) -> list[CredentialChange]:
    """Return what became of each version, in the order of :data:`WHATS`, then by id and version.

    A file with mistakes in one state is compared with nothing: it is told elsewhere that it was not read.
    """
    found = [
        *_gone(old, new, holders),
        *_come(old, new, holders),
        *_kept(old, new, holders),
    ]
    return sorted(found, key=lambda one: (WHATS.index(one.what), one.credential, version_order(one.version)))


def _told(what: What, spec: CredentialSpec, holders: int = 0) -> CredentialChange:
    return CredentialChange(what, spec.id, spec.name, spec.kind, spec.version, holders=holders)


def _gone(old: Reviewed, new: Reviewed, holders: Holders) -> Iterator[CredentialChange]:
    left = {name for name, _ in new.specs}
    for key in old.specs.keys() - new.specs.keys():
        spec, document = old.specs[key]
        if document.path not in new.unread and f"credentials/{spec.id}.yaml" not in new.unread:
            yield _told("version-removed" if spec.id in left else "removed", spec, holders.of(key))


def _come(old: Reviewed, new: Reviewed, holders: Holders) -> Iterator[CredentialChange]:
    known = {name for name, _ in old.specs}
    for key in new.specs.keys() - old.specs.keys():
        spec, document = new.specs[key]
        if document.path in old.unread or f"credentials/{spec.id}.yaml" in old.unread:
            continue
        previous = _before(spec, old)
        if spec.status == "draft":
            yield replace(_told("drafted", spec), previous=previous[1] if previous else None)
        elif previous is None:
            yield _told("versioned" if spec.id in known else "added", spec)
        else:
            different = differences(previous, key, old, new)
            told = _told("versioned", spec, holders.of(previous))
            yield replace(told, previous=previous[1], changes=different[0], others=different[1])


def _before(spec: CredentialSpec, old: Reviewed) -> Key | None:
    """Return the newest earlier version, a published one where there is one."""
    earlier = [one for one, _ in old.specs.values() if one.id == spec.id and _order(one) < _order(spec)]
    earlier.sort(key=lambda one: (one.status != "draft", _order(one)))
    return (earlier[-1].id, earlier[-1].version) if earlier else None


def _order(spec: CredentialSpec) -> tuple[int, ...]:
    return version_order(spec.version)


def _kept(old: Reviewed, new: Reviewed, holders: Holders) -> Iterator[CredentialChange]:
    for key in old.specs.keys() & new.specs.keys():
        before, after = old.specs[key][0], new.specs[key][0]
        if before == after and _picture(old, key) == _picture(new, key):
            continue
        changed, others = differences(key, key, old, new)
        what = _step(before.status, after.status)
        yield replace(_told(what, after, holders.of(key)), changes=changed, others=others)


_STEPS: Mapping[tuple[str, str], What] = {
    ("draft", "active"): "published",
    ("draft", "retired"): "published",
    ("active", "retired"): "retired",
    ("retired", "active"): "reopened",
    ("active", "draft"): "unpublished",
    ("retired", "draft"): "unpublished",
}


def _step(before: str, after: str) -> What:
    return _STEPS.get((before, after), "reworded")


def differences(
    before: Key, after: Key, old: Reviewed, new: Reviewed
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return what is different between two versions, and the names of other fields that are."""
    earlier, later = _achievement(old, before), _achievement(new, after)
    names = [
        name
        for name in CredentialSpec.model_fields
        if name not in _APART | _TOLD and getattr(earlier.spec, name) != getattr(later.spec, name)
    ]
    return tuple(changes(earlier, later)), tuple(names)


def _achievement(state: Reviewed, key: Key) -> Achievement:
    """Return a version as far as it can be resolved, the bytes of its picture as they were written."""
    spec, document = state.specs[key]
    frameworks: dict[str, Framework] = {name: pair[0] for name, pair in state.frameworks.items()}
    competencies, _ = align(spec, document, frameworks, frozenset())
    image = Image(
        path="", media_type="image/svg+xml", published=_picture(state, key), width=None, height=None
    )
    return Achievement(document.path, spec, competencies, image, is_current=False)


def _picture(state: Reviewed, key: Key) -> bytes:
    spec, document = state.specs[key]
    return picture(state, document, spec.image)


def picture(state: Reviewed, document: Document, name: str) -> bytes:
    """Return the bytes of the picture that a file names; empty where there is none."""
    found = (state.images[path] for path in candidates(document.path, name) if path in state.images)
    return next(found, b"")
