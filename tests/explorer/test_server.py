"""What the page is told: the same as the terminal says; and whoever asks wrongly hears a sentence, with a number from 400 to 499."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from concordant.checks.elsewhere.formats import replayed
from concordant.checks.explorer.jobs import Jobs
from concordant.checks.explorer.opened import link_in
from concordant.checks.explorer.server import page_app
from concordant.checks.explorer.service import Service
from concordant.checks.explorer.setting import setting
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.texts import move_text
from tests.explorer.asked import Told, asked

WEB = Path(__file__).resolve().parents[2] / "web" / "src"


@pytest.fixture(scope="module")
def app() -> Iterator[Any]:
    jobs = Jobs()
    yield page_app(Service("UNA-2"), jobs)
    jobs.close()


def place(app: Any, **query: str) -> Any:
    told = asked(app, "/api/place", query)
    assert told.status == 200, told.body
    return told.json


def start(app: Any) -> Any:
    return place(app, at="UNA-2", back="2")


def test_a_name_leads_to_the_end_of_its_run_and_its_link_to_the_same_place(app: Any) -> None:
    found = place(app)

    assert found["run"] == [0, 6]
    assert found == place(app, at=found["link"]) == place(app, at="UNA-2")
    assert [each["said"] for each in found["trace"]["moves"]] == ["user0 asks coordinator0: Put()", "coordinator0: Close()"]


def test_a_place_has_what_the_terminal_shows(app: Any) -> None:
    explorer = Explorer(setting("UNA-2"))
    there, found = explorer.at((0,)), place(app, at="UNA-2", back="1")

    assert [(each["who"], each["up"]) for each in found["processes"]] == [(str(each.who), each.up) for each in there.processes]
    assert [each["before"] is not None for each in found["processes"]] == [True, False, False, False]
    assert sorted(each["number"] for each in found["options"]) == [each.number for each in there.options]
    assert {each["said"] for each in found["options"]} == {move_text(each.move) for each in there.options}
    assert [each["fault"] for each in found["options"]] == [False] * 4 + [True] * 3
    assert found["left"] == [{"what": "losses", "left": 3}]
    assert found["calls"] == [{"user": "user0", "at": "coordinator0"}]
    assert [each["here"] for each in found["truths"]] == [each.here.value for each in there.truths]


def test_what_a_clause_says_along_a_run_is_what_it_says_at_each_place(app: Any) -> None:
    end = place(app)
    clause = next(each["clause"] for each in end["truths"] if each["here"] == "false here")
    told = asked(app, "/api/along", {"at": end["link"], "clause": clause})
    each = [
        next(truth for truth in place(app, at=end["link"], back=str(back))["truths"] if truth["clause"] == clause) for back in (2, 1, 0)
    ]

    assert told.json == each
    assert told.json[-1]["facts"]
    assert asked(app, "/api/along", {"at": end["link"], "clause": "nothing"}).status == 400


def test_beside_a_run_of_a_mistake_it_says_where_that_acts_and_what_is_right_there(app: Any) -> None:
    whole, before = place(app)["trace"], place(app, at="UNA-2", back="1")["trace"]

    assert (whole["acts"], whole["instead"][0]) == (2, "◆ here the mistake acts: the right process announces Decided(False)")
    assert (before["acts"], before["instead"]) == (None, [])
    assert place(app, at="unanimous_consent", take="0")["trace"]["acts"] is None


def test_a_lasso_is_said_at_its_end_and_nowhere_else(app: Any) -> None:
    end = place(app, at="two_phase_commit.WaitsToBeTold")
    before = place(app, at=end["link"], back="1")

    assert (end["trace"]["cycle"], end["trace"]["lasso"]) == (0, "so it stays for ever: nothing more is owed")
    assert (before["trace"]["cycle"], before["trace"]["lasso"]) == (None, "")


def test_moves_that_cannot_be_made_say_why_not(app: Any) -> None:
    assert start(app)["near"] == [{"said": "coordinator0: Close()", "why": "it does not hold that the trigger is armed"}]


def test_one_goes_on_from_a_link_by_a_move_and_back_from_it(app: Any) -> None:
    first = place(app, at=start(app)["link"], take="0")
    second = place(app, at=first["link"], take="6")

    assert (first["run"], second["run"]) == ([0], [0, 6])
    assert place(app, at=second["link"], back="1") == first
    assert place(app, at=second["link"], back="1", take="6") == second


def test_one_goes_on_at_random_by_a_number(app: Any) -> None:
    link = start(app)["link"]
    one, again, other = (place(app, at=link, wander=seed)["run"] for seed in ("1", "1", "2"))

    assert one == again != other


def test_a_false_clause_is_told_with_its_facts(app: Any) -> None:
    false = [each for each in place(app)["truths"] if each["tone"] == "bad"]

    assert [(each["here"], [fact["name"] for fact in each["facts"]]) for each in false] == [("false here", ["missing"])]


def test_what_a_theorem_says_is_told_when_it_is_asked_for(app: Any) -> None:
    told = asked(app, "/api/theorem", {"theorem": "paxos_synod.agreement"}).json["claim"]

    assert told.startswith("Two decisions name the same value.")
    assert told.endswith("any two quorums have a member in common)")
    for other in ("", "paxos_synod", "paxos_synod.no", "../x.y"):
        assert asked(app, "/api/theorem", {"theorem": other}).status == 404
    assert asked(app, "/api/theorem", {"theorem": "paxos_synod.agreement", "more": "1"}).status == 400


def test_a_setting_names_its_scopes_situations_mistakes_and_clauses(app: Any) -> None:
    found = asked(app, "/api/setting", {"at": "paxos_synod"}).json

    assert found["stem"] == "paxos_synod"
    assert "paxos_synod.two_proposers_cross" in {each["name"] for each in found["situations"]}
    agreement = next(each for each in found["clauses"] if each["id"] == "paxos_synod.agreement")
    assert "PAX-9" in agreement["pitfalls"]
    assert agreement["theorem"] == "paxos_synod.agreement"
    assert [each["theorem"] for each in found["clauses"]].count("") > 0
    assert {each["claim"] for each in found["clauses"]} == {""}
    assert {each["name"] for each in found["pitfalls"]} >= set(agreement["pitfalls"])


@pytest.mark.parametrize(
    ("format", "begins"), [("svg", "<svg "), ("mermaid", "sequenceDiagram"), ("pytest", '"""What UNA-2 shows'), ("itf", "{")]
)
def test_a_run_is_written_for_other_tools(app: Any, format: str, begins: str) -> None:
    told = asked(app, "/api/file", {"at": "UNA-2", "format": format})

    assert told.status == 200
    assert told.body.decode().startswith(begins)


