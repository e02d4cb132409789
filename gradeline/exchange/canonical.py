"""What exported artifacts are called: their addresses under one base, and names that FHIR and CQL accept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gradeline.errors import UsageError
from gradeline.model.guideline import Guideline

EXAMPLE = "https://gradeline.example/fhir"
"""A reserved example: who publishes an export gives their own address."""
FHIR_NAME = re.compile(r"[A-Z][A-Za-z0-9_]{0,254}")

ADDRESS = re.compile(r"https?://[^\s/|#?<>\"'\\]+[^\s|#?<>\"'\\]*")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")


@dataclass(frozen=True)
class Canonical:
    """The base of all addresses, and the version that every artifact carries."""

    base: str = EXAMPLE
    version: str = ""

    def url(self, type: str, id: str) -> str:
        """The address of one artifact: base, type, id.

        >>> Canonical("https://example.org/fhir").url("Library", "lumbar")
        'https://example.org/fhir/Library/lumbar'
        """
        return f"{self.base.rstrip('/')}/{type}/{id}"


def published(base: str, version: str) -> Canonical:
    """A base and a version as somebody gives them; UsageError where FHIR would not take them."""
    if not ADDRESS.fullmatch(base):
        raise UsageError(f"`{base}` is no base for addresses", "write it as `https://example.org/fhir`")
    if version and not VERSION.fullmatch(version):
        raise UsageError(f"`{version}` is no version", "write letters, digits, dots and hyphens: `1.2.0`")
    return Canonical(base, version)


def named(guideline: Guideline) -> str:
    """The guideline's id as a name of FHIR and CQL; UsageError where it gives none.

    >>> camel("lumbar-nerve-root")
    'LumbarNerveRoot'
    """
    name = camel(guideline.id)
    if not FHIR_NAME.fullmatch(name):
        raise UsageError(
            f"the id {guideline.id!r} gives no name that FHIR accepts", "begin it with a letter: `lumbar-nerve-root`"
        )
    return name


def camel(id: str) -> str:
    """Words joined, each with a capital."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", id) if part)


def version_of(guideline: Guideline, canonical: Canonical) -> str:
    """The version that is asked for, else the guideline's own and that of our encoding."""
    return canonical.version or f"{guideline.currency.version}-{guideline.encoding.version}"
