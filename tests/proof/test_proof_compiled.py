"""The quick way gives what the library gives, or says that it cannot."""

from __future__ import annotations

import hashlib
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.proof.canonical import UndefinedTermError, UnsignableError, canonical_nquads
from site_builder.proof.compiled import CompiledShape, Uncompilable, compile_shape
from site_builder.proof.eddsa import HashData, attach, hash_data
from site_builder.proof.errors import ProofError, TooComplexError, UnknownContextError
from site_builder.proof.guards import MAX_TEXT
from site_builder.proof.slots import Path, filled
from site_builder.proof.strict_json import dump
from tests.proof.sample import CREATED, full_credential, places, replaced, without
from tests.proof.slotted import OPTIONS, Case, award_slots, cases, slots_of, values_of
from tests.proof.test_proof_canonical import by_pyoxigraph

FULL = full_credential()
SLOTS = award_slots(FULL)
VALUES = values_of(FULL, SLOTS)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()


def compiled(document: dict[str, Any], *paths: Path) -> CompiledShape:
    return compile_shape(document, paths, OPTIONS)


@pytest.fixture(scope="module")
def shape() -> CompiledShape:
    return compiled(FULL, *SLOTS)


def with_value(path: Path, value: str) -> list[str]:
    return [value if slot == path else old for slot, old in zip(SLOTS, VALUES, strict=True)]


def test_the_compiled_document_itself(shape: CompiledShape) -> None:
    assert shape.paths == tuple(SLOTS)
    assert shape.canonical(VALUES) == canonical_nquads(FULL) == by_pyoxigraph(FULL)
    assert shape.hash_data(VALUES, CREATED) == hash_data(FULL, OPTIONS)
    assert shape.data(VALUES, CREATED, "zabc") == dump(attach(FULL, OPTIONS, "zabc"))


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_random_credentials_take_the_quick_way_and_equal_two_libraries(case: Case) -> None:
    """No value here is out of the ordinary, so ``Uncompilable`` would be a failure: it is not caught."""
    shape = compile_shape(case.document, case.paths, OPTIONS)
    for values in case.values:
        document = case.filled(values)
        lines = shape.canonical(values)
        assert lines == canonical_nquads(document)
        assert lines == by_pyoxigraph(document)
        assert shape.hash_data(values, CREATED).document == digest(lines)


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.sampled_from([CREATED, "2027-01-01T00:00:00Z", "2027-01-01T00:00:00.5+02:00"]))
def test_hash_data_equals_the_library(case: Case, created: str) -> None:
    shape = compile_shape(case.document, case.paths, OPTIONS)
    for values in [*case.values, case.values[0]]:
        assert shape.hash_data(values, created) == hash_data(
            case.filled(values), {**OPTIONS, "created": created}
        )


def test_created_is_a_slot_of_its_own(shape: CompiledShape) -> None:
    """One answer is remembered: it must not serve another date."""
    for created in (CREATED, "2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z", CREATED):
        assert shape.hash_data(VALUES, created) == hash_data(FULL, {**OPTIONS, "created": created})


def test_created_is_judged_as_every_value(shape: CompiledShape) -> None:
    for created in ("\0", "\ud800"):
        with pytest.raises(Uncompilable):
            shape.hash_data(VALUES, created)


