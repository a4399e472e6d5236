"""What the catalog's pages stand on: everything in a Catalog but its awards, as one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.models.fields import Model

OF_AWARDS = frozenset({"awards", "erased", "tallies"})
"""The fields of a Catalog that tell of awards; what pages say of those is in ``figures``."""


def ground_digest(catalog: Catalog, at: Addresses) -> str:
    """Return a digest of all that pages are made from but awards, the same in every run.

    It covers each field there is, so one that is added later is not forgotten. Raises TypeError for a value
    of a kind that this module does not know.
    """
    plainly = _Plainly()
    parts = [
        [field.name, plainly.of(getattr(catalog, field.name))]
        for field in fields(catalog)
        if field.name not in OF_AWARDS
    ]
    return hashlib.sha256(json.dumps([at.base, parts]).encode()).hexdigest()


class _Plainly:
    """Turns values into what JSON can hold; a framework that many credentials name is turned once."""

    def __init__(self) -> None:
        self._models: dict[int, str] = {}

    def of(self, value: object) -> object:
        """Return ``value`` as lists, text and numbers, mappings in their order."""
        if value is None or isinstance(value, str | bool | int | float):
            return value
        if isinstance(value, Model):
            return self._model(value)
        if isinstance(value, bytes):
            return hashlib.sha256(value).hexdigest()
        if isinstance(value, date):
            return value.isoformat()
        return self._inner(value)

    def _inner(self, value: object) -> object:
        if isinstance(value, Mapping):
            return [[self.of(name), self.of(inner)] for name, inner in value.items()]
        if isinstance(value, tuple | list):
            return [self.of(inner) for inner in value]
        if is_dataclass(value) and not isinstance(value, type):
            return [[field.name, self.of(getattr(value, field.name))] for field in fields(value)]
        raise TypeError(f"{type(value).__name__} has no plain form")

    def _model(self, model: Model) -> str:
        found = self._models.get(id(model))
        if found is None:
            found = self._models[id(model)] = hashlib.sha256(model.model_dump_json().encode()).hexdigest()
        return found
