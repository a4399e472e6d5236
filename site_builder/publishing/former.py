"""A site at an address that it left: what must go on being served there, and how it is kept up to date.

Verifiers follow no redirect, and a badge names its address in what is signed. So all data stays, byte for
byte; only did.json and the status lists are renewed, and each page gives way to a pointer to the new one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import DID_SCRIPT, Addresses, award_json, award_page, award_script
from site_builder.assembling.profile import also_known_as, did_document
from site_builder.exports.twins import call
from site_builder.models.issuer import Issuer
from site_builder.pages.moved import MOVED_SCRIPT, is_left_out, language_of, moved_page, moved_script
from site_builder.proof.strict_json import dump
from site_builder.publishing.staged_files import write_file, write_new
from site_builder.publishing.whole_files import refuse_links, write_whole
from site_builder.publishing.whole_folder import FolderRefused


def former_did(issuer: Issuer, at: Addresses, home: Addresses) -> bytes:
    """Return did.json for the address ``at``, which the issuer left: it names the DID of ``home`` as well."""
    return dump(did_document(issuer, at, also_known_as(issuer, at, home)))


def former_artifacts(at: Addresses, did: bytes) -> Iterator[Artifact]:
    """Yield did.json at each of its places, and its twin; nothing where there is none."""
    if did:
        yield from (Artifact(path, did) for path in at.did_paths)
        yield Artifact(DID_SCRIPT, call("did.json", [did.decode()]))


def take_erased(folder: Path, erased: Collection[str], home: Addresses) -> None:
    """Take the badges of erased awards out of the folder; the pointer to the note at ``home`` stays."""
    for award_id in erased:
        gone = [folder / path for path in (award_json(award_id), award_script(award_id))]
        if not any(os.path.lexists(path) for path in gone):
            continue
        page = award_page(award_id)
        refuse_links(folder, page)
        language = language_of((folder / page).read_bytes()) if (folder / page).is_file() else ""
        write_whole(folder / page, moved_page(language, page, home, erased=True), 0o644)
        for path in gone:
            path.unlink(missing_ok=True)


@contextmanager
def new_former_site(site: Path, target: Path, home: Addresses, extra: Mapping[str, bytes]) -> Iterator[None]:
    """Make the folder ``target``: ``site/``, what the old address serves from now on, and ``extra`` beside.

    It is in its place while the block runs, and goes again if the block fails. Raises ``FolderRefused``
    where something stands there already, or it cannot be written.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise FolderRefused(f"{target} stands there already", "name a folder that does not exist yet")
    made: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        made.chmod(0o755)
        _fill(made / "site", site, home)
        for path, data in extra.items():
            # did.json stands in the site already; all else is new.
            (write_file if path.startswith("site/") else write_new)(made, path, data)
        made.rename(target)
    except OSError as error:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        raise FolderRefused(
            f"{error.strerror}: {error.filename}", "name a folder that can be written"
        ) from error
    try:
        yield
    except BaseException:
        shutil.rmtree(target)
        raise


def _fill(folder: Path, site: Path, home: Addresses) -> None:
    folder.mkdir()
    for parent, _, names in os.walk(site):
        for name in names:
            place = Path(parent, name)
            path = place.relative_to(site).as_posix()
            if place.is_symlink() or is_left_out(path):
                continue
            data = place.read_bytes()
            if path.endswith(".html"):
                erased = path.startswith("issued/") and not (place.parent / "credential.json").is_file()
                data = moved_page(language_of(data), path, home, erased=erased)
            write_new(folder, path, data)
    write_new(folder, MOVED_SCRIPT, moved_script())
