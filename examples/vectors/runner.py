"""Runs vectors of Concordant through an implementation in Python. It imports nothing of ours.

concordant vectors two_phase_commit --out vectors/commit
python examples/vectors/runner.py vectors/commit/participant.ndjson examples/adapters/participant.py

The module defines `Adapter` with `answer(command)` for machines, or `outcome(profile)` for rules.
"""

import importlib.util
import json
import sys
from pathlib import Path

EXPECTED, SENT = set(), set()
"""Kinds of messages that the reference has sent in what was run, and the implementation: what never comes, no loss explains."""
NEEDS = {"crash": "crash", "cancel": "cancel", "suspect": "suspect", "trust": "suspect", "tick": "clock", "fire": "triggers"}


def main(vectors, file):
    """Run all, show the first failures, and return the exit code."""
    spec = importlib.util.spec_from_file_location("implementation", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    results = [run(json.loads(line), module) for line in Path(vectors).read_text(encoding="utf-8").splitlines()]
    wrong = [each for each in results if each not in ("passed", "passed by another tie", "skipped")]
    wrong += [f"it never sends {each}" for each in sorted(EXPECTED - SENT)]
    manifest = Path(vectors).with_name("manifest.json")
    there = json.loads(manifest.read_text(encoding="utf-8"))["files"].get(Path(vectors).name) if manifest.exists() else len(results)
    wrong += [f"{len(results)} of {there} vectors are in the file"] if there != len(results) else []
    for each in wrong[:5]:
        print(each)
    otherwise = results.count("passed by another tie")
    passed, how = results.count("passed") + otherwise, f", {otherwise} of them with a tie broken otherwise" if otherwise else ""
    print(f"{passed} passed{how}, {len(wrong)} failed, {results.count('skipped')} skipped")
    return 1 if wrong or not passed else 0


def run(vector, module):
    """Run one: passed, skipped, or how it failed."""
    if "profile" in vector:
        found = module.outcome(vector["profile"])
        if text(kind(found)) == text(kind(vector["outcome"])):
            return "passed"
        by_another_tie = text(found) in map(text, vector.get("allowed", ()))
        return "passed by another tie" if by_another_tie else f"{vector['id']}: {found}, not {vector['outcome']}"
    adapter = module.Adapter()
    supports = adapter.answer({"do": "hello", "protocol": [1], "kit": "vectors"})["supports"][0]
    for number, step in enumerate(vector["steps"]):
        command = step["input"]
        needed = {NEEDS.get(command["do"]), "crash_after" if "crash_after" in command else None} - {None}
        if not needed <= set(supports["control"]):
            return "skipped"
        answer = adapter.answer(command)
        if "unsupported" in answer or "skipped" in answer:
            return "skipped"
        if "effects" not in answer and "down" not in answer:
            return f"{vector['id']}, step {number}: {answer}"
        EXPECTED.update(kinds(step))
        SENT.update(kinds(answer))
        found, expected = (told(each, supports["control"], vector["network"]["fifo"]) for each in (answer, step))
        if found["view"] is not None and expected["view"] is not None:
            expected["view"] = {name: value for name, value in expected["view"].items() if name in found["view"]}
        else:
            found["view"] = expected["view"] = None
        if vector["network"]["loses"] and fewer(found["sends"], expected["sends"]):
            found["sends"] = expected["sends"]
        if text(found) != text(expected):
            return f"{vector['id']}, step {number}: {found}, not {expected}"
    return "passed"


def told(answer, control, fifo):
    """Return what counts of an answer: sends in any order, of a FIFO network in that for each destination; rejections by their class."""
    effects = answer.get("effects", [])
    order = (lambda each: each["to"]) if fifo else text
    return {
        "down": answer.get("down", False),
        "sends": [text(each) for each in sorted((each for each in effects if "send" in each), key=order)],
        "replies": sorted(text({**each, "reply": kind(each["reply"])}) for each in effects if "reply" in each),
        "events": [text(each) for each in effects if "announce" in each],
        "deliveries": sorted(text(each) for each in effects if "deliver" in each),
        "armed": sorted(map(text, answer.get("armed", []))) if "triggers" in control else [],
        "view": answer.get("view"),
    }


def kinds(answer):
    """Return the kinds of messages that are sent."""
    return {each["send"].get("type", "its message") for each in answer.get("effects", []) if "send" in each}


def kind(value):
    """Return a value; of a rejection only that it is one."""
    return {"type": "Rejected"} if isinstance(value, dict) and value.get("type") == "Rejected" else value


def fewer(found, expected):
    """Tell whether what was found is a part of what was expected, in that order."""
    rest = iter(expected)
    return all(each in rest for each in found)


def text(value):
    """Return JSON that is equal for equal values, and no others: Python takes 1, 1.0 and True for equal."""
    return json.dumps(value, sort_keys=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
