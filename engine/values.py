"""The values facts can have, as case files write them: read, or refused in the user's words."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from engine.errors import nearest
from engine.incident import Days, FactValue, Period, Span
from engine.vocabulary import Fact, FactType

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")

DATE_SCHEMA = {
    "type": "string",
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$",
    "description": "a day, a month, a year, or two of them joined by `/` (somewhere between)",
}


def refuse(message: str, hint: str = "") -> PydanticCustomError:
    """An error that reaches the user as it stands."""
    return PydanticCustomError("lieber", "{message}", {"message": message, "hint": hint})


def read_days(given: Any) -> Days:
    """`2019-07-22`, `2019-07`, `2019` or `2019-07-01/2019-07-31`: the days it can mean."""
    if isinstance(given, Mapping) and set(given) == {"from", "to"}:
        first, last = _days(given["from"]), _days(given["to"])
    else:
        parts = str(given).split("/")
        if len(parts) > 2:
            raise refuse(
                f"`{given}` is not a date", "write 2019-07-22, 2019-07 or 2019-07-01/2019-07-31"
            )
        first, last = _days(parts[0]), _days(parts[-1])
    if last.last < first.first:
        raise refuse(f"`{given}` ends before it begins", "write the earlier date first")
    return Days(first.first, last.last)


def _days(text: Any) -> Days:
    matched = _DAY.match(str(text))
    if not matched:
        raise refuse(f"`{text}` is not a date", "write year-month-day, such as 2019-07-22")
    year, month, day = (int(part) if part else None for part in matched.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        raise refuse(f"`{text}` is not a day of the calendar", "check month and day") from None
    return Days(first, last)


def read_period(given: Any) -> Period:
    """`2013-04/2018-03`: conduct that lasted from the one to the other."""
    parts = (
        str(given).split("/")
        if not isinstance(given, Mapping)
        else [given.get("from"), given.get("to")]
    )
    if len(parts) != 2:
        raise refuse(f"`{given}` is not a period", "write its begin and end: 2013-04/2018-03")
    began, ended = _days(parts[0]), _days(parts[1])
    if ended.last < began.first:
        raise refuse(f"`{given}` ends before it begins", "write the earlier date first")
    return Period(began, ended)


def read_count(given: Any) -> Span:
    """A whole number, or `{min: 39, max: 43}` with either side left out where it is open."""
    if isinstance(given, Mapping) and given and set(given) <= {"min", "max"}:
        least, most = given.get("min", 0), given.get("max")
        if all(_is_count(n) for n in (least, 0 if most is None else most)):
            if most is not None and most < least:
                raise refuse(f"`min` is {least} but `max` is {most}", "swap them")
            return Span(least, most)
    elif _is_count(given):
        return Span(given, given)
    raise refuse(f"`{given}` is not a count", "write a whole number, or {min: 39, max: 43}")


def _is_count(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 0


def _yes_no(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    raise refuse(
        f"`{given}` is neither true nor false", "write true or false, or leave it out if unknown"
    )


def _country(given: Any) -> str:
    if isinstance(given, str) and re.fullmatch("[A-Z]{3}", given):
        return given
    raise refuse(
        f"`{given}` is not a country code", "use three capital letters (ISO 3166-1), such as SYR"
    )


def _text(given: Any) -> str:
    if isinstance(given, str) and given.strip():
        return given
    raise refuse(f"`{given}` is not text", "write a few words")


def reader(fact: Fact) -> Callable[[Any], FactValue]:
    """The function that reads one value of a fact, or refuses it."""
    if fact.type is FactType.ONE_OF:

        def read_one(given: Any) -> str:
            if isinstance(given, str) and given in fact.values:
                return given
            known = [v for v in fact.values if v != "other"]
            raise refuse(f"`{given}` is not a value of this fact", nearest(str(given), known))

        return read_one
    readers: dict[FactType, Callable[[Any], FactValue]] = {
        FactType.YES_NO: _yes_no,
        FactType.COUNT: read_count,
        FactType.DATE: read_days,
        FactType.PERIOD: read_period,
        FactType.COUNTRY: _country,
        FactType.TEXT: _text,
    }
    return readers[fact.type]


def schema(fact: Fact) -> dict[str, Any]:
    """The JSON Schema of one value of a fact."""
    count: dict[str, Any] = {"type": "integer", "minimum": 0}
    schemas: dict[FactType, dict[str, Any]] = {
        FactType.YES_NO: {"type": "boolean"},
        FactType.ONE_OF: {"enum": list(fact.values)},
        FactType.COUNT: {
            "anyOf": [
                count,
                {
                    "type": "object",
                    "properties": {"min": count, "max": count},
                    "additionalProperties": False,
                },
            ]
        },
        FactType.DATE: DATE_SCHEMA,
        FactType.PERIOD: {
            "type": "string",
            "description": "begin and end of conduct that lasted, joined by `/`",
        },
        FactType.COUNTRY: {"type": "string", "pattern": "^[A-Z]{3}$"},
        FactType.TEXT: {"type": "string"},
    }
    return schemas[fact.type]
