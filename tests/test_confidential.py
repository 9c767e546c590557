"""What is confidential reaches no output that does not ask for it; a stranger's text stays text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.assess import assess
from engine.casefile import case_from
from engine.evaluate import evaluate
from engine.explain import explain
from engine.layout import plain
from engine.loader import read_text
from engine.output import to_json
from engine.report import report
from engine.sources import Sources
from engine.summary import summary
from engine.truth import Standard

ROOT = Path(__file__).parent.parent
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


def test_no_plugin_that_happens_to_be_installed_sees_a_case_file(tmp_path: Path) -> None:
    """pydantic imports and calls every plugin it finds; some send what they see to a server."""
    info = tmp_path / "eavesdropper-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: eavesdropper\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[pydantic]\neavesdropper = eavesdropper:plugin\n")
    heard = tmp_path / "heard"
    (tmp_path / "eavesdropper.py").write_text(f"plugin = open({str(heard)!r}, 'w')\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    listening = "from pydantic import BaseModel\nclass Heard(BaseModel): pass"
    # It is no real plugin, so pydantic fails after it has imported it: that is enough here.
    subprocess.run([sys.executable, "-c", listening], env=environment, capture_output=True)
    assert heard.exists(), "the plugin of this test does not work"
    heard.unlink()
    command = [sys.executable, str(ROOT / "cli.py"), "check", "maarat-al-numan-market"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert not heard.exists()
