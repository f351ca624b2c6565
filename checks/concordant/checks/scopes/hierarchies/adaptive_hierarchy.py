"""The scopes of hierarchies that adapt."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.hierarchies.adaptive_hierarchy import ORGANISER, PROMISES, USER, system
from concordant.refimpl.machine import ANY, Ask, Fire, Receive, Suspect
from concordant.spec.hierarchies.adaptive_hierarchy import Appoint, Result, Reweigh, Role
from concordant.spec.hierarchies.adaptive_hierarchy import clauses as spec
from concordant.spec.vocabulary import Faults, Network, addresses

TOP, LOW, SIDE = Role("top"), Role("low", "top"), Role("side", "top")
FIRST, SECOND, _, FOURTH = AGENTS = addresses("agent", 4)
PAIR, THREE = (TOP, LOW), (TOP, LOW, SIDE)
ERRS = Faults(detector=True, mistakes=1)
NOT_REJECTED = tuple(clause for clause in PROMISES if clause != spec.a_rejection_has_a_reason)
"""What is promised where every task is taken."""


def more(*agents: int) -> tuple[Reweigh, ...]:
    """Return that these agents, by number, have more to do, one after the other."""
    return tuple(Reweigh(AGENTS[number], more=True) for number in agents)


def less(*agents: int) -> tuple[Reweigh, ...]:
    """Return that these have less."""
    return tuple(Reweigh(each.agent, more=False) for each in more(*agents))


SCOPES = (
    Scope(
        "load",
        "two roles, and three agents, of whom one can have both; the first is ever more loaded, and then less",
        system(
            PAIR,
            able=("top", "top low", "low"),
            weighs=(*more(0, 1, 0), *less(0), *more(1)),
            promises=(*PROMISES, spec.a_role_is_taken_off_who_has_much_to_do),
        ),
        Counts(221, 403, 16),
    ),
    Scope(
        "margin",
        "a role and two agents, whose loads are no reason to pass it on before they have changed three times",
        system((TOP,), able=("top", "top"), weighs=(*more(0), *less(1), *more(0, 1, 1), *less(0)), margin=3),
        Counts(159, 291, 14),
    ),
    Scope(
        "copies",
        "two roles and three agents, of whom one has more to do; messages are duplicated, and a rival asks as well",
        system(PAIR, able=("top low",) * 3, rival=((TOP,),), weighs=more(0, 0), network=Network(duplicating=True)),
        Counts(337, 540, 16),
    ),
    Scope(
        "crash",
        "a top role and two below it, and four agents, of whom one crashes that can be replaced, or one that cannot; then a task that cannot be",
        system(
            (SIDE, LOW, TOP),
            (),
            able=("side", "side low", "low", "top"),
            faults=Faults(detector=True, crashes=1, who=(FIRST, FOURTH)),
        ),
        Counts(463, 1_068, 20),
    ),
    Scope(
        "errs",
        "two roles and three agents that can have both; the detector errs once; then one role, and a task that cannot be",
        system(
            (LOW, TOP),
            (TOP,),
            (),
            able=("top low",) * 3,
            faults=ERRS,
            promises=(*PROMISES, spec.a_result_comes_too_late),
        ),
        Counts(173, 271, 17),
    ),
    Scope(
        "load_and_mistake",
        "a role and three agents, of whom one has more to do; the detector errs once",
        system((TOP,), able=("top", "top", "top"), weighs=more(0, 1), faults=ERRS),
        Counts(274, 528, 11),
    ),
    Scope(
        "flawed",
        "roles that are no tree, or that cannot be filled: none, two of one name, two tops, a circle, below none, too many; then one that can",
        system(
            (),
            (TOP, LOW, LOW),
            (TOP, Role("low")),
            (Role("top", "low"), LOW),
            (Role("low", "side"), TOP),
            (TOP, Role("low", "side")),
            THREE,
            (LOW, TOP),
            able=("top low", "low", "low"),
        ),
        Counts(15, 14, 15),
    ),
    Scope(
        "three",
        "three roles and four agents, of whom one has more to do; the detector errs once",
        system(
            THREE,
            able=("top low", "low side", "top side", "top low side"),
            weighs=more(0, 0),
            faults=ERRS,
            promises=NOT_REJECTED,
        ),
        Counts(2_437, 6_081, 20),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "replaced_and_turned_down",
        "The detector errs: another has the role in a new epoch, and what the first reports of the old one is turned down.",
        system((TOP,), able=("top", "top"), faults=ERRS),
        (
            Ask(ORGANISER, USER, ANY),
            Receive(FIRST, ORGANISER, Appoint(1, "top")),
            Suspect(ORGANISER, FIRST),
            Fire(FIRST, ANY),
            Receive(ORGANISER, FIRST, Result(1, "top")),
            Receive(SECOND, ORGANISER, Appoint(2, "top")),
        ),
    ),
)
