"""Which press this is: the repository and the commit that it was installed from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_builder.reading.revision import Git, RevisionRefused
from site_builder.starters.answers import Press, press_from

_ON_GITHUB = re.compile(
    r"(?:(?:git\+)?https://(?:[^@/]*@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<repository>[^/\s]+/[^/\s]+?)(?:\.git)?/?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of this press: where it is None, `why` says what is missing. `altered` names a doubt."""

    press: Press | None
    why: str = ""
    altered: str = ""


def this_press() -> Found:
    """Return the press that runs: from what pip wrote down (PEP 610), or from git, in a clone."""
    try:
        recorded = distribution("badgepress").read_text("direct_url.json")
    except PackageNotFoundError:
        recorded = None
    if recorded is None:
        return Found(None, "it was not installed from a git repository")
    return from_direct_url(recorded)


def from_direct_url(recorded: str) -> Found:
    """Return what a ``direct_url.json`` says (PEP 610, Direct URL Data Structure): a commit, or a clone."""
    said = json.loads(recorded)
    url, commit = str(said.get("url", "")), str(said.get("vcs_info", {}).get("commit_id", ""))
    if said.get("vcs_info", {}).get("vcs") == "git":
        return _named(url, commit)
    if said.get("dir_info", {}).get("editable") and url.startswith("file://"):
        return from_clone(Path(unquote(urlsplit(url).path)))
    return Found(None, "it was not installed from a git repository")


def from_clone(root: Path) -> Found:
    """Return the press of a clone: the remote `origin`, and the commit that is checked out."""
    try:
        git = Git(root)
        commit = git.ask("rev-parse", "--verify", "HEAD^{commit}").decode("ascii").strip()
        changed = bool(git.ask("status", "--porcelain", "--untracked-files=no").strip())
        remote = git.ask("remote", "get-url", "origin").decode("utf-8", "replace").strip()
    except RevisionRefused as error:
        return Found(None, str(error))
    found = _named(remote, commit)
    if changed and found.press is not None:
        return Found(found.press, altered="the clone of the press has changes that its commit does not have")
    return found


def _named(url: str, commit: str) -> Found:
    """Return the press at ``commit`` of the repository at ``url``, which may hold a token and is not told."""
    match = _ON_GITHUB.fullmatch(url)
    press = press_from(f"{match['repository']}@{commit}") if match else None
    return Found(press, "" if press else "it comes from a repository that is not on github.com")
