"""Days of birth and addresses of homes, beside the words that say so."""

from __future__ import annotations

from site_builder.text.personal.cues import cues, words
from site_builder.text.personal.found import Kind

_LETTERS = r"[^\W\d_]{3,12}\.?"
_YEAR = "(?:19|20)[0-9]{2}"
_DATE = (
    rf"(?:\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}[./ -]{{1,2}}\d{{1,2}}[./ -]{{1,2}}(?:19|20)?\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)? (?:of |de )?{_LETTERS},? (?:de |del )?{_YEAR}"
    rf"|{_LETTERS} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})(?!\d)"
)
# A dot stands for a space.
_BIRTHS = words(r"""
    date.of.birth birth.?date birthday d\.?o\.?b dob date.de.naissance naissance Geburtsdatum Geburtstag geb\.
    fecha.de.nacimiento nacimiento data.di.nascita تاريخ.الميلاد تاريخ.الولادة يوم.الميلاد
""")
_BORN = words("""
    born né née nés nées nacido nacida geboren geborene nato nata مواليد مولود مولودة ولد ولدت
""")
_HOMES = words(r"""
    lives.at living.at resides.at residing.at home.address private.address
    adresse.personnelle adresse.privée demeurant domicilié domiciliée habite(?:.au|.à|.le)
    wohnhaft wohnt.in.der Privatadresse Wohnadresse Privatanschrift
    domicilio(?:.particular)? vive.en.(?:la.)?(?:calle|c/|avenida) reside.en
    عنوان.(?:السكن|المنزل) يسكن.في تسكن.في يقيم.في تقيم.في
""")

LIFE_CUES = (
    cues(Kind.BIRTH, _BIRTHS, rf"\W[^\d\n]{{0,12}}(?:{_DATE}|{_YEAR}(?!\d))"),
    cues(
        Kind.BIRTH, _BORN, rf"(?!\w)(?:[^\d\n]{{0,16}}(?<!\w){_DATE}| (?:on )?{_LETTERS} \d{{1,2}},? {_YEAR})"
    ),
    cues(Kind.HOME, _HOMES, r"(?!\w)[^\n]{0,40}?\d"),
)
"""What belongs to one person's life."""
