"""What changed between the versions of a credential, in words for those who earn or judge badges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from site_builder.assembling.addresses import competency_page, credential_page
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.catalog.changes import Change, Value, changes
from site_builder.exports.html import markdown, paragraphs, sentence
from site_builder.messages import Words
from site_builder.pages.facts import marked
from site_builder.pages.rewording import reworded

SHORT = 48
"""How many characters of an author's words may stand within a sentence of ours."""
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Quote:
    """An author's words before or after a change, as HTML, and the language they are in."""

    html: Markup
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change: a sentence, and the words themselves where they are too long to stand in it."""

    sentence: Markup
    before: Quote | None = None
    after: Quote | None = None


class Story:
    """Puts changes into the words of one language. ``page`` is the link to a page of the catalog."""

    def __init__(self, catalog: Catalog, words: Words, page: Callable[[str], str]) -> None:
        self._catalog, self._words, self._page = catalog, words, page

    def told(self, versions: Sequence[Achievement]) -> Iterator[tuple[Achievement, list[Line]]]:
        """Yield each version with its changes, what is said in a sentence before what needs quotes.

        ``versions`` come newest first; the first version of all has changed nothing.
        """
        for new, old in pairwise(versions):
            lines = [self._line(change, old, new) for change in changes(old, new)]
            yield new, sorted(lines, key=lambda line: bool(line.before or line.after))
        yield from ((first, []) for first in versions[-1:])

    def _line(self, change: Change, old: Achievement, new: Achievement) -> Line:
        sides = ((change.before, old.spec.language), (change.after, new.spec.language))
        long = change.form == "passage" or any(
            isinstance(value, str) and len(value) > SHORT for value, _ in sides if change.form == "text"
        )
        if long or (change.field.startswith("assessment-") and change.form == "text"):
            return Line(self._about(change), *self._quotes(change, old.spec.language, new.spec.language))
        before_words, after_words = (self._value(change, value, language) for value, language in sides)
        return Line(self._short(change, before_words, after_words))

    def _about(self, change: Change) -> Markup:
        """Return the sentence above long words: what they are, and that they are new or gone if they are."""
        what = self._what(change)
        if change.before is None and not change.field.endswith("-added"):
            return self._say("new", what=what)
        if change.after is None and not change.field.endswith("-removed"):
            return self._say("gone", what=what)
        return what

    def _short(self, change: Change, before: Markup, after: Markup) -> Markup:
        what = self._what(change, after or before)
        if change.form in ("image", "credential") or change.field in (
            "competency-added",
            "competency-removed",
        ):
            return what
        if change.before is None or change.after is None:
            key = "is-new" if change.after is not None else "is-gone"
            return self._say(key, what=what, value=after or before)
        return self._say("changed", what=what, before=before, after=after)

    def _what(self, change: Change, value: Markup = _NOTHING) -> Markup:
        return self._say(f"what.{change.field}", subject=self._subject(change), value=value)

    def _subject(self, change: Change) -> Markup:
        """Return the name of what a change is about, with a link where it has a page."""
        if change.form == "credential":
            return self._credential(change.ids[0])
        if not change.ids:
            return Markup("{}").format(
                self._words(f"terms.method.{change.subject}") if change.subject else ""
            )
        framework = self._catalog.frameworks[change.ids[0]]
        name = marked(self._words, change.subject, framework.language)
        return Markup('<a href="{}">{}</a>').format(self._page(competency_page(*change.ids)), name)

    def _credential(self, credential_id: str) -> Markup:
        """Return the link to a credential, or its bare id where a part of an earlier version is gone."""
        try:
            name = self._catalog.newest(credential_id).spec.told_in(self._words.language).name
        except KeyError:
            return Markup("{}").format(credential_id)
        text = marked(self._words, name.words, name.language)
        return Markup('<a href="{}">{}</a>').format(self._page(credential_page(credential_id)), text)

    def _quotes(self, change: Change, *languages: str) -> list[Quote | None]:
        """Return both wordings, with marks at what differs where both are plain text."""
        sides = (change.before, change.after)
        if change.field != "criteria" and None not in sides:
            htmls: Iterable[Markup] = reworded(str(change.before), str(change.after))
        else:
            told = markdown if change.field == "criteria" else paragraphs
            htmls = (told(str(value or "")) for value in sides)
        quotes = zip(sides, htmls, languages, strict=True)
        return [None if value is None else Quote(html, language) for value, html, language in quotes]

    def _value(self, change: Change, value: Value | None, language: str) -> Markup:
        """Return one side of a change as its form is written; empty where there is none."""
        words, form = self._words, change.form
        if value is None:
            return _NOTHING
        if isinstance(value, str):
            told = {"period": words.period, "language": words.language_name}.get(form)
            if form in ("level", "benchmark", "mode"):
                return Markup("{}").format(words(f"terms.{form}.{value}"))
            return Markup("{}").format(told(value)) if told else marked(words, value, language)
        if form == "percent":
            return self._say("percent", n=value)
        return Markup("{}").format(words.hours(value) if form == "hours" else words.number(value))

    def _say(self, key: str, **values: object) -> Markup:
        return sentence(self._words, f"changes.{key}", **values)