HOSTILE = st.sampled_from(
    [
        *(
            "",
            " ",
            "1",
            "true",
            "null",
            "\n",
            '"',
            "\\",
            "'",
            "%s",
            "%",
            "{0}",
            "$1",
            "\\u0041",
            "<b>",
            "-->",
        ),
        *("@type", "@id", "@value", "@language", "@none", "id", "type", "name", "tag", "Evidence", "proof"),
        *("_:b0", "_:c14n0", "_:a", ":", "a:", ":a", "#x", "//host/x", "../x", "relative", "?", "http:"),
        *(
            "xsd:string",
            "cred:x",
            "sec:x",
            "tag:x",
            "id:x",
            "type:x",
            "name:x",
            "https:x",
            "HTTPS://x",
            "x:y",
        ),
        *(
            "https://a b",
            "https://a>",
            "https://a\n",
            "https://a\nhttps://b",
            "https://a/\u3000",
            "https://ä",
        ),
        *(
            "https://a\u00a0b",
            "https://a\u2028",
            "https://a\ufeff",
            "https://a\\",
            'https://a"',
            "https://a|",
        ),
        *("\0", "\x1f", "\x7f", "\x80", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff", "\ud800", "\udc00"),
        *("😀", "\uff5e", "\U0010ffff", "e\u0301", "é", "\u202e", "x" * 1000),
        *("urn:slot:0:0000", "urn:slot:0:0001", '"urn:slot:0:0002"', "_:c14n", "> <", " .\n", "^^<x>", "@en"),
        *("did:web:college.example:badges", FULL["id"], FULL["credentialStatus"]["id"], "87", CREATED),
        "x" * (MAX_TEXT + 1),
    ]
) | st.text(max_size=8)


def quickly(shape: CompiledShape, values: list[str]) -> HashData | None:
    """Return what the quick way gives; None where it leaves the values to the library."""
    try:
        return shape.hash_data(values, CREATED)
    except Uncompilable:
        return None


def equal_or_uncompilable(shape: CompiledShape, document: dict[str, Any], values: list[str]) -> bool:
    """Return True where the quick way was taken; it must then give what the library gives."""
    found = quickly(shape, values)
    assert found is None or found == hash_data(filled(document, shape.paths, values), OPTIONS)
    return found is not None


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_hostile_values_equal_the_library_or_are_left_to_it(data: st.DataObject) -> None:
    shape = EVERY_SLOT
    values = list(EVERY_VALUE)
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(values) - 1))
        values[index] = data.draw(HOSTILE | st.sampled_from(values))
    found = quickly(shape, values)
    assert found is None or found == hash_data(filled(FULL_APART, shape.paths, values), OPTIONS)


def _apart() -> dict[str, Any]:
    """Return the full credential with an endorsement of something else: the issuer is described once."""
    return replaced(FULL, ("endorsement", 0, "credentialSubject", "id"), "https://agency.example/about")


FULL_APART = _apart()
EVERY_PATH = slots_of(FULL_APART)
EVERY_VALUE = values_of(FULL_APART, EVERY_PATH)
EVERY_SLOT = compiled(FULL_APART, *EVERY_PATH)


def test_every_text_of_a_credential_may_be_a_slot() -> None:
    assert len(EVERY_PATH) == 90
    assert EVERY_SLOT.canonical(EVERY_VALUE) == canonical_nquads(FULL_APART)


@pytest.mark.parametrize(
    "text", ["Plain", "", 'Said "so"', "Two\nlines\tand\r", "back\\slash", "日本 😀", "%s {}"]
)
def test_ordinary_text_takes_the_quick_way_in_every_slot_for_text(text: str) -> None:
    free = [index for index, value in enumerate(EVERY_VALUE) if ":" not in value or value.startswith("2")]
    assert len(free) > 50
    everywhere = [f"{text}{index}" if index in free else value for index, value in enumerate(EVERY_VALUE)]
    assert equal_or_uncompilable(EVERY_SLOT, FULL_APART, everywhere)
    for index in free[len(text) % 5 :: 5]:
        values = [*EVERY_VALUE[:index], text, *EVERY_VALUE[index + 1 :]]
        assert equal_or_uncompilable(EVERY_SLOT, FULL_APART, values)


@pytest.mark.parametrize(
    "iri",
    [
        "https://a.example/?q=1#f",
        "urn:uuid:x",
        "did:key:z6Mk",
        "mailto:a@b.example",
        "ipfs://x",
        "https://ä/é",
    ],
)
def test_iris_of_all_kinds_take_the_quick_way(iri: str) -> None:
    values = with_value(("id",), iri)
    assert equal_or_uncompilable(compiled(FULL, *SLOTS), FULL, values)


@pytest.mark.parametrize(
    "iri",
    ["relative", "", "_:b0", "tag:x", "id:x", "https://a b", "https://a/\u3000", "https://a>", "@id", "a"],
)
@pytest.mark.parametrize(
    "path", [("id",), ("evidence", 0, "id"), ("credentialStatus", "statusListCredential")]
)
def test_what_may_not_be_an_iri_is_left_to_the_library(shape: CompiledShape, path: Path, iri: str) -> None:
    for values in (
        with_value(path, iri),
        [f'{value}"' if value == "report" else value for value in with_value(path, iri)],
    ):
        with pytest.raises(Uncompilable):
            shape.canonical(values)


