"""What ``mkdocs.yml`` may set.

MkDocs runs Python that its configuration names, and themes fetch fonts and scripts from other hosts. A pull
request that changes content must be able to do neither, so every setting that can is refused, and unknown
ones with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from site_builder.problems import Problem, shown
from site_builder.reading.document import Document
from site_builder.reading.locations import Location

_SETTINGS = frozenset(
    {
        "site_name",
        "site_url",
        "site_description",
        "site_author",
        "copyright",
        "repo_url",
        "repo_name",
        "edit_uri",
    }
    | {"nav", "not_in_nav", "exclude_docs", "draft_docs", "theme", "plugins", "markdown_extensions", "extra"}
    | {"extra_css", "validation", "use_directory_urls", "docs_dir", "site_dir", "strict", "dev_addr", "watch"}
)
_FIXED: Mapping[str, object] = {"docs_dir": "docs", "site_dir": "site", "use_directory_urls": True}
_PLUGINS = frozenset({"search", "badgepress"})
_EXTENSIONS = frozenset(
    {"admonition", "attr_list", "toc", "tables", "footnotes", "def_list", "md_in_html", "abbr"}
    | {"pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.highlight"}
)
_HOOKS = "build hooks, plugins and scripts that are not part of badgepress are not allowed"
_FOREIGN = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/")


class _Finding(NamedTuple):
    location: Location
    message: str
    hint: str


def settings_problems(settings: Document) -> list[Problem]:
    """Return a ``config-tampering`` problem for every setting that could run code or open another host."""
    return [
        settings.problem(finding.location, "config-tampering", finding.message, finding.hint)
        for finding in _findings(settings.data)
    ]


def _findings(data: Mapping[str, object]) -> Iterator[_Finding]:
    for name, value in data.items():
        if name not in _SETTINGS:
            yield _Finding((name,), f"the setting {shown(name, 40)} is not allowed", _HOOKS)
        elif name in _FIXED and value != _FIXED[name]:
            fixed = str(_FIXED[name]).lower()
            yield _Finding((name,), f"{name} must be {fixed}, not {shown(value, 40)}", "delete the line")
    yield from _outside(data.get("plugins"), "plugins", _PLUGINS, "plugin")
    yield from _outside(
        data.get("markdown_extensions"), "markdown_extensions", _EXTENSIONS, "Markdown extension"
    )
    yield from _theme(data.get("theme"))
    yield from _styles(data.get("extra_css"))
    extra = data.get("extra")
    if isinstance(extra, dict) and "analytics" in extra:
        yield _Finding(("extra", "analytics"), "analytics is not allowed", "no page opens another host")


def _named(value: object) -> Iterator[tuple[Location, str, object]]:
    """Yield each entry of a list of names or of names with options: its place, name and options."""
    if isinstance(value, dict):
        yield from (((name,), name, options) for name, options in value.items())
    for index, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield from (((index, name), name, options) for name, options in entry.items())
        else:
            yield (index,), str(entry), None


def _outside(value: object, setting: str, allowed: frozenset[str], what: str) -> Iterator[_Finding]:
    for where, name, options in _named(value):
        if name not in allowed:
            hint = f"allowed: {', '.join(sorted(allowed))}; {_HOOKS}"
            yield _Finding((setting, *where), f"the {what} {shown(name, 60)} is not allowed", hint)
        elif isinstance(options, dict) and "custom_fences" in options:
            hint = "a custom code block may run what stands in it"
            yield _Finding((setting, *where, "custom_fences"), "custom_fences is not allowed", hint)
    if isinstance(value, str):
        yield _Finding((setting,), f"{setting} must be a list, not {shown(value, 40)}", _HOOKS)


def _theme(theme: object) -> Iterator[_Finding]:
    options = theme if isinstance(theme, dict) else {"name": theme}
    if options.get("name") != "material":
        yield _Finding(
            ("theme", "name"), f"theme.name must be material, not {shown(options.get('name'), 40)}", ""
        )
    if "custom_dir" in options:
        yield _Finding(("theme", "custom_dir"), "theme.custom_dir is not allowed", "templates can run code")
    if options.get("font") is not False:
        yield _Finding(
            ("theme", "font"), "theme.font must be false", "otherwise pages fetch fonts from another host"
        )
    for name in ("logo", "favicon"):
        value = options.get(name)
        if isinstance(value, str) and (_FOREIGN.match(value) or _OUTSIDE.search(value)):
            yield _Finding(
                ("theme", name), f"theme.{name} must be a file below docs/", "no page opens another host"
            )


def _styles(styles: object) -> Iterator[_Finding]:
    for index, style in enumerate(styles if isinstance(styles, list) else []):
        if not isinstance(style, str) or not style.startswith("assets/") or _OUTSIDE.search(style):
            found = shown(style, 60)
            hint = "a style sheet of another host is not allowed"
            yield _Finding(
                ("extra_css", index), f"extra_css must name files below docs/assets/, not {found}", hint
            )
