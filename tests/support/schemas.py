"""The official strict JSON Schema of Open Badges 3.0, from the data beside the project."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft201909Validator, FormatChecker

STRICT = "standards/schemas/ob3/strict_2024_ob_v3p0_achievementcredential_schema.json"
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def schema_faults(credential: dict[str, Any], shared: Path) -> list[str]:
    """Return each way ``credential`` breaks the strict schema, as ``path: message``; empty if none."""
    errors = _validator(shared).iter_errors(credential)
    return sorted(f"{error.json_path}: {error.message[:300]}" for error in errors)


@cache
def _validator(shared: Path) -> Draft201909Validator:
    schema = json.loads((shared / STRICT).read_text(encoding="utf-8"))
    Draft201909Validator.check_schema(schema)
    return Draft201909Validator(schema, format_checker=_formats())


def _formats() -> FormatChecker:
    # jsonschema passes every `date-time` in silence unless one more package is installed: the schema's other
    # format word, `date`, it knows by itself.
    checker = FormatChecker(formats=("date",))
    checker.checks("date-time", raises=ValueError)(_is_date_time)
    return checker


def _is_date_time(value: object) -> bool:
    """RFC 3339 section 5.6, capital T and Z; a day that does not exist raises ValueError."""
    if not isinstance(value, str):
        return True
    return bool(_DATE_TIME.fullmatch(value)) and bool(datetime.fromisoformat(value))
