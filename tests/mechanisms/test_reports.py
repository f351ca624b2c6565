"""What a reader sees of a rule: in a terminal, in a file, as JSON, as an explanation."""

from __future__ import annotations

import io
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve
from rich.console import Console

from concordant.checks.exploration.refute import refute
from concordant.checks.exploration.replay import replay_fails
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.checks.registry import Protocol
from concordant.checks.reports.explain import explain_clause, explain_pitfall, explain_protocol
from concordant.checks.reports.json_report import as_json
from concordant.checks.reports.table import systems_table
from concordant.checks.reports.terminal import print_protocol, print_refutation, print_totals
from concordant.checks.run import OK, UNDECIDED, VIOLATED, Judged, Replayed, Result, exit_code, summary, truths
from concordant.refimpl.machine import Fails, Pitfall
from concordant.spec.vocabulary import outcomes_are_exact

from .toys import Claims, Shares, halves, honest_claims, mechanism, nobody_gets_more_than_claimed, two_get_the_same

GRID = Grid("small", "claims of 0 to 2", mechanism(halves, nobody_gets_more_than_claimed, honest_claims), (0, 1, 2), examples=10)
PITFALL = Pitfall("T-1", "Halves, whatever is claimed.", honest_claims, mechanism(halves, honest_claims), 4)
WITNESS = {"claimants": 1, "claim 0": 1, "who lies": 0, "the lie": 2}
FAILS = Fails(honest_claims, "Half is too little for who wants all.", mechanism(), WITNESS)


def toys(*values: object) -> Protocol:
    module = ModuleType("toys")
    module.__doc__ = "A pot is shared.\n\nMore of it."
    vars(module).update({f"value {place}": value for place, value in enumerate(values)})
    return Protocol("toys", (module,))


def judged(grid: Grid) -> Judged:
    return Judged("toys", grid.name, grid.shows, grid.expected, evolve(judge_grid(grid), seconds=0))


def printed(print_: Any, *arguments: Any, width: int = 100, terminal: bool = False) -> str:
    to = io.StringIO()
    print_(Console(file=to, width=width, highlight=False, force_terminal=terminal, color_system=None), *arguments)
    return "\n".join(line.rstrip() for line in to.getvalue().splitlines())


def test_a_grid_is_printed_with_a_line_per_clause_and_its_counterexamples() -> None:
    refuted = evolve(refute(PITFALL), seconds=0, stem="toys")
    results: list[Result] = [judged(GRID), refuted, Replayed("toys", FAILS.why, replay_fails(FAILS))]

    assert (
        printed(print_protocol, toys(GRID), results)
        == """\
toys  A pot is shared.
  scope small: claims of 0 to 2
    12 profiles, 12 runs of the rule, 96 cases, 0.00 s; 10 random profiles
    clause                         verdict   judged on  cases  shown by
    nobody_gets_more_than_claimed  holds            12     21  grid, 10 random
    truthful                       violated         63     63  grid
    outcomes_are_exact             holds            12     12  grid, 10 random
  pitfall T-1  refuted by truthful in 4 draws, the smallest among 86 combinations, 0.00 s
  truth toys.truthful  fails as it must: Half is too little for who wants all.

  counterexample in scope small, 4 draws, as small as any
  toys.truthful: No agent gains by reporting something other than its type, whatever the others report.
                 profile       outcome         utility of 0
         honest  Claims((1,))  Shares((1/2,))  -1/2
         lying   Claims((2,))  Shares((1,))    0
         drawn: {'claimants': 1, 'claim 0': 1, 'who lies': 0, 'the lie': 2}
"""
    )


def test_on_a_terminal_a_lie_is_a_table_that_fits() -> None:
    shown = printed(print_refutation, evolve(refute(PITFALL), seconds=0), width=56, terminal=True)

    assert (
        shown.partition("others report.\n")[2]
        == """\
                                           utility of
                 profile      outcome      0
         honest  Claims((1,)  Shares((1/2  -1/2
                 )            ,))
         lying   Claims((2,)  Shares((1,)  0
                 )            )
         drawn: {'claimants': 1, 'claim 0': 1, 'who lies': 0, 'the lie': 2}
"""
    )


def test_a_violation_of_another_clause_lists_its_facts() -> None:
    def greedy(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 if claim > 7 else claim for claim in profile.claims))

    text = printed(print_protocol, toys(GRID), [judged(Grid("small", "", mechanism(greedy), (0,)))])

    assert (
        text.partition("\n\n")[2]
        == """\
  counterexample in scope small, 2 draws, drawn at random and shrunk
  toys.nobody_gets_more_than_claimed: Nobody gets more than it claims.
         profile: Claims((8,))
         place: 0
         share: 9
         drawn: {'claimants': 1, 'claim 0': 8}
"""
    )


