"""Sites made of hostile inputs: those that the checks let through, and those that were forced past them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Achievement, Aligned, Catalog, IssuedAward
from site_builder.catalog.resolve import resolve
from site_builder.images import Image
from site_builder.keys import Role, demo_signers
from site_builder.mkdocs_plugin import build_catalog
from site_builder.models.credential import Translation
from site_builder.models.fields import Model
from site_builder.publishing.award_part import award_part
from site_builder.publishing.issuing import sign_awards, sign_lists
from site_builder.publishing.records import Records
from site_builder.reading.repository import sweep
from tests.bad_inputs import base
from tests.bad_inputs.changes import Trial, put_into, trials
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.fields import all_fields
from tests.bad_inputs.press import Job, Press, Run
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.result import expected
from tests.bad_inputs.verdict import told_about

M = TypeVar("M", bound=Model)

# Elsewhere the same names are those of closed lists and of ids.
_NOT_EVERYWHERE = frozenset({"level", "framework", "image"})
TEXTS = frozenset(
    [name for name in field.pattern if name != "*"][-1]
    for field in all_fields()
    if field.kind in ("text", "markdown")
).difference(_NOT_EVERYWHERE)
"""The names of the fields in which an author may write a sentence."""
_LANGUAGES = ("fr",)
"""Translations are shown on a site in their language."""
_NONE = Records({}, {})


def let_through(case: Case, press: Press, folder: Path) -> Path | None:
    """Return the site built from a case, without the fields that were refused; None where nothing is left."""
    trial = trials(expected(case))[0]
    run = _build(trial, case, press, folder)
    if run.exit == 1 and trial.puts:
        left = [put for put in trial.puts if not told_about(put, trial, run.problems)]
        if not left or len(left) == len(trial.puts):
            return None
        run = _build(put_into(case, left), case, press, folder)
    return folder / "site" if run.exit == 0 else None


def _build(trial: Trial, case: Case, press: Press, folder: Path) -> Run:
    with TemporaryDirectory(dir=folder) as place:
        root = Path(place, "repository")
        trial.repo.write_to(root)
        output = str(folder / "site")
        words = ["build", "--root", str(root), "--output", output, "--json", "--now", base.TODAY.isoformat()]
        return press.run(Job(folder, [words], [folder], case.seconds, case.mib))[0]


@dataclass(frozen=True)
class Hostile:
    """What is forced into a catalog: a text for every field that takes one, or the bytes of a drawing."""

    text: str = ""
    drawing: bytes = b""


def forced_site(inputs: Iterable[Hostile], folder: Path) -> Path:
    """Return a site in which each input has a credential, a framework and an award of its own.

    No check has seen any of them: what keeps them quiet is how pages are written, and nothing else.
    """
    root, site = folder / "repository", folder / "site"
    Repo.valid().write_to(root)
    valid, problems = resolve(sweep(root), base.TODAY)
    if valid is None:
        raise AssertionError(problems)
    catalog = _forced(valid, list(inputs))
    at = Addresses(catalog.settings.site_url)
    build_catalog(root, catalog, at, base.TODAY, site)
    for artifact in _award_part(catalog, at):
        path = site / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.data)
    return site


def _award_part(catalog: Catalog, at: Addresses) -> Iterator[Artifact]:
    signers = demo_signers()
    signed = sign_awards(catalog, at, _NONE, lambda: signers[Role.ISSUE], lambda: None)
    if signed.problems:
        raise AssertionError(signed.problems)
    sign_lists(signed, catalog, at, base.TODAY, _NONE, lambda: signers[Role.STATUS])
    yield from award_part(catalog, at, signed)


def _forced(valid: Catalog, inputs: list[Hostile]) -> Catalog:
    """Return the catalog with every text of it made hostile; the site and its issuer get the first text."""
    first = next(one.text for one in inputs if one.text)
    items, frameworks, awards = {}, {}, {}
    for number, one in enumerate(inputs):
        item = _achievement(valid, number, one)
        items[item.key] = item
        framework = item.competencies[0].framework
        frameworks[framework.id] = framework
        award = _award(valid, number, item, one.text)
        awards[award.id] = award
    return replace(
        valid,
        settings=replace(valid.settings, site_name=first, languages=_LANGUAGES),
        issuer=reworded(valid.issuer, first),
        frameworks=frameworks,
        achievements=items,
        awards=awards,
    )


def _achievement(valid: Catalog, number: int, one: Hostile) -> Achievement:
    item = valid.achievements["charts", "1.0"]
    framework = next(iter(valid.frameworks.values()))
    if one.text:
        framework = reworded(framework, one.text).model_copy(update={"id": f"framework-{number}"})
    spec = reworded(item.spec, one.text).model_copy(
        update={"id": f"case-{number}", "translations": _translations(one.text)}
    )
    image = Image(item.image.path, "image/svg+xml", one.drawing, 400, 400) if one.drawing else item.image
    aligned = (Aligned(framework, framework.competencies[0], "foundational"),)
    return replace(item, spec=spec, competencies=aligned, image=image)


def _translations(text: str) -> Mapping[str, Translation]:
    if not text:
        return {}
    return {"fr": Translation.model_construct(name=text, summary=text, description=text)}


def _award(valid: Catalog, number: int, item: Achievement, text: str) -> IssuedAward:
    """Return an award with evidence that was listed, and then revoked for a reason."""
    evidence, revoked = valid.awards[base.FIRST], valid.awards[base.REPLACED]
    changes: dict[str, Any] = {
        "id": f"{number:08d}-0000-4000-8000-000000000000",
        "status_index": number,
        "revoked": reworded(revoked.award.revoked, text) if revoked.award.revoked else None,
    }
    award = reworded(evidence.award, text).model_copy(update=changes)
    return replace(evidence, file=reworded(evidence.file, text), award=award, achievement=item)


def reworded(model: M, text: str) -> M:
    """Return the model with ``text`` wherever a sentence may stand, unchecked."""
    if not text:
        return model
    values = {name: getattr(model, name) for name in type(model).model_fields}
    return model.model_copy(update={name: _reworded(name, value, text) for name, value in values.items()})


def _reworded(name: str, value: object, text: str) -> object:
    if isinstance(value, Model):
        return reworded(value, text)
    if isinstance(value, tuple):
        return tuple(_reworded(name, item, text) for item in value)
    return text if isinstance(value, str) and name in TEXTS else value
