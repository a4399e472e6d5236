"""The Achievement (OB 3.0, B.1.1): what a credential version says, the same for all its holders."""

from __future__ import annotations

from site_builder.assembling.addresses import (
    Addresses,
    achievement_image,
    achievement_json,
    competency_page,
    version_page,
)
from site_builder.assembling.narrative import criteria_narrative
from site_builder.assembling.words import LEVEL, METHOD, Json, number
from site_builder.catalog.catalog import Achievement, Aligned
from site_builder.models.credential import LEVELS, CredentialSpec, Kind, Level

# The vocabulary has MicroCredential and Certificate, but no nano and no stack: those two are extensions.
TYPE: dict[Kind, str] = {
    "nanocredential": "ext:NanoCredential",
    "microcredential": "MicroCredential",
    "stacked-microcredential": "ext:StackedMicroCredential",
    "certificate": "Certificate",
}


def achievement_id(item: Achievement, at: Addresses) -> str:
    """Return the Achievement's id: the address of its own JSON."""
    return at.url(achievement_json(*item.key))


def result_id(item: Achievement, name: str, at: Addresses) -> str:
    """Return the id of a possible result or level: a place on the version's own page."""
    return f"{at.url(version_page(*item.key))}#{name}"


def achievement(item: Achievement, at: Addresses) -> Json:
    """Return the Achievement, as it stands in each credential of this version and in achievement.json."""
    spec = item.spec
    image = achievement_image(*item.key, item.image.media_type)
    document: Json = {
        "id": achievement_id(item, at),
        "type": ["Achievement"],
        "achievementType": TYPE[spec.kind],
        "name": spec.name,
        "version": spec.version,
        "description": spec.summary,
        "inLanguage": spec.language,
        "image": {"id": at.url(image), "type": "Image"},
        "criteria": {"id": at.url(version_page(*item.key)), "narrative": criteria_narrative(spec)},
        "alignment": [_alignment(aligned, at) for aligned in item.competencies],
        "resultDescription": result_descriptions(item, at),
        "tag": _tags(spec),
    }
    if spec.credit:
        document["creditsAvailable"] = number(spec.credit.points)
    return document


def _alignment(aligned: Aligned, at: Addresses) -> Json:
    """Return the Alignment (OB 3.0, B.1.5) to a competency; the level's own statement describes it."""
    page = competency_page(aligned.framework.id, aligned.competency.id)
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetName": aligned.competency.name,
        "targetDescription": f"{LEVEL[aligned.level]}: {aligned.statement}",
        "targetFramework": aligned.framework.name,
        "targetUrl": at.url(page),
    }


def result_descriptions(item: Achievement, at: Addresses) -> list[Json]:
    """Return the possible results (OB 3.0, B.1.20): the level, and a score where there is a pass mark."""
    descriptions: list[Json] = [
        {
            "id": result_id(item, "level", at),
            "type": ["ResultDescription"],
            "name": "Level",
            "resultType": "RubricCriterionLevel",
            "requiredLevel": result_id(item, item.spec.level, at),
            "rubricCriterionLevel": [
                _rubric_level(item, rank, level, at) for rank, level in enumerate(LEVELS, start=1)
            ],
        }
    ]
    if has_score(item.spec):
        descriptions.append(_score(item, at))
    return descriptions


def _rubric_level(item: Achievement, rank: int, level: Level, at: Addresses) -> Json:
    return {
        "id": result_id(item, level, at),
        "type": ["RubricCriterionLevel"],
        "name": LEVEL[level],
        "level": str(rank),
    }


def has_score(spec: CredentialSpec) -> bool:
    """True where an assessment has a pass mark, so that an award may have a score."""
    return any(assessment.pass_mark is not None for assessment in spec.assessment)


def _score(item: Achievement, at: Addresses) -> Json:
    description: Json = {
        "id": result_id(item, "score", at),
        "type": ["ResultDescription"],
        "name": "Score",
        "resultType": "Percent",
        "valueMin": "0",
        "valueMax": "100",
    }
    marks = {assessment.pass_mark for assessment in item.spec.assessment} - {None}
    if len(marks) == 1:
        description["requiredValue"] = f"{marks.pop():g}"
    return description


def _tags(spec: CredentialSpec) -> list[str]:
    return list(dict.fromkeys(METHOD[assessment.method] for assessment in spec.assessment))
