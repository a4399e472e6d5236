"""What ``mkdocs.yml`` may set.

MkDocs runs Python that its configuration names, and themes fetch fonts and scripts from other hosts and write
settings into pages unescaped. A pull request that changes content must be able to do none of this, so only
settings that are known to be harmless are allowed, each with values that are (``settings_rules``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.problems import Problem, shown
from site_builder.reading.document import Document
from site_builder.reading.locations import Location, dotted
from site_builder.reading.settings_rules import (
    NO_OTHER_HOST,
    Rule,
    anything,
    docs_file,
    edit_address,
    fault,
    only,
    page_or_address,
    plain_option,
    plain_text,
    stylesheet,
    web_address,
    word,
)
from site_builder.text.fault import Fault

_HOOKS = "build hooks, plugins and scripts that are not part of badgepress are not allowed"
_ICON = word(r"[a-z0-9-]+(?:/[a-z0-9-]+)+", "the name of an icon such as material/menu")
_COLOUR = word(r"[a-z]+(?:[ -][a-z]+)*", "the name of a colour or scheme")

_SETTINGS: Mapping[str, Rule] = {
    **dict.fromkeys(("site_name", "site_description", "site_author", "copyright", "repo_name"), plain_text),
    "repo_url": web_address,
    "edit_uri": edit_address,
    "docs_dir": only("docs"),
    "site_dir": only("site"),
    "use_directory_urls": only(True),
    # The address is judged where it is used (models/settings.py); the others shape the build, not a page.
    **dict.fromkeys(("site_url", "not_in_nav", "exclude_docs", "draft_docs"), anything),
    **dict.fromkeys(("validation", "strict", "dev_addr", "watch"), anything),
    # Taken apart below.
    **dict.fromkeys(("nav", "theme", "plugins", "markdown_extensions", "extra", "extra_css"), anything),
}
_PLUGINS: Mapping[str, Mapping[str, Rule]] = {
    "search": {"lang": plain_option, "separator": plain_option},
    # judged in models/settings.py
    "badgepress": {"lint": anything, "languages": anything, "roster_columns": anything},
}
_EXTENSIONS = frozenset(
    {"admonition", "attr_list", "toc", "tables", "footnotes", "def_list", "md_in_html", "abbr"}
    | {"pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.highlight"}
)
_FUNCTIONS = frozenset({"custom_fences", "slugify"})
_THEME: Mapping[str, Rule] = {
    "name": only("material"),
    "font": anything,  # must be there, so it is judged by itself
    "language": word(r"[a-z]{2,3}(?:-[A-Za-z]+)?", "the code of a language such as en"),
    "direction": word(r"ltr|rtl", "ltr or rtl"),
    "logo": docs_file,
    "favicon": docs_file,
    **dict.fromkeys(("palette", "features", "icon"), anything),  # taken apart below
}
_PALETTE: Mapping[str, Rule] = {
    "media": word(r"\(prefers-color-scheme(?:: (?:light|dark))?\)", "a colour scheme's media query"),
    **dict.fromkeys(("scheme", "primary", "accent"), _COLOUR),
    "toggle": anything,  # taken apart below
}
_TOGGLE: Mapping[str, Rule] = {"icon": _ICON, "name": plain_text}
_FEATURE = word(r"[a-z]+(?:\.[a-z]+)*", "the name of a feature such as toc.follow")


class _Finding(NamedTuple):
    location: Location
    message: str
    hint: str


def settings_problems(settings: Document) -> list[Problem]:
    """Return a ``config-tampering`` problem for every setting that could act in a page or open a host."""
    return [
        settings.problem(finding.location, "config-tampering", finding.message, finding.hint)
        for finding in _findings(settings.data)
    ]


def _findings(data: Mapping[str, object]) -> Iterator[_Finding]:
    for name, value in data.items():
        if name in _SETTINGS:
            yield from _told((name,), _SETTINGS[name](value))
        else:
            yield _Finding((name,), f"the setting {shown(name, 40)} is not allowed", _HOOKS)
    yield from _plugins(data.get("plugins"))
    yield from _extensions(data.get("markdown_extensions"))
    yield from _theme(data.get("theme"))
    yield from _each(("extra_css",), data.get("extra_css", []), stylesheet, name="extra_css")
    yield from _fields(("extra",), data.get("extra") or {}, {})
    yield from _nav(("nav",), data.get("nav", []))


def _told(location: Location, found: Fault | None, name: str = "") -> Iterator[_Finding]:
    if found is not None:
        yield _Finding(location, f"{name or dotted(location)} {found.message}", found.hint)


def _fields(where: Location, value: object, rules: Mapping[str, Rule]) -> Iterator[_Finding]:
    """Yield what is wrong with a mapping that may have only the fields of ``rules``."""
    if not isinstance(value, dict):
        yield from _told(where, fault(f"must hold fields, not {shown(value, 40)}"))
        return
    for name, inner in value.items():
        rule = rules.get(name)
        if rule is None:
            allowed = f"allowed: {', '.join(sorted(rules))}" if rules else NO_OTHER_HOST
            yield from _told((*where, name), fault("is not allowed", allowed))
        else:
            yield from _told((*where, name), rule(inner))


def _each(where: Location, value: object, rule: Rule, name: str = "") -> Iterator[_Finding]:
    if not isinstance(value, list):
        yield from _told(where, fault(f"must be a list, not {shown(value, 40)}"))
    for index, item in enumerate(value if isinstance(value, list) else []):
        yield from _told((*where, index), rule(item), name)


def _named(value: object) -> Iterator[tuple[Location, str, object]]:
    """Yield each entry of a list of names or of names with options: its place, name and options."""
    if isinstance(value, dict):
        yield from (((name,), name, options) for name, options in value.items())
    for index, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield from (((index, name), name, options) for name, options in entry.items())
        else:
            yield (index,), str(entry), None


def _unknown(setting: str, value: object, allowed: Iterable[str], what: str) -> Iterator[_Finding]:
    names = sorted(allowed)
    for where, name, _ in _named(value):
        if name not in names:
            hint = f"allowed: {', '.join(names)}; {_HOOKS}"
            yield _Finding((setting, *where), f"the {what} {shown(name, 60)} is not allowed", hint)
    if value is not None and not isinstance(value, list | dict):
        yield _Finding((setting,), f"{setting} must be a list, not {shown(value, 40)}", _HOOKS)


def _plugins(value: object) -> Iterator[_Finding]:
    yield from _unknown("plugins", value, _PLUGINS, "plugin")
    for where, name, options in _named(value):
        # models/settings.py tells what is wrong with our own plugin's options.
        if name == "search" and options is not None:
            yield from _fields(("plugins", *where), options, _PLUGINS[name])


def _extensions(value: object) -> Iterator[_Finding]:
    setting = "markdown_extensions"
    yield from _unknown(setting, value, _EXTENSIONS, "Markdown extension")
    for where, name, options in _named(value):
        if name in _EXTENSIONS and options is not None and not isinstance(options, dict):
            yield from _told((setting, *where), fault(f"must hold fields, not {shown(options, 40)}"))
        elif name in _EXTENSIONS and isinstance(options, dict):
            for option, inner in options.items():
                place = (setting, *where, option)
                if option in _FUNCTIONS:
                    yield _Finding(place, f"{option} is not allowed", "it names a function that would run")
                else:
                    yield from _told(place, plain_option(inner), name=f"{name} option {option}")


def _theme(theme: object) -> Iterator[_Finding]:
    options = theme if isinstance(theme, dict) else {"name": theme}
    yield from _fields(("theme",), {"name": None, **options}, _THEME)
    if options.get("font") is not False:
        hint = "otherwise pages fetch fonts from another host"
        yield _Finding(("theme", "font"), "theme.font must be false", hint)
    yield from _each(("theme", "features"), options.get("features", []), _FEATURE)
    yield from _icons(("theme", "icon"), options.get("icon", {}))
    palette = options.get("palette", [])
    for where, choice in _choices(("theme", "palette"), palette):
        yield from _fields(where, choice, _PALETTE)
        if isinstance(choice, dict) and "toggle" in choice:
            yield from _fields((*where, "toggle"), choice["toggle"], _TOGGLE)


def _choices(where: Location, value: object) -> Iterator[tuple[Location, object]]:
    """Yield a palette, or each of a list of palettes."""
    if isinstance(value, list):
        yield from (((*where, index), item) for index, item in enumerate(value))
    else:
        yield where, value


def _icons(where: Location, value: object) -> Iterator[_Finding]:
    """Icons have names, and some stand in groups (``admonition``)."""
    if not isinstance(value, dict):
        yield from _told(where, fault(f"must hold fields, not {shown(value, 40)}"))
        return
    for name, inner in value.items():
        place = (*where, name)
        yield from _icons(place, inner) if isinstance(inner, dict) else _told(place, _ICON(inner))


def _nav(where: Location, value: object) -> Iterator[_Finding]:
    """The navigation: lists of pages, of titles with a page or an address, and of titles with lists."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _nav((*where, index), entry)
    elif isinstance(value, dict):
        for title, entry in value.items():
            place = (*where, title)
            yield from _told(place, plain_text(title), name="a title in nav")
            yield from _nav(place, entry)
    else:
        yield from _told(where, page_or_address(value), name="an entry of nav")
