"""The scopes of PBFT."""

from __future__ import annotations

from collections.abc import Callable

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.pbft import PROMISES, SAFETY, system
from concordant.refimpl.machine import Fire, Forge, Move, Receive
from concordant.refimpl.machine.system import no_deadline
from concordant.spec.consensus.pbft import (
    Certificate,
    Commit,
    Garbled,
    History,
    NewView,
    Prepare,
    PrePrepare,
    ReplicaView,
    Request,
    Result,
    ViewChange,
)
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Map, Network, Seen, addresses

R0, R1, R2, R3 = addresses("replica", 4)
C0 = Address("client")
X, Y, Z = Request(C0, "x"), Request(C0, "y"), Request(C0, "z")
NOBODYS = Request(Address("stranger"), "z")
"""What somebody has signed who is no client."""
COPIES, IN_ORDER, ONE_LOST = Network(duplicating=True), Network(fifo=True), Network(losses=1)
TIMELY = Faults(synchronous=True)


def tells(by: Address, to: tuple[Address, ...], *messages: object) -> tuple[Forge, ...]:
    """List lies: each of some messages to each of some."""
    return tuple(Forge(each, by, message) for message in messages for each in to)


HELP = (*tells(R0, (R1, R2), PrePrepare(0, X)), *tells(R0, (R1,), Commit(0, X)))
"""A lying primary has two replicas sign a request, and helps one of them to decide it."""
STRANGERS = addresses("stranger", 2)
FALSE, FALSE_OF_1 = (Certificate(0, Y, frozenset({liar, *STRANGERS})) for liar in (R0, R1))
"""What a liar has signed, and two that are no replicas."""
PREPARED = Certificate(0, X, frozenset({R0, R2, R3}))


def _proposal(request: Request, first: Certificate | None, second: Certificate | None) -> NewView:
    """Return what the primary of the second view proposes, showing the certificates of the second replica, itself, and of the third."""
    return NewView(1, request, Map.of({R1: first, R2: second, R3: None}))


