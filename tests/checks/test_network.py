"""How messages travel. Counts are worked out by hand beside each test."""

from __future__ import annotations

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import AnyProcess, System
from concordant.spec.vocabulary import Fault, Network, NoHistory
from tests.checks.toys import A, B, C, Collector, Listener, Resender, Teller, Toy
from tests.checks.walks import counts, kept, moves

LOSSY = Network(losses=None)


def told(*numbers: int, by: AnyProcess, network: Network = Network()) -> System[NoHistory]:
    """Return a system in which `a` sends notes to `b`."""
    return System({A: Teller(B, numbers), B: by}, NoHistory(), (), network)


# ---- any order


def test_messages_arrive_in_any_order_and_equal_ones_are_one_choice() -> None:
    system = told(1, 2, 1, by=Listener())

    assert moves(system) == ["b0 receives Note(1) from a0", "b0 receives Note(2) from a0"]
    # heard: -, 1, 2, 11, 12, 21, 112, 121, 211; each but the last three goes on by one move per distinct note left
    assert counts(system) == (9, 2 + (2 + 1) + (1 + 1 + 1), 4)


def test_of_two_equal_messages_one_is_left_after_a_delivery() -> None:
    system = told(1, 1, by=Listener())

    assert moves(system, "b0 receives Note(1) from a0") == ["b0 receives Note(1) from a0"]
    assert moves(system, "b0 receives Note(1) from a0", "b0 receives Note(1) from a0") == []


def test_moves_of_the_network_come_by_sender_then_receiver_then_content() -> None:
    system = System({A: Teller(C, (2, 1)), B: Teller(A, (5,)), C: Teller(A, (4,))}, NoHistory(), ())

    assert moves(system) == [
        "c0 receives Note(1) from a0",
        "c0 receives Note(2) from a0",
        "a0 receives Note(5) from b0",
        "a0 receives Note(4) from c0",
    ]


def test_an_ignored_message_is_consumed_and_that_is_a_move() -> None:
    # in flight: 12, 1, 2, nothing
    assert counts(told(1, 2, by=Toy())) == (4, 4, 3)


# ---- duplication


def test_on_a_duplicating_network_a_delivery_does_not_consume() -> None:
    system = told(1, 2, by=Listener(), network=Network(duplicating=True))

    assert kept(system, *["b0 receives Note(1) from a0"] * 3)[B] == (1, 1, 1)


def test_on_a_duplicating_network_a_receive_without_effect_is_no_move() -> None:
    # kept: -, 1, 2, 12, each by the notes that it lacks
    assert counts(told(1, 2, by=Collector(), network=Network(duplicating=True))) == (4, 2 + 1 + 1, 3)
    assert counts(told(1, 2, by=Toy(), network=Network(duplicating=True))) == (1, 0, 1)


def test_on_a_duplicating_network_a_message_sent_again_is_the_same_one() -> None:
    system = System({A: Resender(B), B: Collector()}, NoHistory(), (), Network(duplicating=True))

    # nothing sent; sent; sent and kept. Each fires; the second also receives
    assert counts(system) == (3, 3 + 1, 3)
    assert explore(system).dropped == 0


# ---- loss


def test_any_number_of_messages_may_be_lost() -> None:
    system = told(1, 2, by=Collector(), network=LOSSY)

    assert moves(system) == [
        "b0 receives Note(1) from a0",
        "the network loses Note(1) from a0 to b0",
        "b0 receives Note(2) from a0",
        "the network loses Note(2) from a0 to b0",
    ]
    # each of two notes is in flight, kept or lost; one in flight has two moves, in three states of the other
    assert counts(system) == (3 * 3, 2 * 2 * 3, 3)


def test_no_more_messages_are_lost_than_allowed() -> None:
    system = told(1, 2, by=Collector(), network=Network(losses=1))

    assert moves(system, "the network loses Note(1) from a0 to b0") == ["b0 receives Note(2) from a0"]
    # as before without: both lost, and so without the two losses that lead there
    assert counts(system) == (9 - 1, 12 - 2, 3)


