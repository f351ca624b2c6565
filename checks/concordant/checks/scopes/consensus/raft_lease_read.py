"""The scopes of Raft's lease reads."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.scopes.consensus.raft import losing, sending
from concordant.refimpl.consensus.raft_lease_read import system
from concordant.refimpl.machine import Ask, Move, Receive, System, Tick
from concordant.spec.consensus import raft_lease_read as spec
from concordant.spec.consensus.raft import AppendEntries, History
from concordant.spec.vocabulary import Address, Clocks, Faults, Network, Seen, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2 = addresses("server", 3)

CRASHING = evolve(TIMELY, crashes=1, recoveries=1, who=(S1,))
PROMISED = (
    spec.a_promise_is_true,
    spec.what_is_promised_is_known,
    spec.what_was_promised_was_said,
    spec.what_was_promised_stays_promised,
    spec.who_has_promised_elects_nobody,
    spec.who_has_promised_is_not_disturbed,
)
OWN = (spec.linearizable, spec.an_answer_is_true, spec.a_read_is_confirmed_or_leased, *PROMISED)


def still(whole: System[History], *who: Address) -> System[History]:
    """Return a system in which the clocks of these stand still."""

    def no_tick(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Tick) and move.at in who)

    return evolve(whole, assume=(*whole.assume, no_tick))


def never_behind(whole: System[History], who: Address) -> System[History]:
    """Return a system in which the clock of this server goes on before all others."""

    def after_it(move: Move, seen: Seen[History]) -> bool:
        history = seen.history
        return not isinstance(move, Tick) or move.at == who or (isinstance(history, spec.History) and move.now <= history.now(who))

    return evolve(whole, assume=(*whole.assume, after_it))


def without_entries(whole: System[History]) -> System[History]:
    """Return a system in which entries are sent, and never come."""

    def no_entry(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Receive) and isinstance(move.message, AppendEntries))

    return evolve(whole, assume=(*whole.assume, no_entry))


def asked_late(whole: System[History]) -> System[History]:
    """Return a system in which clients ask only once something is known to be committed."""

    def once_committed(move: Move, seen: Seen[History]) -> bool:
        return not isinstance(move, Ask) or any(view.commit for view in seen.views(spec.ServerView).values())

    return evolve(whole, assume=(*whole.assume, once_committed))


SCOPES = (
    Scope(
        "deposed",
        "three servers, of which two lead in turn, and send to one other each; the first does not hear of the second, and is asked for a read, with a lease or without, once that has committed; the clock of the third is never behind",
        never_behind(
            sending(
                system(
                    (S1, ("y",)),
                    (S0, (None,)),
                    candidates=(S0, S1),
                    behind=S0,
                    network=LOSSY,
                    faults=TIMELY,
                    promises=(*OWN, spec.a_leader_without_a_lease_is_asked),
                ),
                (S0, S1),
                (S1, S2),
            ),
            S2,
        ),
        Counts(798, 2_067, 51),
    ),
    Scope(
        "apart",
        "two servers, of which one leads, by a clock that stands still while the other goes on by up to two, and a client that reads once something is committed",
        still(
            asked_late(
                system(
                    (S0, (None,)),
                    servers=2,
                    candidates=(S0,),
                    length=3,
                    guard=2,
                    clocks=Clocks(2, skew=2),
                    network=RELIABLE,
                    faults=TIMELY,
                    promises=(*OWN, spec.a_lease_answers_without_a_round),
                )
            ),
            S0,
        ),
        Counts(180, 319, 23),
    ),
    Scope(
        "copies",
        "two servers, of which one leads, and a client that reads once something is committed; messages are duplicated, and come at any time, and clocks stand still",
        still(asked_late(system((S0, (None,)), servers=2, candidates=(S0,))), S0, S1),
        Counts(101, 615, 16),
    ),
    Scope(
        "out_of_turn",
        "two servers, which lead in turn, the second in silence, by clocks that go on; messages are duplicated, and come at any time, but for entries, which never come",
        without_entries(sending(system(servers=2, candidates=(S0, S1), length=1, guard=1, clocks=Clocks(1), promises=PROMISED), (S0, S1))),
        Counts(226, 1_000, 13),
    ),
    Scope(
        "late",
        "three servers, of which one leads, and asks for a promise of another that does not know yet that it stands; messages are duplicated, and come at any time, but for entries, which never come, and clocks stand still",
        without_entries(sending(still(system(candidates=(S0,), promises=PROMISED), S0, S1, S2), (S0, S2))),
        Counts(25, 99, 9),
    ),
    Scope(
        "stands_again",
        "two servers, of which the one that leads crashes, comes back, and stands before the promise of the other ends; clocks stand still",
        still(
            system(
                servers=2,
                candidates=(S0, S0),
                network=RELIABLE,
                faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
                promises=PROMISED,
            ),
            S0,
            S1,
        ),
        Counts(218, 346, 33),
    ),
    Scope(
        "writes_and_reads",
        "two servers, of which one leads, and two clients, of which one writes there and the other reads; clocks stand still",
        still(
            system(
                (S0, ("x",)),
                (S0, (None,)),
                servers=2,
                candidates=(S0,),
                network=RELIABLE,
                faults=TIMELY,
                promises=(*OWN, spec.a_lease_answers_without_a_round),
            ),
            S0,
            S1,
        ),
        Counts(490, 1_121, 28),
    ),
    Scope(
        "runs_out",
        "two servers, of which one leads, and a client that reads once something is committed; only the clock of the leader goes on, to where its lease is laid down",
        still(
            asked_late(
                system(
                    (S0, (None,)),
                    servers=2,
                    candidates=(S0,),
                    length=3,
                    guard=2,
                    clocks=Clocks(1),
                    network=RELIABLE,
                    faults=TIMELY,
                    promises=OWN,
                )
            ),
            S1,
        ),
        Counts(208, 382, 23),
    ),
    Scope(
        "asked_anywhere",
        "two servers, which lead in turn, and a client that writes at the first and then reads there, whether that leads, has led, or never will; clocks stand still",
        still(system((S0, ("x", None)), servers=2, candidates=(S0, S1), informed=False, network=RELIABLE, faults=TIMELY), S0, S1),
        Counts(267, 506, 25),
    ),
    Scope(
        "recovery",
        "two servers, of which one leads, and the other crashes and comes back; any message to that is lost, a client reads once something is committed, and clocks stand still",
        still(asked_late(losing(system((S0, (None,)), servers=2, candidates=(S0,), network=LOSSY, faults=CRASHING), to=S1)), S0, S1),
        Counts(606, 1_977, 20),
    ),
    Scope(
        "promised",
        "two servers, of which one leads, and the other crashes, comes back and stands, by clocks that differ by up to two; any message is lost",
        system(
            servers=2, candidates=(S0, S1), behind=S0, length=1, clocks=Clocks(2, skew=2), network=LOSSY, faults=CRASHING, promises=PROMISED
        ),
        Counts(222, 378, 18),
    ),
)
