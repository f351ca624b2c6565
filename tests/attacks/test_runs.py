"""Attacks on a run as a whole: what is asked, what is answered, what the exit code is made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import exit_code, standings
from concordant.checks.checked import Checked
from concordant.checks.exit_codes import INTERRUPTED, OK, UNDECIDED, VIOLATED
from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.families import Family
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.index import Indexed, by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.questions.asking import asked, asks_all_small, to_check
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, UnknownName, protocols_loaded
from concordant.checks.reports.standing import word_of
from concordant.checks.reports.words import failing_lines, unjudged_lines
from concordant.checks.running import run
from concordant.refimpl.machine import Ask, KnownViolation, Pitfall
from concordant.spec.vocabulary import Cases, Fair, Network, NoHistory, Seen, Sometimes, addresses, always, case, eventually, sometimes
from tests.command import lock


def holding(**values: object) -> Protocol:
    module = ModuleType(lock.__name__)  # whose source there is
    vars(module).update(values)
    return Protocol.of_modules("lock", module)


def code_of(protocol: Protocol) -> tuple[int, list[str]]:
    answers, interrupted = run(to_check([protocol]), Means(), 1, lambda _event: None)
    return exit_code(answers, interrupted=interrupted, whole=True), list(failing_lines(answers))


def test_of_two_scopes_with_one_name_none_hides_the_other() -> None:
    wrong, right = (Scope("two", "two clients", lock.system(server)) for server in (lock.Careless(), lock.Server()))

    with pytest.raises(Misuse, match="two questions are called scope:lock/two, so that one answer would hide the other"):
        code_of(holding(wrong=wrong, right=right))


def test_what_promises_nothing_does_not_hold() -> None:
    code, said = code_of(holding(system=evolve(lock.system(), promises=())))

    assert code == UNDECIDED
    assert said == [
        "no clause was judged: lock promises nothing, or nothing under the faults of its systems; give System(promises=…) or Mechanism(…, promises=…)"
    ]


def test_what_promises_nothing_under_the_faults_of_its_system_does_not_hold() -> None:
    lossy = evolve(lock.system(), network=Network(losses=1), promises=(lock.mutual_exclusion,))

    assert code_of(holding(system=lossy))[0] == UNDECIDED
    assert code_of(holding(system=lock.system()))[0] == OK


@pytest.fixture
def two_files(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Return two files of one name, of which the second is wrong; forget afterwards what was imported."""
    text = Path(lock.__file__).read_text(encoding="utf-8")
    files = tmp_path / "right" / "their_lock.py", tmp_path / "wrong" / "their_lock.py"
    for file, system in zip(files, ("system()", "system(Careless())"), strict=True):
        file.parent.mkdir()
        file.write_text(text.replace("TWO = system()", f"TWO = {system}"), encoding="utf-8")
    before = list(sys.path)
    yield files
    sys.path[:] = before
    sys.modules.pop("their_lock", None)
    protocols_loaded().pop("their_lock", None)


def test_a_file_is_not_taken_for_another_of_its_name(two_files: tuple[Path, Path]) -> None:
    right, wrong = two_files
    own(str(right))

    with pytest.raises(Misuse, match=r"would be imported as their_lock, which is .*right.their_lock\.py already; rename the file"):
        own(str(wrong))


def test_a_stem_in_two_groups_hides_neither_of_the_two() -> None:
    lock_here, lock_there = (Indexed("lock", group, Path(f"{group}/lock.py")) for group in ("consensus", "synchronization"))

    with pytest.raises(
        Misuse, match=r"^two protocols are called lock, in consensus and in synchronization; a stem is one name in all groups"
    ):
        by_stem([lock_here, lock_there])
    assert by_stem([lock_here, lock_here]) == {"lock": lock_here}


def test_a_protocol_of_which_nothing_can_be_asked_is_not_passed_over() -> None:
    with pytest.raises(Misuse, match=r"^lock has nothing to check; give it SCOPES"):
        to_check([holding(), holding(TWO=lock.system())])


@always()
def nothing_is_granted(seen: Seen[NoHistory]) -> Cases:
    """Nothing is granted: nobody promises that."""
    for view in seen.views(lock.View).values():
        yield case(not view.holders)


