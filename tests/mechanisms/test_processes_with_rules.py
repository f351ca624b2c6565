"""A process that runs a rule keeps the rule's promises: `obeys` makes them clauses of a system like any other."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.refuting.pitfalls import refute
from concordant.refimpl.machine import Pitfall, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Case, Fault, Reply, Seen, case, obeys, sometimes

from .toys import Claims, Rule, Shares, halves, nobody_gets_more_than_claimed


@frozen
class Claim:
    """Somebody claims."""

    amount: int


@frozen
class Noted:
    """A claim was noted."""


@frozen
class Shared:
    """A rule was run."""

    profile: Claims
    outcome: Shares


@frozen
class Pot:
    """What was claimed so far."""

    claims: tuple[int, ...] = ()


@frozen
class Ledger:
    """Every run that was announced."""

    runs: tuple[Shared, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> Ledger:  # noqa: ARG002
        return Ledger((*self.runs, happening)) if isinstance(happening, Shared) else self


@frozen
class Sharer(Process[Pot, object, Claim]):
    """Shares as soon as two have claimed."""

    rule: Rule = halves

    def start(self) -> Step[Pot]:
        return step(Pot())

    def request(self, state: Pot, client: Address, request: Claim) -> Step[Pot]:
        claims = (*state.claims, request.amount)
        profile = Claims(claims)
        effects = (Announce(Shared(profile, self.rule(profile))),) if len(claims) == 2 else ()
        return step(Pot(claims), *effects, Reply(client, Noted()))

    def view(self, state: Pot) -> Pot:
        return state


def runs(ledger: Ledger) -> Iterator[tuple[Claims, Shares]]:
    return ((each.profile, each.outcome) for each in ledger.runs)


kept = obeys(nobody_gets_more_than_claimed, runs, under=Fault.LOSS)


@sometimes
def something_is_shared(seen: Seen[Ledger]) -> Iterator[Case]:
    """The rule is run."""
    yield case(bool(seen.history.runs))


def sharing(rule: Rule) -> System[Ledger]:
    pot = Address("pot")
    users = tuple(User(Address("user", number), (pot,), ((Claim(1), Claim(2)),)) for number in range(2))
    return System({pot: Sharer(rule)}, Ledger(), (kept, something_is_shared), users=users)


def test_the_rules_promise_is_judged_of_every_run_that_is_announced() -> None:
    report = explore(sharing(halves))

    assert kept.id == "test_processes_with_rules.nobody_gets_more_than_claimed"
    assert [verdict.status for verdict in report.verdicts] == [Status.HOLDS, Status.HOLDS]
    assert report.verdict(kept).cases == 2 * 4


def test_a_process_with_a_wrong_rule_is_refuted_by_a_shortest_run() -> None:
    def all_the_same(profile: Claims) -> Shares:
        return Shares(tuple(max(profile.claims) for _ in profile.claims))

    result = refute(Pitfall("T-7", "The largest claim for all.", kept, sharing(all_the_same), 2))

    assert result.problem is None
    assert result.verdict.facts == {"place": 0, "share": 2}
