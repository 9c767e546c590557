"""Days in plain English."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day(when: date) -> str:
    """`22 July 2019`."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
