"""How long recorded histories take: a hundred of a thousand operations by ten clients, as files, of a register and of a store of texts.

Half of the recordings are of an object that is linearizable; in the others one read returns another value than it did. python -m bench.histories
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from concordant.checks.questions.history import HistoryQuestion
from concordant.checks.questions.question import Means

HISTORIES, OPERATIONS, CLIENTS, KEYS = 100, 1_000, 10, 3
PLACES = 1_000_000


def recorded(seed: int, *, stale: bool) -> list[dict[str, Any]]:
    """Let clients read, write, and compare and swap a few values of a few keys; each operation takes effect somewhere between its two lines."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    lines: list[dict[str, Any]] = []
    values: dict[str, int | None] = {}
    open_calls: dict[int, dict[str, Any]] = {}
    begun = 0
    while begun < OPERATIONS or open_calls:
        client = draw.randrange(CLIENTS)
        call = open_calls.get(client)
        if call is None and begun < OPERATIONS:
            begun += 1
            f, value = draw.choice((("read", None), ("write", draw.randrange(5)), ("cas", [draw.randrange(5), draw.randrange(5)])))
            open_calls[client] = {"process": client, "type": "invoke", "f": f, "key": f"k{draw.randrange(KEYS)}", "value": value}
            lines.append(dict(open_calls[client]))
        elif call is not None and call["type"] == "invoke":
            _take_effect(call, values)
        elif call is not None:
            lines.append(open_calls.pop(client))
    if stale:
        _make_stale(lines, draw)
    return lines


def _take_effect(call: dict[str, Any], values: dict[str, int | None]) -> None:
    key, call["type"] = call["key"], "ok"
    match call["f"]:
        case "read":
            call["value"] = values.get(key)
        case "write":
            values[key] = call["value"]
        case _:
            expected, new = call["value"]
            if values.get(key) == expected:
                values[key] = new
            else:
                call["type"] = "fail"


def _make_stale(lines: list[dict[str, Any]], draw: random.Random) -> None:
    """Let one read in the second half return another value than it did."""
    reads = [line for line in lines[len(lines) // 2 :] if line["f"] == "read" and line["type"] == "ok"]
    chosen = draw.choice(reads)
    chosen["value"] = draw.choice([value for value in range(5) if value != chosen["value"]])


def main() -> None:
    """Judge them, and tell the verdicts and the time."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for seed in range(HISTORIES):
            file = Path(folder) / f"{seed}.ndjson"
            file.write_text("".join(json.dumps(line) + "\n" for line in recorded(seed, stale=bool(seed % 2))), encoding="utf-8")
            files.append(file)
        began = time.process_time()
        found = Counter(HistoryQuestion.of("register", "linearizable", file, PLACES).answer(Means()).word for file in files)
        seconds = time.process_time() - began
    told = ", ".join(f"{number} {word}" for word, number in sorted(found.items()))
    sys.stdout.write(
        f"{HISTORIES} histories of {OPERATIONS:,} operations by {CLIENTS} clients: {told}; {seconds:.1f} s of processor time\n"
    )


if __name__ == "__main__":
    main()
