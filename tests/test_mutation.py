"""The mutation test makes each change it says it makes, and the law's examples notice them."""

import json
from typing import Any

import pytest
from wholelaw import whole_law

from engine.evaluate import evaluate
from engine.examples import run_one
from engine.implication import implies
from engine.lawfiles import VOCABULARY, law_from
from engine.loader import read_text
from engine.models import case_model
from engine.mutation import expected, mutants, mutate
from engine.trace import Proof
from tests import strategies

WORDS = {"en": "words", "ar": "كلمات"}
MET = {"p": True, "q": True, "r": True, "date": "2019-07-22", "place": {"country": "SYR"}}


def example(name: str, status: str, **facts: Any) -> dict[str, Any]:
    who = {"attributed_to": [{"party": "party"}]}
    case = {**MET, **who, "conflict": {"classification": "niac"}, **facts}
    return {"name": name, "status": status, "facts": case}


EXAMPLES = [
    example("met by the one", "indicated", r=None),
    example("met by the other", "indicated", q=None),
    example("neither", "not_indicated", q=False, r=False),
    example("no conduct", "not_engaged", p=False),
    example("warned", "excepted", s=True),
    example("on the first day", "indicated", date="2019-01-01"),
    example("a day before", "inapplicable", date="2018-12-31"),
    example("on the last day", "indicated", date="2019-12-31"),
    example("a day after", "inapplicable", date="2020-01-01"),
    example("in another conflict", "inapplicable", conflict={"classification": "iac"}),
    example("in another place", "inapplicable", place={"country": "LBN"}),
    example("by somebody else", "not_indicated",
            attributed_to=[{"party": "party", "value": False}]),
]  # fmt: skip


CONDITIONS: dict[str, Any] = {
    "conduct": {"fact": "p"},
    "material": {"concept": "either"},
    "attribution": {"fact": "attribution.to_party"},
}


def definition(conditions: Any, scope: Any) -> list[Proof]:
    return [evaluate(condition, scope) for condition in conditions]


def law(examples: list[dict[str, Any]], conditions: dict[str, Any] = CONDITIONS):
    shown = {"shown": WORDS, "refuted": WORDS, "authority": "T"}
    provision = {
        "id": "t/1", "cite": "T", "title": WORDS, "kind": "prohibition", "says": "No.",
        "applies": {"conflict": ["niac"], "since": "2019-01-01", "until": "2019-12-31",
                    "territory": ["SYR"]},
        "elements": [{"id": r, "role": r, **shown, "when": c} for r, c in conditions.items()],
        "exceptions": [{"id": "warned", **shown, "when": {"fact": "s"}}],
        "verified": {"against": ""},
        "examples": [
            {**e, "facts": {k: v for k, v in e["facts"].items() if v is not None}}
            for e in examples
        ],
    }  # fmt: skip
    either = {"any": [{"fact": "q"}, {"fact": "r"}]}
    concept = {"label": "c", "about": "incident", "authority": "T", "when": either}
    data = {
        "instruments": {"t": {"title": WORDS, "cite": "T", "kind": "treaty", "source": "T"}},
        "concepts": {"either": concept},
        "provisions": [provision],
    }
    documents = {
        VOCABULARY: strategies.vocabulary_document(),
        "law/t.yaml": read_text(json.dumps(data, ensure_ascii=False), "law/t.yaml"),
    }
    return law_from(documents)


def survivors(examples: list[dict[str, Any]]) -> list[str]:
    return [m.what for m in mutate(law(examples), strategies.model()).survivors]


def without(*names: str) -> list[dict[str, Any]]:
    return [e for e in EXAMPLES if e["name"] not in names]


def test_every_kind_of_change_is_tried() -> None:
    read = law(EXAMPLES)
    provisions = list(read.provisions.values())
    assert sorted(m.name for m in mutants(provisions, provisions)) == [
        "concept either: any to all at the top",
        "concept either: flip q at 0",
        "concept either: flip r at 1",
        "t/1 attribution: flip attribution.to_party at the top",
        "t/1 conduct: flip p at the top",
        "t/1 warned: flip s at the top",
        "t/1: drop element attribution",
        "t/1: drop element conduct",
        "t/1: drop element material",
        "t/1: drop exception warned",
        "t/1: drop limit conflict",
        "t/1: drop limit territory",
        "t/1: move the first day by +1",
        "t/1: move the first day by -1",
        "t/1: move the last day by +1",
        "t/1: move the last day by -1",
    ]


def test_examples_that_say_enough_notice_every_change() -> None:
    assert survivors(EXAMPLES) == []


