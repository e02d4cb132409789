"""A guideline as plain data: what `gradeline show --as json` prints."""

from __future__ import annotations

from gradeline.evaluate.words.plain import SCHEMA, Plain, currency
from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.guideline import Encoding, Guideline, Recommendation
from gradeline.model.words import Language, Text


def plain_guideline(guideline: Guideline, language: Language = "en") -> Plain:
    """A guideline in the shape of schema 1, its words in one language."""
    sentences = Sentences(guideline, language)

    def words(text: Text | None) -> str | None:
        return text.in_(language) if text else None

    return {
        "schema": SCHEMA,
        "id": guideline.id,
        "title": words(guideline.title),
        "publisher": words(guideline.publisher.name),
        "scheme": guideline.scheme.id,
        "invented": guideline.invented,
        "currency": currency(guideline.currency, language),
        "encoding": _encoding(guideline.encoding),
        "translation": words(guideline.translation) if language != "en" else None,
        "scope": words(guideline.scope),
        "about": words(guideline.about),
        "population": sentences.say(guideline.population),
        "sections": [{"id": each.id, "title": words(each.title)} for each in guideline.sections],
        "recommendations": [_recommendation(each, guideline, sentences) for each in guideline.recommendations],
        **_beside(guideline, language),
    }


def _encoding(encoding: Encoding) -> Plain:
    """The version of our encoding, apart from the guideline's own, and who has reviewed it."""
    return {
        "version": encoding.version,
        "date": encoding.date.isoformat(),
        "reviewed_by": list(encoding.reviewed_by),
        "licence": encoding.licence,
    }


def _beside(guideline: Guideline, language: Language) -> Plain:
    """What stands beside the statements: the legend, how we read it, other timings, sources."""
    signs = [*guideline.scheme.kinds.values(), *guideline.scheme.certainties.values()]
    return {
        "legend": [
            {"symbol": each.symbol, "name": each.name.in_(language), "meaning": each.meaning.in_(language)}
            for each in signs
        ],
        "interpretations": [
            {
                "id": each.id,
                "question": each.question.in_(language),
                "reading": each.reading.in_(language),
                "reason": each.reason.in_(language),
                "alternatives": [other.says.in_(language) for other in each.alternatives],
                "touches": list(each.touches),
            }
            for each in guideline.interpretations
        ],
        "timings": [{"says": each.says.in_(language), "source": each.source} for each in guideline.timings],
        "sources": [
            {"id": each.id, "title": each.title, "year": each.year, "locator": each.locator}
            for each in guideline.sources
        ],
    }


def _recommendation(each: Recommendation, guideline: Guideline, sentences: Sentences) -> Plain:
    """One statement with its grade, its form in words, and the publisher's numbering."""
    language = sentences.language
    grade = each.grade
    texts = {
        "name": each.name,
        "says": each.says,
        "why": each.why,
        "population": each.population,
        "intervention": each.intervention,
        "comparator": each.comparator,
        "caveat": each.caveat,
        "evidence": each.evidence,
    }
    return {
        "id": each.id,
        "section": each.section,
        **{key: text.in_(language) if text else None for key, text in texts.items()},
        "strength": grade.strength.value,
        "direction": grade.direction.value,
        "certainty": grade.certainty.word if grade.certainty else None,
        "symbol": guideline.scheme.kind(grade).symbol,
        "form": each.form.words,
        "logic": sentences.form(each.form),
        "when": sentences.say(each.when) if each.when else None,
        "aliases": dict(each.aliases),
    }
