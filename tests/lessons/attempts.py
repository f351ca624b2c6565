"""What somebody might try in the exercises of the lessons, and what they are then told."""

from __future__ import annotations

from attrs import frozen


@frozen
class Attempt:
    """A change to a file of a lesson, one of its exercises, and how what is said of it begins."""

    lesson: str
    exercise: str
    changes: tuple[tuple[str, str], ...]
    says: str


LOCK = "lock_server"
LENT = (
    'what is lent now."""\n        return True',
    'what is lent now."""\n        return state.to == source and state.number == release.number',
)
TAKEN = ('copy of an old one."""\n        return True', 'copy of an old one."""\n        return grant.number > state.last')
KNOWS = "case(lends.number >= 0"

COMMIT = "two_phase_commit"
TOLD = ("Logged) else False", "Logged) else None")
ALONE = ("return state.phase not in (Phase.COMMITTED, Phase.ABORTED)", "return state.phase is Phase.WORKING")
WRITTEN = "case(log.decision is not False, participant=participant)"
AND_IF = "\n            if log.decision is True:\n                yield case(view.phase in (Phase.PREPARED, Phase.COMMITTED))"

ROUND = "one_round"
MAJORITY = ("count >= len(self.acceptors) // 2", "count > len(self.acceptors) // 2")
BOUND = ("return True", "return voted is None or voted == value")
VOTED = "case(len(votes) == 3, value=value)"

BALLOTS = "ballots"
SAFE = ("        return own", "        return max(votes, key=lambda vote: vote.ballot).value if votes else own")
KEPT = ("return True", "return ballot >= promised")
PROMISED = "    if before.promised is not None and after.promised is not None:\n        yield case(isinstance(after.promised, Ballot),"
NO_LESS = "    if before.promised is not None and after.promised is not None:\n        yield case(after.promised >= before.promised,"

AUCTION = "auction"
OWN = "return bids.by[winner]"
OTHERS = "case(all(other >= 0 for other in others), price=sale.price)"

BARRIER = "barrier"
ALL = ("return state.heard > len(self.workers)", "return len(state.who) == len(self.workers)")
MINE = ("return True", "return message.round == state.arrived")
OPENS = "case(all(rounds.arrived >= 0"

VOTING = "voting"
BEATS = "if any(beats(ballots, candidate, other) for other in CANDIDATES):"
ALL_OTHERS = "if all(beats(ballots, candidate, other) for other in CANDIDATES if other != candidate):"
ELECTED = "case(elected in CANDIDATES, beats=candidate)"

MADE = "implementation"
METHODS = '"""What is written here is taken instead of what stands in participant.py."""'
VOTE = f"{METHODS}\n\n    def vote(self) -> bool:\n        return self.log != 'aborted'"
RECOVER = f"{METHODS}\n\n    def recover(self) -> None:\n        if self.log == 'prepared':\n            self.on_timeout()"
HANDED = (
    'Hand a message on: `{"type": "Prepare"}`, or `{"type": "Decision", "commit": …}`."""\n',
    'Hand a message on: `{"type": "Prepare"}`, or `{"type": "Decision", "commit": …}`."""\n        self.participant.on_prepare()\n',
)

DEADLOCK = "deadlock"
IN_ORDER = ("        return tools\n", "        return tuple(sorted(tools))\n")
ALL_BACK = ("return has[-1:]", "return has")
BEFORE = "case(hands.waits not in hands.has"

RING = "ring_election"
ORDERED = ("return other.weight >= self.identity.weight", "return other > self.identity")
OWN_CLAIM = ("return identity.weight == self.identity.weight", "return identity == self.identity")
LEADS = "case(knows.leader.weight >= knows.identity.weight"

TRAITOR = "traitor"
QUORUM = ("return generals // 2", "return (generals + traitors) // 2 + 1")
THE_FIRST = ("return source.role == FIRST.role", "return source == FIRST")
ECHOED = "case(any(other.echoed == does.obeys for other in all_do)"