@pytest.mark.parametrize(
    "text", ["\0", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff", "\ud800", "x" * (MAX_TEXT + 1)]
)
def test_text_the_library_refuses_is_left_to_it(shape: CompiledShape, text: str) -> None:
    values = with_value(("evidence", 0, "name"), text)
    with pytest.raises(Uncompilable):
        shape.canonical(values)
    with pytest.raises(ProofError):
        canonical_nquads(filled(FULL, SLOTS, values))


def test_ids_that_fall_together_are_left_to_the_library(shape: CompiledShape) -> None:
    """The library refuses some of these: what is said of the credential must stand in one place."""
    fixed = ["did:web:college.example:badges", f"{FULL['credentialSubject']['achievement']['id']}"]
    ids = [path for path in SLOTS if path[-1] == "id"]
    for path in ids:
        others = [text for text, slot in zip(VALUES, SLOTS, strict=True) if slot in ids and slot != path]
        for name in [*fixed, *others]:
            with pytest.raises(Uncompilable, match="two values fall together"):
                shape.canonical(with_value(path, name))


def test_texts_that_fall_together_are_left_to_the_library() -> None:
    path: Path = ("credentialSubject", "achievement", "tag", 0)
    shape = compiled(FULL, path)
    assert shape.canonical(["other"]) == canonical_nquads(replaced(FULL, path, "other"))
    with pytest.raises(Uncompilable, match="two values fall together"):
        shape.canonical(["performance"])
    with pytest.raises(UnsignableError, match="repeated value"):
        canonical_nquads(replaced(FULL, path, "performance"))


def test_texts_of_a_list_that_fall_together_are_left_to_the_library() -> None:
    """Values of an ordered list are a blank node each; in JSON they are a repeated value all the same."""
    path: Path = ("credentialSubject", "achievement", "resultDescription", 1, "allowedValue", 0)
    with pytest.raises(Uncompilable, match="two values fall together"):
        compiled(FULL, path).canonical(["high"])


def test_nodes_that_look_alike_are_left_to_the_library() -> None:
    document = replaced(FULL, ("evidence",), [{"type": ["Evidence"], "name": name} for name in "ab"])
    shape = compiled(document, ("evidence", 0, "name"), ("evidence", 1, "name"))
    assert equal_or_uncompilable(shape, document, ["x", "y"])
    with pytest.raises(Uncompilable, match="look alike"):
        shape.canonical(["x", "x"])


def test_a_slot_that_looks_like_a_fixed_node_is_left_to_the_library() -> None:
    document = replaced(FULL, ("evidence",), [{"type": ["Evidence"], "name": name} for name in "ab"])
    with pytest.raises(Uncompilable, match="look alike"):
        compiled(document, ("evidence", 0, "name")).canonical(["b"])


def test_nodes_that_always_look_alike_cannot_be_compiled() -> None:
    twins = [{"type": ["Evidence"], "name": "Twin"}] * 2
    document = replaced(FULL, ("evidence",), twins)
    assert canonical_nquads(document)
    with pytest.raises(Uncompilable, match="look alike"):
        compiled(document, ("id",))


def test_lines_are_ordered_by_code_point_not_by_utf_16() -> None:
    """U+FF5E comes before U+1F600, whose first half in UTF-16 is U+D83D."""
    paths: list[Path] = [("credentialSubject", "achievement", "tag", index) for index in (0, 1)]
    shape = compiled(FULL, *paths)
    for values in (["\uff5e", "\U0001f600"], ["\U0001f600", "\uff5e"]):
        lines = shape.canonical(values)
        assert (
            lines
            == canonical_nquads(filled(FULL, paths, values))
            == by_pyoxigraph(filled(FULL, paths, values))
        )
        assert lines.index("\uff5e") < lines.index("\U0001f600")


TAGGED = replaced(FULL, ("credentialSubject", "achievement", "tag"), ["a", "b", "c", "a!", "~"])
TAGS: list[Path] = [("credentialSubject", "achievement", "tag", index) for index in (1, 2)]
TAG_SHAPE = compiled(TAGGED, *TAGS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("a!\"' -~\u00e9", max_size=3), min_size=2, max_size=2))
def test_a_slot_between_fixed_lines_moves_with_its_value(values: list[str]) -> None:
    apart = len({*values, "a", "a!", "~"}) == 5
    assert equal_or_uncompilable(TAG_SHAPE, TAGGED, values) == apart


ID_SHAPE = compiled(FULL, ("id",), ("evidence", 0, "id"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "ab", "a-", "a/", "a?", "a=", "a#b", "aé", "z"]), min_size=2, max_size=2)
)
def test_iris_that_start_each_other_are_in_the_order_of_their_lines(ends: list[str]) -> None:
    """``-`` is smaller than the ``>`` that ends an IRI, ``a`` is greater."""
    values = [f"https://{end}" for end in ends]
    assert equal_or_uncompilable(ID_SHAPE, FULL, values) == (len(set(ends)) == 2)


