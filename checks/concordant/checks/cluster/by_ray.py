"""Workers of Ray: a cluster that runs, by its address, or one that is started on this machine and ends with the command."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from logging import CRITICAL
from typing import Any

from attrs import define, field

from concordant.checks.cluster import courier
from concordant.checks.cluster.crew import Crew
from concordant.checks.misuse import Misuse
from concordant.checks.running import Hired

LOCAL = "local"
LONG = 5.0
"""Seconds that a worker waits for something to tell before it says that there is nothing."""
MISSING = "--cluster needs Ray, which is not installed; pip install 'concordant[cluster]', or ray, brings it"
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_memory_monitor_refresh_ms": "0",
    "RAY_worker_niceness": "0",
}
"""It tells nobody that it is used, prints nothing, as of a worker that is lost, which is told here, and leaves memory to --budget.

Its workers, and what they start, are as good as others on the machine: by its default of 15 they get next to nothing where others want the processors.
"""
CALLING = 5.0
"""Seconds within which a cluster must be reached."""
STORE = 80 << 20
"""Bytes in which Ray keeps what is sent, which is little."""


def hired(cluster: str, jobs: int) -> Hired:
    """Return how workers are got: of a cluster at an address, one for each of its processors, or so many of this machine. Without Ray a Misuse."""
    require_ray()
    return lambda means: Crew(ByRay(cluster, jobs), means)


def carrier(cluster: str, jobs: int) -> ByRay:
    """Return what carries messages to and from workers, as many as `hired` gets. Without Ray a Misuse."""
    require_ray()
    return ByRay(cluster, jobs)


def require_ray() -> None:
    """Raise a Misuse without Ray."""
    if find_spec("ray") is None:
        raise Misuse(MISSING)


def _require_somebody(address: str) -> None:
    """Raise an OSError where nobody listens at an address: Ray would look for minutes."""
    host, _, port = address.rpartition(":")
    if port.isdigit():
        socket.create_connection((host.rpartition("/")[2].strip("[]"), int(port)), CALLING).close()


@define(eq=False)
class ByRay:
    """Carries messages by actors of Ray. An actor holds one processor, and the process beside it does the work."""

    cluster: str
    jobs: int
    room: int = field(init=False)
    host: str = field(default="127.0.0.1", init=False)
    _ray: Any = field(init=False)
    _kind: Any = field(init=False)
    _folder: str = field(default="", init=False)
    _actors: dict[int, Any] = field(factory=dict, init=False)
    _hearing: dict[Any, int] = field(factory=dict, init=False)
    _numbers: Iterator[int] = field(factory=count, init=False)

    def __attrs_post_init__(self) -> None:
        os.environ.update(QUIET)
        if self.cluster == LOCAL and "ray" not in sys.modules:  # which reads this once; nobody else is to give it work
            os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
        before = signal.getsignal(signal.SIGTERM)
        self._ray = import_module("ray")
        try:
            self._begin()
        except SystemExit as terminated:  # by Ray's own handler, which is there meanwhile
            self.close()
            raise KeyboardInterrupt from terminated
        except KeyboardInterrupt:
            self.close()
            raise
        except Exception as error:
            self.close()
            raise Misuse(f"--cluster {self.cluster}: {type(error).__name__}: {str(error).partition(chr(10))[0]}") from error
        finally:
            signal.signal(signal.SIGTERM, before)  # Ray has put its own there
        self._ray.cloudpickle.register_pickle_by_value(courier)
        self._kind = self._ray.remote(num_cpus=1, max_concurrency=2, max_restarts=0)(courier.Courier)

    def _begin(self) -> None:
        quietly = {"configure_logging": False, "logging_level": CRITICAL, "log_to_driver": False}
        if self.cluster != LOCAL:
            _require_somebody(self.cluster)
            self._ray.init(address=self.cluster, **quietly)
            self.room = int(self._ray.cluster_resources().get("CPU", 0))
            if not self.room:
                raise OSError("no machine of it has a processor")
            self.host = self._ray.util.get_node_ip_address()
            return
        self._folder = tempfile.mkdtemp(prefix="ray-")
        self._ray.init(
            address=LOCAL,
            num_cpus=self.jobs,
            num_gpus=0,
            include_dashboard=False,
            object_store_memory=STORE,
            _temp_dir=self._folder,
            _node_ip_address="127.0.0.1",
            **quietly,
        )
        self.room = self.jobs

    def start(self, passport: bytes) -> int:
        """Start an actor, and listen to it."""
        number = next(self._numbers)
        self._actors[number] = self._kind.remote(passport)
        self._listen(number)
        return number

    def say(self, worker: int, message: bytes) -> None:
        """Send a message, and do not wait."""
        self._actors[worker].say.remote(message)

    def hear(self, seconds: float) -> Iterator[tuple[int, list[bytes], str]]:
        """Yield what was said."""
        if not self._hearing:
            time.sleep(seconds)
            return
        self._ray.wait(list(self._hearing), timeout=seconds)
        done, _ = self._ray.wait(list(self._hearing), num_returns=len(self._hearing), timeout=0)
        for reference in done:
            worker = self._hearing.pop(reference)
            if worker not in self._actors:
                continue
            try:
                said, ended = self._ray.get(reference)
            except self._ray.exceptions.RayError as lost:
                said, ended = [], f"{type(lost).__name__}: {str(lost).partition(chr(10))[0]}"
            if ended:
                self.dismiss(worker)
            else:
                self._listen(worker)
            yield worker, said, ended

    def dismiss(self, worker: int) -> None:
        """End an actor, and with it its process."""
        self._ray.kill(self._actors.pop(worker))

    def close(self) -> None:
        """End all actors, and a cluster that was started here."""
        for worker in tuple(self._actors):
            with suppress(Exception):
                self.dismiss(worker)
        self._ray.shutdown()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self, worker: int) -> None:
        self._hearing[self._actors[worker].hear.remote(LONG)] = worker
