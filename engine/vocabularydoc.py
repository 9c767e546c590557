"""docs/vocabulary.md: every fact with its label, question and values, from the vocabulary."""

from collections.abc import Iterator

from engine.vocabulary import Fact, FactGroup, FactType, Vocabulary, Words

INTRO = """\
# Vocabulary

Every fact that a case file may state and that the law may read. This page is generated from
`law/vocabulary.yaml`: change that file, then run `python tests/test_docs.py`.

A fact's id is its group and its name. No fact has a default: what is left out is unknown.
Facts marked *then* are what the attacker knew or could know at the time; precaution and
proportionality read only those.
"""

TYPES = {
    FactType.YES_NO: "`true` or `false`",
    FactType.COUNT: "a whole number, or `{min: 39, max: 43}`",
    FactType.DATE: "a day, a month, a year, or two joined by `/` (somewhere between)",
    FactType.PERIOD: "begin and end joined by `/`",
    FactType.COUNTRY: "three letters (ISO 3166-1)",
    FactType.TEXT: "text",
}


def vocabulary_page(vocabulary: Vocabulary) -> str:
    """The page as Markdown."""
    parts = [INTRO]
    for name, group in vocabulary.groups.items():
        parts += _group(name, group, vocabulary)
    parts.append("## Judgements\n")
    parts.append(
        "Open-textured standards that only a person can judge, recorded under `assessments`.\n"
    )
    for name, judgement in vocabulary.judgements.items():
        parts.append(f"- **`{name}`**: {judgement.question.en}  \n  {judgement.question.ar}")
        parts += _more(judgement.help, judgement.proof)
    return "\n".join(parts) + "\n"


def _group(name: str, group: FactGroup, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"## {group.label.en} / {group.label.ar}\n"
    where = f"an entry of the list `{group.list}`" if group.list else f"the block `{name}`"
    yield f"Stands in {where}, in {' or '.join(group.of)}.\n"
    for fact_name, fact in group.facts.items():
        fact_id = fact_name if name == vocabulary.group_of(fact_name) else f"{name}.{fact_name}"
        yield from _fact(fact_id, fact)
    yield ""


def _fact(fact_id: str, fact: Fact) -> Iterator[str]:
    then = " *(then)*" if fact.then_known else ""
    yield f"- **`{fact_id}`**{then}: {fact.question.en}  "
    yield f"  {fact.question.ar}  "
    if fact.values:
        yield f"  One of {', '.join(f'`{v}`' for v in fact.values)}."
    else:
        yield f"  {TYPES[fact.type][0].upper()}{TYPES[fact.type][1:]}."
    if fact.matters:
        yield f"  {fact.matters}"
    yield from _more(fact.help, fact.proof)


def _more(help_: Words | None, proof: Words | None) -> Iterator[str]:
    if help_:
        yield f"  - *What is meant:* {help_.en}  "
        yield f"    {help_.ar}"
    if proof:
        yield f"  - *Means of proof:* {proof.en}  "
        yield f"    {proof.ar}"
