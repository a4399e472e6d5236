"""One sentence or two for people: what a badge's five answers come to (LOOK, "Voice")."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.problems import printable
from site_builder.verifying.did_web import did_host
from site_builder.verifying.shape import Presented
from site_builder.verifying.verdict import Answer, State

_RELY = "Do not rely on this badge"


def summary(state: State, answers: Mapping[str, Answer], badge: Presented | None) -> str:
    """Return the summary; ``badge`` is None where not even its form could be read.

    That the reader does not know the issuer goes first: it is why a badge fails that is else in order.
    """
    if state is State.INVALID or badge is None:
        return _invalid(answers["authentic"])
    copied = answers["authentic"].value == "matches-copy"
    told = _TOLD[state](answers, badge, copied)
    if _is_stranger(answers):
        told = f"{_sentence(answers['issuerKnown'].reason)} {told}"
    return f"{told} This is a copy: {did_host(badge.issuer)} was not asked." if copied else told


def _invalid(authentic: Answer) -> str:
    if authentic.detail.get("code") == "unlisted-key":
        return f"{_sentence(authentic.reason)} {_RELY}."
    return f"{_RELY}: {authentic.reason}."


def _valid(answers: Mapping[str, Answer], badge: Presented, copied: bool) -> str:
    since = answers["notRevoked"].reason
    if copied:
        return f"Matches the keys in this copy. Unchanged, current, and {since}."
    signer = printable(badge.issuer_name, 200) or did_host(badge.issuer)
    if _is_stranger(answers):
        return f"Signed by {signer}, unchanged, current, and {since}."
    return f"Genuine and current. Signed by {signer}, unchanged, and {since}."


def _is_stranger(answers: Mapping[str, Answer]) -> bool:
    return answers["issuerKnown"].value == "no"


def _revoked(answers: Mapping[str, Answer], badge: Presented, copied: bool) -> str:
    return f"{_sentence(answers['notRevoked'].reason)} Do not rely on it."


def _dated(answers: Mapping[str, Answer], badge: Presented, copied: bool) -> str:
    reason = answers["current"].reason
    return _sentence(reason) if copied else f"Genuine, but {reason}."


def _unknown(answers: Mapping[str, Answer], badge: Presented, copied: bool) -> str:
    if answers["authentic"].value not in ("authentic", "matches-copy"):
        return _sentence(answers["authentic"].reason)
    asked = ("notRevoked", "stack", "current")
    doubt = next(answers[key].reason for key in asked if answers[key].value in ("unknown", "incomplete"))
    return f"The signature is right, but {doubt}."


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + "."


_TOLD = {
    State.VALID: _valid,
    State.REVOKED: _revoked,
    State.EXPIRED: _dated,
    State.NOT_YET_VALID: _dated,
    State.UNKNOWN: _unknown,
}
