"""The command that tests an implementation."""

from __future__ import annotations

from typing import Annotated

import typer

from concordant.checks.exit_codes import OK, UNDECIDED, VIOLATED
from concordant.checks.options import BudgetOption, ReportOption, Verbose, reporters_of


def conform(
    role: Annotated[str, typer.Argument(metavar="STEM.ROLE", help="such as paxos_synod.acceptor; with --pitfalls STEM")],
    command: Annotated[
        list[str] | None, typer.Argument(metavar="-- COMMAND...", help="what runs the adapter, or module:Class of one in Python")
    ] = None,
    scope: Annotated[str | None, typer.Option("--scope", metavar="NAME", help="only the rows of one scope")] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="a few long runs through all rows, which miss wrong states that show later")
    ] = False,
    smoke: Annotated[bool, typer.Option("--smoke", help="only whether the adapter speaks the protocol")] = False,
    case: Annotated[str | None, typer.Option("--case", metavar="CASE", help="only one case, such as a failure names")] = None,
    pitfalls: Annotated[
        bool,
        typer.Option(
            "--pitfalls",
            help="instead of an adapter, drive each machine, and run each rule, with a mistake: a table of what tells it apart",
        ),
    ] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="how long the adapter has for each answer")] = 5,
    budget: BudgetOption = None,
    report: ReportOption = None,
    verbose: Verbose = False,
) -> int:
    """Drive an implementation, in any language, through every row of a role's table, beside the reference; see docs/conformance.md."""
    from concordant.checks import main  # noqa: PLC0415  # which has this command
    from concordant.checks.conform.child import Child  # noqa: PLC0415
    from concordant.checks.conform.roles import role_of, roles  # noqa: PLC0415
    from concordant.checks.questions.conformance import ConformanceQuestion, command_of  # noqa: PLC0415

    also = reporters_of(report)
    if pitfalls:
        from concordant.checks.conform.elsewhere import tried_elsewhere  # noqa: PLC0415
        from concordant.checks.conform.pitfalls import tried  # noqa: PLC0415
        from concordant.checks.misuse import Misuse  # noqa: PLC0415
        from concordant.checks.registry import protocol  # noqa: PLC0415
        from concordant.checks.showing import print_lines  # noqa: PLC0415
        from concordant.checks.vectors.pitfalls import tried_rules  # noqa: PLC0415

        chosen = protocol(role)
        rules = []
        for rule in tried_rules(chosen) if scope is None else ():
            print_lines([rule.line])
            rules.append(rule)
        found = []
        for each in tried(chosen, scope) if roles(chosen) else ():
            print_lines([each.line])
            found.append(each)
        for other in tried_elsewhere(chosen) if scope is None else ():
            print_lines([other.line])
        if not found and not rules:
            raise Misuse(f"{role} has no role that could be driven, and so no pitfall of one; give the stem of processes, such as gossip")
        if any(each.failure for each in found if not each.pitfall):
            return VIOLATED
        return OK if all(rule.where for rule in rules) else UNDECIDED
    words, called = command_of(command or ())
    asked = ConformanceQuestion(role_of(role), lambda: Child(words, seconds), called, scope, quick, smoke, case)
    return main._run([asked], main._means(budget), 1, also, verbose=verbose)  # noqa: SLF001  # a command, in a file of its own
