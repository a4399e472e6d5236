"""Status lists as they are published, held against those that will take their place.

A bit that was published as set is never cleared, a list never disappears, and time never runs backwards: the
repository that would do so is older than the site, or not the one the site was made from.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, datetime
from pathlib import Path

from site_builder.assembling.addresses import BITS_PER_LIST, Addresses, status_list
from site_builder.assembling.words import Json, instant
from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.publishing.staging import OutputRefused
from site_builder.verifying.did_web import did_url
from site_builder.verifying.instants import in_words, noon, parse_instant
from site_builder.verifying.key_document import KeyDocument, KeyDocumentError, read_key_document
from site_builder.verifying.sources import FolderSource, NotASite, Unavailable
from site_builder.verifying.status_list import ListUnusable, decode_bits, read_status_list, set_bits

_OLDER = "is this the newest state of the repository? fetch it and try again"


class StatusRefused(Exception):  # noqa: N818 - it says what happened
    """The lists would say less than the published ones; ``told`` has a line for each. Nothing was written."""

    def __init__(self, message: str, hint: str, told: list[str] | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.told = told or []


class ListsUnverified(Exception):  # noqa: N818 - it says what happened
    """A new list does not verify as a stranger would verify it: our bug. Nothing was replaced."""


def site_in(folder: Path) -> FolderSource:
    """Return the site in ``folder``; raises ``OutputRefused`` where there is none."""
    try:
        return FolderSource(folder)
    except NotASite as error:
        raise OutputRefused(
            f"{folder} is not a site of ours: {error}", "name its folder: --output"
        ) from error


def refuse_changed_site(site: FolderSource, at: Addresses, known: Container[str]) -> None:
    """Raise ``OutputRefused`` or ``StatusRefused`` where ``site`` was not made from this repository.

    ``known`` are the ids of its awards, erased ones too.
    """
    if site.problem or site.base != at.base or site.did != at.did:
        found = site.problem or f"it is made for {site.base or 'no address'}, and mkdocs.yml says {at.base}"
        raise OutputRefused(f"{site.root} is not the site of this repository: {found}", "name its folder")
    strangers = [path for path in site.badges() if path.split("/")[1] not in known]
    if strangers:
        number = "1 badge" if len(strangers) == 1 else f"{len(strangers)} badges"
        message = f"the site has {number} that no award file knows"
        raise StatusRefused(message, _OLDER, [f"{path}: is in no award file" for path in strangers])


def refuse_lost_bits(
    site: FolderSource, unsigned: Mapping[int, Json], now: date, awards: Mapping[int, str]
) -> None:
    """Raise ``StatusRefused`` where a published list is newer, or says more than the one to come.

    ``awards`` maps a status index to the id of its award, for those who read the message.
    """
    told: list[str] = []
    for number in sorted(_numbers(site)):
        valid_from, bits = _published(site, number)
        if valid_from > parse_instant(instant(now)):
            message = (
                f"published list {number} is of {in_words(valid_from)}, and today is {in_words(noon(now))}"
            )
            raise StatusRefused(message, "set this machine's clock, or say another --now")
        if number not in unsigned:
            told.append(f"{status_list(number)}: would be dropped, for no award has a place in it")
            continue
        to_come = decode_bits(unsigned[number]["credentialSubject"]["encodedList"])
        told += [_lost(number, bit, awards) for bit in sorted(set_bits(bits) - set_bits(to_come))]
    if told:
        raise StatusRefused("the published status lists know more than this repository", _OLDER, told)


def _numbers(site: FolderSource) -> set[int]:
    names = (path.split("/")[1].removesuffix(".json") for path in site.paths("status/*.json"))
    return {int(name) for name in names if name.isascii() and name.isdecimal()}


def _published(site: FolderSource, number: int) -> tuple[datetime, bytes]:
    """Return from when a published list counts, and its bits."""
    path = status_list(number)
    try:
        document = parse(site.file(path))
        bits = decode_bits(document["credentialSubject"]["encodedList"])
        return parse_instant(document["validFrom"]), bits
    except (Unavailable, JsonRefused, ListUnusable, ValueError, KeyError, TypeError) as error:
        message = f"the published {path} cannot be read, so nobody can say what it revoked"
        raise StatusRefused(message, "put it back as it was published, or build: badgepress build") from error


def _lost(number: int, bit: int, awards: Mapping[int, str]) -> str:
    index = (number - 1) * BITS_PER_LIST + bit
    whose = f"award {awards[index]}" if index in awards else "no award of this repository"
    return f"{status_list(number)}: status index {index} is revoked there, and not here ({whose})"


def verify_lists(
    site: FolderSource,
    at: Addresses,
    written: Mapping[int, bytes],
    meant: Mapping[int, Json],
    now: date,
    did: bytes = b"",
) -> None:
    """Read the new lists as strangers will, against the published did.json; raise where one does not hold.

    ``did`` is the did.json that is put in its place with them, if one is. ``StatusRefused`` where the site
    does not list the key yet, ``ListsUnverified`` for all else.
    """
    keys = read_key_document(did, at.did) if did else _published_keys(site)
    for number, raw in written.items():
        _refuse_unlisted_key(keys, raw)
        try:
            listed = read_status_list(raw, at.url(status_list(number)), keys, noon(now))
        except ListUnusable as reason:
            raise ListsUnverified(f"new list {number} does not verify: {reason}") from reason
        if listed.bits != decode_bits(meant[number]["credentialSubject"]["encodedList"]):
            raise ListsUnverified(f"new list {number} does not say what the repository says")


def _published_keys(site: FolderSource) -> KeyDocument:
    try:
        return read_key_document(site.read(did_url(site.did)), site.did)
    except (Unavailable, KeyDocumentError) as reason:
        raise OutputRefused(
            f"{site.root} is no whole site: {reason}", "build it: badgepress build"
        ) from reason


def _refuse_unlisted_key(keys: KeyDocument, raw: bytes) -> None:
    """A new key is known to readers only once the site, with its did.json, was built and published."""
    key_id = str(parse(raw)["proof"][0]["verificationMethod"])
    if keys.list_key(key_id) is None:
        message = f"the published did.json does not list the status key {key_id.partition('#')[2]} yet"
        raise StatusRefused(message, "build and publish the whole site once: badgepress build")
