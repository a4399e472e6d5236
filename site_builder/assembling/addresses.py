"""Where everything stands: the stable URLs of DESIGN 5, as addresses and as paths in the site folder."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.models.award import LIST_LENGTH
from site_builder.text.addresses import did_web

BITS_PER_LIST = LIST_LENGTH


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one site. ``base`` is its URL and ends with a slash."""

    base: str

    @property
    def host(self) -> str:
        """The host name, without a port."""
        return urlsplit(self.base).hostname or ""

    @property
    def did(self) -> str:
        """The issuer's DID (did:web, method specification 3.1): a port's colon is percent-encoded."""
        return did_web(self.base)

    @property
    def did_paths(self) -> tuple[str, ...]:
        """The paths of did.json: at a host's root did:web resolves only below ``.well-known``."""
        at_root = urlsplit(self.base).path.strip("/") == ""
        return (".well-known/did.json", "did.json") if at_root else ("did.json",)

    def url(self, path: str) -> str:
        """Return the full address of a path in the site folder; a page's ``index.html`` is left off."""
        return self.base + path.removesuffix("index.html")

    def key_id(self, public_key: str) -> str:
        """Return the verification method's id for a public key in multibase form."""
        return f"{self.did}#{public_key}"


def credential_page(credential_id: str) -> str:
    """Return the path of the page of a credential's current version."""
    return f"credentials/{credential_id}/index.html"


def version_page(credential_id: str, version: str) -> str:
    """Return the path of the page of one version, which never goes away."""
    return f"credentials/{credential_id}/{version}/index.html"


def achievement_json(credential_id: str, version: str) -> str:
    """Return the path of one version's hosted Achievement."""
    return f"credentials/{credential_id}/{version}/achievement.json"


def achievement_image(credential_id: str, version: str, media_type: str) -> str:
    """Return the path of one version's badge image."""
    return f"credentials/{credential_id}/{version}/badge.{extension(media_type)}"


def issuer_image(media_type: str) -> str:
    """Return the path of the issuer's mark."""
    return f"issuers/mark.{extension(media_type)}"


def issuer_page(issuer_id: str) -> str:
    """Return the path of the issuer's page."""
    return f"issuers/{issuer_id}/index.html"


def framework_page(framework_id: str) -> str:
    """Return the path of a framework's page."""
    return f"frameworks/{framework_id}/index.html"


def competency_page(framework_id: str, competency_id: str) -> str:
    """Return the path of a competency's page, which alignments point to."""
    return f"frameworks/{framework_id}/{competency_id}/index.html"


def award_page(award_id: str) -> str:
    """Return the path of an award's page."""
    return f"issued/{award_id}/index.html"


TOMBSTONE = '<main class="erased">'
"""What marks the page of an award that was erased: no badge stands beside it, and none should (DESIGN 4)."""


def award_json(award_id: str) -> str:
    """Return the path of an award's hosted badge: the signed credential."""
    return f"issued/{award_id}/credential.json"


def status_list(number: int) -> str:
    """Return the path of a status list; lists count from 1."""
    return f"status/{number}.json"


DID_SCRIPT = "did.js"
"""The path of did.json's twin: a script, because a page opened from a folder cannot fetch (DESIGN 6)."""


def status_script(number: int) -> str:
    """Return the path of a status list's twin."""
    return f"status/{number}.js"


def award_script(award_id: str) -> str:
    """Return the path of a hosted badge's twin, which holds what this award shares with no other."""
    return f"issued/{award_id}/credential.js"


def shared_script(credential_id: str, version: str) -> str:
    """Return the path of the script with the texts that all badges of one version share."""
    return f"credentials/{credential_id}/{version}/shared.js"


def list_number(status_index: int) -> int:
    """Return the number of the list that an index over all lists falls into (DESIGN 3)."""
    return 1 + status_index // BITS_PER_LIST


def bit_number(status_index: int) -> int:
    """Return the bit of an index within its own list."""
    return status_index % BITS_PER_LIST


def extension(media_type: str) -> str:
    """Return the file extension of an image's media type."""
    return {"image/svg+xml": "svg", "image/png": "png"}[media_type]


def credential_card(credential_id: str) -> str:
    """Return the path of the picture that other sites show beside a link to a credential or its awards."""
    return f"assets/cards/{credential_id}.png"


SITE_CARD = "assets/site-card.png"
"""The path of the picture beside a link to any other page; not below ``cards/``, where ids name the files."""
