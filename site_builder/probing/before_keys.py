"""The live did.json and the one to come: listed keys stay, and stay what they are (DESIGN 5)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import Addresses
from site_builder.probing.headers import problem
from site_builder.problems import Problem, shown
from site_builder.verifying.files import badge_paths
from site_builder.verifying.key_document import KeyDocument, KeyDocumentError, read_key_document
from site_builder.verifying.sources import FolderSource, Unavailable

_PATH = "did.json"
_STAYS = "keys stay listed for ever, retired ones too: put it back into credentials/issuer.yaml"


def _new_keys(new: FolderSource) -> KeyDocument:
    return read_key_document(new.file(Addresses(new.base).did_paths[0]), new.did)


def signers(new: FolderSource) -> frozenset[str]:
    """Return the ids of the keys that the new did.json lists; none where it cannot be read."""
    try:
        return frozenset(_new_keys(new).keys)
    except (Unavailable, KeyDocumentError):
        return frozenset()


def key_problems(live: bytes | None, new: FolderSource) -> Iterator[Problem]:
    """Yield a problem for each live key that would be lost or altered.

    A key may leave where nothing leans on it any more: that is what ``badgepress compromised`` prepares.
    """
    try:
        coming = _new_keys(new)
    except (Unavailable, KeyDocumentError) as reason:
        yield problem(_PATH, "unverified-keys", f"of the new site cannot be used: {reason}")
        return
    try:
        was = read_key_document(live or b"", new.did)
    except KeyDocumentError as reason:
        message = f"that is live cannot be used, so nobody can say which keys it listed: {reason}"
        yield problem(_PATH, "lost-key", message, "put it back as it was published", is_warning=True)
        return
    for name, key in was.keys.items():
        if name not in coming.keys:
            yield _gone(name, new)
        elif coming.keys[name] != key:
            yield problem(_PATH, "altered-key", f"gives key {shown(name, 200)} another value or end", _STAYS)
        elif was.is_status_key(name) != coming.is_status_key(name):
            message = f"gives key {shown(name, 200)} another role: what it signed would be refused"
            yield problem(_PATH, "altered-key", message, _STAYS)


def _gone(name: str, new: FolderSource) -> Problem:
    quoted = f'"{name}"'.encode()
    signed = (path for path in (*new.paths("status/*.json"), *badge_paths(new.root)))
    leaning = next((path for path in signed if quoted in new.file(path)), None)
    if leaning is not None:
        message = f"loses key {shown(name, 200)}, which signed {leaning}"
        return problem(_PATH, "lost-key", message, _STAYS)
    message = f"loses key {shown(name, 200)}: nothing that it signed verifies any more"
    hint = f"right for a compromised key, whose badges are signed again, and for no other; {_STAYS}"
    return problem(_PATH, "lost-key", message, hint, is_warning=True)
