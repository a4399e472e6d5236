"""Surroundings of a run, as the corpus tells them: keys, clock, locale, folders. Read by rule."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any

from site_builder.keys.signing import Role, demo_signers, secret_multibase
from tests.bad_inputs import base, keyed
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.faked import ORDERS
from tests.bad_inputs.repository import Repo

NOON = datetime.combine(TODAY, time(12), UTC)
_DEMO_SEED = hashlib.sha256(b"badgepress demo issue key: published, never trust it").digest()
_KEYS = (
    (r"\bvalid\b", "valid"),
    (r"retired", "retired"),
    (r"compromised|revoked", "compromised"),
    (r"status", "status"),
    (r"fresh|other|unknown|unlisted|attacker", "stranger"),
)
"""Words of the corpus for a key, and which of ours is meant."""


@dataclass
class Surroundings:
    """Where and how the press is run: ``start`` is what Python is started with, ``env`` what it reads."""

    repo: Repo = field(default_factory=keyed.keyed_repo)
    env: dict[str, str | None] = field(default_factory=keyed.key_environment)
    start: dict[str, str | None] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    moment: datetime = NOON
    order: str = ""
    umask: int = -1
    wrap: tuple[str, ...] = ()
    place: str = "repository"
    output: str = ""

    @property
    def needs_a_start(self) -> bool:
        """True where a Python must be started in these surroundings."""
        return bool(self.start or self.wrap) or self.umask >= 0


def surroundings(told: Mapping[str, Any]) -> Surroundings:
    """Return the surroundings that an ``environment`` tells; raises ``Unmapped`` for one nobody knows."""
    found = Surroundings()
    for name, value in told.items():
        if name in _READERS:
            _READERS[name](found, value)
        elif re.fullmatch(r"[A-Z][A-Z0-9_]*", name) and (value is None or isinstance(value, str)):
            found.start[name] = value
        else:
            raise Unmapped(f"the runner does not know the environment's {name}")
    return found


def _signing_key(found: Surroundings, value: object) -> None:
    if value is None:
        found.env["BADGEPRESS_ISSUE_KEY"] = None
        return
    if not isinstance(value, str):
        raise Unmapped(f"a key is text, not {value!r}")
    words = re.fullmatch(r"(?P<before>[^<]*)(?:<(?P<name>[^<>]+)>)?(?P<after>[^<]*)", value, re.DOTALL)
    if words is None:
        raise Unmapped(f"the runner does not know the key {value!r}")
    text = words["before"] + (_named_key(found, words["name"]) if words["name"] else "") + words["after"]
    found.env["BADGEPRESS_ISSUE_KEY"] = text
    found.secrets += _spellings(text.strip())


def _named_key(found: Surroundings, name: str) -> str:
    """Return the key that ``<...>`` names; one of the documentation is listed, as who copies it would do."""
    for pattern, key in _KEYS:
        if re.search(pattern, name):
            return _spelled(keyed.seed(key), name)
    if re.search(r"test|document|demo|example|published", name):
        listed = found.repo.data(base.ISSUER)["keys"][keyed.ACTIVE]
        listed["public_key"] = demo_signers()[Role.ISSUE].public_key
        return _spelled(_DEMO_SEED, name)
    if "public" in name:
        return keyed.public("valid")
    raise Unmapped(f"the runner does not know the key <{name}>")


def _spelled(seed: bytes, name: str) -> str:
    if "hex" in name:
        return seed.hex().upper() if "upper" in name else seed.hex()
    return base64.b64encode(seed).decode() if "base64" in name else secret_multibase(seed)


def _spellings(key: str) -> list[str]:
    """Return what must not be seen of a key: as it was given, and as other programs would write it."""
    raw = key.encode()
    others = (raw.hex(), base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode())
    return [key, *others] if len(key) >= 16 and not key.startswith("z6Mk") else []


def _site_url(found: Surroundings, value: object) -> None:
    keyed.move_to(found.repo, str(value))


def _faketime(found: Surroundings, value: object) -> None:
    shifted = re.fullmatch(r"(?P<days>[+-]\d+) ?d(?:ays?)?", str(value))
    if shifted:
        found.moment = NOON + timedelta(days=int(shifted["days"]))
        return
    try:
        told = datetime.fromisoformat(str(value).removeprefix("@"))
    except ValueError as error:
        raise Unmapped(f"the runner does not know the time {value!r}") from error
    found.moment = told if told.tzinfo else told.replace(tzinfo=UTC)


def _umask(found: Surroundings, value: object) -> None:
    found.umask = int(str(value), 8)


def _wrap(found: Surroundings, value: object) -> None:
    words = tuple(shlex.split(str(value)))
    if not words or shutil.which(words[0]) is None:
        raise Unmapped(f"this machine has no {value!r}")
    found.wrap = words


def _repo_path(found: Surroundings, value: object) -> None:
    """Only the path's own names are strange: it stands in the runner's workspace all the same."""
    path = PurePosixPath(str(value).removeprefix("/tmp"))
    if ".." in path.parts:
        raise Unmapped(f"the runner does not write to {value!r}")
    found.place = str(path).lstrip("/")


def _readdir(found: Surroundings, value: object) -> None:
    if value not in ORDERS:
        raise Unmapped(f"the runner does not know the order {value!r}")
    found.order = str(value)


def _output(found: Surroundings, value: object) -> None:
    if not isinstance(value, str) or not value:
        raise Unmapped(f"the runner does not know the output {value!r}")
    found.output = value


_READERS: dict[str, Callable[[Surroundings, Any], None]] = {
    "signing_key": _signing_key,
    "site_url": _site_url,
    "faketime": _faketime,
    "umask": _umask,
    "wrap": _wrap,
    "repo_path": _repo_path,
    "readdir": _readdir,
    "output": _output,
}
