"""Whose a spec and an award file are: what follows from the folder that they stand in. Pure.

A school that owns its credentials has them in ``credentials/<owner>/`` and awards them from
``issued/<year>/<owner>/``, so that a rule for a folder (CODEOWNERS) is a rule for both. What stands in no
such folder is the whole institution's. A path alone tells: a folder of a credential holds versions, which
are numbers with dots, and a folder of an owner holds ids.

    credentials/<id>.yaml            credentials/<owner>/<id>.yaml
    credentials/<id>/<version>.yaml  credentials/<owner>/<id>/<version>.yaml
    issued/<year>/<batch>.yaml       issued/<year>/<owner>/<batch>.yaml
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from site_builder.models.credential import CredentialSpec
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.text.ids import version_fault

Sourced = tuple[CredentialSpec, Document]
_CREDENTIALS, _ISSUED = "credentials", "issued"


def is_current_file(path: str) -> bool:
    """Return True for the file of a credential's newest version, False for that of an earlier one.

    >>> [is_current_file(f"credentials/{rest}.yaml") for rest in ("a", "a/1.0", "nursing/a", "nursing/a/1.0")]
    [True, False, True, False]
    """
    below = PurePosixPath(path).parts[1:]
    return len(below) == 1 or (len(below) == 2 and not _is_version(PurePosixPath(path).stem))


def owner_of_spec(path: str) -> str:
    """Return the owner's folder of a spec, an image or a spec's earlier version; empty where it has none.

    >>> [owner_of_spec(f"credentials/{rest}.yaml") for rest in ("a", "a/1.0", "nursing/a", "nursing/a/1.0")]
    ['', '', 'nursing', 'nursing']
    """
    folders = PurePosixPath(path).parts[1:-1]
    if not is_current_file(path):
        folders = folders[:-1]
    return folders[0] if folders else ""


def owner_of_awards(path: str) -> str:
    """Return the owner's folder of an award file; empty where it has none.

    >>> owner_of_awards("issued/2026/nursing/spring.yaml"), owner_of_awards("issued/2026/spring.yaml")
    ('nursing', '')
    """
    folders = PurePosixPath(path).parts[2:-1]
    return folders[0] if folders else ""


def id_in(path: str) -> str:
    """Return the id that the file of a spec or a framework should bear, in lower case.

    >>> [id_in(f"credentials/{rest}.yaml") for rest in ("a", "a/1.0", "nursing/a", "nursing/a/1.0")]
    ['a', 'a', 'a', 'a']
    """
    place = PurePosixPath(path)
    return (place.stem if is_current_file(path) else place.parent.name).lower()


def folder_of_specs(owner: str) -> str:
    """Return where the specs of an owner stand: ``credentials/nursing``, for none ``credentials``."""
    return f"{_CREDENTIALS}/{owner}" if owner else _CREDENTIALS


def folder_of_awards(owner: str, year: int) -> str:
    """Return where the awards of an owner stand: ``issued/2026/nursing``, for none ``issued/2026``."""
    return f"{_ISSUED}/{year:04}/{owner}" if owner else f"{_ISSUED}/{year:04}"


def check_owner(credential: str, spec: str, document: Document) -> Iterator[Problem]:
    """Yield a problem where an award file stands in another owner's folder than its credential.

    ``spec`` is the path of the credential's file. Whoever may approve the awards of one folder would else
    award what is another's.
    """
    owner = owner_of_spec(spec)
    if owner == owner_of_awards(document.path):
        return
    here = PurePosixPath(document.path)
    belongs = f"belongs to {folder_of_specs(owner)}/" if owner else "belongs to no owner's folder"
    message = f"credential {credential} {belongs}, so it cannot be awarded from {here.parent}/"
    hint = f"move the file to {folder_of_awards(owner, int(here.parts[1]))}/{here.name}"
    yield document.problem(("credential",), "wrong-owner", message, hint)


def check_owners_of_specs(built: Iterable[Sourced], current: Mapping[str, Sourced]) -> Iterator[Problem]:
    """Yield a problem for each spec whose id another owner's spec has, or whose versions are apart.

    ``current`` has the spec that counts, by id.
    """
    for spec, document in built:
        if spec.id not in current:
            continue
        if is_current_file(document.path):
            yield from _check_current(spec, document, current)
        else:
            yield from _check_earlier(spec, document, current[spec.id][1].path)


def _check_current(
    spec: CredentialSpec, document: Document, current: Mapping[str, Sourced]
) -> Iterator[Problem]:
    first, owner = current[spec.id][1], owner_of_spec(document.path)
    if id_in(document.path) != spec.id:
        return  # its name is wrong, and that is told
    if first is not document:
        message = f"credential {spec.id} stands in {first.path} too"
        hint = "an id is one credential's, whoever owns it: give one of the two another"
        yield document.problem(("id",), "duplicate-entry", message, hint)
    if owner in current and not owner_of_spec(current[owner][1].path):
        message = f"the folder {folder_of_specs(owner)}/ is that of the earlier versions of {owner}"
        yield document.problem((), "wrong-owner", message, "give the owner's folder another name")


def _check_earlier(spec: CredentialSpec, document: Document, newest: str) -> Iterator[Problem]:
    owner = owner_of_spec(newest)
    if owner == owner_of_spec(document.path):
        return
    message = f"the newest version of {spec.id} stands in {newest}, in another owner's folder"
    right = f"{folder_of_specs(owner)}/{spec.id}/{PurePosixPath(document.path).name}"
    yield document.problem(("id",), "wrong-owner", message, f"move this one to {right}")


def _is_version(stem: str) -> bool:
    return version_fault(stem) is None
