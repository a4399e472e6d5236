"""What is wrong with one word, before anybody knows in which field or file it stands."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.problems import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in one text.

    ``message`` is phrased so that a field's name can stand in front: ``has a control character (U+001B)``.
    ``code`` is the class of the mistake, the same word a :class:`~site_builder.problems.Problem` carries.
    """

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """True where this fault stops publication."""
        return self.severity is Severity.ERROR
