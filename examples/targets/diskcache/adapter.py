"""diskcache.Lock with `expire` as a lease beside `lease.server`; the clock is that of the scope. Tokens are numbered here."""

import shutil
import tempfile
import time

import diskcache

from concordant.checks import Adapter


class LockThatExpires(Adapter):
    """A lock object for each time that somebody takes the lock. It cannot be prolonged: who holds it and asks again is refused."""

    def hello(self):
        supports = {"stem": "lease", "roles": ["server"], "control": ["clock", "crash", "crash_after"]}
        return {"protocol": 1, "impl": {"name": "diskcache.Lock", "language": "Python"}, "supports": [supports]}

    def start(self, at, config):
        self.now, self.length, self.token, self.locks = 0, config["length"], 0, {}
        time.time = lambda: self.now
        self.cache = diskcache.Cache(tempfile.mkdtemp(), eviction_policy="none")
        return self.step()

    def step(self, *effects):
        return {"effects": list(effects), "armed": [], "view": None}

    def receive(self, at, source, message):
        if message["type"] == "Release":
            return self.release(message["token"])
        lock = diskcache.Lock(self.cache, "resource", expire=self.length)
        if lock.locked():  # acquire would wait
            return self.step({"send": {"type": "Refused"}, "to": source})
        lock.acquire()
        self.token += 1
        self.locks[self.token] = lock
        lease = {"token": self.token, "until": self.now + self.length}
        return self.step(
            {"announce": {"type": "Leased", "to": source, **lease}},
            {"send": {"type": "Granted", **lease}, "to": source},
        )

    def release(self, token):
        lock = self.locks.pop(token, None)
        if lock is None:  # it is given back once
            return self.step()
        was_locked = lock.locked()
        lock.release()
        frees = token == self.token or (was_locked and not lock.locked())
        return self.step(*[{"announce": {"type": "Freed", "token": self.token}}] * frees)

    def tick(self, at, now):
        self.now = now
        return self.step()

    def crash(self, at):
        """Everything is kept by the cache."""

    def recover(self, at):
        return self.step()

    def end(self):
        self.cache.close()
        shutil.rmtree(self.cache.directory, ignore_errors=True)
