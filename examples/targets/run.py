"""Judges every target, prints a row for each, and fails where a verdict is not the one that is recorded here and in docs/targets.md."""

import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from platform import python_version

HERE = Path(__file__).parent
BARRIER, POOL, SERVER = "barrier.barrier", "resource_pool.pool", "lease.server"

DRIVEN = [
    ("asyncio.Barrier", "", BARRIER, "barriers:AsyncioBarrier", "violates barrier.nobody_passes_alone"),
    ("aiologic.RBarrier", "aiologic", BARRIER, "barriers:AiologicBarrier", "conforms"),
    ("asyncio.Semaphore", "", POOL, "pools:AsyncioSemaphore", "conforms"),
    ("asyncio.PriorityQueue", "", POOL, "pools:AsyncioPriorityQueue", "conforms"),
    ("asyncio.Queue", "", POOL, "pools:AsyncioQueue", "violates resource_pool.the_lowest_unit_is_lent"),
    ("anyio.CapacityLimiter", "anyio", POOL, "pools:AnyioLimiter", "conforms"),
    ("anyio.Semaphore", "anyio", POOL, "pools:AnyioSemaphore", "conforms"),
    ("aiologic.Semaphore", "aiologic", POOL, "pools:AiologicSemaphore", "conforms"),
    ("culsans.PriorityQueue", "culsans", POOL, "pools:CulsansPriorityQueue", "conforms"),
    ("redis.asyncio.BlockingConnectionPool", "redis", POOL, "pools:RedisBlockingPool", "violates resource_pool.the_lowest_unit_is_lent"),
    ("sqlalchemy AsyncAdaptedQueuePool", "sqlalchemy", POOL, "pools:SqlalchemyQueuePool", "conforms"),
    ("redis.lock.Lock", "redis", SERVER, "locks:RedisLock", "differs"),
]
RECORDED = [
    ("persistqueue.Queue", "file", "not at-least-once"),
    ("persistqueue.SQLiteQueue", "sqlite", "not at-least-once"),
    ("persistqueue.SQLiteAckQueue", "ack", "at-least-once"),
]


def concordant(*words):
    run = subprocess.run([sys.executable, "-m", "concordant", *words, "--verbose"], capture_output=True, text=True, cwd=HERE, check=False)
    return run.stdout + run.stderr


def verdict(said, question):
    """Return what stands after the question and before the seconds."""
    line = next((line for line in said.splitlines() if line.strip().startswith(question)), said)
    return line.strip().removeprefix(question).rsplit("  ", 1)[0].strip()


def judged():
    for target, package, role, adapter, expected in DRIVEN:
        said = concordant("conform", role, adapter)
        yield target, package, verdict(said, f"conformance {role.split('.')[1]}"), expected, said
    for target, kind, expected in RECORDED:
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            subprocess.run([sys.executable, "queues.py", kind], stdout=file, cwd=HERE, check=True)
            said = concordant("check-history", "messages", file.name, "--as", "at-least-once")
            yield target, "persist-queue", verdict(said, f"history {Path(file.name).name}"), expected, said


def main():
    wrong = 0
    for target, package, found, expected, said in judged():
        print(f"{target}  {version(package) if package else f'Python {python_version()}'}  {found}", flush=True)
        if found != expected:
            wrong += 1
            print(f"recorded is: {expected}\n{said}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
