"""The corpus under `conformance/`: what the logic means, by example, asked of every engine.

A case has a `name`, a `law` (one condition, or a provision by its `applies`, `elements` and
`exceptions`), `facts` and what to `expect`. How to write one: `conformance/README.md`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.assess import Evaluator, assess
from engine.casefile import Case, case_from
from engine.conditions import Condition, FactIs, Judged, Presumed, Some
from engine.conditions import Test as Comparison
from engine.errors import InputError
from engine.evaluate import evaluate
from engine.findings import Assessment, Finding
from engine.law import Law
from engine.lawfiles import VOCABULARY, law_from
from engine.loader import Document, read_file
from engine.missing import Gap
from engine.models import case_model
from engine.trace import Proof
from engine.truth import STANDARDS, Standard

try:
    from engine.chain import available
    from engine.forward import Forward

    without_forward = available()
except ImportError as error:  # the definition also answers where the working engine is missing
    without_forward = str(error)

FOLDER = Path(__file__).parent / "conformance"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "vocabulary.yaml")

ENGINES: dict[str, Callable[[Law], Evaluator]] = {
    "evaluate": lambda law: lambda conditions, scope: [evaluate(c, scope) for c in conditions],
    "forward": lambda law: Forward(law).prove,
}

KEYS = {
    "name", "law", "concepts", "level", "standard", "party", "facts", "case", "expect", "open",
    "kind", "status", "as_of", "states", "custom", "readings", "reading",
}  # fmt: skip
LAW_KEYS = {"applies", "elements", "exceptions"}
READERS: dict[str, Callable[[Finding], Any]] = {
    "for": lambda f: _alone(f).value.support.label,
    "against": lambda f: _alone(f).value.opposition.label,
    "reads": lambda f: f.elements[0].reading.value,
    "status": lambda f: f.status.value,
    "reached": lambda f: f.reached.label if f.reached else None,
    "conditional": lambda f: f.conditional,
    "branch": lambda f: f.branch,
    "limits": lambda f: {part.rule.id: part.reading.value for part in f.limits},
    "elements": lambda f: {part.rule.id: part.reading.value for part in f.elements},
    "exceptions": lambda f: {part.rule.id: part.reading.value for part in f.exceptions},
    "assumed": lambda f: [
        p.condition.basis for p in f.assumed if isinstance(p.condition, Presumed)
    ],
    "missing": lambda f: sorted(sorted(map(_gap, gaps)) for gaps in f.missing),
    "deciding": lambda f: {
        _leaf(d.leaf.condition, d.leaf.scope): [d.if_so.value, d.if_not.value] for d in f.deciding
    },
    "bound": lambda f: f.bound.how.value if f.bound else None,
    "sources": lambda f: sorted({s for leaf in _walk(f) for c in leaf.claims for s in c.sources}),
}
OTHERS = {"parties", "refused", "instruments"}


def _alone(found: Finding) -> Proof:
    (element,) = found.elements
    return element.proof


def _walk(found: Finding) -> Iterator[Proof]:
    for proof in found.proofs:
        yield from proof.walk()


def _leaf(condition: Condition, scope: str) -> str:
    where = "" if scope in ("incident", "case") else f"{scope}: "
    if isinstance(condition, Judged):
        return f"{where}judged {condition.question}"
    assert isinstance(condition, FactIs)
    if condition.test is Comparison.IS and condition.operand is True:
        return where + condition.fact
    shown = condition.operand
    if isinstance(shown, frozenset):
        shown = ", ".join(sorted(shown))
    elif isinstance(shown, tuple):
        shown = " to ".join(str(day) for day in shown)
    elif isinstance(shown, bool):
        shown = str(shown).lower()
    return f"{where}{condition.fact} {condition.test.value} {shown}"


def _gap(gap: Gap) -> str:
    if isinstance(gap.leaf, Some):
        return f"complete {gap.leaf.list}"
    return _leaf(gap.leaf, gap.scope) if gap.wanted else f"not {_leaf(gap.leaf, gap.scope)}"


@cache
def _cases() -> tuple[tuple[str, Document, dict[str, Any]], ...]:
    found = []
    for path in FILES:
        document = read_file(path, f"tests/conformance/{path.name}")
        assert not document.problems, document.problems
        assert set(document.data) == {"about", "cases"}, f"{path.name}: unknown key"
        found += [(path.stem, document, case) for case in document.data["cases"]]
    return tuple(found)


@cache
def _vocabulary() -> Document:
    return read_file(FOLDER / "vocabulary.yaml")


@cache
def _model() -> Any:
    return case_model(law_from({VOCABULARY: _vocabulary()}).vocabulary)


def _condition(part: Any, form: str) -> dict[str, Any]:
    full = isinstance(part, Mapping) and "when" in part
    role = {"conduct": "conduct"}.get(form, "material")
    shown = {"shown": form, "authority": "none"}
    return {"id": form, "role": role, **shown, **(part if full else {"when": part})}


def law_of(case: Mapping[str, Any]) -> Law:
    """The law of one case: one provision, `t/1`."""
    given = case["law"]
    whole = isinstance(given, Mapping) and bool(LAW_KEYS & set(given))
    law: Mapping[str, Any] = given if whole else {"elements": {"shown": given}}
    assert set(law) <= LAW_KEYS, f"unknown key in `law`: {set(law) - LAW_KEYS}"
    exceptions = [_condition(part, name) for name, part in law.get("exceptions", {}).items()]
    for exception in exceptions:
        del exception["role"]
    provision: dict[str, Any] = {
        "id": "t/1",
        "cite": "test 1",
        "title": {"en": "Test", "ar": "اختبار"},
        "kind": case.get("kind", "prohibition" if "applies" in law else "definition"),
        "custom": case.get("custom", []),
        "level": case.get("level", "incident"),
        "says": "",
        "elements": [_condition(part, name) for name, part in law["elements"].items()],
        "exceptions": exceptions,
        "verified": {"against": ""},
    }
    if "applies" in law:
        provision["applies"] = {"since": "1900-01-01", **law["applies"]}
    concepts = {
        name: {"label": name, "authority": "none", **concept}
        for name, concept in case.get("concepts", {}).items()
    }
    title = {"en": "T", "ar": "ت"}
    instrument = {"title": title, "cite": "T", "kind": "treaty", "source": "T"}
    status = {
        name: {"title": title, **treaty, "states": _rows(treaty)}
        for name, treaty in case.get("status", {}).items()
    }
    readings = {
        name: {
            "question": title,
            "default": reading["default"],
            "alternatives": {a: {"says": title, "held_by": ["T"]} for a in reading["of"]},
            "verified": {"against": ""},
        }
        for name, reading in case.get("readings", {}).items()
    }
    data = {
        "instruments": {"t": instrument},
        "concepts": concepts,
        "status": status,
        "status_as_of": case.get("as_of"),
        "state_names": dict.fromkeys(case.get("states", []), title),
        "readings": readings,
        "provisions": [provision, *(_custom(name) for name in case.get("custom", []))],
    }
    documents = {VOCABULARY: _vocabulary(), "law/t.yaml": Document("law/t.yaml", data=data)}
    return law_from(documents, case.get("reading"))


def _rows(treaty: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of a status table, in short: a day since when, [since, until], or false."""
    rows: dict[str, Any] = {}
    for state, given in treaty.get("states", {}).items():
        days = given if isinstance(given, list) else [given]
        row = {"party": False} if given is False else {"party": True, "since": days[0]}
        rows[state] = {**row, "verified": {"against": ""}}
        if len(days) == 2:
            rows[state]["until"] = days[1]
    return rows


