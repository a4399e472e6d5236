"""Whose a spec and an award are: a school awards its own credentials, from its own folder."""

from __future__ import annotations

import doctest
import random
from pathlib import Path

from click.testing import CliRunner

from site_builder.catalog import owners
from site_builder.catalog.resolve import resolve
from site_builder.cli.new import command
from site_builder.executors.inline import Inline
from site_builder.importers.row import Roster
from site_builder.proof.records import record_path
from site_builder.publishing.recording import is_proof_file
from site_builder.reading.repository import sweep
from site_builder.registrar.awarding import planned
from site_builder.registrar.cohorts import cohort_files
from site_builder.registrar.minting import Mint
from site_builder.registrar.replacing import Correction, replace
from site_builder.registrar.terms import Terms
from site_builder.storing import Store
from site_builder.survey import survey
from tests.registrar.college import GRACE, KEY, catalog_in, college, do, office, row
from tests.support.repos import NOW, SECOND_AWARD, Files, catalog_of, credential, told, valid

SPEC = "credentials/nursing/wound-care.yaml"
EARLIER = "credentials/nursing/wound-care/1.0.yaml"
AWARDS = "issued/2026/nursing/charts.yaml"


def _version(name: str, version: str) -> str:
    return credential(name).replace('version: "1.0"', f'version: "{version}"')


def _owned() -> Files:
    """Return the valid repository where nursing owns the credential charts, picture and awards and all."""
    files = valid()
    files["credentials/nursing/charts.yaml"] = files.pop("credentials/charts.yaml")
    files[AWARDS] = files.pop("issued/2026/charts.yaml")
    return files


def test_the_examples_in_the_docstrings() -> None:
    assert doctest.testmod(owners).failed == 0


def test_a_school_awards_its_own_credentials_and_stacks_go_across() -> None:
    catalog = catalog_of(_owned())
    assert catalog.newest("charts").path == "credentials/nursing/charts.yaml"
    assert len(catalog.awards_of(("charts", "1.0"))) == 2
    assert len(catalog.awards_of(("literacy", "1.0"))) == 1


def test_an_owned_credential_is_not_awarded_from_elsewhere() -> None:
    files = _owned()
    text = files.pop(AWARDS)
    for folder in ("issued/2026", "issued/2026/trades"):
        assert told({**files, f"{folder}/charts.yaml": text}) == [
            f"{folder}/charts.yaml:1: credential charts belongs to credentials/nursing/, so it cannot be"
            f" awarded from {folder}/ | move the file to {AWARDS}"
        ]


def test_what_is_nobodys_own_is_not_awarded_by_a_school() -> None:
    files = valid()
    files[AWARDS] = files.pop("issued/2026/charts.yaml")
    assert told(files) == [
        f"{AWARDS}:1: credential charts belongs to no owner's folder, so it cannot be awarded from"
        " issued/2026/nursing/ | move the file to issued/2026/charts.yaml"
    ]


def test_versions_and_pictures_stand_in_the_owners_folder() -> None:
    files = {**valid(), SPEC: _version("wound-care", "2.0"), EARLIER: _version("wound-care", "1.0")}
    files["credentials/nursing/badge.svg"] = files["credentials/badge.svg"]
    catalog = catalog_of(files)
    assert [item.path for item in catalog.versions("wound-care")] == [SPEC, EARLIER]
    assert {item.image.path for item in catalog.versions("wound-care")} == {"credentials/nursing/badge.svg"}
    assert catalog.newest("charts").image.path == "credentials/badge.svg"


def test_versions_of_one_credential_have_one_owner() -> None:
    strange = "credentials/wound-care/1.0.yaml"
    files = {**valid(), SPEC: _version("wound-care", "2.0"), strange: _version("wound-care", "1.0")}
    assert told(files) == [
        f"{strange}:1: the newest version of wound-care stands in {SPEC}, in another owner's folder"
        f" | move this one to {EARLIER}"
    ]


