"""Two take a sherlock.RedisLock that is not to expire, on fakeredis, as a history of a lock. Nobody gives it back.

python unending.py | concordant check-history lock /dev/stdin
"""

import json

import fakeredis
import sherlock


def log(type, process):
    print(json.dumps({"process": process, "type": type, "f": "acquire"}), flush=True)


redis = fakeredis.FakeStrictRedis(server=fakeredis.FakeServer())
locks = [sherlock.RedisLock("resource", client=redis, expire=None) for _ in range(2)]  # a lock that is forgotten is given back
for process, lock in enumerate(locks):
    log("invoke", process)
    log("ok" if lock.acquire(blocking=False) else "fail", process)
