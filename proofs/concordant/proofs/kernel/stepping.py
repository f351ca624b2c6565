"""Judging steps: each must be enabled actions of the model or none, leave a state that is told, and say only what is then true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.looking_in import handling
from concordant.proofs.kernel.meaning import ME, Cast, Meaning, Role, Said, classes, require, who
from concordant.proofs.kernel.models import State, Term, number_of
from concordant.proofs.kernel.paths import Impossible, Paths, Refuted
from concordant.proofs.kernel.rules import Apply, so_far
from concordant.proofs.kernel.shapes import Shapes
from concordant.proofs.kernel.symbols import shown
from concordant.proofs.kernel.theorems import GaveUp
from concordant.refimpl.machine import AnyProcess, Ask, Handled, Process, Recover, Step
from concordant.refimpl.machine.process import header
from concordant.spec.common.calls import opens_call
from concordant.spec.vocabulary import Address, Announce, Deliver, Reply, Send


@frozen(eq=False)
class StepJudge:
    """Judges the steps of one path, of a role's handlers or those of a subclass with a mistake.

    `heard`: the classes of messages with which roles are run, by each role the shapes with its casts. `shapes`: those of the states that
    steps may leave. `actions` collects what the model does.
    """

    meaning: Meaning
    role: Role
    kind: type[AnyProcess]
    cast: Cast
    heard: Mapping[type, tuple[tuple[Shapes, ...], ...]]
    shapes: Shapes
    paths: Paths
    actions: set[str]

    def handled(self, call: Callable[[], Any]) -> Any:
        """Call a handler; one that raises is Refuted."""
        try:
            with handling():
                return call()
        except (Refuted, GaveUp, Impossible, KeyboardInterrupt):
            raise
        except BaseException as error:  # one that would end the whole run, too
            said = ", ".join(each if type(each) is str else shown(each) for each in error.args)  # a symbol has no text of its own
            raise self.paths.trespass or Refuted(f"it raises {type(error).__name__}: {said}") from error

    def step(self, s: State, before: Any, move: Handled | Apply | None, after: Any) -> State:
        """Prove that a step of the code is steps of the model, and says what is true after them; return the state after."""
        meaning, shapes = self.meaning, self.shapes
        after = so_far(after)
        if type(after) is not Step or type(after.effects) is not tuple:
            raise Refuted(f"it returns {shown(after)}, which is no step")
        moved = None if isinstance(move, Apply) else move  # a rule is no move of its own
        taken: set[tuple[Any, ...]] = set()
        goals: list[tuple[str, Term]] = []
        for action, arguments in meaning.steps(ME, before, moved, after, self.cast):
            key = action, *(number_of(term) for term in arguments.values())
            if key in taken:  # the same once more, for another receiver
                continue
            taken.add(key)
            guarded, s = meaning.taken(s, who(ME), action, arguments)
            goals += guarded
            self.actions.add(action)
        said = len(goals)
        waiting = self._waiting(before, move)
        try:
            is_left = move is None and type(meaning).survivor is not Meaning.survivor  # by a crash: that may say something else
            if after.state is not before or s is not meaning.now or isinstance(move, Recover) or is_left:  # else all of it is given
                goals += [(what, goal) for goal, what in shapes.fits(after.state, header(self.kind)[0])]
                says = meaning.state if before is None or move is not None else meaning.survivor
                goals += _spoken(after.state, says(s, ME, after.state))
            goals += [said for effect in after.effects for said in self._says(s, waiting, effect)]
            if after.state is not before or move is None:
                self._require_waiting(after.state, waiting)
            if self.kind.cancel is not Process.cancel and move is not None:
                self._require_kept(after, waiting)
        except Refuted:
            self.paths.prove_all(goals)  # what is wrong before that is told first
            raise
        goals[said:] = [(what, goal) for what, goal in goals[said:] if not self.paths.assumes(goal)]
        if meaning.then:  # where all guards hold, which is proved along with it
            goals[said:] = [(what, z3.Implies(meaning.keeps(s), goal)) for what, goal in goals[said:]]
        self.paths.prove_all(goals)  # at once, since it is the asking that takes long
        return s

    def _says(self, s: State, waiting: list[tuple[Address, Any]], effect: object) -> list[tuple[str, Term]]:
        meaning = self.meaning
        match effect:
            case Send(to, message):
                return [
                    *self._form(message),
                    *_spoken(message, meaning.message_to(s, ME, to, message)),
                    *_spoken(message, meaning.shows(s, message)),
                ]
            case Announce(event):
                return [*self._told(event), *_spoken(event, meaning.saying(s, ME, event, None))]
            case Deliver():
                return [*self._told(effect), *_spoken(effect, meaning.saying(s, ME, effect, None))]
            case Reply(to, answer):
                return [*self._told(answer), *_spoken(answer, meaning.saying(s, ME, answer, self._asked(waiting, to)))]
            case _:
                raise Refuted(f"{shown(effect)} is no effect")

    def _form(self, message: Any) -> list[tuple[str, Term]]:
        """Say that a message is one of those with which whoever hears it was run; nothing of one that no role hears."""
        heard, kind = self.heard, type(message)
        if kind not in heard and isinstance(message, tuple(heard)):
            raise Refuted(f"it sends {shown(message)}, of a class of its own, with which nobody was run")
        if not all(any(_has_form(shapes, message, kind) for shapes in of_a_role) for of_a_role in heard.get(kind, ())):
            raise Refuted(f"it sends {shown(message)}, with which who hears it was not run")
        return [(what, goal) for goal, what in self.shapes.fits(message, kind)] if kind in heard else []

    def _told(self, what: Any) -> list[tuple[str, Term]]:
        """Say that an event or answer is one of those of which it is proved that what they say stays true."""
        kind = type(what)
        return [(said, goal) for goal, said in self.shapes.fits(what, kind)] if kind in classes(self.meaning.said) else []

    def require_run(self, armed: tuple[Any, ...]) -> None:
        """Prove that the process was run with every trigger that is armed; Refuted, where it was not."""
        triggers = header(self.kind)[3]
        self.paths.prove_all([(what, goal) for each in armed for goal, what in self.shapes.fits(each, triggers, "what it arms")])

    def _waiting(self, before: Any, move: Handled | Apply | None) -> list[tuple[Address, Any]]:
        """List who waits, each with what it asked for: whoever asks now, first of all."""
        meaning = self.meaning
        asking = [(move.user, meaning.asked_for(move.user, move.request))] if isinstance(move, Ask) else []
        ended = before is None or (move is None and not self.role.outlived)
        return [*asking, *(() if ended else meaning.serves(before))]

    def _asked(self, waiting: list[tuple[Address, Any]], to: Address) -> Any:
        """Return what a user asked for who is answered, and waits no longer; Refuted, if that one does not wait."""
        for place, (user, request) in enumerate(waiting):
            if user == to:
                del waiting[place]
                return request
        raise Refuted("it answers somebody who does not wait")

    def _require_waiting(self, after: Any, waiting: list[tuple[Address, Any]]) -> None:
        """Refuted, if by its state it will answer somebody who does not wait, or waits for something else."""
        for user, request in self.meaning.serves(after):
            if not any(user == each and request == asked for each, asked in waiting):
                raise Refuted(f"it is to answer {shown(user)}, who does not wait for that")

    def _require_kept(self, after: Step[Any], waiting: list[tuple[Address, Any]]) -> None:
        """Refuted, if somebody waits on of whom its state does not know that: that one may cancel, too, which is run of those it knows."""
        told = [each.to for each in after.effects if isinstance(each, Reply)]
        known = tuple(self.meaning.serves(after.state))
        for user, request in (each for each in waiting if opens_call(each[1])):
            if not any(user == each for each in told) and not any(user == each and request == asked for each, asked in known):
                raise Refuted(f"{shown(user)} waits on, and its state does not know that, so that it is not run how that one cancels")


def _spoken(what: object, said: Said | None) -> list[tuple[str, Term]]:
    return [(f"{type(what).__name__}: {sentence}", term) for sentence, term in require(said, what).items()]


def _has_form(shapes: Shapes, value: object, kind: type) -> bool:
    """Tell whether a value is of a form of a class, whichever its symbols are."""
    try:
        return all(True for _ in shapes.fits(value, kind))
    except Refuted:
        return False
