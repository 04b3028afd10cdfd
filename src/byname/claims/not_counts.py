"""Digits that count nothing: orders, articles, pages, times of day, footnotes, addresses."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBERED: Final = (
    r"Order|Directive|Decree|Article|Arts?\.|chapter|ch\.|chap\.|volume|vols?\.|vol|page"
    r"|pp?\.|section|sect\.|§+|paragraph|para\.|point|table|figure|figs?\.|footnote|note"
    r"|line|category|room|cell|op\.|ll?\.|d\.|f\.|ff\.|fond|document|docs?\.|protocol"
    r"|telegram(?:me)?|cipher|circular|resolution|memorandum|memo|item|case|file|list|letter"
    r"|[Cc]amp|Week|Slide|Lesson|Unit|Question|Episode|Session|bus|tram|platform|gate|World\s+War|appendix|part|book|Department|Building|School|Block"
    r"|приказ\w{0,3}|директив\w{1,2}|стать\w{1,3}|статей|ст\.|стр\.|с\.|том\w{0,3}|глав\w{1,3}|гл\."
    r"|т\.|п\.|пункт\w{0,3}|пп\.|параграф\w{0,2}|ф\.|оп\.|лл?\.|д\.|протокол\w{0,2}|категори\w{1,2}"
)
_LISTED: Final = (
    r"Orders|Directives|Decrees|Articles|chapters|volumes|pages|sections|paragraphs|points|tables"
    r"|figures|footnotes|notes|lines|categories|documents|protocols|telegrams|items"
)
_NUMERAL: Final = rf"{_WORDS}|[a-z]{{3,5}}teen|twenty(?:-[a-z]{{3,5}})?"
NOT_COUNTS: Final = re.compile(
    rf"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}\.\w"
    rf"|\[\d{{1,3}}(?:[-–,]\s?\d{{1,3}}){{0,9}}\]"
    rf"|(?m:^)[ \t]*\(?\d{{1,3}}[.)](?=[ \t])"
    rf"|(?<!\w)(?:(?i:nos?\.|nr\.?|n°|(?<![a-z]s\s)number|№+)|[Nn]os?)\s?\d[\d/.–-]*(?:\s?/\s?\w{{1,4}})?(?!\d|,\d)"
    rf"(?!\s(?:million|thousand|people|men|victims|per|of))"
    rf"|(?<!\w)(?i:{_NUMBERED})\s?(?:(?i:no\.?|№)\s?)?(?:\d{{1,5}}(?:[-–/.]\d{{1,4}}){{0,3}}"
    rf"(?:\s?(?:and|&|,|и)\s\d{{1,3}}(?!\d|,\d|\s(?:people|men|officers|человек)))?|(?i:{_WORDS}))"
    rf"(?![\w]|[,.\u00a0 ]\d{{3}}(?!\d))"
    rf"|(?<!\w)(?i:{_LISTED})\s\d{{1,5}}(?:[-–]|,\s|\s(?:and|&|to)\s)\d{{1,5}}(?!\w|,\d)"
    # names: "the Trial of the Twenty-One", "the case of the sixteen", "the Big Four"
    rf"|(?<!\w)(?i:trials?|case|affair)\s+of\s+the\s+(?:(?i:{_NUMERAL})|\d{{1,2}})"
    rf"(?!\w|[-,]\w|\s+(?:\w+s|men|people)(?!\w))"
    rf"|(?i:процесс\w{{0,3}}|дел[оауе]м?)\s+(?:восьми|шестнадцати|семнадцати|двадцати\s+одного|\d{{1,2}}(?:-ти)?)"
    rf"(?!\w|\s+(?:человек|подсудим|обвиняем))"
    rf"|(?<=(?<!\w)the\s)(?:Four|Five|Seven|Eight|Twelve|Fourteen|Fifteen|Sixteen|Seventeen"
    rf"|Twenty-(?:One|Six))(?!\w|[-,]\w|\s+(?:\w+s|men|people)(?!\w))"
    rf"|(?<![\d.,:])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)(?:\s?[ap]\.?m\.?)?"
    rf"|(?<![\d.,])\d{{1,2}}(?:\.\d{{2}})?\s?[ap]\.?m\.?(?!\w)"
    rf"|(?<!\w)(?i:\d{{1,2}}|{_WORDS})\s+o['’]clock"
    rf"|(?<!\w)(?i:half|quarter)\s+(?:past|to)\s+(?i:\d{{1,2}}|{_WORDS})(?!\w)"
    rf"|(?<!\w)[Aa]t\s+(?:{_WORDS})(?=[,.;!?]|\s+(?:in\s+the|this|that|sharp|on\s+the\s+dot)\b)"
    rf"|(?<!\w)(?i:at|between|about|around|by|from|after|before)\s(?:(?i:{_WORDS})|\d{{1,2}}(?:\.\d{{2}})?)"
    rf"(?:\s(?:and|to|or)\s(?:(?i:{_WORDS})|\d{{1,2}}(?:\.\d{{2}})?))?"
    rf"(?=\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)(?!\w))"
    rf"|(?<!\w)(?:\d{{1,2}}|час|дв[ау]|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать)"
    rf"(?:\s(?:час|часа|часов))?\s(?:утра|ночи|дня|вечера|пополудни)(?!\w)"
    rf"|(?<!\w)(?:в|к|до|около|после)\sполовин[еуы]\s(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят"
    rf"|десят|одиннадцат|двенадцат)(?:ого|его)(?!\w)"
    rf"|(?<!\w)(?i:at|в)\s\d{{1,2}}\.\d{{2}}(?!\d|\s?(?:%|per|million|процент|млн|тыс))"
    rf"|(?<!\w)\d{{1,2}}\s(?:ч\.|час(?:а|ов)?)\s\d{{1,2}}\s(?:мин)"
    rf"|(?<!\w)(?i:five|seven|ten|first|[1-9])[-\s][Yy]ear\s+[Pp]lans?"
    rf"|(?<!\w)00\d{{2,4}}(?!\d)|\d{{1,3}}-\d{{1,2}}-\d{{1,4}}(?:-\d+)*"
)
