"""One S3 server for the tests of a process; each test takes a prefix of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.s3 import S3Server, s3_server


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def s3(_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """Return the server; the environment names it and its credentials, and no others."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    for name, value in _server.environment.items():
        monkeypatch.setenv(name, value)
    return _server
