"""A message for two agents of autogen-core, of which the first fails, as a history. It counts as delivered when its handler has ended.

python stopping.py | concordant check-history messages /dev/stdin --as at-least-once
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import DefaultTopicId, RoutedAgent, SingleThreadedAgentRuntime, TypeSubscription, message_handler

TOPIC = "news"


@dataclass
class News:
    """What is published."""


def log(type, process, agent, **rest):
    print(json.dumps({"process": process, "type": type, "f": type, "value": f"news for {agent}", **rest}), flush=True)


class Fails(RoutedAgent):
    """Its handler raises."""

    @message_handler
    async def handle(self, message: News, context) -> None:
        log("deliver", 1, 1)
        raise ValueError


class Works(RoutedAgent):
    """Its handler takes some time."""

    @message_handler
    async def handle(self, message: News, context) -> None:
        for _ in range(100):
            await asyncio.sleep(0)
        log("deliver", 2, 2)


async def main():
    runtime = SingleThreadedAgentRuntime()
    for kind in (Fails, Works):
        await kind.register(runtime, kind.__name__, lambda kind=kind: kind(kind.__name__))
        await runtime.add_subscription(TypeSubscription(TOPIC, kind.__name__))
    runtime.start()
    for agent in (1, 2):
        log("send", 0, agent, to=agent)
    await runtime.publish_message(News(), DefaultTopicId(TOPIC))
    await runtime.stop_when_idle()


asyncio.run(main())
