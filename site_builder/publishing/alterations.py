"""Which words were changed under a published badge: of the award, its credential, framework or issuer.

One change of a credential alters every badge of it, so it is told once, where the text stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.assembling.addresses import achievement_image
from site_builder.catalog.catalog import Achievement, Catalog, IssuedAward
from site_builder.models.shape import Location
from site_builder.problems import Problem
from site_builder.publishing.published import Published, PublishedSite
from site_builder.reading.document import Document
from site_builder.reading.repository import ISSUER, SETTINGS, Repository

_OF_AWARD = {
    "validFrom": "issued_on", "awardedDate": "issued_on", "validUntil": "expires", "evidence": "evidence",
    "credentialStatus": "status_index", "relatedResource": "parts", "id": "holder",
    "identifier": "commitments", "narrative": "assessed_by", "result": "results", "name": "credential",
}  # fmt: skip
"""The author's field behind each property of a badge; ``id`` and what follows belong to its subject."""
_OF_VERSION = {
    "achievementType": "kind", "name": "name", "description": "summary", "inLanguage": "language",
    "image": "image", "criteria": "criteria", "alignment": "competencies",
    "resultDescription": "level", "tag": "assessment", "creditsAvailable": "credit",
}  # fmt: skip
_STATEMENT = {"targetName", "targetDescription", "targetFramework"}
# What follows from the credential's own text, where that was changed.
_FOLLOWS = {"name", "validUntil", "result"}


class Places:
    """Finds the document, and with it the line, that a problem is about."""

    def __init__(self, repository: Repository) -> None:
        files = (*repository.awards, *repository.credentials, *repository.frameworks)
        self._documents: dict[str, Document] = {document.path: document for document in files}
        for path, document in ((ISSUER, repository.issuer), (SETTINGS, repository.settings)):
            if document is not None:
                self._documents[path] = document

    def of_award(self, issued: IssuedAward, code: str, message: str, hint: str) -> Problem:
        """Return a problem of one award, at its entry."""
        place = ("awards", issued.file.awards.index(issued.award))
        return self.of(issued.path, place, code, message, hint)

    def of(self, path: str, place: Location, code: str, message: str, hint: str) -> Problem:
        """Return a problem of one field of any file."""
        document = self._documents.get(path)
        if document is not None:
            return document.problem(place, code, message, hint)
        return Problem(path=path, code=code, message=message, hint=hint)