def test_a_mistake_that_breaks_what_nobody_promises_is_not_refuted() -> None:
    wrong = evolve(lock.system(), promises=(nothing_is_granted,))
    pitfall = Pitfall("lock.Grants", "It grants.", nothing_is_granted, wrong, 1)

    assert code_of(holding(TWO=lock.system(), PITFALL=pitfall)) == (
        VIOLATED,
        ["NOT REFUTED: lock.Grants  (concordant explain lock.Grants)"],
    )


def test_a_protocol_of_which_only_mistakes_are_left_does_not_hold() -> None:
    with pytest.raises(Misuse, match=r"^lock has mistakes and nothing that is right: give it a System"):
        code_of(holding(CARELESS=lock.CARELESS))


@eventually(given=Fair.NONE)
def it_is_held(seen: Seen[NoHistory]) -> Cases:
    """In the end it is held."""
    for view in seen.views(lock.View).values():
        yield case(bool(view.holders))


def test_a_scope_that_is_asked_for_by_name_and_decides_no_liveness_does_not_hold() -> None:
    promises = (lock.mutual_exclusion, it_is_held)
    reduced = Scope("reduced", "two clients", evolve(lock.system(), promises=promises), reductions=Reductions(leave_ignored=True))
    answers, _ = run(to_check([holding(ONLY=reduced)], "reduced"), Means(), 1, lambda _event: None)

    assert exit_code(answers, whole=False) == UNDECIDED
    assert list(failing_lines(answers)) == ["not decided: test_runs.it_is_held  (concordant check lock --scope reduced --verbose)"]


@eventually(given=Fair.NONE)
def one_is_left(seen: Seen[NoHistory]) -> Cases:
    """In the end at most one client holds it."""
    for view in seen.views(lock.View).values():
        yield case(len(view.holders) <= 1)


@pytest.mark.parametrize(
    ("asked_for", "code", "said"),
    [
        (
            "reduced,again",
            UNDECIDED,
            ["not decided: test_runs.one_is_left  (concordant check lock --scope reduced --verbose)"],
        ),
        ("reduced,every_path", OK, []),
        ("medium, small", OK, []),
        (
            "reduced,every_path,wrong",
            VIOLATED,
            [
                f"violated: {name}  (concordant check lock --scope wrong --verbose)"
                for name in ("lock.mutual_exclusion", "test_runs.one_is_left")
            ],
        ),
    ],
)
def test_a_clause_that_one_scope_leaves_undecided_is_decided_by_another_of_the_same_run_and_by_no_other(
    asked_for: str, code: int, said: list[str]
) -> None:
    clauses = (lock.mutual_exclusion, one_is_left)
    right, wrong = evolve(lock.system(), promises=clauses), evolve(lock.system(lock.Careless()), promises=clauses)
    leaving_out = Reductions(leave_ignored=True)
    held = holding(
        ONE=Scope("reduced", "two clients", right, size=Size.MEDIUM, reductions=leaving_out),
        TWO=Scope("again", "the same", right, size=Size.LARGE, reductions=leaving_out),
        ALL=Scope("every_path", "the same, of which no move is left out", right),
        BAD=Scope("wrong", "the same with a careless server", wrong, size=Size.LARGE),
    )
    answers, _ = run(to_check([held], asked_for), Means(), 1, lambda _event: None)

    assert exit_code(answers, whole=asks_all_small(asked_for)) == code
    assert list(failing_lines(answers)) == said


def test_of_several_scopes_each_is_one_that_there_is() -> None:
    held = holding(ONE=Scope("one,two", "a name with a comma", lock.system()), TWO=Scope("three", "another", lock.system()))

    with pytest.raises(UnknownName, match=r"^no scope or size is named 'two'; did you mean one,two\?$"):
        to_check([held], "three,two")
    with pytest.raises(UnknownName, match=r"^no scope or size is named 'medium'"):
        to_check([held], "small,medium")
    assert [each.id for each in to_check([held], "one,two")] == ["scope:lock/one,two", "source:lock/lock"]


@sometimes
def both_hold_it(seen: Seen[NoHistory]) -> Cases:
    """Both hold it."""
    for view in seen.views(lock.View).values():
        yield case(len(view.holders) > 1)


def test_what_a_scope_that_was_not_begun_might_reach_is_not_said_to_be_never_reached() -> None:
    system = evolve(lock.system(), promises=(lock.mutual_exclusion, both_hold_it))
    answers, _ = run(to_check([holding(ONE=system)]), Means(), 1, lambda _event: None)

    assert exit_code(answers) == VIOLATED
    assert exit_code(answers, interrupted=True, unfinished=["lock"]) == INTERRUPTED
    assert list(failing_lines(answers, ["lock"])) == []
    assert [word_of(answers, unfinished=left)[0] for left in (False, True)] == ["VIOLATED", "interrupted"]


