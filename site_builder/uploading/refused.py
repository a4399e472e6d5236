"""Why a site does not go to its bucket, in words for the operator."""

from __future__ import annotations

from collections.abc import Sequence


class UploadRefused(Exception):  # noqa: N818 - it says what happened
    """The site cannot be published there; ``hint`` says what to do, ``told`` has a line for each fault.

    What was written before stays, and is whole: running again goes on from there.
    """

    def __init__(self, message: str, hint: str = "", told: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.told = list(told)


class WouldLose(UploadRefused):
    """What the bucket holds says more than the site that should take its place. Nothing was written."""
