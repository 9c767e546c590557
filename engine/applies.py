"""When, where, in which conflict and for whom a provision applies: its limits, as conditions."""

from collections.abc import Callable, Sequence
from datetime import date

from engine.conditions import AnyOf, Condition, FactIs, Operand, Some, Test, Weighed
from engine.dates import day
from engine.errors import Place, nearest
from engine.law import Limit
from engine.lawmodels import ProvisionText
from engine.loader import Document, Path_
from engine.parse import ConditionParser, Scopes
from engine.vocabulary import Words

LEVELS: dict[str, Scopes] = {"incident": ("case", "incident"), "pattern": ("case",)}
"""The scopes in which a provision is answered: for each incident, or for the pattern of a case."""

FAR_FUTURE = date.max
LONG_AGO = date.min


def fact_test(
    parser: ConditionParser, fact: str, test: Test, operand: Operand, scopes: Scopes, place: Place
) -> Condition:
    """The condition that a fact, read from within these scopes, passes a test."""
    home = parser.vocabulary.home(fact, scopes)
    return parser.node(FactIs, fact, test, operand, home, place=place)


def dated(
    parser: ConditionParser, window: tuple[date, date], scopes: Scopes, place: Place
) -> Condition:
    """The condition that the conduct falls within a window: there are several ways to date it.

    Seen from the case as a whole, it is that something in it does.
    """
    roles = parser.vocabulary.roles

    def within(facts: Sequence[str], seen_from: Scopes) -> Condition:
        tests = (fact_test(parser, f, Test.WITHIN, window, seen_from, place) for f in facts)
        return parser.node(Weighed, tuple(tests), place=place)

    if "incident" in scopes:
        return within((roles.date, roles.period), scopes)
    some = tuple(
        parser.node(
            Some,
            name,
            within(facts, ("case", parser.vocabulary.item_of(name) or "")),
            place=place,
        )
        for name, facts in roles.dated_lists.items()
    )
    return parser.node(AnyOf, some, place=place)


class LimitReader:
    """Reads `applies` into limits; what is wrong goes to `wrong(place, message, hint)`."""

    def __init__(self, parser: ConditionParser, wrong: Callable[[Place, str, str], None]) -> None:
        self.parser = parser
        self.vocabulary = parser.vocabulary
        self.wrong = wrong

    def read(self, given: ProvisionText, document: Document, path: Path_) -> tuple[Limit, ...]:
        """The limits of a provision whose `applies` stands at `path`."""
        scopes = LEVELS[given.level]
        applies = given.applies
        if applies is None:
            return ()
        roles = self.vocabulary.roles
        window = (applies.since, applies.until or FAR_FUTURE)
        if window[0] > window[1]:
            self.wrong(
                document.place((*path, "until")), "it ends before it begins", "check both dates"
            )
        at = document.place((*path, "since"))
        condition = dated(self.parser, window, scopes, at)
        until = f" until {day(applies.until)}" if applies.until else ""
        binds_from = Words(en=f"it binds from {day(applies.since)}{until}")
        limits = [Limit("date", binds_from, condition, at)]
        for dimension, role, allowed in (
            ("conflict", roles.conflict, applies.conflict),
            ("territory", roles.territory, applies.territory),
        ):
            if allowed is None:
                continue
            at = document.place((*path, dimension))
            if allows := self._one_of(role, allowed, document, (*path, dimension), given.level):
                says = Words(en=f"it applies in {self._values(role, allowed)}")
                limits.append(Limit(dimension, says, allows, at))
        if applies.party is not None:
            at_party: Path_ = (*path, "party")
            if binds := self.parser.parse(document, at_party, scopes):
                limits.append(Limit("party", applies.party_says, binds, document.place(at_party)))
        return tuple(limits)

    def _one_of(
        self, fact: str, allowed: list[str], document: Document, path: Path_, level: str
    ) -> Condition | None:
        known = self.vocabulary.facts[fact].values
        for n, value in enumerate(allowed):
            if known and value not in known:
                self.wrong(
                    document.place((*path, n)),
                    f"`{value}` is not a value of `{fact}`",
                    nearest(value, known),
                )
                return None
        place = document.place(path)
        groups = self.vocabulary.groups
        incidents = groups["incident"].list
        inside = level == "pattern" and "case" not in groups[self.vocabulary.group_of(fact)].of
        scopes = LEVELS["incident"] if inside else LEVELS[level]
        test = fact_test(self.parser, fact, Test.IN, frozenset(allowed), scopes, place)
        return self.parser.node(Some, incidents, test, place=place) if inside else test

    def _values(self, fact: str, values: list[str]) -> str:
        return " or ".join(self.vocabulary.in_words(fact, value) for value in values)
