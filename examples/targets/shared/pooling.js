// What adapters of pools in JavaScript share: `serve(kind)` answers the commands of the kit for a pool that `kind(capacity)` makes.
// A pool has `acquire()`, which returns a promise of a thing, or has that as `promise` and `abort()`; `release(thing)`; and `fail(thing)`.
"use strict";

const readline = require("readline");

let pool, units, held, waiting, effects;

const reply = (to, answer) => effects.push({ reply: answer, to });
const reject = (to, reason) => reply(to, { type: "Rejected", reason });

async function take(agent) {
  const call = pool.acquire();
  waiting.set(agent, call);
  try {
    const thing = await (call.promise ?? call);
    // A wait that cannot be aborted is left, and what comes of it given back.
    if (waiting.get(agent) !== call) return pool.release(thing);
    const unit = [...units].find((each) => ![...held.values()].some((other) => other.unit === each)) ?? 0;
    held.set(agent, { thing, unit });
    reply(agent, { type: "Granted", unit });
    waiting.delete(agent);
  } catch {} // it was aborted
}

function giveBack(agent, how) {
  const { thing } = held.get(agent);
  held.delete(agent);
  how.call(pool, thing);
}

function stop(agent, reason) {
  waiting.get(agent).abort?.();
  waiting.delete(agent);
  reject(agent, reason);
}

function request(agent, asked) {
  if (asked.type === "Failed") {
    if (held.has(asked.agent)) giveBack(asked.agent, pool.fail);
    else if (waiting.has(asked.agent)) stop(asked.agent, "the agent is said to have failed");
  } else if (asked.type === "Release") {
    if (!held.has(agent)) return reject(agent, "the agent holds no unit");
    reply(agent, { type: "Released" });
    giveBack(agent, pool.release);
  } else if (held.has(agent)) {
    reject(agent, "the agent holds a unit already");
  } else {
    take(agent);
  }
}

async function answer(command, kind) {
  if (command.do === "hello") {
    const supports = [{ stem: "resource_pool", roles: ["pool"], control: kind.control }];
    return { protocol: 1, impl: { name: kind.name, language: "JavaScript" }, supports };
  }
  if (command.do === "end" || command.do === "stop") return { ok: true };
  if (command.do === "start") {
    pool = kind(command.config.capacity);
    units = Array.from({ length: command.config.capacity }, (_, unit) => unit);
    [held, waiting, effects] = [new Map(), new Map(), []];
  }
  if (command.do === "request") request(command.from, command.request);
  if (command.do === "cancel") stop(command.from, "the wait was cancelled");
  if (command.do === "fire") stop(command.trigger.agent, "no unit became free in time");
  for (let turn = 0; turn < 4; turn++) {
    await new Promise(setImmediate);
    await new Promise((then) => setTimeout(then, 1));
  }
  const armed = kind.control.includes("triggers") ? [...waiting.keys()].map((agent) => ({ type: "TimeOut", agent })) : [];
  const step = { effects, armed, view: null };
  effects = [];
  return step;
}

exports.serve = async (kind) => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    console.log(JSON.stringify({ id: command.id, ...(await answer(command, kind)) }));
    if (command.do === "stop") process.exit();
  }
};
