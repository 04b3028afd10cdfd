"""Running text -> sentences, clauses and quotations."""

from __future__ import annotations

from byname.claims.clauses import Clause, clauses
from byname.claims.quotes import Quote, quotations
from byname.claims.sentences import Sentence, sentences

__all__ = ["Clause", "Quote", "Sentence", "clauses", "quotations", "sentences"]
