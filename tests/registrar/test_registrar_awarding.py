"""Who of a class list is awarded what, who is passed over and why, and what is a fault."""

from __future__ import annotations

import random
from datetime import date

from site_builder.catalog.catalog import Catalog
from site_builder.importers.row import LeftOut, Roster, RosterRow, RowEvidence
from site_builder.registrar.awarding import Plan, planned
from site_builder.registrar.minting import Mint
from site_builder.registrar.terms import Terms
from tests.registrar.college import ADA, GRACE, KEY, row
from tests.support.repos import FIRST_AWARD, NOW, Files, catalog_of, changed, told_of, valid

ALAN = "alan@example.org"


def college_of(files: Files | None = None) -> Catalog:
    """Return the catalog of the small college, whose learners are Ada and Grace."""
    text = dict(valid() if files is None else files)
    for path, words in text.items():
        for letter, email in (("a", ADA), ("b", GRACE)):
            words = words.replace(f"learner: {letter * 32}", f'learner: "{KEY.pseudonym(email)}"')
        text[path] = words
    return catalog_of(text)


def plan(
    *rows: RosterRow,
    terms: Terms | None = None,
    files: Files | None = None,
    columns: dict[str, str] | None = None,
    left_out: tuple[LeftOut, ...] = (),
) -> Plan:
    roster = Roster(path="list.csv", system="template", rows=rows, columns=columns or {}, left_out=left_out)
    catalog = college_of(files)
    mint = Mint.of(catalog, KEY, random.Random(1).randrange)
    return planned(catalog, roster, terms or of("charts"), mint)


def of(credential: str | None, **more: object) -> Terms:
    given = {"today": NOW, "assessor": "Examination board", "credential": credential, **more}
    return Terms(**given)  # type: ignore[arg-type]


def passed(made: Plan) -> list[str]:
    assert made.problems == ()
    return [f"{item.line}: {item.why}" for item in made.passed]


def faults(made: Plan) -> list[str]:
    return told_of(list(made.problems))


def awarded(made: Plan) -> list[int]:
    assert made.problems == ()
    return sorted(item.row.line for cohort in made.cohorts for item in cohort.awards)


def test_who_passes_is_awarded_the_newest_version_today() -> None:
    made = plan(row(ALAN, "Alan Turing", score=84.0, has_score=True))
    (cohort,) = made.cohorts
    assert (cohort.achievement.key, cohort.issued_on) == (("charts", "1.0"), NOW)
    (item,) = cohort.awards
    assert item.new.learner == KEY.pseudonym(ALAN)
    assert item.until == date(2027, 11, 22)
    assert made.passed == ()
    assert made.problems == ()


def test_who_assessed_the_last_cohort_assesses_this_one_unless_said_otherwise() -> None:
    ada = row(ALAN, "Alan Turing", score=84.0, has_score=True)
    (usual,) = plan(ada, terms=of("charts", assessor=None)).cohorts
    (told,) = plan(ada, terms=of("charts", assessor="Outside panel")).cohorts
    assert (usual.assessor, told.assessor) == ("Examination board", "Outside panel")


def unscored(unread: tuple[str, ...], **more: object) -> list[str]:
    """Return what is said of a list without a column of scores."""
    roster = Roster(path="list.csv", system="template", rows=(row(ALAN, "Alan Turing"),), unread=unread)
    catalog = college_of(None)
    return faults(
        planned(catalog, roster, of("charts", **more), Mint.of(catalog, KEY, random.Random(1).randrange))
    )


def test_a_result_in_a_column_that_was_not_understood_passes_nobody() -> None:
    (told,) = unscored(("Klausur", "Section"))
    assert told == (
        'list.csv:1: no column holds scores, and charts has a pass mark of 60; not read: "Klausur", "Section"'
        ' | name it with --column "score=HEADER"; if everybody in the list has passed, say --all-passed'
    )
    assert unscored(("Klausur",), all_passed=True) == []
    assert unscored(()) == []


def test_a_learner_without_a_name_is_awarded_with_a_warning() -> None:
    made = plan(row(ALAN, None, line=2), row("b@example.org", "Bea", line=3))
    assert [(p.line, p.code, p.is_error) for p in made.problems] == [(2, "no-name", False)]
    assert sum(len(cohort.awards) for cohort in made.cohorts) == 2
    (none,) = plan(row(ALAN, None, line=2)).problems
    assert (none.line, none.message) == (None, "no learner in this list has a name")


def test_the_order_of_awards_says_nothing_of_the_order_of_names() -> None:
    rows = [row(f"a{number:03}@example.org", f"A{number:03} B", line=number) for number in range(2, 202)]
    (cohort,) = plan(*rows).cohorts
    ids = [item.new.id for item in cohort.awards]
    assert ids == sorted(ids)
    lines = [item.row.line for item in cohort.awards]
    assert lines != sorted(lines)


