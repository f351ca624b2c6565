"""Conflicts: who was lent what."""

from __future__ import annotations

from typing import Any

from concordant.checks.explorer.groups.hooks import Hook, Timeline, Views


def _lent(history: Any, _: Views) -> dict[str, str]:
    held = {str(agent): f"holds {', '.join(sorted(resources))}" for agent, resources in history.held.items()}
    return {**{str(agent): f"waits for {', '.join(sorted(needs))}" for agent, needs in history.waiting.items()}, **held}


PICTURES: dict[str, Hook] = {"priority_lending": Timeline("Who holds what, and waits for what", _lent)}
