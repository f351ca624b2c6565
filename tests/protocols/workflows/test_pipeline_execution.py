"""A pipeline, input in and step out, and the shortest ways to what can happen."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.workflows.pipeline_execution import (
    CONSUMER,
    PIPELINE,
    PRODUCER,
    AtWork,
    Flow,
    Pipeline,
    parts,
    system,
)
from concordant.spec.vocabulary import Address, Announce, Reply
from concordant.spec.workflows.pipeline_execution import (
    CLOSED,
    WITHDRAWN,
    Accepted,
    Began,
    Close,
    Ended,
    Fails,
    Failure,
    Finishes,
    Lines,
    Over,
    PipelineView,
    Put,
    Stop,
    Take,
    Taken,
    Yields,
)
from concordant.spec.workflows.pipeline_execution import clauses as spec

ONE = Pipeline((1, 1))
OTHER = Address("other")
EMPTY = Flow(((), ()), (None,))
AT_WORK = Flow(((), ()), (AtWork((0,)),), accepted=1)
FULL = Flow((((1,),), ((0, 0),)), (AtWork((0,), 2, (0, 1)),), accepted=2)
ENDED = Flow(((), ()), (None,), ended=True)


@pytest.mark.parametrize(("capacities", "rule"), [((1,), "must be >= 2"), ((1, 0), "must be >= 1")])
def test_a_pipeline_has_a_stage_and_room_for_one_item_everywhere(capacities: tuple[int, ...], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        Pipeline(capacities)


def test_an_item_that_is_put_in_goes_on_as_far_as_it_can() -> None:
    assert ONE.start() == step(EMPTY)
    assert ONE.request(EMPTY, PRODUCER, Put()) == step(AT_WORK, Reply(PRODUCER, Accepted(0)), Announce(Began(0, (0,))))
    assert ONE.armed(AT_WORK) == (Yields(0), Finishes(0), Fails(0))


def test_who_finds_no_room_waits_and_so_does_who_finds_nothing() -> None:
    assert ONE.request(FULL, PRODUCER, Put()) == step(Flow(FULL.buffers, FULL.stages, (PRODUCER,), accepted=2))
    assert ONE.request(EMPTY, CONSUMER, Take()) == step(Flow(EMPTY.buffers, EMPTY.stages, taking=(CONSUMER,)))
    assert ONE.armed(FULL) == ()


def test_what_is_made_goes_to_who_waits_for_it() -> None:
    waits = Flow(((), ()), (AtWork((0,)),), taking=(CONSUMER, OTHER), accepted=1)

    assert ONE.fire(waits, Yields(0)) == step(
        Flow(((), ()), (AtWork((0,), 1),), taking=(OTHER,), accepted=1), Reply(CONSUMER, Taken((0, 0)))
    )


def test_who_takes_out_makes_room_for_all_who_wait_for_some() -> None:
    waits = Flow(FULL.buffers, FULL.stages, (PRODUCER,), accepted=2)

    taken = ONE.request(waits, CONSUMER, Take())
    assert taken == step(Flow((((1,),), ((0, 1),)), (AtWork((0,), 2),), (PRODUCER,), accepted=2), Reply(CONSUMER, Taken((0, 0))))
    assert ONE.fire(taken.state, Finishes(0)) == step(
        Flow((((2,),), ((0, 1),)), (AtWork((1,)),), accepted=3), Announce(Began(0, (1,))), Reply(PRODUCER, Accepted(2))
    )


def test_a_failure_is_told_at_the_end() -> None:
    draining = Flow(((), ()), (AtWork((0,)),), taking=(CONSUMER,), closer=PRODUCER)

    assert ONE.fire(draining, Fails(0)) == step(
        ENDED, Reply(PRODUCER, Ended(frozenset({Failure(0, (0,))}), frozenset())), Reply(CONSUMER, Over())
    )


def test_to_close_turns_away_who_waits_for_room_and_lets_all_else_come_out() -> None:
    waits = Flow(FULL.buffers, FULL.stages, (PRODUCER,), accepted=2)

    draining = ONE.request(waits, OTHER, Close())
    assert draining == step(Flow(FULL.buffers, FULL.stages, (), accepted=2, closer=OTHER), Reply(PRODUCER, CLOSED))
    assert ONE.request(draining.state, PRODUCER, Put()) == step(draining.state, Reply(PRODUCER, CLOSED))
    assert ONE.request(draining.state, PRODUCER, Close()) == step(draining.state, Reply(PRODUCER, CLOSED))
    assert ONE.request(EMPTY, OTHER, Close()) == step(ENDED, Reply(OTHER, Ended(frozenset(), frozenset())))


def test_to_stop_tells_what_is_given_up_and_all_who_wait() -> None:
    told = Ended(frozenset(), frozenset({(0,), (0, 0), (0, 1), (1,)}))
    waits = Flow(FULL.buffers, FULL.stages, (PRODUCER,), accepted=2)
    draining = Flow(((), ()), (AtWork((0,)),), taking=(CONSUMER,), closer=PRODUCER)

    assert ONE.request(waits, OTHER, Stop()) == step(ENDED, Reply(OTHER, told), Reply(PRODUCER, CLOSED))
    given_up = Ended(frozenset(), frozenset({(0,)}))
    assert ONE.request(draining, OTHER, Stop()) == step(ENDED, Reply(OTHER, given_up), Reply(PRODUCER, given_up), Reply(CONSUMER, Over()))
    assert ONE.request(ENDED, OTHER, Stop()) == step(ENDED, Reply(OTHER, CLOSED))
    failed = frozenset({Failure(0, (0,))})
    assert ONE.request(Flow(((), ()), (None,), accepted=1, failed=failed), OTHER, Stop()) == step(
        ENDED, Reply(OTHER, Ended(failed, frozenset()))
    )
    assert ONE.request(ENDED, OTHER, Take()) == step(ENDED, Reply(OTHER, Over()))


def test_who_waits_may_cancel_but_not_who_closes() -> None:
    waits = Flow(FULL.buffers, FULL.stages, (PRODUCER, OTHER), accepted=2)

    assert ONE.cancel(waits, PRODUCER) == step(Flow(FULL.buffers, FULL.stages, (OTHER,), accepted=2), Reply(PRODUCER, WITHDRAWN))
    assert ONE.cancel(Flow(((), ()), (AtWork((0,)),), closer=OTHER), OTHER) is None


def test_a_stage_without_an_item_ends_nothing() -> None:
    with pytest.raises(ValueError, match="stage 0 works on nothing; only what is armed may fire"):
        ONE.fire(EMPTY, Finishes(0))


def test_an_outsider_sees_what_is_under_way() -> None:
    assert ONE.view(FULL) == PipelineView((((1,),), ((0, 0),)), ((0,),), ((0, 1),), is_open=True)
    assert ONE.view(ENDED) == PipelineView(((), ()), (None,), (None,), is_open=False)


def test_what_a_stage_does_that_has_begun_nothing_tells_a_history_nothing() -> None:
    history = Lines.of((1, 1))

    assert history.after(PIPELINE, PIPELINE, Finishes(0)) == history
    assert history.work(0).item == ()


def test_environments_make_so_many_parts_and_no_more() -> None:
    report = explore(system(1, 1, items=1, made=parts(2, 2), examples=(spec.some_come_out_in_parts,)))
    trace = report.verdict("pipeline_execution.some_come_out_in_parts").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(PIPELINE, PRODUCER, Put()),
        Ask(PIPELINE, CONSUMER, Take()),
        Fire(PIPELINE, Yields(0)),
        Ask(PIPELINE, CONSUMER, Take()),
        Fire(PIPELINE, Yields(0)),
    ]
