"""What is to be written to a bucket, what goes, and what must never go. No bucket is asked here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from site_builder.publishing.moving import STEPS, step_of
from site_builder.publishing.published import MARKS
from site_builder.uploading.files import SiteFile

MARKER = ".badgepress"
"""Written before all else: a place that has it is a site of ours, or the beginning of one."""

Stage = tuple[int, int]
"""Objects of one stage may be written at once; a stage begins when the one before is there."""

_FIRST: Stage = (-1, 0)
_AWARD = re.compile(r"issued/([^/]+)/.+")
_BADGE = re.compile(r"issued/[^/]+/credential\.json")
_LIST = re.compile(r"status/[^/]+\.json")
_SEARCH = re.compile(r"assets/badgepress/index\.[^/]+\.js")
_LASTING = ("contexts/", "credentials/", "issuers/", "schemas/", "status/")
_KEYS = frozenset({"did.json", "did.js", ".well-known/did.json"})


@dataclass(frozen=True, slots=True)
class Stored:
    """An object in the bucket; ``e_tag`` has no quotes. It is the MD5 of the content on most servers."""

    size: int
    e_tag: str


def stage_of(path: str) -> Stage:
    """Return when a file comes to its place: what others rest on before what names it (DESIGN 7).

    Keys, lists, pictures and scripts; badges; their pages; the catalog's pages, those that lists name before
    the lists; the indexes.
    """
    if path == MARKER:
        return _FIRST
    if _SEARCH.fullmatch(path):
        return (STEPS[-1], 0)
    step = step_of(path)
    is_catalog = path.endswith(".html") and not path.startswith("issued/")
    return (step, -path.count("/") if is_catalog else 0)


def by_stage(paths: Iterable[str]) -> list[list[str]]:
    """Return the paths in the order of their stages, one list for each stage."""
    stages: dict[Stage, list[str]] = {}
    for path in paths:
        stages.setdefault(stage_of(path), []).append(path)
    return [sorted(stages[stage]) for stage in sorted(stages)]


def erased_awards(files: Collection[str]) -> set[str]:
    """Return the ids of awards that have a page and no badge: in a site that verified, those erased."""
    pages = {award for award in map(_award_of, files) if f"issued/{award}/index.html" in files}
    return {award for award in pages if f"issued/{award}/credential.json" not in files}


def lost(files: Mapping[str, SiteFile], stored: Collection[str]) -> list[str]:
    """Return the paths of published badges and status lists that the site lacks; erased ones apart."""
    erased = erased_awards(files)
    return sorted(
        path
        for path in stored
        if path not in files
        and (_LIST.fullmatch(path) or (_BADGE.fullmatch(path) and _award_of(path) not in erased))
    )


def is_list(path: str) -> bool:
    """Return True for the path of a status list."""
    return _LIST.fullmatch(path) is not None


def is_badge(path: str) -> bool:
    """Return True for the path of a badge."""
    return _BADGE.fullmatch(path) is not None


def may_go(path: str, erased: Collection[str]) -> bool:
    """Return True where an object that the site does not have (any more) is nothing that verifiers ask for.

    Keys, status lists, achievements, pictures of badges, whatever stands below an award: all that stays. Only
    what an erased award had goes.
    """
    if award := _award_of(path):
        return award in erased
    is_page = path.endswith(".html")
    return path != MARKER and path not in _KEYS and (is_page or not path.startswith(_LASTING))


def other_sites(stored: Iterable[str], files: Collection[str]) -> tuple[str, ...]:
    """Return the folders, each with its last slash, in which other sites stand below this one."""
    found = (path.rpartition("/") for path in stored if path not in files)
    return tuple({f"{folder}/" for folder, _, name in found if folder and name in MARKS})


def looks_the_same(file: SiteFile, stored: Stored) -> bool:
    """Return True where the listing says that the object has the content of the file."""
    return file.size == stored.size and file.md5 == stored.e_tag


def _award_of(path: str) -> str:
    found = _AWARD.fullmatch(path)
    return found[1] if found else ""
