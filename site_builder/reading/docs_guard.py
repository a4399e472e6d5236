"""What may stand below ``docs/``: pages and images, nothing that runs, nothing where the press writes."""

from __future__ import annotations

import re

from site_builder.problems import Problem, printable
from site_builder.reading.strict_yaml import parse
from site_builder.text import Fault
from site_builder.text.pages import page_fault

_IMAGES = frozenset({"svg", "png", "jpg", "jpeg", "webp", "woff2"})
_GENERATED_FOLDERS = frozenset(
    {"issued", "credentials", "status", "verify", "frameworks", "issuers", ".well-known", "search"}
)
_GENERATED_FILES = frozenset(
    {
        "did.json",
        "catalog.json",
        "sitemap.xml",
        "sitemap.xml.gz",
        ".nojekyll",
        "404.html",
        "feed.xml",
        "index.html",
    }
)
_HOST_FILES = frozenset(
    {
        "cname",
        "_redirects",
        "_headers",
        ".htaccess",
        "robots.txt",
        "web.config",
        "netlify.toml",
        "vercel.json",
    }
    | {
        "_config.yml",
        "_worker.js",
        "crossdomain.xml",
        ".nojekyll",
        "wrangler.toml",
        "staticwebapp.config.json",
    }
)
_NAME = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}")
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?P<fields>.*?\n)(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
# MkDocs also takes lines such as `template: x` at the very start, without dashes (MultiMarkdown).
_BARE_FIELD = re.compile(r"(?:[A-Za-z0-9_-]+[ \t]*:.*\n)*?template[ \t]*:", re.IGNORECASE)


def place_fault(parts: tuple[str, ...], *, is_folder: bool) -> Fault | None:
    """Return why nothing may stand at this path (``parts`` begins with ``docs``), whatever is in it."""
    lowered = tuple(part.lower() for part in parts[1:])
    name = lowered[-1]
    if not _NAME.fullmatch(parts[-1]):
        rule = "has a character that is not allowed; pages use a-z, 0-9, dash, underscore and dot"
        return Fault("bad-file-name", f"the file name {rule}", "rename the file")
    if not is_folder and name in _HOST_FILES:
        message = (
            "the file changes how the host serves the site, or its domain; it is set in the configuration"
        )
        return Fault("reserved-file", message, "delete the file; the address is site_url in mkdocs.yml")
    generated = lowered[0] in _GENERATED_FOLDERS and (len(lowered) > 1 or not is_folder)
    if (
        generated
        or lowered[:2] == ("assets", "badgepress")
        or (len(lowered) == 1 and name in _GENERATED_FILES)
    ):
        return Fault("output-collision", "the path is reserved for generated files", "choose another place")
    return None if is_folder else _kind_fault(parts, name)


def _kind_fault(parts: tuple[str, ...], name: str) -> Fault | None:
    kind = name.rpartition(".")[2] if "." in name else ""
    if kind == "md" or kind in _IMAGES:
        return None
    if (kind == "css" and parts[1] == "assets") or (kind == "json" and parts[1] == "schemas"):
        return None
    hint = "style sheets go below docs/assets/" if kind == "css" else "write the page in Markdown"
    return Fault("active-content", "only Markdown and images may be added", hint)


def page_problem(path: str, raw: bytes) -> Problem | None:
    """Return what a Markdown page may not do: choose its template, or hold something that runs."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"the file must be UTF-8, byte 0x{raw[error.start]:02X} at line {line} is not"
        return _problem(path, Fault("not-utf8", message, "save the file as UTF-8"), line)
    front = _FRONT_MATTER.match(text)
    fault = _front_matter_fault(path, front["fields"] if front else "", text)
    if fault is not None:
        return _problem(path, fault, 1)
    active = page_fault(text[front.end() :] if front else text)
    if active is None:
        return None
    skipped = text.count("\n", 0, front.end()) if front else 0
    return _problem(path, active.fault, active.line + skipped)


def _front_matter_fault(path: str, fields: str, text: str) -> Fault | None:
    parsed = parse(path, fields) if fields.strip() else None
    if parsed is not None and parsed.data is None:
        return Fault(
            "active-content", "the front matter must be plain fields", "write field: text on each line"
        )
    names = {name.lower() for name in (parsed.data or {})} if parsed else set()
    if "template" in names or _BARE_FIELD.match(text):
        return Fault("active-content", "a page may not choose its template", "delete the line template:")
    return None


def _problem(path: str, fault: Fault, line: int) -> Problem:
    return Problem(
        path=printable(path),
        code=fault.code,
        message=fault.message,
        line=line,
        hint=fault.hint,
        severity=fault.severity,
    )
