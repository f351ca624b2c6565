"""Answering the questions of the kernel: everything that a system's functions decide, asked once and written into tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.semantics.environment import Fall, hung_up
from concordant.checks.semantics.rows import Row
from concordant.checks.semantics.time import Dials, Time
from concordant.checks.tabulated.answers import AnswersKept
from concordant.checks.tabulated.growing import Pool, grown
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.numbers import EMPTY_CHANNEL, Numbers, Unsuited, fits
from concordant.refimpl.machine import Ask, Cancel, Handled, Receive, Recover, SetBack, Suspect, Tick, Trust, defines
from concordant.spec.vocabulary import Deadline, NoHistory


@define(eq=False, repr=False)
class Filling:
    """The tables of one system, and how each question is answered.

    `report_first`: whether the first use of an outcome is to be reported, given its process and input.
    `judged_events`: whether clauses look at events, so that also a history that remembers nothing must be told.
    """

    numbers: Numbers
    report_first: Callable[[int, Handled | None], bool]
    judged_events: bool
    pool: Pool = field(factory=Pool, init=False)
    memo: AnswersKept = field(factory=AnswersKept, init=False)
    kept: list[tuple[list[int], list[int]]] | None = field(default=None, init=False)
    """The questions and answers written into the memo since somebody last took them; None where nobody does."""
    outcomes: NDArray[np.int32] = field(factory=lambda: np.zeros((64, q.OUTCOME), np.int32), init=False)
    outcome_count: int = field(default=1, init=False)
    inputs_of: list[int] = field(factory=lambda: [-1], init=False)
    roles: int = field(init=False)
    _rows: dict[int, Row] = field(factory=dict, init=False)
    _stays: dict[tuple[int, int], int] = field(factory=dict, init=False)
    _tells: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        system = self.numbers.semantics.system
        self._tells = self.judged_events or type(system.history) is not NoHistory  # one derived from it may remember
        self.roles = self._write_roles()

    def _write_roles(self) -> int:
        """Write what the kernel must know of processes, and of each process and its peers; return where."""
        parts, numbers = self.numbers.semantics.parts, self.numbers
        faults = parts.system.faults
        roles: list[tuple[int, ...]] = []
        for process, address in enumerate(parts.addresses):
            recover = Recover(address)
            timed = numbers.semantics.time is not None  # then what a clock shows is part of it
            roles.append((address in faults.who, *((-1, 0) if timed else self._input(process, recover))))
        peers: list[tuple[int, ...]] = []
        for process, address in enumerate(parts.addresses if faults.detector else ()):
            for peer in parts.addresses:
                trusts = defines(parts.system.processes[address], "trust")
                trust = self._input(process, Trust(address, peer)) if trusts else (-1, 0)
                peers.append((*self._input(process, Suspect(address, peer)), *trust))
        return self.pool.put([], *(number for row in (*roles, *peers) for number in row))

    def _input(self, process: int, move: Handled) -> tuple[int, int]:
        return self.numbers.input(process, move), self.numbers.number_of(move)

    # ---- answering

    @staticmethod
    def answers(question: int) -> bool:
        """Tell whether a question is about tables, and not about clauses or assumptions."""
        kind = q.asked(question)[0]
        return kind in _ANSWERS or kind == q.RENAMES

    def answer(self, questions: Iterable[int]) -> None:
        """Answer questions about tables, each once; those about clauses are not for here."""
        asked: list[int] = []
        answers: list[int] = []
        for question in questions:
            kind, owner, x, y = q.asked(question)
            asked.append(question)
            answers.append(_ANSWERS[kind](self, owner, x, y))
        self.keep(asked, answers)

    def keep(self, questions: list[int], answers: list[int]) -> None:
        """Write answers into the memo."""
        if self.kept is not None:
            self.kept.append((questions, answers))
        self.memo.keep(np.array(questions, np.uint64), np.array(answers, np.int64))

    # ---- outcomes

    def takes(self, process: int, local: int, input_: int) -> int:
        """Return the outcome of an input, 0 where nothing comes of it."""
        numbers, parts = self.numbers, self.numbers.semantics.parts
        move = numbers.inputs[process][input_]
        up = parts.steps.locals[process][local].up
        shows = isinstance(move, Tick | SetBack)
        row = parts.steps.row(process, local, move) if shows or up is not isinstance(move, Recover) else None
        if row is not None:
            outcome = self._outcome(process, local, row.local, row.messages, row.happened, input_, row.answered)
            self._rows[outcome] = row
            self.outcomes[outcome, q.CUTS] = self._cuts(process, local, row, move)
            return outcome
        if isinstance(move, Tick | SetBack):
            return self._outcome(process, local, local, (), parts.steps.ticked(process, move.now), input_)
        if not isinstance(move, Receive) or parts.system.network.duplicating:
            return 0
        left_out = numbers.semantics.leave_ignored
        if left_out and not self.report_first(process, None):
            return 0
        if (process, local) not in self._stays:
            self._stays[process, local] = self._outcome(process, local, local, (), parts.steps.happened.id(()), -1)
            self.outcomes[self._stays[process, local], q.FRESH] |= q.LEFT_OUT if left_out else 0
        return self._stays[process, local]

    def _outcome(
        self,
        process: int,
        before: int,
        after: int,
        messages: tuple[int, ...],
        happened: int,
        input_: int,
        answered: tuple[int, ...] = (),
        *,
        crash: bool = False,
    ) -> int:
        parts = self.numbers.semantics.parts
        fits(after, self.numbers.slot_name(process))
        if len(answered) >= q.NUMBER_BITS and not crash:
            raise Unsuited(f"a step of {parts.addresses[process]} that answers {len(answered)} users")
        number = fits(self.outcome_count, "the steps of all processes")
        self.outcomes = grown(self.outcomes, number + 1)
        move = None if input_ < 0 else self.numbers.inputs[process][input_]
        fresh = int(self.report_first(process, move)) | (q.CRASHES_HERE if crash else 0)
        sends = self._sends(messages)
        users = self.pool.put([(user,) for user in answered]) if answered else 0
        self.outcomes[number] = (process, before, after, self._happened(happened), sends, users, 0, fresh)
        self.inputs_of.append(input_)
        self.outcome_count += 1
        return number

    def _happened(self, happened: int) -> int:
        return fits(happened, "what happens in one step") if self._tells else 0

    def _sends(self, messages: tuple[int, ...]) -> int:
        numbers, flight = self.numbers, self.numbers.semantics.parts.environment.flight
        bundles: dict[int, list[int]] = {}
        for message in messages:
            bundles.setdefault(numbers.channel(flight.messages[message][0]), []).append(message)
        records: list[tuple[int, int, int, int]] = []
        for channel, sent in bundles.items():
            bundle = fits(numbers.bundle(channel, tuple(sent)), "what is sent in one step")
            records.append((channel, bundle, *numbers.posted(channel, 0, bundle)))
        return self.pool.put(records) if records else 0

    def _cuts(self, process: int, local: int, row: Row, move: Handled) -> int:
        """List the crashes that may cut a step after some of its sends; 0 where there are none."""
        if not self.numbers.semantics.system.faults.crashes:
            return 0
        found = [self._crash(process, local, fall) for fall in self.numbers.semantics.parts.environment.cuts(process, row, move)]
        return self.pool.put(found) if found else 0

    def _crash(self, process: int, local: int, fall: Fall) -> tuple[int, int]:
        callers = tuple(user for user, at in enumerate(self.numbers.semantics.parts.environment.askable) if process in at)
        outcome = self._outcome(process, local, fall.survivor, fall.messages, fall.happened, -1, callers, crash=True)
        return outcome, self.numbers.number_of(fall.move)

    def falls(self, process: int, local: int, _: int) -> int:
        """List what a crash may leave."""
        return self.pool.put(self._crash(process, local, fall) for fall in self.numbers.semantics.parts.environment.falls(process, local))

    def varies(self, _: int, outcome: int, silent: int) -> int:
        """Return the happenings of an outcome some of whose answers find nobody waiting."""
        parts, row = self.numbers.semantics.parts, self._rows[outcome]
        nobody = frozenset(parts.users[user].name for place, user in enumerate(row.answered) if silent >> place & 1)
        return self._happened(parts.steps.happened.id(parts.steps.unheard(row.happenings, nobody)))

    def folds(self, _: int, history: int, happened: int) -> int:
        """Return the history after some happenings."""
        return fits(self.numbers.semantics.parts.observations.fold(history, happened), self.numbers.slot_name(self.numbers.history))

    # ---- lists

    def stands(self, process: int, local: int, _: int) -> int:
        """List what is armed in a local state."""
        parts, numbers = self.numbers.semantics.parts, self.numbers
        flags = (q.STANDS_UP if parts.steps.locals[process][local].up else 0) | (
            q.STANDS_WORKS if parts.steps.has_work(process, local) else 0
        )
        return self.pool.put(
            (
                (numbers.input(process, fire), isinstance(fire.trigger, Deadline), numbers.number_of(fire))
                for fire in parts.steps.armed(process, local)
            ),
            flags,
        )

    def offers(self, channel: int, content: int, _: int) -> int:
        """List what may be received or lost next of the content of a channel."""
        numbers, network = self.numbers, self.numbers.semantics.system.network
        parts = numbers.semantics.parts
        block = numbers.channels[channel].contents[content]
        records: list[tuple[int, ...]] = []
        for message in () if block == EMPTY_CHANNEL else parts.environment.flight.options(block):
            process, receive = parts.environment.receive(message)
            after = numbers.content(channel, parts.environment.flight.delivered(block, message))
            lost = numbers.content(channel, parts.environment.flight.taken(block, message)) if network.losses != 0 else 0
            moves = numbers.number_of(receive), numbers.number_of(parts.environment.lose(message))
            records.append((numbers.input(process, receive), after, lost, *moves))
        return self.pool.put(records)

    def posts(self, channel: int, content: int, bundle: int) -> int:
        """Return the content of a channel after a bundle is sent, with the number of messages dropped."""
        after, dropped = self.numbers.posted(channel, content, bundle)
        return fits(after, self.numbers.slot_name(self.numbers.first_channel + channel)) | dropped << q.NUMBER_BITS

    def asks(self, user: int, state: int, _: int) -> int:
        """List what a user may ask or cancel."""
        numbers, parts = self.numbers, self.numbers.semantics.parts
        standing = numbers.user_states[user][state]
        records: list[tuple[int, ...]] = []

        def record(process: int, move: Ask | Cancel, after: int) -> None:
            input_ = numbers.input(process, move)
            records.append((process, input_, after, isinstance(move, Cancel), numbers.number_of(move)))

        for process in standing[1]:
            record(process, Cancel(parts.addresses[process], parts.users[user].name), state)
        for process, ask, following in parts.environment.requests(user, standing):
            record(process, ask, numbers.place(user, following))
        return self.pool.put(records)

    def ends(self, user: int, state: int, process: int) -> int:
        """Return the state of a user once its call at a process is ended; the same where it has none."""
        return self.numbers.place(user, hung_up(self.numbers.user_states[user][state], process))

    def turns(self, _: int, clocks: int, __: int) -> int:
        """List how clocks may go on, be set back, or be read by who recovers."""
        time = self.numbers.semantics.time
        return self.pool.put(() if time is None else self._turns(time, self.numbers.dials[clocks]))

    def _turns(self, time: Time, dials: Dials) -> Iterator[tuple[int, ...]]:
        for process, address in enumerate(time.addresses):
            moves: list[tuple[Handled, Dials, int]] = [(Recover(address, time.now(dials, process)), dials, w.OWN | w.RECOVERED)]
            if (tick := time.tick(dials, process)) is not None:
                moves.append((tick.move, tick.after, w.SKEWED if tick.skews else w.OWN))
            if time.clocks.setbacks:
                moves += [(back.move, back.after, w.SET_BACK) for back in time.setbacks(dials, process)]
            for move, after, kind in moves:
                input_, named = self._input(process, move)
                number = fits(self.numbers.dials.id(after), self.numbers.slot_name(self.numbers.clocks))
                yield process, input_, number, kind, named

    def forges(self, _: int, history: int, __: int) -> int:
        """List what may be forged."""
        numbers, parts = self.numbers, self.numbers.semantics.parts
        records: list[tuple[int, ...]] = []
        for forge in parts.environment.forgeries(history):
            process = parts.index[forge.at]
            records.append((process, numbers.input(process, forge), numbers.number_of(forge)))
        return self.pool.put(records)


_ANSWERS: dict[int, Callable[[Filling, int, int, int], int]] = {
    q.TAKES: Filling.takes,
    q.STANDS: Filling.stands,
    q.FALLS: Filling.falls,
    q.OFFERS: Filling.offers,
    q.POSTS: Filling.posts,
    q.FOLDS: Filling.folds,
    q.VARIES: Filling.varies,
    q.ASKS: Filling.asks,
    q.ENDS: Filling.ends,
    q.HEARS: Filling.ends,
    q.FORGES: Filling.forges,
    q.TURNS: Filling.turns,
}