def test_a_run_that_raises_is_shown_once_for_all_that_it_breaks() -> None:
    def raises(profile: Claims) -> Shares:
        raise LookupError(f"no claim of {profile.claims[0]}")

    shown = printed(print_protocol, toys(GRID), [judged(Grid("small", "", mechanism(raises), (0,)))])

    assert (
        shown.partition("\n\n")[2]
        == """\
  counterexample in scope small, 2 draws, as small as any
  toys.nobody_gets_more_than_claimed: Nobody gets more than it claims.
         profile: Claims((0,))
         run on: Claims((0,))
         raised: 'LookupError: no claim of 0'
         drawn: {'claimants': 1, 'claim 0': 0}
"""
    )


def test_counts_that_differ_from_the_scopes_file_are_noted_and_not_accepted() -> None:
    grid = evolve(GRID, mechanism=mechanism(), expected=Profiles(12, 12, 1))
    result = judged(grid)

    assert printed(print_protocol, toys(grid), [result]).splitlines()[3] == (
        "    the scope file expects 12 profiles, 12 runs, 1 cases: the rule, its profiles or its clauses changed"
    )
    assert exit_code([toys(grid)], [result]) == VIOLATED
    counts = Profiles(result.report.profiles, result.report.runs, result.report.cases)
    assert exit_code([toys(grid)], [evolve(result, expected=counts)]) == OK


def test_exit_codes_tell_violations_vacuous_clauses_and_stops() -> None:
    vacuous = evolve(GRID, mechanism=mechanism(halves, two_get_the_same))
    holds = evolve(GRID, mechanism=mechanism())
    stopped = evolve(judged(holds), report=evolve(judged(holds).report, stopped="interrupted"))

    assert exit_code([toys(GRID)], [judged(GRID)]) == VIOLATED
    assert exit_code([toys(vacuous)], [judged(vacuous)]) == UNDECIDED
    assert exit_code([toys(holds)], [stopped]) == UNDECIDED
    assert exit_code([toys(holds)], [judged(holds)]) == OK


def test_combinations_of_draws_are_added_over_grids() -> None:
    twice = [judged(GRID), judged(evolve(GRID, amounts=(0, 1)))]

    status, combinations = summary(outcomes_are_exact, twice)
    assert (status.value, combinations) == ("holds", 12 + 6)
    assert summary(honest_claims, twice)[0].value == "violated"


def test_totals_count_profiles() -> None:
    assert printed(print_totals, [judged(GRID)], 1) == "1 scope, 12 profiles; 1.0 s"


def test_json_has_every_verdict_with_the_ways_in_which_it_was_shown() -> None:
    grid = evolve(GRID, mechanism=mechanism(halves, honest_claims))

    assert as_json([judged(grid)])["results"] == [
        {
            "kind": "grid",
            "protocol": "toys",
            "scope": "small",
            "shows": "claims of 0 to 2",
            "as_expected": True,
            "notes": [],
            "profiles": 12,
            "runs": 12,
            "cases": 75,
            "examples": 10,
            "stopped": None,
            "seconds": 0,
            "verdicts": [
                {
                    "clause": "toys.truthful",
                    "sentence": "No agent gains by reporting something other than its type, whatever the others report.",
                    "status": "violated",
                    "cases": 63,
                    "facts": {
                        "profile": "Claims((1,))",
                        "agent": "0",
                        "lie": "Claims((2,))",
                        "honest": "Shares((1/2,))",
                        "lying": "Shares((1,))",
                        "gains": "-1/2",
                        "would_gain": "0",
                    },
                    "given": {"claimants": "1", "claim 0": "1", "who lies": "0", "the lie": "2"},
                    "trace": None,
                    "shown": {"grid": 63, "random": 0},
                },
                {
                    "clause": "mechanisms.outcomes_are_exact",
                    "sentence": "No outcome holds a float: every number in it is an int or a Fraction.",
                    "status": "holds",
                    "cases": 12,
                    "facts": {},
                    "given": {},
                    "trace": None,
                    "shown": {"grid": 12, "random": 10},
                },
            ],
        }
    ]


