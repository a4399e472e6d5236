"""Numbers that only the word beside them makes a person's: telephone, identity, student number."""

from __future__ import annotations

import re

from site_builder.text.personal.cues import cues, words
from site_builder.text.personal.found import Kind
from site_builder.text.personal.numbers import is_still_there

_NUMBER = r"(?: (?:id|number|no\.?|nr\.?|num\.?|code|card|#))?"
_PHONE = words("""
    tel telephone phone mobile cell cellphone fax call calling ring dial text.me sms whatsapp signal viber
    tél téléphone téléphoner portable appeler appelez
    telefon telefonnummer fon handy handynummer mobil mobilnummer anrufen
    teléfono tlf móvil celular llamar llame llama telefono cellulare telefone
    هاتف الهاتف هاتفه هاتفها جوال الجوال موبايل الموبايل تلفون محمول المحمول اتصل اتصال واتساب
""")
# A dot stands for a space.
_NATIONAL = words(r"""
    SSN social.security(?:.number)? SIN social.insurance(?:.number)? NINO
    national.(?:id|insurance|number|identity) passport driving.licen[cs]e driver'?s.licen[cs]e aadhaar UIDAI
    BSN NAS NIR CIN CNI passeport assurance.sociale sécurité.sociale permis.de.conduire
    Sozialversicherungsnummer Steuer-?ID steuerliche.Identifikationsnummer Reisepass\w* Personalausweis\w*
    Führerschein\w* DNI NIE CURP pasaporte seguridad.social personnummer
    الرقم.الوطني رقم.الهوية الهوية.الوطنية جواز.السفر رقم.الجواز رقم.البطاقة
""")
_STUDENT = words(r"""
    student learner candidate enrolment enrollment registration roll matriculation employee staff
    matricule code.permanent numéro.(?:d['’])?étudiante? numéro.INE n°.?(?:d['’])?étudiante? INE
    étudiant étudiante apprenant apprenante Matrikel-?nummer Matrikelnummer Matrikelnr Matr\.-?Nr Matrikel-Nr
    Studierende Studierender Studierenden Ausweisnummer Personalnummer Kundennummer
    número.de.(?:estudiante|alumno|alumna|matrícula|expediente) expediente matrícula matricola legajo carné
    estudiante alumno alumna
    الرقم.الجامعي رقم.(?:الطالبة?|القيد|التسجيل) الطالب الطالبة المتعلم المتعلمة
""")
_THING = re.compile(
    r"(?:course|room|asset|report|project|document|version|module|task|device|grant|order)\W$", re.IGNORECASE
)
_DIGITS = words("""
    zero oh one two three four five six seven eight nine zéro un deux trois quatre cinq sept huit neuf
    null eins zwei drei vier fünf sechs sieben acht neun cero uno dos tres cuatro cinco seis siete ocho nueve
    صفر واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة
""")
_A_DIGIT = "(?:" + "|".join(_DIGITS) + ")"
_BETWEEN = r"[ ,.\-]{1,3}"


def _is_of_a_person(match: re.Match[str]) -> bool:
    """Return True unless the word before says that it is the number of a thing."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    return _THING.search(before) is None and is_still_there(match)


NUMBER_CUES = (
    cues(Kind.PHONE, _PHONE, r"(?!\w)[^\d\n+]{0,20}\+?\d(?:[ \t().\-/]{0,2}\d){5,14}(?!\w)", is_still_there),
    cues(
        Kind.NATIONAL,
        _NATIONAL,
        rf"{_NUMBER}(?!\w)[^\d\n]{{0,12}}?[A-Z]{{0,3}}\d(?:[ .\-/]?[\dA-Z]){{5,17}}(?!\w)",
        is_still_there,
    ),
    cues(
        Kind.STUDENT,
        (
            *(rf"{word}(?:['’]s)?{_NUMBER}" for word in _STUDENT),
            r"id(?: (?:number|no\.?|nr\.?)|(?=[ ]?[:#]))",
        ),
        r"(?!\w)[ \t:#№.=()-]{0,6}(?:is|est|ist|es|هو|no\.?|n°)?[ \t:#(]{0,3}[A-Za-z]{0,4}[ -]?"
        r"\d(?:[ \-./]?\d){4,13}(?!\w)",
        _is_of_a_person,
    ),
    cues(Kind.PHONE, _DIGITS, rf"{_BETWEEN}(?:{_A_DIGIT}{_BETWEEN}){{5,16}}{_A_DIGIT}(?!\w)"),
)
"""Numbers beside a word which says whose they are."""
