"""The private keys of a run: what is said where none was given."""

from __future__ import annotations

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.keys import KeyRefused
from site_builder.publishing.signers import Signers
from tests.pages.sample import sample_catalog


def test_who_gave_no_key_is_not_told_that_a_given_key_is_wrong() -> None:
    """At a host of the demo key, a repository with keys of its own asks for them by name."""
    signers = Signers(sample_catalog().issuer, Addresses("https://badges.example.test/"), {})
    with pytest.raises(KeyRefused) as refused:
        signers.issue()
    assert str(refused.value) == (
        "BADGEPRESS_ISSUE_KEY must hold the issue key, or BADGEPRESS_ISSUE_KEY_FILE its path"
    )
    assert "does not list the demo key" in refused.value.hint
    assert "badgepress build --preview" in refused.value.hint
