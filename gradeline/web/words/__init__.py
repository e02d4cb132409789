"""The words around the pages, in English and Danish; a test holds that both say the same things."""

from __future__ import annotations

from collections.abc import Mapping

from gradeline.model.words import Language
from gradeline.web.words import da, en

WORDS: Mapping[Language, Mapping[str, str]] = {"en": en.WORDS, "da": da.WORDS}
