"""Chaining on durable-rules: the firings of a naive fixpoint, in spite of every known fault."""

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import chain
from engine.chain import Chainer, Firing, Rule, available

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(available() is not None, reason=available() or "")


def naive(
    rulesets: Mapping[str, Sequence[Rule]],
    tokens: Iterable[str],
    units: Collection[str] | None = None,
) -> set[Firing]:
    """The definition of what `run` gives, except for the order."""
    chosen = rulesets if units is None else units
    rules = {Firing(r.conclusion, r.premises) for unit in chosen for r in rulesets[unit]}
    known = set(tokens)
    while new := {r.conclusion for r in rules if known.issuperset(r.premises)} - known:
        known |= new
    return {r for r in rules if known.issuperset(r.premises)}


def assert_sound(
    chainer: Chainer,
    rulesets: Mapping[str, Sequence[Rule]],
    tokens: Collection[str],
    units: Collection[str] | None = None,
) -> None:
    """One run gives each firing once, and none before its premises are known."""
    firings = chainer.run(tokens, units)
    assert len(firings) == len(set(firings))
    assert set(firings) == naive(rulesets, tokens, units)
    known = set(tokens)
    for firing in firings:
        assert known.issuperset(firing.premises)
        known.add(firing.conclusion)


def given_to_durable(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, dict[str, object]]]:
    """A list that grows by each ruleset as durable-rules' C extension receives it."""
    from durable import engine as durable

    seen: list[dict[str, dict[str, object]]] = []
    create: Callable[[str, str], int] = durable.durable_rules_engine.create_ruleset

    def spy(name: str, definition: str) -> int:
        seen.append(json.loads(definition))
        return create(name, definition)

    monkeypatch.setattr(durable.durable_rules_engine, "create_ruleset", spy)
    return seen


def python(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    return done.stdout.strip()


# ------------------------------------------------------------------------------- what it is for


def test_a_conclusion_of_one_unit_is_a_premise_in_another() -> None:
    rules = {
        "provision": [Rule("breach", ("attack", "protected"))],
        "concept": [Rule("protected", ("hospital", "functioning"))],
    }
    assert Chainer(rules).run(["attack", "hospital", "functioning"]) == [
        Firing("protected", ("hospital", "functioning")),
        Firing("breach", ("attack", "protected")),
    ]


def test_every_true_branch_of_an_any_is_a_reason_of_its_own() -> None:
    chainer = Chainer({"unit": [Rule("any", (branch,)) for branch in "abcd"]})
    assert chainer.run(["c", "a", "b"]) == [Firing("any", (branch,)) for branch in "abc"]


def test_a_conclusion_that_is_also_given_still_shows_its_reasons() -> None:
    chainer = Chainer({"unit": [Rule("b", ("a",)), Rule("c", ("b",))]})
    assert chainer.run(["a", "b"]) == [Firing("b", ("a",)), Firing("c", ("b",))]


def test_only_the_named_units_take_part() -> None:
    rules = {"x": [Rule("b", ("a",))], "y": [Rule("c", ("b",))], "z": [Rule("d", ("c",))]}
    chainer = Chainer(rules)
    assert chainer.run(["a"], ["x", "z"]) == [Firing("b", ("a",))]
    assert chainer.run(["a"], []) == []
    assert len(chainer.run(["a"])) == 3


def test_a_unit_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="no such unit: `z`"):
        Chainer({"x": [Rule("b", ("a",))]}).run(["a"], ["x", "z"])


def test_the_same_rule_in_two_units_is_one_reason() -> None:
    chainer = Chainer({"x": [Rule("b", ("a",))], "y": [Rule("b", ("a",)), Rule("b", ("a",))]})
    assert chainer.run(["a"]) == chainer.run(["a"], ["y"]) == [Firing("b", ("a",))]


def test_a_rule_without_premises_is_refused() -> None:
    with pytest.raises(ValueError, match="the rule for `b` has no premises"):
        Rule("b", ())


def test_one_string_is_not_taken_for_its_letters() -> None:
    with pytest.raises(TypeError):
        Chainer({"x": [Rule("b", ("a",))]}).run("a")


def test_the_order_does_not_depend_on_the_order_of_the_tokens_or_on_earlier_runs() -> None:
    rules = random_rulesets(random.Random(7), tokens=30, rules=120)
    tokens = [f"t{number}" for number in range(0, 30, 2)]
    chainer = Chainer(rules)
    expected = chainer.run(tokens)
    assert len(expected) > 20
    chainer.run(["t1", "t3"])
    assert chainer.run(reversed(tokens)) == expected
    assert Chainer(rules).run(set(tokens)) == expected


