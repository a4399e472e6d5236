"""Class lists: the bytes of a file in, learners in one form out, or every fault by row and column."""

from __future__ import annotations

from site_builder.importers.row import LeftOut, Roster, RosterRow, RowEvidence, System

__all__ = ["LeftOut", "Roster", "RosterRow", "RowEvidence", "System"]
