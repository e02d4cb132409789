"""The one tree of errors: each says what is wrong, where, and what to do; people never see a traceback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file, where it stands, and its cure."""

    where: str
    what: str
    cure: str

    def __str__(self) -> str:
        indent = " " * (len(self.where) + 2)
        return f"{self.where}  {self.what}" + (f"\n{indent}{self.cure}" if self.cure else "")


@dataclass(frozen=True)
class Gap(Fault):
    """A key that has to be there and is not yet: a draft has many, and they are no errors of its author."""

    key: str
    says: str


class GradelineError(Exception):
    """What people see in place of a traceback; `exit_code` is the command's answer to the shell."""

    exit_code = 2

    def __init__(self, what: str, cure: str = "", where: str = "") -> None:
        self.what, self.cure, self.where = what, cure, where
        super().__init__(str(Fault(where, what, cure)) if where else what + (f"\n{cure}" if cure else ""))


class UsageError(GradelineError):
    """The command was asked for something that it cannot do."""

    exit_code = 2


class GuidelineError(GradelineError):
    """A guideline file says something that cannot be meant; carries every fault of the file at once."""

    exit_code = 3

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        Exception.__init__(self, "\n".join(map(str, self.faults)))
        self.what = str(self)
        self.cure = self.where = ""


class RecordError(GradelineError):
    """Patient data that cannot be read, or that must not be: another patient's, say."""

    exit_code = 4


class DocumentError(GradelineError):
    """A published document that cannot be read."""

    exit_code = 5
