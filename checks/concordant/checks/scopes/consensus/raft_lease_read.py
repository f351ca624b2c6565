"""The scopes of Raft's lease reads."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.scopes.consensus.raft import sending
from concordant.refimpl.consensus.raft_lease_read import SAFETY, system
from concordant.refimpl.machine import Ask, Move, System, Tick
from concordant.spec.consensus import raft_lease_read as spec
from concordant.spec.consensus.raft import History
from concordant.spec.vocabulary import Address, Clocks, Faults, Network, Seen, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, _ = addresses("server", 3)

CRASHING = evolve(TIMELY, crashes=1, recoveries=1, who=(S1,))
PROMISED = (
    spec.a_promise_is_true,
    spec.what_is_promised_is_known,
    spec.what_was_promised_was_said,
    spec.who_has_promised_elects_nobody,
)
OWN = (spec.linearizable, spec.an_answer_is_true, spec.a_read_is_confirmed_or_leased, *PROMISED)


def still(whole: System[History], *who: Address) -> System[History]:
    """Return a system in which the clocks of these stand still."""

    def no_tick(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Tick) and move.at in who)

    return evolve(whole, assume=(*whole.assume, no_tick))


def asked_late(whole: System[History]) -> System[History]:
    """Return a system in which clients ask only once something is known to be committed."""

    def once_committed(move: Move, seen: Seen[History]) -> bool:
        return not isinstance(move, Ask) or any(view.commit for view in seen.views(spec.ServerView).values())

    return evolve(whole, assume=(*whole.assume, once_committed))


SCOPES = (
    Scope(
        "deposed",
        "three servers, of which two lead in turn; the first does not hear of it, and is asked for a read, with a lease or without, once the second has committed",
        system(
            (S1, ("y",)),
            (S0, (None,)),
            candidates=(S0, S1),
            behind=S0,
            network=LOSSY,
            faults=TIMELY,
            promises=(*SAFETY, spec.a_leader_without_a_lease_is_asked),
        ),
        Counts(1_657, 4_234, 51),
    ),
    Scope(
        "apart",
        "two servers, of which one leads, by a clock that stands still while the other goes on by up to two, and a client that reads",
        still(
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
            ),
            S0,
        ),
        Counts(324, 651, 23),
    ),
    Scope(
        "copies",
        "two servers, of which one leads, and a client that reads; messages are duplicated, and come at any time, and clocks stand still",
        still(system((S0, (None,)), servers=2, candidates=(S0,)), S0, S1),
        Counts(197, 1_269, 16),
    ),
    Scope(
        "out_of_turn",
        "two servers, which lead in turn, the second in silence; messages are duplicated, and come at any time, and the clock of the first goes on",
        sending(still(system(servers=2, candidates=(S0, S1), length=1, guard=1, clocks=Clocks(1), promises=PROMISED), S1), (S0, S1)),
        Counts(572, 3_074, 17),
    ),
    Scope(
        "replaced",
        "two servers, which lead in turn, the second once it has promised nothing any more",
        system(servers=2, candidates=(S0, S1), length=2, guard=2, clocks=Clocks(2), network=RELIABLE, faults=TIMELY, promises=PROMISED),
        Counts(445, 704, 31),
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
        still(system((S0, ("x",)), (S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, promises=OWN), S0, S1),
        Counts(490, 1_121, 28),
    ),
    Scope(
        "runs_out",
        "two servers, of which one leads, and a client that reads; only the clock of the leader goes on, to where its lease is laid down",
        still(
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
            ),
            S1,
        ),
        Counts(304, 603, 23),
    ),
    Scope(
        "asked_anywhere",
        "two servers, which lead in turn, and a client that writes at the first and then reads there, whether that leads, has led, or never will; clocks stand still",
        still(system((S0, ("x", None)), servers=2, candidates=(S0, S1), informed=False, network=RELIABLE, faults=TIMELY), S0, S1),
        Counts(267, 506, 25),
    ),
    Scope(
        "one_asks_a_follower",
        "two servers, of which one leads, and two clients, of which one writes and reads there and the other reads at the follower; clocks stand still",
        still(
            system((S1, ("x", None)), (S0, (None,)), servers=2, candidates=(S1,), informed=False, network=RELIABLE, faults=TIMELY), S0, S1
        ),
        Counts(488, 1_180, 26),
    ),
    Scope(
        "recovery",
        "two servers, of which one leads, and the other crashes and comes back; any message is lost, a client reads once something is committed, and clocks stand still",
        still(asked_late(system((S0, (None,)), servers=2, candidates=(S0,), network=LOSSY, faults=CRASHING)), S0, S1),
        Counts(1_112, 4_399, 21),
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
