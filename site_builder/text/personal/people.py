"""Names of persons: behind a salutation, behind a label, behind words such as "assessed by".

A name without any of these looks like the name of a course, and is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from site_builder.text.personal.cues import cues, words
from site_builder.text.personal.found import Kind
from site_builder.text.personal.roles import is_role_word

_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_PARTICLES = frozenset(
    words("""
        de da di do dos das du des del della der den van von zu zur la le el al bin ibn ben bint abu y e d l
        ter ten af av
    """)
)
_TOKEN = re.compile(rf"[ \t\n]{{0,2}}[*_\"'«“„(]{{0,2}}({_WORD})\.?[*_]{{0,2}}")
_REVERSED = re.compile(rf"[ \t]?({_WORD}), ({_WORD})")
_GENITIVE = re.compile(rf"({_WORD}) ([^\W\d_]+)(?:['’]s|(?<=s)['’]) $")
_GENITIVE_ENDS = ("'s ", "’s ", "s' ", "s’ ")
_IN_ARABIC = "[\u0621-\u064a\u064b-\u0652]"
_ARABIC_NAME = re.compile(
    rf"(?!ال\w+ ال){_IN_ARABIC}{{2,}}(?: {_IN_ARABIC}{{2,}}){{1,3}}[ \t]*(?:[\n.,;،؛)]|$)"
)


def is_bare_name(text: str) -> bool:
    """Return True where a whole text, up to a comma or bracket, is two to four words as of a name.

    For places where a role or nothing is expected: ``assessed_by``, and comments.
    """
    if any(is_role_word(word) for word in text.replace(",", " ").split()[:8]):
        return False
    first = re.split(r"[,;(/|]| [-–] ", text.strip(), maxsplit=1)[0].split()
    if not 2 <= len(first) <= 4 or not all(re.fullmatch(rf"{_WORD}\.?", word) for word in first):
        return False
    full = [word for word in first if _is_name_word(word)]
    rest = [word for word in first if word not in full]
    return len(full) >= 2 and all(_is_initial(word) or word.lower() in _PARTICLES for word in rest)


def _name_follows(match: re.Match[str], least: int = 1) -> bool:
    """Return True where a run of capitalised words follows, none of them the word of a role."""
    full = initials = 0
    position = match.end()
    for _ in range(6):
        token = _TOKEN.match(match.string, position)
        if token is None:
            break
        word = token[1]
        if is_role_word(word):
            return False
        if _is_initial(word):
            initials += 1
        elif _is_name_word(word):
            full += 1
        elif word.lower() not in _PARTICLES:
            break
        position = token.end()
    return full >= least or (full >= 1 and initials >= 1)


def _full_name_follows(match: re.Match[str]) -> bool:
    if _name_follows(match, least=2):
        return True
    pair = _REVERSED.match(match.string, match.end())
    return pair is not None and all(map(_is_name_word, pair.groups()))


def _name_follows_label(match: re.Match[str]) -> bool:
    """A bare "name:" must begin the line or the sentence: "Course name: Reading Charts" is no person."""
    before = match.string[max(0, match.start() - 3) : match.start()].rstrip(" \t")
    is_of_something = before[-1:].isalnum() or before.endswith(("-", "_"))
    if is_of_something and match.group().rstrip(" :=").lower() in _NAME_WORDS:
        return False
    return _full_name_follows(match) or _ARABIC_NAME.match(match.string, match.end()) is not None


def _is_name_word(word: str) -> bool:
    """Return True for a word that is written as names are: a capital and more letters; not an acronym."""
    is_acronym = word.isupper() and len(word) < 4
    return len(word) > 1 and word[0].isupper() and not is_acronym and not is_role_word(word)


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def _name_stands_before(match: re.Match[str]) -> bool:
    """Return True for two capitalised words in the genitive: ``Jane Learner's portfolio``."""
    before = match.string[max(0, match.start() - 80) : match.start()]
    if not before.removesuffix("\n").endswith(_GENITIVE_ENDS):
        return False
    found = _GENITIVE.search(before)
    return found is not None and all(map(_is_name_word, found.groups()))


