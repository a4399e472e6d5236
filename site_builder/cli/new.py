"""``badgepress new``: starts a credential, a framework, or the next version of a credential."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import click

from site_builder.catalog.catalog import version_order
from site_builder.catalog.owners import folder_of_specs, id_in, is_current_file
from site_builder.cli.options import now_option, root_option, today
from site_builder.cli.output import fail, tell
from site_builder.models.build import build
from site_builder.models.credential import KINDS, CredentialSpec, Kind, Level
from site_builder.models.framework import Framework
from site_builder.publishing.whole_files import write_whole
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository, sweep
from site_builder.starters.files import credential_files, framework_files
from site_builder.text.ids import id_fault, version_fault


@click.group("new")
def command() -> None:
    """Start a credential, a framework, or the next version of a credential."""


@command.command("credential")
@click.argument("id_", metavar="ID")
@click.option("--name", default=None, help="The title. Default: made from the id.")
@click.option("--kind", type=click.Choice(get_args(Kind)), default="nanocredential", show_default=True)
@click.option("--level", type=click.Choice(get_args(Level)), default="foundational", show_default=True)
@click.option("--owner", default="", metavar="FOLDER", help="Whose it is: write it to credentials/FOLDER/.")
@root_option
@now_option
def credential(
    id_: str, name: str | None, kind: Kind, level: Level, owner: str, root: Path, now: date | None
) -> None:
    """Write credentials/ID.yaml, a draft that passes check, and a badge image beside it."""
    _check_id(id_)
    if owner:
        _check_id(owner, "FOLDER")
    repository = sweep(root)
    competency = _first_competency(repository)
    if competency is None:
        fail("there is no framework with a competency yet", "start one with badgepress new framework ID")
        raise SystemExit(1)
    part = None if kind == "nanocredential" else _smaller(repository, kind)
    files = credential_files(
        id_=id_,
        name=name or _title(id_),
        kind=kind,
        level=level,
        competency=competency,
        part=part,
        day=now or today(),
    )
    _write_new(root, _owned(files, owner))
    click.echo("Next: change its lines, set status: active, and look at it: badgepress build --preview")


@command.command("framework")
@click.argument("id_", metavar="ID")
@click.option("--name", default=None, help="The title. Default: made from the id.")
@root_option
def framework(id_: str, name: str | None, root: Path) -> None:
    """Write frameworks/ID.yaml with one competency to start from."""
    _check_id(id_)
    _write_new(root, framework_files(id_=id_, name=name or _title(id_)))


@command.command("version")
@click.argument("id_", metavar="ID")
@click.argument("version")
@root_option
def version(id_: str, version: str, root: Path) -> None:
    """Keep the current version of credential ID as an earlier one, and start VERSION from it.

    Awards keep the version they were earned by; the earlier file is never changed again.
    """
    fault = version_fault(version)
    if fault:
        raise click.UsageError(f"VERSION {fault.message}")
    spec, document = _current(root, id_)
    if version_order(version) <= version_order(spec.version):
        raise click.UsageError(f"VERSION must be later than {spec.version}, not {version}")
    text = document.raw.decode("utf-8")
    raised = _with_version(text, document, version)
    kept = f"{document.path.removesuffix('.yaml')}/{spec.version}.yaml"
    _write_new(root, {kept: _one_deeper(text).encode()})
    try:
        write_whole(root / document.path, raised.encode())
    except OSError:
        (root / kept).unlink()
        raise
    click.echo(f"{document.path} is now version {version}: change what is new in it")


def _with_version(text: str, document: Document, version: str) -> str:
    """Return the spec with its version changed, on that line only; exits where the line has another form."""
    lines = text.splitlines(keepends=True)
    index = (document.line_of(("version",)) or 1) - 1
    changed, count = re.subn(r"""^(version:[ ]+)("[^"]*"|'[^']*')""", rf'\g<1>"{version}"', lines[index])
    if not count:
        fail(f"{document.path}:{index + 1}: the version does not stand on a line of its own, in quotes")
        raise SystemExit(1)
    return "".join([*lines[:index], changed, *lines[index + 1 :]])


def _current(root: Path, id_: str) -> tuple[CredentialSpec, Document]:
    """Return the current spec and its document; exits with its problems where it has any."""
    repository = sweep(root)
    for document in repository.credentials:
        if is_current_file(document.path) and id_in(document.path) == id_:
            spec, problems = build(CredentialSpec, document)
            if spec is not None:
                return spec, document
            tell(problems)
            raise SystemExit(1)
    fail(f"there is no credentials/{id_}.yaml")
    raise SystemExit(2)


def _one_deeper(text: str) -> str:
    """Return the text of a spec as it stands one folder deeper: only the editor's schema line changes."""
    return re.sub(r"\$schema=((?:\.\./)+)docs/", r"$schema=../\1docs/", text, count=1)


def _owned(files: dict[str, bytes], owner: str) -> dict[str, bytes]:
    """Return a spec and its picture as they stand in the folder of their owner."""
    if not owner:
        return files
    folder = folder_of_specs(owner)
    deeper = {path: _one_deeper(data.decode()).encode() for path, data in files.items()}
    return {f"{folder}/{path.rpartition('/')[2]}": data for path, data in deeper.items()}


def _check_id(id_: str, what: str = "ID") -> None:
    fault = id_fault(id_)
    if fault:
        raise click.UsageError(f"{what} {id_!r}: {fault.message}")


def _title(id_: str) -> str:
    return id_.replace("-", " ").capitalize()


def _first_competency(repository: Repository) -> tuple[str, str] | None:
    for document in repository.frameworks:
        found, _ = build(Framework, document)
        if found is not None:
            return found.id, found.competencies[0].id
    return None


def _smaller(repository: Repository, kind: Kind) -> str | None:
    """Return a published credential of the next smaller kind, to show what ``requires`` looks like."""

    def fits(document: Document) -> str | None:
        spec, _ = build(CredentialSpec, document)
        smaller = KINDS[KINDS.index(kind) - 1]
        return spec.id if spec is not None and spec.kind == smaller and spec.status == "active" else None

    return _first(fits, repository.credentials)


def _first(find: Callable[[Document], str | None], documents: tuple[Document, ...]) -> str | None:
    return next((found for document in documents if (found := find(document))), None)


def _write_new(root: Path, files: dict[str, bytes]) -> None:
    """Write files that must not exist yet: all of them or none."""
    for path in files:
        if (root / path).exists():
            fail(f"{path} exists already", "choose another id; nothing was written")
            raise SystemExit(1)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
        click.echo(f"wrote {path}")
