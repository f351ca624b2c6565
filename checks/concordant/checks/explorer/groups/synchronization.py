"""Barriers, leases and pools: who waits for what, and who holds it."""

from __future__ import annotations

from typing import Any

from concordant.checks.explorer.groups.hooks import Hook, Timeline, Views
from concordant.spec.vocabulary import Address


def _at_the_barrier(_: Any, views: Views) -> dict[str, str]:
    (view,) = views.values()
    standing = "broken" if view.broken else f"{len(view.waiting)} waiting"
    return {f"round {view.round}": standing, **{str(each): "waits" for each in sorted(view.waiting)}}


def _leased(history: Any, _: Views) -> dict[str, str]:
    """As agents say: two lanes at once are two that believe that they hold it."""
    return {str(agent): f"token {token}" for agent, token in history.holding.items()}


def _insisted(history: Any, _: Views) -> dict[str, str]:
    return {} if history.holder is None else {"the lease": str(history.holder)}


def _of_pool(history: Any, _: Views) -> dict[str, str]:
    held = {f"unit {unit}": str(agent) for agent, unit in history.holders.items()}
    return {**held, **({"the queue": _names(history.waiting)} if history.waiting else {})}


def _of_pools(_: Any, views: Views) -> dict[str, str]:
    (view,) = views.values()
    return {pool: str(agent) for pool, agent in view.holders.items()}


def _in_turn(history: Any, _: Views) -> dict[str, str]:
    return {str(agent): "uses it" for agent in sorted(history.active)}


def _names(agents: tuple[Address, ...]) -> str:
    return ", ".join(map(str, agents))


PICTURES: dict[str, Hook] = {
    "barrier": Timeline("Who waits at the barrier", _at_the_barrier),
    "lease": Timeline("Who holds the lease, as it believes", _leased),
    "insistent_lease": Timeline("Who has the lease", _insisted),
    "resource_pool": Timeline("Who holds what", _of_pool),
    "ordered_pools": Timeline("Who holds what", _of_pools),
    "time_sharing": Timeline("Who uses it", _in_turn),
}
