"""A number being added up as it is spoken."""

from __future__ import annotations

from byname.claims.number_tokens import Token


class Sum:
    """A number being added up, as it is spoken: hundreds, tens, units, then a scale."""

    def __init__(self) -> None:
        # "room" is what the next number must be smaller than: after "twenty" only units follow.
        self.total = 0.0
        self.current = 0.0
        self.room = 1000.0
        self.last_scale = 1e12
        self.scale = 1.0
        self.used = False
        self.digits = 0
        self.after_hundred = False

    @property
    def value(self) -> float:
        """What it comes to so far."""
        return self.total + self.current

    def digit(self, token: Token) -> int:
        """Take a number in digits; return 1."""
        self.digits = token.digits if not self.used else 0
        self.current, self.room, self.used = token.value, 1.0, True
        self.scale = 1.0
        return 1

    def small(self, value: float) -> int:
        """Take a number below a thousand; return 1, or 0 if it cannot follow."""
        if value >= self.room:
            return 0
        self.current += value
        if value % 1:
            self.room = 0.5
        else:
            self.room = 1.0 if value < 20 else 10.0 if value < 100 else 100.0
        self.used, self.after_hundred = True, value >= 100
        self.scale = 1.0
        return 1

    def half(self) -> None:
        """Take "and a half"."""
        self.current += 0.5
        self.room = 0.5

    def hundred(self) -> int:
        """Take the word "hundred"; return 1, or 0 if it cannot follow."""
        if self.current >= 100 or self.current % 1:
            return 0
        self.current = max(1.0, self.current) * 100
        self.room, self.used, self.after_hundred, self.scale = 100.0, True, True, 100.0
        return 1

    def scaled(self, factor: float) -> int:
        """Take "thousand", "million"; return 1, or 0 if it cannot follow."""
        if factor >= self.last_scale:
            return 0
        self.total += (self.current or 1.0) * factor
        self.current, self.room, self.last_scale, self.scale = 0.0, 1000.0, factor, factor
        self.used = self.after_hundred = True
        return 1
