"""Where everything stands: did:web and the stable URLs."""

from __future__ import annotations

import pytest

from site_builder.assembling.addresses import (
    BITS_PER_LIST,
    Addresses,
    achievement_image,
    bit_number,
    competency_page,
    list_number,
)


@pytest.mark.parametrize(
    ("base", "did", "paths"),
    [
        ("https://badges.example/", "did:web:badges.example", (".well-known/did.json", "did.json")),
        ("https://host.example/a/b/", "did:web:host.example:a:b", ("did.json",)),
        ("http://localhost:8000/", "did:web:localhost%3A8000", (".well-known/did.json", "did.json")),
        ("http://localhost:8000/x/", "did:web:localhost%3A8000:x", ("did.json",)),
    ],
)
def test_the_did_follows_from_the_address(base: str, did: str, paths: tuple[str, ...]) -> None:
    at = Addresses(base)
    assert at.did == did
    assert at.did_paths == paths
    assert at.key_id("z6Mk") == f"{did}#z6Mk"


def test_a_page_has_the_address_of_its_folder() -> None:
    at = Addresses("https://badges.example/x/")
    assert at.url(competency_page("data", "charts")) == "https://badges.example/x/frameworks/data/charts/"
    assert at.url("catalog.json") == "https://badges.example/x/catalog.json"
    assert at.host == "badges.example"


def test_images_keep_their_kind() -> None:
    assert achievement_image("a", "1.0", "image/svg+xml") == "credentials/a/1.0/badge.svg"
    assert achievement_image("a", "1.0", "image/png") == "credentials/a/1.0/badge.png"


@pytest.mark.parametrize(
    ("index", "number", "bit"),
    [(0, 1, 0), (BITS_PER_LIST - 1, 1, BITS_PER_LIST - 1), (BITS_PER_LIST, 2, 0), (300_000, 3, 37_856)],
)
def test_one_number_goes_over_all_lists(index: int, number: int, bit: int) -> None:
    assert (list_number(index), bit_number(index)) == (number, bit)
