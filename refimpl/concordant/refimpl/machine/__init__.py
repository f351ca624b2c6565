"""The machine: processes, the systems that they form, moves, and mistakes made on purpose."""

from concordant.refimpl.machine.mechanisms import AnyMechanism, Mechanism, NamedRule
from concordant.refimpl.machine.moves import ANY, Ask, Cancel, Crash, Fire, Forge, Handled, Lose, Move, Receive, Recover, Suspect, matches
from concordant.refimpl.machine.pitfalls import KnownViolation, Pitfall, Reason, Unmodelled
from concordant.refimpl.machine.process import AnyProcess, Process, Step, step
from concordant.refimpl.machine.system import AnySystem, Block, Byzantine, System, User, no_deadline

__all__ = [
    "ANY",
    "AnyMechanism",
    "AnyProcess",
    "AnySystem",
    "Ask",
    "Block",
    "Byzantine",
    "Cancel",
    "Crash",
    "Fire",
    "Forge",
    "Handled",
    "KnownViolation",
    "Lose",
    "Mechanism",
    "Move",
    "NamedRule",
    "Pitfall",
    "Process",
    "Reason",
    "Receive",
    "Recover",
    "Step",
    "Suspect",
    "System",
    "Unmodelled",
    "User",
    "matches",
    "no_deadline",
    "step",
]
