"""Two jugs, of 3 and of 5 gallons, and no mark on either: how are 4 gallons measured? (TLA+ `DieHard`.)"""

from __future__ import annotations

from concordant.refimpl.machine import Model, action
from concordant.spec.vocabulary import Cases, Now, Then, Variable, always, case

small = Variable("small", 0)
big = Variable("big", 0)


@action()
def fill_small(then: Then) -> None:
    then[small] = 3


@action()
def fill_big(then: Then) -> None:
    then[big] = 5


@action()
def empty_small(then: Then) -> None:
    then[small] = 0


@action()
def empty_big(then: Then) -> None:
    then[big] = 0


@action()
def small_to_big(now: Now, then: Then) -> None:
    poured = min(now[small], 5 - now[big])
    then[small] = now[small] - poured
    then[big] = now[big] + poured


@action()
def big_to_small(now: Now, then: Then) -> None:
    poured = min(now[big], 3 - now[small])
    then[big] = now[big] - poured
    then[small] = now[small] + poured


@always()
def nobody_has_four(now: Now) -> Cases:
    """The big jug never holds 4 gallons. It can, and the counterexample is the solution of the riddle."""
    yield case(now[big] != 4, big=now[big])


MODEL = Model((small, big), (fill_small, fill_big, empty_small, empty_big, small_to_big, big_to_small), (nobody_has_four,))
