"""What tests share: the command in this process, since to start Python anew takes longer than most of what it is asked here; and what is driven at length."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from concordant.checks.conform.pitfalls import Tried, tried
from concordant.checks.main import code
from concordant.checks.registry import protocol

Conform: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.fixture
def conform(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Conform:
    def run(*words: str) -> CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["concordant", "conform", *words])
        returned = code()
        said = capsys.readouterr()
        return CompletedProcess(sys.argv, returned, said.out, said.err)

    return run


@cache
def named(stem: str) -> tuple[Tried, ...]:
    """Drive the mistakes of a protocol, and name the clauses, once for all who ask about them."""
    return tuple(tried(protocol(stem)))