def test_below_the_pass_mark_or_without_a_result_is_no_award() -> None:
    made = plan(
        row("a@example.org", line=2, score=59.5, has_score=True),
        row("b@example.org", line=3, score=60.0, has_score=True),
        row("c@example.org", line=4, has_score=True),
        row("d@example.org", line=5, has_score=True, level="advanced"),
        left_out=(LeftOut(6, "is the row of points possible"),),
    )
    assert passed(made) == [
        "2: score 59.5 is below the pass mark 60",
        "4: has no result",
        "5: has no result",  # a level alone does not show that the mark was reached
        "6: is the row of points possible",
    ]
    assert awarded(made) == [3]


def test_a_level_is_a_result_where_there_is_no_pass_mark_and_a_list_without_scores_is_one_of_passes() -> None:
    files = changed("credentials/charts.yaml", "    pass_mark: 60\n", "")
    made = plan(row(ALAN, line=2, has_score=True, level="advanced"), files=files)
    assert awarded(made) == [2]
    assert awarded(plan(row(ALAN, line=2))) == [2]


def test_who_holds_the_credential_already_is_passed_over_with_what_to_do_instead() -> None:
    made = plan(row(ADA, line=2), row(ALAN, line=3))
    (left,) = made.passed
    assert left.why == f"holds charts already: {FIRST_AWARD}, awarded on 2026-02-01"
    assert left.hint == (
        f"badgepress renew {FIRST_AWARD} continues it, badgepress replace {FIRST_AWARD} corrects it"
    )
    assert awarded(made) == [3]


def test_an_award_that_expired_or_was_revoked_does_not_stand_in_the_way() -> None:
    # valid_for is a year, so an award of 1 February 2026 has expired on 1 February 2027
    later = of("charts", today=date(2027, 2, 1))
    assert awarded(plan(row(ADA, line=2), terms=later)) == [2]
    assert awarded(plan(row(ADA, line=2), terms=of("charts", today=date(2027, 1, 31)))) == []
    revoked = "    revoked:\n      date: 2026-03-01\n      reason: Issued in error.\n"
    files = changed(
        "issued/2026/charts.yaml",
        "    results: {score: 80}\n  - id",
        f"    results: {{score: 80}}\n{revoked}  - id",
    )
    files = changed(
        "issued/2026/literacy.yaml", "    parts:", f"{revoked.replace('03-01', '07-01')}    parts:", files
    )
    assert awarded(plan(row(ADA, line=2), files=files)) == [2]


def test_a_stack_is_filled_from_the_learners_own_awards_or_says_what_is_missing() -> None:
    files = valid()
    del files["issued/2026/literacy.yaml"]
    made = plan(row(ADA, line=2), row(GRACE, line=3), row(ALAN, line=4), terms=of("literacy"), files=files)
    assert passed(made) == [
        "3: lacks asking, which literacy stacks from",
        "4: lacks charts and asking, which literacy stacks from",
    ]
    (item,) = made.cohorts[0].awards
    assert item.parts == (FIRST_AWARD, "33333333-3333-4333-8333-333333333333")


def test_a_part_that_had_expired_or_came_later_does_not_count() -> None:
    files = valid()
    del files["issued/2026/literacy.yaml"]
    made = plan(row(ADA, line=2), terms=of("literacy", today=date(2027, 2, 15)), files=files)
    assert passed(made) == ["2: lacks charts, which literacy stacks from"]
    early = of("literacy", issued_on=date(2026, 2, 15))
    assert passed(plan(row(ADA, line=2), terms=early, files=files)) == [
        "2: lacks asking, which literacy stacks from"
    ]


def test_one_list_can_award_the_parts_and_what_stacks_from_them() -> None:
    rows = [row(ALAN, line=n, credential=c) for n, c in ((2, "literacy"), (3, "asking"), (4, "charts"))]
    made = plan(*rows, terms=of(None), columns={"credential": "Badge"})
    assert awarded(made) == [2, 3, 4]
    ids = {cohort.achievement.spec.id: cohort.awards[0].new.id for cohort in made.cohorts}
    whole = next(c for c in made.cohorts if c.achievement.spec.id == "literacy").awards[0]
    assert whole.parts == (ids["charts"], ids["asking"])


def test_rows_are_put_into_cohorts_by_credential_and_day() -> None:
    may = date(2026, 5, 1)
    made = plan(
        row("a@example.org", line=2, credential="charts", issued_on=may),
        row("b@example.org", line=3, credential="asking"),
        row("c@example.org", line=4, credential="charts", issued_on=may),
        terms=of(None),
        columns={"credential": "Badge"},
    )
    found = {(c.achievement.spec.id, c.issued_on): len(c.awards) for c in made.cohorts}
    assert found == {("charts", may): 2, ("asking", NOW): 1}


def test_a_row_that_contradicts_the_command_is_a_fault_of_its_cell() -> None:
    made = plan(
        row("a@example.org", line=2, credential="asking"),
        row("b@example.org", line=3, issued_on=date(2026, 5, 1)),
        row("c@example.org", line=4, credential="charts", issued_on=date(2026, 6, 1)),
        terms=of("charts", issued_on=date(2026, 6, 1)),
        columns={"credential": "Badge", "issued_on": "Day"},
    )
    assert faults(made) == [
        "list.csv:2: row 2, column \"Badge\": is 'asking', but --credential is charts"
        " | leave --credential out, or the column",
        'list.csv:3: row 3, column "Day": is 2026-05-01, but --issued-on is 2026-06-01'
        " | leave --issued-on out, or the column",
    ]


