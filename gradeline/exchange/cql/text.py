"""Texts of CQL: every name and every literal goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from gradeline.dates import Duration
from gradeline.logic import NO, YES, Truth
from gradeline.quantity import Quantity

ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def quoted(text: str) -> str:
    r"""A text as CQL writes it.

    >>> print(quoted("the patient's"))
    'the patient\'s'
    """
    return f"'{text.translate(ESCAPES)}'"


def name(text: str) -> str:
    """A name as CQL writes it.

    >>> print(name("Pain, perhaps"))
    "Pain, perhaps"
    """
    return f'"{text.translate(ESCAPES)}"'


def listed(texts: Iterable[str]) -> str:
    """Texts as a list of CQL; an empty one says of what."""
    made = ", ".join(map(quoted, texts))
    return f"{{ {made} }}" if made else "List<String>{ }"


def comment(text: str) -> str:
    """Words as a comment, in lines that fit a screen."""
    return "\n".join(f"// {line}" for line in wrap(" ".join(text.split()), 110))


def truth(truth: Truth) -> str:
    """A truth: unknown is null."""
    return "true" if truth is YES else "false" if truth is NO else "null"


def number(value: float) -> str:
    """A decimal number."""
    return f"{value:.8f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.1f}"


def span(duration: Duration) -> str:
    """A length of time: CQL clamps months as we do.

    >>> span(Duration(days=84)), span(Duration(months=-3))
    ('84 days', '-3 months')
    """
    if duration.months:
        return f"{duration.months} months"
    return f"{duration.days} days"


def amount(quantity: Quantity) -> str:
    """A number with its unit."""
    return f"{number(quantity.value)} {quoted(quantity.unit)}"


def filled(texts: Iterable[str]) -> str:
    """A long list of texts, over lines that fit a screen."""
    lines = wrap(", ".join(map(quoted, texts)), 110, break_long_words=False, break_on_hyphens=False)
    return "{\n    " + "\n    ".join(lines) + " }" if lines else "List<String>{ }"