def test_an_id_is_one_credentials_whoever_owns_it() -> None:
    files = {**valid(), "credentials/nursing/charts.yaml": credential("charts")}
    assert told(files) == [
        "credentials/nursing/charts.yaml:1: credential charts stands in credentials/charts.yaml too"
        " | an id is one credential's, whoever owns it: give one of the two another"
    ]


def test_a_folder_of_versions_is_no_owners_folder() -> None:
    files = {**valid(), "credentials/charts/wound-care.yaml": credential("wound-care")}
    assert told(files) == [
        "credentials/charts/wound-care.yaml:1: the folder credentials/charts/ is that of the earlier versions"
        " of charts | give the owner's folder another name"
    ]


def test_an_earlier_version_is_named_by_its_version() -> None:
    files = {**valid(), "credentials/charts/old.yaml": _version("charts", "0.9")}
    assert told(files) == [
        "credentials/charts/old.yaml:4: version must be the file's name 'old', not '0.9'"
        " | rename the file or mend the version"
    ]


def test_folders_of_owners_hold_no_folders_but_those_of_versions() -> None:
    deep = ("credentials/nursing/wards/wound-care.yaml", "issued/2026/nursing/wards/charts.yaml")
    assert [line.split(" | ")[0] for line in told({**valid(), **dict.fromkeys(deep, "a: b\n")})] == [
        f"{path}:None: the file is not read: no such file belongs in this folder" for path in deep
    ]


def test_what_was_found_before_is_not_believed_of_a_spec_that_moved(tmp_path: Path) -> None:
    root, store = college(tmp_path / "root", valid()), Store(tmp_path / "store")
    assert survey(root, NOW, None, store, Inline()).problems == []
    (root / "credentials/nursing").mkdir()
    (root / "credentials/charts.yaml").rename(root / "credentials/nursing/charts.yaml")
    codes = [(p.path, p.code) for p in survey(root, NOW, None, store, Inline()).problems]
    assert codes == [("issued/2026/charts.yaml", "wrong-owner")]


def test_registrars_write_into_the_owners_folder(tmp_path: Path) -> None:
    root = college(tmp_path, _owned())
    given = office(row(), row(GRACE, "Grace Hopper", 3))
    outcome = do(root, lambda desk: replace(desk, SECOND_AWARD, given, Correction(score=91)))
    new = "issued/2026/nursing/charts-corrected-2026-11-22.yaml"
    assert [item.path for item in outcome.touched] == [AWARDS, new]
    head = (root / new).read_text(encoding="utf-8").splitlines()[0]
    assert head == "# yaml-language-server: $schema=../../../docs/schemas/award.json"
    catalog = catalog_in(root)
    roster = Roster(path="list.csv", system="template", rows=(row("c@example.org", None),))
    terms = Terms(credential="charts", assessor="Examination board", today=NOW)
    plan = planned(catalog, roster, terms, Mint.of(catalog, KEY, random.Random(1).randrange))
    assert [f.path for f in cohort_files(plan.cohorts, (), None)] == [
        "issued/2026/nursing/charts-2026-11-22.yaml"
    ]


def test_a_new_credential_and_a_new_version_for_an_owner(tmp_path: Path) -> None:
    root = college(tmp_path)
    run = CliRunner().invoke
    started = run(command, ["credential", "wound-care", "--owner", "nursing", "--root", str(root)])
    assert started.output.splitlines()[:2] == [f"wrote {SPEC}", "wrote credentials/nursing/wound-care.svg"]
    raised = run(command, ["version", "wound-care", "2.0", "--root", str(root)])
    assert raised.output == f"wrote {EARLIER}\n{SPEC} is now version 2.0: change what is new in it\n"
    for path, up in ((SPEC, "../../"), (EARLIER, "../../../")):
        first = (root / path).read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema={up}docs/schemas/credential.json"
    assert resolve(sweep(root), NOW)[0] is not None


def test_proofs_stand_as_awards_do() -> None:
    assert record_path(AWARDS) == "proofs/2026/nursing/charts.jsonl"
    paths = ("2026/nursing/charts.jsonl", "2026/charts.jsonl", "2026/a/b/c.jsonl", "2026/.git/c.jsonl")
    assert [is_proof_file(path) for path in paths] == [True, True, False, False]
