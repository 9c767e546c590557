"""Which disputed questions of law a finding rests on, and how the law was read on each."""

from collections.abc import Iterable

from engine.law import DisputedReading, Law, Provision


def readings_of(provisions: Iterable[Provision], law: Law) -> dict[str, str]:
    """The disputed questions that any of these provisions ask, each with the alternative applied.

    In the order of the law's readings; the conditions carry the alternative that was chosen.
    """
    applied: dict[str, str] = {}
    for provision in provisions:
        for concept in provision.concepts:
            question, _, alternative = concept.partition("=")
            if question in law.readings:
                applied[question] = alternative
    return {name: applied[name] for name in law.readings if name in applied}


def others(reading: DisputedReading, applied: str) -> list[str]:
    """The alternatives that were not applied."""
    return [name for name in reading.alternatives if name != applied]
