"""People of a class list are found in texts however they are written, and ordinary words are let through."""

from __future__ import annotations

import pytest

from site_builder.registrar.disclosure import People, names_its_learner
from tests.registrar.college import row

ADA = row("ada.l@example.org", "Ada María Lovelace")
GRACE = row("grace@example.org", "Grace")


@pytest.mark.parametrize(
    "text",
    [
        "Shown by Ada María Lovelace.",
        "ADA  MARÍA\nLOVELACE",
        "Lovelace, Ada María",
        "Ada Mari\u0301a Lovelace",
        "Ada Maria Lovelace",
        "https://x.example/ada-maria-lovelace",
        "https://x.example/~adamarialovelace/",
        "https://x.example/Ada%20Mar%C3%ADa%20Lovelace",
        "ada_maría_lovelace.pdf",
        "write to Ada.L@example.org",
        "ada.l%40example.org",
        "grace@example.org",
    ],
)
def test_a_name_or_an_address_is_found(text: str) -> None:
    assert People([ADA, GRACE]).named_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Examination board, School of Computing",
        "Three charts, drawn again",
        "A period of grace was given.",
        "The Lovelace laboratory, in memory of Ada Byron",
        "https://northfield.example/showcase/water-use/",
        "María and Ada are names in the exercise",
    ],
)
def test_ordinary_texts_are_let_through(text: str) -> None:
    assert not People([ADA, GRACE]).named_in(text)


def test_a_name_of_one_word_is_found_in_the_learners_own_evidence() -> None:
    assert names_its_learner(GRACE, "Grace led the group.")
    assert not names_its_learner(GRACE, "The learner led the group gracefully.")
    assert not names_its_learner(row("x@example.org", "Al"), "Al dente.")
    assert not names_its_learner(row("x@example.org", None), "The learner led the group.")
