"""Facts, values and readings in plain English, for terminal, explanation and report."""

import re
from datetime import date

from engine.conditions import Condition, FactIs, Judged, Some, Test
from engine.dates import MONTHS, day
from engine.incident import Days, FactValue, Period, Span, passes
from engine.missing import Gap
from engine.trace import Proof
from engine.truth import Standard
from engine.vocabulary import Vocabulary

MOST_NAMED = 4


def days(when: Days) -> str:
    """A day, a month, or a span, as precisely as it is known."""
    first, last = when
    if first == last:
        return day(first)
    month = first.day == 1 and (first.year, first.month) == (last.year, last.month)
    if month and (last.month == 12 or last == _month_end(last)):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
        return str(first.year)
    return f"between {day(first)} and {day(last)}"


def _month_end(when: date) -> date:
    following = date(when.year + when.month // 12, when.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def value(given: FactValue, fact: str, vocabulary: Vocabulary) -> str:
    """A stated value: `yes`, `Air strike`, `39 to 43`, `22 July 2019`."""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, Days):
        return days(given)
    if isinstance(given, Period):
        return f"{days(given.began)} to {days(given.ended)}"
    if isinstance(given, Span):
        return span(given)
    return vocabulary.in_words(fact, given) if fact in vocabulary.facts else given


def span(given: Span) -> str:
    """`39`, `39 to 43`, `at least 39`."""
    if given.most is None:
        return f"at least {given.least}"
    if given.least == 0 and given.most:
        return f"at most {given.most}"
    return str(given.least) if given.least == given.most else f"{given.least} to {given.most}"


def label(leaf: Condition, vocabulary: Vocabulary) -> str:
    """What a leaf is about, in the vocabulary's words."""
    if isinstance(leaf, FactIs):
        return vocabulary.facts[leaf.fact].label.en
    if isinstance(leaf, Judged):
        return f"{vocabulary.judgements[leaf.question].label.en} (a person's assessment)"
    raise TypeError(f"{type(leaf).__name__} is not a leaf")


def stated(leaf: Condition, vocabulary: Vocabulary, wanted: bool = True) -> str:
    """A leaf as a short statement: `Military objective near: no`."""
    about = label(leaf, vocabulary)
    if isinstance(leaf, Judged):
        return f"{about}: {'yes' if wanted else 'no'}"
    assert isinstance(leaf, FactIs)
    if isinstance(leaf.operand, bool):
        return f"{about}: {'yes' if leaf.operand is wanted else 'no'}"
    if leaf.test is Test.WITHIN and isinstance(leaf.operand, tuple):
        first, last = leaf.operand
        what = f"from {day(first)}" + ("" if last == date.max else f" to {day(last)}")
    elif isinstance(leaf.operand, frozenset):
        known = vocabulary.facts[leaf.fact].values
        order = [v for v in known if v in leaf.operand] or sorted(leaf.operand)
        named = [vocabulary.in_words(leaf.fact, v) for v in order]
        if len(named) > MOST_NAMED:
            named = [*named[:2], f"another of {len(named)} kinds"]
        what = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else named[0]
    elif leaf.test in (Test.AT_LEAST, Test.AT_MOST):
        what = f"{leaf.test.value.replace('_', ' ')} {leaf.operand}"
    else:
        what = value(str(leaf.operand), leaf.fact, vocabulary)
    return f"{about}: {what}" if wanted else f"{about}: not {what}"


def gap(missing: Gap, vocabulary: Vocabulary) -> str:
    """One thing to find out."""
    if isinstance(missing.leaf, Some):
        return f"Nothing beyond the {missing.leaf.list} listed: yes"
    return stated(missing.leaf, vocabulary, missing.wanted) + entry(missing.scope)


def entry(scope: str) -> str:
    """Which entry of a list a scope is, in brackets; nothing for the incident itself."""
    if "[" not in scope and not scope.startswith("a further entry"):
        return ""
    numbered = re.sub(r"\[(\d+)\]", lambda match: f" {int(match[1]) + 1}", scope)
    return f" ({numbered})"


def found(proof: Proof, so: bool, vocabulary: Vocabulary) -> str:
    """What is claimed of a leaf, by its strongest claims: `Kind of conduct: air strike`."""
    leaf = proof.condition
    if not isinstance(leaf, FactIs) or leaf.test is Test.WITHIN:
        return stated(leaf, vocabulary, so)
    told = [c for c in proof.claims if passes(c.value, leaf.test, leaf.operand) is so]
    best = max((c.standard for c in told), default=None)
    values = {value(c.value, leaf.fact, vocabulary): None for c in told if c.standard == best}
    return (
        f"{label(leaf, vocabulary)}: {' or '.join(values)}"
        if values
        else stated(leaf, vocabulary, so)
    )


def question(missing: Gap, vocabulary: Vocabulary) -> str:
    """One thing to find out, as the question to ask and the answer that would complete it."""
    leaf = missing.leaf
    if isinstance(leaf, Some):
        return f"Is there nothing beyond the {leaf.list} listed? (yes)"
    if isinstance(leaf, Judged):
        asked = vocabulary.judgements[leaf.question].question.en
    else:
        asked = vocabulary.facts[leaf.fact].question.en
    answer = stated(leaf, vocabulary, missing.wanted).rpartition(": ")[2]
    where = f", of {missing.scope}" if missing.scope.startswith("a further entry") else ""
    return f"{asked} ({answer}{where})"


def conflict(kind: str, vocabulary: Vocabulary) -> str:
    """A kind of armed conflict as a sentence names it: `a non-international armed conflict`."""
    known = vocabulary.facts[vocabulary.roles.conflict].values
    return known[kind].en[0].lower() + known[kind].en[1:] if kind in known else kind


def standard(given: Standard | None) -> str:
    """The words for a standard, or `no standard`."""
    return given.words if given else "no standard"
