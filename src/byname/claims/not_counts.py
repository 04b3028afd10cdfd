"""Digits that count nothing: orders, articles, pages, times of day, footnotes, addresses."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBERED: Final = (
    r"Orders?|Directives?|Decrees?|[Tt]elegrams?|Articles?|Arts?\.|chapters?|ch\.|chap\.|volumes?|vols?\.|vol|pages?"
    r"|pp?\.|sections?|sect\.|§+|paragraphs?|para\.|points?|tables?|fig(?:ure|\.)s?|footnotes?|notes?"
    r"|lines?|category|categories|room|cell|op\.|ll?\.|d\.|f\.|ff\.|fond|doc(?:ument|\.)s?|protocols?"
    r"|[Cc]amp|Week|Slide|Lesson|Unit|Question|Episode|Session|bus|tram|platform|gate|World\s+War|appendix|part|book|Department|Building|School|Block"
    r"|приказ\w{0,3}|директив\w{1,2}|стать\w{1,3}|статей|ст\.|стр\.|с\.|том\w{0,3}|глав\w{1,3}|гл\."
    r"|т\.|п\.|пункт\w{0,3}|пп\.|параграф\w{0,2}|ф\.|оп\.|лл?\.|д\.|протокол\w{0,2}|категори\w{1,2}"
)
NOT_COUNTS: Final = re.compile(
    rf"https?://\S+|www\.\S+|\S{{1,64}}@\S+\.\w+"
    rf"|\[\d{{1,3}}(?:[-–,]\s?\d{{1,3}}){{0,9}}\]"
    rf"|(?m:^)[ \t]*\(?\d{{1,3}}[.)](?=[ \t])"
    rf"|(?<!\w)(?i:nos?\.?|nr\.?|n°|numbers?|№+)\s?\d[\d/.–-]*(?:\s?/\s?\w{{1,4}})?(?!,\d)"
    rf"|(?<!\w)(?i:{_NUMBERED})\s?(?:(?i:no\.?|№)\s?)?(?:\d{{1,5}}(?:[-–/.]\d{{1,4}}){{0,3}}"
    rf"(?:\s?(?:and|&|,|и)\s\d{{1,3}}(?!\d|,\d|\s(?:people|men|officers|человек)))?|(?i:{_WORDS}))"
    rf"(?![\w]|[,.\u00a0 ]\d{{3}}(?!\d))"
    rf"|(?<![\d.,:])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)(?:\s?[ap]\.?m\.?)?"
    rf"|(?<![\d.,])\d{{1,2}}(?:\.\d{{2}})?\s?[ap]\.?m\.?(?!\w)"
    rf"|(?<!\w)(?i:\d{{1,2}}|{_WORDS})\s+o['’]clock"
    rf"|(?<!\w)(?i:half|quarter)\s+(?:past|to)\s+(?i:\d{{1,2}}|{_WORDS})(?!\w)"
    rf"|(?<!\w)[Aa]t\s+(?:{_WORDS})(?=[,.;!?]|\s+(?:in\s+the|this|that|sharp|on\s+the\s+dot)\b)"
    rf"|(?<!\w)(?:at|в)\s\d{{1,2}}\.\d{{2}}(?!\d|\s?(?:%|per|million|процент|млн|тыс))"
    rf"|(?<!\w)\d{{1,2}}\s(?:ч\.|час(?:а|ов)?)\s\d{{1,2}}\s(?:мин)"
    rf"|(?<!\w)(?i:five|seven|ten|first|[1-9])[-\s][Yy]ear\s+[Pp]lans?"
    rf"|(?<!\w)00\d{{2,4}}(?!\d)|\d{{1,3}}-\d{{1,2}}-\d{{1,4}}(?:-\d+)*"
)
