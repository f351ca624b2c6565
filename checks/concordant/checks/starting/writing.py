"""Writing a first protocol or rule into a user's folder, with its tests."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from keyword import iskeyword
from pathlib import Path

from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse

PROTOCOL, RULE = "lock", "halves"
"""The modules here that are written: a machine, and a rule."""
TESTS = '''"""Each clause of {name}, each scope and each mistake is a test of its own."""

from concordant.checks.pytest_plugin import protocol_tests

test_{name} = protocol_tests("{name}")
'''


def start(name: str, folder: Path, *, rule: bool = False) -> tuple[Path, Path]:
    """Write `NAME.py` and `test_NAME.py`, and return both. A name that will not do, or a file that is there, is a Misuse."""
    if not name.isidentifier() or iskeyword(name) or name != name.lower():
        raise Misuse(f"{name!r} cannot be the name of a module; use lower-case letters, digits and _, such as my_lock")
    if name in protocols_by_stem() or importlib.util.find_spec(name) is not None:
        raise Misuse(f"there is a module {name} already, which would be hidden; choose another name, such as my_{name}")
    module, tests = folder / f"{name}.py", folder / f"test_{name}.py"
    for file in (module, tests):
        if file.exists():
            raise Misuse(f"{file} is there already; choose another name, or remove it")
    template = RULE if rule else PROTOCOL
    text = files(__package__).joinpath(f"{template}.py").read_text(encoding="utf-8")
    module.write_text(text.replace(f'"{template}.', f'"{name}.'), encoding="utf-8")
    tests.write_text(TESTS.format(name=name), encoding="utf-8")
    return module, tests
