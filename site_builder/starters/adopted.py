"""The files of an adopter's repository, what its people write, and what the press keeps up to date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from site_builder import __version__
from site_builder.models.json_schema import schema_files
from site_builder.starters.answers import Answers, Host, Press
from site_builder.starters.files import credential_files, framework_files, quoted
from site_builder.starters.filling import filled
from site_builder.starters.places import ignored, owners_path, where_it_stands

EXAMPLE, EXAMPLE_FRAMEWORK = "example-credential", "example-skills"

MACHINERY: Mapping[Host, Mapping[str, str]] = {
    "github": {
        ".github/workflows/check.yml": "github/check.yml",
        ".github/workflows/publish.yml": "github/publish.yml",
        ".github/dependabot.yml": "github/dependabot.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab/gitlab-ci.yml"},
    "s3": {".github/workflows/check.yml": "github/check.yml"},
    "server": {".github/workflows/check.yml": "github/check.yml"},
}
"""What runs at each host, by path, and the packaged text that it is made from."""

_MARKDOWN = re.compile(r"([\\`*_\[\]<>&#|~!])")


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public halves (Multikey) of the two keys that sign, and the day on which they were made."""

    issue: str
    status: str
    day: date


def machine_files(host: Host, press: Press, url: str) -> dict[str, bytes]:
    """Return what the press itself keeps up to date in an adopter's repository, by path.

    That is: what runs at the host, pinned to the commit of ``press``, and the JSON Schemas for editors.
    """
    slots = {
        "REPOSITORY": press.repository,
        "COMMIT": press.commit,
        "PIN": f"{press.commit} # badgepress {__version__}",
        "URL": url,
    }
    run = {path: filled(name, slots).encode() for path, name in MACHINERY[host].items()}
    return {**run, **schema_files()}


def adopted_files(answers: Answers, keys: PublicKeys) -> dict[str, bytes]:
    """Return by path what the people of a new repository will change; with ``machine_files`` it is whole.

    It passes ``check``. Its one credential is a draft and it has no award, so what is published first claims
    nothing about anybody.
    """
    slots = _slots(answers, keys)
    own = {
        "mkdocs.yml": "mkdocs.yml",
        "README.md": "README.md",
        ".gitignore": "gitignore",
        owners_path(answers.host): "CODEOWNERS",
        "credentials/issuer.yaml": "issuer.yaml",
        "credentials/issuer.svg": "issuer.svg",
        "issued/README.md": "issued.md",
    }
    texts = {path: filled(name, slots).encode() for path, name in own.items()}
    return {**texts, **_examples(keys.day)}


def _examples(day: date) -> dict[str, bytes]:
    framework = framework_files(id_=EXAMPLE_FRAMEWORK, name="Example skills")
    credential = credential_files(
        id_=EXAMPLE,
        name="Example credential",
        kind="nanocredential",
        level="foundational",
        competency=(EXAMPLE_FRAMEWORK, "first-competency"),
        part=None,
        day=day,
    )
    return {**framework, **credential}


def _slots(answers: Answers, keys: PublicKeys) -> dict[str, str]:
    slots = {
        "NAME": quoted(answers.name),
        "HEADING": _MARKDOWN.sub(r"\\\1", answers.name),
        "DESCRIPTION": quoted(f"{answers.name} awards the credentials on this site."),
        "COUNTRY": quoted(answers.country),
        "URL": answers.url,
        "HOME": quoted(answers.home),
        "DID": answers.did,
        "REPOSITORY": answers.press.repository,
        "OWNER": answers.owner or "@your-organisation/your-team",
        "UNOWNED": "" if answers.owner else "# ",
        "IGNORED": "".join(f"{line}\n" for line in ignored(answers.host)),
        "MACHINERY": "/.gitlab-ci.yml" if answers.host == "gitlab" else "/.github/      ",
        "ISSUE_KEY": keys.issue,
        "STATUS_KEY": keys.status,
        "DAY": keys.day.isoformat(),
        "YEAR": str(keys.day.year),
    }
    slots["HOW_TO_PUBLISH"] = filled(
        f"readme/{answers.host}.md", {**slots, "ADDRESS": where_it_stands(answers)}
    )
    return slots
