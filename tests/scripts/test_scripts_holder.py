"""The holder's page reads claim links and opens commitments as Python makes them: to the letter."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest

from site_builder.identity.claims import Opening, claim_link
from site_builder.identity.commitments import commitment
from site_builder.identity.values import FIELDS, IDENTITY_TYPES, normalised
from tests.scripts.core import run

pytestmark = pytest.mark.node

PAGE = "https://badges.example/issued/11111111-1111-4111-8111-111111111111/"
SALT, OTHER_SALT = "0123456789abcdef" * 2, "f" * 32
ADA = {"field": "name", "value": "Ada Lovelace", "salt": SALT}
MAIL = {"field": "email", "value": "ada@example.org", "salt": OTHER_SALT}

VALUES = [
    "Ada Lovelace",
    "  Ada\tLovelace \n",
    "Zo\u00eb",  # composed
    "Zoe\u0308",  # decomposed
    "\u1e69 \u0073\u0323\u0307 \u0073\u0307\u0323",  # marks in two orders
    "\u212bngstr\u00f6m",  # the sign of the unit, which NFC takes for the letter
    "İLKER ışık",
    "İ@EXAMPLE.ORG",
    "I\u0307@example.org",
    "ΣΊΣΥΦΟΣ@example.org",  # a sigma has two small forms
    "A\u03a3\u00ad@example.org",
    "STRASSE ẞ ß",
    "عائشة الباعونية",
    "محمّد",
    "אסתר",
    "山田 太郎",
    "김\u1100\u1161",  # syllables, whole and in parts
    "😀 \U0001d7d8",
    "\u00a0Ada\u3000",
    "\ufeffAda\ufeff",  # Python keeps a byte order mark, JavaScript's own trim() does not
    "\x1cAda\x1f\x85",  # Python strips these, JavaScript's own trim() does not
    "\u180eAda\u200b",
    "O'Neill (Jr.) *!~-._",
    "a+b&c=d#e%20f@example.org",
]


def called(*calls: tuple[Any, ...]) -> list[Any]:
    """Return what functions of src/holder/ answer: the file, the function's name and its arguments each."""
    answers: list[Any] = run({"holder": [list(call) for call in calls]})
    return answers


def badge(**held: str) -> dict[str, Any]:
    """Return a document that holds these commitments, by field."""
    identities = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": found,
            "identityType": IDENTITY_TYPES[field],
        }
        for field in FIELDS
        if (found := held.get(field))
    ]
    return {"credentialSubject": {"type": ["AchievementSubject"], "identifier": identities}}


def test_commitments_are_those_of_python() -> None:
    cases = [(of, value) for of in FIELDS for value in VALUES]
    answers = called(*(("values", "commitment", of, value, SALT) for of, value in cases))
    assert answers == [commitment(of, value, SALT) for of, value in cases]


def test_every_character_is_written_as_python_writes_it() -> None:
    signs = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in "Cn Cs"
    ]
    text = "".join(f"{sign}\u0301a|" for sign in signs)
    assert len(signs) > 280_000
    for of in FIELDS:
        (answer,) = called(("values", "normalised", of, text))
        assert answer == normalised(of, text)


def test_every_character_at_an_edge_is_trimmed_as_python_trims_it() -> None:
    signs = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    spaces = {sign for sign in signs if not sign.strip()}
    asked = [sign for sign in signs if sign in spaces or unicodedata.category(sign) in ("Cc", "Cf", "Zs")]
    answers = called(*(("values", "normalised", "name", f"{sign}x{sign}") for sign in asked))
    assert answers == [normalised("name", f"{sign}x{sign}") for sign in asked]
    assert answers.count("x") == len(spaces)


def test_links_that_python_makes_are_read_and_made_again() -> None:
    openings = [[Opening("name", value, SALT), Opening("email", value, OTHER_SALT)] for value in VALUES] + [
        [Opening("email", value, SALT)] for value in VALUES
    ]
    links = [claim_link(PAGE, item) for item in openings]
    read = called(*(("claims", "openingsIn", link.partition("#")[2]) for link in links))
    assert read == [
        [{"field": o.field, "value": normalised(o.field, o.value), "salt": o.salt} for o in item]
        for item in openings
    ]
    assert called(*(("claims", "claimLink", PAGE, item) for item in read)) == links


