"""The scopes of Raft's read index."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.scopes.consensus.raft import losing, sending
from concordant.refimpl.consensus.raft_read_index import SAFETY, system
from concordant.refimpl.machine import Ask, Crash, Move, System
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import History
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.vocabulary import Faults, Network, Seen, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, _ = addresses("server", 3)
ANSWERED = (*SAFETY, core.every_request_is_answered)


def asked_late(whole: System[History]) -> System[History]:
    """Return a system in which clients ask only once something is committed."""

    def once_committed(move: Move, seen: Seen[History]) -> bool:
        return not isinstance(move, Ask) or bool(seen.history.committed)

    return evolve(whole, assume=(*whole.assume, once_committed))


def crashing_once_asked(whole: System[History]) -> System[History]:
    """Return a system in which nobody crashes before a client was answered, or waits."""

    def once_asked(move: Move, seen: Seen[History]) -> bool:
        calls = seen.history.calls
        return not isinstance(move, Crash) or bool(calls.open or calls.answered)

    return evolve(whole, assume=(*whole.assume, once_asked))


SCOPES = (
    Scope(
        "deposed",
        "three servers, of which two lead in turn; the first does not hear of it, and is asked for a read when the second may have written",
        system(
            (S1, ("y",)),
            (S0, (None,)),
            candidates=(S0, S1),
            behind=S0,
            network=LOSSY,
            faults=TIMELY,
            promises=(*SAFETY, spec.a_deposed_leader_is_asked),
        ),
        Counts(531, 1_135, 36),
    ),
    Scope(
        "succession",
        "two servers, which lead in turn: what a client has written at the first, another reads at the second; any message to that is lost",
        losing(
            system(
                (S0, ("x",)),
                (S1, (None,)),
                servers=2,
                candidates=(S0, S1),
                network=LOSSY,
                faults=TIMELY,
                promises=(*SAFETY, spec.a_new_leader_is_asked, spec.what_was_written_is_read),
            ),
            to=S1,
        ),
        Counts(331, 621, 30),
    ),
    Scope(
        "copies",
        "two servers, of which one leads, and a client that reads, writes, and reads again; messages are duplicated, and come at any time",
        system((S0, (None, "x", None)), servers=2, candidates=(S0,), promises=ANSWERED),
        Counts(207, 1_620, 24),
    ),
    Scope(
        "copies_in_turn",
        "two servers, which lead in turn, the second in silence, and a client that reads at the first, before, while or after it leads; messages are duplicated, and come at any time",
        sending(system((S0, (None,)), servers=2, candidates=(S0, S1), informed=False), (S0, S1)),
        Counts(552, 2_888, 19),
    ),
    Scope(
        "recovery",
        "two servers, of which one leads, and the other crashes and comes back; any message is lost any number of times, but not for ever",
        system(
            (S0, ("x", None)),
            servers=2,
            candidates=(S0,),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
            promises=ANSWERED,
        ),
        Counts(275, 777, 21),
    ),
    Scope(
        "readers",
        "two servers, of which one leads, and two clients that ask once something is committed, and read, of which one writes before; any message to the other server is lost",
        asked_late(
            losing(
                system((S0, ("x", None)), (S0, (None,)), servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=ANSWERED),
                to=S1,
            )
        ),
        Counts(506, 1_264, 24),
    ),
    Scope(
        "asked_anywhere",
        "two servers, which lead in turn, and a client that writes at the first and then reads there, whether that leads, has led, or never will",
        system((S0, ("x", None)), servers=2, candidates=(S0, S1), informed=False, network=RELIABLE, faults=TIMELY),
        Counts(313, 467, 26),
    ),
    Scope(
        "alone",
        "one server, which leads, and a client that reads",
        system((S0, (None,)), servers=1, candidates=(S0,), network=RELIABLE, promises=ANSWERED),
        Counts(5, 5, 4),
    ),
    Scope(
        "majority",
        "three servers, of which one leads, and a client that reads",
        system((S1, (None,)), candidates=(S1,), network=RELIABLE, faults=TIMELY, promises=ANSWERED),
        Counts(475, 1_072, 22),
    ),
    Scope(
        "crashing_leader",
        "two servers, of which one leads, crashes, once it is asked for a read, comes back and leads again; any message to the other is lost",
        crashing_once_asked(
            losing(
                system(
                    (S0, (None,)),
                    servers=2,
                    candidates=(S0, S0),
                    network=LOSSY,
                    faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
                ),
                to=S1,
            )
        ),
        Counts(484, 1_036, 24),
    ),
    Scope(
        "crashing_writer",
        "two servers, which lead in turn, of which the first crashes and comes back; any message is lost, a client writes at the first, and another reads at the second",
        system(
            (S0, ("x",)),
            (S1, (None,)),
            servers=2,
            candidates=(S0, S1),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
        ),
        Counts(4_196, 12_294, 30),
        size=Size.MEDIUM,
    ),
)
