"""Attacks on conformance by what is left out of it: histories, states, and what is told twice. Each of these once conformed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from attrs import field, frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.codec.codec import codec_of
from concordant.checks.codec.scalars import CannotDecode
from concordant.checks.conform import roles
from concordant.checks.conform.adapter import Adapter, Json
from concordant.checks.conform.roles import Role
from concordant.checks.conform.session import InProcess
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.scope import Scope
from concordant.checks.questions.conformance import ConformanceQuestion
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocol
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Cases, Map, NoHistory, Reply, Seen, always, case

BELL = Address("bell")
RUNNER = Path(__file__).parents[2] / "examples" / "vectors" / "runner.py"


@frozen
class Ring:
    """Somebody rings."""


@frozen
class Rang:
    """It rang for so many times."""

    number: int


@frozen
class Log:
    """Remembers all."""

    rang: tuple[int, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> Log:  # noqa: ARG002  # the protocol's signature
        return Log((*self.rang, happening.number)) if isinstance(happening, Rang) else self


@frozen
class Bell(Process[int, None, Ring, None]):
    """Counts how often it was rung."""

    def start(self) -> Step[int]:
        return step(0)

    def request(self, state: int, client: Address, request: Ring) -> Step[int]:  # noqa: ARG002
        return step(state + 1, Announce(Rang(state + 1)), Reply(client, Rang(state + 1)))

    def view(self, state: int) -> Rang:
        return Rang(state)


@always()
def in_order(seen: Seen[Log]) -> Cases:
    """It rings in order."""
    yield case(seen.history.rang == tuple(range(1, len(seen.history.rang) + 1)), rang=seen.history.rang)


@frozen
class Wrong(Adapter):
    """A bell that announces one number too many, or answers so from some ring on."""

    announced: int = 0
    right: int = 99
    rung: list[None] = field(factory=list)

    def hello(self) -> Json:
        supports = {"stem": "bells", "roles": ["bell"], "control": [], "observe": {}}
        return {"protocol": 1, "impl": {"name": "wrong"}, "supports": [supports]}

    def start(self, at: str, config: Json) -> Json:  # noqa: ARG002
        self.rung.clear()
        return {"effects": [], "armed": [], "view": None}

    def request(self, at: str, user: str, request: Json) -> Json:  # noqa: ARG002
        self.rung.append(None)
        number = len(self.rung)
        announced = {"announce": {"type": "Rang", "number": number + self.announced}}
        reply = {"reply": {"type": "Rang", "number": number + (number > self.right)}, "to": user}
        return {"effects": [announced, reply], "armed": [], "view": None}


def bells(history: Any, promises: tuple[Any, ...] = (), times: int = 2) -> System[Any]:
    """Return a system of a bell and a user who rings so often."""
    return System({BELL: Bell()}, history, promises, users=(User(Address("user"), (BELL,), ((Ring(),),) * times),))


def asked(adapter: Adapter, *scopes: Scope) -> Answer:
    """Ask whether an implementation conforms in these scopes."""
    module = ModuleType("bells")
    vars(module).update({each.__name__: each for each in (Ring, Rang, Log, Bell)}, **{scope.name: scope for scope in scopes})
    role = Role(Protocol.of_modules("bells", module), "bell")
    return ConformanceQuestion(role, lambda: InProcess(adapter), "wrong").answer(Means())


def test_who_announces_what_the_history_of_the_second_scope_alone_remembers_does_not_conform() -> None:
    found = asked(
        Wrong(announced=1), Scope("plain", "forgets", bells(NoHistory())), Scope("logged", "remembers", bells(Log(), (in_order,)))
    )

    assert (found.conclusion, found.word) == (Conclusion.NOT_AS_CLAIMED, "violates test_conforming.in_order")


def test_nobody_conforms_in_the_first_states_of_a_scope_since_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "IN_SCOPES", Budget(states=3))

    found = asked(Wrong(right=3), Scope("long", "rings five times", bells(NoHistory(), times=5)))

    assert found.conclusion is Conclusion.UNDECIDED
    assert found.word.startswith("conforms in the rows that were found in the first")
    assert "of long" in found.word


@pytest.mark.parametrize(
    ("told", "kind", "says"),
    [
        ([1, 1], frozenset[int], "twice"),
        ({"type": "frozenset", "elements": [1, True]}, object, "twice"),
        ([[1, 2], [1, 3]], Map[int, int], "twice"),
        ({"type": "Map", "pairs": [[1, 2], [1, 3]]}, object, "twice"),
        ({"type": "tuple", "elements": [1], "more": 2}, object, "more"),
        ({"type": "Address", "value": "a0", "more": 2}, object, "more"),
    ],
)
def test_nothing_is_told_of_which_a_part_is_passed_over(told: Json, kind: Any, says: str) -> None:
    with pytest.raises(CannotDecode, match=says):
        codec_of(protocol("two_phase_commit")).decode(told, kind)


@pytest.mark.parametrize("runner", ["runner.py", "runner.js"])
def test_no_file_of_vectors_is_passed_of_which_a_part_is_missing(tmp_path: Path, runner: str) -> None:
    command = {"runner.py": sys.executable, "runner.js": shutil.which("node") or pytest.skip("node is not installed")}[runner]
    file = tmp_path / "profiles.ndjson"
    file.write_text('{"id": "0", "profile": {}, "outcome": 1}\n', encoding="utf-8")
    (tmp_path / "right.py").write_text("def outcome(profile):\n    return 1\n", encoding="utf-8")
    (tmp_path / "right.js").write_text("exports.outcome = () => 1;\n", encoding="utf-8")
    words = [command, str(RUNNER.with_name(runner)), str(file), str(tmp_path / runner.replace("runner", "right"))]

    for count, code in ((1, 0), (2, 1)):
        (tmp_path / "manifest.json").write_text(json.dumps({"files": {"profiles.ndjson": count}}), encoding="utf-8")
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
        assert (done.returncode, "1 of 2 vectors are in the file" in done.stdout) == (code, bool(code))


@pytest.mark.parametrize("outcome", [{"price": True}, {"price": 1.0}])
def test_no_vector_is_passed_by_an_outcome_that_python_takes_for_equal(outcome: Json) -> None:
    run = run_path(str(RUNNER))["run"]

    found = run({"id": "0", "profile": {}, "outcome": {"price": 1}}, SimpleNamespace(outcome=lambda _: outcome))

    assert found == f"0: {outcome}, not {{'price': 1}}"
