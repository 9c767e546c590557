"""What is confidential reaches no output that does not ask for it; a stranger's text stays text."""

import json

import pytest

from engine.casefile import case_from
from engine.evaluate import evaluate
from engine.explain import explain
from engine.findings import assess
from engine.layout import plain
from engine.loader import read_text
from engine.output import to_json
from engine.report import report
from engine.sources import Sources
from engine.summary import summary
from engine.truth import Standard

SECRETS = ["W-ABU-SALIM", "Interview in the old mill", "the baker", "told at dawn", "mill.example"]
CASE = """
case: secret
title: A strike
standard: reasonable_grounds
conflict: {classification: niac, protracted: true}
sources:
  W-ABU-SALIM:
    {title: "Interview in the old mill", kind: interview, confidential: true, url: "https://mill.example"}
  S1: {title: "A public report", kind: ngo_report}
parties:
  p: {name: "the party", party_to_conflict: true}
incidents:
  - id: strike
    date: "2019-07-22"
    place: {country: SYR, populated_area: true}
    attributed_to:
      - {party: p, sources: [W-ABU-SALIM], by: "the baker", note: "told at dawn"}
      - {party: p, value: false, sources: [W-ABU-SALIM], by: "the baker", note: "told at dawn"}
    conduct:
      kind: air_strike
      aimed_at_military_objective:
        {value: false, sources: [W-ABU-SALIM], by: "the baker", note: "told at dawn"}
    persons: [{status: civilian, killed: 3, sources: [S1]}]
assessments:
  - question: widespread
    answer: true
    by: "the baker"
    standard: reasonable_grounds
    reasons: "told at dawn"
    sources: [W-ABU-SALIM]
"""


@pytest.fixture(scope="module")
def outputs(law):
    def made(reveal: bool) -> list[str]:
        case = case_from(read_text(CASE, "secret.yaml"), law.vocabulary)
        result = assess(
            case, law, lambda cs, s: [evaluate(c, s) for c in cs], Standard.REASONABLE_GROUNDS
        )
        sources = Sources(case, reveal)
        modes = [
            explain(result, sources, p.id, None, m) for p in law.provisions.values() for m in MODES
        ]
        return [
            json.dumps(to_json(result, sources, True)),
            report(result, sources),
            plain(summary(result, True)),
            *(plain(lines) for lines in modes),
        ]

    return made


MODES = ("tree", "why-not", "challenge")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_confidential_source_is_withheld_from_every_output(outputs, secret: str) -> None:
    for text in outputs(False):
        assert secret not in text


def test_a_confidential_source_is_shown_when_asked_for(outputs) -> None:
    assert "W-ABU-SALIM" in outputs(True)[0]
    assert "Interview in the old mill" in outputs(True)[1]


def test_a_stranger_s_text_reaches_the_report_as_text(law) -> None:
    hostile = CASE.replace("title: A strike", 'title: "A <img src=x> [strike](http://x) `y` **z**"')
    hostile = hostile.replace('{name: "the party"', '{name: "\\\\1 <b>party</b>"')
    case = case_from(read_text(hostile, "hostile.yaml"), law.vocabulary)
    result = assess(
        case, law, lambda cs, s: [evaluate(c, s) for c in cs], Standard.REASONABLE_GROUNDS
    )
    text = report(result, Sources(case))
    assert "<img" not in text.replace("\\<img", "")
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "[strike](" not in text
