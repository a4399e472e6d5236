"""A small correct file of each kind, shown on the reference page. A test reads each with its model."""

from __future__ import annotations

CREDENTIAL = """\
id: reading-charts
name: Reading Charts
kind: nanocredential
version: "1.0"
language: en
level: foundational
summary: Read everyday charts, and say what they show and what they hide.
description: |
  A short credential for everyone who meets charts at work.

  It needs no mathematics beyond percentages.
competencies:
  - framework: data-skills
    id: interpret-data
    level: foundational
benchmark: performance
assessment:
  - method: assignment
    how: Explains five charts from a newspaper in writing.
    pass_mark: 60
criteria: |
  Explain five charts:

  - what each one shows
  - what each one leaves out
workload:
  hours: 8
participation:
  mode: online
quality_assurance: Reviewed each year by the programme committee.
valid_for: P3Y
image: reading-charts.svg
tags:
  - data
translations:
  fr:
    name: Lire les graphiques
    summary: Lire les graphiques de tous les jours, et dire ce qu'ils montrent et ce qu'ils cachent.
"""

FRAMEWORK = """\
id: data-skills
name: Data Skills
version: "1.0"
language: en
description: What everyone who works with data should be able to do.
licence: CC BY 4.0
competencies:
  - id: interpret-data
    name: Interpret data
    type: hard
    description: Draws sound conclusions from tables and charts.
    levels:
      foundational: Explain with guidance what a simple chart or table shows.
      intermediate: Compare several sources, and say how far they agree.
      advanced: Judge the evidence behind a claim, and help others to judge it.
"""

AWARD = """\
credential: reading-charts
version: "1.0"
issued_on: 2026-11-02
assessed_by: Examination board, School of Computing
evidence:
  - name: Written assignment
    narrative: Five charts from newspapers, explained in writing.
    genre: report
awards:
  - id: 5f0c3a52-8f6e-4c39-9d7b-2f6a1f0c9b11
    learner: 3b1f9e0d5c7a48269b0e4d1c6f8a2e57
    commitments:
      email: sha256$6d7fce9fee471194aa8b5b6e47267f0337d0a4a9e5e0f3a6b2d1c0f9e8d7c6b5
    status_index: 48213
    results:
      score: 82
"""

ISSUER = """\
id: northfield
name: Northfield Polytechnic
country: CA
region: Ontario
url: https://northfield.example/
description: A public college for applied learning.
language: en
image: northfield.svg
contact: https://northfield.example/registrar
keys:
  - id: issue-2026
    role: issue
    public_key: z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
    since: 2026-01-01
  - id: status-2026
    role: status
    public_key: z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH
    since: 2026-01-01
"""

EXAMPLES = {"credential": CREDENTIAL, "framework": FRAMEWORK, "award": AWARD, "issuer": ISSUER}
"""The examples by the kinds of file that have a schema (:data:`site_builder.models.json_schema.MODELS`)."""
