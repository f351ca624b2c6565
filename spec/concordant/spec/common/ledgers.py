"""Ledgers: who holds how much money, or of one kind of goods, and the three clauses that every protocol owes which moves any.

A history folds in what is announced, one account at a time, so that who forgets the other side of a transfer is found out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from attrs import evolve, frozen

from concordant.spec.vocabulary import Always, Amount, Cases, Comparable, Fault, Map, Need, Seen, case
from concordant.spec.vocabulary.stems import stem_of

K = TypeVar("K", bound=Comparable)
H = TypeVar("H")


@frozen
class Ledger(Generic[K]):
    """The accounts of one unit: of money, or of one kind of goods. An account with nothing in it is not listed.

    `held`: by holder. `escrow`: what is set aside, by what for: an order, a bid, a message under way. `minted`, `burnt`: what came
    into being and what ceased to be, in all.
    """

    held: Map[K, Amount] = Map()
    escrow: Map[K, Amount] = Map()
    minted: Amount = 0
    burnt: Amount = 0

    def credit(self, holder: K, amount: Amount) -> Ledger[K]:
        """Give a holder so much more; less, where the amount is negative."""
        return evolve(self, held=_changed(self.held, holder, amount))

    def debit(self, holder: K, amount: Amount) -> Ledger[K]:
        """Take so much from a holder, whether it has that or not."""
        return self.credit(holder, -amount)

    def reserve(self, purpose: K, amount: Amount) -> Ledger[K]:
        """Set so much more aside for a purpose. Who has it no longer is to be debited."""
        return evolve(self, escrow=_changed(self.escrow, purpose, amount))

    def release(self, purpose: K, amount: Amount) -> Ledger[K]:
        """Set so much less aside. Who gets it is to be credited."""
        return self.reserve(purpose, -amount)

    def mint(self, amount: Amount) -> Ledger[K]:
        """Let so much come into being. Who gets it is to be credited."""
        return evolve(self, minted=self.minted + amount)

    def burn(self, amount: Amount) -> Ledger[K]:
        """Let so much cease to be. Whose it was is to be debited."""
        return evolve(self, burnt=self.burnt + amount)

    @property
    def there_is(self) -> Amount:
        """How much there is, held or set aside."""
        return sum(self.held.values()) + sum(self.escrow.values())


def _changed(accounts: Map[K, Amount], key: K, amount: Amount) -> Map[K, Amount]:
    after = accounts.get(key, 0) + amount
    return accounts.drop(key) if after == 0 else accounts.put(key, after)


Ledgers = Callable[[H], Iterable[Ledger[K]]]
"""The ledgers that a history holds: of money, and one for each kind of goods."""


def conserved(ledgers: Ledgers[H, K], *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Always[H]:
    """Promise that nothing is made of nothing, and nothing lost. The clause belongs to the module of `ledgers`, as those below do."""

    def cases(seen: Seen[H]) -> Cases:
        for ledger in ledgers(seen.history):
            if ledger != Ledger():
                yield case(ledger.there_is == ledger.minted - ledger.burnt, there_is=ledger.there_is, ledger=ledger)

    return _clause("conserved", "What is held and what is set aside is what was minted and not burnt.", ledgers, cases, under, needs)


def nobody_overdrawn(ledgers: Ledgers[H, K], *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Always[H]:
    """Promise that no account is below zero."""

    def cases(seen: Seen[H]) -> Cases:
        for ledger in ledgers(seen.history):
            for account, amount in (*ledger.held.items(), *ledger.escrow.items()):
                yield case(amount >= 0, account=account, amount=amount)

    return _clause(
        "nobody_overdrawn", "Nobody holds less than nothing, and no less than nothing is set aside.", ledgers, cases, under, needs
    )


def covered(
    owed: Callable[[H], Iterable[tuple[Ledger[K], Mapping[K, Amount] | Map[K, Amount]]]],
    *,
    under: Fault = Fault.NONE,
    needs: Need = Need.NONE,
) -> Always[H]:
    """Promise that what is open is set aside. `owed`: each ledger of a history with how much is open, by purpose."""

    def cases(seen: Seen[H]) -> Cases:
        for ledger, amounts in owed(seen.history):
            for purpose, amount in amounts.items():
                aside = ledger.escrow.get(purpose, 0)
                yield case(aside >= amount, purpose=purpose, open=amount, set_aside=aside)

    return _clause("covered", "For everything that is open, as much is set aside as it may cost.", owed, cases, under, needs)


def _clause(
    name: str, sentence: str, reads: Callable[[H], object], cases: Callable[[Seen[H]], Cases], under: Fault, needs: Need
) -> Always[H]:
    return Always(f"{stem_of(reads.__module__)}.{name}", sentence, "", under, needs, cases)
