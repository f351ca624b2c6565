"""Serving an adapter in Python over standard input and output: `python -m concordant.checks.conform.serving module:Class`."""

from __future__ import annotations

import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from concordant.checks.conform.adapter import Adapter, Json


def serve(adapter: Adapter, commands: BinaryIO, answers: BinaryIO) -> None:
    """Answer each line of commands by a line, until `stop` or the end of the input."""
    for line in commands:
        command = json.loads(line)
        answers.write(json.dumps({"id": command["id"], **_answer(adapter, command)}).encode() + b"\n")
        answers.flush()
        if command["do"] == "stop":
            return


def _answer(adapter: Adapter, command: Json) -> Json:
    try:
        answer: Json = adapter.call(command)
        json.dumps(answer)
    except Exception as error:  # noqa: BLE001  # whatever an implementation raises is its failure
        return {"error": {"message": f"{type(error).__name__}: {error}", "traceback": traceback.format_exc()}}
    return answer


def adapter_of(name: str) -> Adapter:
    """Make the adapter that `module:Class` names; modules of the working directory are found too. Where there is none, exit with a sentence."""
    module, _, kind = name.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        sys.exit(f"there is no module {module}, neither in this folder nor installed")
    if not hasattr(found, kind):
        sys.exit(f"the module {module} has no class {kind}")
    made = getattr(found, kind)()
    if not isinstance(made, Adapter):
        sys.exit(f"{name} makes a {type(made).__name__}; derive the class from concordant.checks.Adapter")
    return made


def main() -> None:
    """Serve the adapter that the command line names. What it prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(adapter_of(sys.argv[1]), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
