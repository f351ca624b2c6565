"""An election of PySyncObj on three servers, of which the last is killed between two requests for its vote, as a log of Raft.

python cluster.py | concordant validate raft /dev/stdin --scope elections_and_copies
"""

import json
import tempfile

import pysyncobj.syncobj
from pysyncobj import SyncObj, SyncObjConf
from pysyncobj.node import Node
from pysyncobj.transport import Transport

NAMES = ["server0", "server1", "server2"]


def log(at, **line):
    print(json.dumps({"at": at, **line}), flush=True)


class Wire(Transport):
    """What a server is connected by. `sent`: by sender and receiver, what is under way in elections; `of`: the wire of each server."""

    sent, of = {}, {}
    ready = False

    def __init__(self, server, me, others):
        super().__init__(server, me, others)
        self.me, self.others = me, others
        self.of[me.id] = self

    def tryGetReady(self):  # noqa: N802  # the library's name
        self.ready = True
        for other in self.others:
            self._onNodeConnected(other)

    def send(self, node, message):
        if message["type"] in ("request_vote", "response_vote"):
            self.sent[self.me.id, node.id] = message
        if message["type"] == "response_vote":
            log(self.me.id, event={"type": "Voted", "term": message["term"], "candidate": node.id})
        return True

    def receive(self, source):
        if (source, self.me.id) in self.sent:
            self._onMessageReceived(Node(source), self.sent.pop((source, self.me.id)))


class Cluster:
    """Three servers, each with a journal of its own, and a clock that all go by."""

    def __init__(self, folder):
        self.folder, self.now = folder, 0
        pysyncobj.syncobj.monotonicTime = lambda: self.now
        self.servers = {name: self.start(name) for name in NAMES}

    def start(self, name):
        conf = SyncObjConf(autoTick=False, journalFile=f"{self.folder}/{name}", onStateChanged=lambda _, state: self.leads(name, state))
        server = SyncObj(Node(name), [Node(other) for other in NAMES if other != name], conf, nodeClass=Node, transportClass=Wire)
        server.doTick()
        return server

    def leads(self, name, state):
        if state == 2:  # leader
            log(name, event={"type": "Elected", "term": self.servers[name].raftCurrentTerm})

    def stands(self, name):
        self.now += 60
        self.servers[name].doTick()
        log(name, event={"type": "Voted", "term": self.servers[name].raftCurrentTerm, "candidate": name})

    def killed(self, name):
        """Leave a server where it is, and start another with what its journal holds."""
        log(name, crash=True)
        self.servers[name] = self.start(name)
        log(name, recover=True)


with tempfile.TemporaryDirectory() as folder:
    cluster = Cluster(folder)
    cluster.stands("server0")
    cluster.stands("server1")
    Wire.of["server2"].receive("server0")
    cluster.killed("server2")
    Wire.of["server2"].receive("server1")
    Wire.of["server0"].receive("server2")
    Wire.of["server1"].receive("server2")
