"""A store of checkpoints, input in and step out; its disk, and its texts."""

from __future__ import annotations

import inspect
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from concordant.checks.exploration.explore import explore
from concordant.checks.lint import lint_of
from concordant.refimpl.machine import Ask, Crash, Fire, Recover, defines, step
from concordant.refimpl.recovery.state_checkpoint import STORE, UNTOLD, Job, Phase, Store, Storing, system
from concordant.refimpl.recovery.state_checkpoint.codec import decode, encode
from concordant.refimpl.recovery.state_checkpoint.disk import Change, Disk, File, Name
from concordant.spec.recovery.state_checkpoint import (
    NO_TEXT,
    NONE_SAVED,
    AgentState,
    GoOn,
    Load,
    Loaded,
    Save,
    Saved,
    StoreView,
)
from concordant.spec.vocabulary import Faults, Map, Reply, addresses, same

CLIENT, OTHER = addresses("client", 2)
ONE, TWO = AgentState(1, ("dry",)), AgentState(2, ())
PAGES, MORE = ("1", '["tuple", "dry"]'), ("2", '["tuple"]')
NONE = (None, None)
DRAFT, FIRST, SECOND = Name("ann"), Name("ann", 1), Name("ann", 2)
JOB = Job(CLIENT, "ann", PAGES)
KEEPS_ONE = Store(1)
SAFE = Disk(Map.of({1: File(PAGES, PAGES)}), Map.of({FIRST: 1}))
DRAFTED = evolve(SAFE, files=SAFE.files.put(2, File(MORE, NONE)), changes=(Change(((DRAFT, 2),)),))

# ---- the store


def test_a_store_has_no_clock_to_go_wrong_is_told_of_none_and_may_read_none() -> None:
    file = Path(inspect.getsourcefile(Store) or "")
    source = file.read_text(encoding="utf-8")
    reads = source.replace("\nfrom enum", "\nimport time\nfrom enum", 1)

    assert (system().clocks, defines(Store(1), "tick"), lint_of(file, source)) == (None, False, ())
    assert [found for found in lint_of(file, reads) if "read no clock" in found]


def test_saves_wait_for_each_other_and_the_first_goes_on() -> None:
    waiting = Storing(Disk(), (JOB, Job(OTHER, "bob", MORE)))

    assert KEEPS_ONE.start() == step(Storing())
    assert KEEPS_ONE.request(Storing(), CLIENT, Save("ann", ONE)) == step(Storing(Disk(), (JOB,)))
    assert KEEPS_ONE.request(Storing(Disk(), (JOB,)), OTHER, Save("bob", TWO)) == step(waiting)
    assert KEEPS_ONE.armed(waiting) == (GoOn(),)


def test_a_state_is_written_synced_renamed_and_its_name_synced_before_it_is_said_to_be_saved() -> None:
    written = evolve(JOB, phase=Phase.SYNC), Disk(Map.of({1: File(PAGES, NONE)}), changes=(Change(((DRAFT, 1),)),))
    synced = evolve(JOB, phase=Phase.RENAME), evolve(written[1], files=SAFE.files)
    renamed = (
        evolve(JOB, phase=Phase.SYNC_NAMES, number=1),
        evolve(synced[1], changes=(*synced[1].changes, Change(((DRAFT, None), (FIRST, 1))))),
    )

    for before, (job, disk) in zip(((JOB, Disk()), written, synced), (written, synced, renamed), strict=True):
        assert KEEPS_ONE.fire(Storing(before[1], (before[0],)), GoOn()) == step(Storing(disk, (job,)))
    assert KEEPS_ONE.fire(Storing(renamed[1], (renamed[0],)), GoOn()) == step(Storing(SAFE), Reply(CLIENT, Saved(1)))


def test_the_oldest_makes_room_once_the_newest_is_safe() -> None:
    job = Job(CLIENT, "ann", MORE, Phase.SYNC_NAMES, 2)
    both = Map.of({FIRST: 1, SECOND: 2})
    renamed = Disk(SAFE.files.put(2, File(MORE, MORE)), SAFE.durable, (Change(((DRAFT, 2),)), Change(((DRAFT, None), (SECOND, 2)))))
    kept = Disk(renamed.files, both)

    assert Store(2).fire(Storing(renamed, (job,)), GoOn()) == step(Storing(kept), Reply(CLIENT, Saved(2)))
    assert KEEPS_ONE.fire(Storing(renamed, (job,)), GoOn()) == step(
        Storing(evolve(kept, changes=(Change(((FIRST, None),)),))), Reply(CLIENT, Saved(2))
    )


