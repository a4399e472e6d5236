"""Who issues, in two states: what badges say of the issuer, its keys, and the address they all begin with."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.catalog.history_state import Reviewed, difference
from site_builder.models.issuer import Issuer, IssuerKey
from site_builder.problems import Problem
from site_builder.reading.document import Document

_SIGNED = ("name", "country", "url")


def issuer_problems(old: Reviewed, new: Reviewed, awards: int) -> Iterator[Problem]:
    """Yield a problem for each change that the ``awards`` made until then do not survive.

    Erased ones count: their copies must read as revoked, which takes the same address and keys.
    """
    if not awards:
        return
    yield from _address(old, new, awards)
    if old.issuer is None or new.issuer is None:
        return
    (before, _), (after, document) = old.issuer, new.issuer
    for address in before.former_addresses:
        if address not in after.former_addresses:
            message = f"badges were published at {address}, which is no former address of the site any more"
            hint = "put it back: what stands there must be renewed every night, and is found by it"
            yield document.problem(("moved_from",), "address-changed", message, hint)
    for field in _SIGNED:
        was, is_now = getattr(before, field), getattr(after, field)
        if was != is_now:
            message = f"{_signed(awards)} with the issuer's {field}, which {difference(was, is_now)[1]}"
            hint = "put it back: a badge keeps the issuer's words of the day on which it was signed"
            yield document.problem((field,), "issuer-changed", message, hint)
    was_kind, kind = (image.rpartition(".")[2].lower() for image in (before.image, after.image))
    if was_kind != kind:
        message = f"{_signed(awards)} with the address of a mark that is {was_kind}, not {kind}"
        hint = f"save the new mark as {was_kind}: its address is in every badge"
        yield document.problem(("image",), "issuer-changed", message, hint)
    yield from _keys(before, after, document)


def _signed(awards: int) -> str:
    return "1 award was signed" if awards == 1 else f"{awards} awards were signed"


def _address(old: Reviewed, new: Reviewed, awards: int) -> Iterator[Problem]:
    if new.settings is None or old.site_url is None or new.site_url in (None, old.site_url):
        return
    if new.issuer is not None and old.site_url in new.issuer[0].former_addresses:
        return  # it moved, and says so: what stands at the old address is renewed there
    made = "1 award was made" if awards == 1 else f"{awards} awards were made"
    message = f"{made} for {old.site_url}, and site_url is now {new.site_url}"
    hint = f"put site_url back, and then: badgepress move --to {new.site_url}"
    yield new.settings.problem(("site_url",), "address-changed", message, hint)


def _keys(before: Issuer, after: Issuer, document: Document) -> Iterator[Problem]:
    """Yield a problem for each key that was removed, or says something of itself that badges deny."""
    now = {key.public_key: (index, key) for index, key in enumerate(after.keys)}
    named = {key.id: index for index, key in enumerate(after.keys)}
    for key in before.keys:
        if key.public_key in now:
            yield from _key(key, *now[key.public_key], document)
            continue
        hint = "put it back with state: retired, or compromised if its private half got out"
        if key.id in named:
            where: tuple[str | int, ...] = ("keys", named[key.id], "public_key")
            message = f"key {key.id} had the public key {key.public_key}, which is another one now"
            hint = "put it back; a new key has an id of its own: badgepress rotate"
        else:
            where = ("keys",)
            message = (
                f"key {key.id} ({key.public_key}) is gone: what it signed could not be verified any more"
            )
        yield document.problem(where, "key-changed", message, hint)


def _key(was: IssuerKey, index: int, is_now: IssuerKey, document: Document) -> Iterator[Problem]:
    if was.role != is_now.role:
        message = f"key {is_now.id} had the role {was.role}, which is {is_now.role} now"
        hint = f"put it back; make a key for the other role: badgepress keygen --role {is_now.role}"
        yield document.problem(("keys", index, "role"), "key-changed", message, hint)
    if was.state != is_now.state and (was.state == "compromised" or is_now.state == "active"):
        message = f"key {is_now.id} was {was.state}, and is {is_now.state} now"
        hint = f"a key that is {was.state} stays so: badgepress rotate makes a new one"
        yield document.problem(("keys", index, "state"), "key-changed", message, hint)
