"""Which file holds which version of a credential."""

from __future__ import annotations

from tests.support.repos import Files, catalog_of, changed, credential, told, valid

CURRENT = "credentials/charts.yaml"


def _version(version: str, name: str = "charts", status: str = "active") -> str:
    spec = credential(name).replace('version: "1.0"', f'version: "{version}"')
    return spec.replace("language: en", f"status: {status}\nlanguage: en")


def _two(earlier: str, current: str, status: str = "active") -> Files:
    return {
        **valid(),
        CURRENT: _version(current, status=status),
        f"credentials/charts/{earlier}.yaml": _version(earlier),
    }


def test_the_newest_comes_first_and_awards_keep_their_version() -> None:
    catalog = catalog_of(_two("1.0", "1.10"))
    assert [item.spec.version for item in catalog.versions("charts")] == ["1.10", "1.0"]
    assert catalog.newest("charts").spec.version == "1.10"
    assert len(catalog.awards_of(("charts", "1.0"))) == 2


def test_a_new_version_may_be_drafted_while_the_old_one_stays() -> None:
    catalog = catalog_of(_two("1.0", "2.0", status="draft"))
    assert catalog.newest("charts").spec.version == "1.0"
    assert [item.spec.version for item in catalog.versions("charts")] == ["1.0"]
    assert [item.spec.id for item in catalog.stacks_into("charts")] == ["literacy"]


def test_an_earlier_version_must_be_earlier() -> None:
    files = {**_two("1.0", "1.0"), "credentials/charts/1.1.yaml": _version("1.1")}
    assert told(files) == [
        f"credentials/charts/{version}.yaml:4: version {version} is not earlier than 1.0 in {CURRENT}"
        " | give the newer text the higher version"
        for version in ("1.0", "1.1")
    ]


def test_one_version_stands_in_one_file() -> None:
    files = {**_two("1.0", "2.0"), "credentials/charts/1.yaml": _version("1")}
    assert told(files) == [
        "credentials/charts/1.yaml:4: version 1 of charts stands in two files | remove one of the two"
    ]


def test_names_of_folder_and_file() -> None:
    files = {**_two("1.0", "2.0"), "credentials/charts/0.9.yaml": _version("0.8", name="asking")}
    assert told(files) == [
        "credentials/charts/0.9.yaml:1: id must be the folder's name 'charts', not 'asking'"
        " | move the file or mend the id",
        "credentials/charts/0.9.yaml:4: version must be the file's name '0.9', not '0.8'"
        " | rename the file or mend the version",
    ]


def test_an_earlier_version_needs_a_current_one() -> None:
    files = {**valid(), "credentials/lonely/1.0.yaml": _version("1.0", name="lonely")}
    assert told(files) == [
        "credentials/lonely/1.0.yaml:1: there is no credentials/lonely.yaml for this earlier version"
        " | an awarded credential can be retired, not deleted"
    ]


def test_a_current_version_with_errors_is_not_called_missing() -> None:
    files = changed(CURRENT, "level: intermediate", "level: expert", _two("1.0", "2.0"))
    assert told(files) == [f"{CURRENT}:7: level must be foundational, intermediate or advanced, not 'expert'"]


def test_a_credential_keeps_its_kind() -> None:
    files = valid()
    files["credentials/literacy/0.9.yaml"] = (
        files["credentials/literacy.yaml"].replace('version: "1.0"', 'version: "0.9"')
    ).replace("kind: microcredential", "kind: certificate")
    assert told(files) == [
        "credentials/literacy.yaml:3: kind is microcredential, but version 0.9 of literacy is a certificate"
        " | a credential keeps its kind; start another with an id of its own"
    ]
