"""Who is awarded what, and when: intakes of learners who go from small credentials to what stacks from them.

An intake is forgotten once its last cohort is awarded, so memory does not grow with the programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bench._repository import NOW, Spec
from site_builder.models.credential import KINDS, Kind
from site_builder.proof.multibase import encode
from site_builder.text.periods import add_period

FIRST_DAY = date(2020, 1, 6)
LARGEST, SMALLEST = 500, 20
"""How many awards a cohort has at most and at least."""
_SHARES: dict[Kind, float] = {
    "nanocredential": 0.5,
    "microcredential": 0.32,
    "stacked-microcredential": 0.14,
    "certificate": 0.04,
}
_BETWEEN_LAYERS, _WITHIN_LAYER = 110, 80
_STAY, _PASS, _WITH_WALLET = 0.93, 0.985, 0.08
_RENEWED, _RENEW = 0.35, 0.55
_ED25519 = b"\xed\x01"


@dataclass(slots=True)
class Learner:
    """A person without a name: a pseudonym, perhaps a wallet, and the award held of each credential."""

    pseudonym: str
    holder: str | None
    held: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Learners who are awarded one credential on one day; ``renews`` where they held it before."""

    spec: Spec
    day: date
    learners: list[Learner]
    renews: bool = False


class Intakes:
    """An endless row of cohorts, parts before what stacks from them.

    Who takes a cohort writes into ``held`` of its learners what they were awarded, before taking the next.
    """

    def __init__(self, chance: Random, specs: list[Spec], mean: int, awards: int) -> None:
        """Draw from ``chance``; cohorts have about ``mean`` awards, the programme ``awards`` in all."""
        self._chance, self._mean, self._awards = chance, mean, awards
        self._specs: Mapping[str, Spec] = {spec["id"]: spec for spec in specs}
        self._layers = {spec["id"]: self._layered(spec) for spec in specs}

    def cohorts(self) -> Iterator[Cohort]:
        """Yield the cohorts: first an intake that reaches the largest credential there is room for."""
        target = max(self._specs, key=self._rank_where_room)
        room = self._awards // (2 * self._size(target))
        yield from self._intake(target, max(SMALLEST, min(100, room)), stay=1.0)
        while True:
            target = self._target()
            least = SMALLEST + 4 if self._size(target) == 1 else 3 * SMALLEST
            yield from self._intake(target, max(least, self._drawn_size()), stay=_STAY)

    def _size(self, credential_id: str) -> int:
        return sum(map(len, self._layers[credential_id]))

    def _rank_where_room(self, credential_id: str) -> tuple[int, int]:
        fits = 2 * SMALLEST * self._size(credential_id) <= self._awards
        return (KINDS.index(self._specs[credential_id]["kind"]) if fits else -1), -self._size(credential_id)

    def _layered(self, spec: Spec) -> list[list[Spec]]:
        """Return the credential and all that it stacks from, the smallest kinds first."""
        every: dict[str, Spec] = {}
        todo = [spec]
        while todo:
            found = todo.pop()
            every[found["id"]] = found
            todo += [self._specs[part] for part in parts_of(found)]
        layers = [[found for found in every.values() if found["kind"] == kind] for kind in KINDS]
        return [layer for layer in layers if layer]

    def _target(self) -> str:
        kind = self._chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        fitting = [name for name, spec in self._specs.items() if spec["kind"] == kind]
        return self._chance.choice(fitting or list(self._specs))

    def _drawn_size(self) -> int:
        """Return a size from the smallest to the largest: most are small, their mean is the programme's."""
        share = (self._mean - SMALLEST) / (LARGEST - SMALLEST)
        return SMALLEST + round((LARGEST - SMALLEST) * self._chance.betavariate(1, 1 / share - 1))

    def _intake(self, target: str, size: int, *, stay: float) -> Iterator[Cohort]:
        chance, layers = self._chance, self._layers[target]
        learners = [self._learner() for _ in range(size)]
        is_first = stay == 1
        latest = NOW - FIRST_DAY - timedelta(days=2 + _BETWEEN_LAYERS * (len(layers) - 1) + _WITHIN_LAYER)
        start = FIRST_DAY + timedelta(days=chance.randint(0, _WITHIN_LAYER if is_first else latest.days))
        awarded = []
        for number, layer in enumerate(layers):
            learners = [one for one in learners if chance.random() < stay]
            for spec in layer:
                waited = number * _BETWEEN_LAYERS + chance.randint(0, _WITHIN_LAYER)
                day = _working_day(start + timedelta(days=waited))
                passed = [one for one in learners if _may(one, spec) and chance.random() < max(stay, _PASS)]
                if len(passed) >= SMALLEST or is_first:
                    yield Cohort(spec, day, passed)
                    awarded.append((spec, day))
        for spec, day in awarded:
            if "valid_for" in spec and not parts_of(spec) and (is_first or chance.random() < _RENEWED):
                yield from self._renewal(spec, day, learners)

    def _renewal(self, spec: Spec, day: date, learners: list[Learner]) -> Iterator[Cohort]:
        """Yield those who earn again, shortly before it ends, what they hold."""
        again = _working_day(add_period(day, spec["valid_for"]) - timedelta(days=21))
        holders = [one for one in learners if spec["id"] in one.held and self._chance.random() < _RENEW]
        if again < NOW and holders:
            yield Cohort(spec, again, holders, renews=True)

    def _learner(self) -> Learner:
        has_wallet = self._chance.random() < _WITH_WALLET
        holder = f"did:key:{encode(_ED25519 + self._chance.randbytes(32))}" if has_wallet else None
        return Learner(self._chance.randbytes(16).hex(), holder)


def parts_of(spec: Spec) -> list[str]:
    """Return the ids of the credentials that one stacks from."""
    return list(spec.get("requires", {}).get("all", []))


def _may(learner: Learner, spec: Spec) -> bool:
    return all(part in learner.held for part in parts_of(spec))


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
