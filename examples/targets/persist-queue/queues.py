"""Queues of persist-queue across `kill -9`, as a history of messages: two workers of one
consumer have one each, the first says that it is done, and all are killed.

python queues.py KIND > history.ndjson
concordant check-history messages history.ndjson --as at-least-once
"""

import json
import os
import signal
import subprocess
import sys
import tempfile

import persistqueue

KINDS = {
    "file": persistqueue.Queue,
    "sqlite": lambda folder: persistqueue.SQLiteQueue(folder, auto_commit=False),
    "ack": persistqueue.SQLiteAckQueue,
}
MESSAGES = ("first", "second")


def log(type, process, message):
    print(json.dumps({"process": process, "type": type, "f": type, "value": message}), flush=True)


def done(queue, item):
    if isinstance(queue, persistqueue.SQLiteAckQueue):
        queue.ack(item)
    else:
        queue.task_done()


def until_killed(queue):
    for message in MESSAGES:
        queue.put(message)
        log("send", 0, message)
    if not isinstance(queue, persistqueue.SQLiteAckQueue):
        queue.task_done()  # "persist changes after put"
    in_hand = [queue.get(), queue.get()]
    log("deliver", 1, in_hand[0])
    done(queue, in_hand[0])
    os.kill(os.getpid(), signal.SIGKILL)


def after_a_restart(queue):
    while queue.qsize():
        item = queue.get()
        log("deliver", 1, item)
        done(queue, item)


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    if rest:
        {"until_killed": until_killed, "after_a_restart": after_a_restart}[rest[0]](KINDS[kind](rest[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            for phase in ("until_killed", "after_a_restart"):
                subprocess.run([sys.executable, __file__, kind, phase, folder], check=False)
