"""A get and a put of pottery's queue at the same time, on fakeredis, as a history of a queue that is empty at no time.

The put comes between the two commands of the get.

python contended.py | concordant check-history queue /dev/stdin
"""

import json

import fakeredis
from pottery import QueueEmptyError, RedisSimpleQueue

PRODUCER, CONSUMER = range(2)


def log(type, process, f, value=None):
    print(json.dumps({"process": process, "type": type, "f": f, "value": value}), flush=True)


def put(item):
    log("invoke", PRODUCER, "enqueue", item)
    RedisSimpleQueue(redis=fakeredis.FakeStrictRedis(server=server), key="queue").put(item)
    log("ok", PRODUCER, "enqueue", item)


class Contended(fakeredis.FakeStrictRedis):
    """A client that is held up after it has read."""

    def pipeline(self, *rest, **options):
        pipeline = super().pipeline(*rest, **options)
        read = pipeline.xread

        def read_and_wait(*what, **how):
            found = read(*what, **how)
            put("second")
            return found

        pipeline.xread = read_and_wait
        return pipeline


server = fakeredis.FakeServer()
put("first")
log("invoke", CONSUMER, "dequeue")
try:
    item = RedisSimpleQueue(redis=Contended(server=server), key="queue").get()
except QueueEmptyError:
    item = None
log("ok", CONSUMER, "dequeue", item)
