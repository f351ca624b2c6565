// lru-cache's LRUCache as the store of `result_cache.cache`: what makes room is its choice, and it shows in which order it would.

const readline = require("readline");
const { LRUCache } = require("lru-cache");

const SUPPORTED = { stem: "result_cache", roles: ["cache"], control: ["outcomes", "cancel"], observe: { cache: ["kept", "running"] } };

let store, made, running, flights, effects;

const reply = (to, answer) => effects.push({ reply: answer, to });
const reject = (to, reason) => reply(to, { type: "Rejected", reason });
const announce = (event) => effects.push({ announce: event });

function start(capacity) {
  [made, running, flights, effects] = [0, new Map(), new Map(), []];
  const dispose = (call, _, why) => why === "evict" && announce({ type: "Evicted", call });
  store = new LRUCache({ max: capacity, dispose });
}

function get(user, key) {
  const name = JSON.stringify(key);
  const kept = store.get(name);
  if (kept) return reply(user, { type: "Value", key, call: kept });
  if (!flights.has(name)) {
    flights.set(name, ++made);
    running.set(made, { key, name, waiting: [] });
    announce({ type: "Called", call: made, key });
  }
  running.get(flights.get(name)).waiting.push(user);
}

function request(user, asked) {
  const name = JSON.stringify(asked.key);
  if (asked.type === "Invalidate") {
    store.delete(name);
    flights.delete(name);
    reply(user, { type: "Invalidated", last: made });
  } else if (asked.has_effects) {
    reject(user, "a stage with effects is not kept");
  } else {
    get(user, asked.key);
  }
}

function cancel(user) {
  for (const flight of running.values()) flight.waiting = flight.waiting.filter((other) => other !== user);
  reject(user, "the wait was cancelled");
}

function fire({ type, call }) {
  const { key, name, waiting } = running.get(call);
  running.delete(call);
  for (const user of waiting) {
    if (type === "Returns") reply(user, { type: "Value", key, call });
    else reject(user, "the call has failed");
  }
  if (flights.get(name) !== call) return;
  flights.delete(name);
  if (type === "Returns") store.set(name, call);
}

function answer(command) {
  if (command.do === "hello") return { protocol: 1, impl: { name: "LRUCache", language: "JavaScript" }, supports: [SUPPORTED] };
  if (command.do === "end" || command.do === "stop") return { ok: true };
  if (command.do === "start" && "lifetime" in command.config) return { unsupported: "results that are too old by a clock that may be set back" };
  if (command.do === "start") start(command.config.capacity);
  if (command.do === "request") request(command.from, command.request);
  if (command.do === "cancel") cancel(command.from);
  if (command.do === "fire") fire(command.trigger);
  const view = { kept: [...store.values()].reverse(), running: [...running.keys()] };
  const step = { effects, armed: [], view };
  effects = [];
  return step;
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  console.log(JSON.stringify({ id: command.id, ...answer(command) }));
  if (command.do === "stop") process.exit();
});
