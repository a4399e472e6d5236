"""Grade exports of Moodle: headers as its exporters write them, in its languages. All people are made up."""

from __future__ import annotations

import pytest

from tests.importers.lists import left_out, read, scores, text_of, told, workbook_of

ENGLISH = (
    '"First name","Last name","ID number",Institution,Department,"Email address","Quiz: Week 1 (Real)",'
    '"Course total (Real)","Course total (Percentage)","Course total (Letter)",'
    '"Last downloaded from this course"'
)
ADA = 'Ada,Lovelace,1815,,"School of Computing",ada@example.org,9.00,42.00,"84.00 %",B,1779796800'
BOB = "Bob,Babbage,1791,,,bob@example.org,-,-,-,-,1779796800"


def test_the_course_total_in_percent_is_the_score() -> None:
    roster = read(text_of(ENGLISH, ADA, BOB))
    assert roster.system == "moodle"
    assert [(row.line, row.name, row.email, row.score) for row in roster.rows] == [
        (2, "Ada Lovelace", "ada@example.org", 84.0)
    ]
    assert left_out(roster) == [(3, "has no grade")]
    assert roster.columns["score"] == "Course total (Percentage)"


def test_a_site_may_take_another_column() -> None:
    columns = {"score": ["Quiz: Week 1 (Real)"]}
    assert scores(read(text_of(ENGLISH, ADA, BOB), columns, out_of=10)) == {"ada@example.org": 90.0}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "Prénom;Nom;Numéro d'identification;Institution;Département;Adresse de courriel;"
            "Total du cours (Brut);Total du cours (Pourcentage);Dernier téléchargement depuis ce cours",
            "Ada;Lovelace;1;;;ada@example.org;42,00;84,00 %;1779796800",
        ),
        (
            "Vorname;Nachname;ID-Nummer;Institution;Abteilung;E-Mail-Adresse;Kurs gesamt (Punkte);"
            "Kurs gesamt (Prozentsatz);Zuletzt aus diesem Kurs geladen",
            "Ada;Lovelace;1;;;ada@example.org;42,00;84,00 %;1779796800",
        ),
        (
            'Nombre,Apellido(s),"Número de ID",Institución,Departamento,"Dirección de correo",'
            '"Total del curso (Real)","Total del curso (Porcentaje)","Última descarga de este curso"',
            'Ada,Lovelace,1,,,ada@example.org,"42,00","84,00 %",1779796800',
        ),
        (
            'Nome,Cognome,"Codice identificativo",Istituzione,Dipartimento,"Indirizzo email",'
            '"Totale corso (Percentuale)","Scaricamento più recente da questo corso"',
            'Ada,Lovelace,1,,,ada@example.org,"84,00 %",1779796800',
        ),
        (
            'Nome,Apelido,"Número de ID",Instituição,Departamento,"Endereço de e-mail",'
            '"Total da disciplina (Percentagem)","Última descarregada a partir desta disciplina"',
            'Ada,Lovelace,1,,,ada@example.org,"84,00 %",1779796800',
        ),
        (
            'Nome,Sobrenome,"Número de identificação",Instituição,Departamento,"Endereço de email",'
            '"Total do curso (Porcentagem)"',
            'Ada,Lovelace,1,,,ada@example.org,"84,00 %"',
        ),
        (
            "Voornaam;Achternaam;ID-nummer;Instelling;Afdeling;E-mailadres;Cursustotaal (Percentage);"
            "Laatst gedownload van deze cursus",
            "Ada;Lovelace;1;;;ada@example.org;84,00 %;1779796800",
        ),
        (
            '"الاسم الأول","الاسم الأخير","رقم المعرّف",المؤسسة,القسم,"عنوان البريد الإلكتروني",'
            '"مجموع المساق (النسبة المئوية)"',
            "Ada,Lovelace,1,,,ada@example.org,84.00 %",
        ),
        (
            "First name\tSurname\tEmail address\tCourse total (Percentage)",
            "Ada\tLovelace\tada@example.org\t84.00 %",
        ),
    ],
    ids=["fr", "de", "es", "it", "pt", "pt-br", "nl", "ar", "en-old-tabs"],
)
def test_headers_in_the_languages_of_moodle(header: str, row: str) -> None:
    roster = read(text_of(header, row))
    assert (roster.system, roster.rows[0].name) == ("moodle", "Ada Lovelace")
    assert scores(roster) == {"ada@example.org": 84.0}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_reads_the_same(encoding: str) -> None:
    text = "Prénom;Nom;Adresse de courriel;Total du cours (Pourcentage)\nZoé;Noël;zoe@example.org;84,00 %\n"
    (row,) = read(text.encode(encoding)).rows
    assert (row.name, row.score) == ("Zoé Noël", 84.0)


def test_the_excel_export_reads_the_same() -> None:
    header = ["First name", "Last name", "ID number", "Email address", "Course total (Percentage)"]
    raw = workbook_of(header, ["Ada", "Lovelace", 1815, "ada@example.org", "84.00 %"])
    assert scores(read(raw)) == {"ada@example.org": 84.0}


POINTS = "First name,Surname,Email address,Course total (Real)"


def test_points_need_their_maximum() -> None:
    raw = text_of(POINTS, "Ada,Lovelace,ada@example.org,42.00")
    assert scores(read(raw, out_of=50)) == {"ada@example.org": 84.0}
    assert told(raw) == [
        'None missing-scale: the column "Course total (Real)" holds points, and nothing says out of how many'
        " | say the highest possible number with --out-of, or export the course total as a percentage"
    ]


def test_letters_are_no_score() -> None:
    raw = text_of("First name,Surname,Email address,Course total (Letter)", "Ada,Lovelace,ada@example.org,B+")
    assert told(raw, out_of=50) == [
        'None missing-scale: the column "Course total (Letter)" holds letters, not a score'
        " | export the course total as a percentage, or delete the column if no score is needed"
    ]


def test_more_points_than_there_are_is_told_with_what_stands_there() -> None:
    assert told(text_of(POINTS, "Ada,Lovelace,ada@example.org,51.00"), out_of=50) == [
        "2 bad-number: row 2, column \"Course total (Real)\": must be a number from 0 to 100, not '51.00'"
        " | write the score in percent, such as 84.5"
    ]


def test_a_list_without_a_total_has_no_score() -> None:
    raw = text_of("First name,Surname,Email address,Last downloaded from this course", "A,B,a@example.org,1")
    (row,) = read(raw).rows
    assert (row.score, row.has_score) == (None, False)


def test_a_list_without_any_grade_is_left_out_whole() -> None:
    roster = read(text_of(POINTS, "Ada,Lovelace,ada@example.org,-", "Bob,B,bob@example.org,-"))
    assert roster.rows == ()
    assert left_out(roster) == [(2, "has no grade"), (3, "has no grade")]


def test_two_totals_of_one_kind_are_told() -> None:
    header = "Email address,Course total (Percentage),Total du cours (Pourcentage)"
    assert told(text_of(header, "a@example.org,84 %,85 %")) == [
        'None duplicate-column: the columns "Course total (Percentage)" and "Total du cours (Pourcentage)"'
        " both hold the score"
        " | delete one of them, or name the one to read under roster_columns, score, in mkdocs.yml"
    ]
