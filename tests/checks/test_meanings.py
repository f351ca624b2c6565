"""Changes of what meanings say, and what notices them."""

from __future__ import annotations

import ast

import pytest

from concordant.checks.meanings.changes import Slip, changes
from concordant.checks.meanings.judging import Noticed, NoticedBy, WrittenMeaning

SOURCE = """
class Meant(Meaning):
    supposes = (SOMETHING,)

    def state(self, s, me, state):
        match state:
            case Logged(True) if me:
                return {"it is so": And(s.sent(me), Not(s.heard(me)))}
            case _:
                return unknown(state)

    def steps(self, before):
        if before:
            yield "send", {}
"""
COMMIT = WrittenMeaning("two_phase_commit")


def test_a_meaning_is_changed_in_each_way_that_is_easily_overlooked() -> None:
    made = {f"{each.made.before} → {each.made.after}" for each in changes(ast.parse(SOURCE), frozenset({"send", "hear"}))}

    assert made == {
        "supposes → the default",
        "(SOMETHING,) → ()",
        "case Logged(True) → left out",
        "case Logged(True) → Logged(True)",  # without its guard
        "case Logged(True) → Logged(False)",
        "case Logged(True) → Logged(_)",
        "case _ → left out",
        "return {'it is so': And(s.sent(me), Not(s.heard(me)))} → return {}",
        "return {'it is so': And(s.sent(me), Not(s.heard(me)))} → return None",
        "{'it is so': And(s.sent(me), Not(s.heard(me)))} → {'it is so': z3.BoolVal(True)}",
        "{'it is so': And(s.sent(me), Not(s.heard(me)))} → {'it is so': z3.BoolVal(False)}",
        "And(s.sent(me), Not(s.heard(me))) → And(Not(s.heard(me)))",
        "And(s.sent(me), Not(s.heard(me))) → And(s.sent(me))",
        "And(s.sent(me), Not(s.heard(me))) → Or(s.sent(me), Not(s.heard(me)))",
        "s.sent → s.heard",
        "Not(s.heard(me)) → s.heard(me)",
        "s.heard → s.sent",
        "return unknown(state) → return {}",
        "return unknown(state) → return None",
        "if before → True",
        "if before → False",
        "(yield ('send', {})) → nothing",
        "('send', {}) → ({},)",
        "('send', {}) → ('send',)",
        "'send' → 'hear'",
    }


@pytest.fixture(scope="module")
def made() -> dict[str, Slip]:
    module = ast.parse(COMMIT.path.read_text(encoding="utf-8"))
    return {str(each): each for each in changes(module, frozenset({"prepare", "refuse", "commit", "abort"}))}


@pytest.fixture(scope="module")
def original() -> Noticed:
    COMMIT.import_the_others()
    return COMMIT.judge(ast.parse(COMMIT.path.read_text(encoding="utf-8")), None)


def test_of_a_meaning_as_it_is_all_stands(original: Noticed) -> None:
    assert (original.by, original.detail) == (NoticedBy.NOTHING, "")
    assert any(id.endswith("participant_takes_steps_of_the_model") for id in original.texts)


@pytest.mark.parametrize(
    ("begins", "ends", "by"),
    [
        ("_participant:", "return None", NoticedBy.ERROR),
        ("state:", "{'it has logged what it says': _logged(s, commit=commit)}", NoticedBy.RECORD),
        ("steps:", "(yield ('prepare', {'n': node(me)})) → nothing", NoticedBy.THEOREM),
        ("state:", "return unknown(state) → return {}", NoticedBy.NOTHING),
    ],
    ids=lambda part: part.name if isinstance(part, NoticedBy) else "",
)
def test_a_change_is_noticed_first_by_what_is_proved(
    made: dict[str, Slip], original: Noticed, begins: str, ends: str, by: NoticedBy
) -> None:
    change, *_ = (each for name, each in made.items() if name.startswith(begins) and name.endswith(ends))

    assert COMMIT.judge(change.module, original).by is by
