"""The canonical form: equal to independent libraries, and of nothing that would go unsigned."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from site_builder.proof.canonical import (
    UndefinedTermError,
    UnsignableError,
    UnsignableTextError,
    canonical_nquads,
    refuse_undefined,
)
from site_builder.proof.contexts import (
    CONTEXTS,
    OPEN_BADGES_V3,
    REFUSED_TERMS,
    UnknownContextError,
    context_bytes,
)
from site_builder.proof.errors import pointer_to
from tests.proof.sample import at, credentials, full_credential, places, replaced, without

FULL = full_credential()
OBJECTS = [path for path, value in places(FULL) if isinstance(value, dict)]
IDS = [path for path, _ in places(FULL) if path and path[-1] == "id"]
TYPES = [path for path, _ in places(FULL) if path and path[-1] == "type"]
TEXTS = [path for path, value in places(FULL) if isinstance(value, str)]


# White space of other scripts: both JSON-LD libraries drop all statements about such an IRI.
SPACED = [f"https://a/{space}b" for space in "\u00a0\u1680\u2003\u2028\u3000\ufeff"]


def by_pyoxigraph(document: dict[str, Any]) -> str:
    """Return the canonical form as pyoxigraph finds it; it loads no contexts, so they are inlined."""
    inlined = _inlined(document)
    quads = pyoxigraph.parse(json.dumps(inlined), format=pyoxigraph.RdfFormat.JSON_LD)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines is not None
    return "".join(sorted(line + "\n" for line in lines.decode("utf-8").split("\n") if line))


def _inlined(value: Any) -> Any:
    if isinstance(value, list):
        return [_inlined(item) for item in value]
    if not isinstance(value, dict):
        return value
    contexts = [json.loads(context_bytes(url))["@context"] for url in CONTEXTS]
    return {key: contexts if key == "@context" else _inlined(item) for key, item in value.items()}


def refused_at(document: dict[str, Any]) -> str:
    with pytest.raises(UnsignableError) as caught:
        canonical_nquads(document)
    return caught.value.pointer


def test_full_credential_matches_pyoxigraph() -> None:
    canonical = canonical_nquads(FULL)
    assert canonical == by_pyoxigraph(FULL)
    assert canonical.count("\n") == 139


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(credentials())
def test_random_credentials_match_pyoxigraph(document: dict[str, Any]) -> None:
    assert canonical_nquads(document) == by_pyoxigraph(document)


@pytest.mark.shared
def test_both_circulating_copies_of_the_context_agree(shared: Path) -> None:
    folder = shared / "standards/contexts"
    ours = canonical_nquads(FULL)
    for copy_of in ("2024-03", "2026-06"):
        data = (folder / f"ob-v3p0-context-3.0.3.{copy_of}.json").read_bytes()
        assert canonical_nquads(FULL, extra_contexts={OPEN_BADGES_V3: data}) == ours


@pytest.mark.parametrize("path", OBJECTS, ids=pointer_to)
def test_undefined_key_is_refused_wherever_it_stands(path: tuple[str | int, ...]) -> None:
    document = copy.deepcopy(FULL)
    at(document, path)["bogus"] = "x"
    assert refused_at(document) == pointer_to((*path, "bogus"))


@pytest.mark.parametrize("path", OBJECTS, ids=pointer_to)
def test_term_of_another_type_is_refused(path: tuple[str | int, ...]) -> None:
    """``latitude`` is defined within GeoCoordinates only: a list of known names would let it pass."""
    document = copy.deepcopy(FULL)
    at(document, path)["latitude"] = "x"
    assert refused_at(document) == pointer_to((*path, "latitude"))


@pytest.mark.parametrize("path", TYPES, ids=pointer_to)
def test_undefined_type_is_refused_wherever_it_stands(path: tuple[str | int, ...]) -> None:
    found = at(FULL, path)
    types = found if isinstance(found, list) else [found]
    with pytest.raises(UndefinedTermError) as caught:
        refuse_undefined(replaced(FULL, path, [*types, "Bogus"]))
    assert (caught.value.pointer, caught.value.term) == (pointer_to((*path, len(types))), "Bogus")


@pytest.mark.parametrize("path", IDS, ids=pointer_to)
@pytest.mark.parametrize(
    "name", ["relative", "", "#x", "../x", "//host/x", "_:b0", "https://a/ b", "https://a/>", *SPACED, 7]
)
def test_id_that_is_no_absolute_iri_is_refused(path: tuple[str | int, ...], name: object) -> None:
    assert refused_at(replaced(FULL, path, name)) == pointer_to(path)


@pytest.mark.parametrize(
    "path",
    [("issuer",), ("credentialStatus", "statusListCredential"), ("issuer", "image"), ("evidence",)],
    ids=pointer_to,
)
def test_relative_reference_is_refused(path: tuple[str | int, ...]) -> None:
    for name in ("relative", *SPACED):
        assert refused_at(replaced(FULL, path, name)) == pointer_to(path)


def test_undefined_vocabulary_value_is_refused() -> None:
    path = ("endorsement", 0, "proof", 0, "proofPurpose")
    assert refused_at(replaced(FULL, path, "bogus")) == pointer_to(path)


def test_the_undefined_one_of_many_equal_names_is_found() -> None:
    """``targetCode`` is defined in every Alignment; only the one outside is at fault."""
    document = copy.deepcopy(FULL)
    document["credentialSubject"]["achievement"]["image"]["targetCode"] = "x"
    assert refused_at(document) == "/credentialSubject/achievement/image/targetCode"


@pytest.mark.parametrize("path", OBJECTS, ids=pointer_to)
@pytest.mark.parametrize("value", [None, [], [None], [[]]])
def test_value_that_leaves_no_statement_is_refused(path: tuple[str | int, ...], value: object) -> None:
    document = copy.deepcopy(FULL)
    at(document, path)["inLanguage"] = value
    assert refused_at(document).startswith(pointer_to((*path, "inLanguage")))


@pytest.mark.parametrize("path", TEXTS, ids=pointer_to)
def test_every_character_that_libraries_write_differently_is_refused(path: tuple[str | int, ...]) -> None:
    for code in [*range(9), 11, 12, *range(14, 32), 127, 0xD800, 0xFFFE, 0xFFFF]:
        document = replaced(FULL, path, at(FULL, path) + chr(code))
        assert refused_at(document) == pointer_to(path)


def test_a_refused_character_names_itself() -> None:
    with pytest.raises(UnsignableTextError, match=r"^/name: text must not hold the character U\+0008$"):
        refuse_undefined(FULL | {"name": "a\bb"})


@pytest.mark.parametrize(
    "extra",
    [
        {"https://www.w3.org/2018/credentials#termsOfUse": {"id": "urn:x"}},
        {"schema:name": "x"},
        {"_:p": "x"},
        {"@index": "x"},
        {"@reverse": {"evidence": {"id": "urn:x"}}},
        {"@included": [{"id": "urn:x", "type": "Profile"}]},
        {"@graph": []},
        {"@id": "urn:x"},
        {"@nest": {}},
        {"name": {"@value": "x"}},
        {"name": {"@value": "x", "@language": "en", "@direction": "rtl"}},
        {"name": {"@value": "x", "@language": "en us"}},
        {"name": {"@value": "x", "@language": ""}},
        {"name": {"@value": 1, "@language": "en"}},
        {"name": {"@language": "en"}},
        {"name": {"@set": ["x"]}},
        {"name": ["x", "x"]},
        {"name": [1, 1.0]},
        {"name": [0, -0.0]},
        {"name": ["x", ["y"]]},
        {"name": float("inf")},
        {"name": 2.0**53},
        {"name": -1e-7},
        {"name": 100000000000.90625},
        {"jti": "urn:x"},
        {"endorsementJwt": ["x"]},
    ],
    ids=lambda extra: json.dumps(extra)[:60],
)
def test_odd_spellings_are_refused(extra: dict[str, Any]) -> None:
    assert refused_at(FULL | extra).startswith(pointer_to([next(iter(extra))]))


@pytest.mark.parametrize("values", [["1", 1], [0.5, "5.0E-1"]])
def test_one_statement_in_two_spellings_is_refused(values: list[object]) -> None:
    """PyLD and jsonld.js write it twice, a processor that holds a graph as a set writes it once."""
    document = copy.deepcopy(FULL)
    document["credentialSubject"]["achievement"]["creditsAvailable"] = values
    with pytest.raises(UnsignableError, match="makes one statement twice"):
        canonical_nquads(document)


def test_terms_of_one_copy_are_the_ones_named() -> None:
    assert sorted(REFUSED_TERMS) == ["endorsementJwt", "jti"]


@pytest.mark.parametrize(
    "context",
    [
        [*CONTEXTS, "https://evil.example/context"],
        ["https://evil.example/context"],
        "https://evil.example/context",
    ],
)
def test_foreign_context_is_refused(context: object) -> None:
    with pytest.raises(UnknownContextError, match=r"not 'https://evil\.example/context'"):
        canonical_nquads({"@context": context, "type": "Profile"})


@pytest.mark.parametrize(
    "context",
    [None, [], {}, [*CONTEXTS, {"bogus": "https://a.example/"}], [*CONTEXTS, None], [*CONTEXTS, CONTEXTS[0]]],
)
def test_context_that_is_no_list_of_urls_is_refused(context: object) -> None:
    assert refused_at(FULL | {"@context": context}) == "/@context"


@pytest.mark.parametrize("context", [None, [], {"bogus": "urn:x"}, CONTEXTS[0], [CONTEXTS[1], CONTEXTS[0]]])
def test_embedded_context_may_only_repeat_the_documents_own(context: object) -> None:
    path = ("endorsement", 0, "@context")
    assert refused_at(replaced(FULL, path, context)) == pointer_to(path)


def test_what_pyld_refuses_is_told() -> None:
    with pytest.raises(UnsignableError, match=r"^\(document\): not valid JSON-LD: .*colliding keywords|type"):
        canonical_nquads(FULL | {"type": 5})


def test_document_without_a_statement_is_refused() -> None:
    assert refused_at({"@context": list(CONTEXTS), "id": "urn:x"}) == ""


@pytest.mark.parametrize("path", [path for path, _ in places(FULL) if path], ids=pointer_to)
def test_removing_any_part_changes_the_canonical_form(path: tuple[str | int, ...]) -> None:
    changed = without(FULL, path)
    # Refused where it left an empty list, or properties that only the removed type defined.
    with suppress(UnsignableError):
        assert canonical_nquads(changed) != canonical_nquads(FULL)


_LEAVES = st.sampled_from([path for path, value in places(FULL) if not isinstance(value, dict | list)])


@settings(max_examples=60, deadline=None)
@given(path=_LEAVES, value=st.text(max_size=6) | st.integers(-9, 9) | st.booleans() | st.none())
@example(path=("name",), value="")
def test_changing_any_leaf_changes_the_canonical_form(path: tuple[str | int, ...], value: object) -> None:
    changed = replaced(FULL, path, value)
    if str(value) == str(at(FULL, path)):
        return
    with suppress(UnsignableError):  # refused is as good as noticed
        assert canonical_nquads(changed) != canonical_nquads(FULL)


@pytest.mark.parametrize(
    ("number", "written"),
    [(42, "42"), (42.0, "42"), (2.5, "2.5E0"), (0.1, "1.0E-1"), (9.95, "9.949999999999999E0"), (-0.0, "0")],
)
def test_numbers_are_written_as_json_ld_says(number: float, written: str) -> None:
    """JSON-LD 1.1 API, 8.6: ``%1.15E`` without trailing zeros; whole numbers as such."""
    canonical = canonical_nquads(replaced(FULL, ("credentialSubject", "creditsEarned"), number))
    assert f'#creditsEarned> "{written}"^^<' in canonical


def test_canonical_form_holds_no_relative_base() -> None:
    assert "example.org/base" not in canonical_nquads(FULL)
