"""Who is bound by what, since when: the status table, read into conditions on one conduct.

A State that the table does not list is neither bound nor free: nothing is known of it. One that it
lists as no party is free up to the day of which the table is.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from engine.applies import FAR_FUTURE, LEVELS, LONG_AGO, dated, fact_test
from engine.conditions import TABLE, All, AnyOf, Concept, Condition, Inferred, Not, Test, Weighed
from engine.errors import Place, nearest
from engine.law import Instrument, StateStatus, Treaty, Verified
from engine.lawmodels import StateText, TreatyText
from engine.loader import Document, Path_
from engine.parse import ConditionParser, Scopes
from engine.truth import Standard
from engine.vocabulary import Words

BOUND = "bound by "
"""Begins the name of each condition that is made from the status table: `bound by cat: ...`."""


class TreatyReader:
    """Reads `status`; what is wrong goes to `wrong(place, message, hint)`."""

    def __init__(
        self,
        parser: ConditionParser,
        wrong: Callable[[Place, str, str], None],
        as_of: date | None,
    ) -> None:
        self.as_of = as_of
        self.parser = parser
        self.wrong = wrong
        self.treaties: dict[str, Treaty] = {}

    def read(
        self,
        given: Mapping[str, tuple[TreatyText, Document]],
        instruments: Mapping[str, Instrument],
    ) -> dict[str, Treaty]:
        """All treaties of the table by id, with what they ask of a case at each level."""
        for name, (text, document) in given.items():
            place = document.place(("status", name), key=True)
            rows, groups, home = text.states, text.armed_groups, ("status", name)
            if text.same_as:
                if text.same_as not in given:
                    hint = nearest(text.same_as, given)
                    self.wrong(place, f"the status table has no `{text.same_as}`", hint)
                    continue
                other, document = given[text.same_as]
                rows, home = rows or other.states, ("status", text.same_as)
                groups = groups or other.armed_groups
            if not text.title and name not in instruments:
                self.wrong(place, f"`{name}` is no instrument and has no `title`", "add a title")
                continue
            states = {
                state: self._state(state, row, document, (*home, "states", state))
                for state, row in rows.items()
            }
            self.treaties[name] = Treaty(
                name,
                text.title or instruments[name].title,
                text.by,
                states,
                groups.bound if groups else "",
                groups.because if groups else Words(en=""),
                tuple(text.notes),
                place,
            )
        roles = self.parser.vocabulary.roles
        for name, treaty in self.treaties.items():
            fact = roles.territory if treaty.by == "territory" else roles.state
            conditions = {
                level: condition
                for level, scopes in LEVELS.items()
                if (condition := self.binds(name, fact, scopes, groups=True))
            }
            self.treaties[name] = Treaty(**{**vars(treaty), "conditions": conditions})
        return self.treaties

    def _state(self, state: str, row: StateText, document: Document, path: Path_) -> StateStatus:
        place = document.place(path, key=True)
        if row.party and row.since is None:
            self.wrong(place, f"`{state}` is a party, but it is not said since when", "add `since`")
        if row.since and row.until and row.until < row.since:
            self.wrong(place, f"`{state}`: it ends before it begins", "check both dates")
        if not row.party and (row.since or row.until):
            self.wrong(place, f"`{state}` is no party but has dates", "remove the dates")
        return StateStatus(
            state,
            self.parser.vocabulary.countries.get(state, Words(en=state, ar=state)),
            row.party,
            row.since,
            row.until,
            row.signed,
            tuple(row.reservations),
            tuple(row.notes),
            Verified(row.verified.against, row.verified.on),
            place,
        )

    def _sides(
        self, treaty: Treaty, fact: str, scopes: Scopes
    ) -> tuple[list[Condition], list[Condition]]:
        """That the fact names a State bound then, and that it names one not bound then.

        One condition for all the States that were bound for the same time, or never.
        """
        make = self.parser.node
        bound: list[Condition] = []
        free: list[Condition] = []
        together: dict[tuple[date, date] | None, list[StateStatus]] = {}
        for row in treaty.states.values():
            window = (row.since or LONG_AGO, row.until or FAR_FUTURE) if row.party else None
            together.setdefault(window, []).append(row)
        for window, rows in together.items():
            place = rows[0].place
            states = frozenset(row.state for row in rows)
            is_one = fact_test(self.parser, fact, Test.IN, states, scopes, place)
            if window is None:
                free.append(self._until_now(is_one, scopes, place))
                continue
            then = dated(self.parser, window, scopes, place)
            bound.append(make(All, (is_one, then), place=place))
            outside = make(Not, then, place=place)
            free.append(make(All, (is_one, outside), place=place))
        return bound, free

    def _until_now(self, condition: Condition, scopes: Scopes, place: Place) -> Condition:
        """A condition, and that the conduct is not later than the day of which the table is."""
        if self.as_of is None:
            return condition
        later = dated(self.parser, (self.as_of + timedelta(days=1), FAR_FUTURE), scopes, place)
        not_later = self.parser.node(Not, later, place=place)
        return self.parser.node(All, (condition, not_later), place=place)

    def binds(self, name: str, fact: str, scopes: Scopes, groups: bool = False) -> Condition | None:
        """That the State which a fact names was bound when the conduct took place.

        With `groups`, also that an armed group is bound as such. None if the treaty is not there.
        """
        treaty = self.treaties.get(name)
        if treaty is None:
            return None
        make, place = self.parser.node, treaty.place
        bound, free = self._sides(treaty, fact, scopes)
        if groups and treaty.by == "party":
            ((of, value),) = self.parser.vocabulary.roles.armed_group.items()
            group = fact_test(self.parser, of, Test.IS, value, scopes, place)
            if treaty.armed_groups == "binds":
                bound.append(group)
            elif treaty.armed_groups == "does_not_bind":
                free.append(group)
            elif treaty.armed_groups == "on_territory":
                where = self.parser.vocabulary.roles.territory
                for own, there in zip(
                    (bound, free), self._sides(treaty, where, scopes), strict=True
                ):
                    own += [make(All, (group, side), place=place) for side in there]
        ceiling = Standard.BEYOND_REASONABLE_DOUBT

        def by_table(parts: list[Condition]) -> Condition:
            either = make(AnyOf, tuple(parts), place=place)
            return make(Inferred, ceiling, either, TABLE, place=place)

        sides = [by_table(bound)] if bound else []
        if free:
            sides.append(make(Not, by_table(free), place=place))
        if not sides:
            return None
        weighed = make(Weighed, tuple(sides), place=place)
        about = self.parser.vocabulary.facts[fact].label.en.lower()
        label = f"{treaty.title.en} binds the {about}"
        groups_too = " and armed groups" if groups else ""
        full = f"{BOUND}{name}: {fact}{groups_too}, {scopes[-1]}"
        return make(Concept, full, weighed, label, True, place=place)
