"""What a badge says of its holder: one form of each value, salted commitments, and links that open them."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.identity.claims import Opening, claim_link
from site_builder.identity.commitments import commitment, opens
from site_builder.identity.values import FIELDS, Field, normalised
from site_builder.keys import RosterKey, load_roster_key

PAGE = "https://badges.example/issued/11111111-1111-4111-8111-111111111111/"
SALT = "0123456789abcdef0123456789abcdef"
AWARD = "11111111-1111-4111-8111-111111111111"
names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def demo_key() -> RosterKey:
    return load_roster_key(environment={}, host="college.example")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("email", " Ada@Example.ORG\n", "ada@example.org"),
        ("name", "  Ada Lovelace ", "Ada Lovelace"),
        ("name", "Rene\u0301", "Ren\u00e9"),
        ("email", "RENE\u0301@example.org", "ren\u00e9@example.org"),
    ],
)
def test_a_value_has_one_form(field: Field, value: str, expected: str) -> None:
    assert normalised(field, value) == expected


@given(st.sampled_from(FIELDS), names)
def test_the_form_is_a_fixed_point(field: Field, value: str) -> None:
    once = normalised(field, value)
    assert normalised(field, once) == once


def test_a_commitment_is_what_anyone_can_compute_by_hand() -> None:
    by_hand = hashlib.sha256(f"ada@example.org{SALT}".encode()).hexdigest()
    assert commitment("email", "Ada@example.org ", SALT) == f"sha256${by_hand}"


def test_a_commitment_opens_with_its_value_and_salt_alone() -> None:
    made = commitment("name", "Ada Lovelace", SALT)
    assert opens(made, "name", "Ada Lovelace", SALT)
    assert not opens(made, "name", "Ada Lovelac", SALT)
    assert not opens(made, "name", "Ada Lovelace", SALT[::-1])


@pytest.mark.parametrize("cut", [1, 4, 9])
def test_no_piece_of_a_name_poses_as_salt(cut: int) -> None:
    made = commitment("name", "Ada Lovelace", SALT)
    name, rest = "Ada Lovelace"[:-cut], "Ada Lovelace"[-cut:]
    assert hashlib.sha256((name + rest + SALT).encode()).hexdigest() in made
    assert not opens(made, "name", name, rest + SALT)


@given(names, names)
def test_a_link_carries_its_values_unharmed_and_sends_none(name: str, email: str) -> None:
    link = claim_link(PAGE, [Opening("email", email, SALT), Opening("name", name, SALT)])
    parts = urlsplit(link)
    assert link.isascii()
    assert (link.split("#")[0], parts.query) == (PAGE, "")
    found = parse_qs(parts.fragment, keep_blank_values=True, strict_parsing=True)
    assert found == {
        "name": [normalised("name", name)],
        "name.salt": [SALT],
        "email": [normalised("email", email)],
        "email.salt": [SALT],
    }


def test_an_opening_does_not_show_itself() -> None:
    assert repr(Opening("name", "Ada Lovelace", SALT)) == "Opening(name)"


def test_salts_and_pseudonyms_are_of_one_key_one_award_and_one_field() -> None:
    key = demo_key()
    other = AWARD.replace("1", "2")
    derived = [
        key.salt(AWARD, "name"),
        key.salt(AWARD, "email"),
        key.salt(other, "name"),
        key.pseudonym("a@b.org"),
    ]
    assert len(set(derived)) == len(derived)
    assert all(len(text) == 32 and int(text, 16) >= 0 for text in derived)
    assert key.pseudonym(" A@B.org") == key.pseudonym("a@b.org")
    assert derived == [key.salt(AWARD, "name"), key.salt(AWARD, "email"), key.salt(other, "name"), derived[3]]
