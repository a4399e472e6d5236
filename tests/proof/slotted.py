"""Credentials with slots: which texts of a document may vary, and random documents, slots and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from site_builder.proof.eddsa import proof_options
from site_builder.proof.slots import Path, filled, text_at
from tests.proof.sample import BASE, CREATED, alignment, credentials, full_credential, names, places, texts

OPTIONS = proof_options(verification_method="did:web:college.example:badges#z6Mk", created=CREATED)

# What decides how other parts are read, and values that are terms of the contexts.
_NEVER = {"type", "@language", "status", "cryptosuite", "proofPurpose"}


class Case(NamedTuple):
    """A document, its slots, and values to fill them with."""

    document: dict[str, Any]
    paths: list[Path]
    values: list[list[str]]

    def filled(self, values: list[str]) -> dict[str, Any]:
        return filled(self.document, self.paths, values)


def slots_of(document: dict[str, Any]) -> list[Path]:
    """Return the path of every text that may vary, in the order of the JSON text."""
    return [
        path
        for path, value in places(document)
        if isinstance(value, str) and _NEVER.isdisjoint(step for step in path if isinstance(step, str))
    ]


def award_slots(document: dict[str, Any]) -> list[Path]:
    """Return the slots outside the issuer, the achievement and endorsements: what varies between awards."""
    fixed = {("issuer",), ("name",), ("endorsement",), ("credentialSubject", "achievement")}
    return [path for path in slots_of(document) if path[:1] not in fixed and path[:2] not in fixed]


def values_of(document: dict[str, Any], paths: list[Path]) -> list[str]:
    return [text_at(document, path) for path in paths]


def is_reference(document: dict[str, Any], path: Path) -> bool:
    """Return True where a slot of ours wants an IRI."""
    return path[-1] in ("id", "verificationMethod", "statusListCredential") or path == ("issuer",)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a credential of any shape, of which no two blank nodes are alike."""
    document = draw(credentials())
    subject, award = document["credentialSubject"], document["credentialSubject"]["achievement"]
    for kind, items in (("alignment", alignment), ("evidence", _evidence), ("result", _result)):
        number = draw(st.integers(1, 4))
        holder = {"alignment": award, "evidence": document, "result": subject}[kind]
        holder[kind] = [items(f"{kind}{index}") for index in range(number)]
    if draw(st.booleans()):
        document["relatedResource"] = [_part(draw(names)) for _ in range(draw(st.integers(1, 5)))]
    if draw(st.booleans()):
        document["endorsement"] = list(_endorsements(draw(st.integers(1, 3))))
    award["tag"] = [f"tag {index}" for index in range(draw(st.integers(1, 6)))]
    return document


def _evidence(name: str) -> dict[str, Any]:
    return {"type": ["Evidence"], "name": name, "narrative": f"About {name}", "genre": "report"}


def _result(name: str) -> dict[str, Any]:
    return {"type": ["Result"], "resultDescription": f"{BASE}#r1", "value": name}


def _part(name: str) -> dict[str, Any]:
    return {"id": name, "digestMultibase": f"u{name[-8:]}"}


def _endorsements(number: int) -> Iterator[dict[str, Any]]:
    for index in range(number):
        found: dict[str, Any] = full_credential()["endorsement"][0]
        found["id"] = f"https://agency.example/e/{index}"
        found["issuer"]["id"] = f"https://agency.example/{index}"
        found["proof"][0]["proofValue"] += str(index)
        # The sample's endorsements speak of the issuer, who is described already.
        found["credentialSubject"]["id"] = f"{BASE}/endorsed/{index}"
        yield found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a document, some of its slots, and ordinary values for them: no two of them the same."""
    document = draw(documents())
    paths = [path for path in slots_of(document) if draw(st.integers(0, 3))]
    return Case(document, paths, [draw(_values(document, paths)) for _ in range(2)])


@st.composite
def _values(draw: st.DrawFn, document: dict[str, Any], paths: list[Path]) -> list[str]:
    drawn = draw(st.lists(texts, min_size=len(paths), max_size=len(paths)))
    # A number in every text keeps them apart: alike values are the business of other tests.
    return [
        str(draw(names))
        if is_reference(document, path)
        else f"{text}{index}"
        if index % 2
        else f"{index}{text}"
        for index, (path, text) in enumerate(zip(paths, drawn, strict=True))
    ]
