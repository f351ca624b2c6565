"""The machine: processes, the systems that they form, moves, and mistakes made on purpose."""

from concordant.refimpl.machine.layers import Layer, above, below, is_of_link, over, plain
from concordant.refimpl.machine.mechanisms import AnyMechanism, Mechanism, NamedRule
from concordant.refimpl.machine.moves import ANY, Ask, Cancel, Crash, Fire, Forge, Handled, Lose, Move, Receive, Recover, Suspect, matches
from concordant.refimpl.machine.pitfalls import KnownViolation, Pitfall, Reason, Unmodelled
from concordant.refimpl.machine.process import AnyProcess, Process, Step, step
from concordant.refimpl.machine.stacks import BrokenLayer, Over, OverQueue, layers_of
from concordant.refimpl.machine.system import AnySystem, Block, Byzantine, Specification, System, User, cut_off, no_deadline

__all__ = [
    "ANY",
    "AnyMechanism",
    "AnyProcess",
    "AnySystem",
    "Ask",
    "Block",
    "BrokenLayer",
    "Byzantine",
    "Cancel",
    "Crash",
    "Fire",
    "Forge",
    "Handled",
    "KnownViolation",
    "Layer",
    "Lose",
    "Mechanism",
    "Move",
    "NamedRule",
    "Over",
    "OverQueue",
    "Pitfall",
    "Process",
    "Reason",
    "Receive",
    "Recover",
    "Specification",
    "Step",
    "Suspect",
    "System",
    "Unmodelled",
    "User",
    "above",
    "below",
    "cut_off",
    "is_of_link",
    "layers_of",
    "matches",
    "no_deadline",
    "over",
    "plain",
    "step",
]