def test_a_protocol_is_explained_with_its_rules_clauses_and_pitfalls() -> None:
    grid = evolve(GRID, mechanism=mechanism())

    assert list(explain_protocol(toys(grid, PITFALL, FAILS))) == [
        "A pot is shared.",
        "",
        "More of it.",
        "",
        "toys.nobody_gets_more_than_claimed  (of every profile)",
        "    Nobody gets more than it claims.",
        "toys.order_is_irrelevant  (of every profile and others like it)",
        "    Whoever claims first gains nothing by it.",
        "mechanisms.outcomes_are_exact  (of every profile)",
        "    No outcome holds a float: every number in it is an int or a Fraction.",
        "",
        "T-1  breaks truthful in 4 draws",
        "    Halves, whatever is claimed.",
        "toys.truthful  fails as it must",
        "    Half is too little for who wants all.",
    ]


def test_a_clause_and_a_pitfall_are_explained_by_the_smallest_counterexample() -> None:
    lie = [
        "  toys.truthful: No agent gains by reporting something other than its type, whatever the others report.",
        "                 profile       outcome         utility of 0",
        "         honest  Claims((1,))  Shares((1/2,))  -1/2",
        "         lying   Claims((2,))  Shares((1,))    0",
        "         drawn: {'claimants': 1, 'claim 0': 1, 'who lies': 0, 'the lie': 2}",
    ]
    pitfall = [
        "T-1",
        "  Halves, whatever is claimed.",
        "  breaks toys.truthful: No agent gains by reporting something other than its type, whatever the others report.",
        "  the smallest counterexample has 4 draws; found among 86 combinations of draws",
        "",
        *lie,
    ]

    assert list(explain_pitfall(PITFALL)) == pitfall
    head = [
        "toys.truthful  (of every profile and others like it)",
        "  No agent gains by reporting something other than its type, whatever the others report.",
        "",
    ]
    assert list(explain_clause(toys(GRID, PITFALL), honest_claims)) == [
        *head,
        "  promised by: toys",
        "  broken by T-1: Halves, whatever is claimed.",
        "",
        *pitfall,
    ]
    assert list(explain_clause(toys(PITFALL, FAILS), honest_claims)) == [
        *head,
        "  promised by: nobody",
        "  broken by T-1: Halves, whatever is claimed.",
        "  fails, as it must, of toys: Half is too little for who wants all.",
        "",
        *lie,
    ]


def test_of_a_pitfall_that_breaks_nothing_no_counterexample_is_told() -> None:
    harmless = evolve(PITFALL, breaks=nobody_gets_more_than_claimed, subject=mechanism(halves, nobody_gets_more_than_claimed))

    assert list(explain_pitfall(harmless)) == [
        "T-1",
        "  Halves, whatever is claimed.",
        f"  breaks toys.nobody_gets_more_than_claimed: {nobody_gets_more_than_claimed.sentence}",
        "  it breaks nothing: toys.nobody_gets_more_than_claimed holds on every profile with amounts up to 4",
    ]


def test_what_breaks_a_clause_elsewhere_explains_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    here, other = toys(GRID), evolve(toys(FAILS), stem="other")
    monkeypatch.setattr("concordant.checks.reports.explain.protocols", lambda: (here, other))

    assert list(explain_clause(here, honest_claims))[3:7] == [
        "  promised by: toys",
        "  fails, as it must, of other: Half is too little for who wants all.",
        "",
        "  toys.truthful: No agent gains by reporting something other than its type, whatever the others report.",
    ]
    both = evolve(toys(PITFALL, FAILS), stem="both")
    monkeypatch.setattr("concordant.checks.reports.explain.protocols", lambda: (here, both))
    assert list(explain_clause(here, honest_claims))[5:8] == [
        "  fails, as it must, of both: Half is too little for who wants all.",
        "",
        "T-1",
    ]


def test_a_row_of_the_table_counts_profiles() -> None:
    pinned = evolve(GRID, mechanism=mechanism(), expected=Profiles(1_200, 12, 1))

    assert (
        systems_table([toys(pinned, PITFALL)]).splitlines()[2] == "| `toys` | A pot is shared. | 3 | 1 | 1,200 profiles | 1 | nothing yet |"
    )
    assert systems_table([toys(evolve(pinned, expected=None))]).splitlines()[2] == (
        "| `toys` | A pot is shared. | 3 | 1 | nothing yet | 0 | nothing yet |"
    )


def test_truths_about_several_subjects_have_names_of_their_own() -> None:
    other = evolve(FAILS, why="So does another.")

    assert truths(toys(FAILS, other)) == {"toys.truthful": FAILS, "toys.truthful/2": other}
