"""Producers and a join of llama-index-workflows, whose first try to go on fails, as a history of messages.

python joining.py | concordant check-history messages /dev/stdin --as exactly-once
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent
from workflows.retry_policy import retry_policy, stop_after_attempt

PRODUCERS, JOIN = 4, 4


class Work(Event):
    """What a producer is to do."""

    producer: int


class Made(Event):
    """What a producer has made."""

    producer: int


def log(type, process, producer, **rest):
    print(json.dumps({"process": process, "type": type, "f": type, "value": f"of {producer}", **rest}), flush=True)


class Joining(Workflow):
    """A step hands out work, another does it, four at a time, the last one first; a third collects what was made."""

    failures = 1

    @step
    async def begin(self, context: Context, event: StartEvent) -> Work | None:
        for producer in range(PRODUCERS):
            context.send_event(Work(producer=producer))

    @step(num_workers=PRODUCERS)
    async def work(self, event: Work) -> Made:
        for _ in range(10 * (PRODUCERS - event.producer)):
            await asyncio.sleep(0)
        log("send", event.producer, event.producer, to=JOIN)
        return Made(producer=event.producer)

    @step(retry_policy=retry_policy(stop=stop_after_attempt(2)))
    async def join(self, context: Context, event: Made) -> StopEvent | None:
        await asyncio.sleep(0)
        found = context.collect_events(event, [Made] * PRODUCERS)
        if found is None:
            return None
        if self.failures:
            self.failures -= 1
            raise ValueError
        for each in found:
            log("deliver", JOIN, each.producer)
        return StopEvent()


async def main():
    await Joining(timeout=10).run()


asyncio.run(main())
