"""What a page says in schema.org's words: JSON-LD for search engines and for tools that collect courses.

It says nothing that the page itself does not show, and a course only where one can still be taken. The block
is data: its type is no script's, so the Content Security Policy lets it stand and no browser runs it
(HTML, section 4.12.1). Names of types and properties are those of schema.org 29.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.assembling.addresses import (
    achievement_image,
    competency_page,
    credential_page,
    framework_page,
    issuer_image,
    issuer_page,
    version_page,
)
from site_builder.catalog.catalog import Achievement, Aligned, Catalog
from site_builder.models.credential import CredentialSpec, Mode
from site_builder.models.framework import Competency, Framework
from site_builder.pages.breadcrumbs import breadcrumbs
from site_builder.pages.page import HOME
from site_builder.pages.view import View

Node = dict[str, Any]

_CONTEXT = "https://schema.org"
_MODES: Mapping[Mode, str] = {
    "on-site": "onsite",
    "online": "online",
    "blended": "blended",
    "workplace": "onsite",
}
"""The words that schema.org names for ``courseMode``; a workplace is a site."""


def structured_data(view: View, titles: Mapping[str, str]) -> dict[str, str]:
    """Return the JSON-LD text of each page of this language that has any, by the page's key.

    ``titles`` are the pages' titles by key; the steps that lead to a page are called by them. The text can
    stand in a ``script`` element as it is: nothing in it ends that element.
    """
    found: defaultdict[str, list[Node]] = defaultdict(list)
    for key, node in _Telling(view).nodes():
        found[key].append(node)
    for key in titles:
        found[key] += breadcrumbs(view, key, titles)
    return {key: data_block({"@context": _CONTEXT, "@graph": nodes}) for key, nodes in found.items() if nodes}


def data_block(document: Node) -> str:
    """Return ``document`` as JSON that cannot leave the ``script`` element it stands in.

    ``<`` would begin a tag or a comment there, and ``&`` is escaped for readers that take the page for XML.
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


