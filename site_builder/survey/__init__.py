"""Every award checked without holding it: each file on its own, what lies between them in columns."""

from site_builder.survey.columns import LISTED, REVOKED, WITHDRAWN, packed, unpacked
from site_builder.survey.proof_files import is_award_id
from site_builder.survey.stubs import Stub
from site_builder.survey.survey import Survey, load_file, survey
from site_builder.survey.surveyed import Around, Near, Surveyed
from site_builder.survey.whole import Changed

__all__ = [
    "LISTED",
    "REVOKED",
    "WITHDRAWN",
    "Around",
    "Changed",
    "Near",
    "Stub",
    "Survey",
    "Surveyed",
    "is_award_id",
    "load_file",
    "packed",
    "survey",
    "unpacked",
]
