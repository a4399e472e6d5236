"""The catalog as readers of one language see it: where its pages stand, and how its templates are filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from site_builder.assembling import addresses
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.exports.html import relative, templates
from site_builder.messages import Words, load
from site_builder.models.credential import LEVELS
from site_builder.pages.facts import facts, hours
from site_builder.pages.page import CREDENTIALS, FRAMEWORKS, HOME, LISTED, Page

_NAMES = {
    "LEVELS": LEVELS,
    "HOME": HOME,
    "CREDENTIALS": CREDENTIALS,
    "FRAMEWORKS": FRAMEWORKS,
    "LISTED": LISTED,
    "credential_page": addresses.credential_page,
    "version_page": addresses.version_page,
    "framework_page": addresses.framework_page,
    "competency_page": addresses.competency_page,
    "issuer_page": addresses.issuer_page,
    "award_page": addresses.award_page,
    "achievement_json": addresses.achievement_json,
}
"""What every template knows besides the values it is given."""


@dataclass(frozen=True, slots=True)
class View:
    """The catalog in one language. ``prefix`` is empty for the site's first language, else ``fr/``."""

    catalog: Catalog
    at: Addresses
    words: Words
    prefix: str = ""

    def place(self, key: str) -> str:
        """Return the path, in this language, of the page that has the path ``key`` in the first one."""
        return self.prefix + key

    def page(
        self,
        key: str,
        *,
        title: str,
        description: str,
        template: str,
        values: Mapping[str, object],
        searchable: bool = True,
        scripts: tuple[str, ...] = (),
    ) -> Page:
        """Return the page ``key``; its template is filled with ``values`` when its HTML is asked for.

        In templates ``page(key)`` is the link to a page of the catalog in the same language, ``link(path)``
        the link to any other file of the site, and ``image_of(item)`` the one to a version's badge image.
        """
        path = self.place(key)
        return Page(
            path=path,
            key=key,
            language=self.words.language,
            title=title,
            description=description,
            render=lambda: self._filled(path, template, values),
            searchable=searchable,
            scripts=scripts,
        )

    def _filled(self, path: str, template: str, values: Mapping[str, object]) -> str:
        return (
            templates("site_builder.pages", self.words)
            .get_template(template)
            .render(
                {
                    **_NAMES,
                    "view": self,
                    "page": lambda target: relative(path, self.place(target)),
                    "link": partial(relative, path),
                    "image_of": partial(_image, path),
                    "facts": partial(facts, self.words),
                    "hours": partial(hours, self.words),
                    **values,
                }
            )
        )


def views(catalog: Catalog, at: Addresses) -> list[View]:
    """Return the views of the site, its first language first."""
    first, *others = catalog.settings.languages
    return [
        View(catalog, at, load(first)),
        *(View(catalog, at, load(language), f"{language}/") for language in others),
    ]


def _image(path: str, item: Achievement) -> str:
    return relative(path, addresses.achievement_image(*item.key, item.image.media_type))