def test_nothing_chosen_is_the_plain_address() -> None:
    assert called(("claims", "claimLink", PAGE, [])) == [PAGE]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", []),
        ("#", []),
        ("#top", []),
        ("#utm_source=mail", []),
        ("#named=Ada&name.salted=1", []),
        (f"#name=Ada&name.salt={SALT}&from=mail", [ADA | {"value": "Ada"}]),
        (f"#name.salt={SALT}&name=Ada", [ADA | {"value": "Ada"}]),
        ("#name=Ada", None),
        ("#name", None),
        ("#name=Ada&name.salt=", None),
        (f"#name=&name.salt={SALT}", None),
        (f"#name=Ada&name.salt={SALT}&email=ada%40example.org", None),
        (f"#name=Ada&name=Eve&name.salt={SALT}", None),
        (f"#name=Ada&name.salt={SALT}&name.salt={OTHER_SALT}", None),
        (f"#name=%E0%A4%A&name.salt={SALT}", None),
        (f"#name=%ff&name.salt={SALT}", None),
        (f"#name=Ada+L&name.salt={SALT}", [ADA | {"value": "Ada+L"}]),
    ],
)
def test_what_a_fragment_says(fragment: str, expected: Any) -> None:
    assert called(("claims", "openingsIn", fragment)) == [expected]


def test_only_the_right_value_and_the_right_secret_fit() -> None:
    document = badge(
        name=commitment("name", "Ada Lovelace", SALT), email=commitment("email", MAIL["value"], OTHER_SALT)
    )
    (held,) = called(("badge", "commitmentsOf", document))
    cases = [
        ([ADA], True),
        ([MAIL], True),
        ([ADA, MAIL], True),
        ([MAIL | {"value": " ADA@Example.org"}], True),
        ([], False),
        ([ADA | {"value": "ada lovelace"}], False),
        ([ADA | {"salt": OTHER_SALT}], False),
        ([ADA | {"salt": SALT.upper()}], False),
        ([ADA, MAIL | {"value": "eve@example.org"}], False),
        ([ADA | {"field": "email"}], False),
    ]
    answers = called(*(("badge", "proven", held, openings) for openings, _ in cases))
    assert answers == [fits for _, fits in cases]


def test_no_part_of_a_name_can_pose_as_its_secret() -> None:
    document = badge(name=commitment("name", "Ada Lovelace", SALT))
    (held,) = called(("badge", "commitmentsOf", document))
    whole = "Ada Lovelace" + SALT
    shifted = [{"field": "name", "value": whole[:at], "salt": whole[at:]} for at in range(1, len(whole))]
    # Python hashes each to the same digest, and the page must take the true one alone.
    assert {
        commitment("name", item["value"], item["salt"])
        for item in shifted
        if item["value"].strip() == item["value"]
    } == {commitment("name", "Ada Lovelace", SALT)}
    answers = called(*(("badge", "proven", held, [item]) for item in shifted))
    assert [item["value"] for item, fits in zip(shifted, answers, strict=True) if fits] == ["Ada Lovelace"]


def test_checking_a_holder_with_a_secret_or_with_a_whole_link() -> None:
    (held,) = called(("badge", "commitmentsOf", badge(email=commitment("email", MAIL["value"], OTHER_SALT))))
    link = f"{PAGE}#email=ada%40example.org&email.salt={OTHER_SALT}"
    cases = [
        (" Ada@example.org", f" {OTHER_SALT}\n", "fits"),
        ("ada@example.org", link, "fits"),
        ("eve@example.org", link, "fits-not"),
        ("ada@example.org", SALT, "fits-not"),
        ("ada@example.org", f"{PAGE}#name=Ada&name.salt={OTHER_SALT}", "fits-not"),
        ("Ada Lovelace", OTHER_SALT, "none"),
        ("", OTHER_SALT, "none"),
    ]
    answers = called(*(("badge", "tested", held, value, secret) for value, secret, _ in cases))
    assert answers == [fit for *_, fit in cases]


def test_a_badge_that_holds_a_name_in_the_open_holds_no_commitment() -> None:
    plain = badge(name="Ada Lovelace")
    plain["credentialSubject"]["identifier"][0]["hashed"] = False
    strange: list[Any] = [plain, {}, {"credentialSubject": {"identifier": "x"}}, {"credentialSubject": []}]
    assert (
        called(*(("badge", "commitmentsOf", document) for document in strange))
        == [{"name": [], "email": []}] * 4
    )