def test_the_order_is_the_same_in_every_process() -> None:
    code = """
from engine.chain import Chainer, Rule
rules = {u: [Rule(c, (p,)) for c in "abcdef" for p in "fedxyz"] for u in ("u", "v")}
print(Chainer(rules).run({"x", "y", "z"}))
"""
    assert python(code, PYTHONHASHSEED="1") == python(code, PYTHONHASHSEED="2") != ""


# --------------------------------------------------------------------------- durable-rules' faults


def test_a_premise_given_twice_counts_once() -> None:
    chainer = Chainer({"unit": [Rule("b", ("a", "x", "a"))]})
    assert chainer.run(["a", "x"]) == [Firing("b", ("a", "x"))]


def test_tokens_given_twice_or_read_by_no_rule_do_no_harm() -> None:
    chainer = Chainer({"unit": [Rule("b", ("a",))], "empty": []})
    assert chainer.run(iter(["a", "nobody reads me", "a"])) == [Firing("b", ("a",))]
    assert chainer.run([]) == chainer.run(["nobody reads me"]) == []


def test_nothing_of_one_run_is_left_in_the_next() -> None:
    chainer = Chainer({"unit": [Rule("c", ("a", "b")), Rule("d", ("a",))]})
    for _ in range(3):
        assert chainer.run(["a"]) == [Firing("d", ("a",))]
        assert chainer.run(["b"]) == []
        assert len(chainer.run(["a", "b"])) == 2


@pytest.mark.parametrize(
    "rules",
    [
        [Rule("a", ("b",)), Rule("b", ("a",))],
        [Rule("a", ("a",)), Rule("b", ("a", "b"))],
        [Rule("a", ("x",)), Rule("b", ("a",)), Rule("c", ("b",)), Rule("a", ("c",))],
    ],
)
def test_cycles_among_rules_end(rules: list[Rule]) -> None:
    together = {"unit": rules}
    apart = {str(number): [rule] for number, rule in enumerate(rules)}
    for rulesets in (together, apart):
        chainer = Chainer(rulesets)
        for tokens in ([], ["a"], ["b"], ["x"], ["a", "b", "x"]):
            assert_sound(chainer, rulesets, tokens)


@pytest.mark.parametrize("readers", [64, 65, 128, 255, 256, 257, 300, 1000])
def test_no_reader_of_a_token_is_lost_and_none_is_invented(readers: int) -> None:
    # durable-rules by itself: with 256 readers in one ruleset, `other` fires for `a` too.
    rules = {
        "unit": [
            *(Rule(f"c{number}", ("a",)) for number in range(readers)),
            *(Rule(f"d{number}", ("a", "b")) for number in range(readers)),
            Rule("other", ("z",)),
        ]
    }
    chainer = Chainer(rules)
    for tokens in (["a"], ["b"], ["z"], ["a", "b"]):
        assert_sound(chainer, rules, tokens)


@pytest.mark.parametrize("tokens", [510, 511, 512, 513, 2000])
def test_a_unit_may_read_any_number_of_tokens(tokens: int) -> None:
    names = [f"t{number}" for number in range(tokens)]
    rules = {
        "unit": [Rule(f"c{number}", (name, "common")) for number, name in enumerate(names)],
        "chain": [Rule(f"t{number + 1}", (f"t{number}",)) for number in range(tokens)],
    }
    chainer = Chainer(rules)
    for given_ in (names[::7], [*names[1::7], "common"], ["t0"], ["t0", "common"]):
        assert_sound(chainer, rules, given_)


@pytest.mark.parametrize("width", [1, 4, 5, 8, 12, 13, 16, 17, 40, 200])
def test_a_rule_may_have_any_number_of_premises(width: int) -> None:
    premises = tuple(f"p{number}" for number in range(width))
    chainer = Chainer({"unit": [Rule("all", premises), Rule("end", ("all",))]})
    assert chainer.run(premises) == [Firing("all", premises), Firing("end", ("all",))]
    for missing in premises:
        assert chainer.run(p for p in premises if p != missing) == []


def test_durable_sees_only_small_rulesets_of_narrow_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = given_to_durable(monkeypatch)
    rules = random_rulesets(random.Random(3), tokens=700, rules=900)
    Chainer(rules).run(f"t{number}" for number in range(700))
    assert sum(len(ruleset) for ruleset in seen) > 900
    for ruleset in seen:
        assert len(ruleset) <= 64
        for rule in ruleset.values():
            assert list(rule) == ["all"]  # no `any`, no negation, no priority, no count
            conditions = rule["all"]
            assert isinstance(conditions, list)
            # From five premises on, retracting after a firing overruns the rule's memory.
            assert len(conditions) <= 4
            for condition in conditions:
                ((_, test),) = condition.items()
                assert list(test) == [chain.PROPERTY]
                assert test[chain.PROPERTY] in FACTS


