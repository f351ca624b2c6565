"""Attacks by a bounded delay: by what is no move of the kind, and by a bound that cannot be kept."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.semantics.rows import BrokenSystem
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Cases, Delay, Fault, Faults, Need, Network, NoHistory, Seen, always, at_rest, case
from tests.checks.toys import A, B, Kept, Listener, Note, Teller


class Durable(Listener):
    """A crash takes nothing that was kept."""

    def survives(self, state: Kept) -> tuple[Kept, ...]:
        return (state,)


@at_rest(under=Fault.CRASH, needs=Need.BOUNDED_DELAY)
def the_note_is_kept(seen: Seen[NoHistory]) -> Cases:
    """In the end the note is kept."""
    yield case(seen.views(Kept)[B].notes == (1,))


@pytest.mark.parametrize("kind", [object, type(None), Note], ids=["whatever it is", "nothing", "a note"])
def test_no_crash_is_left_out_while_a_message_travels(kind: type) -> None:
    """A crash is about nothing, which is an instance of the first two classes."""
    network, faults = Network(delay=Delay(1, kind)), Faults(crashes=1, who=(B,))

    report = explore(System({A: Teller(B, (1,)), B: Durable()}, NoHistory(), (the_note_is_kept,), network, faults))

    assert report.verdicts[0].status is Status.VIOLATED


@always(needs=Need.BOUNDED_DELAY)
def nothing_is_kept(seen: Seen[NoHistory]) -> Cases:
    """No note is ever kept."""
    yield case(seen.views(Kept)[B].notes == ())


@pytest.mark.parametrize("fifo", [False, True])
def test_nothing_holds_since_of_two_messages_none_may_be_received_first(fifo: bool) -> None:
    network = Network(fifo=fifo, delay=Delay(1, Note))

    with pytest.raises(BrokenSystem, match=r"Delay\(1, Note\) cannot be kept with Note\(1\), Note\(2\) in flight"):
        explore(System({A: Teller(B, (1, 2)), B: Listener()}, NoHistory(), (nothing_is_kept,), network))
