"""Moves that are not listed beforehand, since they depend on more than a process and a channel: by users, faults, the detector and clocks."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import Layout, Width, Words, add, inner, int64, value
from concordant.checks.tabulated.kernel.work import Work


@inner
def others(
    width: Width, rules: q.Rules, layout: Layout, memory: q.Memory, work: Work, rows: Words, at: int, state: int, found: int
) -> tuple[bool, int]:
    """Add to the candidates, of which there are some already; return whether all is known, and how many there are.

    There are never more than there is room for: then the worker's status says so.
    """
    complete = True
    for p in range(rules.processes):
        work.locals[p] = value(layout, rows, at, p)
    if rules.users > 0:
        complete, found = _users(width, rules, layout, memory, work, rows, at, state, found)
    if rules.crashes > 0 or rules.detector:
        known, found = _processes(width, rules, layout, memory, work, rows, at, state, found)
        complete = complete and known
    if rules.clocks > 0:
        known, found = _clocks(width, rules, layout, memory, work, rows, at, state, found)
        complete = complete and known
    if rules.forging:
        question = q.of(q.FORGES, 0, value(layout, rows, at, rules.history), 0)
        list_ = q.recall(memory.memo, question)
        if list_ < 0:
            w.ask(work, question, state)
            return False, found
        for x in range(memory.pool[list_]):
            forgery = list_ + 1 + q.FORGERY * x
            process = int64(memory.pool[forgery + q.FORGERY_PROCESS])
            outcome = _outcome(memory, work, process, memory.pool[forgery + q.FORGERY_INPUT], state)
            complete = complete and outcome >= 0
            if outcome > 0:
                found = _plain(width, work, rows, at, found, outcome, int64(memory.pool[forgery + q.FORGERY_MOVE]), w.FORGED)
    return complete and work.counts[w.STATUS] != w.NARROW, found


@inner
def _users(
    width: Width, rules: q.Rules, layout: Layout, memory: q.Memory, work: Work, rows: Words, at: int, state: int, found: int
) -> tuple[bool, int]:
    complete = True
    cancels = rules.cancellations > 0 and value(layout, rows, at, rules.allowances + q.CANCELLATIONS) < rules.cancellations
    for user in range(rules.users):
        slot = rules.processes + user
        before = value(layout, rows, at, slot)
        question = q.of(q.ASKS, user, before, 0)
        list_ = q.recall(memory.memo, question)
        if list_ < 0:
            w.ask(work, question, state)
            complete = False
            continue
        for x in range(memory.pool[list_]):
            ask = list_ + 1 + q.ASK * x
            cancelling = memory.pool[ask + q.ASK_CANCELS] != 0
            if cancelling and not cancels:
                continue
            outcome = _outcome(memory, work, int64(memory.pool[ask + q.ASK_PROCESS]), memory.pool[ask + q.ASK_INPUT], state)
            complete = complete and outcome >= 0
            if outcome <= 0:
                continue
            base = found * len(width)
            found = _plain(
                width, work, rows, at, found, outcome, int64(memory.pool[ask + q.ASK_MOVE]), w.CANCELLED if cancelling else w.OWN
            )
            if work.counts[w.STATUS] != w.NARROW:
                add(layout, work.bases, base, slot, int64(memory.pool[ask + q.ASK_AFTER]) - before)
                if cancelling:
                    add(layout, work.bases, base, rules.allowances + q.CANCELLATIONS, 1)
    return complete, found


@inner
def _processes(
    width: Width, rules: q.Rules, layout: Layout, memory: q.Memory, work: Work, rows: Words, at: int, state: int, found: int
) -> tuple[bool, int]:
    """Add crashes, recoveries of processes without a clock, and what the detector says."""
    words = len(width)
    complete = True
    for p in range(rules.processes):
        list_ = q.recall(memory.memo, q.of(q.STANDS, p, work.locals[p], 0))
        if list_ < 0:
            return False, found  # which was asked for the list of what is armed
        work.locals[rules.processes + p] = memory.pool[list_] & q.STANDS_UP
    may_crash = rules.crashes > 0 and value(layout, rows, at, rules.allowances + q.CRASHES) < rules.crashes
    may_recover = rules.clocks == 0 and rules.recoveries > 0 and value(layout, rows, at, rules.allowances + q.RECOVERIES) < rules.recoveries
    may_err = rules.mistakes > 0 and value(layout, rows, at, rules.allowances + q.MISTAKES) < rules.mistakes
    for p in range(rules.processes):
        role = rules.roles + q.ROLE * p
        if work.locals[rules.processes + p] == 0:
            if may_recover:
                outcome = _outcome(memory, work, p, memory.pool[role + q.ROLE_RECOVER], state)
                complete = complete and outcome >= 0
                if outcome > 0:
                    base = found * words
                    found = _plain(
                        width, work, rows, at, found, outcome, int64(memory.pool[role + q.ROLE_RECOVER_MOVE]), w.OWN | w.RECOVERED
                    )
                    if work.counts[w.STATUS] != w.NARROW:
                        add(layout, work.bases, base, rules.allowances + q.RECOVERIES, 1)
            continue
        for peer in range(rules.processes if rules.detector else 0):
            is_up = work.locals[rules.processes + peer] != 0
            cell = rules.roles + q.ROLE * rules.processes + q.PEER * (p * rules.processes + peer)
            for told in range(q.PEER_INPUT, q.PEER, q.PEER_TRUST - q.PEER_INPUT):
                errs = is_up == (told == q.PEER_INPUT)
                if peer == p or memory.pool[cell + told] < 0 or (errs and rules.mistakes >= 0 and not may_err):
                    continue
                outcome = _outcome(memory, work, p, memory.pool[cell + told], state)
                complete = complete and outcome >= 0
                if outcome > 0:
                    base = found * words
                    found = _plain(
                        width, work, rows, at, found, outcome, int64(memory.pool[cell + told + 1]), w.SUSPECTED if errs else w.OWN
                    )
                    if errs and rules.mistakes > 0 and work.counts[w.STATUS] != w.NARROW:
                        add(layout, work.bases, base, rules.allowances + q.MISTAKES, 1)
        if may_crash and memory.pool[role + q.ROLE_MORTAL] != 0:
            question = q.of(q.FALLS, p, work.locals[p], 0)
            list_ = q.recall(memory.memo, question)
            if list_ < 0:
                w.ask(work, question, state)
                complete = False
                continue
            for x in range(memory.pool[list_]):
                fall = list_ + 1 + q.FALL * x
                base = found * words
                outcome, move = int64(memory.pool[fall + q.FALL_OUTCOME]), int64(memory.pool[fall + q.FALL_MOVE])
                found = _plain(width, work, rows, at, found, outcome, move, w.CRASHED)
                if work.counts[w.STATUS] != w.NARROW:
                    add(layout, work.bases, base, rules.allowances + q.CRASHES, 1)
    return complete, found


@inner
def _clocks(
    width: Width, rules: q.Rules, layout: Layout, memory: q.Memory, work: Work, rows: Words, at: int, state: int, found: int
) -> tuple[bool, int]:
    """Add how clocks go on and are set back, and recoveries, in which they are read."""
    before = value(layout, rows, at, rules.clocks)
    question = q.of(q.TURNS, 0, before, 0)
    list_ = q.recall(memory.memo, question)
    busy = _busy(rules, layout, memory, work, rows, at) if rules.synchronous else 0
    if list_ < 0 or busy < 0:  # what is armed was asked for the lists
        if list_ < 0:
            w.ask(work, question, state)
        return False, found
    complete = True
    recovers = rules.recoveries > 0 and value(layout, rows, at, rules.allowances + q.RECOVERIES) < rules.recoveries
    goes_back = rules.setbacks > 0 and value(layout, rows, at, rules.allowances + q.SETBACKS) < rules.setbacks
    for x in range(memory.pool[list_]):
        turn = list_ + 1 + q.TURN * x
        kind = int64(memory.pool[turn + q.TURN_KIND])
        possible = recovers if kind & w.RECOVERED != 0 else goes_back if kind & w.SET_BACK != 0 else busy == 0
        if not possible:
            continue
        outcome = _outcome(memory, work, int64(memory.pool[turn + q.TURN_PROCESS]), memory.pool[turn + q.TURN_INPUT], state)
        complete = complete and outcome >= 0
        if outcome <= 0:
            continue
        base = found * len(width)
        found = _plain(width, work, rows, at, found, outcome, int64(memory.pool[turn + q.TURN_MOVE]), kind)
        if work.counts[w.STATUS] != w.NARROW:
            add(layout, work.bases, base, rules.clocks, int64(memory.pool[turn + q.TURN_AFTER]) - before)
            if kind & w.RECOVERED != 0:
                add(layout, work.bases, base, rules.allowances + q.RECOVERIES, 1)
            if kind & w.SET_BACK != 0:
                add(layout, work.bases, base, rules.allowances + q.SETBACKS, 1)
    return complete, found


@inner
def _busy(rules: q.Rules, layout: Layout, memory: q.Memory, work: Work, rows: Words, at: int) -> int:
    """Return whether something is under way, 1 or 0; -1 where it is not known yet."""
    busy = 0
    for p in range(rules.processes):
        list_ = q.recall(memory.memo, q.of(q.STANDS, p, work.locals[p], 0))
        if list_ < 0:
            return -1
        flags = memory.pool[list_]
        work.locals[rules.processes + p] = flags & q.STANDS_UP
        if flags & q.STANDS_WORKS != 0:
            busy = 1
    for channel in range(len(work.receivers)):
        is_up = work.locals[rules.processes + work.receivers[channel]] != 0
        if is_up and value(layout, rows, at, rules.channels + channel) != 0:
            busy = 1
    return busy


@inner
def _outcome(memory: q.Memory, work: Work, process: int, input_: int, state: int) -> int:
    """Return the outcome of an input at a process in its present local state; -1 where it is not known yet."""
    question = q.of(q.TAKES, process, work.locals[process], input_)
    outcome = q.recall(memory.memo, question)
    if outcome < 0:
        w.ask(work, question, state)
    return outcome


@inner
def _plain(width: Width, work: Work, rows: Words, at: int, found: int, outcome: int, move: int, kind: int) -> int:
    """Note a candidate whose base row is the state itself; return how many there are."""
    if w.CANDIDATE * (found + 1) > len(work.candidates):
        work.counts[w.STATUS] = w.NARROW
        return found
    for k in range(len(width)):
        work.bases[found * len(width) + k] = rows[at + k]
    return noted(work, found, outcome, move, kind)


@inner
def noted(work: Work, number: int, outcome: int, move: int, kind: int) -> int:
    """Note a candidate whose base row is written: its outcome, 0 for a loss; its move, or if that is known to be allowed, its complement; `OWN` and the fault that it is."""
    work.candidates[w.CANDIDATE * number + w.CANDIDATE_OUTCOME] = outcome
    work.candidates[w.CANDIDATE * number + w.CANDIDATE_MOVE] = move
    work.candidates[w.CANDIDATE * number + w.CANDIDATE_KIND] = kind
    return number + 1
