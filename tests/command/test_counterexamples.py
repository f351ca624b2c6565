"""A run that violates several clauses is printed once, and says of which."""

from __future__ import annotations

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.explore import explore
from concordant.checks.lessons.lock_server.lock import Client, Lends, Server, system
from concordant.checks.reports.counterexamples import counterexamples
from concordant.spec.vocabulary import Cases, Fault, NoHistory, Seen, always, case


@always(under=Fault.DUPLICATION)
def the_lock_is_free(seen: Seen[NoHistory]) -> Cases:
    """Nobody has the lock."""
    for lends in seen.views(Lends).values():
        yield case(lends.to is None, to=lends.to)


@always(under=Fault.DUPLICATION)
def nobody_is_lent_anything(seen: Seen[NoHistory]) -> Cases:
    """The lock is lent to nobody."""
    for lends in seen.views(Lends).values():
        yield case(lends.number == 0, number=lends.number)


LOCK = system(Server(), Client, the_lock_is_free, nobody_is_lent_anything)


def test_a_run_that_violates_two_clauses_is_printed_once_with_what_each_says_of_it() -> None:
    found = explore(LOCK)
    answer = Answer("scope:lock/small", "lock", "a lock", Conclusion.NOT_AS_CLAIMED, verdicts=found.verdicts)
    told = [line.plain.strip() for line in counterexamples([answer, answer])]

    assert [line for line in told if line.startswith("counterexample")] == [
        "counterexample in scope small, 10 moves, as short as any",
        "counterexample to 2 clauses in scope small, 2 moves, as short as any",
    ]
    of_both = told[told.index("counterexample to 2 clauses in scope small, 2 moves, as short as any") :]
    assert sum("user0 asks client0: Lock()" in line for line in of_both) == 1
    assert of_both[-4:] == [
        "test_counterexamples.the_lock_is_free: Nobody has the lock.",
        "to: client0",
        "test_counterexamples.nobody_is_lent_anything: The lock is lent to nobody.",
        "number: 1",
    ]
