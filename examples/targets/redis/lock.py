"""The lock of redis-py as a lease beside `lease.server`, on fakeredis, whose clock is that of the scope. Tokens are numbered here."""

import time

import fakeredis
from redis.lock import Lock, LockError

from concordant.checks import Adapter


class RedisLock(Adapter):
    """redis.lock.Lock with a timeout; who holds it prolongs it by `reacquire`."""

    def hello(self):
        supports = {"stem": "lease", "roles": ["server"], "control": ["clock", "crash", "crash_after"]}
        return {"protocol": 1, "impl": {"name": "redis.lock.Lock", "language": "Python"}, "supports": [supports]}

    def start(self, at, config):
        self.now, self.length, self.token, self.locks = 0, config["length"], 0, {}
        time.time = lambda: self.now
        self.redis = fakeredis.FakeRedis(server=fakeredis.FakeServer())
        return self.step()

    def step(self, *effects):
        return {"effects": list(effects), "armed": [], "view": None}

    def receive(self, at, source, message):
        if message["type"] == "Release":
            return self.release(message["token"])
        lock = Lock(self.redis, "resource", timeout=self.length, blocking=False, thread_local=False)
        held = self.locks.get(self.token)
        if held is not None and held[0] == source and held[1].owned():
            lock = held[1]
            lock.reacquire()
        elif not lock.acquire():
            return self.step({"send": {"type": "Refused"}, "to": source})
        self.token += 1
        self.locks[self.token] = source, lock
        lease = {"token": self.token, "until": self.now + self.length}
        return self.step(
            {"announce": {"type": "Leased", "to": source, **lease}},
            {"send": {"type": "Granted", **lease}, "to": source},
        )

    def release(self, token):
        if token != self.token:  # an older one of the same holder, which it has prolonged
            return self.step()
        try:
            self.locks[token][1].release()
        except LockError:
            return self.step()
        return self.step({"announce": {"type": "Freed", "token": token}})

    def tick(self, at, now):
        self.now = now
        return self.step()

    def crash(self, at):
        """Everything is kept by Redis."""

    def recover(self, at):
        return self.step()
