"""What every page has around it, and how a page becomes text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from gradeline.model.words import LANGUAGES, Language
from gradeline.show import page as show
from gradeline.show.wording import status
from gradeline.web.words import WORDS
from gradeline.web.words.faults import told

HERE = Path(__file__).parent
NAMES: dict[Language, str] = {"en": "English", "da": "Dansk"}


@dataclass(frozen=True)
class Page:
    """One page on its way out: its language, where it stands, and which doors there are."""

    language: Language
    path: str
    chosen: bool = False
    """Whether the address names the language; then every link of the page does."""
    public: bool = False
    audits: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """The words around it."""
        return WORDS[self.language]

    def to(self, path: str) -> str:
        """A link that keeps the language."""
        return f"{path}?lang={self.language}" if self.chosen else path

    def in_language(self, path: str) -> str:
        """A link that names the language, for what is saved."""
        return f"{path}?lang={self.language}"

    @property
    def languages(self) -> list[tuple[Language, str, str]]:
        """Every language with its own name, and the same page in it."""
        return [(each, NAMES[each], f"{self.path}?lang={each}") for each in LANGUAGES]

    @property
    def files(self) -> Mapping[str, str]:
        """The addresses of style and script."""
        return {name.partition("-")[0]: f"/static/{name}" for name in files()}


def filled(template: str, page: Page, **values: object) -> str:
    """A page; every text is escaped."""
    return environment().get_template(template).render(page=page, words=page.words, **values)


@cache
def environment() -> Environment:
    """Our templates, and behind them those of the quick guide, which stand in our frame here."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), FileSystemLoader(show.TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["statuses"] = status
    made.filters |= {"sentence": sentence, "upper_first": upper_first, "told": told}
    return made


def upper_first(text: str) -> str:
    """Words with a capital at their beginning, and otherwise as they are."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Words as a sentence.

    >>> sentence("choose a FHIR file"), sentence("")
    ('Choose a FHIR file.', '')
    """
    return upper_first(text) + ("." if text and text[-1] not in ".?!" else "")


@cache
def files() -> Mapping[str, bytes]:
    """Style, script and icon, under names that change with what is in them, so that a browser may keep them."""
    style = (show.TEMPLATES / "page.css").read_bytes() + (HERE / "static" / "web.css").read_bytes()
    found = {
        "style": (style, "css"),
        **{each: (_read(each, end), end) for each, end in (("script", "js"), ("icon", "svg"))},
    }
    return {f"{name}-{sha256(data).hexdigest()[:12]}.{end}": data for name, (data, end) in found.items()}


def _read(name: str, end: str) -> bytes:
    return (HERE / "static" / f"{name}.{end}").read_bytes()