LOG = "replicated_log"
AS_FAR = ("return True", "return last >= own")
OWN_TERM = (
    "        return self.is_majority(self.copies(role, index))",
    "        return state.log[index - 1].term == state.term and self.is_majority(self.copies(role, index))",
)
EARLIER = ("for each in history.committed)", "for each in history.committed if each.term < view.term)")
LED = "case(view.term > 0"

GOSSIP = "gossip"
ALL_PEERS = ("return self.peers[:1]", "return self.peers")
ALL_NAMES = ("return len(mine) != len(theirs)", "return mine != theirs")
COMES_BACK = ("Fair.TRIGGERS", "Fair.CHOICES")
IS_KNOWN = "case(isinstance(view.known, frozenset)"
KNOWN_BY_ALL = "case(view.known == frozenset().union(*(each.known for each in seen.views(NodeView).values()))"

TERMS = "terms"
ONE_VOTE = ("return True", "return vote is None or vote == candidate")
MORE_THAN_HALF = ("return count >= (len", "return count > (len")
VOTED_FOR = "case(server in votes"

ATTEMPTS = (
    Attempt(LOCK, "repair", (LENT,), "mutual_exclusion is violated after "),
    Attempt(LOCK, "repair", (TAKEN,), "mutual_exclusion is violated after "),
    Attempt(
        LOCK,
        "repair",
        tuple((old, old.replace("True", "False")) for old, _ in (LENT, TAKEN)),
        "the_lock_is_passed_on is never reached, of repair.py",
    ),
    Attempt(
        LOCK,
        "clause",
        ((KNOWS, "case(lends.to == client"),),
        "it asks too little: it holds of one that lends under another number than it says",
    ),
    Attempt(
        LOCK,
        "clause",
        ((KNOWS, "case(lends.number == held.number"),),
        "it asks too little: it holds of one that does not know who has the lock",
    ),
    Attempt(
        LOCK,
        "clause",
        ((KNOWS, "case(lends.number > held.number"),),
        "it asks too much: the_server_knows_who_holds is violated after 3 moves, of the repaired lock",
    ),
    Attempt(COMMIT, "repair", (TOLD,), "agreement is violated after 9 moves"),
    Attempt(COMMIT, "repair", (ALONE,), "agreement is violated after 11 moves"),
    Attempt(COMMIT, "repair", ((TOLD[0], "Logged) and state.commit else None"), ALONE), "nobody_is_blocked is violated after "),
    Attempt(COMMIT, "repair", (TOLD, (ALONE[0], "return False")), "nobody_is_blocked is violated after "),
    Attempt(
        COMMIT,
        "clause",
        ((WRITTEN, "case(log.decision is True)"),),
        "it asks too little: it holds of one that commits with the first yes, and of 1 more",
    ),
    Attempt(
        COMMIT,
        "clause",
        ((WRITTEN, f"case(log.decision is not False){AND_IF}"),),
        "it asks too little: it holds of one that has a coordinator that logs nothing",
    ),
    Attempt(
        COMMIT,
        "clause",
        ((WRITTEN, f"case(log.decision is True){AND_IF.replace('in (Phase.PREPARED, Phase.COMMITTED)', 'is Phase.COMMITTED')}"),),
        "it asks too much: a_commit_is_everybodys is violated after ",
    ),
    Attempt(ROUND, "repair", (MAJORITY,), "agreement is violated after 10 moves"),
    Attempt(ROUND, "repair", (BOUND,), "agreement is violated after 6 moves"),
    Attempt(ROUND, "repair", (MAJORITY, ("return True", "return False")), "something_is_chosen is violated after "),
    Attempt(ROUND, "repair", (MAJORITY, ("return True", 'return value == "x"')), "the_second_value_is_chosen is never reached"),
    Attempt(
        ROUND,
        "clause",
        ((VOTED, "case(any(vote.value == value for vote in votes))"),),
        "it asks too little: it holds of one that takes one vote of three for a majority",
    ),
    Attempt(
        ROUND,
        "clause",
        ((VOTED, "case(all(vote.value == value for vote in votes))"),),
        "it asks too much: what_is_chosen_has_a_majority is violated after ",
    ),
    Attempt(BALLOTS, "repair", (SAFE,), "agreement is violated after "),
    Attempt(BALLOTS, "repair", (KEPT,), "agreement is violated after 14 moves"),
    Attempt(BALLOTS, "repair", ((SAFE[0], SAFE[1].replace("max", "min")), KEPT), "agreement is violated after 22 moves"),
    Attempt(BALLOTS, "repair", (SAFE, ("return True", "return ballot > promised")), "agreement is vacuous"),
    Attempt(BALLOTS, "clause", ((PROMISED, NO_LESS),), "it asks too little: it holds of one that votes without promising, and of 2 more"),
    Attempt(
        BALLOTS,
        "clause",
        ((PROMISED, NO_LESS.replace(">=", ">")),),
        "it asks too much: an_acceptor_keeps_its_word is violated after ",
    ),
    Attempt(AUCTION, "repair", ((OWN, "return 0"),), "truthful is violated"),
    Attempt(AUCTION, "repair", ((OWN, "return 1"),), "truthful is violated"),
    Attempt(AUCTION, "repair", ((OWN, "return min(bids.by.values())"),), "truthful is violated"),
    Attempt(
        AUCTION,
        "clause",
        ((OTHERS, "case(sale.price >= max(others))"),),
        "it asks too little: it holds of one that lets the winner pay its own bid, and of 1 more",
    ),
    Attempt(AUCTION, "clause", ((OTHERS, "case(sale.price < bids.by[sale.winner])"),), "it asks too much: "),
    Attempt(BARRIER, "repair", (ALL,), "nobody_passes_early is violated after "),
    Attempt(BARRIER, "repair", (MINE,), "nobody_passes_early is violated after "),
    Attempt(BARRIER, "repair", ((ALL[0], "return state.heard == len(self.workers)"), MINE), "nobody_passes_early is violated after "),
    Attempt(BARRIER, "repair", (ALL, ("return True", "return False")), "nobody_passes_early is vacuous"),
    Attempt(BARRIER, "repair", (ALL, ("return True", "return state.passed == 0")), "the_barrier_opens is never reached"),
    Attempt(
        BARRIER, "clause", ((OPENS, "case(any(rounds.passed == 2"),), "it asks too little: it holds of one that tells one worker alone"
    ),
    Attempt(
        BARRIER,
        "clause",
        ((OPENS, "case(all(rounds.passed > 0"),),
        "it asks too little: it holds of one that tells one worker alone, in the second round, and of 2 more",
    ),
    Attempt(BARRIER, "clause", ((OPENS, "case(all(rounds.passed > 2"),), "it asks too much: the_barrier_opens is never reached"),
    Attempt(VOTING, "repair", (("return borda(ballots)", 'return "x"'),), "who_beats_all_others_is_elected is violated"),
    Attempt(
        VOTING, "repair", (("return borda(ballots)", "return next(iter(ballots.by.values()))[0]"),), "who_beats_all_others_is_elected is"
    ),
    Attempt(
        VOTING,
        "clause",
        ((BEATS, ALL_OTHERS), (ELECTED, "case(any(elected == ranking[0] for ranking in ballots.by.values()))")),
        "it asks too little: it holds of one that elects whom most put first",
    ),
    Attempt(VOTING, "clause", ((ELECTED, "case(elected == candidate)"),), "it asks too much: who_beats_all_others_is_elected is violated"),
    Attempt(MADE, "adapter", (HANDED,), "differs, with a right participant behind your adapter"),
    Attempt(MADE, "repair", ((METHODS, VOTE),), "violates two_phase_commit.a_prepared_participant_obeys, with "),
    Attempt(MADE, "repair", ((METHODS, RECOVER),), "violates two_phase_commit.a_message_is_true, with "),
    Attempt(DEADLOCK, "repair", (IN_ORDER,), "everybody_is_done is violated after "),
    Attempt(DEADLOCK, "repair", (ALL_BACK,), "everybody_is_done is violated after 12 moves"),
    Attempt(DEADLOCK, "repair", ((IN_ORDER[0], "        return tools[::-1]\n"), ALL_BACK), "everybody_is_done is violated after "),
    Attempt(
        DEADLOCK,
        "repair",
        ((IN_ORDER[0], "        return tuple(sorted(tools)[:1])\n"), ALL_BACK),
        "somebody_waits_with_a_tool is never reached",
    ),
    Attempt(
        DEADLOCK,
        "clause",
        ((BEFORE, "case(all(len(tool) <= len(hands.waits) for tool in hands.has)"),),
        "it asks too much: who_waits_has_what_comes_before is violated",
    ),
    Attempt(
        DEADLOCK,
        "clause",
        ((BEFORE, "case(len(hands.has) < 2"),),
        "it asks too little: it holds of one that takes tools as they are named, and of 3 more",
    ),
    Attempt(
        DEADLOCK,
        "clause",
        ((BEFORE, "case(not hands.has"),),
        "it asks too much: who_waits_has_what_comes_before is violated",
    ),
    Attempt(RING, "repair", (ORDERED,), "at_most_one_is_elected is violated after 6 moves"),
    Attempt(RING, "repair", (OWN_CLAIM,), "at_most_one_is_elected is violated after 10 moves"),
    Attempt(RING, "repair", ((ORDERED[0], ORDERED[0].replace(">=", ">")), OWN_CLAIM), "nobody_heavier_is_passed_over is vacuous"),
    Attempt(
        RING,
        "repair",
        ((ORDERED[0], "return other.number > self.identity.number"), OWN_CLAIM),
        "nobody_heavier_is_passed_over is violated after ",
    ),
    Attempt(
        RING,
        "repair",
        ((ORDERED[0], "return other < self.identity"), OWN_CLAIM),
        "nobody_heavier_is_passed_over is violated after ",
    ),
    Attempt(
        RING,
        "clause",
        ((LEADS, "case(len({each.leader for each in seen.views(Knows).values() if each.leader}) == 1"),),
        "it asks too little: it holds of one that writes down another number than it hears",
    ),
    Attempt(
        RING,
        "clause",
        ((LEADS, "case(knows.leader in seen.history.elected.values()"),),
        "it asks too little: it holds of one that takes a claim of its own weight for its own",
    ),
    Attempt(
        RING,
        "clause",
        ((LEADS, "case(knows.leader == knows.identity"),),
        "it asks too much: one_leader is violated after ",
    ),
    Attempt(TRAITOR, "repair", (QUORUM,), "what_is_ordered_is_done is violated after 10 moves"),
    Attempt(TRAITOR, "repair", (THE_FIRST,), "agreement is violated after 4 moves"),
    Attempt(TRAITOR, "repair", ((QUORUM[0], "return generals"), THE_FIRST), "agreement is vacuous"),
    Attempt(TRAITOR, "repair", (QUORUM, (THE_FIRST[0], "return False")), "agreement is vacuous"),
    Attempt(
        TRAITOR,
        "clause",
        ((ECHOED, "case(sum(other.echoed == does.obeys for other in all_do) >= 1"),),
        "it asks too little: it holds of one that takes half of all for enough",
    ),
    Attempt(
        TRAITOR,
        "clause",
        ((ECHOED, "case(does.echoed == does.obeys"),),
        "it asks too much: what_is_obeyed_was_echoed is violated after ",
    ),
    Attempt(LOG, "repair", (AS_FAR,), "what_is_committed_stays is violated after 32 moves"),
    Attempt(
        LOG, "repair", (("return True", "return last.index >= own.index"), OWN_TERM), "what_is_committed_stays is violated after 31 moves"
    ),
    Attempt(
        LOG, "repair", (("return True", "return last.term >= own.term"), OWN_TERM), "what_is_committed_stays is violated after 28 moves"
    ),
    Attempt(LOG, "repair", (("return True", "return last > own"), OWN_TERM), "what_is_committed_stays is vacuous"),
    Attempt(
        LOG,
        "repair",
        (AS_FAR, (OWN_TERM[0], OWN_TERM[1].replace("state.log[index - 1].term == state.term", "state.log[0].term == state.term"))),
        "commits_an_older_entry is never reached",
    ),
    Attempt(
        LOG,
        "clause",
        (EARLIER, (LED, "case(len(view.log) >= len(due)")),
        "it asks too little: it holds of one that votes for whoever has a log that is long enough, and of 2 more",
    ),
    Attempt(
        LOG,
        "clause",
        (EARLIER, (LED, "case(set(due) <= set(view.log)")),
        "it asks too little: it holds of one that puts new entries before older ones",
    ),
    Attempt(
        LOG,
        "clause",
        ((LED, "case(view.log[: len(due)] == due"),),
        "it asks too much: a_leader_has_what_was_committed is violated after 19 moves",
    ),
    Attempt(
        LOG,
        "clause",
        (
            (EARLIER[0], EARLIER[1].replace("each.term", "each.entry.term")),
            (LED, "case(view.log[: len(due)] == due"),
        ),
        "it asks too much: a_leader_has_what_was_committed is violated after 25 moves",
    ),
    Attempt(GOSSIP, "repair", (ALL_PEERS,), "all_hear_of_it is violated after 18 moves"),
    Attempt(GOSSIP, "repair", (ALL_NAMES,), "all_hear_of_it is violated after 11 moves"),
    Attempt(GOSSIP, "repair", (ALL_PEERS, (ALL_NAMES[0], "return not mine <= theirs")), "all_hear_of_it is violated after 13 moves"),
    Attempt(GOSSIP, "repair", (ALL_PEERS, (ALL_NAMES[0], "return not theirs <= mine")), "all_hear_of_it is violated after 13 moves"),
    Attempt(GOSSIP, "clause", ((IS_KNOWN, KNOWN_BY_ALL),), "it asks too much: all_come_to_know is violated after 3 moves"),
    Attempt(GOSSIP, "clause", (COMES_BACK, (IS_KNOWN, KNOWN_BY_ALL)), "it asks too much: all_come_to_know is violated after 10 moves"),
    Attempt(
        GOSSIP,
        "clause",
        (COMES_BACK, (IS_KNOWN, "case(len({len(each.known) for who, each in seen.views(NodeView).items() if seen.up(who)}) == 1")),
        "it asks too little: it holds of one that compares how many rumours are known",
    ),
    Attempt(TERMS, "repair", (ONE_VOTE,), "election_safety is violated after 2 moves"),
    Attempt(TERMS, "repair", (MORE_THAN_HALF,), "election_safety is violated after 6 moves"),
    Attempt(
        TERMS,
        "repair",
        (ONE_VOTE, ("return count >= (len(self.peers) + 1) // 2", "return count > len(self.peers)")),
        "two_are_enough is never",
    ),
    Attempt(TERMS, "repair", (("return True", "return False"), MORE_THAN_HALF), "election_safety is vacuous"),
    Attempt(
        TERMS,
        "clause",
        ((VOTED_FOR, "case(votes.count(server) >= history.majority"),),
        "it asks too little: it holds of one that stands again with the votes of the term before",
    ),
    Attempt(
        TERMS,
        "clause",
        ((VOTED_FOR, "case(votes.count(server) > history.majority"),),
        "it asks too much: a_leader_has_votes is violated after ",
    ),
)