def _custom(name: str) -> dict[str, Any]:
    """A customary rule of the same content, which the case only names."""
    title = {"en": "Rule", "ar": "قاعدة"}
    return {
        "id": name, "cite": name, "title": title, "kind": "principle", "says": "",
        "verified": {"against": ""},
    }  # fmt: skip


def case_of(case: Mapping[str, Any], law: Law) -> Case:
    """The case file of one case: `facts` are the one incident's, `case` everything around it."""
    around = case.get("case", {})
    parties = {
        name: {"name": name, **(party or {})} for name, party in around.get("parties", {}).items()
    }
    data = {
        "case": "t",
        "title": "T",
        "standard": "reasonable_grounds",
        **around,
        "parties": parties,
    }
    data["sources"] = {s: {"title": s, "kind": "document"} for s in around.get("sources", [])}
    if "facts" in case:
        assert "incidents" not in around, "`facts` and `incidents` at once"
        data["incidents"] = [{"id": "incident", **case["facts"]}]
    return case_from(Document("case.yaml", data=data), law.vocabulary, _model())


def check(case: Mapping[str, Any], engine: str) -> None:
    """Hold one engine to what a case expects."""
    assert set(case) <= KEYS, f"unknown key: {sorted(set(case) - KEYS)}"
    assert {"name", "law", "expect"} <= set(case), "a case needs `name`, `law` and `expect`"
    expected = case["expect"]
    assert expected, "a case without an expectation pins nothing"
    unknown = set(expected) - set(READERS) - OTHERS
    assert not unknown, f"unknown key in `expect`: {sorted(unknown)}"
    if "refused" in expected:
        assert len(expected) == 1, "what is refused has no answer"
        with pytest.raises(InputError, match=re.escape(expected["refused"])):
            case_of(case, law_of(case))
        return
    law = law_of(case)
    standard = STANDARDS[case.get("standard", "reasonable_grounds")]
    assessment = assess(case_of(case, law), law, ENGINES[engine](law), standard)
    found = _expected_of(assessment, case, expected)
    assert found == {key: _plain(key, value) for key, value in expected.items()}


