"""What `badgepress init` asks for, and why an answer cannot be used.

The name goes into signed badges, into `mkdocs.yml` and into a page of Markdown, the press into workflows that
run where the keys are: each is judged before anything is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from site_builder.problems import shown
from site_builder.reading.settings_rules import plain_text
from site_builder.text.addresses import address_fault, did_web, site_address_fault
from site_builder.text.characters import character_fault
from site_builder.text.fault import Fault

Host = Literal["github", "gitlab", "s3", "server"]
HOSTS: tuple[Host, ...] = get_args(Host)

_LONGEST_NAME = 200
# GitHub and template engines replace what stands between such signs; no institution is called so.
_EXPRESSION = re.compile(r"\$\{\{|\{\{|\{%")
_PRESS = re.compile(
    r"(?P<repository>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9_.-]{1,100})@(?P<commit>[0-9a-f]{40})"
)
_OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:/[A-Za-z0-9_.-]{1,100})*")


@dataclass(frozen=True, slots=True)
class Press:
    """A press at one commit: `repository` is OWNER/REPO on GitHub, `commit` 40 hexadecimal digits."""

    repository: str
    commit: str

    def __str__(self) -> str:
        return f"{self.repository}@{self.commit}"


@dataclass(frozen=True, slots=True)
class Answers:
    """Who adopts the press, and where: each value has passed its rule here. `url` ends with a slash."""

    name: str
    url: str
    host: Host
    country: str
    home: str
    press: Press
    owner: str = ""

    @property
    def did(self) -> str:
        """The issuer's DID (did:web): below a path where the address has one."""
        return did_web(self.url)


def name_fault(name: str) -> Fault | None:
    """Return why ``name`` cannot be an institution's name on pages and badges, or None.

    Quotes, colons and other signs of YAML are good: they are written so that they read back as they are.
    """
    if not name.strip():
        return Fault("empty-text", "is empty", "write the institution's name")
    if name != name.strip():
        return Fault("bad-character", "begins or ends with a space", "delete it")
    if len(name) > _LONGEST_NAME:
        return Fault("too-long", f"has {len(name)} characters, at most {_LONGEST_NAME} are allowed")
    found = _EXPRESSION.search(name)
    if found is not None:
        hint = "programs replace what stands between such signs; leave them out"
        return Fault("bad-value", f"has {shown(found.group())}", hint)
    odd = character_fault(name, multiline=False)
    return odd or plain_text(name)


def site_fault(url: str) -> Fault | None:
    """Return why ``url`` cannot be the address of a site whose badges strangers will check, or None.

    More than ``site_url`` asks for: it is public, because it becomes part of every badge (did:web, 3.1).
    """
    fault = site_address_fault(url)
    if fault is None and address_fault(url) is not None and url.startswith("http://"):
        hint = "to look at a site on this machine use badgepress serve; it needs no address of its own"
        return Fault("bad-url", "must start with https://, not 'http://'", hint)
    return fault or address_fault(url)


def home_fault(url: str) -> Fault | None:
    """Return why ``url`` cannot stand in badges as the institution's own site, or None."""
    return address_fault(url)


def country_fault(country: str) -> Fault | None:
    """Return why ``country`` is no country (ISO 3166-1 alpha-2), or None."""
    if re.fullmatch("[A-Z]{2}", country):
        return None
    hint = "for instance CA for Canada, KE for Kenya"
    return Fault("bad-format", f"must be two capital letters (ISO 3166), not {shown(country)}", hint)


def owner_fault(owner: str) -> Fault | None:
    """Return why ``owner`` cannot stand in CODEOWNERS, or None; an empty one may."""
    if not owner or _OWNER.fullmatch(owner):
        return None
    return Fault(
        "bad-format", f"must be a person or a team, not {shown(owner)}", "such as @college/registrars"
    )


def press_from(text: str) -> Press | None:
    """Return the press that ``OWNER/REPO@COMMIT`` names; None for another form, such as a tag or a branch."""
    found = _PRESS.fullmatch(text)
    if found is None or found["repository"].endswith((".git", "/.", "/..")):
        return None
    return Press(found["repository"], found["commit"])
