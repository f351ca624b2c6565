"""Which functions decide, and changing one in place."""

from __future__ import annotations

import ast
import inspect

import pytest
import z3

from concordant.checks.mutation.changing import changed, edit
from concordant.checks.mutation.functions import Function, reached
from concordant.checks.mutation.mutants import machine_of, mutants_of
from concordant.checks.mutation.weakening import written
from concordant.checks.registry import Protocol, protocol
from concordant.proofs.kernel.symbols import SymbolicClass
from tests.mutation import samples, toys

TOYS = Protocol.of_modules("toys", toys)


def here(root: object) -> tuple[Function, ...]:
    return reached([root], lambda module: module == samples.__name__)


def test_a_function_reaches_what_it_names_and_a_class_all_of_its_methods() -> None:
    assert [each.name for each in here(samples.first_of)] == ["merged", "first_of"]
    assert [each.name for each in here(samples.Member)] == ["Member.start", "Member.receive", "Member.survives", "Member.view"]
    assert [each.name for each in here(samples.Louder)] == ["Named.name", "Louder.name"]


def test_what_decides_in_a_machine_is_its_processes_and_none_of_what_puts_them_together() -> None:
    names = [each.name for each in machine_of(TOYS)]

    assert names == [
        "Sender.start",
        "Sender.request",
        "Sender.receive",
        "Sender.armed",
        "Sender.fire",
        "Sender.view",
        "Receiver.start",
        "Receiver.receive",
        "Receiver.view",
    ]


def test_what_decides_in_a_rule_is_the_rule_and_what_it_shares_with_others() -> None:
    names = [each.name for each in machine_of(protocol("vickrey_auction"))]

    assert {"second_price", "best_of_the_others", "award"} <= set(names)
    assert not {"mechanism", "malformed_mechanism"} & set(names)


def test_what_a_process_holds_is_part_of_its_machine_where_it_is_written_beside_it_and_a_rule_that_it_is_given_is_not() -> None:
    assert {"OneOption.is_valid", "Rankings.count"} <= {each.name for each in machine_of(protocol("ballot_box"))}
    assert not {"best", "beats", "award"} & {each.name for each in machine_of(protocol("sealed_bid_auction"))}


def test_clauses_are_found_where_they_are_written() -> None:
    (own,) = written((TOYS,))

    assert (own.stem, [each.name for each in own.functions]) == ("toys", ["done_is_heard", "nobody_waits", "nothing_large_is_heard"])


def test_a_symbol_of_a_proof_is_not_asked_what_it_wraps() -> None:
    symbol = SymbolicClass(int, "numbers", z3.IntSort()).symbol("n")

    assert reached([symbol], lambda _: True) == ()


def test_a_function_is_changed_for_whoever_holds_it_and_changed_back() -> None:
    (enough,) = here(samples.is_enough)
    always = edit("a guard", enough.node.body[0], ast.parse("return True").body[0])
    held = samples.is_enough

    with changed(enough, always):
        assert held(0, 3)
    assert not held(0, 3)


def test_a_method_keeps_its_class_though_its_change_no_longer_asks_for_it() -> None:
    _, louder = here(samples.Louder)
    silent = edit("a text", louder.node.body[0], ast.parse("return ''").body[0])

    with changed(louder, silent):
        assert samples.Louder().name() == ""
    assert samples.Louder().name() == "named!"


def test_a_function_that_a_change_makes_fail_is_changed_back_too() -> None:
    (enough,) = here(samples.is_enough)
    fails = edit("a guard", enough.node.body[0], ast.parse("return 1 // 0").body[0])

    with pytest.raises(ZeroDivisionError), changed(enough, fails):
        samples.is_enough(1, 2)
    assert samples.is_enough(2, 3)


def test_every_mutant_compiles_and_has_a_name_of_its_own() -> None:
    mutants = mutants_of(protocol("two_phase_commit"))

    for mutant in mutants:
        with changed(mutant.function, mutant.change):
            pass
    assert len({mutant.name for mutant in mutants}) == len(mutants) > 100


def test_a_mutant_of_a_decorated_function_begins_where_its_decorators_do_and_so_has_a_source() -> None:
    mutants = [mutant for mutant in mutants_of(protocol("raft")) if mutant.function.node.decorator_list]

    assert mutants
    for mutant in mutants:
        with changed(mutant.function, mutant.change):
            assert inspect.getsource(mutant.function.function).lstrip().startswith("@")
