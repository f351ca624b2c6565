"""The scopes of Raft's change of membership."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.scopes.consensus.raft import losing, sending
from concordant.refimpl.consensus.raft_membership import SAFETY, system
from concordant.refimpl.machine import Crash, Fire, Move, System
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.consensus.raft import Contact, History, ServerView
from concordant.spec.vocabulary import Faults, Network, Seen, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2, _ = addresses("server", 4)
ALONE, PAIR, TRIO = frozenset({S0}), frozenset({S0, S1}), frozenset({S0, S1, S2})
ANSWERED = (*SAFETY, spec.every_request_is_answered)


def crashing_once_asked(whole: System[History]) -> System[History]:
    """Return a system in which nobody crashes before a client was answered, or waits."""

    def once_asked(move: Move, seen: Seen[History]) -> bool:
        calls = seen.history.calls
        return not isinstance(move, Crash) or bool(calls.open or calls.answered)

    return evolve(whole, assume=(*whole.assume, once_asked))


def alone_until_it_comes_back(whole: System[History]) -> System[History]:
    """Return a system in which the second server stands, and is sent entries, only when the first has a change in its log by which that comes back."""

    def once_it_comes_back(move: Move, seen: Seen[History]) -> bool:
        match move:
            case Fire(at, trigger) if at == S1 or trigger == Contact(S1):
                return len(seen.views(ServerView)[S0].log) > 2
            case _:
                return True

    return evolve(whole, assume=(*whole.assume, once_it_comes_back))


SCOPES = (
    Scope(
        "joins_and_copies",
        "one server, which another joins, and then a command; messages are duplicated, and come at any time",
        system((S0, (PAIR, "x")), first=1, servers=2, candidates=(S0,), promises=(*ANSWERED, spec.a_server_joins)),
        Counts(98, 488, 22),
    ),
    Scope(
        "joins_in_turn",
        "two servers, which lead in turn, of which the first is asked to remove the second before, while or after it leads; messages are duplicated, and come at any time",
        system((S0, (ALONE,)), first=2, servers=2, candidates=(S0, S1), informed=False),
        Counts(720, 4_862, 23),
    ),
    Scope(
        "leaves",
        "three servers, of which one leads, and removes another, but not itself",
        system(
            (S0, (frozenset({S1, S2}), PAIR)),
            first=3,
            servers=3,
            candidates=(S0,),
            network=RELIABLE,
            faults=TIMELY,
            promises=(*SAFETY, spec.a_server_leaves),
        ),
        Counts(221, 373, 23),
    ),
    Scope(
        "leaves_meanwhile",
        "two servers, of which one leads, and two clients, of which one asks for a command, and the other that the second server be removed",
        system((S0, ("x",)), (S0, (ALONE,)), first=2, servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY),
        Counts(133, 216, 18),
    ),
    Scope(
        "put_off",
        "one server, and two clients, of which one asks that another join, the other that two do: one after the other, or both at once; before it leads, or while it does",
        system(
            (S0, (PAIR,)),
            (S0, (TRIO,)),
            first=1,
            servers=3,
            candidates=(S0,),
            informed=False,
            network=RELIABLE,
            faults=TIMELY,
        ),
        Counts(169, 222, 38),
    ),
    Scope(
        "crossing",
        "two servers, which lead in turn; a third joins by the first, and hears of it only from the second, by which the first leaves",
        sending(
            system(
                (S0, (TRIO,)),
                (S1, (frozenset({S1}),)),
                first=2,
                servers=3,
                candidates=(S0, S1),
                network=RELIABLE,
                faults=TIMELY,
                promises=(*SAFETY, spec.a_change_is_undone),
            ),
            (S0, S1),
            (S1, S0),
            (S1, S2),
        ),
        Counts(441, 728, 43),
    ),
    Scope(
        "comes_back",
        "three servers, of which one leads, and removes another, which hears nothing until it is to come back, and then stands, knowing perhaps of the first change alone",
        alone_until_it_comes_back(
            sending(
                system(
                    (S0, (frozenset({S0, S2}), TRIO)),
                    first=3,
                    servers=3,
                    candidates=(S0, S1),
                    network=RELIABLE,
                    faults=TIMELY,
                ),
                (S0, S1),
                (S0, S2),
            )
        ),
        Counts(347, 515, 44),
    ),
    Scope(
        "losses",
        "one server, which is asked to stay alone, and then another joins, and there is a command; any message is lost",
        system((S0, (ALONE, PAIR, "x")), first=1, servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=ANSWERED),
        Counts(51, 86, 24),
    ),
    Scope(
        "sent_on",
        "two servers, of which one leads, and the other is asked; any message is lost",
        system((S1, ("x",)), first=2, servers=2, candidates=(S0,), informed=False, network=LOSSY, faults=TIMELY),
        Counts(34, 69, 13),
    ),
    Scope(
        "recovery",
        "one server, which another joins that crashes and comes back; any message is lost, and anybody may stand, as far as it is a member",
        system(
            (S0, (PAIR, "x")),
            first=1,
            servers=2,
            candidates=(),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
        ),
        Counts(197, 436, 25),
    ),
    Scope(
        "crashing_alone",
        "one server, which leads twice, and crashes and comes back in between, while another joins",
        system(
            (S0, (PAIR,)),
            first=1,
            servers=2,
            candidates=(S0, S0),
            network=RELIABLE,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
        ),
        Counts(231, 260, 30),
    ),
    Scope(
        "crashing_leader",
        "two servers, of which the first leads twice, and crashes and comes back in between, once it is asked to remove the second; any message to that is lost",
        crashing_once_asked(
            losing(
                system(
                    (S0, (ALONE,)),
                    first=2,
                    servers=2,
                    candidates=(S0, S0),
                    network=LOSSY,
                    faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
                ),
                to=S1,
            )
        ),
        Counts(240, 405, 24),
    ),
)
