"""One runner for each test process: its press starts once, its workspace is removed at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bad_inputs.press import Press
from tests.bad_inputs.runner import Runner


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """Return the process that forks a child for each run."""
    press = Press()
    yield press
    press.close()


@pytest.fixture(scope="session")
def runner(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """Return the runner of the corpus' cases."""
    return Runner(press, tmp_path_factory.mktemp("bad-inputs"))