def overtaken(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # the signature of an assumption
    """Assume that the second of three replicas alone is impatient, and that the first hears of votes and commitments only, and nobody else of these."""
    match move:
        case Receive(at, _, Prepare() | Commit()):
            return at == R0
        case Receive(at, _, PrePrepare()):
            return at == R1
        case Receive(at, _, ViewChange() | NewView()):
            return at != R0
        case Fire(at):
            return at == R1
        case _:
            return True


def one_misses_each_view(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # the signature of an assumption
    """Assume of three replicas that the first alone is impatient, that nobody but the last hears of the first view, nobody but the others of the second, and all but the second of the third."""
    match move:
        case Receive(at, _, PrePrepare() | Prepare(0) | Commit(0)):
            return at == R2
        case Receive(at, _, Prepare(1) | Commit(1) | ViewChange(1) | NewView(1)):
            return at != R2
        case Receive(at):
            return at != R1
        case Fire(at):
            return at == R0
        case _:
            return True


def commitments_first(move: Move, seen: Seen[History]) -> bool:
    """Assume that the last replica, and no other, hears commitments, before any vote, and that nobody is impatient."""
    match move:
        case Receive(at, _, Prepare()):
            return at != R3
        case Receive(at, _, Commit()):
            return at == R3
        case _:
            return no_deadline(move, seen)


def left_behind(move: Move, seen: Seen[History]) -> bool:
    """Assume that the first replica is prepared before anybody is impatient, which the second and the third are; that nobody hears more of the first view; and that the first replica hears of the second what is committed there, and no more."""
    match move:
        case Receive(at, _, PrePrepare()):
            return at in (R1, R2)
        case Receive(at, _, Prepare(0) | Commit(1)):
            return at == R0
        case Receive(at, _, Prepare(1) | NewView()):
            return at in (R2, R3)
        case Receive(at, _, ViewChange()):
            return at in (R1, R3)
        case Receive(_, _, Commit()):
            return False
        case Fire(at):
            return at in (R1, R2) and seen.views(ReplicaView)[R0].prepared is not None
        case _:
            return True


def slow(last: Address) -> Callable[[Move, Seen[History]], bool]:
    """Assume that messages of the first view reach one replica too late, but for the proposal, that nobody hears of changes of view, and that nobody is impatient until the first replica has decided, which is not impatient itself."""

    def allowed(move: Move, seen: Seen[History]) -> bool:
        match move:
            case Receive(_, _, ViewChange()):
                return False
            case Receive(at, _, Prepare(view) | Commit(view)):
                return at != last or view > 0
            case Fire(at):
                return at != R0 and R0 in seen.history.decided
            case _:
                return True

    return allowed


SCOPES = (
    Scope(
        "pair",
        "two replicas and a client; nobody is impatient while a message is under way",
        system(2, faulty=0, asks=("x",), faults=TIMELY, promises=PROMISES),
        Counts(27, 48, 10),
    ),
    Scope(
        "pair_and_loss",
        "two replicas, two views; one message is lost, and nobody is impatient while another is under way",
        system(2, faulty=0, asks=("x",), network=ONE_LOST, faults=TIMELY, views=2, promises=(*SAFETY, spec.decides)),
        Counts(169, 312, 17),
    ),
    Scope(
        "overtaken",
        "three replicas, two views; the second and the third go on to the second view, and what they sign there comes to the first replica before it hears of that view; messages are duplicated",
        system(
            3,
            faulty=0,
            liars=(C0,),
            lies=tells(C0, (R0, R1), X),
            network=COPIES,
            views=2,
            assume=(overtaken,),
            promises=(*SAFETY, spec.what_comes_early_waits),
        ),
        Counts(80, 273, 12),
    ),
    Scope(
        "latest",
        "three replicas, three views, of which each misses one: the last has a certificate for x, the others decide y in the second view, and the last comes to the third with one of them; messages are duplicated",
        system(
            3,
            faulty=0,
            liars=(C0,),
            lies=tells(C0, (R0,), X) + tells(C0, (R1,), Y),
            network=COPIES,
            views=3,
            assume=(one_misses_each_view,),
            promises=(*SAFETY, spec.decides_in_two_views),
        ),
        Counts(250, 1_465, 17),
    ),
    Scope(
        "left_behind",
        "four replicas, two views; the first is prepared to decide x, the others go on without it and commit to y, and it hears of that before it hears that they have gone on; messages are duplicated",
        system(
            liars=(C0,),
            lies=tells(C0, (R0,), X) + tells(C0, (R1,), Y),
            network=COPIES,
            views=2,
            assume=(left_behind,),
            promises=(*SAFETY, spec.what_comes_early_waits),
        ),
        Counts(106, 554, 20),
    ),
    Scope(
        "commitments_first",
        "four replicas, one view, in which nobody is impatient; the primary lies, and all others commit before the last one hears of any vote; messages are duplicated",
        system(
            liars=(R0, C0),
            lies=tells(R0, (R1, R2, R3), PrePrepare(0, X)) + tells(R0, (R3,), Commit(0, X)),
            network=COPIES,
            views=1,
            assume=(commitments_first,),
        ),
        Counts(318, 2_892, 11),
    ),
    Scope(
        "lying_backup",
        "four replicas, one view, in which nobody is impatient; a backup deceives the client, frames the primary, asks in a stranger's name, and signs what nobody proposes; messages are duplicated",
        system(
            asks=("x",),
            liars=(R3,),
            lies=(
                *tells(R3, (C0,), Result(Z)),
                *tells(R3, (R0,), NOBODYS),
                *tells(R3, (R1,), Garbled(R0, PrePrepare(0, Y)), Prepare(0, Y)),
            ),
            network=COPIES,
            views=1,
            assume=(no_deadline,),
        ),
        Counts(1_012, 12_640, 18),
    ),
    Scope(
        "lying_primary",
        "four replicas, one view, in which nobody is impatient; the primary tells x to two of them and y to the third, and helps x along; messages are duplicated",
        system(liars=(R0, C0), lies=(*HELP, *tells(R0, (R3,), PrePrepare(0, Y))), network=COPIES, views=1, assume=(no_deadline,)),
        Counts(1_090, 13_464, 15),
    ),
    Scope(
        "two_proposals",
        "four replicas, one view; the primary tells x, y, and what no client has asked for, to one of them; messages are duplicated, and one is lost",
        system(
            liars=(R0, C0),
            lies=tells(R0, (R1,), *(PrePrepare(0, request) for request in (X, Y, NOBODYS))),
            network=Network(duplicating=True, losses=1),
            views=1,
            promises=(*SAFETY, spec.a_liar_is_accused),
        ),
        Counts(97, 218, 7),
    ),
    Scope(
        "says_it_twice",
        "four replicas, one view, in which nobody is impatient; the primary tells x to one of them, votes for that, too, and says that it has come to each of the next two views; messages are duplicated",
        system(
            liars=(R0, C0),
            lies=tells(R0, (R1,), PrePrepare(0, X), Prepare(0, X), ViewChange(1, None), ViewChange(2, None)),
            network=COPIES,
            views=1,
            assume=(no_deadline,),
        ),
        Counts(40, 224, 7),
    ),
    Scope(
        "shy_primary",
        "four replicas, as many views as come about; the primary tells one of them alone, nobody is impatient while a message is under way, and messages come in the order in which they were sent",
        system(
            asks=("x",),
            liars=(R0,),
            lies=tells(R0, (R1,), PrePrepare(0, X)),
            network=IN_ORDER,
            faults=TIMELY,
            promises=(*PROMISES, spec.decides_in_a_later_view),
        ),
        Counts(718, 1_997, 31),
    ),
    Scope(
        "silent_backup",
        "the same, but a backup is silent, and messages come in any order",
        system(asks=("x",), liars=(R3,), faults=TIMELY, promises=PROMISES),
        Counts(985, 3_993, 20),
    ),
    Scope(
        "lying_successor",
        "four replicas, two views; the first replica decides, and only the second of the others knows of it, before anybody is impatient; the primary of the second view proposes x with its certificate, y with that, with a false one, and with too few changes of view; messages are duplicated",
        system(
            liars=(R1, C0),
            lies=(
                *tells(C0, (R0,), X),
                *tells(R1, (R0,), Commit(0, X)),
                *tells(R1, (R2, R3), *(_proposal(request, None, PREPARED) for request in (X, Y)), _proposal(Y, FALSE_OF_1, PREPARED)),
                *tells(R1, (R2, R3), NewView(1, Y, Map.of({R1: None}))),
                *tells(R1, (R2,), Commit(1, X), Commit(1, Y)),
            ),
            network=COPIES,
            views=2,
            assume=(slow(R3),),
            promises=(*SAFETY, spec.decides_in_two_views),
        ),
        Counts(790, 9_734, 23),
    ),
    Scope(
        "hidden_by_order",
        "four replicas, two views; the first replica decides x, and of the others the last alone knows of it; the primary of the second view proposes y and shows what the last knows after what the others do not; messages are duplicated",
        system(
            liars=(R1, C0),
            lies=(
                *tells(C0, (R0,), X),
                *tells(R1, (R0,), Commit(0, X)),
                *tells(R1, (R2, R3), NewView(1, Y, Map.of({R1: None, R2: None, R3: PREPARED}))),
                *tells(R1, (R2,), Commit(1, Y)),
            ),
            network=COPIES,
            views=2,
            assume=(slow(R2),),
        ),
        Counts(100, 716, 12),
    ),
    Scope(
        "made_up",
        "four replicas, two views; a client asks the last two, nobody proposes that in the first view, and the primary of the second proposes what no client has asked for; messages are duplicated",
        system(
            liars=(R1, C0),
            lies=(*tells(C0, (R2, R3), X), *tells(R1, (R2,), _proposal(NOBODYS, None, None))),
            network=COPIES,
            views=2,
        ),
        Counts(56, 208, 12),
    ),
    Scope(
        "two_clients",
        "two replicas, and two clients that ask for different things; nobody is impatient while a message is under way",
        system(2, faulty=0, asks=("x", "y"), faults=TIMELY, promises=PROMISES),
        Counts(790, 2_592, 15),
    ),
    Scope(
        "false_certificate",
        "four replicas, as many views as come about; the primary shows the next one a certificate that only it and strangers have signed, and says that it has come to the view after, alone but for a stranger; nobody is impatient while a message is under way",
        system(
            asks=("x",),
            liars=(R0, STRANGERS[0]),
            lies=tells(R0, (R1,), ViewChange(1, FALSE), ViewChange(2, None)) + tells(STRANGERS[0], (R1,), ViewChange(2, None)),
            network=IN_ORDER,
            faults=TIMELY,
            promises=PROMISES,
        ),
        Counts(630, 2_306, 28),
    ),
    Scope(
        "two_clients_and_copies",
        "two replicas, three views, and two clients that ask for different things; messages are duplicated, and replicas are impatient at any time",
        system(2, faulty=0, asks=("x", "y"), network=COPIES, views=3),
        Counts(13_978, 69_798, 22),
        size=Size.MEDIUM,
    ),
    Scope(
        "silent_primary",
        "four replicas, as many views as come about; the primary is silent, and nobody is impatient while a message is under way",
        system(asks=("x",), liars=(R0,), faults=TIMELY, promises=PROMISES),
        Counts(2_986, 13_992, 28),
        size=Size.MEDIUM,
    ),
    Scope(
        "helpful_primary",
        "four replicas, as many views as come about; the primary has two of them sign the request, and helps one to decide it; nobody is impatient while a message is under way",
        system(asks=("x",), liars=(R0,), lies=HELP, faults=TIMELY, promises=(*PROMISES, spec.decides_in_two_views)),
        Counts(95_558, 590_516, 39),
        size=Size.MEDIUM,
    ),
    Scope(
        "impatient",
        "four replicas, two views; a backup is silent, messages are duplicated, and replicas are impatient at any time",
        system(liars=(R3, C0), lies=tells(C0, (R0,), X), network=COPIES, views=2),
        Counts(44_744, 517_852, 30),
        size=Size.MEDIUM,
    ),
    Scope(
        "impatient_and_lies",
        "four replicas, two views; the primary has two of them sign x, and helps one to decide it, and a client asks the others for y; messages are duplicated, and replicas are impatient at any time",
        system(liars=(R0, C0), lies=(*HELP, *tells(C0, (R1, R3), Y)), network=COPIES, views=2),
        Counts(67_634, 760_434, 29),
        size=Size.MEDIUM,
    ),
    Scope(
        "equivocation",
        "four replicas, one view, in which nobody is impatient; the primary has two of them sign x, and helps one to decide it, and tells y to all; messages are duplicated",
        system(
            liars=(R0, C0),
            lies=(*HELP, *tells(R0, (R1, R2, R3), PrePrepare(0, Y))),
            network=COPIES,
            views=1,
            assume=(no_deadline,),
            promises=(*SAFETY, spec.a_liar_is_accused),
        ),
        Counts(79_506, 1_289_492, 19),
        size=Size.MEDIUM,
    ),
)
