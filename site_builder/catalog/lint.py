"""The lint profile: what a credential should tell, beyond what the format needs.

The default profile asks for the mandatory elements of the EU Recommendation 2022/C 243/02, Annex I. Learner,
awarding body, country and date come from the award and the issuer; title, outcomes, level and assessment
are required by the format; what is left is asked for here.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.models.credential import CredentialSpec
from site_builder.models.settings import Lint
from site_builder.problems import Problem
from site_builder.reading.document import Document

_ASKED = {
    "workload": "write the hours of work: workload: {hours: 25}",
    "participation": "write how learners take part: participation: {mode: online}",
    "quality_assurance": "write in a sentence who assures quality, and how",
}


def lint(spec: CredentialSpec, document: Document, profile: Lint) -> Iterator[Problem]:
    """Yield a problem for each element that the profile asks for and the spec lacks."""
    if profile == "none":
        return
    for field, hint in _ASKED.items():
        if getattr(spec, field) is None:
            message = f"field {field} is missing: the EU elements of a microcredential ask for it"
            yield document.problem((field,), "missing-field", message, hint)
