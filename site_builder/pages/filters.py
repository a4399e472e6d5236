"""The filters of the front page: what a reader may choose among, and what each card says to them.

A card carries its values as ``data-`` attributes, named as the groups are; the reader's browser compares them
with the choices (``browser/src/browse``). Every value is worked out here, so the two cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from site_builder.catalog.catalog import Achievement, Aligned
from site_builder.messages import Words
from site_builder.models.credential import KINDS, LEVELS, Method

FOLDED_BEYOND = 8
"""How many skills are shown at once; the others wait behind one press."""

_RANGES = ("under-5", "from-5", "from-20", "over-60")


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick. ``language`` is that of its label, ``count`` how many credentials fit it."""

    value: str
    label: str
    count: int
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    """One question to the reader. ``folded`` choices are there, but not shown at once."""

    name: str
    choices: Sequence[Choice]
    folded: Sequence[Choice] = ()

    @property
    def all(self) -> list[Choice]:
        """Every choice, shown at once or not."""
        return [*self.choices, *self.folded]


def filter_groups(words: Words, items: Iterable[Achievement]) -> list[Group]:
    """Return the groups in reading order, without those that cannot part these credentials."""
    items = list(items)
    groups = [
        _closed("kind", KINDS, lambda value: words(f"terms.kind.{value}"), words, items),
        _closed("level", LEVELS, lambda value: words(f"terms.level.{value}"), words, items),
        _skills(words, items),
        _closed("type", ("hard", "soft"), lambda value: words(f"terms.skill.{value}"), words, items),
        _closed("method", get_args(Method), lambda value: words(f"terms.method.{value}"), words, items),
        _closed("hours", _RANGES, lambda value: words(f"browse.hours.{value}"), words, items),
        _languages(words, items),
    ]
    return [group for group in groups if any(choice.count < len(items) for choice in group.all)]


def card_data(words: Words, item: Achievement) -> Markup:
    """Return the attributes that a credential's card carries, with a space before each.

    ``data-kind`` to ``data-language`` hold values of the groups, parted by spaces; ``data-words`` holds what
    a search by words should find besides the words on the card: tags, all skills, the name on the badge.
    """
    values = {name: " ".join(read(item)) for name, read in VALUES.items()}
    values["words"] = " ".join(_more_words(item, words.language))
    return Markup("").join(
        Markup(' data-{}="{}"').format(name, value) for name, value in values.items() if value
    )


def _kinds(item: Achievement) -> Iterator[str]:
    yield item.spec.kind


def _levels(item: Achievement) -> Iterator[str]:
    yield item.spec.level


def _skill_values(item: Achievement) -> Iterator[str]:
    yield from dict.fromkeys(_skill(aligned) for aligned in item.competencies)


def _types(item: Achievement) -> Iterator[str]:
    yield from sorted({aligned.competency.type for aligned in item.competencies})


def _methods(item: Achievement) -> Iterator[str]:
    yield from dict.fromkeys(part.method for part in item.spec.assessment)


def _hours(item: Achievement) -> Iterator[str]:
    if item.spec.workload is not None:
        yield hours_range(item.spec.workload.hours)


def _language_values(item: Achievement) -> Iterator[str]:
    yield item.spec.language.split("-")[0]


VALUES: Mapping[str, Callable[[Achievement], Iterator[str]]] = {
    "kind": _kinds,
    "level": _levels,
    "skill": _skill_values,
    "type": _types,
    "method": _methods,
    "hours": _hours,
    "language": _language_values,
}
"""What a credential answers to each group, by the group's name."""


def hours_range(hours: float) -> str:
    """Return the range a workload falls into: under 5, from 5 to 20, to 60, or over 60 hours."""
    limits = (hours < 5, hours <= 20, hours <= 60, True)
    return next(name for name, fits in zip(_RANGES, limits, strict=True) if fits)


def _closed(
    name: str,
    values: Iterable[str],
    label: Callable[[str], str],
    words: Words,
    items: list[Achievement],
) -> Group:
    """Return a group over a closed list, in its own order; what no credential has is left out."""
    counts = _counts(name, items)
    chosen = [Choice(value, label(value), counts[value], words.language) for value in values if counts[value]]
    return Group(name, chosen)


def _counts(name: str, items: list[Achievement]) -> Counter[str]:
    return Counter(value for item in items for value in VALUES[name](item))


def _skills(words: Words, items: list[Achievement]) -> Group:
    """Return the skills by name, all but the first of a long list folded away."""
    counts = _counts("skill", items)
    used = {_skill(aligned): aligned for item in items for aligned in item.competencies}
    names = Counter(aligned.competency.name for aligned in used.values())
    choices = [
        Choice(value, _skill_label(aligned, names), counts[value], aligned.framework.language)
        for value, aligned in used.items()
    ]
    choices.sort(key=lambda choice: (choice.label.casefold(), choice.value))
    return Group("skill", choices[:FOLDED_BEYOND], choices[FOLDED_BEYOND:])


def _skill(aligned: Aligned) -> str:
    return f"{aligned.framework.id}/{aligned.competency.id}"


def _skill_label(aligned: Aligned, names: Counter[str]) -> str:
    """Return a skill's name, with its framework's where two frameworks have a skill of that name."""
    name = aligned.competency.name
    return name if names[name] == 1 else f"{name} ({aligned.framework.name})"


def _languages(words: Words, items: list[Achievement]) -> Group:
    counts = _counts("language", items)
    choices = [Choice(tag, words.language_name(tag), count, words.language) for tag, count in counts.items()]
    return Group("language", sorted(choices, key=lambda choice: choice.label.casefold()))


def _more_words(item: Achievement, language: str) -> Iterator[str]:
    if item.spec.told_in(language).name.words != item.spec.name:
        yield item.spec.name
    yield from item.spec.tags
    yield from (aligned.competency.name for aligned in item.competencies[3:])
