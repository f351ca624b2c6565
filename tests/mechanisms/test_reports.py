"""What a reader sees of a rule: in a terminal, in a file, as JSON, as an explanation."""

from __future__ import annotations

import io
from types import ModuleType

import pytest
from attrs import evolve
from rich.console import Console

from concordant.checks.answers import Answer, Conclusion, exit_code, standings
from concordant.checks.codec.codec import Codec
from concordant.checks.codec.names import names_in
from concordant.checks.exit_codes import OK, UNDECIDED, VIOLATED
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.checks.questions import known_violation, pitfall, profiles
from concordant.checks.questions.question import Means, Question
from concordant.checks.registry import Protocol
from concordant.checks.reports.details import print_details
from concordant.checks.reports.explain import explain_clause, explain_pitfall, explain_protocol
from concordant.checks.reports.json_report import as_json
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.standing import by_rule
from concordant.checks.reports.table import row
from concordant.checks.reports.totals import Totals
from concordant.checks.reports.words import failing_lines
from concordant.refimpl.machine import KnownViolation, Pitfall

from . import toys as toys_module
from .toys import Claims, Shares, halves, honest_claims, mechanism, nobody_gets_more_than_claimed, two_get_the_same

GRID = Grid("small", "claims of 0 to 2", mechanism(halves, nobody_gets_more_than_claimed, honest_claims), (0, 1, 2), examples=20)
PITFALL = Pitfall("T-1", "Halves, whatever is claimed.", honest_claims, mechanism(halves, honest_claims), 4)
CODEC = Codec(names_in([toys_module]))
WITNESS = {"claimants": 1, "claim 0": 1, "who lies": 0, "the lie": 2}
FAILS = KnownViolation(honest_claims, "Half is too little for who wants all.", mechanism(), WITNESS)


def toys(*values: object) -> Protocol:
    module = ModuleType("toys")
    module.__doc__ = "A pot is shared.\n\nMore of it."
    vars(module).update({f"value {place}": value for place, value in enumerate(values)})
    return Protocol.of_modules("toys", module)


def answered(*values: object) -> list[Answer]:
    """Return the answers to all questions about some values, without the time that they took."""
    toy = toys(*values)
    questions: list[Question] = [*profiles.ask(toy), *pitfall.ask(toy), *known_violation.ask(toy)]
    return [evolve(question.answer(Means()), seconds=0) for question in questions]


def printed(answers: list[Answer], width: int = 100) -> str:
    to = io.StringIO()
    print_details(Console(file=to, width=width, highlight=False, color_system=None), answers)
    return "\n".join(line.rstrip() for line in to.getvalue().splitlines())


def test_a_grid_is_printed_with_a_line_per_clause_and_its_counterexamples() -> None:
    assert (
        printed([*answered(GRID, PITFALL), *answered(FAILS)])
        == """\
  scope small: claims of 0 to 2
    12 profiles, 12 runs of the rule, 75 cases, 0.00 s; 200 random profiles
    its counts are not pinned; Profiles(12, 12, 75) in the scope does that, or --update-counts where it is your own
    clause                         verdict   judged on  cases
    nobody_gets_more_than_claimed  holds            12     21  grid, 200 random
    truthful                       violated         63     42  grid
    outcomes_are_exact             holds            12     12  grid, 200 random
  pitfall T-1  refuted  by truthful in 4 draws, the smallest among 86 combinations, 0.00 s
    Halves, whatever is claimed.
  known violation toys.truthful  violated as it must be  0.00 s
    Half is too little for who wants all.

  counterexample in scope small, 4 draws, as small as any
  toys.truthful: No agent gains by reporting something other than its type, whatever the others report.
                 profile       outcome         utility of 0
         honest  Claims((1,))  Shares((1/2,))  -1/2
         lying   Claims((2,))  Shares((1,))    0
         drawn: {'claimants': 1, 'claim 0': 1, 'who lies': 0, 'the lie': 2}
"""
    )


