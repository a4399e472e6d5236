"""Commits that a pipeline is pinned to: found, left out of comparisons, and moved."""

from __future__ import annotations

import re

from site_builder.starters.answers import Press

_ACTION = re.compile(
    rb"(?P<head>\buses:[ \t]*)(?P<action>[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+)"
    rb"@(?P<pin>[0-9a-f]{40}(?:[ \t]+#[^\n]*)?)"
)
_GITLAB = re.compile(rb"(?P<head>^[ \t]+PRESS_COMMIT:[ \t]*)[\"']?[0-9a-f]{40}[\"']?", re.MULTILINE)
_GITLAB_FROM = re.compile(rb"^[ \t]+PRESS:[ \t]*\S+", re.MULTILINE)
# By name: others keep actions of their own in a folder of that name, too, and those must stay theirs.
_OURS = re.compile(
    rb"(?P<repository>[^/]+/[^/]+)/\.github/actions/(?P<name>build|check|plan|probe|record|sign|verify)"
)


def without_pins(text: bytes) -> bytes:
    """Return a pipeline's text without its commits, and without saying whose the press is."""
    plain = _ACTION.sub(lambda found: found["head"] + _bare(found["action"]) + b"@", text)
    return _GITLAB_FROM.sub(b"  PRESS:", _GITLAB.sub(rb"\g<head>", plain))


def _bare(action: bytes) -> bytes:
    ours = _OURS.fullmatch(action)
    return b"press/" + ours["name"] if ours else action


def with_pins_of(text: bytes, old: bytes) -> bytes:
    """Return ``text`` with the commits of other people's actions in ``old``, which move on their own."""
    theirs = {found["action"]: found["pin"] for found in _ACTION.finditer(old) if not _is_ours(found)}

    def kept(found: re.Match[bytes]) -> bytes:
        return found["head"] + found["action"] + b"@" + theirs.get(found["action"], found["pin"])

    return _ACTION.sub(kept, text)


def moved(text: bytes, press: Press, version: str) -> bytes:
    """Return ``text`` with every use of a press pinned to ``press``, and nothing else changed."""

    def to_press(found: re.Match[bytes]) -> bytes:
        ours = _OURS.fullmatch(found["action"])
        if ours is None:
            return found.group()
        action = f"{press.repository}/.github/actions/{ours['name'].decode()}"
        return found["head"] + f"{action}@{press.commit} # badgepress {version}".encode()

    commit = press.commit.encode()
    return _GITLAB.sub(lambda found: found["head"] + commit, _ACTION.sub(to_press, text))


def _is_ours(found: re.Match[bytes]) -> bool:
    return _OURS.fullmatch(found["action"]) is not None
