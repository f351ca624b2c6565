"""Publish/subscribe of Redis, or of fakeredis, its twin: three who subscribe and two who publish at once, as a history of messages.

python publishing.py server | concordant check-history messages /dev/stdin --as total
python publishing.py twin late | concordant check-history messages /dev/stdin --as at-most-once
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import fakeredis
import redis

CHANNEL, PUBLISHERS, MESSAGES, SUBSCRIBERS, IDLE = "news", 2, 20, 3, 1.0
LOGGING = threading.Lock()


def log(type, process, value):
    with LOGGING:
        print(json.dumps({"process": process, "type": type, "f": type, "value": value}), flush=True)


@contextlib.contextmanager
def server():
    """Start a server that stores nothing, on a socket of its own; yield what connects to it. What it needs lies beside it."""
    program = Path(shutil.which("redis-server"))
    libraries = [str(folder) for folder in (program.parent.parent / "lib").glob("*-linux-gnu")]
    environment = os.environ | {"LD_LIBRARY_PATH": os.pathsep.join(libraries)}
    with tempfile.TemporaryDirectory() as folder:
        words = [program, "--port", "0", "--unixsocket", "socket", "--save", "", "--appendonly", "no", "--dir", folder]
        running = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        while not (Path(folder) / "socket").exists():
            time.sleep(0.01)
        try:
            yield lambda: redis.Redis(unix_socket_path=f"{folder}/socket")
        finally:
            running.kill()
            running.wait()


@contextlib.contextmanager
def twin():
    """Yield what connects to a server of fakeredis."""
    one = fakeredis.FakeServer()
    yield lambda: fakeredis.FakeRedis(server=one)


def listen(connect, process):
    """Subscribe, and return a thread that logs what comes, until nothing comes any more."""
    heard = connect().pubsub(ignore_subscribe_messages=True)
    heard.subscribe(CHANNEL)
    heard.get_message(timeout=IDLE)  # the confirmation, which is passed over

    def run():
        while (message := heard.get_message(timeout=IDLE)) is not None:
            log("deliver", process, message["data"].decode())

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def publish(connect, process):
    client = connect()
    for number in range(MESSAGES):
        value = f"{process}.{number}"
        log("send", process, value)
        client.publish(CHANNEL, value)


def main(way, late):
    with way() as connect:
        threads = [listen(connect, PUBLISHERS + number) for number in range(SUBSCRIBERS - late)]
        if late:
            publish(connect, PUBLISHERS + SUBSCRIBERS)
            threads.append(listen(connect, PUBLISHERS + SUBSCRIBERS - 1))
        publishing = [threading.Thread(target=publish, args=(connect, number)) for number in range(PUBLISHERS)]
        for thread in publishing:
            thread.start()
        for thread in (*publishing, *threads):
            thread.join()


main({"server": server, "twin": twin}[sys.argv[1]], "late" in sys.argv)