@pytest.mark.parametrize(
    "path",
    [
        ("type", 0),
        ("@context", 0),
        ("issuer", "type", 0),
        ("nowhere",),
        ("issuer",),
        ("evidence", 9, "name"),
        (),
    ],
)
def test_places_that_are_no_slots(path: Path) -> None:
    with pytest.raises(Uncompilable):
        compiled(FULL, path)


def test_terms_of_the_contexts_are_no_slots() -> None:
    with pytest.raises(Uncompilable, match="may not be read as the IRI it is"):
        compiled(FULL, ("endorsement", 0, "proof", 0, "proofPurpose")).canonical(["assertionMethod"])


def test_slots_stand_once_and_in_the_order_of_the_text() -> None:
    for paths in ([("validFrom",), ("id",)], [("id",), ("id",)]):
        with pytest.raises(Uncompilable):
            compiled(FULL, *paths)


def test_without_slots_there_is_one_document() -> None:
    shape = compiled(FULL)
    assert shape.hash_data([], CREATED) == hash_data(FULL, OPTIONS)
    assert shape.values_in(shape.data([], CREATED, "z1")) == ((), CREATED, "z1")


def test_number_of_values_is_asked(shape: CompiledShape) -> None:
    with pytest.raises(ValueError, match="values, not"):
        shape.canonical(VALUES[1:])


def test_values_that_are_no_text_are_left_to_the_library(shape: CompiledShape) -> None:
    values: list[Any] = [7, *VALUES[1:]]
    with pytest.raises(Uncompilable, match="no text"):
        shape.canonical(values)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (replaced(FULL, ("id",), "relative"), UndefinedTermError),
        (FULL | {"bogus": "x"}, UndefinedTermError),
        (without(FULL, ("endorsement",)) | {"@context": ["https://foreign.example/"]}, UnknownContextError),
        (FULL | {"description": None}, UnsignableError),
        (FULL | {"description": "x" * (MAX_TEXT + 1)}, TooComplexError),
        (FULL | {"description": float("nan")}, UnsignableError),
        (FULL | {"description": "\ud800"}, UnsignableError),
    ],
)
def test_what_the_library_refuses_is_refused_with_its_words(document: dict[str, Any], error: type) -> None:
    with pytest.raises(error) as ours:
        compiled(document, ("name",))
    with pytest.raises(error) as theirs:
        hash_data(document, OPTIONS)
    assert str(ours.value) == str(theirs.value)


def test_options_are_judged_as_the_library_does() -> None:
    with pytest.raises(UndefinedTermError):
        compile_shape(FULL, [("name",)], {**OPTIONS, "bogus": "x"})
    with pytest.raises(Uncompilable):
        compile_shape(FULL, [("name",)], without(OPTIONS, ("created",)))


def test_a_document_that_holds_our_sentinels() -> None:
    document = replaced(FULL, ("evidence", 0, "id"), "urn:slot:0:0000")
    shape = compiled(document, ("id",), ("name",))
    assert shape.hash_data(["urn:slot:1:0000", "urn:slot:0:0001"], CREATED) == hash_data(
        filled(document, shape.paths, ["urn:slot:1:0000", "urn:slot:0:0001"]), OPTIONS
    )


def test_a_fault_of_one_byte_in_any_line_is_seen(shape: CompiledShape) -> None:
    """What a build does with one document of each shape: compare with the library."""
    right = canonical_nquads(FULL)
    known = shape._document._graph._subjects._known
    for index, text in enumerate(known):
        known[index] = text[:-3] + bytes([text[-3] ^ 1]) + text[-2:]
        assert shape.canonical(VALUES) != right
        known[index] = text
    assert shape.canonical(VALUES) == right


def test_it_is_far_quicker_than_the_library(shape: CompiledShape) -> None:
    def least(number: int, work: Any) -> float:
        times = []
        for _ in range(5):
            begun = time.process_time()
            for _ in range(number):
                work()
            times.append((time.process_time() - begun) / number)
        return min(times)

    quick = least(200, lambda: shape.hash_data(VALUES, CREATED))
    assert quick * 30 < least(2, lambda: hash_data(FULL, OPTIONS))


def test_hash_data_is_the_librarys_type(shape: CompiledShape) -> None:
    found = shape.hash_data(VALUES, CREATED)
    assert isinstance(found, HashData)
    assert len(found.combined) == 64


def test_places_of_the_sample_are_in_the_order_of_the_text() -> None:
    """The tests' own ground: paths come in the order the compiler asks for."""
    found = [path for path, value in places(FULL) if isinstance(value, str)]
    assert [path for path in found if path in SLOTS] == SLOTS
