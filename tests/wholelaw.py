"""The law that comes with the program, read once for all tests of a process."""

from functools import cache

from engine.law import Law
from engine.lawfiles import read_law
from engine.resources import data_folder


@cache
def whole_law() -> Law:
    """The law with its examples, by the default readings. Nobody may change it."""
    return read_law(data_folder("law"))
