"""Two events of bubus, as a history: one waits in the queue, the other is dispatched and awaited by a handler that has little time.

An event counts as delivered when its handler has ended. That of the event whose handler runs out of time is not recorded.

python interrupting.py | concordant check-history messages /dev/stdin --as at-least-once
"""

import asyncio
import json
import logging

from bubus import BaseEvent, EventBus

logging.disable()


class Short(BaseEvent):
    """Its handler awaits another event."""

    event_timeout: float = 0.1


class Slow(BaseEvent):
    """Its handler takes half a second, of the sixty that it has."""


class Quick(BaseEvent):
    """Its handler ends at once."""


def log(type, event):
    print(json.dumps({"process": int(type == "deliver"), "type": type, "f": type, "value": event.event_type}), flush=True)


def send(bus, event):
    log("send", event)
    return bus.dispatch(event)


async def main():
    bus = EventBus()

    async def short(_event):
        await send(bus, Quick())

    async def slow(event):
        await asyncio.sleep(0.5)
        log("deliver", event)

    async def quick(event):
        log("deliver", event)

    for kind, handler in ((Short, short), (Slow, slow), (Quick, quick)):
        bus.on(kind, handler)
    bus.dispatch(Short())
    send(bus, Slow())
    await asyncio.sleep(1.5)
    await bus.stop()


asyncio.run(main())