def test_an_allowance_of_two_losses_allows_two() -> None:
    system = told(1, 2, 3, by=Collector(), network=Network(losses=2))

    # each of three notes is in flight, kept or lost: all but the state in which all are lost, and the three losses that lead there
    assert counts(system) == (27 - 1, 3 * 2 * 9 - 3, 4)


def test_a_lost_message_of_a_duplicating_network_is_gone_for_good() -> None:
    system = told(1, by=Listener(), network=Network(duplicating=True, losses=None))

    assert moves(system, "b0 receives Note(1) from a0", "the network loses Note(1) from a0 to b0") == []


# ---- copies and capacity


def test_one_copy_too_many_is_dropped_when_it_is_sent() -> None:
    report = explore(System({A: Resender(B), B: Toy()}, NoHistory(), (), Network(losses=None, copies=2)))

    # in flight: 0, 1, 2; each fires, at 2 in vain; 1 and 2 are received or lost
    assert (report.states, report.transitions, report.depth) == (3, 3 + 2 + 2, 3)
    assert report.dropped == 1
    assert report.occurred is Fault.LOSS


def test_copies_are_counted_per_message() -> None:
    report = explore(System({A: Resender(B, (1, 2)), B: Toy()}, NoHistory(), (), Network(losses=None, copies=1)))

    # each of two notes is in flight or not; both always fire; one in flight is received or lost
    assert (report.states, report.transitions, report.depth) == (4, 4 * 2 + 4 + 4, 3)
    assert report.dropped == 2 * 2


def test_a_full_channel_drops_every_further_message() -> None:
    report = explore(System({A: Resender(B, (1, 2)), B: Toy()}, NoHistory(), (), Network(losses=None, capacity=2)))

    # in flight: -, 1, 2, 11, 12, 22; both always fire; what is received or lost: one choice each but two of 12
    assert (report.states, report.transitions, report.depth) == (6, 6 * 2 + 6 + 6, 3)
    assert report.dropped == 3 * 2


def test_capacity_is_counted_per_channel() -> None:
    report = explore(System({A: Resender(B), B: Resender(A)}, NoHistory(), (), Network(losses=None, capacity=1)))

    # each of two channels is empty or full; both always fire; a full one is received from or loses
    assert (report.states, report.transitions) == (4, 4 * 2 + 4 + 4)


# ---- FIFO


def test_on_a_fifo_network_only_the_head_of_a_channel_is_delivered() -> None:
    system = told(2, 1, 2, by=Listener(), network=Network(fifo=True))

    assert moves(system) == ["b0 receives Note(2) from a0"]
    assert counts(system) == (4, 3, 4)


def test_on_a_fifo_network_only_the_head_of_a_channel_is_lost() -> None:
    system = told(2, 1, 3, by=Listener(), network=Network(fifo=True, losses=None))

    assert moves(system) == ["b0 receives Note(2) from a0", "the network loses Note(2) from a0 to b0"]
    # each head is kept or lost in turn
    assert counts(system) == (1 + 2 + 4 + 8, 2 + 4 + 8, 4)


def test_fifo_orders_no_two_channels() -> None:
    system = System({A: Teller(C, (1, 2)), B: Teller(C, (3,)), C: Listener()}, NoHistory(), (), Network(fifo=True))

    # heard, where 1 comes before 2: -, 1, 3, 12, 13, 31, 123, 132, 312
    assert counts(system) == (9, 2 + (2 + 1) + (1 + 1 + 1), 4)


def test_a_full_fifo_channel_keeps_its_order() -> None:
    report = explore(System({A: Resender(B, (1, 2)), B: Toy()}, NoHistory(), (), Network(fifo=True, losses=None, capacity=2)))

    # in flight: -, 1, 2, 11, 12, 21, 22; both always fire; the head of six is received or lost
    assert (report.states, report.transitions, report.depth) == (7, 7 * 2 + 6 + 6, 3)
    assert report.dropped == 4 * 2