def test_a_credential_that_is_none_is_told_where_it_was_named() -> None:
    rows = [row("a@example.org", line=2, credential="chart"), row("b@example.org", line=3)]
    made = plan(*rows, terms=of(None), columns={"credential": "Badge"})
    assert faults(made) == [
        "list.csv:2: row 2, column \"Badge\": there is no credential 'chart' that can be awarded"
        " | did you mean 'charts'?",
        'list.csv:3: row 3, column "Badge": names no credential | or give --credential',
    ]
    assert faults(plan(row(ALAN), terms=of("xyzzy"))) == [
        "--credential:None: there is no credential 'xyzzy' that can be awarded | is it a draft?"
    ]
    assert faults(plan(row(ALAN), terms=of("charts", version="71"))) == [
        "--version:None: credential charts has no version '71' | known: 1.0"
    ]
    assert faults(plan(row(ALAN), terms=of(None))) == [
        "--credential:None: the credential must be given: the list has no column for it"
    ]


def test_an_older_version_is_awarded_on_request() -> None:
    older = {**valid(), "credentials/charts/1.0.yaml": valid()["credentials/charts.yaml"]}
    newer = changed("credentials/charts.yaml", 'version: "1.0"', 'version: "2.0"', older)
    assert plan(row(ALAN), files=newer).cohorts[0].achievement.spec.version == "2.0"
    made = plan(row(ALAN), terms=of("charts", version="1.0"), files=newer)
    assert made.cohorts[0].achievement.spec.version == "1.0"


def test_one_address_has_one_award_of_a_credential() -> None:
    twins = (row(ALAN, line=2), row("b@example.org", line=3), row(ALAN, line=4))
    assert faults(plan(*twins, columns={"email": "E-Mail"})) == [
        'list.csv:4: row 4, column "E-Mail": is the address of row 2 too, for the same credential'
        " | one learner has one award of a credential; take out one of the rows"
    ]


def test_nobody_of_the_list_is_named_in_what_goes_into_git() -> None:
    shown = RowEvidence("A report", narrative="Written by ALAN  TURING in May.")
    made = plan(
        row(ALAN, "Alan Turing", line=2, evidence=shown),
        row("b@example.org", "Bo Li", line=3, evidence=RowEvidence("With Turing, Alan")),
        row("c@example.org", "Cy Fox", line=4, holder="did:web:cy-fox.example"),
        row(
            "d@example.org", "Di Ash", line=5, evidence=RowEvidence("Fine", url="https://x.example/Di%20Ash")
        ),
        row("e@example.org", "Grace", line=6, evidence=RowEvidence("A day of grace")),
        terms=of(
            "charts",
            assessor="Bo Li, examiner",
            name="class-of-cy-fox",
            evidence={"name": "By d@example.org"},
        ),
    )
    words = "holds the name or address of someone in the list, which may not be committed"
    options = [f"{p.path}: {p.message}" for p in made.problems if p.line is None]
    assert options == [f"--assessor: {words}", f"--name: {words}", f"--evidence-name: {words}"]
    cells = [(p.line, p.field, p.code) for p in made.problems if p.line is not None]
    assert cells == [
        (2, "evidence_narrative", "personal-data"),
        (3, "evidence_name", "personal-data"),
        (4, "holder", "personal-data"),
        (5, "evidence_url", "personal-data"),
        (6, "evidence_name", "personal-data"),
    ]
    assert not [p for p in made.problems if "turing" in p.message.lower() or "example.org" in p.message]


def test_a_plan_is_the_same_for_the_same_key_and_chance() -> None:
    rows = [row(f"a{number}@example.org", line=number + 2) for number in range(20)]
    assert plan(*rows) == plan(*rows)


WALLET = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def test_a_wallet_of_somebody_else_or_of_the_site_is_told_at_its_row() -> None:
    held = f"  - id: {FIRST_AWARD}\n"
    files = changed("issued/2026/charts.yaml", held, f"{held}    holder: {WALLET}\n")
    other = WALLET.replace("z6Mkha", "z6Mkhb")
    rows = (
        row(ADA, line=2, holder=WALLET),
        row(ALAN, line=3, holder=WALLET),
        row("b@example.org", line=4, holder=other),
        row("c@example.org", line=5, holder=other),
        row("d@example.org", line=6, holder="did:web:badges.northfield.example"),
    )
    hint = "a wallet belongs to one learner; leave it out where you are not sure whose it is"
    assert faults(plan(*rows, files=files, columns={"holder": "Wallet"})) == [
        f'list.csv:3: row 3, column "Wallet": is that of another learner, in award {FIRST_AWARD} | {hint}',
        f'list.csv:5: row 5, column "Wallet": is that of another learner, in row 4 | {hint}',
        'list.csv:6: row 6, column "Wallet": is the DID of this site, which issues the badges'
        " | write the DID that the learner's wallet shows, or leave it out",
    ]
