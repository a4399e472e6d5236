"""npm is run with the Node that was found, and trusts whom the machine trusts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools import node

FOUND = node.Node(Path("/somewhere/bin/node"), ("npm",))


def test_the_node_that_was_found_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")
    assert node.environment(FOUND)["PATH"] == f"/somewhere/bin{os.pathsep}/usr/bin"


def test_a_proxy_that_the_machine_trusts_may_stand_before_the_registry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known = tmp_path / "certificates.crt"
    monkeypatch.setattr(node, "CERTIFICATES", known)
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    assert "NODE_EXTRA_CA_CERTS" not in node.environment(FOUND)
    known.touch()
    assert node.environment(FOUND)["NODE_EXTRA_CA_CERTS"] == str(known)
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/own.pem")
    assert node.environment(FOUND)["NODE_EXTRA_CA_CERTS"] == "/own.pem"
