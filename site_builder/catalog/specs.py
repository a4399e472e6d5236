"""Checks of one credential spec, framework or issuer against the rest of the repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from site_builder.catalog.catalog import Aligned
from site_builder.models.credential import CredentialSpec
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document


def check_framework(framework: Framework, document: Document) -> Iterator[Problem]:
    """Yield what is wrong with a framework: its id, and competencies given twice."""
    yield from check_stem(document, framework.id)
    ids = [competency.id for competency in framework.competencies]
    yield from repeated(document, "competencies", ids, "competency")


def check_stem(document: Document, given: str) -> Iterator[Problem]:
    """Yield a problem where the id in the file is not the file's name."""
    stem = PurePosixPath(document.path).stem
    if given != stem:
        message = f"id must be the file's name {shown(stem)}, not {shown(given)}"
        yield document.problem(("id",), "id-file-mismatch", message, "rename the file or mend the id")


def repeated(document: Document, field: str, values: Iterable[Any], what: str) -> Iterator[Problem]:
    """Yield a problem at each entry of the list ``field`` that was there before."""
    seen: Counter[Any] = Counter()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            name = value if isinstance(value, str) else "/".join(value)
            message = f"{what} {shown(name)} is listed twice"
            yield document.problem((field, index), "duplicate-entry", message, "remove one of the two")


def check_spec(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    """Yield what is wrong within one spec: weights, status and dates."""
    yield from repeated(document, "competencies", [(u.framework, u.id) for u in spec.competencies], "competency")
    yield from _weights(spec, document)
    yield from _lifetime(spec, document)


def _weights(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    weights = [assessment.weight for assessment in spec.assessment]
    given = [weight for weight in weights if weight is not None]
    if not given:
        return
    if len(given) < len(weights):
        message = "weight is given for some assessments only"
        yield document.problem(("assessment",), "bad-number", message, "give it for all of them or for none")
    elif abs(sum(given) - 100) > 0.01:
        message = f"the weights of the assessments make {sum(given):g} percent, not 100"
        yield document.problem(("assessment",), "bad-number", message)


def _lifetime(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    if (spec.status == "retired") != (spec.retired_on is not None):
        message = "status: retired and retired_on belong together; one of them is missing"
        yield document.problem(("status",), "missing-field", message, "add the other, or remove both")
    if spec.retired_on and spec.published and spec.retired_on < spec.published:
        message = f"retired_on {spec.retired_on} is before published {spec.published}"
        yield document.problem(("retired_on",), "bad-date", message)


def align(
    spec: CredentialSpec, document: Document, frameworks: Mapping[str, Framework]
) -> tuple[tuple[Aligned, ...], list[Problem]]:
    """Find each competency a spec names; return those found and a problem for each that does not exist."""
    found: list[Aligned] = []
    problems: list[Problem] = []
    for index, use in enumerate(spec.competencies):
        framework = frameworks.get(use.framework)
        if framework is None:
            message = f"framework {shown(use.framework)} does not exist"
            where = ("competencies", index, "framework")
            hint = did_you_mean(use.framework, frameworks)
            problems.append(document.problem(where, "unknown-reference", message, hint))
            continue
        known = {competency.id: competency for competency in framework.competencies}
        if use.id in known:
            found.append(Aligned(framework, known[use.id], use.level))
            continue
        message = f"competency {shown(use.id)} does not exist in framework {use.framework}"
        hint = did_you_mean(use.id, known)
        problems.append(
            document.problem(("competencies", index, "id"), "unknown-reference", message, hint)
        )
    return tuple(found), problems


def check_issuer(issuer: Issuer, document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the issuer's keys (DESIGN 5: separate issue and status keys)."""
    yield from repeated(document, "keys", [key.id for key in issuer.keys], "key")
    yield from repeated(document, "keys", [key.public_key for key in issuer.keys], "public key")
    for role in ("issue", "status"):
        if not any(key.role == role and key.state == "active" for key in issuer.keys):
            message = f"there is no active key with role {role}"
            hint = f"make one with badgepress keygen --role {role}"
            yield document.problem(("keys",), "missing-field", message, hint)
    for index, key in enumerate(issuer.keys):
        if (key.state == "active") == (key.ended is not None):
            message = f"key {shown(key.id)}: ended belongs to a key that is retired or compromised"
            yield document.problem(("keys", index, "state"), "bad-date", message)
