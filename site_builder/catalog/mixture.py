"""What may not change together: who signs, what runs, and what is signed. Two states compared. Pure.

Keys, machinery and content have reviewers of their own (CODEOWNERS). In one change a new key could hide
behind a hundred awards, or a workflow behind a new credential, and who reads the one cannot judge the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.problems import Problem, printable
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository

_OF_ISSUER = ("keys", "moved_from")
_OF_SETTINGS = ("site_url",)
"""The issuer's DID, by which verifiers find its keys, follows from the address."""


def mixture_problems(old: Repository, new: Repository, machinery: Sequence[str] = ()) -> Iterator[Problem]:
    """Yield a problem for each field of the keys, and one for the machinery, that changed beside content.

    ``machinery`` holds the paths of the files that run on the press's machines and that differ. Content is
    every spec, framework, picture and award. Where there was no issuer yet all begins, and nothing is mixed.
    """
    if old.issuer is None:
        return
    content = changed_content(old, new)
    if not content:
        return
    hint = "give the keys a change of their own; if they changed on the other branch, merge that first"
    for field, document in _changed_keys(old, new):
        name = "the keys" if field == "keys" else field
        message = f"{name} may not change together with content, which here is {_told(content)}"
        yield document.problem((field,), "mixed-change", message, hint)
    if machinery:
        also = f" (and {len(machinery) - 1} more like it)" if len(machinery) > 1 else ""
        message = f"what runs{also} may not change together with content, which here is {_told(content)}"
        hint = "give it a change of its own; if it changed on the other branch, merge that first"
        yield Problem(path=printable(machinery[0]), code="mixed-change", message=message, hint=hint)


def changed_content(old: Repository, new: Repository) -> list[str]:
    """Return the paths of specs, frameworks, pictures and award files that are new, gone or other ones."""
    before, after = _content(old), _content(new)
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _content(repository: Repository) -> dict[str, bytes]:
    documents = (*repository.credentials, *repository.frameworks, *repository.awards)
    texts = {document.path: _plain(document.raw) for document in documents}
    return {**texts, **{path: _plain(raw) for path, raw in repository.images.items()}}


def _plain(raw: bytes) -> bytes:
    """Return bytes as git keeps them, whatever ends the lines of a checkout."""
    return raw.replace(b"\r\n", b"\n")


def _changed_keys(old: Repository, new: Repository) -> Iterator[tuple[str, Document]]:
    states = ((_OF_ISSUER, old.issuer, new.issuer), (_OF_SETTINGS, old.settings, new.settings))
    for fields, before, after in states:
        if before is not None and after is not None:
            yield from ((name, after) for name in fields if before.data.get(name) != after.data.get(name))


def _told(paths: Sequence[str]) -> str:
    more = len(paths) - 1
    others = f" and {more} other file{'s' if more > 1 else ''}" if more else ""
    return f"{printable(paths[0])}{others}"