def test_a_violation_of_another_clause_lists_its_facts() -> None:
    def greedy(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 if claim > 7 else claim for claim in profile.claims))

    assert (
        printed(answered(Grid("small", "", mechanism(greedy), (0,)))).partition("\n\n")[2]
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

    assert (
        printed(answered(Grid("small", "", mechanism(raises), (0,)))).partition("\n\n")[2]
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
    (answer,) = answered(evolve(GRID, mechanism=mechanism(), expected=Profiles(12, 12, 1)))

    assert printed([answer]).splitlines()[2] == (
        f"    1 cases are pinned, and {answer.counts['cases']} cases were found: the model, its scope or its clauses changed; where that is meant, pin Profiles(12, 12, 45)"
    )
    assert list(failing_lines([answer])) == ["other counts than expected: toys small  (concordant check toys --scope small --verbose)"]
    assert exit_code([answer]) == VIOLATED
    assert exit_code([evolve(answer, expected=answer.counts)]) == OK


def test_exit_codes_tell_violations_vacuous_clauses_and_stops() -> None:
    holds = answered(evolve(GRID, mechanism=mechanism()))

    assert exit_code(answered(GRID)) == VIOLATED
    assert exit_code(answered(evolve(GRID, mechanism=mechanism(halves, two_get_the_same)))) == UNDECIDED
    assert exit_code([evolve(answer, conclusion=Conclusion.UNDECIDED) for answer in holds]) == UNDECIDED
    assert exit_code(holds) == OK


def test_a_clause_stands_as_the_worst_of_its_verdicts_and_its_cases_are_added() -> None:
    answers = answered(GRID, evolve(GRID, name="smaller", amounts=(0, 1)))

    assert {each.clause.name: (each.status.value, each.cases) for each in standings(answers)} == {
        "nobody_gets_more_than_claimed": ("holds", 21 + 10),
        "truthful": ("violated", 42 + 10),
        "outcomes_are_exact": ("holds", 12 + 6),
    }


def test_totals_count_profiles() -> None:
    assert str(Totals.of(answered(GRID))) == "1 scope, 12 profiles"


def test_json_has_every_verdict_with_the_ways_in_which_it_was_shown() -> None:
    (answer,) = answered(evolve(GRID, mechanism=mechanism(halves, honest_claims)))

    assert as_json(Run(("check",), (answer,), interrupted=False, seconds=0, exit_code=1), lambda _stem: CODEC)["answers"] == [
        {
            "question": "profiles:toys/small",
            "kind": "profiles",
            "protocol": "toys",
            "name": "small",
            "title": "claims of 0 to 2",
            "conclusion": "as claimed",
            "word": "",
            "counts": {"profiles": 12, "runs": 12, "cases": 54},
            "expected": None,
            "as_expected": True,
            "stopped": None,
            "notes": [{"code": "examples", "value": 200}],
            "said": [],
            "seconds": 0,
            "verdicts": [
                {
                    "clause": "toys.truthful",
                    "rule": "halves",
                    "sentence": "No agent gains by reporting something other than its type, whatever the others report.",
                    "status": "violated",
                    "cases": 42,
                    "judged_under": [],
                    "facts": {
                        "profile": "Claims((1,))",
                        "agent": "0",
                        "lie": "Claims((2,))",
                        "honest": "Shares((1/2,))",
                        "lying": "Shares((1,))",
                        "gains": "-1/2",
                        "would_gain": "0",
                    },
                    "given": {"claimants": 1, "claim 0": 1, "who lies": 0, "the lie": 2},
                    "trace": None,
                    "combinations": 63,
                    "examples": 0,
                    "members": None,
                    "cycle": None,
                    "stopped": None,
                },
                {
                    "clause": "mechanisms.outcomes_are_exact",
                    "rule": "halves",
                    "sentence": "No outcome holds a float: every number in it is an int or a Fraction.",
                    "status": "holds",
                    "cases": 12,
                    "judged_under": [],
                    "facts": {},
                    "given": {},
                    "trace": None,
                    "combinations": 12,
                    "examples": 200,
                    "members": None,
                    "cycle": None,
                    "stopped": None,
                },
            ],
            "breakdown": None,
            "branches": None,
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
        "scope small  (small)",
        "    claims of 0 to 2",
        "",
        "T-1  breaks truthful in 4 draws",
        "    Halves, whatever is claimed.",
        "toys.truthful  known violation of toys.truthful",
        "    Half is too little for who wants all.",
        "",
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
        "  known violation toys.truthful of toys: Half is too little for who wants all.",
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
        "  known violation toys.truthful of other: Half is too little for who wants all.",
        "",
        "  toys.truthful: No agent gains by reporting something other than its type, whatever the others report.",
    ]
    both = evolve(toys(PITFALL, FAILS), stem="both")
    monkeypatch.setattr("concordant.checks.reports.explain.protocols", lambda: (here, both))
    assert list(explain_clause(here, honest_claims))[5:8] == [
        "  known violation toys.truthful of both: Half is too little for who wants all.",
        "",
        "T-1",
    ]


def test_a_row_of_the_table_counts_profiles() -> None:
    pinned = evolve(GRID, mechanism=mechanism(), expected=Profiles(1_200, 12, 1))

    assert row(toys(pinned, PITFALL, FAILS)) == "| `toys` | A pot is shared. | 3 | 1 | 1,200 profiles | 1 | 1 | nothing yet |"
    assert row(toys(evolve(pinned, expected=None))) == "| `toys` | A pot is shared. | 3 | 1 | nothing yet | 0 | 0 | nothing yet |"


def test_known_violations_of_one_clause_have_names_of_their_own() -> None:
    other = evolve(FAILS, why="So does another.")

    assert [question.id for question in known_violation.ask(toys(FAILS, other))] == [
        "known_violation:toys/toys.truthful",
        "known_violation:toys/toys.truthful/2",
    ]


def of_rule(rule: str, status: Status, conclusion: Conclusion = Conclusion.AS_CLAIMED, kind: str = "profiles") -> Answer:
    return Answer(f"{kind}:toys/{rule}", "toys", "", conclusion, verdicts=(Verdict(honest_claims, status, rule=rule),))


def test_how_a_clause_stands_with_each_rule_is_told_apart() -> None:
    held, vacuous = of_rule("halves", Status.HOLDS), of_rule("doubles", Status.VACUOUS)
    known = of_rule("thirds", Status.VIOLATED, kind="known_violation")
    not_shown = of_rule("halves", Status.HOLDS, Conclusion.NOT_AS_CLAIMED, kind="known_violation")

    assert by_rule((held, vacuous, known)) == {honest_claims: {"halves": "holds", "doubles": "vacuous", "thirds": "known violation"}}
    assert by_rule((held, not_shown)) == {honest_claims: {"halves": "holds; VIOLATION NOT SHOWN"}}


def test_several_rules_of_a_protocol_stand_side_by_side_and_one_needs_no_table() -> None:
    several = [of_rule("halves", Status.HOLDS), of_rule("thirds", Status.VIOLATED, kind="known_violation")]

    assert "    by rule   halves  thirds\n    truthful  holds   known violation" in printed(several)
    assert "by rule" not in printed(several[:1])
