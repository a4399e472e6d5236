"""The third answer: whether the issuer still stands by it (Bitstring Status List 1.0, 3.2 Validate)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from site_builder.verifying.did_web import is_fetchable
from site_builder.verifying.instants import in_words, written
from site_builder.verifying.status_list import ListUnusable, StatusList
from site_builder.verifying.verdict import Answer

_INDEX = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)
_PURPOSE = "revocation"


def revocation(document: Mapping[str, Any], list_at: Callable[[str], StatusList]) -> Answer:
    """Return whether the verified ``document`` is revoked; ``list_at`` gives a list or raises ListUnusable.

    ``yes`` means: not revoked. A badge whose signed words name no list cannot be revoked, which its issuer
    chose; removing the entry from a badge that has one breaks the signature.
    """
    if "credentialStatus" not in document:
        return Answer("yes", "the badge names no revocation list: its issuer cannot revoke it")
    try:
        url, index = _entry(document["credentialStatus"])
    except ListUnusable as reason:
        return Answer("unknown", str(reason))
    detail = {"list": url, "index": str(index)}
    try:
        listed = list_at(url)
        revoked = _bit(listed, index)
    except ListUnusable as reason:
        return Answer("unknown", str(reason), detail)
    detail |= {"listValidFrom": written(listed.valid_from)}
    day = in_words(listed.valid_from)
    if revoked:
        return Answer("no", f"revoked by the issuer, says its list of {day}", detail)
    return Answer("yes", f"not revoked as of {day}", detail)


def _entry(found: object) -> tuple[str, int]:
    """Return the list's address and the index that the badge's one status entry names."""
    entry = found[0] if isinstance(found, list) and len(found) == 1 else found
    if not isinstance(entry, dict) or entry.get("type") not in (
        "BitstringStatusListEntry",
        ["BitstringStatusListEntry"],
    ):
        raise ListUnusable("the badge says in a way that we do not know where its revocation is told")
    if entry.get("statusPurpose") != _PURPOSE:
        raise ListUnusable("the badge asks for another status than revocation")
    size = entry.get("statusSize", 1)
    if size != 1 or size is True:  # Python takes true for 1
        raise ListUnusable("the badge's status takes more than one bit, which we do not know how to read")
    url, index = entry.get("statusListCredential"), entry.get("statusListIndex")
    if not isinstance(url, str) or not is_fetchable(url):
        raise ListUnusable("the badge names no address of a revocation list that can be asked")
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise ListUnusable("the badge's place in the revocation list is not a number that we can use")
    return url, int(index)


def _bit(listed: StatusList, index: int) -> bool:
    if _PURPOSE not in listed.purposes:
        raise ListUnusable("the list that the badge names does not tell revocations")
    try:
        return listed.is_set(index)
    except IndexError:
        raise ListUnusable("the badge's place lies outside the revocation list") from None