def test_the_newest_state_of_an_agent_is_loaded_that_is_safe() -> None:
    renamed = Storing(DRAFTED.rename(DRAFT, SECOND), (Job(OTHER, "ann", MORE, Phase.SYNC_NAMES, 2),))

    assert KEEPS_ONE.request(Storing(), CLIENT, Load("ann")) == step(Storing(), Reply(CLIENT, NONE_SAVED))
    assert KEEPS_ONE.request(Storing(SAFE), CLIENT, Load("bob")) == step(Storing(SAFE), Reply(CLIENT, NONE_SAVED))
    assert KEEPS_ONE.request(Storing(DRAFTED), CLIENT, Load("ann")) == step(Storing(DRAFTED), Reply(CLIENT, Loaded(1, ONE)))
    assert KEEPS_ONE.request(renamed, CLIENT, Load("ann")) == step(renamed, Reply(CLIENT, Loaded(1, ONE)))
    assert KEEPS_ONE.request(evolve(renamed, jobs=()), CLIENT, Load("ann")) == step(evolve(renamed, jobs=()), Reply(CLIENT, Loaded(2, TWO)))


def test_a_state_that_has_no_text_is_rejected_before_anything_is_written() -> None:
    assert KEEPS_ONE.request(Storing(SAFE), CLIENT, Save("ann", AgentState((), (Fraction(1, 2),)))) == step(
        Storing(SAFE), Reply(CLIENT, NO_TEXT)
    )


def test_after_a_crash_drafts_and_what_is_superfluous_are_removed() -> None:
    left = Disk(DRAFTED.files.put(3, File(MORE, MORE)), Map.of({DRAFT: 2, FIRST: 1, SECOND: 3}))

    assert KEEPS_ONE.recover(Storing(left)) == step(Storing(evolve(left, changes=(Change(((DRAFT, None),)), Change(((FIRST, None),))))))


def test_an_outsider_sees_the_files() -> None:
    assert KEEPS_ONE.view(Storing(SAFE)) == StoreView(frozenset({("ann", 1)}))
    assert KEEPS_ONE.view(Storing(DRAFTED)) == StoreView(frozenset({("ann", 0), ("ann", 1)}))


def test_a_store_that_keeps_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="'keep' must be >= 1: 0"):
        Store(0)


def test_a_state_of_which_nobody_was_told_is_loaded_after_seven_moves() -> None:
    save, load = Save("ann", ONE), Load("ann")
    cut_short = system((save, load), faults=Faults(crashes=1, recoveries=1, who=(STORE,)), promises=UNTOLD)
    trace = explore(cut_short).verdict("state_checkpoint.a_state_is_loaded_of_which_nobody_was_told").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(STORE, CLIENT, save),
        *(Fire(STORE, GoOn()) for _ in range(3)),
        Crash(STORE, Storing(SAFE)),
        Recover(STORE),
        Ask(STORE, CLIENT, load),
    ]


# ---- the disk


def test_a_crash_leaves_any_pages_and_any_changes_of_names_that_are_not_synced() -> None:
    left = set(DRAFTED.left())

    torn = [(one, other) for one in (None, "2") for other in (None, '["tuple"]')]
    assert left == {SAFE, *(Disk(SAFE.files.put(2, File(pages, pages)), SAFE.durable.put(DRAFT, 2)) for pages in torn)}


def test_what_is_synced_is_all_that_a_crash_leaves() -> None:
    assert list(SAFE.left()) == [SAFE]
    assert list(DRAFTED.sync(DRAFT).sync_names().left()) == [Disk(SAFE.files.put(2, File(MORE, MORE)), SAFE.durable.put(DRAFT, 2))]


def test_a_file_is_written_over_where_its_name_is_taken_and_is_gone_with_its_name() -> None:
    over = SAFE.write(FIRST, MORE)

    assert over == Disk(Map.of({1: File(MORE, PAGES)}), SAFE.durable)
    assert over.read(FIRST) == MORE
    assert SAFE.remove(FIRST).sync_names() == Disk()


# ---- texts

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.text(max_size=2),
    lambda parts: (
        st.lists(parts, max_size=3).map(tuple)
        | st.frozensets(st.integers(-2, 2) | st.text(max_size=2), max_size=3)
        | st.dictionaries(st.integers(-2, 2), parts, max_size=3).map(Map.of)
    ),
    max_leaves=5,
)


@given(VALUES)
def test_what_is_read_is_what_was_written(value: object) -> None:
    text = encode(value)

    assert text is not None
    assert "\n" not in text
    assert same(decode(text), value)


@pytest.mark.parametrize("value", [1 / 2, Fraction(1), [1], {1: 2}, b"", (1, (2, 3.0)), Map.of({1: [2]})])
def test_what_has_no_text_is_not_written(value: object) -> None:
    assert encode(value) is None
