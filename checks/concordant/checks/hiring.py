"""What `--cluster` and `--divide` ask for: workers elsewhere. Neither Ray nor what is compiled is loaded where they are not given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from attrs import evolve

from concordant.checks.misuse import Misuse

if TYPE_CHECKING:
    from concordant.checks.questions.question import Means
    from concordant.checks.running import Hired


def hired_of(cluster: str | None, jobs: int, writes: str = "") -> Hired | None:
    """Return how workers of a cluster are got, where one is named. `writes`: an option that writes a file here, which none of them can."""
    if cluster is None:
        return None
    if writes:
        raise Misuse(f"{writes} writes a file of this machine, while --cluster lets others work; leave one of the two out")
    from concordant.checks.cluster.by_ray import hired  # noqa: PLC0415

    return hired(cluster, jobs)


@contextmanager
def dividing(cluster: str | None, jobs: int, means: Means) -> Iterator[Means]:
    """Within, each search of these means is divided over the workers of a cluster."""
    if cluster is None:
        raise Misuse("--divide divides each search over the workers of a cluster; name one by --cluster ADDRESS, or --cluster local")
    if means.engine == "reference" or means.breakdown or means.coverage or means.checkpoint is not None:
        raise Misuse(
            "--divide goes with none of --engine reference, --breakdown, --coverage, --checkpoint, which are of one process; leave them out"
        )
    from concordant.checks.cluster.by_ray import carrier  # noqa: PLC0415
    from concordant.checks.cluster.dividing.explore import explore_divided  # noqa: PLC0415  # with what is compiled

    with closing(carrier(cluster, jobs)) as carries:
        yield evolve(means, divided=partial(explore_divided, carrier=carries))
