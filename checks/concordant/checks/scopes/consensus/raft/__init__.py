"""The scopes of Raft."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.raft import ELECTIONS, SAFETY, STABLE, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.refimpl.machine import Fire, Lose, Move, System
from concordant.spec.consensus.raft import Contact, Elect, History, ServerView
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, Seen, addresses

RELIABLE, ONE_LOST, LOSSY, DUPLICATING = Network(), Network(losses=1), Network(losses=None, copies=1), Network(duplicating=True)
TIMELY = Faults(synchronous=True)
S0, S1, S2 = SERVERS = addresses("server", 3)
RIVALS = (("x",), ("y",))
APART = ((S0,), (S1,))
FOR_A_TERM = ((S0,), (S1,), (S0, S1))
STEADY = (*SAFETY, *STABLE)


def conflicts() -> System[History]:
    """Return servers of which two lead in turn, in three terms, and send entries in the last alone."""
    whole = system((("x", "z"), ("y",)), candidates=(S0, S1, S0), asked=APART, informed=True, network=RELIABLE, faults=TIMELY)

    def unheard(move: Move, seen: Seen[History]) -> bool:
        return not (isinstance(move, Fire) and isinstance(move.trigger, Contact)) or seen.views(ServerView)[move.at].term > 2

    return evolve(whole, assume=(*whole.assume, unheard))


def stale_tail() -> System[History]:
    """Return servers of which two lead in turn, and send all of their logs; the first keeps its second command to itself, so that it stands behind what it is sent."""
    whole = system(
        (("x", "z"), ("y",)), candidates=(S0, S1, S0), asked=APART, informed=True, network=RELIABLE, faults=TIMELY, server=SendsAll
    )

    def told(move: Move, seen: Seen[History]) -> bool:
        if not (isinstance(move, Fire) and isinstance(move.trigger, Contact)):
            return True
        view = seen.views(ServerView)[move.at]
        return (view.term, len(view.log)) == (2, 2) or ((view.term, len(view.log)) == (1, 1) and move.trigger.to == S1)

    return evolve(whole, assume=(*whole.assume, told))


def sending(whole: System[History], *ways: tuple[Address, Address]) -> System[History]:
    """Return a system in which entries are sent these ways alone, from one server to another."""

    def on_its_way(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Fire) and isinstance(move.trigger, Contact)) or (move.at, move.trigger.to) in ways

    return evolve(whole, assume=(*whole.assume, on_its_way))


def losing(whole: System[History], to: Address) -> System[History]:
    """Return a system in which only what is sent to this server is lost."""

    def may_be_lost(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not isinstance(move, Lose) or move.to == to

    return evolve(whole, assume=(*whole.assume, may_be_lost))


def rivals_for_a_term() -> System[History]:
    """Return two servers that lead in turn, or stand for the third term both; nothing is sent but questions about votes, and their answers."""
    whole = sending(system(servers=2, terms=3, asked=((S0,),), informed=True, network=RELIABLE, promises=ELECTIONS))

    def may_stand(move: Move, seen: Seen[History]) -> bool:
        if not (isinstance(move, Fire) and isinstance(move.trigger, Elect)):
            return True
        term = seen.views(ServerView)[move.at].term
        return term < len(FOR_A_TERM) and move.at in FOR_A_TERM[term]

    return evolve(whole, assume=(*whole.assume, may_stand))


SCOPES = (
    Scope(
        "alone",
        "one server, a majority by itself, and a client that asks twice for each of two commands; it crashes before or after its disk has them, and comes back",
        system((("x", "y"),), servers=1, terms=2, retries=1, network=RELIABLE, faults=Faults(crashes=1, recoveries=1, who=(S0,))),
        Counts(197, 226, 11),
    ),
    Scope(
        "elections",
        "three servers, two terms, and no client; anybody stands for election",
        system((), terms=2, network=RELIABLE, faults=TIMELY, promises=ELECTIONS),
        Counts(259, 393, 18),
    ),
    Scope(
        "elections_and_copies",
        "the same in one term; messages are duplicated, and come at any time",
        system((), network=DUPLICATING, promises=ELECTIONS),
        Counts(443, 1_197, 10),
    ),
    Scope(
        "once_more",
        "two servers, of which one stands for election twice; any message is lost",
        system(
            (),
            servers=2,
            candidates=(S0, S0),
            network=LOSSY,
            faults=TIMELY,
            promises=(*ELECTIONS, spec.a_leader_is_elected, spec.a_candidate_stands_again),
        ),
        Counts(31, 51, 11),
    ),
    Scope(
        "impatience",
        "two servers, of which one stands for election twice, whether or not it was answered; messages are duplicated, and a vote may come late",
        system((), servers=2, candidates=(S0, S0), network=DUPLICATING, promises=ELECTIONS),
        Counts(24, 82, 9),
    ),
    Scope(
        "four_servers",
        "four servers, of which one stands for election, once; any message is lost any number of times, but not for ever",
        system((), servers=4, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=(*ELECTIONS, spec.a_leader_is_elected)),
        Counts(319, 781, 18),
    ),
    Scope(
        "four_servers_twice",
        "four servers, of which one stands for election, twice; up to two messages are lost, so that it may be one vote short",
        system((), servers=4, candidates=(S0, S0), network=Network(losses=2), faults=TIMELY, promises=ELECTIONS),
        Counts(238, 465, 25),
        reductions=Reductions(symmetry=True),
    ),
    Scope(
        "rivals_for_a_term",
        "two servers that lead in turn, or stand for the third term both, of which the first may have an entry that the second lacks; messages come at any time",
        rivals_for_a_term(),
        Counts(134, 227, 12),
    ),
    Scope(
        "hints",
        "three servers, one term; anybody stands for election, and a client asks the second server",
        system(asked=((S1,),), network=RELIABLE, faults=TIMELY),
        Counts(289, 477, 18),
    ),
    Scope(
        "pair_and_loss",
        "two servers, which stand in turn; any message is lost any number of times, and nobody is impatient while a message is under way",
        system(servers=2, candidates=(S0, S1), network=LOSSY, faults=TIMELY),
        Counts(239, 505, 20),
    ),
    Scope(
        "pair_and_copies",
        "two servers, which stand in turn; messages are duplicated, and come at any time",
        system(servers=2, candidates=(S0, S1), network=DUPLICATING),
        Counts(888, 5_383, 21),
    ),
    Scope(
        "commands_and_copies",
        "the same in one term, in which the client asks for two commands",
        system((("x", "y"),), servers=2, candidates=(S0,), network=DUPLICATING, promises=STEADY),
        Counts(372, 2_078, 21),
    ),
    Scope(
        "clients_and_copies",
        "the same with two clients, each with a command: both may stand in the log before any is on the disk",
        system(RIVALS, servers=2, candidates=(S0,), asked=((S0,), (S0,)), informed=True, network=DUPLICATING, promises=STEADY),
        Counts(900, 5_548, 21),
    ),
    Scope(
        "pair_and_recovery",
        "two servers, which stand in turn; any message is lost, and the second of them crashes and comes back",
        system(
            servers=2,
            candidates=(S0, S1),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
            promises=(*SAFETY, spec.every_request_is_answered),
        ),
        Counts(943, 2_291, 22),
    ),
    Scope(
        "pair_and_crashing_leader",
        "the same, in three terms; any message to the second is lost, and the first crashes and comes back, also while it leads with an entry that the other lacks",
        losing(
            system(
                servers=2,
                candidates=(S0, S1, S0),
                asked=((S0,),),
                informed=True,
                network=LOSSY,
                faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
            ),
            to=S1,
        ),
        Counts(1_070, 2_019, 28),
    ),
    Scope(
        "retries",
        "two servers, which stand in turn, and two clients, which ask twice, one of them only the second server",
        system(
            RIVALS,
            servers=2,
            candidates=(S0, S1),
            retries=1,
            asked=((S0, S1), (S1,)),
            informed=True,
            network=RELIABLE,
            faults=TIMELY,
            promises=(*SAFETY, spec.a_retry_finds_its_command),
        ),
        Counts(448, 818, 23),
    ),
    Scope(
        "two_commands",
        "two servers, which stand in turn; any message is lost, and the client asks whoever leads for two commands",
        system(
            (("x", "y"),),
            servers=2,
            candidates=(S0, S1),
            asked=((S0, S1),),
            informed=True,
            network=LOSSY,
            faults=TIMELY,
            promises=(*SAFETY, spec.commits_an_older_entry),
        ),
        Counts(379, 760, 25),
    ),
    Scope(
        "rivals",
        "three servers, of which two stand in turn, each with a client of its own, which asks while it leads: two entries for one index",
        system(
            RIVALS,
            candidates=(S0, S1),
            asked=APART,
            informed=True,
            network=RELIABLE,
            faults=TIMELY,
            promises=(*SAFETY, spec.logs_differ, spec.every_request_is_answered),
        ),
        Counts(923, 1_443, 32),
    ),
    Scope(
        "conflicts",
        "the same in three terms; the leaders of the first two reach nobody, and the third finds an entry of the second where its own are to go",
        conflicts(),
        Counts(1_166, 1_819, 40),
    ),
    Scope(
        "stale_tail",
        "three servers, of which two lead in turn, and send all of their logs; the first has an entry that nobody else has behind one that all have",
        stale_tail(),
        Counts(903, 1_433, 40),
    ),
    Scope(
        "third_leader",
        "three servers, which lead in turn; the first has two entries that nobody else has, and hears only from the third, which has another of the second",
        sending(
            system(
                (("x",), ("z",), ("y",)),
                candidates=SERVERS,
                asked=((S0,), (S0,), (S1,)),
                informed=True,
                network=RELIABLE,
                faults=TIMELY,
            ),
            (S1, S2),
            (S2, S0),
            (S2, S1),
        ),
        Counts(769, 1_179, 36),
    ),
    Scope(
        "left_behind",
        "three servers, of which one leads, and then another stands, which may lack the last entry, of the same term as the one before",
        sending(
            system((("x", "y"),), candidates=(S0, S2), asked=((S0,),), informed=True, network=RELIABLE, faults=TIMELY), (S0, S1), (S0, S2)
        ),
        Counts(568, 916, 30),
    ),
    Scope(
        "stable",
        "three servers, of which the first stands for election, once; any message is lost any number of times, but not for ever",
        system(candidates=(S0,), network=LOSSY, faults=TIMELY, promises=STEADY),
        Counts(702, 1_679, 18),
    ),
    Scope(
        "stable_pair",
        "the same with two servers",
        system(servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=STEADY),
        Counts(53, 109, 13),
    ),
    Scope(
        "stable_majority",
        "three servers, of which the first stands for election, once, and is asked while it leads; the last stops for good, and any message is lost",
        system(
            candidates=(S0,),
            asked=((S0,),),
            informed=True,
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, who=SERVERS[2:]),
            promises=STEADY,
        ),
        Counts(1_318, 5_153, 22),
    ),
    Scope(
        "pair",
        "two servers, two terms; anybody stands for election, messages are duplicated, and come at any time",
        system(servers=2, terms=2, network=DUPLICATING),
        Counts(5_604, 19_038, 22),
        size=Size.MEDIUM,
    ),
    Scope(
        "pair_and_crash",
        "two servers, two terms; anybody stands for election, any message is lost, and one of the servers crashes and comes back",
        system(servers=2, terms=2, network=LOSSY, faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,))),
        Counts(5_035, 11_623, 22),
        size=Size.MEDIUM,
    ),
    Scope(
        "pair_and_two_clients",
        "two servers, one term, and two clients, each with a command; messages are lost, and come at any time",
        system(RIVALS, servers=2, network=LOSSY),
        Counts(188_001, 1_128_930, 31),
        size=Size.MEDIUM,
    ),
    Scope(
        "trio",
        "three servers, two terms, and a client that asks for its command twice; anybody stands for election",
        system(terms=2, retries=1, network=RELIABLE, faults=TIMELY, promises=(*SAFETY, spec.logs_differ, spec.a_retry_finds_its_command)),
        Counts(13_390, 25_461, 28),
        size=Size.MEDIUM,
    ),
    Scope(
        "trio_and_copies",
        "three servers, one term; messages are duplicated, and come at any time",
        system(network=DUPLICATING),
        Counts(102_392, 369_996, 23),
        size=Size.MEDIUM,
    ),
    Scope(
        "figure_8",
        "three servers, of which two stand in turn, four terms, each with a client of its own: the paper's figure 8, and all that is near it",
        system(RIVALS, candidates=(S0, S1, S0, S1), asked=APART, network=RELIABLE, faults=TIMELY, promises=(*SAFETY, spec.logs_differ)),
        Counts(10_623, 17_356, 48),
        size=Size.MEDIUM,
    ),
    Scope(
        "five_servers",
        "five servers, of which two stand in turn",
        system((), servers=5, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, promises=ELECTIONS),
        Counts(496, 1_113, 32),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_terms",
        "three servers, three terms, and a client that asks for two commands; anybody stands for election",
        system((("x", "y"),), terms=3, network=RELIABLE, faults=TIMELY, promises=(*SAFETY, spec.logs_differ, spec.commits_an_older_entry)),
        Counts(131_983, 206_946, 44),
        size=Size.LARGE,
    ),
)
