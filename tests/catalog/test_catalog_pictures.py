"""The images that specs and the issuer name."""

from __future__ import annotations

import pytest

from tests.support.repos import catalog_of, changed, told, valid

SPEC = "credentials/charts.yaml"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bagde.svg", "image 'bagde.svg' does not exist | did you mean 'badge.svg'?"),
        ("images/none.png", "image 'images/none.png' does not exist | known: badge.svg"),
        ("../credentials/badge.svg", "image '../credentials/badge.svg' does not exist | known: badge.svg"),
        (
            "https://canary.invalid/badge.png",
            "image must be a file in the repository, not the address 'https://canary.invalid/badge.png'"
            " | put the file beside this one and write its name",
        ),
    ],
)
def test_image(name: str, expected: str) -> None:
    assert told(changed(SPEC, "image: badge.svg", f"image: {name}")) == [f"{SPEC}:25: {expected}"]


def test_a_refused_image_is_told_once_and_its_awards_are_checked_all_the_same() -> None:
    files = changed("credentials/badge.svg", "<circle", "<script/><circle")
    told_of_image = told(files)
    assert len(told_of_image) == 1
    assert told_of_image[0].startswith("credentials/badge.svg:")
    files = changed("issued/2026/charts.yaml", "score: 80", "score: 10", files)
    assert told(files) == [
        *told_of_image,
        "issued/2026/charts.yaml:11: score 10 is below the pass mark 60",
    ]


def test_an_earlier_version_may_use_the_image_of_the_folder_above() -> None:
    files = changed(SPEC, 'version: "1.0"', 'version: "2.0"')
    files["credentials/charts/1.0.yaml"] = valid()[SPEC]
    images = {item.image.path for item in catalog_of(files).versions("charts")}
    assert images == {"credentials/badge.svg"}
