"""Networks and faults that have no meaning are refused, with the rule and the right call."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.spec.vocabulary import Address, Faults, Network

A = Address("a")


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ({"copies": 0, "losses": None}, "copies=0: a channel carries at least one message; use copies=1 or more"),
        ({"capacity": -1, "losses": None}, "capacity=-1: a channel carries at least one message; use capacity=1 or more"),
        ({"copies": 2}, "copies=2 with losses=0: what the bound drops is a loss beyond those allowed; use losses=None"),
        ({"capacity": 1, "losses": 3}, "capacity=1 with losses=3: what the bound drops is a loss beyond those allowed; use losses=None"),
        (
            {"capacity": 1, "losses": None, "duplicating": True},
            "capacity=1 with duplicating=True: a message that is never consumed needs no capacity; leave it out",
        ),
        (
            {"copies": 1, "losses": None, "duplicating": True},
            "copies=1 with duplicating=True: a message that is never consumed needs no copies; leave it out",
        ),
        ({"fifo": True, "duplicating": True}, "fifo=True with duplicating=True: the head of a channel would never leave it; choose one"),
        ({"losses": -1}, "losses=-1: an allowance is not negative; use None for any number"),
    ],
)
def test_a_network_without_meaning_is_refused(network: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # the whole text follows
        Network(**network)

    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ({"crashes": -1}, "crashes=-1: an allowance is not negative"),
        ({"recoveries": -1}, "recoveries=-1: an allowance is not negative"),
        ({"cancellations": -2}, "cancellations=-2: an allowance is not negative"),
        ({"detector": True, "mistakes": -1}, "mistakes=-1: an allowance is not negative; use None for any number"),
        ({"crashes": 1}, "crashes=1 of nobody: name the processes that may crash in who=(…)"),
        ({"who": (A,)}, "who=(a0,) without crashes: allow crashes=…"),
        ({"recoveries": 1}, "recoveries or mid_step without crashes: allow crashes=…"),
        ({"mid_step": True}, "recoveries or mid_step without crashes: allow crashes=…"),
        ({"mistakes": 1}, "mistakes=1 of no detector: set detector=True"),
        ({"mistakes": None}, "mistakes=None of no detector: set detector=True"),
    ],
)
def test_faults_without_meaning_are_refused(faults: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # the whole text follows
        Faults(**faults)

    assert str(refused.value) == said


def test_what_has_a_meaning_is_accepted() -> None:
    assert Network(fifo=True, losses=None, copies=1, capacity=1).capacity == 1
    assert Network(duplicating=True, losses=2).losses == 2
    assert Faults(crashes=2, recoveries=2, who=(A,), mid_step=True, cancellations=1, detector=True, mistakes=None).crashes == 2
