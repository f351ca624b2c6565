"""Clients of an etcd that is killed by `kill -9` again and again, and started on what it has stored,
as a history of a register, or of a lock whose key is bound to a lease.

python recording.py register | concordant check-history register /dev/stdin
python recording.py lock | concordant check-history lock /dev/stdin
"""

import base64
import http.client
import itertools
import json
import subprocess
import sys
import tempfile
import threading
import time

CLIENTS, SECONDS, KILLS, PAUSE = 6, 10, 4, 0.02
PORT, PEERS = 23790, 23800
KEY = base64.b64encode(b"key").decode()
LOGGING, NUMBERS, PROCESSES = threading.Lock(), itertools.count(1), itertools.count(CLIENTS)
UNKNOWN = OSError, http.client.HTTPException
"""What is raised where nobody knows whether the server has done it; before that it was connected to."""


def log(type, process, f, value=None):
    with LOGGING:
        print(json.dumps({"process": process, "type": type, "f": f, "value": value}), flush=True)


def connected():
    """Return a connection, as soon as there is a server."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        try:
            connection.connect()
        except OSError:
            time.sleep(PAUSE)
        else:
            return connection


def ask(connection, path, **body):
    connection.request("POST", f"/v3/{path}", json.dumps(body))
    answer = connection.getresponse()
    said = json.loads(answer.read())
    if answer.status != http.client.OK:
        raise OSError(said)
    return said


def coded(value):
    return base64.b64encode(json.dumps(value).encode()).decode()


def read(connection):
    found = ask(connection, "kv/range", key=KEY).get("kvs")
    return json.loads(base64.b64decode(found[0]["value"])) if found else None


def put(connection, value, lease="0"):
    return ask(connection, "kv/put", key=KEY, value=coded(value), lease=lease)


def swap(connection, expected, do):
    """Do something if the key holds a value, or, with None, is not there."""
    there = {"target": "CREATE"} if expected is None else {"target": "VALUE", "value": coded(expected)}
    return ask(connection, "kv/txn", compare=[{"key": KEY, **there}], success=[do]).get("succeeded", False)


def use_register(me, until):
    """Read, write a new value, and swap the last that was read for a new one, in turn."""
    last = None
    for turn in itertools.count(me):
        connection, new = connected(), next(NUMBERS)
        if time.monotonic() > until:
            return
        f = ("read", "cas" if last else "write", "write")[turn % 3]
        value = {"read": None, "write": new, "cas": [last, new]}[f]
        log("invoke", me, f, value)
        try:
            if f == "read":
                value = last = read(connection)
            done = f != "cas" or swap(connection, last, {"request_put": {"key": KEY, "value": coded(new)}})
            if f == "write":
                put(connection, new)
            log("ok" if done else "fail", me, f, value)
        except UNKNOWN:
            log("fail" if f == "read" else "info", me, f, value)
            me = next(PROCESSES)  # who does not know what became of a call asks no more
        time.sleep(PAUSE)


def use_lock(me, until):
    """Acquire and release. Of a server that was killed nothing is under way: who does not know what became of a call looks, and asks again."""
    held, lease = None, None
    while time.monotonic() < until or held:
        f, mine = ("release", held) if held else ("acquire", next(NUMBERS))
        try:
            lease = lease or ask(connected(), "lease/grant", TTL="60")["ID"]
        except UNKNOWN:
            continue
        create, delete = {"request_put": {"key": KEY, "value": coded(mine), "lease": lease}}, {"request_delete_range": {"key": KEY}}
        log("invoke", me, f)
        done = None
        while done is None:
            try:
                done = swap(connected(), held, delete if held else create)
            except UNKNOWN:
                done = True if (looked() == mine) is (f == "acquire") else None
        log("ok" if done else "fail", me, f)
        held = mine if (f == "acquire") is done else None
        time.sleep(PAUSE)


def looked():
    while True:
        try:
            return read(connected())
        except UNKNOWN:
            time.sleep(PAUSE)


def served(folder):
    here, peers = f"http://127.0.0.1:{PORT}", f"http://127.0.0.1:{PEERS}"
    urls = {"listen-client-urls": here, "advertise-client-urls": here, "listen-peer-urls": peers, "initial-advertise-peer-urls": peers}
    options = {"data-dir": folder, "initial-cluster": f"default={peers}", **urls}
    command = ["etcd", *(f"--{name}={value}" for name, value in options.items())]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    use = {"register": use_register, "lock": use_lock}[sys.argv[1]]
    with tempfile.TemporaryDirectory() as folder:
        server = served(folder)
        until = time.monotonic() + SECONDS
        clients = [threading.Thread(target=use, args=(me, until)) for me in range(CLIENTS)]
        for each in clients:
            each.start()
        for _ in range(KILLS):
            time.sleep(SECONDS / (KILLS + 1))
            server.kill()
            server.wait()
            server = served(folder)
        for each in clients:
            each.join()
        server.kill()
        server.wait()
