"""What the running server holds in memory: its settings, the guidelines on its shelf, the sessions."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from time import time
from typing import Any

from gradeline.dates import Day
from gradeline.model.guideline import Guideline
from gradeline.model.words import Language, Text
from gradeline.plan.capture import DIALOGUE, Capture
from gradeline.plan.plan import Plan, compile
from gradeline.serve.client.addresses import Gatekeeper
from gradeline.serve.config import Config
from gradeline.serve.counted import Counted
from gradeline.serve.ops.logs import Log
from gradeline.serve.sessions import Sessions
from gradeline.show.cards.occasion import Adoption
from gradeline.show.content.guide import QuickGuide, quick_guide
from gradeline.source.cases import Case, cases
from gradeline.source.reader import read
from gradeline.source.shipped import find, shipped

SAMPLE = re.compile(r"^\| `([\w-]+)` \| ([^|]+?) \| ([^|]+?) \|", re.MULTILINE)
"""A sample's name, and who it is in English and in Danish."""


@dataclass(frozen=True)
class Shelved:
    """One guideline with what lies beside its file, compiled when it is first asked."""

    guideline: Guideline
    file: Path
    guides: dict[Language, QuickGuide] = field(default_factory=dict, compare=False)

    @cached_property
    def plan(self) -> Plan:
        """For records: a diagnosis that is not there is a no."""
        return compile(self.guideline)

    @cached_property
    def dialogue(self) -> Plan:
        """For people who answer questions: nothing is known until it is said."""
        return compile(self.guideline, DIALOGUE)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases beside the guideline, where there are any."""
        beside = self.file.with_name("cases.yaml")
        return cases(beside, self.guideline) if beside.exists() else ()

    @cached_property
    def tested(self) -> Mapping[str, int]:
        """How many cases test each recommendation, and under the empty name how many there are."""
        return {**Counter(id for case in self.cases for id in case.expect), "": len(self.cases)}

    def guide(self, language: Language) -> QuickGuide:
        """The quick guide in a language, made once."""
        if language not in self.guides:
            self.guides[language] = quick_guide(self.guideline, language, self.tested)
        return self.guides[language]

    @cached_property
    def samples(self) -> Mapping[str, Path]:
        """The invented patients beside the guideline, by name, in the order of their table."""
        folder = self.file.with_name("samples")
        listed = [name for name in self.described if (folder / f"{name}.json").is_file()]
        names = dict.fromkeys([*listed, *sorted(file.stem for file in folder.glob("*.json"))])
        return {name: folder / f"{name}.json" for name in names}

    @cached_property
    def sample_calls(self) -> Mapping[str, Path]:
        """Sample calls of the hooks beside the guideline, by name."""
        return {file.stem: file for file in sorted(self.file.with_name("calls").glob("*.json"))}

    @cached_property
    def described(self) -> Mapping[str, Text]:
        """Who the invented patients are, as the table beside them says."""
        table = self.file.with_name("samples") / "README.md"
        rows = SAMPLE.findall(table.read_text("utf-8")) if table.is_file() else []
        return {name: Text(*(each[:1].upper() + each[1:] for each in who)) for name, *who in rows}


class State:
    """What all doors share; the clock is an argument, and the sessions are forgotten with the process."""

    def __init__(self, config: Config, today: Callable[[], Day], clock: Callable[[], float] = time) -> None:
        self.config, self.today, self.clock = config, today, clock
        self.sessions = Sessions(config.session_minutes, config.most_sessions)
        self.shelf = {each.guideline.id: each for each in map(shelved, [*shipped(), *config.guidelines])}
        self.gatekeeper = Gatekeeper(config.outgoing.servers, config.networks)
        self.counted = Counted(config, clock)
        self.log = Log(clock, on=not config.demo)
        self.plans: dict[object, Plan] = {}
        self.calls: deque[dict[str, Any]] = deque(maxlen=LAST_CALLS)

    def adoption(self, guideline: Guideline) -> Adoption | None:
        """Who uses a guideline that is not in force, where that holds today; a demo adopts it for the day."""
        if guideline.currency.status == "in force":
            return None
        found = self.config.adoptions.get(guideline.id)
        if found is None and self.config.demo:
            day = date.fromordinal(self.today())
            return Adoption("gradeline serve --demo", day, "to try it on invented patients", day)
        return found if found and found.holds(self.today()) else None

    def plan(self, shelved: Shelved, key: frozenset[Any], captured: Callable[[Guideline, Any], Capture]) -> Plan:
        """A guideline's plan where some of the record was not delivered; each is compiled once."""
        if not key:
            return shelved.plan
        named = shelved.guideline.id, key
        if named not in self.plans:
            if len(self.plans) >= MOST_PLANS:
                self.plans.clear()
            self.plans[named] = compile(shelved.guideline, captured(shelved.guideline, key))
        return self.plans[named]


LAST_CALLS, MOST_PLANS = 20, 100


def shelved(name: str) -> Shelved:
    """A guideline by its id or path."""
    file = find(name)
    return Shelved(read(file), file)
