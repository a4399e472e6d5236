"""Moving house: the settings name the new address, and all that the old one must go on serving is kept.

Old badges keep their bytes, their ids and their proofs, and are verified at the old address for ever. Each
award is issued again at the new one, under the same award id, by the next build.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.assembling.addresses import Addresses, award_json, award_page
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.catalog.resolve import resolve
from site_builder.editing.edits import CannotEdit, with_fields, with_items
from site_builder.pages.moved import redirects
from site_builder.problems import has_errors
from site_builder.proof.records import read_records
from site_builder.publishing.former import former_did, new_former_site
from site_builder.publishing.ledger import ledger
from site_builder.publishing.staging import held
from site_builder.reading.document import Document
from site_builder.reading.repository import CONTENT, ISSUER, SETTINGS, Repository, overlaid, sweep
from site_builder.registrar.change import Change, NotPlanned, write
from site_builder.text.addresses import PREVIEW_ADDRESS, site_address_fault
from site_builder.verifying.sources import FolderSource, NotASite

FORMER = "proofs/former/"
"""Where the proofs of addresses that the site left are kept: they are data, and no build uses them."""
REISSUE_LIST = "reissued.csv"
_COLUMNS = ("award", "credential", "version", "old_page", "new_page", "old_badge", "new_badge")


class MoveRefused(NotPlanned):
    """The site cannot be moved so; ``problems`` are of authors' files. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A site that moved: both addresses, the paths that changed, and how many awards are on the list."""

    old: Addresses
    new: Addresses
    changed: tuple[str, ...]
    listed: int
    proofs: int


def move(root: Path, to: str, site: Path, output: Path, now: date) -> Moved:
    """Write the new address into the settings, and make ``output`` with all that the old one must serve.

    ``site`` is the site as last published. Raises :class:`MoveRefused`, ``FolderRefused``, ``OutputRefused``
    where there is no site or it is being written, ``ChangeRefused``; then nothing was written.
    """
    new = _new_address(to)
    _refuse_place(output, root, site)
    with held(site), ledger(root):
        repository = sweep(root)
        catalog, old = _as_it_is(repository, new, now)
        source = _site(site, old, catalog, repository)
        change = _change(repository, old, new, now)
        listed = [item for item in catalog.awards.values() if _stands(item, now)]
        after = catalog.issuer.model_copy(update={"moved_from": (*catalog.issuer.moved_from, old.base)})
        did = former_did(after, old, new)
        extra = {
            **{f"site/{path}": did for path in old.did_paths},
            **{f"redirects/{name}": data for name, data in redirects(_pages(source), old, new).items()},
            REISSUE_LIST: reissue_list(listed, old, new),
            "README.txt": _readme(old, new),
        }
        with new_former_site(source.root, output, new, extra):
            write(root, change)
    proofs = sum(path.startswith(FORMER) for path in change.files)
    return Moved(old, new, tuple(sorted(change.files)), len(listed), proofs)


def _new_address(to: str) -> Addresses:
    fault = site_address_fault(to)
    if fault is not None and fault.is_error:
        raise MoveRefused(f"the new address {fault.message}", fault.hint)
    base = to.rstrip("/") + "/"
    if base == PREVIEW_ADDRESS:
        raise MoveRefused("the new address is that of previews", "give the address where the site will be")
    return Addresses(base)


def _refuse_place(output: Path, root: Path, site: Path) -> None:
    """Refuse a place inside the site, which is copied there, or inside the folders that authors write in."""
    real = output.resolve()
    inside = (site, *(root / name for name in (*CONTENT, "docs", ".git")))
    where = next((folder for folder in inside if real.is_relative_to(folder.resolve())), None)
    if where is not None:
        raise MoveRefused(f"{output} lies inside {where}", "give a folder of its own: --output")


def _as_it_is(repository: Repository, new: Addresses, now: date) -> tuple[Catalog, Addresses]:
    """Return the catalog before the move, and the address it leaves."""
    catalog, problems = resolve(repository, now)
    if catalog is None or has_errors(problems):
        raise MoveRefused("the repository has mistakes", "mend them first: badgepress check", problems)
    old = Addresses(catalog.settings.site_url)
    if new == old:
        raise MoveRefused(f"the site is at {old.base} already", "give the address to which it moves")
    if new.base in catalog.issuer.former_addresses:
        message = f"the site was at {new.base} before, and its old badges are served there"
        raise MoveRefused(message, "move to an address that it never had, such as another path of that host")
    return catalog, old


