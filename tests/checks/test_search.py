"""Search of any transition system: nothing here knows of processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import define, field, frozen

from concordant.refimpl.machine.search import Overdue, Search, Visitor


@frozen
class Steps:
    """Counts up by one or by two, to a limit, from these starts; stands still too."""

    starts: tuple[int, ...]
    limit: int

    def initial(self) -> tuple[int, ...]:
        return self.starts

    def successors(self, state: int) -> Iterator[tuple[str, int]]:
        yield "stays", state
        for size in (1, 2):
            if state + size <= self.limit:
                yield f"goes on by {size}", state + size


@define
class Witness(Visitor[int, str]):
    """Notes what it is shown. States beyond the bound are not left; the search ends once a state is seen."""

    bound: int = 99
    until: int = 99
    lines: list[str] = field(factory=list)

    def visit(self, state: int) -> bool:
        self.lines.append(f"visits {state}")
        return state <= self.bound

    def cross(self, source: int, label: str, target: int) -> None:
        self.lines.append(f"{source} {label} to {target}")

    def leave(self, state: int) -> None:
        self.lines.append(f"leaves {state}")

    @property
    def satisfied(self) -> bool:
        return f"visits {self.until}" in self.lines


def found(search: Search[int, str]) -> tuple[int, int, int, int]:
    return search.states, search.transitions, search.depth, search.beyond


def test_every_state_is_reached_once_and_every_transition_counted_self_loops_included() -> None:
    # 0 to 4: each stays; by one from 0 to 3, by two from 0 to 2
    assert found(Search(Steps((0,), 4)).run()) == (5, 5 + 4 + 3, 3, 0)


def test_several_initial_states_are_the_first_level_and_equal_ones_count_once() -> None:
    assert found(Search(Steps((0, 3, 0), 4)).run()) == (5, 5 + 4 + 3, 2, 0)


def test_a_system_without_transitions_has_depth_one() -> None:
    class Still(Steps):
        def successors(self, state: int) -> Iterator[tuple[str, int]]:  # noqa: ARG002
            yield from ()

    assert found(Search(Still((0, 1), 4)).run()) == (2, 0, 1, 0)


def test_a_visitor_sees_states_when_they_are_met_transitions_in_order_and_states_when_they_are_left() -> None:
    witness = Witness()
    Search(Steps((0,), 2), witness).run()

    assert witness.lines == [
        "visits 0",
        "0 stays to 0",
        "0 goes on by 1 to 1",
        "visits 1",
        "0 goes on by 2 to 2",
        "visits 2",
        "leaves 0",
        "1 stays to 1",
        "1 goes on by 1 to 2",
        "leaves 1",
        "2 stays to 2",
        "leaves 2",
    ]


def test_a_state_beyond_the_bound_is_met_and_not_left() -> None:
    witness = Witness(bound=1)
    search = Search(Steps((0,), 4), witness).run()

    # 0 and 1 are left, to 2 and 3
    assert found(search) == (4, 3 + 3, 3, 2)
    assert "leaves 2" not in witness.lines


def test_a_visitor_that_is_satisfied_ends_the_search_after_the_state_in_hand() -> None:
    witness = Witness(until=2)
    search = Search(Steps((0,), 9), witness).run()

    assert (search.states, witness.lines[-1], search.stopped) == (3, "leaves 0", None)


@frozen
class Fan:
    """Leads from one state to many."""

    def initial(self) -> tuple[int, ...]:
        return (0,)

    def successors(self, state: int) -> Iterator[tuple[str, int]]:
        return ((f"goes to {target}", target) for target in range(1, 1000) if state == 0)


@frozen
class After:
    """Stops a search after so many transitions."""

    transitions: int

    def why_stop(self, search: Search[Any, Any]) -> str | None:
        return "enough" if search.transitions >= self.transitions else None


def test_a_limit_ends_a_search_in_the_middle_of_a_state_that_leads_to_many() -> None:
    search = Search(Fan(), limit=After(100)).run()

    # asked after each 63rd of 64 transitions: the second time is late enough
    assert (*found(search), search.stopped) == (128, 127, 1, 0, "enough")


def test_a_path_to_a_state_is_a_shortest_one_from_an_initial_state() -> None:
    search = Search(Steps((0,), 5)).run()

    assert search.path(0) == (0, ())
    assert search.path(5) == (0, (("goes on by 1", 1), ("goes on by 2", 3), ("goes on by 2", 5)))
    assert Search(Steps((0, 4), 5)).run().path(5) == (4, (("goes on by 1", 5),))


def test_states_are_found_up_to_their_representatives() -> None:
    search = Search(Steps((0,), 5), representative=lambda state: state - state % 2).run()

    # even numbers stand for the odd ones after them: 0 leads to 0, 1 and 2; 2 to 2, 3 and 4; 4 to 4 and 5
    assert sorted(search.reached) == [0, 2, 4]
    assert found(search) == (3, 3 + 3 + 2, 3, 0)


def test_edges_take_every_transition_by_the_numbers_of_its_states() -> None:
    taken: list[tuple[int, str, int]] = []

    class Taking:
        def add(self, source: int, label: str, target: int) -> None:
            taken.append((source, label, target))

    Search(Steps((3,), 4), edges=Taking()).run()

    assert taken == [(0, "stays", 0), (0, "goes on by 1", 1), (1, "stays", 1)]


class Interrupted(Visitor[int, str]):
    """Is shown a state when Ctrl-C is pressed."""

    def visit(self, state: int) -> bool:  # noqa: ARG002  # it looks at nothing
        raise KeyboardInterrupt


def test_a_search_without_a_limit_leaves_ctrl_c_to_who_runs_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        Search(Steps((0,), 3), Interrupted()).run()


def test_a_search_with_a_limit_says_that_it_was_interrupted() -> None:
    class Never:
        def why_stop(self, search: Search[Any, Any]) -> None: ...

    search = Search(Steps((0,), 3), Interrupted(), Never()).run()

    assert (search.stopped, search.states) == ("interrupted", 1)


@frozen
class Failing:
    """Raises something instead of leading anywhere."""

    what: BaseException

    def initial(self) -> tuple[int, ...]:
        return (0,)

    def successors(self, state: int) -> Iterator[tuple[str, int]]:  # noqa: ARG002  # of whatever state
        raise self.what
        yield "never", 0


def test_a_bound_that_is_reached_in_the_midst_of_whatever_runs_stops_the_search_and_says_which() -> None:
    search: Search[int, str] = Search(Failing(Overdue("after 3 s"))).run()

    assert (search.states, search.stopped) == (1, "after 3 s")


def test_a_search_without_memory_stops_where_it_has_a_limit_and_fails_where_it_has_none() -> None:
    limited: Search[int, str] = Search(Failing(MemoryError()), limit=After(9)).run()

    assert limited.stopped == "all memory spent"
    with pytest.raises(MemoryError):
        Search(Failing(MemoryError())).run()
