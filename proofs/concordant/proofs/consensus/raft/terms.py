"""Raft: the symbols with which a server is run. Terms, indices and commands are the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.consensus.raft.model import raft
from concordant.proofs.kernel.meaning import ME, TEXT, WHO, Cast, in_order, members, naming, who
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.numbers import counted
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.spec.consensus.raft import Command, Entry, Log
from concordant.spec.vocabulary import Address

Or = z3.Or
MODEL = raft()
NODE, QUORUM, TERM, INDEX, VALUE = (MODEL.sorts[name] for name in ("Node", "Quorum", "Term", "Index", "Value"))
S = MODEL.state()
LE, UPTO = S.le, S.upto
node_of = naming(NODE)
IS_SERVER = z3.Function("is a server", WHO.sort, z3.BoolSort())
LONGEST = 2
"""How many entries the logs have, at most, with which a server is run."""
TERMS, INDICES = counted("terms", TERM, LE, first=1, zero=S.none()), counted("indices", INDEX, UPTO, first=LONGEST + 3, zero=S.zero())
NUMBERS = SymbolicClass(int, "numbers of commands", z3.DeclareSort("Number"))
COMMAND = z3.Function("command", WHO.sort, NUMBERS.sort, TEXT.sort, VALUE)
"""What a client asks for, by the number that it has in its session and in which words."""
COMMANDS = SymbolicClass(Command, "commands", VALUE, made=lambda made, term: term == command_of(made.client, made.number, made.value))


@frozen(eq=False)
class Servers(Cast):
    """So many servers, of which one is run, with logs of so many entries."""

    room: int = 0


def servers(count: int, room: int) -> Servers:
    """Return the cast of so many servers, of which the first is run, with logs of at most so many entries."""
    names = (ME, *members("server", count - 1))
    are_all = forall(WHO.sort, lambda x: IS_SERVER(x) == Or([x == who(name) for name in names]))
    text = f"{count} servers, of which it is the first, and logs of at most {room}"
    return Servers(text, names, (are_all, *in_order(names)), room)


def keys(cast: Cast) -> Mapping[str, Any]:
    """Return which keys the maps of a leader have: the others, all, and any indices of its log."""
    places = range(1, cast.room + 1)  # type: ignore[attr-defined]
    waiting = [keys for size in range(len(places) + 1) for keys in combinations(places, size)]
    return {"Leader.next": [cast.members[1:]], "Leader.stored": [cast.members], "Leader.waiting": waiting}


def sizes(cast: Cast) -> Mapping[str, int]:
    """Return how many entries logs have at most, and how many votes who is not elected yet."""
    room, minority = cast.room, len(cast.members) // 2  # type: ignore[attr-defined]
    logs = dict.fromkeys(("State.log", "Elected.log", "Advanced.log"), room)
    return {
        **logs,
        "Candidate.votes": minority,
        "Elected.voters": minority + 1,
        "Advanced.servers": len(cast.members),
        "Leader.waiting": room,
    }


def node(address: Address) -> Term:
    """Return the node that a server is."""
    return node_of(who(address))


def command_of(client: Address, number: int, value: str) -> Term:
    """Return the term of what a client asks for."""
    return COMMAND(who(client), NUMBERS.term(number), TEXT.term(value))


def pair(entry: Entry) -> tuple[Term, Term]:
    """Return the term and the command of an entry."""
    return TERMS.term(entry.term), COMMANDS.term(entry.command)


def entries(log: Log) -> list[tuple[Term, Term, Term]]:
    """List the entries of a log: index, term and command."""
    return [(INDICES.term(index), *pair(entry)) for index, entry in enumerate(log, 1)]


def term_at(log: Log, index: int) -> Term:
    """Return the term of an entry; none where there is no entry."""
    return next((TERMS.term(entry.term) for place, entry in enumerate(log, 1) if index == place), TERMS.first[0])