def _site(folder: Path, old: Addresses, catalog: Catalog, repository: Repository) -> FolderSource:
    """Return the site as last published, once it is sure that it is this one and whole."""
    hint = "give the site as it is published now: --site DIR"
    try:
        source = FolderSource(folder)
    except NotASite as error:
        raise MoveRefused(f"{folder} is not a site of ours: {error}", hint) from error
    if source.problem or source.base != old.base:
        found = source.problem or f"it is made for {source.base or 'no address'}"
        raise MoveRefused(f"{folder} is not the site of this repository: {found}", hint)
    there = {path.split("/")[1] for path in source.badges()}
    strangers = there - catalog.awards.keys() - catalog.erased.keys()
    if strangers:
        message = f"{folder} has {_badges(len(strangers))} that no award file knows"
        raise MoveRefused(message, "is this the newest state of the repository? fetch it and try again")
    lost = (read_records(repository.proofs)[0].awards.keys() & catalog.awards.keys()) - there
    if lost:
        message = f"{folder} lacks {_badges(len(lost))} whose proofs are recorded: holders may have them"
        raise MoveRefused(message, "build and publish the site once more before it moves: badgepress build")
    return source


def _badges(number: int) -> str:
    return "1 badge" if number == 1 else f"{number} badges"


def _change(repository: Repository, old: Addresses, new: Addresses, now: date) -> Change:
    """Return the change of the settings, with the proofs of the old address put aside."""
    place = FORMER + re.sub("[^a-z0-9.]+", "-", old.did.removeprefix("did:web:").replace("%3A", "-").lower())
    aside = {path: f"{place}/{path.removeprefix('proofs/')}" for path in repository.proofs}
    try:
        settings = with_fields(_document(repository.settings), (), {"site_url": new.base})
        issuer = with_items(_document(repository.issuer), ("moved_from",), [old.base])
    except CannotEdit as error:
        raise MoveRefused("the settings cannot be changed line by line", problems=[error.problem]) from error
    emptied = dict.fromkeys(aside, b"")
    after = overlaid(repository, {ISSUER: issuer, **emptied})
    catalog, problems = resolve(after, now, new.base)
    if catalog is None or has_errors(problems):
        raise MoveRefused("the repository would have mistakes", problems=problems)
    kept = {to: repository.proofs[path] for path, to in aside.items()}
    return Change({SETTINGS: settings, ISSUER: issuer, **kept, **emptied})


def _document(document: Document | None) -> Document:
    if document is None:
        raise ValueError("a repository without mistakes has its settings and its issuer")
    return document


def _pages(source: FolderSource) -> list[str]:
    return source.paths("**/*.html")


def _stands(item: IssuedAward, now: date) -> bool:
    return not item.is_withdrawn and (item.valid_until is None or item.valid_until >= now)


def reissue_list(awards: Sequence[IssuedAward], old: Addresses, new: Addresses) -> bytes:
    """Return a table (RFC 4180) of the awards that stand, with both addresses of page and badge of each.

    It names no person: registrars have the addresses of holders, by award, in their own class lists.
    """
    stream = io.StringIO(newline="")
    rows = csv.writer(stream)
    rows.writerow(_COLUMNS)
    for item in sorted(awards, key=lambda item: item.id):
        spec, page, badge = item.achievement.spec, award_page(item.id), award_json(item.id)
        rows.writerow(
            (item.id, spec.id, spec.version, old.url(page), new.url(page), old.url(badge), new.url(badge))
        )
    return stream.getvalue().encode()


def _readme(old: Addresses, new: Addresses) -> bytes:
    return f"""\
The site moved from {old.base} to {new.base}

site/        what {old.base} must go on serving, for as long as its badges shall verify: badges, keys, lists
             and pictures as they were, and a pointer in place of each page. Put it there whole, with its
             hidden files, over https and without redirects of anything but pages.
             Renew its status lists every night:  badgepress status --output <this folder>/site
redirects/   for hosts that can redirect: one of them, for pages only. cloudflare/_redirects and
             netlify/_redirects belong into the top folder of the old host; nginx.conf into its settings.
{REISSUE_LIST} the awards that stand, with their old and new addresses. It names nobody.

docs/guides/moving.md of badgepress tells the rest.
""".encode()
