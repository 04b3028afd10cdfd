"""Abbreviations whose full stop does not end a sentence."""

from __future__ import annotations

from typing import Final

from byname.claims.spans import words_of

NEVER_LAST: Final = words_of(
    """
    no nos nr st dr mr mrs ms messrs prof gen col capt lt maj sgt cpl adm rev hon gov sen rep
    pres fr comr e.g i.e eg ie cf c ca approx vol vols v p pp ch chs chap fig figs ed eds trans
    art arts op fol ff f. l d n nn para par sec sect vs viz esp incl dept univ doc docs
    jan feb mar apr jun jul aug sept sep oct nov dec
    т.е т.к т.н т.ч т п пп ст стр с см ср напр им ул д кв оп ф л лл гл изд ред сост проф акад
    ген полк нач зам пом тов гр гр-н св о прим кн вып пер авт илл рис табл обл р-н пос дер
    рожд род ок прибл коммент примеч сб указ соч отв
    янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек
    """
)
"""More words always follow these."""

MAY_BE_LAST: Final = words_of(
    """
    etc al jr sr u.s u.s.s.r ussr u.k a.m p.m am pm b.c a.d inc ltd co corp ibid
    г гг чел тыс млн млрд руб коп др т.д т.п пр в вв н.э р м.н.с ч мин экз
    """
)
"""These end a sentence when a word follows that opens one."""

OPENERS: Final = words_of(
    """
    the a an in on at by it he she they this that these those there his her their its after
    before when while during since from for of as if but and although however many most some
    all only one we i what who why how to not no with under between among
    в во на по из он она они оно это эти этот эта после до при с со за но а и к так когда
    однако для о об как только среди его её ее их тогда всего если хотя не там здесь уже ещё
    еще что кто где почему затем позже именно всё все через между во-первых например кроме
    реабилитирован реабилитирована расстрелян расстреляна арестован арестована приговорён
    приговорен приговорена осуждён осужден осуждена родился родилась умер умерла приговор
    место общее общий
    """
)
"""Words that open a sentence when written with a capital in its midst."""
