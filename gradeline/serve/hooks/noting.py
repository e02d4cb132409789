"""What is kept of a call: rows for the store, without the patient; for a demo's `/calls` what integrators ask."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from gradeline.evaluate.advice import Advice
from gradeline.serve.hooks.answer import Answer
from gradeline.serve.hooks.call.calls import Call
from gradeline.serve.state import State
from gradeline.serve.store.store import Store
from gradeline.serve.wire.outcomes import RefusalError
from gradeline.show.cards.building import SIGNS
from gradeline.show.cards.card import Card

MOST_CODES = 20


def rows(state: State, id: str, call: Call, found: Answer) -> Iterator[dict[str, Any]]:
    """One row for each card that is shown."""
    if found.advice is None:
        return
    guideline, store = found.advice.guideline, state.counted.store
    for card in found.cards:
        yield {
            "card": card.id,
            "shown": state.clock(),
            "service": id,
            "guideline": guideline.id,
            "version": guideline.currency.version,
            "encoding": guideline.encoding.version,
            "recommendation": card.about,
            "indicator": card.indicator,
            "patient": store.hashed("patient", call.server, call.patient),
            "repeat": repetition(store, id, call, card),
            "suggestions": json.dumps({each.id: each.label for each in card.suggestions}),
        }


def repetition(store: Store, id: str, call: Call, card: Card) -> str:
    """By what a repetition is known: patient, service, draft, what it is about; of a warning sign what it says."""
    said = card.summary if card.about == SIGNS else ""
    return store.hashed("repeat", call.server, call.patient, id, card.draft, card.about, card.indicator, said)


def note(state: State, id: str, call: Call | None, found: Answer | RefusalError) -> None:
    """Keep the last calls of a demo, in memory alone: keys, codes not recognised, the answer, why no card."""
    if not (state.config.demo and state.config.loopback):
        return
    at = datetime.fromtimestamp(state.clock(), UTC).strftime("%H:%M:%S UTC")
    noted: dict[str, Any] = {"at": at, "service": id[:80], "hook": call.hook if call else ""}
    noted["keys"] = sorted(call.prefetch) if call else []
    noted["notes"] = call.notes if call else []
    if isinstance(found, RefusalError):
        noted |= {"status": found.status, "answer": found.what, "cure": found.cure}
    else:
        noted |= {"status": 200, "cards": [card.summary for card in found.cards], "why": found.why}
        noted |= {"unread": found.unread, "codes": strange(found.advice) if found.advice else []}
    state.calls.appendleft(noted)


def strange(advice: Advice) -> list[str]:
    """The codes of the record that no term of the guideline knows, the most frequent first."""
    counts: dict[str, int] = {}
    for codings, often in Counter(fact.codings for fact in advice.record.facts).items():
        if not any(advice.plan.terms.of(coding) for coding in codings):
            for coding in codings:
                name = f"{coding.system} {coding.code}"
                counts[name] = counts.get(name, 0) + often
    return [name for name, _ in most(counts.items())]


def most(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The commonest."""
    return sorted(counted, key=lambda each: -each[1])[:MOST_CODES]
