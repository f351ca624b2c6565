"""What is said in a sentence instead of a traceback: what a user asks for cannot be, or a function of a protocol breaks the rules."""

from __future__ import annotations


class Misuse(ValueError):  # noqa: N818  # it says what was done
    """What was asked for cannot be done; the text names the value, the rule and the right call. Raised at the borders of the API only."""


class MisuseOfType(Misuse, TypeError):  # noqa: N818  # as above
    """The same, of a value of the wrong class."""


class BrokenRule(Exception):  # noqa: N818  # it says what is broken
    """A function of a protocol breaks a rule of the vocabulary; the text says which function, on which input, and what to do instead."""


class CannotReplay(Misuse):
    """A recorded run, or a witness, is not possible where it should be; the text names the first step that is not."""
