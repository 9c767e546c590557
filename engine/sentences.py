"""The sentences with which a report states an element, in two languages.

An English clause follows "that" or "whether"; an Arabic clause follows أنّ, which governs the
accusative of the noun it begins with. So one clause and its denial serve every sentence.
"""

from engine.law import Element, ExceptionRule
from engine.truth import Reading, Standard
from engine.vocabulary import Words

BELIEVE = {
    Standard.REASONABLE_SUSPICION: Words(
        en="there is reason to suspect that", ar="ثمة ما يدعو إلى الاشتباه في أنّ"
    ),
    Standard.REASONABLE_GROUNDS: Words(
        en="there are reasonable grounds to believe that",
        ar="ثمة أسباب معقولة تدعو إلى الاعتقاد بأنّ",
    ),
    Standard.BALANCE_OF_PROBABILITIES: Words(
        en="it is more likely than not that", ar="من المرجَّح أنّ"
    ),
    Standard.CLEAR_AND_CONVINCING: Words(
        en="there is clear and convincing evidence that", ar="ثمة أدلة واضحة ومقنعة على أنّ"
    ),
    Standard.BEYOND_REASONABLE_DOUBT: Words(
        en="it is established beyond reasonable doubt that",
        ar="ثبت بما لا يدع مجالاً لأي شك معقول أنّ",
    ),
}
"""How each standard of proof introduces what is believed at it."""


def sentence(text: str) -> str:
    """Text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def denied(rule: Element | ExceptionRule) -> Words:
    """The clause denied; where nobody wrote that, a denial around the clause itself."""
    return Words(
        en=rule.refuted.en or f"it is not so that {rule.shown.en}",
        ar=rule.refuted.ar or (f"من غير الصحيح أنّ {rule.shown.ar}" if rule.shown.ar else ""),
    )


def said(rule: Element | ExceptionRule, reading: Reading, standard: Standard) -> Words:
    """What a report says of an element or an exception that reads so at a standard."""
    shown, refuted, believe = rule.shown, denied(rule), BELIEVE[standard]
    english = {
        Reading.MET: f"{believe.en} {shown.en}",
        Reading.NOT_MET: f"{believe.en} {refuted.en}",
        Reading.CONTESTED: f"accounts differ on whether {shown.en}",
        Reading.UNKNOWN: f"it has not been established whether {shown.en}",
    }
    arabic = {
        Reading.MET: f"{believe.ar} {shown.ar}",
        Reading.NOT_MET: f"{believe.ar} {refuted.ar}",
        Reading.CONTESTED: (
            f"تتضارب الروايات: فبعضها يفيد بأنّ {shown.ar}، وبعضها الآخر يفيد بأنّ {refuted.ar}"
        ),
        Reading.UNKNOWN: f"لم يتسنّ التحقق من أنّ {shown.ar}",
    }
    return Words(en=sentence(english[reading]), ar=sentence(arabic[reading]) if shown.ar else "")
