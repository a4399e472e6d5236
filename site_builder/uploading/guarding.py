"""What is looked at in a bucket before anything is written to it: whose it is, and what it has said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from site_builder.assembling.addresses import Addresses
from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.publishing.published import MARKS
from site_builder.uploading.difference import Stored, is_list, looks_the_same, lost
from site_builder.uploading.files import SiteFile
from site_builder.uploading.refused import UploadRefused, WouldLose
from site_builder.verifying.instants import in_words, parse_instant
from site_builder.verifying.sources import FolderSource
from site_builder.verifying.status_list import ListUnusable, decode_bits, set_bits

_KEYS = "did.json"
_OLDER = "is this the newest state of the site? build it again from the newest commit"


class Reads(Protocol):
    """A place whose objects can be read."""

    def read(self, path: str) -> bytes:
        """Return the content of an object."""


def refuse_preview(site: FolderSource) -> None:
    """Raise ``UploadRefused`` for a site that was only made to look at: .invalid is no host (RFC 2606)."""
    host = Addresses(site.base).host
    if host == "invalid" or host.endswith(".invalid"):
        message = f"{site.root} is a preview, made for {site.base}"
        raise UploadRefused(message, "publish what `badgepress build` made, without --preview")


def refuse_occupied(stored: Collection[str], name: str) -> None:
    """Raise ``UploadRefused`` where something stands in a bucket that is no site of the press."""
    if stored and not any(mark in stored for mark in MARKS):
        number = "1 object" if len(stored) == 1 else f"{len(stored)} objects"
        message = f"{name} has {number} and no site that badgepress built"
        raise UploadRefused(message, "name an empty place: another prefix, or another bucket")


def refuse_loss(
    site: FolderSource, files: Mapping[str, SiteFile], stored: Mapping[str, Stored], bucket: Reads
) -> None:
    """Raise ``WouldLose`` where the site is another than the published one, or older.

    Of another issuer; without a badge or list that is published; with a list that is of an earlier time, or
    clears a bit that was set.
    """
    differ = [path for path in stored if path in files and not looks_the_same(files[path], stored[path])]
    if _KEYS in differ:
        _refuse_other_issuer(site, bucket.read(_KEYS))
    if missing := lost(files, stored):
        number = "1 file" if len(missing) == 1 else f"{len(missing)} files"
        message = f"{number} that verifiers ask for would be lost: published there, and not in {site.root}"
        raise WouldLose(message, _OLDER, [f"{path}: is published" for path in missing])
    told = [
        line for path in filter(is_list, differ) for line in _older(path, bucket.read(path), site.file(path))
    ]
    if told:
        raise WouldLose("the published status lists know more than this site", _OLDER, told)


def _refuse_other_issuer(site: FolderSource, published: bytes) -> None:
    try:
        issuer = str(parse(published).get("id", ""))
    except JsonRefused:
        return  # nobody can resolve it; it is replaced
    if issuer and issuer != site.did:
        message = f"the site that is published there is of {issuer[:200]}, and this one of {site.did}"
        raise WouldLose(message, "name another prefix or bucket for it")


def _older(path: str, published: bytes, new: bytes) -> Iterator[str]:
    """Yield what a published list says that the one to come does not."""
    try:
        (before, was), (after, now) = map(_said, (published, new))
    except (JsonRefused, ListUnusable, ValueError, KeyError, TypeError):
        yield f"{path}: cannot be read there, so nobody can say what it revoked; delete it to replace it"
        return
    if before > after:
        yield f"{path}: is of {in_words(before)} there, and of {in_words(after)} in the site"
    for bit in sorted(was - now):
        yield f"{path}: status index {bit} of the list is revoked there, and not in the site"


def _said(raw: bytes) -> tuple[Any, set[int]]:
    document = parse(raw)
    bits = set_bits(decode_bits(document["credentialSubject"]["encodedList"]))
    return parse_instant(document["validFrom"]), bits