def test_a_run_that_was_saved_is_opened_where_it_led(app: Any) -> None:
    first = place(app, at="UNA-2", back="1")
    saved = asked(app, "/api/file", {"at": first["link"], "format": "itf"}).body
    found = asked(app, "/api/trace", method="POST", body=saved).json

    assert found == {"departs": None, **first}


def test_a_saved_run_that_departs_says_where_and_is_shown_as_far_as_it_goes(app: Any) -> None:
    saved = json.loads(asked(app, "/api/file", {"at": "UNA-2", "format": "itf"}).body)
    saved["states"][2]["#meta"]["move"] = {"$": "Fire"}
    found = asked(app, "/api/trace", method="POST", body=json.dumps(saved).encode()).json
    assert (found["departs"], found["run"]) == ("move 2, coordinator0: Close(), is not possible today", [0])

    saved["states"][1]["coordinator0"] = 5
    found = asked(app, "/api/trace", method="POST", body=json.dumps(saved).encode()).json
    assert found["departs"] == "state 1 is not as saved"


def test_a_file_is_opened_by_the_command_where_its_run_led(app: Any, tmp_path: Path) -> None:
    file = tmp_path / "run.itf.json"
    link = place(app, at="unanimous_consent", take="0")["link"]
    file.write_bytes(asked(app, "/api/file", {"at": link, "format": "itf"}).body)

    assert link_in(file) == (link, None)
    with pytest.raises(Misuse, match=r"concordant explore .*run\.itf\.json makes it again"):
        replayed(file)