_NAME_WORDS = frozenset(
    {"name", "nom", "nombre", "الاسم", "contact", "author", "holder", "titular", "titulaire"}
)
_SALUTATIONS = words(r"""
    Mr\b\.? Mrs\b\.? Ms\b\.? Mx\b\.? Dr\b\.? Prof\b\.? Dott\b\.? Hr\b\.? Sra\b\.? Srta\b\.? Mlle\b\.? Mme\b\.?
    MR\b\.? MRS\b\.? DR\b\.? PROF\b\.? MME\b\.? M\.(?=\s) Sr\.(?=\s) HERR FRAU
    Miss Professor Professorin Professeur Professeure Doctor Doctora Docteur Docteure Madame Monsieur
    Mademoiselle Herr Herrn Frau Señor Señora Señorita Doña Profesor Profesora
""")
_BY_EN = words("""
    assessed reviewed graded marked supervised examined approved signed evaluated taught verified mentored
    observed written completed presented submitted created prepared led interviewed performed recorded issued
    awarded certified corrected checked confirmed tutored coached instructed invigilated moderated scored
    authored produced delivered witnessed endorsed demonstrated made done
""")
_BY_FR = words("""
    évalu corrig not supervis encadr réalis rédig présent valid examin observ jug sign certifi prépar termin
    délivr
""")
_BY_DE = words("""
    bewertet geprüft begutachtet betreut benotet erstellt verfasst durchgeführt unterrichtet abgenommen
    beobachtet korrigiert unterschrieben bestätigt vorgestellt eingereicht ausgestellt
""")
_BY_ES = words("""
    evaluad revisad corregid supervisad calificad realizad presentad dirigid tutorizad elaborad aprobad
    firmad observad escrit entregad expedid verificad
""")
_ENDINGS_FR, _ENDINGS_ES = ("é", "ée", "és", "ées"), ("o", "a", "os", "as")


def _each(stems: list[str], endings: Iterable[str], after: str) -> list[str]:
    return [f"{stem}{ending} {after}" for stem in stems for ending in endings]


_BY = (
    *(rf"{verb}(?: and \w{{3,12}}|,? \w{{3,12}}ly)? by" for verb in _BY_EN),
    *_each(_BY_FR, _ENDINGS_FR, "par"),
    *_each(["rel"], ("u", "ue", "us", "ues"), "par"),
    *_each(_BY_DE, ("",), "von"),
    *_each(_BY_ES, _ENDINGS_ES, "por"),
    *_each(["awarded", "issued", "given", "granted", "presented", "addressed"], ("",), "to"),
    *_each(["délivr", "décern", "attribu"], _ENDINGS_FR, "à"),
    *_each(["verliehen", "ausgestellt", "vergeben"], ("",), "an"),
    *_each(["otorgad", "concedid", "entregad", "expedid"], _ENDINGS_ES, "a"),
    *("work of", "on behalf of", "in the name of", "au nom de", "im Namen von", "en nombre de"),
)
_LABELS = (
    *(rf"{kind}[ ]?name" for kind in words("full first last given family student learner holder")),
    *_NAME_WORDS,
    *words("""
        surname student learner candidate recipient participant awardee graduate trainee apprentice assessor
        examiner reviewer instructor teacher tutor supervisor mentor invigilator
        prénom étudiant étudiante apprenant apprenante candidate participante lauréat lauréate évaluateur
        évaluatrice enseignant enseignante tuteur tutrice
        Vorname Nachname Teilnehmer Teilnehmerin Studierende Studierender Prüfling Inhaber Inhaberin Prüfer
        Prüferin Dozent Dozentin Betreuer Betreuerin
        apellido apellidos alumno alumna estudiante evaluador evaluadora docente profesor profesora
        الطالب الطالبة المتعلم المتعلمة المقيم المقيّم المقيمة المقيّمة الأستاذ الأستاذة المشرف المشرفة
    """),
    *("nom complet", "nombre completo", "الاسم الكامل", "اسم (?:الطالب|المتعلم)ة?"),
)
_OWNED = words("""
    portfolio submission assignment exam examination thesis transcript certificate badge grade grades marks
    results logbook coursework capstone
""")
_ARABIC_TITLES = words(r"""
    السيد السيدة الدكتور الدكتورة دكتور دكتورة الآنسة الأستاذ الأستاذة المهندس المهندسة د\. م\. أ\. أ\.د\.
""")

PEOPLE_CUES = (
    cues(Kind.NAME, _SALUTATIONS, r"(?![\w-])", _name_follows, flags=re.NOFLAG),
    cues(Kind.NAME, _BY, r"(?!\w)[ :]?", _full_name_follows),
    cues(Kind.NAME, _LABELS, "[ ]?[:=][ ]?", _name_follows_label),
    cues(Kind.NAME, _OWNED, r"(?!\w)", _name_stands_before),
    cues(Kind.NAME, _ARABIC_TITLES, rf"[ /]?(?!ال|في |من |إلى |على |عن |مع ){_IN_ARABIC}{{3,}}"),
)
"""Names beside words which show that they are names."""
