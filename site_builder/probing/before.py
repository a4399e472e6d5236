"""What is live, held against the site that is about to take its place: nothing that was promised goes away.

``badgepress build --published`` compares a folder with the repository, and finds all of it. Here only the two
sites are known, and of the live one only what its host tells: so this is the last look, not the only one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import SystemRandom
from typing import Any
from urllib.parse import urlsplit

from site_builder.assembling.addresses import TOMBSTONE, Addresses, award_page, status_list
from site_builder.probing.before_keys import key_problems, signers
from site_builder.probing.before_lists import list_problems
from site_builder.probing.headers import problem
from site_builder.probing.listing import named_in
from site_builder.probing.live import LiveSite, as_json
from site_builder.probing.probe import Count, Probed
from site_builder.probing.resources import ACHIEVEMENTS, BADGES, CONTEXTS, IMAGES, KEYS, LISTS, resource
from site_builder.problems import Problem, shown
from site_builder.verifying.files import badge_paths, read_below
from site_builder.verifying.sources import FolderSource, Unavailable
from site_builder.verifying.web import Reply
from site_builder.verifying.web_address import normal

NOTHING_LIVE = "nothing of a site is live there yet, so nothing can be lost"
_ADDRESS = "site_url in mkdocs.yml must be the very address at which the site is served"
_KEEP = "build from the newest state of the repository, with its proofs: badgepress build --published DIR"


class CannotCompare(Exception):  # noqa: N818 - it says what happened
    """What is live cannot be read, so nobody can say that nothing is lost; the text says why."""


@dataclass
class _Tally:
    """What was compared, by kind, and what was found."""

    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, kind: str, asked: int, of: int, found: list[Problem]) -> None:
        self.counts.append(Count(kind, asked, of, len(found)))
        self.problems += found


def compare(site: LiveSite, new: FolderSource, sample: int) -> Probed:
    """Return what the site in ``new`` would lose or alter of what is live; ``sample`` 0 asks for all badges.

    Raises :class:`CannotCompare`: a host that does not answer may have badges all the same.
    """
    if normal(new.base) != site.base:
        message = f"the folder is a site for {shown(new.base)}, not for {shown(site.base)}"
        return Probed((), (problem("catalog.json", "address-changed", message, _ADDRESS),))
    catalog, keys, first = (_body(site, path) for path in _marks(site))
    if not any(as_json(raw) for raw in (catalog, keys, first)):
        note = NOTHING_LIVE
        if catalog is not None:
            note = "what is live there is no site of badgepress, so nothing of one can be lost"
        return Probed((), (), (note,))
    tally = _Tally()
    live = as_json(keys)
    if live is not None and live.get("id") != new.did:
        return Probed((), (_another_issuer(live, new),))
    found = [] if live is None else list(key_problems(keys, new))
    tally.add(KEYS.name, 1, 1, found)
    asked, found = list_problems(lambda path: _body(site, path), new)
    tally.add(LISTS.name, asked, asked, found)
    _badges(site, new, as_json(catalog) or {}, sample, tally)
    _versions(site, new, as_json(catalog) or {}, tally)
    return Probed(tuple(tally.counts), tuple(tally.problems), tuple(tally.notes))


def _marks(site: LiveSite) -> tuple[str, str, str]:
    return "catalog.json", Addresses(site.base).did_paths[0], status_list(1)


def _body(site: LiveSite, path: str) -> bytes | None:
    try:
        return site.body(path)
    except Unavailable as reason:
        raise CannotCompare(f"{urlsplit(site.base).netloc} does not say what is live: {reason}") from reason


def _another_issuer(live: dict[str, Any], new: FolderSource) -> Problem:
    message = f"what is live is of {shown(live.get('id'))}, and the folder of {shown(new.did)}"
    hint = "a move to another address has a plan of its own; old badges name the DID that was live"
    return problem("did.json", "address-changed", message, hint)


def _badges(site: LiveSite, new: FolderSource, catalog: dict[str, Any], sample: int, tally: _Tally) -> None:
    ours = badge_paths(new.root)
    known = frozenset(ours)
    listed = [path for path in named_in(site.base, catalog) if resource(path).kind is BADGES]
    found = [_lost(path) for path in sorted({*listed} - known) if not _is_erased(path, new)]
    asked = ours
    if sample and len(ours) > sample:
        asked = sorted({*SystemRandom().sample(ours, sample), *(known & {*listed})})
    there, again = 0, 0
    listed_keys = signers(new)
    for item, heard in site.hear_all(map(resource, asked)):
        live = _answered(site, item.path, heard)
        there += live is not None
        if live is None or live == new.file(item.path):
            continue
        if _is_signed_again(live, new.file(item.path), listed_keys):
            again += 1
            continue
        message = "is live with other bytes: the copy in somebody's wallet would not be this one"
        found.append(problem(item.path, "altered-badge", message, _KEEP))
    tally.add(BADGES.name, len(asked), len(ours), found)
    tally.notes.append(f"of {len(asked)} badges, {there} are live and {len(asked) - there} are new")
    if again:
        tally.notes.append(f"{again} badges were signed again: the key that signed them leaves did.json")


def _answered(site: LiveSite, path: str, heard: Reply | Unavailable) -> bytes | None:
    """Return the live bytes; None where there are none. Raises :class:`CannotCompare`."""
    if isinstance(heard, Reply) and heard.status == 200:
        return heard.body
    if isinstance(heard, Reply) and heard.status in (404, 410):
        return None
    said = heard if isinstance(heard, Unavailable) else f"it answers {heard.status} for {path}"
    raise CannotCompare(f"{urlsplit(site.base).netloc} does not say what is live: {said}")


def _lost(path: str) -> Problem:
    return problem(path, "lost-badge", "is live and listed, and the new site does not have it", _KEEP)


def _is_erased(path: str, new: FolderSource) -> bool:
    """Return True for an award of which the new site says that it was erased (DESIGN 4)."""
    try:
        return TOMBSTONE.encode() in read_below(new.root, award_page(path.split("/")[1]))
    except Unavailable:
        return False


def _is_signed_again(live: bytes, new: bytes, listed: frozenset[str]) -> bool:
    """Return True where only the proof differs, and the key of the live one is listed no longer.

    So it is after ``badgepress compromised``; the digests of parts that were signed again differ too.
    """
    was, now = as_json(live), as_json(new)
    if was is None or now is None or _key_of(was) in listed or _key_of(now) not in listed:
        return False
    return _said(was) == _said(now)


def _key_of(badge: dict[str, Any]) -> str:
    proofs = badge.get("proof")
    proof = proofs[0] if isinstance(proofs, list) and proofs else {}
    return str(proof.get("verificationMethod", "")) if isinstance(proof, dict) else ""


def _said(badge: dict[str, Any]) -> dict[str, Any]:
    """Return what a badge says, without proof and digests."""
    related = badge.get("relatedResource")
    parts = [part.get("id") if isinstance(part, dict) else part for part in related or []]
    return {**badge, "proof": None, "relatedResource": parts}


def _versions(site: LiveSite, new: FolderSource, catalog: dict[str, Any], tally: _Tally) -> None:
    """Compare what live badges point to: their version's achievement and picture, and hosted contexts."""
    named = [path for path in named_in(site.base, catalog) if resource(path).kind in (ACHIEVEMENTS, IMAGES)]
    paths = list(dict.fromkeys([*named, *new.paths("contexts/*")]))
    found: dict[str, list[Problem]] = {ACHIEVEMENTS.name: [], IMAGES.name: [], CONTEXTS.name: []}
    asked = dict.fromkeys(found, 0)
    for item, heard in site.hear_all(map(resource, paths)):
        kind, live = item.kind.name, _answered(site, item.path, heard)
        asked[kind] += 1
        if live is not None and (fault := _version_fault(item.path, live, new)):
            found[kind].append(fault)
    for kind, faults in found.items():
        if asked[kind]:
            tally.add(kind, asked[kind], asked[kind], faults)


def _version_fault(path: str, live: bytes, new: FolderSource) -> Problem | None:
    try:
        now: bytes | None = new.file(path)
    except Unavailable:
        now = None
    if now == live or (now is not None and as_json(live) is not None and as_json(live) == as_json(now)):
        return None
    awarded = path.startswith("contexts/") or _is_awarded(path, new)
    what = "would go away" if now is None else "would be altered"
    why = "badges that were awarded point to it" if awarded else "no badge of the new site points to it"
    hint = _KEEP if awarded else ""
    return problem(path, "altered-version", f"is live and {what}: {why}", hint, is_warning=not awarded)


def _is_awarded(path: str, new: FolderSource) -> bool:
    """Return True where a badge of the new site names the address of ``path``."""
    quoted = f'"{new.base}{path}"'.encode()
    return any(quoted in new.file(badge) for badge in badge_paths(new.root))
