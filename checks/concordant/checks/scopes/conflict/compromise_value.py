"""The scopes of the mean, the weighted mean and the median."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.compromise_value import MEAN, MEDIAN, WEIGHTED_MEAN
from concordant.spec.conflict.compromise_value import careless, conflicts_at_large

HALVES = (0, Fraction(1, 2), 2)

SCOPES = (
    Grid(
        "small",
        "the median of up to four requests, values 0 and 1; at random of up to seven",
        MEDIAN.on(4, weighted=False),
        (0, 1),
        at_random=conflicts_at_large,
        expected=Profiles(30, 355, 960),
    ),
    Grid(
        "fractions",
        "the median of up to three requests, values 0, 1/2 and 2",
        MEDIAN.on(3, weighted=False),
        HALVES,
        expected=Profiles(39, 479, 1_407),
    ),
    Grid(
        "mean",
        "the mean of up to two requests, values 0, 1/2 and 2; at random of up to seven",
        MEAN.on(2, weighted=False),
        HALVES,
        at_random=conflicts_at_large,
        expected=Profiles(12, 105, 219),
    ),
    Grid(
        "mean_of_three",
        "the mean of up to three requests, values 0, 1/2 and 2",
        MEAN.on(3, weighted=False),
        HALVES,
        expected=Profiles(39, 479, 897),
        size=Size.MEDIUM,
    ),
    Grid(
        "weighted_mean",
        "the weighted mean of up to two requests, values and weights 0, 1/2 and 2; at random of up to seven",
        WEIGHTED_MEAN.on(2),
        HALVES,
        at_random=conflicts_at_large,
        expected=Profiles(90, 831, 1_536),
    ),
    Grid(
        "weighted_mean_of_three",
        "the weighted mean of up to three requests, values and weights 0 and 1",
        WEIGHTED_MEAN.on(3),
        (0, 1),
        expected=Profiles(84, 778, 1_434),
    ),
    Grid(
        "weighted_mean_of_more",
        "the weighted mean of up to three requests, values and weights 0 to 3",
        WEIGHTED_MEAN.on(3),
        (0, 1, 2, 3),
        expected=Profiles(4_368, 61_460, 127_612),
        size=Size.MEDIUM,
    ),
    Grid(
        "malformed",
        "the median where one thing is wrong; at random several",
        MEDIAN.on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(116, 83, 232),
    ),
    Grid(
        "malformed_mean",
        "the mean where one thing is wrong; at random several",
        MEAN.on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(116, 83, 232),
    ),
    Grid(
        "malformed_weighted_mean",
        "the weighted mean where one thing is wrong; at random several",
        WEIGHTED_MEAN.on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(116, 83, 232),
    ),
)