COLLIDING = ["market-shelter-1989", "medical-detainee-1902"]
FACTS = {str(number) for number in range(chain.RULES * chain.WIDTH)}


def test_no_two_names_or_facts_have_the_same_hash_in_durable() -> None:
    def fnv1a(text: str) -> int:
        value = 2166136261
        for byte in text.encode():
            value = (value ^ byte) * 16777619 % 2**32
        return value

    assert fnv1a("id") == 926444256  # as in its source
    assert fnv1a(COLLIDING[0]) == fnv1a(COLLIDING[1])
    operators = {"$eq", "$neq", "$gt", "$gte", "$lt", "$lte", "$ex", "$nex", "$mt", "$imt", "$iall"}
    operators |= {"$iany", "$and", "$or", "$all", "$any", "$not", "$s", "$i", "$forward"}
    names = {chain.PROPERTY, "id", "sid", "exception", *operators}
    assert len({fnv1a(name) for name in names}) == len(names)
    ids = [*FACTS, "sid-0"]  # the last is the id of durable-rules' own state
    assert len({fnv1a(fact) for fact in ids}) == len(ids)


def test_a_token_may_be_any_string_and_is_never_taken_for_another() -> None:
    tokens = ["", "0", "1", "true", "null", *COLLIDING, "a$state", 'q"', "\\", "\x00"]
    tokens += ["حماية", "\ud800", "x" * 100_000, "x" * 99_999, "$all", "id", "sid", "t", "a b", "A"]
    rules = {token: [Rule(f"from {token}", (token,))] for token in tokens}
    rules["together"] = [Rule(f"{token} twice", (token, f"from {token}")) for token in tokens]
    chainer = Chainer(rules)
    for token in tokens:
        assert_sound(chainer, rules, [token])
    assert_sound(chainer, rules, tokens)


def test_a_ruleset_is_registered_once_and_only_when_a_token_engages_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = given_to_durable(monkeypatch)
    chainer = Chainer(
        {"x": [Rule("b", ("a",))], "y": [Rule("d", ("c",))], "z": [Rule("e", ("b",))]}
    )
    chainer.run(["nobody reads me"])
    assert len(seen) == 0
    chainer.run(["a"], ["y", "z"])
    assert len(seen) == 0
    chainer.run(["a"])
    chainer.run(["a"])
    assert len(seen) == 2


def test_two_chainers_do_not_meet() -> None:
    one, two = Chainer({"x": [Rule("b", ("a",))]}), Chainer({"x": [Rule("c", ("a",))]})
    for _ in range(2):
        assert one.run(["a"]) == [Firing("b", ("a",))]
        assert two.run(["a"]) == [Firing("c", ("a",))]


def test_no_thread_is_started() -> None:
    before = threading.enumerate()
    Chainer({"x": [Rule("b", ("a",))]}).run(["a"])
    assert threading.enumerate() == before


def test_a_failure_inside_a_consequent_is_raised_and_the_next_run_is_clean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(record: Callable[[object], None], step: chain._Step) -> Callable[[object], None]:
        def run(_: object) -> None:
            record(step)
            if step.conclusion == "c":
                raise ZeroDivisionError("planted")

        return run

    chainer = Chainer({"unit": [Rule("b", ("a",)), Rule("c", ("b",)), Rule("d", ("b",))]})
    with monkeypatch.context() as planted:
        planted.setattr(chain, "_consequent", failing)
        with pytest.raises(RuntimeError, match="planted"):
            chainer.run(["a"])
    assert chainer.run(["b"]) == [Firing("c", ("b",)), Firing("d", ("b",))]
    assert len(chainer.run(["a"])) == 3


def test_a_firing_that_durable_drops_is_raised_and_the_next_run_is_clean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # It drops a firing that seems to have lasted ten seconds, and fires nothing for a minute.
    from durable import engine as durable

    chainer = Chainer({"unit": [Rule("b", ("a",)), Rule("c", ("a",))]})
    assert len(chainer.run(["a"])) == 2
    ticks = count(step=11)
    with monkeypatch.context() as planted:
        planted.setattr(durable, "_unix_now", lambda: next(ticks))
        with pytest.raises(RuntimeError, match="did not complete"):
            chainer.run(["a"])
    assert len(chainer.run(["a"])) == 2


