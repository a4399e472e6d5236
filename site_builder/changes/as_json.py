"""What a change means, as JSON for machines: its shape is that of ``docs/schemas/diff.json``. Pure."""

from __future__ import annotations

from typing import Any

from site_builder.catalog.changes import Change
from site_builder.changes.awards import AwardChange
from site_builder.changes.credentials import CredentialChange
from site_builder.changes.events import KINDS
from site_builder.changes.frameworks import FrameworkChange
from site_builder.changes.meaning import Meaning
from site_builder.changes.stacks import StackChange
from site_builder.changes.telling import headline
from site_builder.problems import printable

Json = dict[str, Any]
FORMAT = 1
"""Raised where a reader of the old shape would go wrong; new fields may come without."""


def as_json(meant: Meaning) -> Json:
    """Return the change as one object; every field is always there. Authors' words are made printable."""
    besides, texts = meant.besides, meant.besides.texts
    made: Json = {
        "format": FORMAT,
        "summary": headline(meant).told(printable),
        "empty": meant.is_empty,
        "credentials": [_credential(one) for one in meant.credentials],
        "alignments": [entry for one in meant.credentials for entry in _alignments(one)],
        "stacks": [_stack(one) for one in meant.stacks],
        "awards": [_award(one) for one in meant.awards],
        "frameworks": [_framework(one) for one in meant.frameworks],
        "holders": {
            "affected": meant.holders_affected,
            "unaffected": meant.holders_unaffected,
            "kept": [
                {"credential": credential, "version": version, "name": name, "holders": count}
                for credential, version, name, count in meant.kept
            ],
            "stacks_incomplete": besides.incomplete,
            "stacks_complete_again": besides.complete_again,
        },
        "keys": [
            {"change": one.what, "id": one.id, "role": one.role, "signed": one.signed} for one in meant.keys
        ],
        "status_lists": {
            "before": meant.lists.before,
            "after": meant.lists.after,
            "changed": list(meant.lists.changed),
        },
        "issuer": list(meant.issuer),
        "settings": list(meant.settings),
        "address": dict(zip(("before", "after"), meant.address, strict=True)) if meant.address else None,
        "gone": [path.removesuffix("index.html") for path in besides.gone],
        "badges_gone": besides.badges_gone,
        "broken_links": [{"path": one.path, "line": one.line, "target": one.target} for one in besides.links],
        "pages": {
            "added": list(texts.added),
            "changed": list(texts.changed),
            "removed": list(texts.removed),
        },
        "unread": {"before": list(meant.unread_before), "after": list(meant.unread_after)},
    }
    printed = _printable(made)
    if not isinstance(printed, dict):
        raise TypeError("an object stays one")
    return printed


def _printable(node: Any) -> Any:
    if isinstance(node, str):
        return printable(node)
    if isinstance(node, list):
        return [_printable(one) for one in node]
    if isinstance(node, dict):
        return {key: _printable(value) for key, value in node.items()}
    return node


def _credential(change: CredentialChange) -> Json:
    apart = [one for one in change.changes if not one.field.startswith(("competency-", "part-"))]
    return {
        "change": change.what,
        "id": change.credential,
        "name": change.name,
        "kind": change.kind,
        "version": change.version,
        "previous": change.previous,
        "holders": change.holders,
        "fields": sorted(
            {*(one.field for one in apart), *(name.replace("_", "-") for name in change.others)}
        ),
    }


def _alignments(change: CredentialChange) -> list[Json]:
    found = [one for one in change.changes if one.field.startswith("competency-")]
    return [{"credential": change.credential, "version": change.version, **_alignment(one)} for one in found]


def _alignment(change: Change) -> Json:
    framework, competency = change.ids
    return {
        "change": change.field.removeprefix("competency-"),
        "framework": framework,
        "competency": competency,
        "before": change.before,
        "after": change.after,
    }


def _stack(change: StackChange) -> Json:
    return {
        "credential": change.credential,
        "version": change.version,
        "added": list(change.added),
        "removed": list(change.removed),
        "closed": list(change.closed),
        "complete_before": change.complete_before,
        "complete_after": change.complete_after,
        "stranded": change.stranded,
    }


def _award(change: AwardChange) -> Json:
    counts: Json = {kind: change.of(kind) for kind in KINDS}
    named = {"credential": change.credential, "version": change.version, "name": change.name}
    return {**named, **counts, "unaffected": change.unaffected}


def _framework(change: FrameworkChange) -> Json:
    return {
        "change": change.what,
        "id": change.framework,
        "name": change.name,
        "version": change.version,
        "competencies": {
            "added": list(change.added),
            "removed": list(change.removed),
            "reworded": list(change.reworded),
        },
        "fields": list(change.fields),
        "credentials": [{"credential": name, "version": version} for name, version in change.resting],
        "holders": change.holders,
    }
