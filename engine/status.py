"""From the values of a provision's parts to the status of a finding, at a standard of proof.

The first row that applies, from the top:

    inapplicable    a limit (date, conflict, territory, party) is not met
    not_engaged     nothing supports the conduct element
    not_indicated   some element is not met
    excepted        an exception is met
    undetermined    some element, or what decides whether the provision applies, is unknown
    contested       some element, an exception, or whether it applies, is contested
    indicated       every element is met, and no exception is met or contested

A part is met or not met only if it is so whichever account of a contested fact is true (see
`accounts`); otherwise it is contested.

One limit is different. Where accounts differ on the kind of conflict, the provisions of each kind
are answered side by side, each within its own branch: a contested kind of conflict therefore does
not make a finding contested; it makes it conditional on its branch (`Parts.conditional`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.accounts import read
from engine.trace import Proof
from engine.truth import STANDARDS, Reading, Standard

BRANCH = "conflict"


class Status(StrEnum):
    """What a finding comes to, in the order in which a reader wants to see them."""

    INDICATED = "indicated"
    CONTESTED = "contested"
    EXCEPTED = "excepted"
    UNDETERMINED = "undetermined"
    NOT_INDICATED = "not_indicated"
    INAPPLICABLE = "inapplicable"
    NOT_ENGAGED = "not_engaged"


@dataclass(frozen=True)
class Parts:
    """The proofs of a provision's parts: limits by id; conduct stands among the elements too."""

    limits: Mapping[str, Proof]
    conduct: tuple[Proof, ...]
    elements: tuple[Proof, ...]
    exceptions: tuple[Proof, ...]

    def conditional(self, standard: Standard) -> bool:
        """Whether the answer holds only on one of several accounts of the kind of conflict."""
        branch = self.limits.get(BRANCH)
        return branch is not None and read(branch, standard) is Reading.CONTESTED

    @property
    def engaged(self) -> bool:
        """Whether anything at all supports the conduct element."""
        return all(proof.value.support > Standard.NOTHING for proof in self.conduct)

    def status(self, standard: Standard) -> Status:
        """The status of a finding with these parts at this standard."""
        limits = {name: read(proof, standard) for name, proof in self.limits.items()}
        if self.conditional(standard):
            limits[BRANCH] = Reading.MET
        elements = [read(proof, standard) for proof in self.elements]
        exceptions = [read(proof, standard) for proof in self.exceptions]
        if Reading.NOT_MET in limits.values():
            return Status.INAPPLICABLE
        if not self.engaged:
            return Status.NOT_ENGAGED
        if Reading.NOT_MET in elements:
            return Status.NOT_INDICATED
        if Reading.MET in exceptions:
            return Status.EXCEPTED
        if Reading.UNKNOWN in (*elements, *limits.values()):
            return Status.UNDETERMINED
        if Reading.CONTESTED in (*elements, *exceptions, *limits.values()):
            return Status.CONTESTED
        return Status.INDICATED

    def reached(self) -> Standard | None:
        """The highest standard at which the finding is `indicated`, or None if at none."""
        met = [s for s in STANDARDS.values() if self.status(s) is Status.INDICATED]
        return max(met, default=None)


CONCLUDING = (Status.INDICATED, Status.CONTESTED, Status.EXCEPTED)
"""What says something of a breach; the rest leave it open, or find none."""
