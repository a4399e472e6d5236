"""What a change means for designers: texts, alignments, stacks, frameworks, links. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.catalog.changes import Change, Form, Value
from site_builder.changes.credentials import CredentialChange, What
from site_builder.changes.frameworks import FrameworkChange
from site_builder.changes.line import Line, counted, joined, line, listed
from site_builder.changes.meaning import Meaning
from site_builder.changes.stacks import StackChange

_SHORT = 48
"""Longer texts are not quoted: the difference itself shows them."""
_WORDS: dict[What, str] = {
    "added": "{kind} {{}} {{}} is new",
    "drafted": "{kind} {{}} {{}} is a draft: it is not published yet",
    "versioned": "{{}} {{}} is a new version",
    "published": "{kind} {{}} {{}} is published",
    "retired": "{{}} {{}} is retired: its page stays, it is no longer awarded",
    "reopened": "{{}} {{}} can be awarded again",
    "unpublished": "{{}} {{}} is a draft again: its pages leave the site",
    "reworded": "{{}} {{}} reads differently",
    "version-removed": "{{}} {{}} is removed: its pages leave the site, other versions stay",
    "removed": "{{}} {{}} is removed: its pages leave the site",
}
_UNITS: dict[Form, tuple[str, str]] = {"hours": ("hour", "hours"), "percent": ("%", "%")}


def for_designers(meant: Meaning) -> Iterator[Line]:
    """Yield the sentences for designers."""
    for change in meant.credentials:
        yield _credential(change)
        yield from _aligned(change)
    for stack in meant.stacks:
        yield from _stack(stack)
    for framework in meant.frameworks:
        yield from _framework(framework)
    yield from _texts(meant)
    for link in meant.besides.links:
        yield line(f"{{}}:{link.line} links to {{}}, which is gone", link.path, link.target)


def _credential(change: CredentialChange) -> Line:
    told = line(_WORDS[change.what].format(kind=change.kind), change.name, change.version)
    if change.previous and change.what == "versioned":
        told = joined((told, line("after {}", change.previous)), " ")
    apart = [one for one in change.changes if not one.field.startswith(("competency-", "part-"))]
    fields = [*map(_difference, apart), *(line(name.replace("_", " ")) for name in change.others)]
    frozen = change.what == "reworded" and change.holders
    told = joined((told, joined(fields, ", ")), ": ") if fields else told
    if frozen:
        held = counted(change.holders, "holder has", "holders have")
        told = joined((told, line(f"{held} this version, so signed words are frozen")))
    return told


def _difference(change: Change) -> Line:
    what = change.field.replace("-", " ")
    named = line(f"{what} of {{}}", change.subject) if change.subject else line(what)
    before, after = _value(change.before, change.form), _value(change.after, change.form)
    if before is None or after is None or change.form in ("passage", "image"):
        return named
    return joined((named, joined((before, after), " to ")), " from ")


def _value(value: Value | None, form: Form) -> Line | None:
    """Return a value that is short enough for a sentence; ``None`` for any other, and for none."""
    if isinstance(value, str):
        return line("{}", value) if value and len(value) <= _SHORT and "\n" not in value else None
    if value is None:
        return None
    one, many = _UNITS.get(form, ("", ""))
    return line(f"{value:g} {one if value == 1 else many}".rstrip())


def _aligned(change: CredentialChange) -> Iterator[Line]:
    """Yield what became of the competencies that a version is aligned to."""
    named = line("{} {}", change.name, change.version)
    for one in change.changes:
        if one.field == "competency-added":
            told = line("is aligned to {} ({}) now", one.subject, str(one.after))
        elif one.field == "competency-removed":
            told = line("is no longer aligned to {} ({})", one.subject, str(one.before))
        elif one.field == "competency-level":
            told = line("asks for {} at level {}, not {}", one.subject, str(one.after), str(one.before))
        else:
            continue
        yield joined((named, told), " ")


def _stack(stack: StackChange) -> Iterator[Line]:
    named = line("{} {}", stack.name, stack.version)
    if stack.added:
        yield joined((named, line("now also stacks from"), listed(stack.added)), " ")
    if stack.removed:
        yield joined((named, line("no longer stacks from"), listed(stack.removed)), " ")
    if stack.closed:
        yield joined((named, line("stacks from what is no longer awarded:"), listed(stack.closed)), " ")


def _framework(change: FrameworkChange) -> Iterator[Line]:
    words = {"added": "is new", "removed": "is removed", "changed": "changes"}[change.what]
    parts = [line(f"framework {{}} {{}} {words}", change.name, change.version)]
    for verb, names in (("adds", change.added), ("removes", change.removed), ("rewords", change.reworded)):
        if names and change.what == "changed":
            parts.append(joined((line(verb), listed(names)), " "))
    if change.fields:
        parts.append(line(f"other fields: {', '.join(change.fields)}"))
    yield joined(parts)
    if change.resting:
        versions = listed([" ".join(key) for key in change.resting])
        held = counted(change.holders, "holder")
        yield joined((line("on what it removes or rewords rest"), versions, line(f"({held})")), " ")


def _texts(meant: Meaning) -> Iterator[Line]:
    texts = meant.besides.texts
    for verb, names in (("new", texts.added), ("changed", texts.changed), ("removed", texts.removed)):
        if names:
            yield joined(
                (line(f"{verb} in docs/:"), listed([name.removeprefix("docs/") for name in names])), " "
            )
