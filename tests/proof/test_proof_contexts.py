"""Contexts: the pinned bytes or nothing."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from site_builder.proof import contexts
from site_builder.proof.contexts import (
    CONTEXTS,
    CREDENTIALS_V2,
    OPEN_BADGES_V3,
    ContextError,
    UnknownContextError,
    context_bytes,
    library,
)
from tests.support.contexts import context_files


@pytest.fixture
def fresh() -> Iterator[None]:
    context_bytes.cache_clear()
    yield
    context_bytes.cache_clear()


def test_contexts_are_the_two_of_the_design_in_order() -> None:
    assert CONTEXTS == (CREDENTIALS_V2, OPEN_BADGES_V3)


@pytest.mark.parametrize("url", CONTEXTS)
def test_bytes_are_the_installed_ones(url: str) -> None:
    assert context_bytes(url) == context_files()[url].read_bytes()


def test_credentials_context_has_the_digest_of_the_recommendation() -> None:
    digest = hashlib.sha256(context_bytes(CREDENTIALS_V2)).hexdigest()
    assert digest == "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"


@pytest.mark.parametrize("url", ["https://www.w3.org/2018/credentials/v1", "file:///etc/passwd", ""])
def test_any_other_url_is_refused(url: str) -> None:
    with pytest.raises(UnknownContextError, match=r"^context must be one that this press ships, not '"):
        context_bytes(url)
    with pytest.raises(UnknownContextError):
        library().load(url)


@pytest.mark.usefixtures("fresh")
def test_changed_file_is_refused_and_told_how_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "_installed_bytes", lambda path: b"{}")
    with pytest.raises(ContextError) as caught:
        context_bytes(CREDENTIALS_V2)
    assert str(caught.value) == (
        "openbadgeslib/ob3/contexts/credentials-v2.json must have SHA-256"
        " 59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734, not"
        " 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a; reinstall the pinned dependency:"
        " pip install --force-reinstall 'openbadgeslib>=4.6,<4.7'"
    )


@pytest.mark.usefixtures("fresh")
def test_missing_distribution_is_told_how_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "_DISTRIBUTION", "no-such-distribution")
    with pytest.raises(ContextError, match=r"credentials-v2\.json is not installed; reinstall the pinned"):
        context_bytes(CREDENTIALS_V2)


@pytest.mark.usefixtures("fresh")
def test_missing_file_is_told_how_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(contexts._PINNED, CREDENTIALS_V2, ("openbadgeslib/gone.json", "0"))
    with pytest.raises(
        ContextError, match=r"^openbadgeslib/gone\.json is not installed; reinstall the pinned"
    ):
        context_bytes(CREDENTIALS_V2)


def test_extra_context_does_not_answer_for_the_packaged_set() -> None:
    extra = {"https://a.example/c": b"{}"}
    assert "https://a.example/c" in library(extra)
    assert "https://a.example/c" not in library()


def test_the_distribution_is_read_and_never_imported() -> None:
    """Other tests import it as a peer, so a process of its own is asked."""
    code = (
        "import sys, site_builder.proof.eddsa; from site_builder.proof.contexts import library; library()"
        "\nprint([name for name in sys.modules if name.startswith('openbadgeslib')])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
