"""The shared corpus of bad images: each is refused, warned of or published as it says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from site_builder.images import check_image
from site_builder.problems import has_errors
from tests.support.shared import shared_dir


def _cases() -> list[Any]:
    folder = shared_dir()
    if folder is None:
        return []
    cases = json.loads((folder / "bad-inputs" / "manifest.json").read_text("utf-8"))["cases"]
    return [case for case in cases if case["group"] in ("svg", "png")]


@pytest.mark.shared
@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_shared_image(case: dict[str, Any]) -> None:
    folder = shared_dir()
    assert folder is not None
    (file,) = case["files"]
    image, problems = check_image(file["dest"], (folder / "bad-inputs" / file["src"]).read_bytes())
    codes, expected = {problem.code for problem in problems}, case["expect"]
    match expected["outcome"]:
        case "accept":
            assert image is not None
            assert problems == []
        case "reject":
            assert has_errors(problems)
            assert codes == {expected["problem"]}
        case "warn":
            assert codes == {expected["problem"]}
        case "safe-or-reject":
            published = image.published if image else b""
            for secret in (b"jane.learner@example.org", b"C:\\Users", b"eXIf"):
                assert secret not in published
        case other:
            pytest.fail(f"an outcome this test does not know: {other}")