def held_by(number: int) -> Sometimes[NoHistory]:
    @sometimes
    def so_many_hold_it(seen: Seen[NoHistory]) -> Cases:
        """So many hold it."""
        for view in seen.views(lock.View).values():
            yield case(len(view.holders) >= number)

    return so_many_hold_it


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_two_clauses_with_one_id_in_two_scopes_neither_stands_for_the_other_when_it_comes_from_another_process(
    jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, both = (Scope(str(number), "two clients", evolve(lock.system(), promises=(held_by(number),))) for number in (1, 2))
    held = holding(ONE=one, BOTH=both)
    monkeypatch.setitem(protocols_loaded(), "lock", held)  # where the processes beside this one find it
    answers, _ = run([*asked("scope", [held])], Means(), jobs, lambda _event: None)

    assert [each.status for each in standings(answers)] == [Status.HOLDS, Status.VIOLATED]
    assert exit_code(answers) == VIOLATED


@pytest.mark.parametrize(
    "idle",
    [
        pytest.param({"users": ()}, id="nobody asks"),
        pytest.param({"within": (lambda seen: False,)}, id="the first state is beyond the bound"),  # noqa: ARG005
        pytest.param({"assume": (lambda move, seen: False,)}, id="no move is assumed"),  # noqa: ARG005
    ],
)
def test_a_system_in_which_nothing_happens_does_not_hold(idle: dict[str, Any]) -> None:
    system = evolve(lock.system(), promises=(lock.mutual_exclusion,), **idle)

    assert code_of(holding(TWO=system)) == (
        UNDECIDED,
        ["nothing happens: lock two  (concordant check lock --scope two --verbose)"],
    )


@always()
def nobody_holds_it(seen: Seen[NoHistory]) -> Cases:
    """Nobody holds it."""
    for view in seen.views(lock.View).values():
        yield case(not view.holders)


def test_pytest_does_not_let_a_clause_hide_one_of_its_id_that_only_a_family_promises() -> None:
    namesake = evolve(nobody_holds_it, id=lock.mutual_exclusion.id)
    family = Family("alone", "a lock", lambda _draw: evolve(lock.system(), promises=(namesake,)))
    checked = Checked(holding(RIGHT=Scope("right", "two clients", lock.system()), FAMILY=family), None, Means())

    assert checked.case(lock.mutual_exclusion.id).result.value == "failure"


@frozen
class Hasty(lock.Careless):
    """Grants whatever is asked, and is explored."""


def test_that_a_clause_fails_of_a_machine_that_no_scope_has_is_no_truth_about_the_protocol() -> None:
    both = tuple(Ask(lock.SERVER, client, lock.Acquire()) for client in addresses("client", 2))

    def known(server: lock.Server) -> tuple[int, list[str]]:
        failing = KnownViolation(lock.mutual_exclusion, "It lets two in.", lock.system(server), both)
        return code_of(holding(TWO=lock.system(), KNOWN=failing, IDLE=Family("others", "a lock", lambda _draw: lock.system(Hasty()))))

    assert known(Hasty()) == (VIOLATED, ["violated: lock.mutual_exclusion  (concordant check lock --scope others --verbose)"])
    assert known(lock.Careless())[1][-1].startswith("THE WITNESS DOES NOT SHOW IT: lock.mutual_exclusion")


@frozen
class Shown:
    """A view that no process shows: what showed it was given another one."""

    holding: bool


@always()
def one_at_a_time(seen: Seen[NoHistory]) -> Cases:
    """At most one holds it."""
    yield case(sum(view.holding for view in seen.views(Shown).values()) <= 1)


def test_what_is_said_of_views_that_nobody_shows_does_not_hold_of_all_of_them() -> None:
    right = lock.system()
    protocol = holding(system=evolve(right, promises=(*right.promises, one_at_a_time)))
    answers, _ = run(to_check([protocol]), Means(), 1, lambda _event: None)

    assert exit_code(answers, whole=True) == UNDECIDED
    assert (
        f"lock: clauses look at views of {__name__}.Shown, which no process of any scope shows; ask for the class that view(state) is annotated to return"
        in (list(unjudged_lines(answers)))
    )
