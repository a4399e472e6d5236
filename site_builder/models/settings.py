"""What the press needs from ``mkdocs.yml``: the site's name and address, and our plugin's options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from site_builder.messages import LANGUAGES
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document
from site_builder.text.addresses import PREVIEW_ADDRESS, site_address_fault

Lint = Literal["eu-2022", "none"]
LINTS: tuple[Lint, ...] = get_args(Lint)
_OPTIONS = ("lint", "languages", "roster_columns")

ROSTER_FIELDS: tuple[str, ...] = (
    *("email", "name", "first_name", "last_name", "credential", "issued_on", "score", "level", "holder"),
    *("evidence_name", "evidence_url", "evidence_narrative", "evidence_genre", "expires"),
)
"""What a column of a class list may hold."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's settings. ``site_url`` ends with a slash."""

    site_name: str
    site_url: str
    lint: Lint = "eu-2022"
    languages: tuple[str, ...] = LANGUAGES[:1]
    """The languages of the catalog's pages, each once; the first is that of the pages at the site's root."""
    roster_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """What columns of the site's own class lists are called, by field (``ROSTER_FIELDS``); added to ours."""


def read_settings(
    document: Document | None, site_url: str | None = None
) -> tuple[Settings | None, list[Problem]]:
    """Return the settings in ``mkdocs.yml``, or the problems that keep them from being used.

    ``site_url`` replaces the address in the file, for previews and tests; what is wrong with it is told
    without a line, because it stands in no file.
    """
    if document is None:
        return None, []
    problems = [*_name_problems(document), *_address_problems(document, site_url)]
    problems += _option_problems(document)
    if problems:
        return None, problems
    address = str(document.data["site_url"]) if site_url is None else site_url
    options = _options(document)
    name = str(document.data["site_name"])
    languages = tuple(options.get("languages", LANGUAGES[:1]))
    columns = {field: tuple(names) for field, names in options.get("roster_columns", {}).items()}
    lint = options.get("lint", "eu-2022")
    return Settings(name, address.rstrip("/") + "/", lint, languages, columns), []


def _name_problems(document: Document) -> list[Problem]:
    name = document.data.get("site_name")
    if isinstance(name, str) and name.strip():
        return []
    return [document.problem(("site_name",), "missing-field", "field site_name is missing or not text")]


def _address_problems(document: Document, given: str | None) -> list[Problem]:
    address = document.data.get("site_url") if given is None else given
    if not isinstance(address, str):
        hint = "write the address at which the site will be published, such as https://badges.example.org/"
        message = "field site_url is missing or not text"
        return [document.problem(("site_url",), "missing-field", message, hint)]
    if given is None and address.rstrip("/") + "/" == PREVIEW_ADDRESS:
        hint = (
            "write the address at which the site will be published; see a preview: badgepress build --preview"
        )
        return [document.problem(("site_url",), "bad-url", "site_url is the address of previews", hint)]
    fault = site_address_fault(address)
    if fault is None or not fault.is_error:
        return []
    if given is not None:
        message = f"the address given instead of site_url {fault.message}"
        return [Problem(path=document.path, code=fault.code, message=message, hint=fault.hint)]
    return [document.problem(("site_url",), fault.code, f"site_url {fault.message}", fault.hint)]


def _options(document: Document) -> dict[str, Any]:
    """Return the options of our plugin, wherever among the plugins it stands."""
    plugins = document.data.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]  # MkDocs takes a list or a mapping
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("badgepress"), dict):
            return dict(entry["badgepress"])
    return {}


def _option_problems(document: Document) -> list[Problem]:
    options = _options(document)
    where = ("plugins",)
    found = []
    for key in options:
        if key not in _OPTIONS:
            message = f"unknown option {shown(key)} of badgepress"
            found.append(document.problem(where, "unknown-field", message, did_you_mean(str(key), _OPTIONS)))
    lint = options.get("lint", "eu-2022")
    if lint not in LINTS:
        message = f"lint must be {' or '.join(LINTS)}, not {shown(lint)}"
        found.append(document.problem(where, "bad-choice", message))
    fault = _languages_fault(options.get("languages", list(LANGUAGES[:1])))
    if fault is not None:
        found.append(document.problem(where, *fault))
    for fault in _columns_faults(options.get("roster_columns", {})):
        found.append(document.problem(where, *fault))
    return found


def _languages_fault(value: object) -> tuple[str, str, str] | None:
    """Return code, message and hint for what is wrong with the list of languages, or ``None``."""
    hint = "the first is the one that the site opens in"
    if value is None:
        return "wrong-type", "languages is empty: expected a list such as [en, fr], found nothing", hint
    if not isinstance(value, list):
        return "wrong-type", f"languages must be a list such as [en, fr], not {shown(value)}", hint
    if not value:
        return "empty-list", "languages is an empty list: it must have at least one entry", hint
    for position, tag in enumerate(value):
        if tag not in LANGUAGES:
            known = f"the interface is written in {', '.join(LANGUAGES)}"
            return "bad-choice", f"languages has no pages in {shown(tag)}", known
        if tag in value[:position]:
            return "duplicate-entry", f"languages has {shown(tag)} twice", "remove one of the two"
    return None


def _columns_faults(value: object) -> list[tuple[str, str, str]]:
    """Return code, message and hint of each thing that is wrong with the names of roster columns."""
    hint = 'write a field and its columns, such as email: ["Courriel"]'
    if not isinstance(value, dict):
        found = "nothing" if value is None else shown(value)
        return [("wrong-type", f"roster_columns must be a mapping, not {found}", hint)]
    faults = []
    for key, names in value.items():
        if key not in ROSTER_FIELDS:
            message = f"roster_columns has no field {shown(key)}"
            faults.append(("unknown-field", message, did_you_mean(str(key), ROSTER_FIELDS)))
        elif not isinstance(names, list) or not names:
            message = f"roster_columns: {key} must be a list of column names, not {shown(names)}"
            faults.append(("wrong-type", message, hint))
        elif not all(isinstance(name, str) and name.strip() for name in names):
            message = f"roster_columns: {key} must be a list of texts that are not empty"
            faults.append(("wrong-type", message, "put a name that looks like a number in quotes"))
    return [*faults, *_shared_columns(value)]


def _shared_columns(value: Mapping[object, object]) -> list[tuple[str, str, str]]:
    """Return a fault for each name that two fields claim."""
    owners: dict[str, object] = {}
    faults = []
    for key, names in value.items():
        for name in names if isinstance(names, list) else []:
            owner = owners.setdefault(str(name).strip().casefold(), key)
            if owner != key:
                message = f"roster_columns has {shown(name)} for {shown(owner)} and for {shown(key)}"
                faults.append(("duplicate-entry", message, "a column holds one thing; remove one of the two"))
    return faults
