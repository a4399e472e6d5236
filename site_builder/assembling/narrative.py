"""The criteria narrative of an achievement: fixed headings, so that people and machines find each element.

Open Badges 3.0 has no terms for benchmark, assessment, workload, participation and quality assurance. They
stand in ``criteria.narrative`` (Markdown) under these headings, and assessment kinds also in ``tag``.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.words import BENCHMARK, LEVEL, METHOD, MODE, number
from site_builder.models.credential import Assessment, CredentialSpec
from site_builder.text.markdown import escape_markdown as plain
from site_builder.text.markdown import without_blank_edges


def criteria_narrative(spec: CredentialSpec) -> str:
    """Return the narrative as Markdown: the author's criteria, then one section per element that is given.

    Rubrics, prerequisites, notes and conditions stay on the page that ``criteria.id`` names: they help
    who wants to earn it, and a badge stays small.
    """
    return "\n\n".join(f"## {heading}\n\n{body}" for heading, body in _sections(spec))


def _sections(spec: CredentialSpec) -> Iterator[tuple[str, str]]:
    yield "Criteria", without_blank_edges(spec.criteria)
    yield "Benchmark", BENCHMARK[spec.benchmark] + "."
    yield "Level", _level(spec)
    yield "Assessment", "\n".join(_assessment(item) for item in spec.assessment)
    if spec.workload:
        yield "Workload", _workload(spec)
    if spec.participation:
        supervision = spec.participation.supervision
        yield "Participation", f"{MODE[spec.participation.mode]}. {plain(supervision or '')}".strip()
    if spec.quality_assurance:
        yield "Quality assurance", plain(spec.quality_assurance)
    if spec.credit:
        yield "Credit", _credit(spec)


def _level(spec: CredentialSpec) -> str:
    extra = spec.qualification_level
    return LEVEL[spec.level] + (f" ({plain(extra.framework)} level {plain(extra.level)})" if extra else "")


def _assessment(item: Assessment) -> str:
    facts = []
    if item.weight is not None:
        facts.append(f"{number(item.weight)} % of the result")
    if item.pass_mark is not None:
        facts.append(f"pass mark {number(item.pass_mark)} %")
    told = f" ({', '.join(facts)})" if facts else ""
    return f"- {METHOD[item.method]}{told}: {plain(item.how)}"


def _workload(spec: CredentialSpec) -> str:
    workload = spec.workload
    if workload is None:
        return ""
    points = f" ({number(workload.ects)} ECTS)" if workload.ects else ""
    return f"{number(workload.hours)} hours{points}"


def _credit(spec: CredentialSpec) -> str:
    credit = spec.credit
    if credit is None:
        return ""
    points = f"{number(credit.points)} {plain(credit.system)}"
    return f"{points} towards {plain(credit.towards.rstrip('.'))}."