class Alterations:
    """Gathers what differs between published badges and what the repository says now."""

    def __init__(self, site: PublishedSite, catalog: Catalog, places: Places) -> None:
        self._site, self._catalog, self._places = site, catalog, places
        self._awards: list[Problem] = []
        self._versions: dict[tuple[str, str], set[str]] = {}
        self._statements: dict[str, set[str]] = {}
        self._issuer: set[str] = set()
        self._pictures: dict[tuple[str, str], bool] = {}

    def add(self, issued: IssuedAward, badge: Published, now: Mapping[str, Any]) -> None:
        """Take in one badge whose bytes would not come out of this build again."""
        was = badge.document
        fields = _differing(was, now) - {"issuer", "credentialSubject", "proof", "@context"}
        self._issuer |= _differing(_inner(was, "issuer"), _inner(now, "issuer"))
        subject, subject_now = _inner(was, "credentialSubject"), _inner(now, "credentialSubject")
        fields |= _differing(subject, subject_now) - {"achievement"}
        text, text_now = _inner(subject, "achievement"), _inner(subject_now, "achievement")
        if text.get("id") != text_now.get("id"):
            self._award(issued, badge, {"the credential's version"})
            return
        blamed = self._blame_texts(issued.achievement, text, text_now)
        if blamed:
            fields -= _FOLLOWS - ({"validUntil"} if issued.award.expires else set())
        elif fields == {"validUntil"} and issued.award.expires is None:
            self._versions.setdefault(issued.achievement.key, set()).add("valid_for")
            return
        others = was.get("issuer") != now.get("issuer")
        if fields or not (blamed or others):
            words = {_OF_AWARD.get(name, name) for name in fields} or {"its form"}
            self._award(issued, badge, words)

    def see(self, item: Achievement) -> None:
        """Compare the published picture of a version that has published badges; each version once."""
        if item.key not in self._pictures:
            path = achievement_image(*item.key, item.image.media_type)
            self._pictures[item.key] = self._site.file(path) not in (b"", item.image.published)
            if self._pictures[item.key]:
                self._versions.setdefault(item.key, set()).add("image")

    def problems(self) -> Iterator[Problem]:
        """Yield what was found: of each award, and once of each version, framework and issuer."""
        yield from self._awards
        for key, fields in sorted(self._versions.items()):
            yield self._version(key, fields)
        for framework, words in sorted(self._statements.items()):
            message = f"published badges quote framework {framework}, and {_changed(words)}"
            hint = (
                "put it back; a new statement needs a competency (or framework) with an id of its own, "
                "and a new version of each credential that uses it: badgepress new version; "
                f"{self._site.way_out}"
            )
            path = f"frameworks/{framework}.yaml"
            yield self._places.of(path, ("competencies",), "statement-changed", message, hint)
        if self._issuer:
            message = f"published badges name the issuer, and its {_changed(self._issuer)}"
            hint = (
                "put it back: a badge keeps the issuer's words of the day on which it was signed; "
                f"{self._site.way_out}"
            )
            yield self._places.of(ISSUER, (min(self._issuer),), "issuer-changed", message, hint)

    def _award(self, issued: IssuedAward, badge: Published, fields: set[str]) -> None:
        when = f", awarded on {badge.awarded}," if badge.awarded else ""
        message = f"award {issued.id}{when} was published with other content: {_changed(fields)}"
        hint = (
            f"put it back; badgepress replace {issued.id} makes a corrected award, badgepress revoke "
            f"{issued.id} withdraws it; {self._site.way_out}"
        )
        self._awards.append(self._places.of_award(issued, "issued-changed", message, hint))

    def _version(self, key: tuple[str, str], fields: set[str]) -> Problem:
        count = len(self._catalog.awards_of(key))
        awards = "1 award" if count == 1 else f"{count} awards"
        message = f"{key[0]} {key[1]} has {awards} on the published site, and {_changed(fields)}"
        hint = (
            "a version that has awards is frozen: put it back, and write the new text into a new version: "
            f"badgepress new version {key[0]}; {self._site.way_out}"
        )
        path = self._catalog.achievements[key].path
        return self._places.of(path, (min(fields),), "version-needed", message, hint)

    def _blame_texts(self, item: Achievement, was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
        """Take in what differs of a version's text; return True where anything does."""
        names = _differing(was, now)
        quoted = _quotes(was, now) if "alignment" in names else None
        for index, properties in (quoted or {}).items():
            aligned = item.competencies[index]
            words = {"the framework's name"} if "targetFramework" in properties else set()
            if properties - {"targetFramework"}:
                words.add(f"competency {aligned.competency.id}")
            self._statements.setdefault(aligned.framework.id, set()).update(words)
        fields = {_OF_VERSION.get(name, name) for name in names if not (name == "alignment" and quoted)}
        if fields:
            self._versions.setdefault(item.key, set()).update(fields)
        return bool(names)


def _quotes(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[int, set[str]] | None:
    """Return which statements of the same competencies read differently; ``None`` for other competencies."""
    old, new = was.get("alignment"), now["alignment"]
    if not isinstance(old, list) or len(old) != len(new) or not all(isinstance(one, dict) for one in old):
        return None
    found = {index: _differing(one, new[index]) for index, one in enumerate(old) if one != new[index]}
    return found if all(properties <= _STATEMENT for properties in found.values()) else None


def _inner(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = document.get(name)
    return value if isinstance(value, Mapping) else {}


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    return {name for name in {*was, *now} if was.get(name) != now.get(name)}


def _changed(fields: set[str]) -> str:
    *first, last = sorted(fields)
    return f"{', '.join(first)} and {last} were changed" if first else f"{last} was changed"
