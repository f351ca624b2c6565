"""On what the mutants of a ledger were judged: the code of its stem, and of what that imports, but for the engine and what all stems share.

Docstrings and lines of comment do not count, since no judgement depends on them.
"""

from __future__ import annotations

import ast
from functools import cache
from hashlib import sha256
from pathlib import Path

from concordant.checks.cache.imports import OURS, our_modules
from concordant.checks.cache.sources import DECIDING, reached
from concordant.checks.index import protocols_by_stem
from concordant.checks.mutation.ledger import DIGITS
from concordant.checks.mutation.subjects import Part
from concordant.checks.registry import PITFALLS, REFIMPL, SCOPES, SPEC

SLICES = {Part.MACHINE: (SPEC, REFIMPL, SCOPES), Part.CLAUSES: (SPEC, REFIMPL, SCOPES, PITFALLS)}
SHARED_BY_ALL = tuple(f"{each}." for each in (*DECIDING[1:], f"{OURS}.{SPEC}.common"))


def ground_of(stem: str, part: Part, path: Path) -> str:
    """Return a digest of what judgements of a stem, or of a family of clauses of a group, rest on today; empty of a user's. `path`: its ledger."""
    within = f"{path.parent.name}.{stem}" if stem in protocols_by_stem() else path.parent.name
    roots = [f"{OURS}.{each}.{within}." for each in SLICES[part]]
    files = reached(name for name in our_modules() if f"{name}.".startswith(tuple(roots)))
    texts = [f"{name} {_digest(file)}" for name, file in sorted(files.items()) if not f"{name}.".startswith(SHARED_BY_ALL)]
    return sha256("\n".join(texts).encode()).hexdigest()[:DIGITS] if texts else ""


@cache
def _digest(file: Path) -> str:
    return sha256(code_of(file.read_text(encoding="utf-8")).encode()).hexdigest()


def code_of(text: str) -> str:
    r"""Return a module's text without its docstrings, comments that have a line of their own, and empty lines.

    >>> code_of('''"Says what it is."\n\n# why\nONE = 1  # noqa\n''')
    'ONE = 1  # noqa'
    """
    told = {line for node in ast.walk(ast.parse(text)) for line in _lines_of_docstring(node)}
    lines = (line for number, line in enumerate(text.splitlines(), 1) if number not in told)
    return "\n".join(line for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _lines_of_docstring(node: ast.AST) -> range:
    match node:
        case ast.Expr(value=ast.Constant(value=str()), lineno=first, end_lineno=int(last)):
            return range(first, last + 1)
        case _:
            return range(0)
