"""A case file to start from: every fact of the vocabulary, commented out, with its question."""

import json
import re

from engine.models import SOURCE_KINDS
from engine.vocabulary import Fact, FactType, Vocabulary

HEAD = """\
# A case file. Take away the `# ` before what you know; leave out what you do not: nothing is assumed.
# A bare value stands at the case's `standard`. Otherwise write
#   functioning: {{value: true, standard: clear_and_convincing, sources: [S1], note: "..."}}
# and where accounts differ, keep both, as a list of such claims. Check it with `lieber check FILE`.

case: {name}
title: {title}
standard: reasonable_grounds

sources:
  S1: {{title: "Title of the report", kind: ngo_report, publisher: "Who published it", date: "2019-07-27", url: "https://example.org"}}
  # kind: {kinds}
  # confidential: true withholds a source from every output

parties:
  party-1:
    name: "Name of the party"
"""

INCIDENT = """\
incidents:
  - id: incident-1
    title: "What happened, in a few words"
    sources: [S1]               # for every bare value in this incident that names no other
    # summary: "Two sentences for the report."
    # attributed_to:
    #   - {party: party-1, sources: [S1]}
    #   - {party: party-1, value: false, standard: reasonable_suspicion, sources: [S1]}   # a denial
    # complete: {objects: true, persons: true}    # only if nothing is missing from these lists
"""

TAIL = """\
# Judgements that only a person can make: {judgements}
# assessments:
#   - {{question: widespread, answer: true, by: "Who judged", standard: reasonable_grounds, reasons: "Why", sources: [S1]}}
"""


def starter(vocabulary: Vocabulary, name: str) -> str:
    """The text of a new case file. It is valid as it stands."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "case"
    quoted = json.dumps(name, ensure_ascii=False)
    out = [HEAD.format(name=slug, title=quoted, kinds=", ".join(SOURCE_KINDS))]
    out += [
        _fact(fact_name, fact, 4) for fact_name, fact in vocabulary.groups["party"].facts.items()
    ]
    out += ["", *_blocks(vocabulary, "case", 0), "", INCIDENT.rstrip()]
    out += [
        _fact(fact_name, fact, 4) for fact_name, fact in vocabulary.groups["incident"].facts.items()
    ]
    out += _blocks(vocabulary, "incident", 4)
    for list_name, item in vocabulary.lists("incident").items():
        out += [f"    # {list_name}:", *_entry(vocabulary, item, 4)]
    for list_name, item in vocabulary.lists("case").items():
        if list_name != "incidents":
            out += ["", f"# {list_name}:", *_entry(vocabulary, item, 0)]
    out += ["", TAIL.format(judgements=", ".join(vocabulary.judgements))]
    return "\n".join(out)


def _blocks(vocabulary: Vocabulary, of: str, indent: int) -> list[str]:
    lines = []
    attribution = vocabulary.group_of(vocabulary.roles.attribution)
    for block in vocabulary.blocks(of):
        if block != attribution:
            lines.append(f"{' ' * indent}# {block}:")
            lines += [_fact(n, f, indent, 2) for n, f in vocabulary.groups[block].facts.items()]
    return lines


def _entry(vocabulary: Vocabulary, item: str, indent: int) -> list[str]:
    lines = [_fact(n, f, indent, 4) for n, f in vocabulary.groups[item].facts.items()]
    pad = " " * indent
    first = lines[0].replace(f"{pad}#     ", f"{pad}#   - ", 1)
    return [first, *lines[1:]]


def _fact(name: str, fact: Fact, indent: int, inner: int = 0) -> str:
    sample = {
        FactType.YES_NO: "true",
        FactType.COUNT: "1",
        FactType.DATE: '"2019-07-22"',
        FactType.PERIOD: '"2013-04/2018-03"',
        FactType.COUNTRY: "SYR",
        FactType.TEXT: '"..."',
    }.get(fact.type) or " | ".join(fact.values)
    return f"{' ' * indent}# {' ' * inner}{name}: {sample}   # {fact.question.en}"
