"""Numbers and codes that are nobody's: they are covered before anything looks for numbers of persons."""

from __future__ import annotations

import re

_COVER = "¦"

_ORDINARY = re.compile(
    r"""
      https?://[^\s<>()]+
    | \bdid:[a-z0-9]+:[\w.:%-]+
    | \b10\.\d{4,9}/\S+                                                            # DOI
    | \bsha(?:256|384|512)\$[0-9a-f]+ | \bz6Mk\w+
    | \b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b                     # UUID
    | \bISBN(?:-1[03])?:?[ ]?[\dXx -]{10,17} | (?<![\d-])97[89](?:[ -]?\d){10}(?![\d-])
    | \bISSN:?[ ]?\d{4}-\d{3}[\dXx]
    | (?<![\d-])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[ ]?[+-]\d\d:?\d\d)?)?(?![\d-])
    | (?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d|[./-]\d)
    | (?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)
    | (?<![\d+/-])(?:19|20)\d\d[ ]?[-/][ ]?(?:19|20)\d\d(?!\d|[ /-]\d)
    | (?<![\d+/-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)
    | (?:[$€£¥₹]|\b(?:EUR|USD|CAD|GBP|CHF|MAD|AED|SAR|DH))[ ]?\d[\d.,' ]{0,20}
    | (?<![\d+.-])[1-9]\d{0,2}(?:[ ]\d{3}){1,4}(?:[.,]\d+)?[ ]?
      (?:[$€£¥₹%]|(?:EUR|USD|CAD|GBP|CHF|MAD|AED|SAR|DH|euros?|dollars?)\b)
    """,
    re.VERBOSE,
)


def covered(text: str) -> str:
    """Return ``text`` with what is ordinary covered, character for character; lines stay where they are.

    Covered are web addresses, DIDs, DOIs, ISBN, ISSN, UUIDs, salted commitments, dates, times, years and sums
    of money. A number inside a web address may be anything, and readers need the address.
    """
    return _ORDINARY.sub(lambda match: _COVER * len(match.group()), text)
