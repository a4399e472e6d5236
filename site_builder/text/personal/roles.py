"""Words of roles, bodies, organisations and courses: capitalised words beside one of them are no name."""

from __future__ import annotations

import re

_WORDS = """
academic academy adviser advisor advisors agency air airlines airport alliance analytics and applied art
arts assessment assessor assessors assistant associate association authority autumn bank batch board
bureau business campus care catalog center centre certificate chair chamber charity city class clinic
club coach cohort college comité commission committee community company computing conservatory
consortium consulting coordinator corporation council course credential credit curriculum data day dean
delivery department design desk development digital director division drive east education electric
emeritus emerita employer energy engineering enterprise evening exam examination examiner examiners
examining external faculty festival final finance first fall federation firm for forum foundation
framework friday fund general global government group guild hall health high hospital hotel house human
industry information innovation insights institute instructor intake intelligence internal international
jury kit lab laboratory labs law lead learning lecturer level library limited logistics ltd inc llc gmbh
ag sa sarl plc management manager market marketing media medical meeting mentor methods microcredential
microcredentials ministry module monday morning museum music national network new north northern
northfield nursing office officer online open operations organisation organization panel part partner
partners partnership peer peers platform polytechnic practice practitioner president press principal
professional program programme project provost public quality railway record records region registrar
registry research resources review reviewer robotics room safety saturday school science sciences second
secondary secretariat section semester senate senior services session simulator site skills social
society software solutions south spring staff standards state station status studies studio studios
summer sunday supervisor support system systems task teacher teachers team tech technical technologies
technology term test testing theatre thursday trades trainer training trust tuesday tutor unit union
university version volunteers wednesday week west western winter work workplace workshop works workforce
young youth board's department's school's
january february march april may june july august september october november december
excel word office access teams powerpoint windows sql python java javascript github gitlab moodle canvas
google microsoft linux
emplois académie agence assesseur association atelier bureau centre chaire cégep cégeps classe
coordination collège comité commission conseil cours cohorte direction directeur directrice département
école enseignant enseignante enseignants équipe entreprise évaluateur évaluation examen examinateur
examinateurs faculté filière formateur formation groupe hôpital institut jury laboratoire lycée
ministère mairie numérique office organisme pédagogique pédagogie pôle programme promotion registraire
registrariat responsable secrétariat section sciences service services session société syndicat travail
tuteur unité université général générale national nationale technique professionnel professionnelle
supérieur supérieure janvier février mars avril mai juin juillet août septembre octobre novembre
décembre président présidente
abteilung akademie amt anstalt ausbildung ausschuss beirat berufsschule bildung dekanat fachbereich
fachhochschule fachschaft fakultät firma gesellschaft gremium gruppe gutachter hochschule industrie ihk
informatik institut jury kammer klasse kollegium kommission kurs labor lehrkraft lehrstuhl leitung
ministerium modul referat rektorat schule sekretariat semester stelle team universität verband verein
verwaltung werkstatt zentrum prüfer prüfungsamt prüfungsausschuss gutachterkommission
academia alcaldía área asociación ayuntamiento banco cámara cátedra centro ciclo clase colegio comisión
comité consejería consejo coordinación coordinador coordinadora curso decanato departamento dirección
director directora docente docentes empresa equipo escuela evaluación evaluador facultad formación
fundación gobierno grupo hospital informática instituto junta jurado laboratorio ministerio módulo
oficina organismo panel programa proyecto rectorado responsable sección secretaría servicio servicios
sociedad taller técnico técnica tribunal unidad universidad
emérita emérito émérite adjunct visiting vice head chief deputy clinical honorary quixote
award prize medal fellowship building memorial lecture scholarship
"""
_ROLES = frozenset(_WORDS.split())
_ENDINGS = re.compile(
    "(?:ausschuss|kommission|schule|amt|abteilung|stelle|gremium|zentrum|institut|leitung|büro|bereich|ministerium|verband|verein|kammer"
    "|akademie|fakultät|werkstatt|team|gruppe|kolleg|lehrkräfte|werke|dienst)$"
)


def is_role_word(word: str) -> bool:
    """Return True for a word of a role, a body or an organisation in English, French, German or Spanish."""
    bare = word.strip(".,:;()'’\"").casefold()
    if bare.endswith(("'s", "’s")):
        bare = bare[:-2]
    return bare in _ROLES or bare.rstrip("s") in _ROLES or _ENDINGS.search(bare) is not None
