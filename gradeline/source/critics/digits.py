"""The check digits of code systems that have them: one wrong digit, and the code is none."""

from __future__ import annotations

import re

# Verhoeff's tables, as SNOMED CT's release file specification gives them: the multiplication of the dihedral group
# of the pentagon, and the permutation by position.
TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
MOVED = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def checks(system: str, code: str) -> bool:
    """Whether a code may be one of its system, as far as its check digit tells.

    >>> checks("snomed", "241648005"), checks("snomed", "241648006"), checks("loinc", "24968-0"), checks("sks", "DM511")
    (True, False, True, True)
    """
    if system == "snomed":
        return bool(re.fullmatch("[1-9][0-9]{5,17}", code)) and verhoeff(code) == 0
    if system == "loinc":
        return bool(re.fullmatch("[0-9]{1,7}-[0-9]", code)) and luhn(code[:-2]) == int(code[-1])
    return True


def verhoeff(code: str) -> int:
    """Zero where the last digit fits the others."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = int(TIMES[check][int(MOVED[place % 8][int(digit)])])
    return check


def luhn(digits: str) -> int:
    """The digit that makes the sum of digits, every other one doubled, end in zero."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    return -(sum(doubled) + sum(map(int, digits[-2::-2]))) % 10