def test_putting_the_clock_forward_loses_no_firing(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable import engine as durable

    leaps, start = count(), datetime(2024, 3, 31)
    leaping = SimpleNamespace(
        now=lambda: start + timedelta(hours=next(leaps)), utcfromtimestamp=lambda _: start
    )
    monkeypatch.setattr(durable, "datetime", SimpleNamespace(datetime=leaping))
    assert len(Chainer({"unit": [Rule("b", ("a",)), Rule("c", ("a",))]}).run(["a"])) == 2


def test_an_interrupted_run_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    chainer = Chainer({"x": [Rule("b", ("a",))], "y": [Rule("c", ("a", "b"))]})
    assert_whole = Chainer._assert

    def interrupted(self: Chainer, part: chain._Part, fact: str) -> list[chain._Step]:
        if part.unit == "y":
            raise KeyboardInterrupt
        return assert_whole(self, part, fact)

    with monkeypatch.context() as planted:
        planted.setattr(Chainer, "_assert", interrupted)
        with pytest.raises(KeyboardInterrupt):
            chainer.run(["a"])
    assert chainer.run(["b"]) == []
    assert chainer.run(["a"]) == [Firing("b", ("a",)), Firing("c", ("a", "b"))]


def test_memory_is_stable_over_thousands_of_runs() -> None:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("the size of the process is not told here")

    def resident() -> int:
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    rules = random_rulesets(random.Random(5), tokens=12, rules=24)
    chainer, drawn = Chainer(rules), random.Random(6)
    tokens = [f"t{number}" for number in range(12)]
    for run in range(5_000):
        chainer.run(drawn.sample(tokens, 4))
        if run == 500:
            early = resident()
    assert resident() - early < 2 * 2**20


# ------------------------------------------------------------------------- where it is missing


def test_durable_is_imported_only_when_a_rule_is_first_needed() -> None:
    code = """
import sys
from engine.chain import Chainer, Rule
chainer = Chainer({"x": [Rule("b", ("a",))]})
chainer.run(["nobody reads me"])
print("durable" in sys.modules, end=" ")
chainer.run(["a"])
print("durable" in sys.modules)
"""
    assert python(code) == "False True"


def test_where_durable_is_missing_the_reason_is_one_line() -> None:
    code = """
import sys
sys.modules["durable"] = None
from engine.chain import Chainer, Rule, available
print(available())
try:
    Chainer({"x": [Rule("b", ("a",))]}).run(["a"])
except ImportError:
    print("ImportError")
"""
    reason, outcome = python(code).splitlines()
    assert reason.startswith("durable-rules does not work here: ")
    assert outcome == "ImportError"


def test_a_wrong_answer_makes_it_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chainer, "run", lambda self, tokens: [])
    assert "wrong answer" in str(available.__wrapped__())


# ------------------------------------------------------------- the differential with a fixpoint


def random_rulesets(draw: random.Random, tokens: int, rules: int) -> dict[str, list[Rule]]:
    """Rules of one to ten premises over `t0`, `t1`..., mostly short, in units of all sizes."""
    rulesets: dict[str, list[Rule]] = {f"u{number}": [] for number in range(rules // 12)}
    for _ in range(rules):
        width = draw.choice((1, 1, 2, 2, 3, 4, 5, 10))
        premises = tuple(f"t{draw.randrange(tokens)}" for _ in range(width))
        unit = f"u{min(draw.randrange(len(rulesets)) for _ in range(2))}"
        rulesets[unit].append(Rule(f"t{draw.randrange(tokens)}", premises))
    return rulesets


SHARED = [
    (tokens, rulesets, Chainer(rulesets))
    for tokens, rules in ((8, 24), (60, 150), (400, 900))
    for rulesets in [random_rulesets(random.Random(rules), tokens, rules)]
]


@settings(deadline=None)
@given(data=st.data())
def test_a_chainer_used_again_and_again_agrees_with_the_fixpoint(data: st.DataObject) -> None:
    kinds, rulesets, chainer = data.draw(st.sampled_from(SHARED), label="rules")
    name = st.integers(0, kinds - 1).map("t{}".format)
    tokens = data.draw(st.lists(name, max_size=12), label="tokens")
    units = data.draw(st.none() | st.sets(st.sampled_from(sorted(rulesets))), label="units")
    assert_sound(chainer, rulesets, tokens, units)


LETTERS = st.sampled_from("abcdefghijkl")
RULES = st.builds(Rule, LETTERS, st.lists(LETTERS, min_size=1, max_size=9).map(tuple))


@settings(deadline=None)
@given(
    rulesets=st.dictionaries(st.sampled_from("UVWXYZ"), st.lists(RULES, max_size=12), max_size=6),
    runs=st.lists(st.sets(LETTERS, max_size=8), min_size=1, max_size=4),
)
def test_a_new_chainer_agrees_with_the_fixpoint(
    rulesets: dict[str, list[Rule]], runs: list[set[str]]
) -> None:
    chainer = Chainer(rulesets)
    for tokens in runs:
        assert_sound(chainer, rulesets, tokens)
        for unit in rulesets:
            assert_sound(chainer, rulesets, tokens, [unit])
