"""A contract net, input in and step out."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.auctions.contract_net.as_written import NEVER_BUSY
from concordant.refimpl.auctions.contract_net import (
    PROMISES,
    Awaiting,
    Calling,
    Contractor,
    Deals,
    Done,
    Holding,
    Idle,
    Manager,
    Managing,
    Over,
    Unattended,
    Working,
    system,
)
from concordant.refimpl.machine import Ask, Fire, Receive, Step, step
from concordant.spec.auctions.contract_net import (
    BROKEN,
    BUSY,
    CANCELLED,
    LAPSED,
    NO_PROPOSALS,
    REJECTED,
    Accept,
    CallForProposals,
    Cancel,
    Close,
    Closed,
    Completed,
    Contract,
    ContractorView,
    Declined,
    Ends,
    Failed,
    Failure,
    GiveUp,
    History,
    Inform,
    Lapse,
    Learned,
    ManagerView,
    Propose,
    Proposed,
    Refuse,
    Reject,
    Released,
    Started,
    clauses,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Map, Reply, Send, Unknown, addresses

A, B = addresses("contractor", 2)
M, N = addresses("manager", 2)
USER, OTHER = addresses("user", 2)
MANAGER = Manager((A, B))
ONE = Contractor(1, Map.of({M: 3, N: 5}))
ONE_PROPOSAL = Calling(USER, Map.of({B: 3}))
COMPLETED, FAILED = Completed(A, 3), Failed(A, BROKEN)

# ---- a manager


def test_a_manager_calls_all_contractors() -> None:
    assert MANAGER.start() == step(Idle())
    call = CallForProposals()
    assert MANAGER.request(Idle(), USER, Contract()) == step(Calling(USER), Send(A, call), Send(B, call))


def test_when_all_have_answered_the_cheapest_wins_and_of_equals_the_first_by_name() -> None:
    both: Map[Address, Amount] = Map.of({A: 3, B: 3})
    assert MANAGER.receive(Calling(USER), B, Propose(3)) == step(ONE_PROPOSAL)
    assert MANAGER.receive(ONE_PROPOSAL, A, Propose(3)) == step(
        Awaiting(USER, A, 3), Announce(Closed(both, A, (A, B), ())), Send(A, Accept()), Send(B, Reject())
    )
    assert MANAGER.receive(ONE_PROPOSAL, A, Refuse()) == step(
        Awaiting(USER, B, 3), Announce(Closed(Map.of({B: 3}), B, (B,), ())), Send(B, Accept())
    )
    assert MANAGER.best(Map.of({A: 4, B: 3})) == B


def test_when_time_runs_out_the_task_is_awarded_among_those_who_have_proposed_if_anybody_has() -> None:
    learned = (Announce(Learned(NO_PROPOSALS)), Reply(USER, NO_PROPOSALS))

    assert MANAGER.fire(ONE_PROPOSAL, Close()) == step(
        Awaiting(USER, B, 3), Announce(Closed(Map.of({B: 3}), B, (B,), (A,))), Send(B, Accept())
    )
    assert MANAGER.fire(Calling(USER), Close()) == step(Done(NO_PROPOSALS), Announce(Closed(Map(), None, (), (A, B))), *learned)
    assert MANAGER.receive(Calling(USER, refused=frozenset({A})), B, Refuse()) == step(
        Done(NO_PROPOSALS), Announce(Closed(Map(), None, (), ())), *learned
    )


def test_a_manager_learns_what_has_become_of_its_task_also_when_its_user_has_given_up() -> None:
    assert MANAGER.receive(Awaiting(USER, A, 3), A, Inform()) == step(Done(COMPLETED), Announce(Learned(COMPLETED)), Reply(USER, COMPLETED))
    assert MANAGER.receive(Unattended(A, 3), A, Failure(BROKEN)) == step(Done(FAILED), Announce(Learned(FAILED)))


@pytest.mark.parametrize("state", [Awaiting(USER, A, 3), Unattended(A, 3), Done(COMPLETED), Done(FAILED)])
def test_a_proposal_that_comes_too_late_is_rejected_unless_it_is_the_winners_which_comes_again(state: Managing) -> None:
    assert MANAGER.receive(state, B, Propose(1)) == step(state, Send(B, Reject()))
    assert MANAGER.receive(state, A, Propose(3)) is None


@pytest.mark.parametrize("answer", [NO_PROPOSALS, CANCELLED])
def test_where_nobody_has_won_every_proposal_is_too_late(answer: Any) -> None:
    assert MANAGER.receive(Done(answer), A, Propose(1)) == step(Done(answer), Send(A, Reject()))


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (Idle(), Propose(1)),
        (Calling(USER), Failure(LAPSED)),
        (Awaiting(USER, A, 3), Refuse()),
        (Done(COMPLETED), Inform()),
    ],
)
def test_a_manager_does_not_heed_what_it_has_not_asked_for_or_knows(state: Managing, message: Any) -> None:
    assert MANAGER.receive(state, B, message) is None


@pytest.mark.parametrize(
    ("state", "following"),
    [
        (Calling(USER), step(Calling(USER), Reply(OTHER, BUSY))),
        (Awaiting(USER, A, 3), step(Awaiting(USER, A, 3), Reply(OTHER, BUSY))),
        (Unattended(A, 3), step(Awaiting(OTHER, A, 3))),
        (Done(FAILED), step(Done(FAILED), Reply(OTHER, FAILED))),
    ],
)
def test_whoever_asks_again_waits_for_the_same_award_or_is_told_what_has_become_of_the_task(
    state: Managing, following: Step[Managing]
) -> None:
    assert MANAGER.request(state, OTHER, Contract()) == following


def test_a_cancelled_call_ends_at_once_and_a_cancelled_award_when_the_contractor_says_so() -> None:
    cancelled = (Announce(Learned(CANCELLED)), Reply(USER, CANCELLED))
    assert MANAGER.cancel(Calling(USER), USER) == step(Done(CANCELLED), *cancelled, Send(A, Cancel()), Send(B, Cancel()))
    assert MANAGER.cancel(Awaiting(USER, A, 3), USER) == step(Awaiting(USER, A, 3), Send(A, Cancel()))
    assert MANAGER.cancel(Done(COMPLETED), USER) is None


def test_a_user_that_waits_for_a_contractor_gives_up_and_is_told_that_nothing_is_known() -> None:
    states = (Idle(), Calling(USER), Awaiting(USER, A, 3), Unattended(A, 3), Done(COMPLETED))

    assert [MANAGER.armed(state) for state in states] == [(), (Close(),), (GiveUp(),), (), ()]
    assert MANAGER.fire(Awaiting(USER, A, 3), GiveUp()) == step(Unattended(A, 3), Reply(USER, Unknown()))
    assert MANAGER.fire(Idle(), GiveUp()) == step(Idle())
    assert [MANAGER.view(state) for state in (Awaiting(USER, A, 3), Done(FAILED))] == [ManagerView(None), ManagerView(FAILED)]


# ---- a contractor


def test_a_contractor_holds_room_for_what_it_proposes_and_refuses_what_it_cannot_do_or_has_no_room_for() -> None:
    held: Deals = Map.of({M: Holding()})
    refused = (Announce(Declined(N)), Send(N, Refuse()))

    assert ONE.receive(Map(), M, CallForProposals()) == step(held, Announce(Proposed(M, 3)), Send(M, Propose(3)))
    assert ONE.receive(held, N, CallForProposals()) == step(held.put(N, Over(Refuse())), *refused)
    assert Contractor(1, Map()).receive(Map(), N, CallForProposals()) == step(Map.of({N: Over(Refuse())}), *refused)
    assert [ONE.view(state) for state in (ONE.start().state, held)] == [ContractorView(1), ContractorView(0)]


@pytest.mark.parametrize(
    ("deal", "message", "told"),
    [
        (Over(Refuse()), Cancel(), Refuse()),
        (Over(Inform()), Accept(), Inform()),
        (Over(Failure(LAPSED)), Accept(), Failure(LAPSED)),
        (Over(Inform()), Cancel(), Inform()),
    ],
)
def test_what_comes_too_late_or_again_begins_nothing_and_the_manager_is_told_how_the_deal_has_ended(
    deal: Any, message: Any, told: Any
) -> None:
    state: Deals = Map.of({M: deal})
    assert ONE.receive(state, M, message) == step(state, Send(M, told))


def test_what_is_accepted_begins_and_its_end_is_told() -> None:
    working: Deals = Map.of({M: Working()})
    assert ONE.receive(Map.of({M: Holding()}), M, Accept()) == step(working, Announce(Started(M)))
    assert ONE.fire(working, Ends(M, None)) == step(Map.of({M: Over(Inform())}), Send(M, Inform()))
    assert ONE.fire(working, Ends(M, BROKEN)) == step(Map.of({M: Over(Failure(BROKEN))}), Send(M, Failure(BROKEN)))


def test_room_is_released_by_a_rejection_by_a_cancellation_and_by_time() -> None:
    held: Deals = Map.of({M: Holding()})
    working: Deals = Map.of({M: Working()})
    stopped = step(Map.of({M: Over(Failure(CANCELLED))}), Announce(Released(M, CANCELLED)), Send(M, Failure(CANCELLED)))

    assert ONE.receive(held, M, Reject()) == step(Map.of({M: Over(Failure(REJECTED))}), Announce(Released(M, REJECTED)))
    assert [ONE.receive(state, M, Cancel()) for state in (held, working)] == [stopped] * 2
    assert ONE.fire(held, Lapse(M)) == step(Map.of({M: Over(Failure(LAPSED))}), Announce(Released(M, LAPSED)))


def test_what_is_held_may_lapse_and_what_is_begun_may_end_well_or_badly() -> None:
    working: Deals = Map.of({M: Working()})

    assert ONE.armed(working.put(N, Holding())) == (Lapse(N), Ends(M, None), Ends(M, BROKEN))
    assert ONE.armed(Map.of({M: Over(Inform())})) == ()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (Map(), Accept()),
        (Map(), Reject()),
        (Map.of({M: Working()}), CallForProposals()),
        (Map.of({M: Holding()}), CallForProposals()),
        (Map.of({M: Over(Inform())}), CallForProposals()),
        (Map.of({M: Over(Inform())}), Reject()),
    ],
)
def test_a_contractor_does_not_heed_what_is_of_no_use_to_it(state: Deals, message: Any) -> None:
    assert ONE.receive(state, M, message) is None


def test_a_capacity_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="'capacity' must be >= 0: -1"):
        Contractor(-1, Map())


# ---- together


def moves(result: Any, clause: str) -> list[object]:
    return [frame.move for frame in result.verdict(f"contract_net.{clause}").trace if frame.move is not None]


def test_an_award_comes_too_late_when_the_proposal_has_lapsed_under_way() -> None:
    result = explore(system((1,), promises=(*PROMISES, clauses.an_award_comes_too_late)))

    assert moves(result, "an_award_comes_too_late") == [
        Ask(M, USER, Contract()),
        Receive(A, M, CallForProposals()),
        Receive(M, A, Propose(1)),
        Fire(A, Lapse(M)),
        Receive(A, M, Accept()),
        Receive(M, A, Failure(LAPSED)),
    ]


def test_a_contractor_that_does_not_count_what_it_does_takes_on_another_task() -> None:
    assert moves(explore(NEVER_BUSY.system), "nobody_takes_on_too_much") == [
        Ask(M, USER, Contract()),
        Receive(A, M, CallForProposals()),
        Receive(M, A, Propose(1)),
        Receive(A, M, Accept()),
        Ask(N, OTHER, Contract()),
        Receive(A, N, CallForProposals()),
    ]


def test_of_a_task_that_is_awarded_nothing_can_be_learned_before_the_contractor_has_done_with_it() -> None:
    closed = Map.of({M: Closed(Map.of({A: 1}), A, (A,), ())})
    history = History((A,), 1, Map.of({(M, A): 1}), closed=closed)

    assert clauses.truths(history, M) == ()
    assert clauses.truths(evolve(history, ended=Map.of({(M, A): None})), M) == (Completed(A, 1),)
