"""The shapes of protocol v1 as JSON Schemas, for both directions. What an adapter answers is judged by them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from concordant.checks.codec.scalars import ADDRESS
from concordant.checks.codec.schema import DIALECT
from concordant.checks.conform.adapter import Json

VERSION = 1
"""The version of the protocol."""
STEPS = "steps"
"""Whether it makes steps of its own one by one, as it is told."""
CONTROLS = ("triggers", "outcomes", "crash", "crash_after", "suspect", "cancel", "clock", STEPS)
"""What a harness may do to an implementation that allows it."""
EXACT = ("order", "outcomes", "reasons", "sends")
"""What is compared too of an adapter that declares it: what was sent and answered before each announcement; how work inside may end, among what is armed; reasons of rejections, as they are specified; sends that a network which loses messages would explain if they were fewer."""

ANY: Json = {}
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}
ADDRESS_TEXT: Json = {"type": "string", "pattern": f"^{ADDRESS.pattern}$"}


def listing(items: Json) -> Json:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def record(required: dict[str, Json], optional: dict[str, Json] | None = None) -> Json:
    """Return the schema of an object with these fields and no others."""
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


EFFECTS = {
    "send": record({"send": ANY, "to": ADDRESS_TEXT}),
    "reply": record({"reply": ANY, "to": ADDRESS_TEXT}),
    "announce": record({"announce": ANY}),
    "deliver": record({"deliver": ANY, "from": ADDRESS_TEXT}),
}
SUPPORTS = record(
    {"stem": TEXT, "roles": listing(TEXT)},
    {
        "spec": TEXT,
        "control": listing({"enum": list(CONTROLS)}),
        "observe": {"type": "object", "additionalProperties": listing(TEXT)},
        "exact": listing({"enum": list(EXACT)}),
        "claims": listing(TEXT),
        "extra": listing(TEXT),
    },
)
IMPLEMENTATION = record({"name": TEXT}, dict.fromkeys(("version", "language", "source", "issues"), TEXT))
ID = {"id": NUMBER}
ANSWERS: dict[str, Json] = {
    "hello": record({**ID, "protocol": {"const": VERSION}, "impl": IMPLEMENTATION, "supports": listing(SUPPORTS)}),
    "step": record(
        {**ID, "effects": listing({"anyOf": list(EFFECTS.values())}), "armed": listing(ANY), "view": {"type": ["object", "null"]}}
    ),
    "down": record({**ID, "down": {"const": True}}, {"effects": listing({"anyOf": list(EFFECTS.values())})}),
    "ok": record({**ID, "ok": {"const": True}}),
    "skipped": record({**ID, "skipped": {"const": True}, "reason": TEXT}, {"issue": TEXT}),
    "unsupported": record({**ID, "unsupported": TEXT}),
    "error": record({**ID, "error": record({"message": TEXT}, {"traceback": TEXT})}),
}


def _command(do: str, fields: dict[str, Json], *, cut: bool = False) -> Json:
    return record({**ID, "do": {"const": do}, **fields}, {"crash_after": NUMBER} if cut else None)


AT = {"at": ADDRESS_TEXT}
COMMANDS: dict[str, Json] = {
    "hello": _command("hello", {"protocol": listing(NUMBER), "kit": TEXT}),
    "start": _command("start", {**AT, "config": {"type": "object"}, "case": TEXT}),
    "receive": _command("receive", {**AT, "from": ADDRESS_TEXT, "message": ANY}, cut=True),
    "request": _command("request", {**AT, "from": ADDRESS_TEXT, "request": ANY}, cut=True),
    "cancel": _command("cancel", {**AT, "from": ADDRESS_TEXT}, cut=True),
    "fire": _command("fire", {**AT, "trigger": ANY}, cut=True),
    "suspect": _command("suspect", {**AT, "peer": ADDRESS_TEXT}, cut=True),
    "trust": _command("trust", {**AT, "peer": ADDRESS_TEXT}, cut=True),
    "tick": _command("tick", {**AT, "now": NUMBER}, cut=True),
    "step": _command("step", AT, cut=True),
    "crash": _command("crash", AT),
    "recover": record({**ID, "do": {"const": "recover"}, **AT}, {"now": NUMBER, "crash_after": NUMBER}),
    "end": _command("end", {}),
    "stop": _command("stop", {}),
}


def schemas() -> dict[str, Json]:
    """Return the schemas of the protocol, by the names of their files."""
    return {
        "commands.schema.json": {"$schema": DIALECT, "title": "what the kit asks", "oneOf": list(COMMANDS.values())},
        "answers.schema.json": {"$schema": DIALECT, "title": "what an adapter answers", "oneOf": list(ANSWERS.values())},
    }


def problems(shape: Json, value: Any, where: str = "the answer") -> Iterator[str]:
    """Yield what keeps a value from having a shape, in sentences."""
    if "const" in shape and (type(value) is not type(shape["const"]) or value != shape["const"]):
        yield f"{where} is {quoted(value)}; write {json.dumps(shape['const'])}"
    if "enum" in shape and value not in shape["enum"]:
        yield f"{where} is {quoted(value)}, which is none of {', '.join(shape['enum'])}"
    if "type" in shape:
        kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
        if _kind(value) not in kinds:
            yield f"{where} is {quoted(value)}; write {' or '.join(map(_article, kinds))}"
            return
    if "pattern" in shape and not ADDRESS.fullmatch(value):
        yield f"{where} is {quoted(value)}; write role and number, such as 'acceptor2'"
    if isinstance(value, dict):
        yield from _of_fields(shape, value, where)
    if isinstance(value, list) and "items" in shape:
        for place, each in enumerate(value):
            yield from problems(shape["items"], each, f"{where}[{place}]")
    if "anyOf" in shape and not any(next(problems(option, value, where), None) is None for option in shape["anyOf"]):
        known = "; ".join(", ".join(option["required"]) for option in shape["anyOf"])
        yield f"{where} is {quoted(value)}, which has the fields of none: {known}"


def _of_fields(shape: Json, value: dict[str, Any], where: str) -> Iterator[str]:
    known, others = shape.get("properties", {}), shape.get("additionalProperties", ANY)
    for name in shape.get("required", ()):
        if name not in value:
            yield f"{where} has no field {name!r}: {quoted(value)}"
    for name, each in value.items():
        if name in known:
            yield from problems(known[name], each, f"{where}.{name}")
        elif others is False:
            yield f"{where} has a field {quoted(name)}, which is none of {', '.join(known)}"
        else:
            yield from problems(others, each, f"{where}.{quoted(name)}")


def _kind(value: object) -> str:
    kinds = {bool: "boolean", int: "integer", str: "string", list: "array", dict: "object", type(None): "null"}
    return kinds[type(value)]


def _article(kind: str) -> str:
    return {"null": "null", "array": "a list", "object": "an object", "integer": "a whole number"}.get(kind, f"a {kind}")


def quoted(value: object, room: int = 160) -> str:
    """Show something that an adapter said: in ASCII, so that it can be printed anywhere, and cut short.

    >>> quoted("abcdef", room=4)
    "'abc…"
    """
    shown = ascii(value)
    return shown if len(shown) <= room else f"{shown[:room]}…"


def write(folder: Path) -> None:
    """Write the schemas into a folder."""
    for name, body in schemas().items():
        (folder / name).write_text(json.dumps(body, indent=1) + "\n")


if __name__ == "__main__":
    write(Path(__file__).parent)
