"""Quantities until `gradeline.quantity` can read them."""

import re

from gradeline import quantity
from gradeline.quantity import Quantity


def _parse(text: str) -> Quantity:
    found = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?) ?([A-Za-z%{][A-Za-z0-9/%\[\]{}*]*|1)?", text)
    if not found or (found[2] or "1") not in ("1", "{score}", "{points}", "%", "kg", "g", "mm[Hg]", "mmol/L", "cm", "mg"):
        raise ValueError(f'{text!r} is no quantity: units are UCUM: write "mm[Hg]", "kg" or "{{score}}"')
    return Quantity(float(found[1]), "1" if not found[2] or found[2][0] == "{" else found[2])


parse = getattr(quantity, "parse", _parse)
