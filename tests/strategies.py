"""Random law and random cases, as the data that YAML would give, for the tests of the logic.

Everything is drawn from a `random.Random`. Hypothesis hands one out whose draws it records, and so
can shrink what is drawn; long runs hand out seeded ones, which are many times faster. Law is costly
to read and cases are cheap: there are LAWS laws, read once each, and any number of cases. Low
numbers are small laws, so that a failure shrinks to one.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from engine.casefile import Case, case_from
from engine.conditions import Concept, Condition
from engine.errors import InputError
from engine.law import Law
from engine.lawfiles import VOCABULARY, law_from
from engine.loader import Document, read_file
from engine.models import case_model
from engine.parse import ConditionParser
from engine.truth import STANDARDS
from engine.vocabulary import Vocabulary, read_vocabulary

LAWS = 300
LISTS = {"things": "thing", "persons": "person"}
STANDARD_NAMES = tuple(STANDARDS)
COLOURS = ("red", "green", "blue")
KINDS = ("iac", "niac", "none")
DAYS = (
    "2013-12-31",
    "2014-01-01",
    "2014-06-30",
    "2014-07",
    "2014",
    "2015-01-01",
    "2014-05/2015-02",
)
PERIODS = (
    "2013-01/2013-12",
    "2013-06/2014-02",
    "2014-03-01/2014-04-01",
    "2014/2015",
    "2015-01/2016-01",
)
WINDOWS = (["2014-01-01", "2014-12-31"], ["2014-07-01", "2015-01-01"], ["2013-01-01", "2013-12-31"])
COUNTS: tuple[Any, ...] = (
    0,
    1,
    5,
    9,
    10,
    {"min": 5},
    {"max": 9},
    {"min": 4, "max": 6},
    {"min": 9, "max": 12},
)
BOUNDS = (0, 1, 5, 10)

# Facts by the scope in which they are stated; few, so that law and cases meet.
FACTS: dict[str, tuple[str, ...]] = {
    "case": ("campaign.planned", "campaign.months", "conflict.classification",
             "conflict.protracted", "party.bound", "party.kind"),
    "incident": ("p", "q", "r", "s", "p", "q", "colour", "dead", "date", "period",
                 "place.country", "place.populated", "attribution.to_party"),
    "thing": ("thing.x", "thing.y", "thing.x", "thing.colour", "thing.size", "thing.since"),
    "person": ("person.x", "person.y"),
    "total": ("total.dead", "total.period", "attribution.to_party"),
}  # fmt: skip


@cache
def vocabulary_document() -> Document:
    """The small vocabulary of the conformance cases."""
    return read_file(Path(__file__).parent / "conformance" / "vocabulary.yaml")


@cache
def vocabulary() -> Vocabulary:
    """The same, read."""
    return read_vocabulary(vocabulary_document())


@cache
def model() -> Any:
    """The model of its case files, which is slow to make."""
    return case_model(vocabulary())


# --------------------------------------------------------------------------------------------- law


def _standard(random: Random) -> str:
    return random.choice(STANDARD_NAMES)


def _leaf(random: Random, scopes: tuple[str, ...]) -> dict[str, Any]:
    if random.random() < 0.1:
        return {"judgement": random.choice(("excessive", "widespread"))}
    nearest = scopes[-1] if random.random() < 0.7 else random.choice(scopes)
    fact = random.choice(FACTS[nearest])
    kind = vocabulary().facts[fact].type
    if kind == "yes_no":
        return (
            {"fact": fact} if random.random() < 0.7 else {"fact": fact, "is": random.random() < 0.3}
        )
    if kind == "count":
        return {"fact": fact, random.choice(("is", "at_least", "at_most")): random.choice(BOUNDS)}
    if kind in ("date", "period"):
        return {"fact": fact, "within": list(random.choice(WINDOWS))}
    values = {"colour": COLOURS, "thing.colour": COLOURS, "conflict.classification": KINDS,
              "party.kind": ("state", "group"), "place.country": ("SYR", "LBN")}[fact]  # fmt: skip
    if random.random() < 0.5:
        return {"fact": fact, "is": random.choice(values)}
    return {"fact": fact, "in": random.sample(values, random.randint(1, len(values)))}


def condition_data(
    random: Random, scopes: tuple[str, ...], depth: int, concepts: Mapping[str, str], presume: bool
) -> dict[str, Any]:
    """One condition to be read in these scopes; `concepts` maps names to what they are about."""

    def inner(below: tuple[str, ...] = scopes) -> dict[str, Any]:
        return condition_data(random, below, depth - 1, concepts, presume)

    usable = [name for name, about in concepts.items() if about in scopes]
    if usable and random.random() < 0.15:
        return {"concept": random.choice(usable)}
    if depth <= 0 or random.random() < 0.2:
        return _leaf(random, scopes)
    form = random.choice(
        ("not", "all", "all", "any", "any", "evidence", "some", "every", "inferred", "presumed")
    )
    if form == "presumed" and not presume:
        form = "all"
    if form in ("all", "any", "evidence"):
        parts = [inner() for _ in range(random.randint(1, 3))]
        if random.random() < 0.1:
            parts.append(random.choice(parts))
        return {form: parts}
    if form in ("some", "every"):
        lists = (
            dict(LISTS) if "incident" in scopes else {"incidents": "incident", "totals": "total"}
        )
        name = random.choice(list(lists))
        return {form: name, "where": inner((*scopes, lists[name]))}
    if form == "inferred":
        return {"inferred": inner(), "ceiling": _standard(random)}
    if form == "presumed":
        return {"presumed": inner(), "standard": _standard(random), "basis": "a rule"}
    return {"not": inner()}


def _provision(
    random: Random, number: int, size: int, concepts: Mapping[str, str], presume: bool
) -> Any:
    level = random.choice(("incident", "incident", "pattern"))
    scopes = ("case", "incident") if level == "incident" else ("case",)

    def part(name: str, **more: str) -> dict[str, Any]:
        when = condition_data(random, scopes, random.randint(0, size), concepts, presume)
        return {"id": name, "shown": name, "authority": "none", "when": when, **more}

    roles = (random.choice(("conduct", "contextual")), "material", "mental", "conduct")
    given: dict[str, Any] = {
        "id": f"{random.choice('tu')}/{number}",
        "cite": f"test {number}",
        "title": {"en": "Test", "ar": "اختبار"},
        "kind": "definition",
        "level": level,
        "says": "",
        "elements": [part(f"e{n}", role=roles[n]) for n in range(random.randint(1, 4))],
        "exceptions": [part(f"x{n}") for n in range(random.randint(0, 2))],
        "verified": {"against": ""},
    }
    if random.random() < 0.7:
        applies: dict[str, Any] = {
            "since": random.choice(("2014-01-01", "2014-07-01", "1950-01-01"))
        }
        if random.random() < 0.4:
            applies["until"] = "2015-01-01"
        if random.random() < 0.5:
            applies["conflict"] = random.choice((["iac"], ["niac"], ["iac", "niac"]))
        if random.random() < 0.3 and level == "incident":
            applies["territory"] = random.choice((["SYR"], ["SYR", "LBN"]))
        if random.random() < 0.3:
            applies["party"] = condition_data(random, scopes, 1, concepts, presume)
        given |= {"kind": "prohibition", "applies": applies}
    return given


def law_data(random: Random, size: int) -> dict[str, Any]:
    """A file of law: concepts, and provisions that use them. Every third has no presumption."""
    presume = random.random() < 0.67
    about: dict[str, str] = {}
    concepts: dict[str, Any] = {}
    for number in range(random.randint(0, 2 * size)):
        name = f"c{number}"
        of = random.choice(("case", "incident", "incident", "thing", "person"))
        scopes = {"case": ("case",), "incident": ("case", "incident")}.get(
            of, ("case", "incident", of)
        )
        when = condition_data(random, scopes, random.randint(0, size), about, presume)
        concepts[name] = {"label": name, "about": of, "authority": "none", "when": when}
        about[name] = of
    provisions = [_provision(random, n, size, about, presume) for n in range(random.randint(1, 4))]
    instrument = {"title": {"en": "T", "ar": "ت"}, "cite": "T", "kind": "treaty", "source": "T"}
    instruments = {"t": instrument, "u": instrument}
    return {"instruments": instruments, "concepts": concepts, "provisions": provisions}


def read_law_data(data: Mapping[str, Any]) -> Law:
    """The law that such data stands for."""
    document = Document("law/generated.yaml", data=data)
    return law_from({VOCABULARY: vocabulary_document(), "law/generated.yaml": document})


@cache
def law_number(number: int) -> Law:
    """One of LAWS laws, always the same; the first are small."""
    random = Random(number)
    while True:
        try:
            return read_law_data(law_data(random, 1 + number * 4 // LAWS))
        except InputError as error:  # drawn by chance, and rightly refused: draw again
            if {problem.code for problem in error.problems} != {"contradiction"}:
                raise


def parsed(data: Mapping[str, Any], law: Law | None = None) -> Condition:
    """A condition on an incident, read beside the concepts of a law."""
    concepts = law.concepts if law else {}

    def concept(name: str) -> tuple[Concept, str] | None:
        found = concepts.get(name)
        return (found, "incident") if isinstance(found, Concept) else None

    parser = ConditionParser(vocabulary(), concept, lambda: list(concepts))
    condition = parser.parse(Document("", data=data), (), ("case", "incident"))
    assert condition is not None, parser.problems
    return condition


# ------------------------------------------------------------------------------------------- cases


def _value(random: Random, fact: str) -> Any:
    kind = vocabulary().facts[fact].type
    if kind == "yes_no":
        return random.random() < 0.65
    if kind == "count":
        return random.choice(COUNTS)
    if kind == "date":
        return random.choice(DAYS)
    if kind == "period":
        return random.choice(PERIODS)
    if kind == "country":
        return random.choice(("SYR", "LBN", "IRQ"))
    return random.choice(list(vocabulary().facts[fact].values))


def claim_data(random: Random, fact: str) -> Any:
    """One account of a fact: a bare value, or one with its own standard."""
    value = _value(random, fact)
    if random.random() < 0.4:
        return value
    claim = {"value": value, "standard": _standard(random), "sources": ["S1"]}
    return {**claim, "party": random.choice("ab")} if random.random() < 0.1 else claim


def _claims(random: Random, fact: str) -> Any:
    if random.random() < 0.7:
        return claim_data(random, fact)
    return [claim_data(random, fact) for _ in range(random.randint(1, 3))]


def _group(random: Random, group: str, known: float) -> dict[str, Any]:
    prefix = "" if group == "incident" else f"{group}."
    facts = {
        name: _claims(random, prefix + name)
        for name in vocabulary().groups[group].facts
        if name not in ("t", "hurt") and random.random() < known
    }
    return facts


def _complete(random: Random, *lists: str) -> dict[str, Any]:
    found = {name: _claims(random, "p") for name in lists if random.random() < 0.5}
    return {"complete": found} if found else {}


def _attributed(random: Random) -> list[dict[str, Any]]:
    found = []
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        entry: dict[str, Any] = {"party": random.choice("ab"), "value": random.random() < 0.75}
        if random.random() < 0.5:
            entry["standard"] = _standard(random)
        found.append(entry)
    return found


def _incident(random: Random, name: str, known: float) -> dict[str, Any]:
    given = {"id": name, **_group(random, "incident", known), **_complete(random, *LISTS)}
    for block in ("place", "conflict"):
        if random.random() < 0.5 and (facts := _group(random, block, known)):
            given[block] = facts
    for list_name, item in LISTS.items():
        entries = [_group(random, item, known) for _ in range(random.choice((0, 0, 1, 1, 2, 3)))]
        if entries:
            given[list_name] = entries
    if attributed := _attributed(random):
        given["attributed_to"] = attributed
    return given


def _assessment(random: Random, incidents: list[str]) -> dict[str, Any]:
    given: dict[str, Any] = {
        "question": random.choice(("excessive", "widespread")),
        "answer": random.random() < 0.6,
        "by": "A",
        "standard": _standard(random),
        "reasons": "r",
    }
    if random.random() < 0.5:
        given["incident"] = random.choice(incidents)
    if random.random() < 0.3:
        given["party"] = random.choice("ab")
    return given


def case_data(random: Random) -> dict[str, Any]:
    """A case file: incidents, totals, parties and assessments, of which more or less is known."""
    known = random.choice((0.2, 0.5, 0.8, 1.0))
    names = ["one", "two", "three"][: random.choice((1, 1, 1, 2, 3))]
    case: dict[str, Any] = {
        "case": "generated",
        "title": "Generated",
        "standard": random.choice(("reasonable_grounds", _standard(random))),
        "sources": {"S1": {"title": "S1", "kind": "document"}},
        "parties": {n: {"name": n, **_group(random, "party", known)} for n in "ab"},
        "incidents": [_incident(random, name, known) for name in names],
        "assessments": [_assessment(random, names) for _ in range(random.choice((0, 0, 1, 2)))],
        **_complete(random, "incidents", "totals"),
    }
    for block in ("conflict", "campaign"):
        if random.random() < 0.7 and (facts := _group(random, block, known)):
            case[block] = facts
    totals = [_group(random, "total", known) for _ in range(random.choice((0, 0, 1, 2)))]
    for total in totals:
        if attributed := _attributed(random):
            total["attributed_to"] = attributed
    return {**case, "totals": totals} if totals else case


def read_case_data(data: Mapping[str, Any]) -> Case:
    """The case that such data stands for."""
    return case_from(Document("generated.yaml", data=data), vocabulary(), model())


# -------------------------------------------------------------------------------------- Hypothesis

laws = st.integers(0, LAWS - 1).map(law_number)
cases = st.randoms(use_true_random=False).map(case_data)
standards = st.sampled_from(list(STANDARDS.values()))


@st.composite
def conditions(draw: st.DrawFn, presume: bool = True) -> dict[str, Any]:
    """A condition on an incident, as data, without concepts."""
    random = draw(st.randoms(use_true_random=False))
    return condition_data(random, ("case", "incident"), draw(st.integers(0, 3)), {}, presume)