@pytest.mark.parametrize(
    ("missing", "unnoticed"),
    [
        (("met by the one", "met by the other"), "any to all at the top"),
        (("warned",), "drop exception warned"),
        (("on the first day",), "move the first day by +1"),
        (("a day before",), "move the first day by -1"),
        (("on the last day",), "move the last day by -1"),
        (("a day after",), "move the last day by +1"),
        (("in another conflict",), "drop limit conflict"),
        (("in another place",), "drop limit territory"),
        (("by somebody else",), "drop element attribution"),
        (("neither",), "drop element material"),
        (("no conduct",), "drop element conduct"),
    ],
)
def test_without_the_example_for_it_a_change_survives(
    missing: tuple[str, ...], unnoticed: str
) -> None:
    assert unnoticed in survivors(without(*missing))


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor() -> None:
    score = mutate(law(without("in another place")), strategies.model())
    (survivor,) = score.survivors
    assert expected(score, {}) == ([survivor], [])
    assert expected(score, {survivor.name: "no such case can be"}) == ([], [])
    assert expected(score, {survivor.name: "x", "t/1: gone": "y"}) == ([], ["t/1: gone"])


P, Q, R = ({"fact": name} for name in "pqr")
INFERRED_R = {"inferred": R, "ceiling": "reasonable_grounds", "basis": "b"}


@pytest.mark.parametrize(
    ("one", "other", "so"),
    [
        (P, P, True),
        (P, Q, False),
        ({"all": [P, Q]}, P, True),
        (P, {"all": [P, Q]}, False),
        (P, {"any": [P, Q]}, True),
        ({"any": [P, Q]}, P, False),
        ({"all": [P, Q]}, {"any": [Q, R]}, True),
        ({"all": [P, Q, R]}, {"all": [R, P]}, True),
        ({"any": [{"all": [P, Q]}, {"all": [P, R]}]}, P, True),
        ({"not": {"any": [P, Q]}}, {"not": P}, True),
        ({"not": {"all": [P, Q]}}, {"not": P}, False),
        (P, {"evidence": [P, Q]}, False),
        ({"evidence": [P, Q]}, P, False),
        ({"evidence": [{"all": [P, Q]}, {"all": [P, R]}]}, P, True),
        ({"evidence": [{"all": [P, Q]}, {"not": INFERRED_R}]}, P, True),
        ({"evidence": [{"all": [P, Q]}, INFERRED_R]}, P, False),
        ({"evidence": [{"not": INFERRED_R}]}, P, False),
        ({"inferred": P, "ceiling": "reasonable_grounds", "basis": "b"}, P, False),
        (
            {"some": "things", "where": {"all": [{"fact": "thing.x"}, {"fact": "thing.y"}]}},
            {"some": "things", "where": {"fact": "thing.x"}},
            True,
        ),
        (
            {"all": [{"some": "things", "where": {"fact": f"thing.{n}"}} for n in "xy"]},
            {"some": "things", "where": {"all": [{"fact": "thing.x"}, {"fact": "thing.y"}]}},
            False,
        ),
    ],
)
def test_one_condition_is_seen_to_imply_another_only_where_it_cannot_be_otherwise(
    one: dict[str, Any], other: dict[str, Any], so: bool
) -> None:
    assert implies(strategies.parsed(one), strategies.parsed(other)) is so


def test_what_another_element_asks_again_is_no_fault_of_the_examples() -> None:
    repeating = {"all": [{"fact": "q"}, {"fact": "r"}]}
    conditions = {"conduct": {"fact": "p"}, "material": {"fact": "q"}, "mental": repeating}
    facts = [
        example("all of it", "indicated"),
        example("not the first", "not_engaged", p=False),
        example("not the second", "not_indicated", q=False),
        example("not the third", "not_indicated", r=False),
    ]
    read = law(facts, conditions)
    score = mutate(read, strategies.model())
    again = {name: element for name, element in score.asked_again.items() if "drop el" in name}
    assert again == {"t/1: drop element material": "mental"}
    assert "t/1: drop element material" not in [m.name for m in expected(score, {})[0]]


def test_an_example_is_read_at_the_standard_it_names() -> None:
    suspected = {"inferred": {"fact": "q"}, "ceiling": "reasonable_suspicion", "basis": "b"}
    conditions = {"conduct": {"fact": "p"}, "material": suspected}
    facts = [
        example("at reasonable grounds", "undetermined"),
        {**example("at a suspicion", "indicated"), "standard": "reasonable_suspicion"},
    ]
    read = law(facts, conditions)
    for given in read.provisions["t/1"].examples:
        outcome = run_one(given, read.provisions["t/1"], read, definition, strategies.model())
        assert outcome.finding.status is given.status
    assert "flip q at 0" not in [m.what for m in mutate(read, strategies.model()).survivors]


def test_the_examples_of_the_law_notice_nineteen_changes_in_twenty() -> None:
    read = whole_law()
    score = mutate(read, case_model(read.vocabulary))
    unexplained, idle = expected(score, read.survivors)
    assert 100 * score.caught >= 95 * score.total
    assert [m.name for m in unexplained] == []
    assert idle == []
