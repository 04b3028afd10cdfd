"""Words that look like verbs, numbers or subjects: enough grammar to cut a sentence with."""

from __future__ import annotations

import re
from typing import Final

_AUX: Final = (
    r"was|were|is|are|did|does|would|could|might|must|should|will|can|cannot|may"
    r"|(?:was|were|is|are|did|does|do|would|could|had|has|have|ca|wo)n['’]t"
    r"|(?:has|have|had)(?:\s+(?:not|never|already|also|since|only|just))?\s+(?:been|\w+ed|\d|no|an?"
    r"|the|little|few|begun|become|come|fallen|found|gone|grown|held|known|led|lost|made|met|risen"
    r"|said|seen|sent|shot|taken|told|written)"
)
_PAST: Final = (
    r"became|began|bore|broke|brought|built|came|caught|chose|cost|drew|drove|fell|fled|felt|fought"
    r"|found|gave|got|grew|held|hid|kept|knew|laid|lay|led|left|lost|made|meant|met|paid|ran|rose"
    r"|said|sat|saw|sent|shook|sought|spent|spoke|stood|struck|swept|swore|taught|told|took|thought"
    r"|threw|understood|went|withdrew|won|wore|wrote|put|set|freed|agreed|decreed|oversaw"
)
_PRESENT: Final = (
    r"says|argues|claims|estimates|states|shows|suggests|gives|contains|holds|lies|comes|means"
    r"|remains|becomes|makes|takes|writes|notes|believes|calls|puts|show|believe|argue|goes|agree"
    r"|suggest|include|includes|remain|confirm|confirms|reveal|reveals|admits|amounts?|belongs?"
    r"|plays|denies|rejects|doubts|blames|finds|insists|maintains|contends|concludes|regards"
    r"|explains?|stresses|speaks|tells|attributes|disagrees|agrees|considers|describes|seems|appears"
    r"|thinks?|counts|reckons|sees|stems|began|begins|comes|learns|knows?|leans|leads"
)
_NOT_PAST: Final = (
    r"hundred|red|indeed|sacred|naked|wicked|alleged|unprecedented|hatred|kindred|aged|united"
    r"|so-called|\w*eed"
)
# "The combined population", "the accused": after an article such a word is no verb.
_ED: Final = (
    rf"(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bits\s)(?<!\bhis\s)(?<!\btheir\s)"
    rf"(?!(?:{_NOT_PAST})(?!\w))[a-z]{{2,24}}ed"
)
_RU_FINITE: Final = (
    r"был[аио]?|стал[аио]?|(?!(?:материал|генерал|капитал|журнал|сигнал|начало|около|мало|идеал"
    r"|трибунал|финал|подвал|персонал|михаил|дело|тело|село|число|сила|школа|угол|металл|тыла"
    r"|масла|итога|квартал|отдел|предел|раздел|провал|вокзал|посёл|котёл|футбол|протокол|стекл)"
    r"\w{0,4}(?!\w))"
    r"[а-яё]{2,20}[аяиеыуоё]л(?:[аои]|[аои]сь|ся)?|умер(?:л[аио])?|погиб(?:л[аио])?|вёл|вела|вели"
    r"|мог(?:л[аио])?|росл[аои]|рос|шли|шёл|шла|пришл[аио]|прошл[аио]|нёс|считает|считают|пишет|пишут"
    r"|утверждает|утверждают|является|являются|составляет|составляют|говорит|показывает"
    r"|показывают|оценивает|оценивают|называет|указывает|отмечает|полагает|полагают"
)
_RU_PASSIVE: Final = (
    r"(?:рас|за|аресто|осужд|приг|отпр|высл|сосл|депорт|казн|уби|созда|подпис|утвержд|изда|репресс"
    r"|реабил|исключ|сня|назнач|обвин|вынес|направ|освоб|уничтож|призн|отмен|прекр|нача|опубл|откры"
    r"|найд|установ|принят|выпущ|перед|переса|умерщ)[а-яё]{0,16}(?:[ное]н|т|ан|ян|ён)[аоы]?"
)
FINITE: Final = re.compile(
    rf"(?<!\w)(?:{_AUX}|{_PAST}|{_PRESENT}|{_RU_FINITE}|{_RU_PASSIVE})(?!\w)", re.IGNORECASE
)
"""A verb that needs no other."""
VERB: Final = re.compile(
    rf"(?<!\w)(?:{_AUX}|{_PAST}|{_PRESENT}|{_ED}|shot|hurt|run|{_RU_FINITE}|{_RU_PASSIVE})(?!\w)",
    re.IGNORECASE,
)
"""A verb or what may be a participle."""
PASSIVE: Final = re.compile(
    rf"(?<!\w)(?:was|were|been|being|is|are)\s+(?:\w+\s+){{0,2}}?(?:{_ED}|shot|sent|put|held|killed"
    rf"|taken|found|made)(?!\w)|(?<!\w){_RU_PASSIVE}(?!\w)",
    re.IGNORECASE,
)
PARTICIPLE: Final = re.compile(
    rf"(?:{_ED}|shot|sent|put|set|held|brought|thrown|taken|driven|given|{_RU_PASSIVE})(?!\w)",
    re.IGNORECASE,
)
GERUND: Final = re.compile(
    r"(?:thus\s+|thereby\s+)?(?!(?:during|including|according|concerning|regarding|(?:no|some|every)thing"
    r"|spring)(?!\w))[a-z]{3,20}ing(?!\w)",
    re.IGNORECASE,
)
NUMBER: Final = re.compile(
    r"\d|(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?"
    r"|half|two-thirds|thirds?|quarters?|majority|most|none|все|двое|трое|половина|треть"
    r"|большинство|сот(?:ни|ен)|тысяч\w{0,3}|миллион\w{0,3}|десятк\w{1,3})(?!\w)",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(
    r"(?:he|she|it|they|we|this|these|those|there|that|many|most|some|others|all|none|hundreds"
    r"|thousands|millions|nobody|no\s+one|он|она|оно|они|это|эти|многие|другие|остальные|все)(?!\w)"
    r"|[A-ZА-ЯЁ][\w'’-]*(?:\s+[A-ZА-ЯЁ][\w'’-]*){0,2}\s+(?!of\b)",
)
"""How a clause with a subject of its own begins."""
APPOSED: Final = re.compile(
    r"(?:[\w.,%’'-]+\s+){1,6}?(?:(?:of|from\s+among)\s+(?:them|those|these|whom|which)(?!\w)"
    r"|из\s+(?:них|котор\w{2,3})(?!\w)|in\s+(?:every\s+)?"
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a\s+hundred|hundred)(?!\w)"
    r"|times\s+(?:as|more|the)(?!\w)|per\s?cent(?!\w))",
    re.IGNORECASE,
)
"""After a comma, a share of what was said before: "close to four in every five of those"."""
SHARED: Final = re.compile(
    r"(?:[\w.,%’'-]+\s+){1,6}?(?:of\s+(?:whom|which)|из\s+котор\w{2,3})(?!\w)", re.IGNORECASE
)
"""After a comma, some of those spoken of: "all of whom were shot"."""
GAPPED: Final = re.compile(r"(?:[^\s,;:.]+\s+){1,4}[—–-]\s+")
"""After a comma, a number with what it is of and no verb: "в 1938-м — 328 618"."""
LABEL: Final = re.compile(
    r"(?:\S+\s+){0,3}\S*\d[\d,.\s\u00a0]*(?:thousand|million|тысяч\w?|млн|тыс\.?)?\s*"
)
"""A number with nothing that says what it counts: "First, 681,692"."""
DENIED: Final = re.compile(r"(?:not|не)\s+(?:\S+\s+){0,3}\S+\s*", re.IGNORECASE)
PREPOSITION: Final = re.compile(
    r"(?:among|of|out\s+of|from|in|on|at|for|by|with|during|under|according|as|through|throughout"
    r"|within|over|between|из|среди|по|в|во|на|при|за|с|от|до|у)(?!\w)",
    re.IGNORECASE,
)
ENDS_IN_VERB: Final = re.compile(
    rf"(?<!\w)(?:{_ED}|shot|killed|{_RU_PASSIVE}|{_RU_FINITE})\s*$", re.IGNORECASE
)
"""Before "and" with another verb after it, both share what follows: "арестовано и расстреляно"."""
CITED: Final = re.compile(r"(?<!\w)(?:pp?|vols?|ch|с|стр|т|л)\.\s?\d")
BASIS: Final = re.compile(r"(?:of|out\s+of|among|из|среди)(?!\w)", re.IGNORECASE)
"""Opens the whole that a share after the comma is taken of."""
ASIDE: Final = re.compile(
    r"(?:in|on|by|during|after|at|under|from|в|на|по|при|после|к)(?!\w)[^,;:.]{1,60},\s*",
    re.IGNORECASE,
)
"""Words set between commas before a subject: "and, in 1937, he"."""
SUBORDINATE: Final = re.compile(
    r"(?:when|while|after|before|because|although|though|since|if|once|as\s+soon\s+as|когда|если|хотя"
    r"|после\s+того|поскольку|так\s+как)(?!\w)",
    re.IGNORECASE,
)
CLEFT: Final = re.compile(
    r"\s*(?:and\s+|but\s+)?(?:it|this|that)\s+(?:was|is)\s+(?:\S+\s+){0,6}?\S+\s*", re.IGNORECASE
)
"""The head of "It was Beria who"."""
COPULA: Final = re.compile(r"(?<!\w)(?:is|was|are|were|be)\s*$", re.IGNORECASE)
SINCE_WHEN: Final = re.compile(
    r"(?<!\w)(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|shortly|soon|long|just|even|ever"
    r"|right|immediately|not|only|лет|года?|дней|дня|месяц\w{0,2}|недел\w|вскоре|сразу)\s*$",
    re.IGNORECASE,
)
