"""Which file holds which version: the newest in ``<id>.yaml``, others in a folder ``<id>/`` beside it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from site_builder.catalog.catalog import version_order
from site_builder.catalog.owners import check_owners_of_specs, folder_of_specs, is_current_file, owner_of_spec
from site_builder.catalog.specs import check_stem
from site_builder.models.credential import CredentialSpec
from site_builder.problems import Problem, shown
from site_builder.reading.document import Document

Sourced = tuple[CredentialSpec, Document]


def current_specs(built: Iterable[Sourced]) -> dict[str, Sourced]:
    """Return the spec in ``<id>.yaml`` by id; of several that claim an id, the first that is named so."""
    current: dict[str, Sourced] = {}
    for spec, document in built:
        known = current.get(spec.id)
        if is_current_file(document.path) and (
            known is None or (_is_named_so(spec, document) and not _is_named_so(*known))
        ):
            current[spec.id] = (spec, document)
    return current


def _is_named_so(spec: CredentialSpec, document: Document) -> bool:
    return PurePosixPath(document.path).stem == spec.id


def newest_published(built: Iterable[Sourced]) -> frozenset[tuple[str, str]]:
    """Return id and version of the newest version of each credential that is not a draft.

    A new version may stay a draft for months: until then the version before it is the one people see.
    """
    newest: dict[str, str] = {}
    for spec, _ in built:
        known = newest.get(spec.id)
        if spec.status != "draft" and (known is None or version_order(known) < version_order(spec.version)):
            newest[spec.id] = spec.version
    return frozenset(newest.items())


def check_versions(built: Iterable[Sourced], in_doubt: Container[str]) -> Iterator[Problem]:
    """Yield what is wrong with file names and the order of versions.

    ``in_doubt`` holds the credentials with a file that could not be read: theirs is not called missing.
    """
    every = list(built)
    current = current_specs(every)
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for spec, document in sorted(every, key=lambda one: one[1].path):
        if is_current_file(document.path) and not _is_meant_as_earlier(spec, document):
            yield from check_stem(document, spec.id)
            continue
        yield from _check_names(spec, document)
        yield from _check_order(spec, document, current, in_doubt)
        if (spec.id, version_order(spec.version)) in seen:
            message = f"version {spec.version} of {spec.id} stands in two files"
            yield document.problem(("version",), "bad-version", message, "remove one of the two")
        seen.add((spec.id, version_order(spec.version)))
    yield from check_owners_of_specs(every, current)


def _is_meant_as_earlier(spec: CredentialSpec, document: Document) -> bool:
    """Return True for a file in the folder of its own credential that is not named by a version."""
    folder = owner_of_spec(document.path)
    return folder == spec.id and not _is_named_so(spec, document)


def _check_names(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    path = PurePosixPath(document.path)
    if spec.id != path.parent.name:
        message = f"id must be the folder's name {shown(path.parent.name)}, not {shown(spec.id)}"
        yield document.problem(("id",), "id-file-mismatch", message, "move the file or mend the id")
    if spec.version != path.stem:
        message = f"version must be the file's name {shown(path.stem)}, not {shown(spec.version)}"
        yield document.problem(
            ("version",), "id-file-mismatch", message, "rename the file or mend the version"
        )


def _check_order(
    spec: CredentialSpec, document: Document, current: Mapping[str, Sourced], in_doubt: Container[str]
) -> Iterator[Problem]:
    if spec.id not in current:
        if spec.id not in in_doubt:
            folder = folder_of_specs(owner_of_spec(document.path))
            message = f"there is no {folder}/{spec.id}.yaml for this earlier version"
            hint = "an awarded credential can be retired, not deleted"
            yield document.problem(("id",), "unknown-reference", message, hint)
        return
    kind, where = current[spec.id][0].kind, current[spec.id][1]
    if kind != spec.kind:
        message = f"kind is {kind}, but version {spec.version} of {spec.id} is a {spec.kind}"
        hint = "a credential keeps its kind; start another with an id of its own"
        yield where.problem(("kind",), "kind-changed", message, hint)
    newest = current[spec.id][0].version
    if version_order(newest) <= version_order(spec.version):
        message = f"version {spec.version} is not earlier than {newest} in {where.path}"
        yield document.problem(("version",), "bad-version", message, "give the newer text the higher version")
