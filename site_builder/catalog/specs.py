"""Checks of one credential spec, framework or issuer against the rest of the repository."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from site_builder.catalog.catalog import Aligned
from site_builder.models.credential import CompetencyUse, CredentialSpec
from site_builder.models.framework import Competency, Framework
from site_builder.models.issuer import Issuer, IssuerKey
from site_builder.models.telling import same_language
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document


def check_framework(framework: Framework, document: Document) -> Iterator[Problem]:
    """Yield what is wrong with a framework: its id, and competencies given twice."""
    yield from check_stem(document, framework.id)
    ids = [competency.id for competency in framework.competencies]
    yield from repeated(document, ("competencies",), ids, "competency")


def check_stem(document: Document, given: str) -> Iterator[Problem]:
    """Yield a problem where the id in the file is not the file's name."""
    stem = PurePosixPath(document.path).stem
    if given != stem:
        message = f"id must be the file's name {shown(stem)}, not {shown(given)}"
        yield document.problem(("id",), "id-file-mismatch", message, "rename the file or mend the id")


def repeated(
    document: Document, field: tuple[str, ...], values: Iterable[str], what: str
) -> Iterator[Problem]:
    """Yield a problem at each entry of the list ``field`` that was there before."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            message = f"{what} {shown(value)} is listed twice"
            yield document.problem((*field, index), "duplicate-entry", message, "remove one of the two")
        seen.add(value)


def check_spec(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    """Yield what is wrong within one spec: weights, status, dates and translations."""
    names = [f"{use.framework}/{use.id}" for use in spec.competencies]
    yield from repeated(document, ("competencies",), names, "competency")
    yield from _weights(spec, document)
    yield from _lifetime(spec, document)
    yield from _translations(spec, document)


def _translations(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    """A reader asks for a language, so two texts of one language could not be told apart."""
    earlier = [spec.language]
    for tag in spec.translations:
        other = next((known for known in earlier if same_language(known, tag)), None)
        if other == spec.language:
            message = f"translation {tag} is in the credential's own language, {spec.language}"
            yield document.problem(("translations", tag), "duplicate-entry", message, "remove it")
        elif other:
            message = f"translations {other} and {tag} are in the same language"
            yield document.problem(("translations", tag), "duplicate-entry", message, "keep one of the two")
        earlier.append(tag)


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
        yield document.problem(("assessment",), "bad-number", message, "change them until they make 100")


def _lifetime(spec: CredentialSpec, document: Document) -> Iterator[Problem]:
    if spec.status == "retired" and spec.retired_on is None:
        message = "field retired_on is missing: a retired credential has one"
        yield document.problem(("status",), "missing-field", message, "write the last day of awarding")
    if spec.status != "retired" and spec.retired_on is not None:
        message = f"retired_on belongs to a retired credential, but status is {spec.status}"
        yield document.problem(("retired_on",), "bad-date", message, "remove it, or write status: retired")
    if spec.retired_on and spec.published and spec.retired_on < spec.published:
        message = f"retired_on {spec.retired_on} is before published {spec.published}"
        yield document.problem(("retired_on",), "bad-date", message)


def align(
    spec: CredentialSpec, document: Document, frameworks: Mapping[str, Framework], in_doubt: Container[str]
) -> tuple[tuple[Aligned, ...], list[Problem]]:
    """Find each competency a spec names; return those found and a problem for each that does not exist.

    ``in_doubt`` holds the frameworks whose file has errors: nothing is said of what may stand in them.
    """
    found: list[Aligned] = []
    problems: list[Problem] = []
    for index, use in enumerate(spec.competencies):
        framework = frameworks.get(use.framework)
        competency = _competency(framework, use.id)
        if framework and competency:
            found.append(Aligned(framework, competency, use.level))
        elif framework or use.framework not in in_doubt:
            field, message, hint = _unknown_competency(use, framework, frameworks)
            where = ("competencies", index, field)
            problems.append(document.problem(where, "unknown-reference", message, hint))
    return tuple(found), problems


def _competency(framework: Framework | None, wanted: str) -> Competency | None:
    competencies = framework.competencies if framework else ()
    return next((competency for competency in competencies if competency.id == wanted), None)


def _unknown_competency(
    use: CompetencyUse, framework: Framework | None, frameworks: Iterable[str]
) -> tuple[str, str, str]:
    """Return the field that names something unknown, and message and hint for it."""
    if framework is None:
        message = f"framework {shown(use.framework)} does not exist"
        return "framework", message, did_you_mean(use.framework, frameworks)
    message = f"competency {shown(use.id)} does not exist in framework {use.framework}"
    return "id", message, did_you_mean(use.id, (competency.id for competency in framework.competencies))


def check_issuer(issuer: Issuer, document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the issuer's keys (DESIGN 5: separate issue and status keys)."""
    yield from repeated(document, ("keys",), [key.id for key in issuer.keys], "key")
    yield from repeated(document, ("keys",), [key.public_key for key in issuer.keys], "public key")
    for role in ("issue", "status"):
        if not any(key.role == role and key.state == "active" for key in issuer.keys):
            message = f"there is no active key with role {role}"
            hint = f"make one with badgepress rotate --role {role} --out FILE"
            yield document.problem(("keys",), "missing-field", message, hint)
    for index, key in enumerate(issuer.keys):
        fault = _lifetime_of_key(key)
        if fault:
            field, code, message, hint = fault
            yield document.problem(("keys", index, field), code, f"key {shown(key.id)}: {message}", hint)


def check_former(issuer: Issuer, document: Document, home: str) -> Iterator[Problem]:
    """Yield what is wrong with the addresses that the site had; ``home`` is the one it has, if known."""
    yield from repeated(document, ("moved_from",), list(issuer.former_addresses), "former address")
    if home in issuer.former_addresses:
        at = ("moved_from", issuer.former_addresses.index(home))
        hint = "the site is either there or not: badgepress move writes both, site_url and moved_from"
        yield document.problem(at, "address-changed", f"{home} is where the site is now", hint)


def _lifetime_of_key(key: IssuerKey) -> tuple[str, str, str, str] | None:
    """Return field, code, message and hint where a key's state and dates contradict each other."""
    if key.state == "active" and key.ended:
        return "ended", "bad-date", "an active key has not ended", "remove ended, or write state: retired"
    if key.state != "active" and not key.ended:
        return "state", "missing-field", f"field ended is missing: the key is {key.state}", "write since when"
    if key.ended and key.ended < key.since:
        return "ended", "bad-date", f"ended {key.ended} is before since {key.since}", ""
    return None
