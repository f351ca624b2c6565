"""Systems, users and pitfalls that have no meaning are refused, with the rule and the right call."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from concordant.refimpl.machine import ANY, Byzantine, Crash, Mechanism, Pitfall, Process, Reason, System, Unmodelled, User
from concordant.refimpl.machine.process import header
from concordant.spec.vocabulary import Address, Cases, Fault, Faults, Malformed, Network, NoHistory, Seen, always, case, for_all
from tests.checks.toys import ANN, A, B, C, Do, Later, Note, Toy

DO = ((Do(1),),)


@always()
def fine(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
    """All is well."""
    yield case(True)


@always()
def other(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
    """All is well here too."""
    yield case(True)


def system(**parts: Any) -> System[NoHistory]:
    usual: dict[str, Any] = {"processes": {A: Toy(), B: Toy()}, "history": NoHistory(), "promises": (fine,)}
    return System(**usual | parts)


# ---- users


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: User(ANN, (), DO), "user ann0 has nobody to ask: name at least one process in at=(…)"),
        (lambda: User(ANN, (A,), DO, outstanding=0), "user ann0: outstanding=0; it may have at least one call open"),
        (
            lambda: User(ANN, (A,), (Do(1),)),  # type: ignore[arg-type]  # the mistake
            "user ann0: place Do(number=1) of the script must be a tuple of alternatives, such as (Propose('x'),)",
        ),
        (lambda: User(ANN, (A,), ((),)), "user ann0: place () of the script must be a tuple of alternatives, such as (Propose('x'),)"),
    ],
)
def test_a_user_without_meaning_is_refused(make: Callable[[], User], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


def test_a_user_knows_whether_its_script_holds_a_malformed_request() -> None:
    assert User(ANN, (A,), (*DO, (Do(2), Malformed(3)))).malformed
    assert not User(ANN, (A,), DO).malformed
    assert not User(ANN, (A,), ()).malformed


# ---- systems


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"processes": {}}, "a system without processes has nothing to explore: give at least one"),
        (
            {"users": (User(A, (A,), DO),)},
            "a0 names two parts of the system; give every process, user and Byzantine participant its own address",
        ),
        (
            {"users": (User(ANN, (A,), DO), User(ANN, (B,), DO))},
            "ann0 names two parts of the system; give every process, user and Byzantine participant its own address",
        ),
        (
            {"byzantine": (Byzantine(B, lambda _: ()),)},
            "b0 names two parts of the system; give every process, user and Byzantine participant its own address",
        ),
        ({"users": (User(ANN, (A, C), DO),)}, "user ann0 asks c0, which is no process of the system: a0, b0"),
        ({"faults": Faults(crashes=1, who=(C,))}, "c0 may crash but is no process of the system: a0, b0"),
        (
            {"faults": Faults(crashes=1, recoveries=1, who=(A,))},
            "a0 may recover but Toy defines no recover(state); return step(state) to go on from what survived",
        ),
        (
            {"faults": Faults(synchronous=True), "network": Network(duplicating=True)},
            "synchronous with duplicating=True: a message is always in flight, so that no Deadline would ever fire; choose one",
        ),
        ({"promises": (fine, other, fine)}, "clause test_systems.fine is promised twice; list it once, or rename one of the two"),
        (
            {"symmetric": (((A,), (B, A)),)},
            "symmetric blocks (a0,) and (b0, a0) differ in roles; list the same roles in the same order",
        ),
        ({"symmetric": (((A,), (C,)),)}, "symmetric blocks (a0,) and (c0,) differ in roles; list the same roles in the same order"),
        ({"symmetric": (((C,),),)}, "symmetric block (c0,) names c0, which is no process or user of the system"),
        ({"symmetric": (((A,), (A,)),)}, "a0 is in two symmetric blocks; each address belongs to one"),
        ({"symmetric": (((A,),), ((A,),))}, "a0 is in two symmetric blocks; each address belongs to one"),
    ],
)
def test_a_system_without_meaning_is_refused(parts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        system(**parts)


def test_a_symmetric_group_of_bare_addresses_is_refused() -> None:
    with pytest.raises(TypeError, match=re.escape("a0 must be a tuple of addresses, such as (a0,)")):
        system(symmetric=((A, B),))


def test_a_block_may_hold_a_process_with_its_user() -> None:
    users = User(Address("user", 0), (Address("p", 0),), DO), User(Address("user", 1), (Address("p", 1),), DO)
    blocks = tuple((Address("p", number), Address("user", number)) for number in range(2))

    made = system(processes={Address("p", 0): Toy(), Address("p", 1): Toy()}, users=users, symmetric=(blocks,))

    assert made.symmetric == (blocks,)


# ---- processes


def test_a_process_does_nothing_by_default() -> None:
    toy = Toy()
    state = toy.start().state

    assert toy.receive(state, B, Note(1)) is None
    assert toy.request(state, ANN, Do(1)) is None
    assert toy.cancel(state, ANN) is None
    assert toy.suspect(state, B) is None
    assert toy.armed(state) == ()
    assert tuple(toy.survives(state.plus(1))) == (state,)


def test_what_a_process_must_define_where_it_is_used_says_so() -> None:
    state = Toy().start().state

    with pytest.raises(NotImplementedError, match=re.escape("Toy arms Later(number=0) but defines no fire(state, trigger)")):
        Toy().fire(state, Later())
    with pytest.raises(
        NotImplementedError, match=re.escape("Toy recovers but defines no recover(state); return step(state) to go on from")
    ):
        Toy().recover(state)


def test_a_process_must_start_and_have_a_view() -> None:
    with pytest.raises(TypeError, match="abstract"):
        Process()  # type: ignore[abstract]  # the mistake


# ---- pitfalls


@for_all
def positive(profile: int, outcome: int) -> Cases:
    """The outcome is positive."""
    yield case(outcome > 0, profile=profile)


@pytest.mark.parametrize(
    ("pitfall", "said"),
    [
        ({"breaks": other}, "pitfall X-1 breaks test_systems.other, which its subject does not promise; add the clause to promises"),
        (
            {"schedule": (Crash(ANY, ANY),), "correct": system()},
            "pitfall X-1: length 3 of a schedule of 1 moves; they are equal",
        ),
        ({"schedule": (ANY, ANY, ANY)}, "pitfall X-1 has a schedule; give the system without the mistake as correct=…"),
    ],
)
def test_a_pitfall_without_meaning_is_refused(pitfall: dict[str, Any], said: str) -> None:
    usual: dict[str, Any] = {"id": "X-1", "mistake": "Does it wrong.", "breaks": fine, "subject": system(), "length": 3}

    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        Pitfall(**usual | pitfall)


def test_a_pitfall_belongs_to_the_protocol_whose_clause_it_breaks() -> None:
    assert Pitfall("X-1", "Does it wrong.", fine, system(), 3).stem == "test_systems"
    assert fine.under is Fault.NONE


def test_the_system_of_a_pitfall_about_a_rule_is_refused_by_name() -> None:
    rule: Mechanism[int, int] = Mechanism(abs, lambda draw: draw.one_of("number", (1, 2)), (positive,))
    pitfall = Pitfall("X-1", "Does it wrong.", positive, rule, 1)

    with pytest.raises(TypeError, match=r"^X-1 is about a mechanism, which has no states; judge it on its profiles$"):
        _ = pitfall.system


@pytest.mark.parametrize(("reason", "same"), [(Reason.SAME, ""), (Reason.SPEED, "X-2")])
def test_a_defect_that_is_another_ones_names_it_and_no_other_does(reason: Reason, same: str) -> None:
    with pytest.raises(ValueError, match=r"^X-1: same='.*' with Reason\..*; name the other id with Reason.SAME, and only then$"):
        Unmodelled("X-1", reason, "Is done elsewhere.", same=same)

    assert Unmodelled("X-1", Reason.SAME, "Is done elsewhere.", same="X-2").same == "X-2"


def test_a_class_of_processes_without_a_header_is_refused() -> None:
    class Bare(Process):  # type: ignore[type-arg]  # that is the mistake
        pass

    with pytest.raises(TypeError, match=r"Bare has no header; derive it from Process\[State, Messages, Requests, Triggers\]"):
        header(Bare)  # type: ignore[type-abstract]  # as above