def _expected_of(
    assessment: Assessment, case: Mapping[str, Any], expected: Mapping[str, Any]
) -> dict[str, Any]:
    level = case.get("level", "incident")
    answered = assessment.pattern if level == "pattern" else assessment.incidents[0]
    findings = {finding.party: finding for finding in answered.findings}
    found: dict[str, Any] = {}
    if "parties" in expected:
        found["parties"] = list(findings)
    if "instruments" in expected:
        found["instruments"] = {i.instrument: i.status.value for i in assessment.instruments}
    if readers := [key for key in expected if key in READERS]:
        if "party" in case or len(findings) > 1:
            finding = findings[case["party"]]  # with several parties, the case says which
        else:
            (finding,) = findings.values()
        found |= {key: READERS[key](finding) for key in readers}
    return found


def _plain(key: str, value: Any) -> Any:
    if key == "missing":
        return sorted(sorted(gaps) for gaps in value)
    return sorted(value) if key == "sources" else value


def _parameters() -> Iterator[Any]:
    for stem, _, case in _cases():
        for engine in ENGINES:
            marks = []
            if engine == "forward" and without_forward:
                marks.append(pytest.mark.skip(reason=without_forward))
            if "open" in case:
                marks.append(pytest.mark.xfail(reason=case["open"], strict=True))
            name = re.sub(r"[^a-z0-9]+", "-", str(case.get("name", "nameless")).lower())
            yield pytest.param(case, engine, id=f"{stem}-{name}-{engine}", marks=marks)


@pytest.mark.parametrize(("case", "engine"), list(_parameters()))
def test_case(case: Mapping[str, Any], engine: str) -> None:
    check(case, engine)


def test_the_corpus_is_not_read_in_part() -> None:
    names = [(stem, case["name"]) for stem, _, case in _cases()]
    assert len(names) >= 120
    assert len(names) == len(set(names)), "two cases of one file have the same name"


@pytest.mark.parametrize(
    "broken",
    [
        {"name": "no expectation", "law": {"fact": "p"}, "facts": {}},
        {"name": "an empty one", "law": {"fact": "p"}, "facts": {}, "expect": {}},
        {"name": "a wrong one", "law": {"fact": "p"}, "facts": {}, "expect": {"for": "beyond"}},
        {"name": "unknown key", "law": {"fact": "p"}, "fact": {}, "expect": {"for": "nothing"}},
        {
            "name": "unknown expectation",
            "law": {"fact": "p"},
            "facts": {},
            "expect": {"fro": "nothing"},
        },
        {"name": "refused wrongly", "law": {"fact": "p"}, "facts": {}, "expect": {"refused": "no"}},
    ],
    ids=lambda case: case["name"].replace(" ", "-"),
)
def test_a_case_that_pins_nothing_fails(broken: Mapping[str, Any]) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(broken, "evaluate")


def test_every_standard_has_a_case() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    assert all(standard.label in text for standard in Standard)
