"""asyncio.TaskGroup beside `supervisor.supervisor`: each subtask is a task of the group, which waits for an agent, and then for what becomes of it."""

import asyncio

from settling import Settling


class TaskGroup(Settling):
    """A group for each client's task. The group stops the rest where one fails or the client leaves, and ends after all."""

    stem, role, control = "supervisor", "supervisor", ("cancel", "suspect")

    def start(self, at, config):
        self.agents, self.given, self.down, self.running, self.waiting, self.client = config["agents"], 0, set(), {}, [], None
        return self.settled()

    def request(self, at, user, request):
        subtasks = request["subtasks"]
        up = {capability for agent, can in self.agents.items() if agent not in self.down for capability in can}
        names = {subtask["name"] for subtask in subtasks}
        if self.client is not None or len(names) != max(1, len(subtasks)) or not {each["needs"] for each in subtasks} <= up:
            self.reject(user, "another task is under way, or this one cannot be done")
        else:
            self.client = user
            self.effects.append({"announce": {"type": "Accepted", "client": user, "subtasks": subtasks}})
            self.call_of(user, self.gather(user, subtasks))
        return self.settled()

    async def gather(self, user, subtasks):
        self.outcomes = {each["name"]: {"type": "Unstarted"} for each in subtasks}
        self.waiting = [(subtask, self.loop.create_future()) for subtask in subtasks]
        try:
            async with asyncio.TaskGroup() as group:
                for subtask, given in self.waiting:
                    group.create_task(self.run(subtask["name"], given)).add_done_callback(self.give_out)
                self.give_out()
        except (asyncio.CancelledError, ExceptionGroup):
            pass  # the answer tells of each
        self.client = None
        self.reply(user, {"type": "Gathered", "outcomes": self.outcomes})

    def give_out(self, ended=None):
        self.running = {agent: run for agent, run in self.running.items() if not run[1].done()}
        for agent in (agent for agent in self.agents if agent not in self.running and agent not in self.down):
            able = (each for each in self.waiting if not each[1].done() and each[0]["needs"] in self.agents[agent])
            for subtask, given in list(able)[:1]:
                self.given += 1
                self.running[agent] = self.given, self.loop.create_future()
                self.effects.append({"send": {"type": "Run", "number": self.given, "subtask": subtask["name"]}, "to": agent})
                given.set_result((agent, *self.running[agent]))

    async def run(self, name, given):
        agent, number, over = await given
        try:
            self.outcomes[name] = await asyncio.shield(over)
        except asyncio.CancelledError:
            self.effects.append({"send": {"type": "Stop", "number": number}, "to": agent})
            self.outcomes[name] = await over
            raise
        if self.outcomes[name]["type"] != "Done":
            raise ValueError(name)

    def receive(self, at, source, message):
        number, over = self.running.get(source, (0, None))
        if over is not None and number == message["number"] and not over.done():
            over.set_result(message["outcome"])
        return self.settled()

    def suspect(self, at, peer):
        self.down.add(peer)
        return self.receive(at, peer, {"number": self.running.get(peer, (0,))[0], "outcome": {"type": "Failed"}})

    async def run_what_is_ready(self):
        await super().run_what_is_ready()
        self.effects.sort(key=str)  # the group stops its tasks in the order of a set

    def end(self):
        for _, over in self.running.values():
            over.cancel()
        super().end()
