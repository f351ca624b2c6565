"""Consistency as clauses: of what the clients of shared objects saw, by the operations that a history holds.

Each is made of a model and of a function that reads the operations from the history; the clause belongs to that function's
module, and the explorers ask it once for each history that there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from concordant.spec.common.consistency import causality
from concordant.spec.common.consistency.judging import linearization, sequential_order
from concordant.spec.common.consistency.objects import Model, Register
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.common.consistency.ordering import Judgement, Ordered, Unordered
from concordant.spec.vocabulary import Always, Case, Cases, Fault, Need, Seen, case
from concordant.spec.vocabulary.stems import stem_of

H = TypeVar("H")


def linearizable(
    model: Model[Any, Any], observed: Callable[[H], Iterable[Operation]], *, under: Fault = Fault.NONE, needs: Need = Need.NONE
) -> Always[H]:
    """Promise that each operation takes effect at one moment between its begin and its end. Judged object by object.

    Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects" (TOPLAS 1990).
    """

    def cases(seen: Seen[H]) -> Cases:
        for key, judgement in linearization(model, observed(seen.history)).items():
            yield _case(judgement, object=key)

    sentence = "What the clients see is what each object would answer to one client at a time, in an order that keeps who came before whom."
    return _clause("linearizable", sentence, observed, cases, under, needs)


def sequentially_consistent(
    model: Model[Any, Any], observed: Callable[[H], Iterable[Operation]], *, under: Fault = Fault.NONE, needs: Need = Need.NONE
) -> Always[H]:
    """Promise the same of an order that keeps the order of each client only. It may hold of each object and not of all together.

    Lamport, "How to make a multiprocessor computer that correctly executes multiprocess programs" (1979).
    """

    def cases(seen: Seen[H]) -> Cases:
        operations = tuple(observed(seen.history))
        if any(operation.ends is not None for operation in operations):
            yield _case(sequential_order(model, operations))

    sentence = "What the clients see is what the objects would answer to one client at a time, in an order that keeps that of each client."
    return _clause("sequentially_consistent", sentence, observed, cases, under, needs)


def causal(
    model: Register, observed: Callable[[H], Iterable[Operation]], *, under: Fault = Fault.NONE, needs: Need = Need.NONE
) -> Always[H]:
    """Promise that each client sees writes in an order that keeps causes before effects. Every value is to be written once.

    Ahamad, Neiger, Burns, Kohli and Hutto, "Causal memory" (Distributed Computing 1995).
    """

    def cases(seen: Seen[H]) -> Cases:
        for client, judgement in causality.causal_orders(model, observed(seen.history)).items():
            yield _case(judgement, client=client)

    sentence = (
        "Each client sees all writes in an order that keeps what a client did, and what it read from another, before what that did later."
    )
    return _clause("causal", sentence, observed, cases, under, needs)


def reads_own_writes(
    model: Register, observed: Callable[[H], Iterable[Operation]], *, under: Fault = Fault.NONE, needs: Need = Need.NONE
) -> Always[H]:
    """Promise *read your writes*. Every value is to be written once.

    Terry, Demers, Petersen, Spreitzer, Theimer and Welch, "Session guarantees for weakly consistent replicated data" (1994).
    """

    def cases(seen: Seen[H]) -> Cases:
        for key, judgement in causality.own_writes(model, observed(seen.history)).items():
            yield _case(judgement, object=key)

    sentence = "Who reads after it wrote sees its last write, or one that comes later in an order of the writes that is the same for all."
    return _clause("reads_own_writes", sentence, observed, cases, under, needs)


def _case(judgement: Judgement, **facts: object) -> Case:
    told = {"cannot_be_ordered": judgement.stuck, "after": judgement.explained} if isinstance(judgement, Unordered) else {}
    return case(isinstance(judgement, Ordered), **facts, **told)


def _clause(
    name: str,
    sentence: str,
    observed: Callable[[H], Iterable[Operation]],
    cases: Callable[[Seen[H]], Cases],
    under: Fault,
    needs: Need,
) -> Always[H]:
    return Always(f"{stem_of(observed.__module__)}.{name}", sentence, "", under, needs, cases)
