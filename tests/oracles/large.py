"""The larger oracles: `make oracles` has pytest look into this file as well."""

from __future__ import annotations

from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine.search import Search
from tests.oracles.test_tla_paxos import Paxos
from tests.oracles.test_two_phase import assert_as_others_find
from tests.oracles.two_phase import two_phase


def test_two_phase_commit_with_nine_managers_has_ten_million_states() -> None:
    assert_as_others_find(explore_tabulated(two_phase(9)), 9, 10_340_352, 123_558_402, 29)


def test_on_two_threads_it_has_the_same() -> None:
    assert_as_others_find(explore_tabulated(two_phase(9), workers=2), 9, 10_340_352, 123_558_402, 29)


def test_paxos_with_three_ballots_has_the_states_that_tlc_and_spin_find() -> None:
    search = Search(Paxos(3, ("v1", "v2"), (0, 1, 2))).run()

    assert (search.states, search.transitions + 1, search.depth, search.stopped) == (185_369, 1_361_380, 25, None)
