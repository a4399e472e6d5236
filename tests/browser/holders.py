"""Award pages as their holders open them: the world of holders, served and as a folder, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page

from site_builder.assembling.addresses import award_page
from site_builder.catalog.catalog import Catalog, ErasedAward, IssuedAward
from site_builder.identity.claims import Opening, claim_link
from site_builder.identity.commitments import commitment
from site_builder.identity.values import FIELDS, Field
from site_builder.keys import load_roster_key
from site_builder.models.award import AwardFile
from tests.support.browser import Watched
from tests.verifying.world import Json, World

# Awards of the world in which holders live: made with the demo roster key, so that links can be made.
ADA, OTHER, NAMELESS, ENDED, CORRECTED, CORRECTION, CONTINUED, RENEWAL, ERASED = (
    f"aaaaaaaa-0000-4000-8000-00000000000{number}" for number in range(1, 10)
)
HOLDERS: dict[str, dict[Field, str]] = {
    ADA: {"name": "Ada Lovelace", "email": "ada@example.org"},
    OTHER: {"name": "Zoe\N{COMBINING DIAERESIS} İnci", "email": "ZOË.İ@example.org"},
    NAMELESS: {"email": "grace@example.org"},
    ENDED: {"name": "عائشة الباعونية", "email": "aisha@example.org"},
}
"""Who holds which award; the others of that world are nobody's in particular."""
ROSTER = load_roster_key(environment={}, host="x.example")

STORED = """() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, document.title,
    history.state, history.length, location.href, document.referrer, name])"""
WRITTEN = """() => [...document.querySelectorAll('*')]
    .flatMap(element => [...element.attributes].map(({value}) => value)).join(' ')"""


class HoldersWorld(World):
    """A world with awards that have holders, and with awards that have lived: ended, corrected, renewed."""

    def _publish(self, catalog: Catalog) -> None:
        item = catalog.achievements["listening", "1.0"]
        awards = dict(catalog.awards)
        for file in _lived():
            made = (IssuedAward("issued/2026/holders.yaml", file, award, item) for award in file.awards)
            awards |= {award.id: award for award in made}
            for gone in file.erased:
                catalog = replace(catalog, erased={gone.id: ErasedAward("issued/2026/holders.yaml", gone)})
        self.catalog = replace(catalog, awards=awards)
        super()._publish(self.catalog)


def link_to(base: str, award: str, *fields: Field) -> str:
    """Return the claim link to an award of :class:`HoldersWorld`, with these values or with all it has."""
    held = HOLDERS[award]
    openings = [Opening(of, held[of], ROSTER.salt(award, of)) for of in fields or FIELDS if of in held]
    return claim_link(f"{base}{award_page(award).removesuffix('index.html')}", openings)


def _lived() -> Iterator[AwardFile]:
    """Yield the cohorts: one of 2025 and one of 2026."""
    sorry = {"date": date(2026, 7, 3), "reason": "Issued in error."}
    head = {"credential": "listening", "version": "1.0", "assessed_by": "Examination board"}
    yield AwardFile.model_validate(
        head
        | {
            "issued_on": date(2025, 3, 1),
            "awards": [
                _held(CORRECTED, 101, replaced_by=CORRECTION),
                _held(CONTINUED, 102, expires=date(2027, 3, 1)),
            ],
            "erased": [{"id": ERASED, "status_index": 109, "date": date(2026, 3, 3)}],
        }
    )
    yield AwardFile.model_validate(
        head
        | {
            "issued_on": date(2026, 3, 1),
            "awards": [
                *(_held(award, 103 + index) for index, award in enumerate((ADA, OTHER, NAMELESS))),
                _held(ENDED, 106, revoked=sorry),
                _held(CORRECTION, 107),
                _held(RENEWAL, 108, renews=CONTINUED),
            ],
        }
    )


def _held(award: str, index: int, **more: Any) -> Json:
    values = HOLDERS.get(award, {"email": f"{index}@example.org"})
    commitments = {of: commitment(of, value, ROSTER.salt(award, of)) for of, value in values.items()}
    learner = ROSTER.pseudonym(values["email"])
    return {"id": award, "learner": learner, "commitments": commitments, "status_index": index, **more}


@dataclass(slots=True)
class Opened:
    """A page that a holder's link opened, and every address that it asked for."""

    watched: Watched
    asked: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.watched.page

    @property
    def holder(self) -> Locator:
        return self.page.locator(".issued-to")

    def open(self, url: str) -> None:
        """Open a link as a page of its own, and wait until it has said what there is to say of a holder."""
        # From a page of the same award, a link would be a step within that page.
        if self.page.url != "about:blank":
            self.page.goto("about:blank")
        self.page.goto(url)
        self.page.locator(".holder").first.wait_for()

    def text(self) -> str:
        return " ".join(self.page.inner_text("main").split())


class Site:
    """The world of holders as it is served, and as a folder."""

    def __init__(self, base: str, folder: Path) -> None:
        self.base, self.folder = base, folder

    def link(self, award: str, *fields: Field, folder: bool = False) -> str:
        link = link_to(self.base, award, *fields)
        return self.in_folder(link) if folder else link

    def page(self, award: str, *, folder: bool = False) -> str:
        return self.in_folder(f"{self.base}issued/{award}/") if folder else f"{self.base}issued/{award}/"

    def in_folder(self, address: str) -> str:
        page, _, fragment = address.removeprefix(self.base).partition("#")
        return f"{(self.folder / page / 'index.html').as_uri()}{'#' * bool(fragment)}{fragment}"


def secrets_of(award: str) -> list[str]:
    """Return every form in which a value or a salt of that holder could show in an address or a store."""
    values = list(HOLDERS[award].values())
    salts = [ROSTER.salt(award, of) for of in FIELDS]
    return [form for value in values for form in {value, quote(value), quote(value, safe="")}] + salts


def told_on(opened: Opened, award: str) -> list[str]:
    """Return what of a holder's link is anywhere but in the page's memory and in the words it shows."""
    # The page itself is asked for without its fragment; the browser's own log of requests shows none, either.
    places = [*opened.asked, opened.page.evaluate(STORED), opened.page.evaluate(WRITTEN)]
    return [secret for secret in secrets_of(award) if any(secret in place for place in places)]


def check(opened: Opened, value: str, secret: str) -> str:
    """Return what the form says of a value and a secret; Enter sends it nowhere but to the page's script."""
    page = opened.page
    page.locator("details.ask").evaluate("box => { box.open = true }")
    page.get_by_label("Name or e-mail address").fill(value)
    page.get_by_label("The secret, or the whole link").fill(secret)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.url == before
    return page.locator(".ask [role=status]").inner_text()
