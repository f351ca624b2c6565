"""Rules as tables: what is typed is read exactly or refused, the outcome is the rule's, and a lie that pays is found where there is one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from concordant.checks.explorer.exported import exported
from concordant.checks.explorer.jobs import Jobs
from concordant.checks.explorer.server import page_app
from concordant.checks.explorer.service import Service
from concordant.checks.explorer.tables.judged import tried
from concordant.checks.explorer.tables.lies import lies
from concordant.checks.explorer.tables.rules import Ruled, grids_of, is_ruled, ruled
from concordant.checks.explorer.tables.sheets import texts, typed
from concordant.checks.explorer.tables.terminal import HELP, Trial
from concordant.checks.explorer.truths import Here
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.registry import Protocol, find
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.spec.auctions.shared.auctions import Bid, NoSale, Profile, Sale
from tests.explorer.asked import asked
from tests.explorer.test_exported import held
from tests.explorer.test_server import WEB

BIDS = '[[["ann","10"],["bob","6"],["cid",""]],"0","forward"]'
THREE = Profile((Bid("ann", 10), Bid("bob", 6), Bid("cid", None)), 0)


@pytest.fixture(scope="module")
def app() -> Iterator[Any]:
    jobs = Jobs()
    yield page_app(Service("vickrey_auction"), jobs)
    jobs.close()


def about(name: str, scope: str | None = None) -> Ruled:
    return ruled(*find(name), name, scope)


def table(app: Any, link: str) -> Any:
    told = asked(app, "/api/table", {"at": link})
    assert told.status == 200, told.body
    return told.json


def text_of(tree: Any) -> str:
    return json.dumps(tree)


def test_what_is_typed_is_the_profile_on_which_the_rule_runs(app: Any) -> None:
    found = table(app, f"vickrey_auction?r={BIDS}")
    there = tried(about("vickrey_auction"), typed(about("vickrey_auction").start, json.loads(BIDS)))

    assert (there.profile, there.outcome.value) == (THREE, second_price(THREE))
    assert there.outcome.value == Sale("ann", 6, ("ann",))
    assert found["outcome"]["value"]["fields"][1] == ["price", {"text": "6"}]
    assert [[cell["text"] for cell in row] for row in found["parts"][0]["table"]["rows"]] == [["ann", "10"], ["bob", "6"], ["cid", ""]]
    assert found["parts"][2]["cell"]["options"] == ["forward", "reverse"]
    assert found == table(app, found["link"])


def test_amounts_are_exact_and_what_is_none_is_refused_with_what_may_stand_there(app: Any) -> None:
    exact = typed(THREE, [[["ann", "3/4"], ["bob", "6/3"]], "-1", "reverse"])
    refused = asked(app, "/api/table", {"at": f"vickrey_auction?r={BIDS.replace('10', '0.5')}"})

    assert [bid.amount for bid in exact.bids] == [Fraction(3, 4), 2]
    assert (type(exact.bids[1].amount), exact.reserve) == (int, -1)
    assert refused.status == 400
    assert refused.json["error"] == "amount: '0.5' cannot be read; what stands here is an exact amount such as 3 or 3/4"


@pytest.mark.parametrize(
    "given",
    [
        '"x"',
        "[]",
        "{",
        '[[["ann"]],"0","forward"]',
        '[[["ann","1/0"]],"0","forward"]',
        '[[["ann","9999999999999"]],"0","forward"]',
        '[[["ann","1e9"]],"0","forward"]',
        '[[["ann","2**99"]],"0","forward"]',
        '[[["a>b","1"]],"0","forward"]',
        '[[["ann",1]],"0","forward"]',
        '[[["ann","1"]],"0","sideways"]',
        '[[["ann","1"]],["0"],"forward"]',
        json.dumps([[["ann", "1"]] * 9, "0", "forward"]),
    ],
)
def test_what_is_no_profile_is_refused(app: Any, given: str) -> None:
    told = asked(app, "/api/table", {"at": f"vickrey_auction?r={given}"})

    assert told.status == 400
    assert told.json["error"]


def test_a_clause_says_here_what_it_says_of_this_profile() -> None:
    found = {each.clause.name: each for each in tried(about("vickrey_auction.FirstPrice"), THREE).said}

    assert found["price_is_the_best_of_the_others"].here is Here.FALSE
    assert found["price_is_the_best_of_the_others"].facts == {"price": 10, "others": [0, 6]}
    assert found["sold_to_the_best"].here is Here.TRUE
    empty = {each.clause.name: each.here for each in tried(about("vickrey_auction"), Profile((Bid("ann", None),), 0)).said}
    assert (empty["sold_to_the_best"], empty["malformed_profiles_are_rejected"]) == (Here.SILENT, Here.TRUE)


def test_beside_a_mistake_stands_what_the_right_rule_makes_of_the_same() -> None:
    wrong = about("vickrey_auction.FirstPrice")
    there = tried(wrong, THREE)

    assert there.right is not None
    assert (there.outcome.value, there.right.value) == (first_price(THREE), second_price(THREE))
    assert tried(wrong, wrong.start).said[0].clause in wrong.mechanism.promises


def test_a_known_violation_begins_with_its_witness_and_a_clause_with_the_smallest_mistake() -> None:
    known, clause = about("FPA-7/forward"), about("vickrey_auction.price_is_the_best_of_the_others")

    assert Here.UNPROMISED in {each.here for each in tried(known, known.start).said if each.clause.name == "truthful"}
    assert Here.FALSE in {each.here for each in tried(clause, clause.start).said if each.clause.name == "price_is_the_best_of_the_others"}


def test_a_clause_that_no_mistake_breaks_begins_with_a_rule_that_promises_it() -> None:
    clause = about("vickrey_auction.outcomes_are_exact")

    assert (clause.scope, clause.mechanism.name) == ("", "second price")


def test_where_a_lie_pays_it_is_found_with_both_utilities_and_where_none_does_only_that_is_said(app: Any) -> None:
    paying = asked(app, "/api/lies", {"at": f"first_price_sealed_bid?r={BIDS}"}).json
    none = lies(about("vickrey_auction"), THREE)

    assert [(each["who"], each["says"], each["gains"], each["would_gain"]) for each in paying["lies"] if each["pays"]] == [
        ("ann", "amount: 10 → 6", "0", "4")
    ]
    assert paying["says"] == "a lie pays for ann, among 20 misreports tried"
    assert none.says == "no gain among 20 misreports tried"
    assert none.all
    assert (none.tried, any(each.pays for each in none.best)) == (20, False)


def test_a_search_that_is_cut_short_says_so_and_one_of_a_family_without_lies_is_refused(app: Any) -> None:
    assert lies(about("vickrey_auction"), THREE, seconds=-1).says == "no gain among 2 misreports tried; there are more"
    refused = asked(app, "/api/lies", {"at": "capacity_planning"})
    assert (refused.status, "does not say what a lie would be" in refused.json["error"]) == (400, True)


def test_who_lies_among_voters_is_told_by_name(app: Any) -> None:
    ballots = '["a, b, c",[["ann","b, a, c","1"],["bob","a, b, c","1"],["cid","a, b, c","1"],["dan","b, c, a","1"]]]'
    found = asked(app, "/api/lies", {"at": f"borda_count?r={ballots}"}).json

    assert [(each["who"], each["says"]) for each in found["lies"] if each["pays"]] == [
        ("bob", "ranking: a, b, c → a, c, b"),
        ("cid", "ranking: a, b, c → a, c, b"),
    ]


def test_a_link_of_another_rule_is_refused(app: Any) -> None:
    link = table(app, f"vickrey_auction?r={BIDS}")["link"]

    assert asked(app, "/api/table", {"at": re.sub("m=[0-9a-f]+", "m=00000000", link)}).status == 409


def is_typed_and_judged(stem: str) -> None:
    protocol, _ = find(stem)
    for grid in grids_of(protocol)[:1]:
        there = about(stem, grid.name)
        assert typed(there.start, json.loads(json.dumps(texts(there.start)))) == there.start, stem
        assert [each.clause.id for each in tried(there, there.start).said if each.here is Here.FALSE] == [], stem


@pytest.mark.parametrize("stem", ["majority_vote", "multi_attribute_auction", "proportional_allocation", "priority_override"])
def test_a_rule_has_a_table_that_can_be_typed_and_keeps_its_promises(stem: str) -> None:
    is_typed_and_judged(stem)


@pytest.mark.thorough
def test_every_rule_has_a_table_that_can_be_typed_and_keeps_its_promises() -> None:
    for stem in protocols_by_stem():
        is_typed_and_judged(stem)


def test_which_names_mean_a_rule() -> None:
    assert is_ruled(*find("vickrey_auction"), None)
    assert not is_ruled(*find("posted_price_market"), None)
    assert is_ruled(*find("posted_price_market"), "in_turn")
    assert not is_ruled(*find("PAX-9"), None)
    assert not is_ruled(Protocol.of_modules("empty"), None, None)
    with pytest.raises(Misuse, match="leave --scope out"):
        about("vickrey_auction.FirstPrice", "small")
    with pytest.raises(Misuse, match="has no rule on profiles nowhere; it has small"):
        about("vickrey_auction", "nowhere")


def said(name: str, *lines: str) -> list[str]:
    trial = Trial(tried(about(name), THREE))
    return ["\n".join(trial.say(line)) for line in lines]


def test_what_is_only_shown_cannot_be_typed_in_a_terminal_and_says_so() -> None:
    rule = about("workflow_definition")
    trial = Trial(tried(rule, rule.start))

    assert list(trial.say("a1.2 none")) == ["what stands in a1.2 is only shown: it cannot be typed"]


def test_in_a_terminal_the_same_is_typed_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "104")
    lie, help, added, dropped, back = said("first_price_sealed_bid", "g", "?", "add a", "drop a4", "b")

    assert lie.splitlines() == [
        "a lie pays for ann, among 20 misreports tried",
        "  ann, amount: 10 → 6: worth 4 to it, and 0 when it is honest",
        "    Sale('ann', 6, ('ann', 'bob'))",
    ]
    assert help == "\n".join(HELP)
    assert "outcome: Rejected('a bidder bids twice')" in added
    assert "outcome: Sale('ann', 10, ('ann',))" in dropped
    assert back == added
    assert said("vickrey_auction", "b 11")[0].splitlines() == [
        "       1 bidder  2 amount  (bids)",
        "   a1  ann       10      ",
        "   a2  bob       6       ",
        "   a3  cid               ",
        "    b  reserve: 11",
        "    c  direction: forward",
        "",
        "outcome: NoSale()",
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a1.2 x", "amount: 'x' cannot be read; what stands here is an exact amount such as 3 or 3/4"),
        ("z9 1", "there is no cell z9; the names stand beside the values"),
        ("add b", "there is no table b"),
        ("drop a9", "there is no row a9"),
        ("b", "there is nothing that way"),
        ("jump", "jump is no command; ? lists what is"),
        ("a1.2 'x", "No closing quotation"),
    ],
)
def test_in_a_terminal_what_is_not_understood_says_so(line: str, why: str) -> None:
    assert said("vickrey_auction", line) == [why]


def test_a_rule_that_breaks_the_rules_ends_no_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BrokenRule("it does not end")

    monkeypatch.setattr("concordant.checks.explorer.tables.terminal.tried", broken)
    assert said("vickrey_auction", "a1.2 3", "g") == ["it does not end", "no gain among 20 misreports tried"]


def test_a_page_that_is_exported_holds_a_profile_those_beside_it_and_the_lies_that_pay(app: Any) -> None:
    found = held(exported(f"first_price_sealed_bid?r={BIDS}", places=12))

    assert (len(found["tables"]), found["home"]) == (12, BIDS)
    assert found["tables"][BIDS] == table(app, f"first_price_sealed_bid?r={BIDS}")
    assert found["lies"][BIDS] == asked(app, "/api/lies", {"at": f"first_price_sealed_bid?r={BIDS}"}).json
    assert BIDS.replace("10", "6") in found["tables"]


def fields(interface: str) -> set[str]:
    """Return the names that an interface of the page declares."""
    declared = re.search(rf"interface {interface} \{{(.*?)\n\}}", (WEB / "tables.ts").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert declared is not None, interface
    return set(re.findall(r"^  (\w+):", declared[1], flags=re.MULTILINE))


def test_the_data_have_the_fields_that_the_page_declares(app: Any) -> None:
    there, found = table(app, f"first_price_sealed_bid?r={BIDS}"), asked(app, "/api/lies", {"at": f"first_price_sealed_bid?r={BIDS}"}).json
    values: dict[str, list[Any]] = {
        "RuleTable": [there],
        "Part": there["parts"],
        "Rows": [there["parts"][0]["table"]],
        "Cell": [there["parts"][1]["cell"], *there["parts"][0]["table"]["rows"][0]],
        "Outcome": [there["outcome"]],
        "Lies": [found],
        "Lie": found["lies"],
    }

    for interface, each in values.items():
        assert {frozenset(value) for value in each} == {frozenset(fields(interface))}, interface


def test_an_empty_table_and_a_sale_to_nobody_are_told(app: Any) -> None:
    none = table(app, 'vickrey_auction?r=[[],"0","forward"]')

    assert none["outcome"]["value"]["fields"] == [["reason", {"text": "'there is no bidder'"}]]
    assert (none["parts"][0]["table"]["most"], len(none["parts"][0]["table"]["blank"])) == (8, 2)
    assert tried(about("vickrey_auction"), Profile((Bid("ann", 1),), 2)).outcome.value == NoSale()
