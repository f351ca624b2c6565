"""Slips of somebody who writes a first protocol: each gets a sentence that names the value, the rule and the right call."""

from __future__ import annotations

from typing import Any, assert_never

import pytest
from attrs import frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.scope import Scope
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.running import decided
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.refimpl.machine import KnownViolation, Pitfall, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Faults,
    Network,
    NoHistory,
    Reply,
    Seen,
    always,
    always_each,
    always_possible,
    at_rest,
    eventually,
    every_step,
    infinitely_often,
    on_event,
    require_distinct,
    sometimes,
)
from tests.command import lock


def made(**others: Any) -> System[NoHistory]:
    system = lock.system()
    values = {"processes": system.processes, "history": system.history, "promises": system.promises, "users": system.users}
    return System(**{**values, **others})


def user(**others: Any) -> User:
    return User(**{"name": Address("client"), "at": (lock.SERVER,), "script": ((lock.Acquire(),),), **others})


def pitfall(**others: Any) -> Pitfall:
    values = {"id": "lock.Careless", "mistake": "", "breaks": lock.mutual_exclusion, "length": 2}
    return Pitfall(**{**values, **others})


def holds(seen: Seen[NoHistory]) -> Any:
    """Say yes."""
    return bool(seen)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (lambda: always(holds), r"@always above holds lacks its parentheses; write @always\(\)"),  # type: ignore[arg-type]
        (lambda: at_rest(holds), r"@at_rest above holds lacks its parentheses; write @at_rest\(\)"),  # type: ignore[arg-type]
        (lambda: always_each(holds), r"@always_each is given holds; it takes the class .*@always_each\(View\)"),  # type: ignore[arg-type]
        (lambda: every_step(holds), r"@every_step is given holds"),  # type: ignore[arg-type]
        (lambda: on_event(holds), r"@on_event is given holds"),  # type: ignore[arg-type]
        (lambda: made(promises=lock.is_held), r"promises=lock.is_held: give a tuple of clauses"),
        (lambda: made(promises=(holds,)), r"holds is promised, and is no clause; a decorator such as @always\(\)"),
        (lambda: require_distinct([lock.is_held]), r"promises=\[.*: give a tuple of clauses"),
        (lambda: made(processes={"server": lock.Server()}), r"process 'server' must be named by an address, such as Address\('server'\)"),
        (lambda: made(processes={lock.SERVER: lock.Server}), r"server0 is <class .*Server'>, which is no process; give an instance"),
        (lambda: made(history=NoHistory), r"history=NoHistory is a class; give a value of it, such as NoHistory\(\)"),
        (lambda: sometimes(), r"@sometimes has nothing to be told: write it without parentheses, above one function"),
        (
            lambda: eventually(holds),  # type: ignore[arg-type]
            r"@eventually is given holds; it takes which fairness it assumes, such as @eventually\(Fair.DELIVERY\)",
        ),
        (lambda: infinitely_often(holds), r"@infinitely_often is given holds; it takes which fairness"),  # type: ignore[arg-type]
        (lambda: always_possible(holds), r"@always_possible above holds lacks its parentheses; write @always_possible\(\)"),  # type: ignore[arg-type]
        (lambda: made(faults=Faults), r"faults=Faults is no Faults; give a value, such as Faults\(\)"),
        (lambda: made(network=Network), r"network=Network is no Network; give a value, such as Network\(\)"),
        (lambda: made(users=lock.system().users[0]), r"users=User\(.*\) must be a tuple of users, such as \(User\("),
        (
            lambda: user(script=((lock.Acquire,),)),
            r"user client0: the script asks Acquire, which is a class; give a value of it, such as Acquire\(\)",
        ),
        (lambda: user(script=lock.Acquire()), r"user client0: script=Acquire\(\) must be a tuple of places, such as \(\(Acquire\(\),\),\)"),
        (lambda: user(at=("server",)), r"user client0 asks 'server', which must be an address, such as Address\('server'\)"),
        (lambda: user(name="client"), r"user 'client' must be named by an address, such as Address\('client'\)"),
        (lambda: pitfall(subject=lock.Careless), r"pitfall lock.Careless: Careless is neither a system nor a rule's mechanism; give one"),
        (
            lambda: KnownViolation(lock.mutual_exclusion, "", lock.Careless, ()),  # type: ignore[arg-type]
            r"known violation lock.mutual_exclusion: Careless is neither",
        ),
        (lambda: User(Address("client"), lock.SERVER, ()), r"user client0: at=server0 must be a tuple of addresses, such as \(server0,\)"),  # type: ignore[arg-type]
    ],
)
def test_a_slip_is_refused_with_the_right_call(slip: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        slip()


def test_a_clause_that_returns_instead_of_yielding_is_told_so() -> None:
    with pytest.raises(BrokenClause, match=r"clause test_slips\.holds returned True; yield case\(holds, \*\*facts\), once for each case"):
        explore(made(promises=(always()(holds),)))


def test_a_system_in_which_nobody_is_heard_says_what_is_never_taken() -> None:
    class Deaf(lock.Server):
        def request(self, state: lock.Holders, client: Address, request: lock.Acquire) -> Step[lock.Holders] | None:  # noqa: ARG002
            return None

    assert str(explore(lock.system(Deaf()))).splitlines()[:2] == [
        "1 state, 0 transitions, depth 1",
        "  no move is possible in the first state: nothing was explored; it never comes about that server is asked Acquire: "  # noqa: ISC004
        "return step(state, *effects) from the handler where that is taken",
    ]


Acquire = frozen(type("Acquire", (), {"__doc__": "Another one.", "__module__": __name__}))
Granted = frozen(type("Granted", (), {"__doc__": "Another one.", "__module__": "elsewhere"}))


def test_a_request_of_a_class_that_two_modules_define_is_refused_before_anything_is_explored() -> None:
    said = (
        r"user client0 asks a tests\.machine\.test_slips\.Acquire, and server0 takes a tests\.command\.lock\.Acquire: two classes of one name are "
        r"two; define it in one module, and import it in the other"
    )

    with pytest.raises(Misuse, match=said):
        explore(made(users=(user(script=((Acquire(),),)),)))


def test_a_message_of_a_class_that_two_modules_define_names_both() -> None:
    class Elsewhere(lock.Server):
        def request(self, state: lock.Holders, client: Address, request: lock.Acquire) -> Step[lock.Holders] | None:  # noqa: ARG002
            return step(state, Reply(client, Granted()))

    Elsewhere.__module__ = lock.__name__
    said = (
        r"Granted\(\) is of class elsewhere\.Granted; declare what leaves the process in the spec of its stem, or import it from one module: "
        r"tests\.command\.lock has another Granted, and two classes are two"
    )

    with pytest.raises(BrokenProcess, match=said):
        explore(lock.system(Elsewhere()))


class Leaves(lock.Server):
    """Leaves one state behind."""

    def survives(self, state: lock.Holders) -> Any:
        """Return it, instead of each that may be left."""
        return state


def test_one_state_in_the_place_of_those_that_survive_is_told_so() -> None:
    said = r"survives\(state\) returned \(\); return each state that a crash may leave, such as \(state,\)"

    with pytest.raises(BrokenProcess, match=said):
        explore(made(processes={lock.SERVER: Leaves()}, faults=Faults(crashes=1, who=(lock.SERVER,))))


def test_what_is_armed_by_a_generator_is_told_so_without_an_address_in_memory() -> None:
    class Arms(lock.Server):
        def armed(self, state: lock.Holders) -> Any:  # noqa: ARG002
            yield from ()

    with pytest.raises(BrokenProcess, match=r"armed\(state\) returned a generator; return a tuple of triggers"):
        explore(lock.system(Arms()))


def test_a_history_that_grows_without_end_is_named_by_the_reference_engine_too() -> None:
    @frozen
    class Counted:
        times: int = 0

        def after(self, at: Address, by: Address, happening: object, /) -> Counted:  # noqa: ARG002
            return Counted(self.times + 1)

    class Shows(lock.Server):
        def request(self, state: lock.Holders, client: Address, request: lock.Acquire) -> Step[lock.Holders] | None:  # noqa: ARG002
            return step(state, Announce(NoHistory()), Reply(client, lock.Granted()))

    endless = made(processes={lock.SERVER: Shows()}, history=Counted(), users=(user(repeat=True),), promises=())

    assert str(explore(endless, budget=Budget(states=50))).splitlines()[1].startswith("  the history grew most: 5")


def test_a_handler_that_forgets_a_case_is_named_with_file_and_line() -> None:
    class Forgets(lock.Server):
        def request(self, state: lock.Holders, client: Address, request: lock.Acquire) -> Step[lock.Holders] | None:  # noqa: ARG002
            assert_never(request)  # type: ignore[arg-type]  # the mistake

    asked = ScopeQuestion("lock", Scope("two", "", lock.system(Forgets())))
    line = Forgets.request.__code__.co_firstlineno + 1

    (note,) = decided(asked, Means()).notes

    assert note.fields["text"] == (
        "server0: the handler raised AssertionError: Expected code to be unreachable, but got: Acquire()\n"
        f"  input: Ask(server0, client0, Acquire())\n  state: ()\n  in: {__file__}, line {line}"
    )