class _Telling:
    """One language's pages in schema.org's words.

    What a thing is called (``@id``) is the same in every language; where it is shown (``url``) is not.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._catalog: Catalog = view.catalog
        self._language = view.words.language

    def nodes(self) -> Iterator[tuple[str, Node]]:
        """Yield page keys, each with one thing that the page is about."""
        yield from self._home()
        for item in self._catalog.achievements.values():
            yield from self._credential(item)
        for framework in self._catalog.frameworks.values():
            yield framework_page(framework.id), self._framework(framework)
            for competency in framework.competencies:
                yield competency_page(framework.id, competency.id), self._competency(framework, competency)
        yield issuer_page(self._catalog.issuer.id), self._organization(whole=True)

    def _home(self) -> Iterator[tuple[str, Node]]:
        yield (
            HOME,
            {
                "@type": "WebSite",
                "@id": self._id(HOME, "site"),
                "name": self._catalog.settings.site_name,
                "url": self._url(HOME),
                "inLanguage": self._language,
                "publisher": {"@id": self._id(issuer_page(self._catalog.issuer.id), "issuer")},
            },
        )
        yield HOME, self._organization(whole=False)

    def _credential(self, item: Achievement) -> Iterator[tuple[str, Node]]:
        """Yield the credential for the page of its version; the current one has a page of its own, too."""
        yield version_page(*item.key), self._occupational(item, version_page(*item.key))
        if item.is_current:
            page = credential_page(item.spec.id)
            yield page, self._occupational(item, page)
            if item.spec.status == "active":
                yield page, self._course(item, page)

    def _occupational(self, item: Achievement, page: str) -> Node:
        words, spec = self._view.words, item.spec
        image = achievement_image(*item.key, item.image.media_type)
        node: Node = {
            "@type": "EducationalOccupationalCredential",
            "@id": self._id(page, "credential"),
            **self._described(spec),
            "url": self._url(page),
            "image": self._view.at.url(image),
            "version": spec.version,
            "credentialCategory": words(f"terms.kind.{spec.kind}"),
            "educationalLevel": words(f"terms.level.{spec.level}"),
            "competencyRequired": [self._required(aligned) for aligned in item.competencies],
            "provider": self._issuer_reference(),
        }
        return node | ({"validFor": spec.valid_for} if spec.valid_for else {})

    def _course(self, item: Achievement, page: str) -> Node:
        """Return the course that leads to a credential which can still be earned."""
        words, spec = self._view.words, item.spec
        node: Node = {
            "@type": "Course",
            "@id": self._id(page, "course"),
            **self._described(spec),
            "url": self._url(page),
            "inLanguage": spec.language,
            # What the credential beside it has said already is only named.
            "provider": {"@id": self._id(issuer_page(self._catalog.issuer.id), "issuer")},
            "educationalCredentialAwarded": {"@id": self._id(page, "credential")},
            "educationalLevel": words(f"terms.level.{spec.level}"),
            "teaches": [{"@id": self._required(aligned)["@id"]} for aligned in item.competencies],
        }
        instance = _instance(spec)
        return node | {
            **({"coursePrerequisites": spec.prerequisites} if spec.prerequisites else {}),
            **({"hasCourseInstance": instance} if instance else {}),
            **({"offers": {"@type": "Offer", "url": spec.enrol}} if spec.enrol else {}),
        }

    def _described(self, spec: CredentialSpec) -> Node:
        told = spec.told_in(self._language)
        return {"name": told.name.words, "description": told.summary.words}

    def _framework(self, framework: Framework) -> Node:
        return {
            "@type": "DefinedTermSet",
            "@id": self._id(framework_page(framework.id), "framework"),
            "name": framework.name,
            "description": " ".join(framework.description.split()),
            "url": self._url(framework_page(framework.id)),
            "inLanguage": framework.language,
            "hasDefinedTerm": [self._term(framework, competency) for competency in framework.competencies],
        }

    def _competency(self, framework: Framework, competency: Competency) -> Node:
        return {
            **self._term(framework, competency),
            "description": competency.description,
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "@id": self._id(framework_page(framework.id), "framework"),
                "name": framework.name,
                "url": self._url(framework_page(framework.id)),
            },
        }

    def _required(self, aligned: Aligned) -> Node:
        """Return the competency with the sentence for the level at which it is shown."""
        page = framework_page(aligned.framework.id)
        return {
            **self._term(aligned.framework, aligned.competency),
            "description": aligned.statement,
            "inDefinedTermSet": {"@id": self._id(page, "framework")},
        }

    def _term(self, framework: Framework, competency: Competency) -> Node:
        page = competency_page(framework.id, competency.id)
        return {
            "@type": "DefinedTerm",
            "@id": self._id(page, "competency"),
            "name": competency.name,
            "url": self._url(page),
        }

    def _organization(self, *, whole: bool) -> Node:
        issuer = self._catalog.issuer
        node: Node = {
            "@type": "EducationalOrganization",
            "@id": self._id(issuer_page(issuer.id), "issuer"),
            "name": issuer.name,
            "logo": self._view.at.url(issuer_image(self._catalog.issuer_image.media_type)),
        }
        if not whole:
            return node | {"url": self._url(issuer_page(issuer.id))}
        region = {"addressRegion": issuer.region} if issuer.region else {}
        return node | {
            "url": issuer.url,
            "description": " ".join(issuer.description.split()),
            "address": {"@type": "PostalAddress", "addressCountry": issuer.country, **region},
        }

    def _issuer_reference(self) -> Node:
        """Return the issuer by name, for readers that do not follow ``@id`` to another page."""
        issuer = self._catalog.issuer
        return {
            "@type": "EducationalOrganization",
            "@id": self._id(issuer_page(issuer.id), "issuer"),
            "name": issuer.name,
            "url": self._url(issuer_page(issuer.id)),
        }

    def _id(self, key: str, fragment: str) -> str:
        return f"{self._view.at.url(key)}#{fragment}"

    def _url(self, key: str) -> str:
        return self._view.at.url(self._view.place(key))


def _instance(spec: CredentialSpec) -> Node:
    """Return how the course is taken; empty where the spec says neither place nor workload."""
    facts = {
        **({"courseMode": _MODES[spec.participation.mode]} if spec.participation else {}),
        **({"courseWorkload": duration(spec.workload.hours)} if spec.workload else {}),
    }
    return {"@type": "CourseInstance", **facts} if facts else {}


def duration(hours: float) -> str:
    """Return hours as an ISO 8601 duration, to the minute.

    >>> duration(7.5)
    'PT7H30M'
    """
    whole, minutes = divmod(round(hours * 60), 60)
    return "PT" + (f"{whole}H" if whole else "") + (f"{minutes}M" if minutes or not whole else "")
