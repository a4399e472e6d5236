"""What learners hand in and offices write, in several languages, for programmes that no institution has.

Nothing here names anybody, and nothing reads like a name, a number or an address of a person.
"""

from __future__ import annotations

BOARDS = (
    "Examination board",
    "Assessors of the regional centres",
    "Two assessors and an employer",
    "Prüfungsausschuss der Fachschulen",
    "Jury de la formation continue",
)
COHORT_NARRATIVES = (
    "Each learner carried out the task at a workplace, wrote down each decision and answered questions.",
    "Twenty questions on cases that were not seen before, then *one* piece of work of the learner's choice.",
    "Chaque participant a présenté son travail devant deux évaluateurs ; la grille est celle du programme.",
    "Work in pairs; each half was marked on its own. Marks above ninety were read by the board as well.",
)
COHORT_NAMES = ("Record of the assessment", "Workshop inspection and test", "Dossier d’évaluation")
TITLES = (
    "Report on a week of practice",
    "Portfolio of six pieces",
    "Étude de cas : un atelier",
    "Arbeitsprobe „Messreihe“",
    "Informe de prácticas",
    "تقرير العمل الميداني",
    "実習の報告",
    "Poster: what the sensors said",
)
NARRATIVES = (
    "Compared {} ways of doing it and said which one failed, why, and what it had cost until then.",
    "Mended a sheet with {} faults. Two of them nobody had seen before; both are in the manual now.",
    "Analyse de {} mesures : l’écart s’explique par l’étalonnage, et non par la “dérive” supposée.",
    "In {} Schritten beschrieben, was vorher niemand aufgeschrieben hatte; die Werkstatt nutzt es täglich.",
    "Se presentaron {} propuestas; la elegida redujo la espera a la mitad ¡en tres semanas!",
    "عرض المشارك {} حالات من مكان العمل، وشرح سبب كل قرار.",
    "現場で{}件の事例を調べ、手順書に「なぜ」を書き足した。",
    "First attempt: {} errors.\n\nThe second, after *reading the log*: none. The log is part of the work.",
    "- planned {} visits\n- kept a diary of each\n- said what would be done otherwise",
    'The client asked "is it safe?" {} times. The answer is on one page, with its \\ and its "if". 👍',
)
GENRES = ("report", "portfolio", "workplace observation", "étude de cas", "Arbeitsprobe")
REASONS = (
    "Issued in error: the assessment had not been marked.",
    "The work turned out to be another's: decision of the board.",
    "Délivré par erreur ; l’épreuve sera repassée.",
    "Zurückgezogen: die Prüfung war nicht vollständig.",
)
ENDINGS = (
    "It took {} hours, and page {} of the log says where they went.",
    "What came of it stands on page {1} of the report; {0} others use it by now.",
    "La page {1} du journal en montre le détail, en {0} étapes.",
    "Seite {1} zeigt die {0} Messungen, auch die, die nicht passen.",
    "Queda en la página {1}, con {0} dibujos.",
    "Left open: {} questions, all of them on page {}.",
)
PIECES = (
    "charts", "diary", "sketches", "talk", "dossier", "notes", "poster", "model", "log", "plan", "recording",
)  # fmt: skip
