"""The lesson on an election in a ring: what tells members apart, and what a check may take for one."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions
from concordant.checks.lessons.exercises import Exercises, moves_until, states_of
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("ring_election", "ring")
ASK = Exercises(MATERIAL)
TWO = "two are elected"

LESSON = Lesson(
    MATERIAL,
    "A leader of a ring, and what tells its members apart",
    60,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            f"after how many moves {TWO}",
            "moves",
            lambda ring: moves_until(ring.SYSTEM, ring.at_most_one_is_elected),
            "move",
            (
                "What does a member take for its own claim? Look at is_own, and at the weights in THREE.",
                "Two users ask, each a heavy one. The claim of one comes to the other; how many members does each pass on the way?",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "two_elected",
            "ring.py",
            "at_most_one_is_elected",
            TWO,
            (
                "Let member0 and member2 stand, which weigh the same, and let each claim come to the other.",
                "The clause at_most_one_is_elected has a button, or in the terminal: seek at_most_one_is_elected.",
            ),
        ),
        ASK.repair(
            "two guards, so that one is elected, and one of the heaviest",
            lambda ring, mine: ring.system(mine.MyMember, identities=ring.FOUR),
            (
                "Of two claims with the same weight one must be passed on, and the other not. What else does an identity have?",
                "Identities are compared by == and by >: first the weights, and where those are equal the numbers.",
                "If you let nobody pass who weighs the same, two claims stop each other, and nobody is elected.",
            ),
        ),
        ASK.find(
            "a link to a place where two members without identities are elected",
            "two_alike",
            "repair.py:ANONYMOUS",
            "at_most_one_is_elected",
            TWO,
            (
                "Whatever you let one of them do, let the other do it next.",
                "Both stand, and then each receives the claim of the other.",
            ),
            name="alike",
        ),
        ASK.predict(
            "how many states are left when two members may be exchanged",
            "alike",
            lambda ring: states_of(ring.system(identities=ring.TWINS, alike=True), Reductions(symmetry=True)),
            "state",
            (
                "A state and its image, in which the members are exchanged, count once. So it is about a half of 20: which states are not halved?",
                "Four states look the same when the members are exchanged, such as the first. The other 16 are 8 pairs.",
            ),
            name="count",
        ),
        ASK.clause(
            "that there is one leader",
            "one_leader",
            "the repaired rings",
            (
                "Compare whom the member knows with who has been elected: seen.history.elected.values().",
                "It must be the only one: of a tuple with one element say so by ==.",
            ),
        ),
    ),
)