def until_ended(app: Any, told: Told) -> Any:
    heard = told.json
    ends = time.monotonic() + 20
    while heard["state"] == "running" and time.monotonic() < ends:
        time.sleep(0.02)
        heard = asked(app, f"/api/search/{heard['id']}").json
    return heard


def test_a_search_runs_behind_and_leads_to_the_nearest_place_where_the_clause_is_false(app: Any) -> None:
    link = start(app)["link"]
    query = {"at": link, "clause": "acceptance_needs_every_consent"}
    heard = until_ended(app, asked(app, "/api/search", query, method="POST"))

    assert (heard["state"], heard["says"]) == ("found", "2 moves from where you were")
    assert place(app, at=heard["link"])["run"] == [0, 6]


def test_a_search_in_vain_says_among_how_many_states_and_never_that_the_clause_is_true(app: Any) -> None:
    query = {"at": place(app, at="unanimous_consent")["link"], "clause": "acceptance_needs_every_consent"}
    heard = until_ended(app, asked(app, "/api/search", query, method="POST"))

    assert (heard["state"], heard["says"]) == ("nowhere", "no such place among 861 states from here, which are all")
    assert heard["link"] == ""


def test_a_search_that_is_stopped_leaves_open_what_it_had_not_come_to(app: Any) -> None:
    query = {"at": "raft", "clause": "election_safety"}
    told = asked(app, "/api/search", query, method="POST")
    asked(app, f"/api/search/{told.json['id']}", method="DELETE")
    heard = until_ended(app, told)

    assert heard["state"] == "stopped"
    assert heard["says"].endswith("stopped, interrupted: what lies further is unknown")


def test_a_link_of_another_machine_is_refused(app: Any) -> None:
    told = asked(app, "/api/place", {"at": "UNA-2?m=00000000&p=0.6"})

    assert told.status == 409
    assert "was made of another UNA-2" in told.json["error"]


def test_every_answer_lets_nothing_in_from_elsewhere(app: Any) -> None:
    for path in ("/api/place", "/nothing"):
        headers = asked(app, path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example:4669"}, 421),
        ({"host": ""}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://127.0.0.1:4669", "sec-fetch-site": "same-origin"}, 200),
        ({"host": "localhost:1"}, 200),
        ({"host": "[::1]:1"}, 200),
    ],
)
def test_whoever_is_no_page_of_this_server_is_refused(app: Any, headers: dict[str, str], status: int) -> None:
    assert asked(app, "/api/place", headers=headers).status == status


