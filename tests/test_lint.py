"""The lint finds each fault that it says it finds, and is silent about a law without it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from wholelaw import whole_law

from engine.lawfiles import VOCABULARY, law_from
from engine.lint import lint
from engine.loader import Document
from tests import strategies

BOTH = {"en": "words", "ar": "كلمات"}
CLAUSE = {
    "shown": {"en": "it was so", "ar": "الأمر كان كذلك"},
    "refuted": {"en": "it was not so", "ar": "الأمر لم يكن كذلك"},
}


def example(status: str, **facts: Any) -> dict[str, Any]:
    return {"name": status, "status": status, "facts": facts}


def vocabulary() -> dict[str, Any]:
    """The small vocabulary of the conformance cases, with only what the law below reads."""
    data = copy.deepcopy(strategies.vocabulary_document().data)
    data["judgements"] = {}
    for group in data["groups"].values():
        for fact in group["facts"].values():
            fact |= {"help": BOTH, "proof": BOTH, "label": BOTH, "question": BOTH}
            fact["for_the_reader"] = True
            for value in fact.get("values", {}):
                fact["values"][value] = BOTH
    return data


def law() -> dict[str, Any]:
    """A law without a fault."""
    return {
        "instruments": {"t": {"title": BOTH, "cite": "T", "kind": "treaty", "source": "T"}},
        "status": {
            "t": {"states": {"SYR": {"party": False, "verified": {"against": "", "on": None}}}}
        },
        "status_as_of": "2026-11-21",
        "state_names": {"SYR": BOTH},
        "concepts": {
            "concept_in_use": {
                "label": "c", "about": "incident", "authority": "T", "when": {"fact": "q"},
            }
        },
        "provisions": [
            {
                "id": "t/1", "cite": "T 1", "title": BOTH, "kind": "prohibition", "says": "No.",
                "applies": {"conflict": ["niac"], "since": "2000-01-01"},
                "elements": [
                    {"id": "conduct", "role": "conduct", **copy.deepcopy(CLAUSE),
                     "when": {"fact": "p"}, "authority": "T 1"},
                    {"id": "other", "role": "material", **copy.deepcopy(CLAUSE),
                     "when": {"concept": "concept_in_use"}, "authority": "T 1"},
                    {"id": "who", "role": "attribution", **copy.deepcopy(CLAUSE),
                     "when": {"fact": "attribution.to_party"}, "authority": "T 1"},
                ],
                "instead": ["t/2"],
                "sources": ["T"],
                "verified": {"against": "T", "on": "2026-11-21"},
                "examples": [
                    example("indicated"), example("not_indicated"), example("undetermined"),
                    example("contested"), example("inapplicable"),
                ],
            },
            {
                "id": "t/2", "cite": "T 2", "title": BOTH, "kind": "principle", "says": "So.",
                "sources": ["T"], "verified": {"against": "", "on": None},
            },
        ],
    }  # fmt: skip


def faults(law: dict[str, Any], words: dict[str, Any] | None = None) -> list[str]:
    documents = {
        VOCABULARY: Document(VOCABULARY, data=words or vocabulary()),
        "law/t.yaml": Document("law/t.yaml", data=law),
    }
    return [problem.message for problem in lint(law_from(documents))]


def test_a_law_without_a_fault_has_none() -> None:
    assert faults(law()) == []


def second(**changes: Any) -> dict[str, Any]:
    """A second prohibition beside the first, with some keys changed."""
    made = law()
    other = {**copy.deepcopy(made["provisions"][0]), "id": "t/3", **changes}
    made["provisions"].append(other)
    return made


def test_a_fact_nobody_reads() -> None:
    words = vocabulary()
    words["groups"]["incident"]["facts"]["s"]["for_the_reader"] = False
    assert faults(law(), words) == ["no condition reads the fact `s`"]


def test_a_judgement_nobody_asks() -> None:
    words = vocabulary()
    words["judgements"] = {"wide": {"question": BOTH, "label": BOTH, "help": BOTH, "proof": BOTH}}
    assert faults(law(), words) == ["no condition asks the judgement `wide`"]


def test_a_concept_nobody_uses() -> None:
    made = law()
    made["concepts"]["idle"] = {**made["concepts"]["concept_in_use"], "when": {"fact": "p"}}
    assert faults(made) == ["no provision uses the concept `idle`"]


@pytest.mark.parametrize("key", ["shown", "refuted"])
def test_a_clause_without_its_arabic(key: str) -> None:
    made = law()
    made["provisions"][0]["elements"][0][key] = {"en": "it was perhaps so"}
    assert faults(made) == [f"`t/1`, `conduct`: `{key}` is not translated into Arabic"]


def test_a_clause_nobody_denied() -> None:
    made = law()
    del made["provisions"][0]["elements"][0]["refuted"]
    assert faults(made) == ["`t/1`, `conduct` has no `refuted`"]


def test_a_denial_that_says_the_same() -> None:
    made = law()
    made["provisions"][0]["elements"][0]["refuted"] = CLAUSE["shown"]
    assert faults(made) == ["`t/1`, `conduct`: `refuted` says the same as `shown`"]


@pytest.mark.parametrize(
    ("clause", "fault"),
    [
        ({"en": "it was so.", "ar": "الأمر كان كذلك"}, "ends with a full stop"),
        ({"en": "It was so", "ar": "الأمر كان كذلك"}, "begins with a capital"),
        ({"en": "it was so", "ar": "it was so"}, "is in the wrong language"),
    ],
)
def test_a_clause_that_does_not_read_on(clause: dict[str, str], fault: str) -> None:
    made = law()
    made["provisions"][0]["elements"][0]["shown"] = clause
    assert faults(made) == [f"`t/1`, `conduct`: `shown` {fault}"]


def test_an_arabic_clause_that_brings_its_particle_along() -> None:
    made = law()
    made["provisions"][0]["elements"][0]["shown"] = {"en": "it was so", "ar": "أن الأمر كان"}
    assert faults(made) == ["`t/1`, `conduct`: the Arabic of `shown` brings أنّ along"]


def test_a_fact_without_help_or_means_of_proof() -> None:
    words = vocabulary()
    del words["groups"]["incident"]["facts"]["s"]["proof"]
    assert faults(law(), words) == ["the fact `s` has no `proof`"]


def test_a_title_that_is_not_translated() -> None:
    made = law()
    made["provisions"][0]["title"] = {"en": "words"}
    assert faults(made) == ["`t/1`: `title` is not translated into Arabic"]


def test_a_verified_mark_without_a_source_or_a_day() -> None:
    made = law()
    made["provisions"][1]["sources"] = []
    made["provisions"][0]["elements"][0]["verified"] = {"against": "T"}
    assert faults(made) == [
        "`t/1`, `conduct` is marked verified, but not when",
        "`t/2` names no source",
    ]


def test_a_day_of_verification_without_a_text() -> None:
    made = law()
    made["provisions"][1]["verified"] = {"against": "", "on": "2026-11-21"}
    assert faults(made) == ["`t/2` is marked verified, but not against what"]


def test_an_element_that_can_never_be_met() -> None:
    made = law()
    weak = {"inferred": {"fact": "q"}, "ceiling": "reasonable_suspicion", "basis": "b"}
    made["concepts"]["concept_in_use"]["when"] = {"evidence": [weak, {"not": weak}]}
    found = faults(made)
    assert "`t/1`, `other` can never be met at reasonable grounds" in found


def test_an_element_that_can_never_fail() -> None:
    made = law()
    sign = {"inferred": {"fact": "q"}, "ceiling": "reasonable_grounds", "basis": "b"}
    made["concepts"]["concept_in_use"]["when"] = sign
    assert faults(made) == ["`t/1`, `other` can never fail: nothing could refute it"]


def test_alternatives_that_leave_nothing_out() -> None:
    made = law()
    made["concepts"]["concept_in_use"]["when"] = {"any": [{"fact": "q"}, {"not": {"fact": "q"}}]}
    assert faults(made) == ["`t/1`, `other`: one alternative is the opposite of another"]


def test_an_inference_that_rests_on_nothing() -> None:
    made = law()
    sign = {"inferred": {"fact": "q"}, "ceiling": "reasonable_grounds"}
    made["concepts"]["concept_in_use"]["when"] = {"evidence": [{"fact": "q"}, sign]}
    assert faults(made) == ["`t/1`, `other`: an inference does not say what it rests on"]


def test_a_presumption_against_the_accused() -> None:
    made = law()
    made["provisions"][0]["kind"] = "crime"
    made["concepts"]["concept_in_use"]["when"] = {
        "presumed": {"fact": "q"}, "standard": "reasonable_grounds", "basis": "b"
    }  # fmt: skip
    assert faults(made) == ["`t/1`, `other`: a presumption speaks against the accused of a crime"]


def test_conduct_and_author_are_needed() -> None:
    made = law()
    made["provisions"][0]["elements"] = [
        {**element, "role": "material"} for element in made["provisions"][0]["elements"]
    ]
    assert faults(made) == [
        "`t/1` attributes the conduct to nobody",
        "`t/1` has no element of conduct",
    ]


def test_a_status_table_that_lacks_the_instrument() -> None:
    made = law()
    made["status"] = {}
    assert faults(made) == ["`t/1`: the status table has no `t`"]


def test_a_status_table_of_no_day() -> None:
    made = law()
    del made["status_as_of"]
    assert faults(made) == ["the status table does not say of which day it is"]


def test_an_entry_of_the_status_table_that_nobody_uses() -> None:
    made = law()
    made["status"]["u"] = {**made["status"]["t"], "title": BOTH}
    assert faults(made) == ["no provision is bound by `u`, and none reads it"]


def test_a_forum_that_concerns_nothing_known() -> None:
    made = second(kind="forum", concerns={"provisions": ["t/9"]})
    assert "`t/3` concerns no known `t/9`" in faults(made)
    assert "`t/3` does not say what it `concerns`" in faults(second(kind="forum"))


def test_two_provisions_of_which_no_conduct_complies_with_both() -> None:
    made = second()
    made["provisions"][2]["elements"][1] = {
        **made["provisions"][2]["elements"][1], "when": {"not": {"concept": "concept_in_use"}},
    }  # fmt: skip
    assert faults(made) == ["`t/3` contradicts `t/1`: no conduct complies with both"]


def test_twins_that_are_not_mutual_or_apply_in_the_same_conflict() -> None:
    made = second(twin=["t/1"])
    assert faults(made) == [
        "`t/3` and its twin `t/1` apply in the same conflict",
        "`t/3` has the twin `t/1`, which does not name it",
    ]


def test_a_rule_of_one_kind_of_conflict_that_names_nothing_for_the_other() -> None:
    made = law()
    made["provisions"][0]["instead"] = []
    message = "`t/1` applies in one kind of conflict and names nothing for others"
    assert faults(made) == [message]


def test_versions_of_one_rule_whose_days_overlap() -> None:
    made = law()
    first = made["provisions"][0]
    content = {key: first.pop(key) for key in ("elements", "examples")}
    old = {**copy.deepcopy(first), "variants": {"old": {"title": BOTH, **content}}}
    new = {**copy.deepcopy(first), "variants": {"new": {"title": BOTH, **content}}}
    old["applies"]["until"] = "2010-01-01"
    new["applies"]["since"] = "2010-01-01"
    made["provisions"] = [old, new, made["provisions"][1]]
    assert faults(made) == ["`t/1#new` and `t/1#old` apply on the same days"]
    new["applies"]["since"] = "2010-01-02"
    assert faults(made) == []


def test_a_provision_without_an_example_of_some_kind() -> None:
    made = law()
    made["provisions"][0]["examples"] = made["provisions"][0]["examples"][1:]
    assert faults(made) == ["`t/1` has no example that is `indicated`"]


def test_a_disputed_question_that_nobody_asks_or_no_example_tries() -> None:
    made = law()
    alternative = {"says": BOTH, "held_by": ["T"]}
    made["readings"] = {
        "width": {
            "question": BOTH, "default": "narrow", "verified": {"against": ""},
            "alternatives": {"narrow": alternative, "wide": alternative},
        }
    }  # fmt: skip
    assert faults(made) == [
        "no condition asks the reading `width`",
        "no example reads `width` as `wide`",
    ]


def test_the_law_of_the_program_has_no_fault() -> None:
    assert [str(problem) for problem in lint(whole_law())] == []


def test_the_command_prints_each_fault_and_fails_only_then(lieber, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text(json.dumps(vocabulary()), encoding="utf-8")
    data = law()
    (tmp_path / "t.yaml").write_text(json.dumps(data), encoding="utf-8")
    done = lieber("law", "lint", "--law", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" no fault found\n")
    clause = {**CLAUSE, "refuted": CLAUSE["shown"]}
    data["provisions"][0]["elements"][0] |= clause
    (tmp_path / "t.yaml").write_text(json.dumps(data), encoding="utf-8")
    done = lieber("law", "lint", "--law", str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith(" 1 fault found\n")
    assert len(done.stdout.splitlines()) == 2
