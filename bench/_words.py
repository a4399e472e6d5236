"""Word lists for a catalog that no institution has: enough for a thousand names that read like courses."""

from __future__ import annotations

ACTIONS = (
    "Planning", "Maintaining", "Explaining", "Measuring", "Documenting", "Repairing", "Auditing",
    "Scheduling", "Testing", "Designing", "Negotiating", "Teaching", "Comparing", "Improving", "Costing",
    "Inspecting", "Installing", "Coordinating", "Forecasting", "Reporting on", "Choosing", "Protecting",
    "Presenting", "Reviewing", "Sketching", "Translating", "Automating", "Mapping", "Tracing",
    "Supervising",
)  # fmt: skip
OBJECTS = (
    "Heat Pumps", "Clinic Appointments", "Food Safety Plans", "Loan Files", "Field Notes", "Ward Rounds",
    "Web Forms", "Bus Timetables", "Greenhouse Climates", "Payroll Runs", "Museum Labels", "Water Meters",
    "Grant Budgets", "Timber Frames", "Customer Interviews", "Safety Drills", "Sensor Networks",
    "Wine Cellars", "School Trips", "Warehouse Routes", "Podcast Episodes", "Tenant Meetings",
    "Soil Samples", "Data Tables", "Night Shifts", "Bicycle Fleets", "Legal Deadlines", "Stage Lighting",
    "Care Handovers", "Solar Roofs", "Town Archives", "Bread Doughs", "Network Outages",
    "Translation Memories", "Exit Surveys",
)  # fmt: skip
FRAMEWORKS = {
    "craft-and-care": ("Craft and care", (
        "Reading plans", "Handling tools", "Working safely", "Estimating material", "Listening to clients",
        "Handing over", "Keeping records", "Judging quality", "Solving faults", "Planning a week",
    )),
    "data-and-systems": ("Data and systems", (
        "Collecting figures", "Building tables", "Drawing charts", "Querying databases", "Writing scripts",
        "Securing accounts", "Modelling processes", "Testing systems", "Judging AI output", "Explaining data",
    )),
    "people-and-work": ("People and work", (
        "Writing plainly", "Leading meetings", "Giving feedback", "Resolving conflict", "Teaching colleagues",
        "Serving the public", "Managing time", "Presenting", "Working in teams", "Acting fairly",
    )),
}  # fmt: skip
SOFT = frozenset({
    "Listening to clients", "Handing over", "Judging AI output", "Explaining data", "Writing plainly",
    "Leading meetings", "Giving feedback", "Resolving conflict", "Teaching colleagues", "Serving the public",
    "Managing time", "Presenting", "Working in teams", "Acting fairly",
})  # fmt: skip
SENTENCES = (
    "You start from a case of your own and leave with something that is used the week after.",
    "Two short sessions show the method; the rest is practice with people who will tell you what they saw.",
    "Most of the work happens at your own workplace, with a visit in the middle and one at the end.",
    "The exercises come from employers of the region, who also take part in the assessment.",
    "It suits people who do this already and were never shown how.",
    "Mistakes are part of it: the record of what went wrong counts as much as the result.",
    "No special equipment is needed; what is used is open and can be taken home.",
    "Groups are small, and each participant is seen at work at least twice.",
)
TASKS = (
    "Carries out the task at the workplace while an assessor looks on",
    "Answers twenty questions on cases not seen before",
    "Hands in a record of the work with a comment on each decision",
    "Shows the result to colleagues and answers their questions",
    "Solves a fault that the assessor has prepared",
    "Collects six pieces of own work and explains what changed",
)
