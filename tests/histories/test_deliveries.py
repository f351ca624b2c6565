"""Promises of delivery: each is kept by the recordings of its kind, and broken by one happening too many, too few or too early."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product

import pytest

from concordant.spec.common.consistency.deliveries import PROMISES, Broken, Delivered, Messages, Sent, at_most_once, causal, fifo, total
from concordant.spec.vocabulary import Address

A, B, C = (Address(name) for name in ("a", "b", "c"))


def recorded(*happenings: str) -> Messages:
    """Make a recording of words: `a!m` is sent by a to all, `a!m>b` to b, `b?m` is delivered to b."""
    sent, delivered = list[Sent](), list[Delivered]()
    for moment, word in enumerate(happenings):
        if "!" in word:
            by, _, rest = word.partition("!")
            message, _, to = rest.partition(">")
            sent.append(Sent(Address(by), message, moment, Address(to) if to else None))
        else:
            at, _, message = word.partition("?")
            delivered.append(Delivered(Address(at), message, moment))
    return Messages(tuple(sent), tuple(delivered))


def broken(messages: Messages) -> set[str]:
    return {name for name, promise in PROMISES.items() if any(promise(messages))}


@pytest.mark.parametrize(
    ("happenings", "promises"),
    [
        ("a!m b?m", set()),
        ("a!m>b a!n>b b?m b?n", set()),
        ("a!m>b a!n>b b?n b?m", {"fifo", "causal"}),
        ("a!m>b a!n>b b?n", {"at-least-once", "exactly-once", "fifo", "causal"}),
        ("a!m>b b?m b?m", {"at-most-once", "exactly-once"}),
        ("a!m>b", {"at-least-once", "exactly-once"}),
        ("a!m b!n c?m c?n d?m d?n a?n b?m", set()),
        ("a!m>b c?m", set(PROMISES)),
        ("b?m a!m>b", set(PROMISES)),
        ("a!m b?m b!n c?n c?m a?n", {"causal"}),
        ("a!m b?m b!n c?m c?n a?n", set()),
        ("a!m b!n b?m a?n c?m c?n", set()),
        ("a!m b!n c?m c?n d?n d?m a?n b?m", {"total"}),
        ("a!k>b a!m>c c?m c!n>b b?n b?k", {"causal"}),
    ],
)
def test_what_breaks_which_promise(happenings: str, promises: set[str]) -> None:
    assert broken(recorded(*happenings.split())) == promises


def test_what_breaks_an_order_is_told_with_the_moments_that_show_it() -> None:
    assert list(fifo(recorded("a!m>b", "a!n>b", "b?n", "b?m"))) == [Broken("b0 is delivered 'n' of a0 before 'm' of a0", (0, 2))]
    orders = list(total(recorded("a!m", "b!n", "c?m", "c?n", "d?n", "d?m")))
    assert orders == [Broken("c0 is delivered 'm' before 'n', and d0 after it", (2, 3, 4, 5))]


def test_who_is_told_to_have_sent_a_message_has_sent_it() -> None:
    sent = (Sent(A, "m", 0, B),)

    assert not any(at_most_once(Messages(sent, (Delivered(B, "m", 1, A),))))
    assert list(at_most_once(Messages(sent, (Delivered(B, "m", 1, C),)))) == [Broken("b0 is delivered 'm' of c0, which is of a0", (0, 1))]


def test_two_messages_of_one_content_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="'m' is sent twice, at 0 and 1; give each a content of its own"):
        recorded("a!m", "b!m")


def happened_before(happenings: Sequence[str], first: int, second: int) -> bool:
    """Say by the definition whether what is sent at one place happened before what is sent at another."""
    edges = {
        (one, other)
        for one, other in product(range(len(happenings)), repeat=2)
        if one < other
        and (
            happenings[one][0] == happenings[other][0] or (happenings[one][1] == "!" and happenings[other][1:] == f"?{happenings[one][2]}")
        )
    }
    reached, waiting = {first}, [first]
    while waiting:
        here = waiting.pop()
        for one, other in edges:
            if one == here and other not in reached:
                reached.add(other)
                waiting.append(other)
    return second in reached and second != first


def test_causal_order_is_lamports_on_every_recording_of_three_broadcasts() -> None:
    words = ("a!m", "b!n", "b?m", "a?n", "c?m", "c?n")
    count = 0
    for happenings in permutations(words):
        places = {word: place for place, word in enumerate(happenings)}
        if all(places[f"{at}?{message}"] > places[f"{by}!{message}"] for by, message, at in ("amb", "amc", "bna", "bnc")):
            count += 1
            m_first = happened_before(happenings, places["a!m"], places["b!n"])
            n_first = happened_before(happenings, places["b!n"], places["a!m"])
            wrong = (m_first and places["c?n"] < places["c?m"]) or (n_first and places["c?m"] < places["c?n"])
            assert any(causal(recorded(*happenings))) == wrong
    assert count == 80
