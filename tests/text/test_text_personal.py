"""Personal data is found in every disguise, ordinary texts pass, and no text takes long."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.text.personal import Found, Kind, find_personal, is_bare_name, mailboxes
from site_builder.text.personal import check_digits as digits
from site_builder.text.personal.file_names import kind_in_name
from site_builder.text.personal.readings import undisguised

FOLDER = Path(__file__).parent / "personal"
DISGUISES: dict[str, list[str]] = yaml.safe_load((FOLDER / "disguises.yaml").read_text(encoding="utf-8"))
ORDINARY: dict[str, list[str]] = yaml.safe_load((FOLDER / "ordinary.yaml").read_text(encoding="utf-8"))

# What a pattern could be led astray by: its own beginnings, over and over.
HOSTILE = (
    *(
        "@",
        "a@",
        "a@b",
        "a@b.",
        "@.",
        "@ a ",
        "(at) ",
        "[at]a.",
        "a at b dot ",
        "a_at_b.",
        "ATa.",
        "AT",
        "x.",
    ),
    *(
        "1 ",
        "12",
        "1\n",
        "+1 ",
        "00 1 ",
        "4111 ",
        "9 999 ",
        "2026-01-01 ",
        "10.1000/",
        "ISBN 1",
        "$1",
        "GB29 ",
    ),
    *(
        "=40",
        "%25",
        "%2525",
        "&amp;",
        "&",
        "<",
        "<a",
        "(",
        "\\u0040",
        "\\",
        "#",
        "-",
        "=",
        "\n",
        "\u200b",
        "Ａb",
    ),
    *(
        "https://a/@",
        "https://",
        "~a/",
        "/~abc",
        "did:a:",
        "A",
        "aA",
        "0123456789abcdef",
        "Jane-",
        "d.",
        "م.",
    ),
    *("assessed by Jane ", "Ms de ", "Ms A ", "Name: Jane ", "'s portfolio ", "Ab Cd's portfolio ", "السيد "),
    *(
        "born ",
        "date of birth: ",
        "né 1 ",
        "lives at ",
        "one ",
        "one, two ",
        "tel (",
        "call 1",
        "ID: 1 ",
        "SSN A1 ",
    ),
)


def kinds(text: str) -> set[Kind]:
    return {found.kind for found in find_personal(text)}


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert sum(map(len, DISGUISES.values())) >= 300
    assert sum(map(len, ORDINARY.values())) >= 200
    assert set(ORDINARY) == {"en", "fr", "de", "es", "ar"}
    assert {Kind[name] for name in DISGUISES} == set(Kind)


@pytest.mark.parametrize("kind", DISGUISES)
def test_every_disguise_is_seen_through(kind: str) -> None:
    missed = [text for text in DISGUISES[kind] if Kind[kind] not in kinds(text)]
    assert missed == []


@pytest.mark.parametrize("kind", DISGUISES)
def test_a_disguise_is_seen_through_in_a_longer_text(kind: str) -> None:
    before, after = "The report names 12 hazards.\nIt says: ", " \nAll 30 questions were answered."
    missed = [text for text in DISGUISES[kind] if Kind[kind] not in kinds(before + text + after)]
    assert missed == []


@pytest.mark.parametrize("language", ORDINARY)
def test_ordinary_texts_pass(language: str) -> None:
    refused = {text: kinds(text) for text in ORDINARY[language] if kinds(text)}
    assert refused == {}


@pytest.mark.parametrize("language", ORDINARY)
def test_ordinary_texts_pass_side_by_side(language: str) -> None:
    assert find_personal(".\n\n".join(ORDINARY[language])) == []


def test_the_line_is_told_and_never_the_words() -> None:
    found = find_personal("one\ntwo\nWrite to jane&#64;example.org,\nor call +1 416 555 0134")
    assert found == [Found(2, Kind.EMAIL), Found(3, Kind.PHONE)]
    assert [one.code for one in found] == ["personal-data"] * 2
    assert [one.code for one in find_personal("md5$" + "ab" * 16)] == ["weak-hash"]
    assert not any(word in repr(found) for word in ("jane", "416"))


@given(st.text(max_size=400))
@settings(deadline=None)
@example("\\u{110000} %u0040 &#1114112; \\U00110000")
@example("Ms \n" + "a" * 300)
@example("A" * 13)
def test_no_text_is_too_much(text: str) -> None:
    found = find_personal(text)
    assert all(0 <= one.line <= text.count("\n") for one in found)
    assert undisguised(text).count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(HOSTILE), max_size=60).map("".join))
@settings(deadline=None)
def test_no_mixture_of_beginnings_is_too_much(text: str) -> None:
    assert all(0 <= one.line <= text.count("\n") for one in find_personal(text))


_LOCALS = st.from_regex(r"[a-z]{2,8}(\.[a-z]{2,8})?", fullmatch=True)
_HOSTS = st.from_regex(r"[a-z]{2,10}\.(com|org|net|example)", fullmatch=True)
_WAYS = (
    lambda local, host: f"{local}@{host}",
    lambda local, host: f"{local}&#64;{host}",
    lambda local, host: f"{local}%40{host}",
    lambda local, host: f"{local} (at) {host}",
    lambda local, host: f"{local}\uff20{host}",
    lambda local, host: f"{local}\u200b@\u200b{host}",
    lambda local, host: "".join(f"&#{ord(char)};" for char in f"{local}@{host}"),
    lambda local, host: "".join(f"%{ord(char):02x}" for char in f"{local}@{host}"),
    lambda local, host: "".join(f"\\u{ord(char):04x}" for char in f"{local}@{host}"),
    lambda local, host: base64.b64encode(f"{local}@{host}".encode()).decode(),
    lambda local, host: base64.urlsafe_b64encode(f"<{local}@{host}>".encode()).decode().rstrip("="),
    lambda local, host: f"{local}@{host}".encode().hex(),
)


@given(_LOCALS, _HOSTS, st.sampled_from(_WAYS))
@settings(deadline=None)
def test_any_address_in_any_way(local: str, host: str, way) -> None:  # type: ignore[no-untyped-def]
    assert Kind.EMAIL in kinds("See " + way(local, host) + " for it")


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_in_the_length(unit: str) -> None:
    """Eight times the text may take eight times as long; quadratic, it would be sixty-four."""

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.perf_counter()
        find_personal(text)
        return time.perf_counter() - start

    short = min(seconds(4_000) for _ in range(3))
    assert min(seconds(32_000) for _ in range(3)) < 24 * short + 0.4


def test_a_text_of_very_many_cues_is_read_once() -> None:
    ways = (
        "".join(c.upper() if number >> k & 1 else c for k, c in enumerate("demonstrated"))
        for number in range(4096)
    )
    text = " ".join(ways)
    start = time.perf_counter()
    assert find_personal(text) == []
    assert time.perf_counter() - start < 5


def test_check_digits() -> None:
    assert digits.luhn("046454286")
    assert not digits.luhn("046454287")
    assert digits.verhoeff("234123412346")
    assert not digits.verhoeff("234123412347")
    assert digits.iban("GB29 NWBK 6016 1331 9268 19")
    assert not digits.iban("GB28 NWBK 6016 1331 9268 19")
    assert not digits.iban("ZZ29 NWBK 6016 1331 9268 19")
    assert digits.card("4111111111111111")
    assert not digits.card("4111111111111112")
    assert digits.french_nir("1 84 12 76 451 089 46")
    assert not digits.french_nir("1 84 12 76 451 089 47")
    assert digits.german_tax_id("86095742719")
    assert not digits.german_tax_id("86095742718")
    assert not digits.german_tax_id("12345678903")
    assert digits.spanish_dni("12345678Z")
    assert not digits.spanish_dni("12345678A")
    assert digits.swiss_ahv("7569217076985")
    assert digits.brazilian_cpf("52998224725")
    assert digits.chinese_id("11010519491231002X")
    assert digits.swedish_number("8507099805")
    assert not digits.swedish_number("8517099805")


def test_a_mailbox_is_told_by_what_stands_before_the_sign() -> None:
    assert list(mailboxes("office@college.example, jane.learner@college.example")) == [
        "office",
        "jane.learner",
    ]
    assert list(mailboxes("jane (at) college.example")) == [""]
    assert list(mailboxes("no address here, room 204")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jane Learner",
        "Jane Q. Learner",
        "Jane van der Berg",
        "Jane Learner, School of Arts"[:12],
        "JANE LEARNER",
    ],
)
def test_two_capitalised_words_may_be_a_name(text: str) -> None:
    assert is_bare_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Examination board",
        "Examination Board",
        "Assessment Panel, School of Computing",
        "Prüfungsausschuss Informatik",
        "Tribunal Examinador",
        "Jury",
        "Spring Term",
        "May Intake",
        "Agreed on 9 November 2026",
        "",
    ],
)
def test_roles_and_terms_are_no_names(text: str) -> None:
    assert not is_bare_name(text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("jane.learner-example.org.yaml", Kind.EMAIL),
        ("jane.learner-at-example.org.yaml", Kind.EMAIL),
        ("jane-learner-at-example-dot-org.yaml", Kind.EMAIL),
        ("jane-learner-example-org.yaml", Kind.EMAIL),
        ("416-555-0134.yaml", Kind.PHONE),
        ("student-20231234.yaml", Kind.STUDENT),
        ("a-1234567.yaml", Kind.STUDENT),
        ("ms-jane-learner.yaml", Kind.NAME),
        ("assessed-by-jane-learner.yaml", Kind.NAME),
        ("078-05-1120.svg", Kind.NATIONAL),
    ],
)
def test_personal_file_names(name: str, kind: Kind) -> None:
    assert kind_in_name(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        *("data-literacy-june.yaml", "data-literacy-2026-05-15-01.yaml", "charts-20260515.yaml", "1.0.yaml"),
        *(
            "2026",
            "northfield.svg",
            "badge.min.svg",
            "cohort-0012.yaml",
            "iso-9241-210.yaml",
            "small-project.yaml",
        ),
        *(
            "digital-operations-leader.yaml",
            "data-ethics-in-practice.yaml",
            "batch-01.jsonl",
            "esco-1.2.0.yaml",
        ),
    ],
)
def test_ordinary_file_names(name: str) -> None:
    assert kind_in_name(name) is None