@pytest.mark.parametrize(
    "name", ["antigravity", "antigravity.x", "os:system", "../../x.py", "/etc/passwd", "x.py:system", "__main__", "tests.attacks:x"]
)
def test_no_name_of_a_page_is_imported_or_read(app: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("concordant.checks.own._modules", refuse)
    monkeypatch.setattr("concordant.checks.own._found", refuse)
    monkeypatch.setattr("concordant.checks.registry._meanings", refuse)  # nor is all of ours loaded to look for it

    assert asked(app, "/api/place", {"at": name}).status == 404


def hostile(draw: Random) -> tuple[str, dict[str, Any]]:
    """Return a request that nobody should make."""
    junk: Callable[[], str] = lambda: "".join(draw.choice("0aZ.?&=%/\\:<>\"'{}\x00é☃;-") for _ in range(draw.randrange(40)))  # noqa: E731
    path = draw.choice(
        [
            *(
                "/api/place",
                "/api/setting",
                "/api/file",
                "/api/search",
                "/api/along",
                "/api/search/1e9",
                "/api/trace",
                "/../../etc/passwd",
                f"/x{junk()}",
            ),
            *("/api/table", "/api/lies", "/api/explored"),
        ]
    )
    link = draw.choice(
        [
            "UNA-2?p=0",
            f"UNA-2?m=0&p={junk()}",
            "UNA-2?m=0&p=" + "0." * 3000,
            junk() or "?",
            "x" * 5000,
            "UNA-2?scope=x&m=0&p=",
            f"UNA-2{junk()}!",
            f"vickrey_auction?r={junk()}",
            "vickrey_auction?r=" + "[" * 2000,
            f'vickrey_auction?r=[[["{junk()}","9**9"]],"1e9","forward"]',
        ]
    )
    query = {
        "at": link,
        **draw.choice([{}, {"take": junk() or "-1"}, {"back": "9" * 6}, {"take": "99999"}, {"format": junk()}, {"clause": junk()}]),
    }
    method = "POST" if path == "/api/trace" else draw.choice(["GET", "POST", "DELETE", "PUT", "TRACE", "junk"])
    deep = draw.choice([b"[" * 200_000, b'{"a":' * 100_000, junk().encode(), b"\xff\xfe", b'{"#meta": {"source": "Concordant"}}'])
    meta = json.dumps(
        {
            "#meta": {"source": "Concordant", "name": draw.choice(["UNA-2", junk(), 5]), "scope": None},
            "states": [{}, draw.choice([{}, 5, {"#meta": 5}])],
        }
    )
    raw = bytes(draw.randrange(256) for _ in range(draw.randrange(30)))
    return path, {"query": draw.choice([query, query, raw]), "method": method, "body": draw.choice([deep, meta.encode()])}


def test_a_thousand_hostile_requests_end_in_a_sentence(app: Any) -> None:
    draw = Random(20)  # noqa: S311  # a test is no secret
    for _ in range(1000):
        path, rest = hostile(draw)
        told = asked(app, path, **rest)

        assert 400 <= told.status < 500 or (told.status, rest["method"], rest["query"]) == (200, "GET", b""), (path, rest, told)
        assert told.status == 200 or told.json["error"]


def test_what_is_too_large_is_refused(app: Any) -> None:
    assert asked(app, "/api/trace", method="POST", body=b" " * (1 << 20 | 1)).status == 413


def test_all_clauses_are_judged_behind_the_page_with_links_to_where_they_tell(app: Any) -> None:
    found = until_ended(app, asked(app, "/api/explored", {"at": "unanimous_consent"}, method="POST"))
    reached = next(each for each in found["clauses"] if each["says"].startswith("reached after"))

    assert found["state"] == "found"
    assert found["says"].endswith(" states, which are all")
    assert {each["here"] for each in place(app, at=reached["link"])["truths"] if each["clause"] == reached["clause"]} == {"reached here"}
    assert all(" in all " in each["says"] for each in found["clauses"] if not each["link"])


def fields(interface: str) -> set[str]:
    """Return the names that an interface of the page declares."""
    text = (WEB / "places.ts").read_text(encoding="utf-8")
    found = re.search(rf"interface {interface} \{{(.*?)\n\}}", text, flags=re.DOTALL)
    assert found is not None, interface
    return set(re.findall(r"^  (\w+):", found[1], flags=re.MULTILINE))


def test_the_data_have_the_fields_that_the_page_declares(app: Any) -> None:
    drawn = [place(app, at="stage_executor.a_join_waits"), place(app, at="resource_pool", take="0")]
    there, about = (
        [place(app), start(app), place(app, at="UNA-2", back="1"), *drawn],
        asked(app, "/api/setting", {"at": "paxos_synod"}).json,
    )
    heard = until_ended(app, asked(app, "/api/search", {"at": "UNA-2", "clause": "agreement"}, method="POST"))
    everywhere = until_ended(app, asked(app, "/api/explored", {"at": "unanimous_consent"}, method="POST"))
    found: dict[str, list[Any]] = {
        "Place": there,
        "Setting": [about],
        "Named": [*about["scopes"], *about["situations"], *about["pitfalls"]],
        "Clause": about["clauses"],
        "Participant": [each for place in there for each in place["processes"]],
        "Channel": [each for place in there for each in place["in_flight"]],
        "Call": [each for place in there for each in place["calls"]],
        "Allowance": [each for place in there for each in place["left"]],
        "Option": [each for place in there for each in place["options"]],
        "NearMiss": [each for place in there for each in place["near"]],
        "Truth": [each for place in there for each in place["truths"]],
        "Diagram": [place["trace"] for place in there],
        "Picture": [place["picture"] for place in drawn],
        "StageShown": drawn[0]["picture"]["stages"],
        "Span": drawn[1]["picture"]["spans"],
        "News": [heard, everywhere],
        "ClauseNews": everywhere["clauses"],
    }

    for interface, values in found.items():
        assert values, interface
        assert {frozenset(value) for value in values} == {frozenset(fields(interface))}, interface
