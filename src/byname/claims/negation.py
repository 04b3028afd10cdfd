"""Denials: which of them turn round what a pattern says, and which belong to something else."""

from __future__ import annotations

import re

from byname.claims.tagging import Tag

NEGATION = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply|until|long|least|the least|surprisingly|far|all"
    r"|every))"
    r"|never|nobody|none(?! other)|neither|nor|no(?!\.? ?\d|\s+(?:less|more|fewer|sooner|longer"
    r"|doubt"
    r"|wonder|later|earlier|one but))|cannot|hardly|without(?! (?:doubt|question|exception|warning"
    r"|trial"
    r"|the right))|refus(?:ed|es|ing) to|fail(?:ed|s|ing) to|declin(?:ed|es) to|far from"
    r"|by no means"
    r"|nothing to do with)\b|n['’]t\b"
    r"|(?<!если )(?<!чуть )(?<!едва )(?<!пока )\bне\b(?! (?:менее|более|меньше|больше|свыше|только"
    r"|раз\b"
    r"|сразу|позднее|ранее|позже|раньше|просто))|\b(?:никогда|никто|никому|никем|никого|нет"
    r"|ни(?! один из)"
    r"|без(?! (?:суда|права))|нельзя|ничего|ничем|нигде|отнюдь|ничуть|вряд ли|едва ли|якобы"
    r"|неправда"
    r"|ложь|выдум\w+|миф\b)\b",
    re.IGNORECASE,
)
_CONCORD = re.compile(r"ник\w+|нич\w+|нигде|ни|отнюдь", re.IGNORECASE)
_NE = re.compile(r"\b(?:не|нет|нельзя)\b", re.IGNORECASE)
"""Russian denies twice what it denies once: "никогда не превышались"."""
_BUT = re.compile(r"\b(?:but|rather|instead|а|но)\b", re.IGNORECASE)
_TURN = re.compile(
    r"[,;—–]\s*(?:who|which|although|though|while|because|so|and|который\w*|хотя|потому)\b|;",
    re.IGNORECASE,
)


def denied(words: str, at: int, rest_on: list[Tag], named: list[Tag], anchor: int) -> bool:
    """Tell whether what stands at ``anchor`` is denied by its clause.

    Args:
        words: the text of the clause.
        at: where the clause begins in the text.
        rest_on: the tags that the rule itself asks for; a denial in them is what it says.
        named: the names of the clause; a denial in a name denies nothing.
        anchor: where the word stands that the rule rests on.

    """
    count = 0
    for found in NEGATION.finditer(words):
        start, end = at + found.start(), at + found.end()
        if _CONCORD.fullmatch(found.group()) and _NE.search(words):
            continue
        held = [*rest_on, *named]
        if any(t.start <= start and end <= t.end for t in held):
            continue
        between = words[min(found.end(), anchor - at) : max(found.start(), anchor - at)]
        if start < anchor and (_BUT.search(between) or _TURN.search(between)):
            continue  # "not Molotov but Stalin": what follows is said
        if start > anchor and _TURN.search(between):
            continue
        count += 1
    return count % 2 == 1
