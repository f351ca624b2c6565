// Runs vectors of Concordant through an implementation in JavaScript.
//   concordant vectors paxos_synod --out vectors/paxos
//   node examples/vectors/runner.js vectors/paxos/acceptor.ndjson examples/adapters/acceptor.js
// The module exports answer(command) for machines, or outcome(profile) for rules.
"use strict";

const { existsSync, readFileSync } = require("fs");
const { basename, dirname, join, resolve } = require("path");

// Kinds of messages that the reference has sent in what was run, and the implementation: what never comes, no loss explains.
const EXPECTED = new Set();
const SENT = new Set();
const NEEDS = { crash: "crash", cancel: "cancel", suspect: "suspect", trust: "suspect", tick: "clock", fire: "triggers" };

function main(vectors, file) {
  const implementation = require(resolve(file));
  const lines = readFileSync(vectors, "utf8").split("\n").filter(Boolean);
  const results = lines.map((line) => run(JSON.parse(line), implementation));
  const wrong = results.filter((each) => !["passed", "passed by another tie", "skipped"].includes(each));
  wrong.push(...[...EXPECTED].filter((each) => !SENT.has(each)).map((each) => `it never sends ${each}`));
  const manifest = join(dirname(vectors), "manifest.json");
  const there = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).files[basename(vectors)] : results.length;
  if (there !== results.length) wrong.push(`${results.length} of ${there} vectors are in the file`);
  wrong.slice(0, 5).forEach((each) => console.log(each));
  const count = (word) => results.filter((each) => each === word).length;
  const otherwise = count("passed by another tie");
  const passed = count("passed") + otherwise;
  console.log(`${passed} passed${otherwise ? `, ${otherwise} of them with a tie broken otherwise` : ""}, ${wrong.length} failed, ${count("skipped")} skipped`);
  return wrong.length || !passed ? 1 : 0;
}

function run(vector, implementation) {
  if ("profile" in vector) {
    const found = implementation.outcome(vector.profile);
    if (text(kind(found)) === text(kind(vector.outcome))) return "passed";
    if ((vector.allowed ?? []).some((each) => text(each) === text(found))) return "passed by another tie";
    return `${vector.id}: ${text(found)}, not ${text(vector.outcome)}`;
  }
  const [{ control }] = implementation.answer({ do: "hello", protocol: [1], kit: "vectors" }).supports;
  for (const [number, step] of vector.steps.entries()) {
    const needed = [NEEDS[step.input.do], "crash_after" in step.input ? "crash_after" : undefined].filter(Boolean);
    if (!needed.every((each) => control.includes(each))) return "skipped";
    const answer = implementation.answer(step.input);
    if ("unsupported" in answer || "skipped" in answer) return "skipped";
    if (!("effects" in answer || "down" in answer)) return `${vector.id}, step ${number}: ${text(answer)}`;
    kinds(step).forEach((each) => EXPECTED.add(each));
    kinds(answer).forEach((each) => SENT.add(each));
    const [found, expected] = [answer, step].map((each) => told(each, control, vector.network.fifo));
    if (found.view && expected.view) {
      expected.view = Object.fromEntries(Object.entries(expected.view).filter(([name]) => name in found.view));
    } else {
      found.view = expected.view = null;
    }
    if (vector.network.loses && fewer(found.sends, expected.sends)) found.sends = expected.sends;
    if (text(found) !== text(expected)) return `${vector.id}, step ${number}: ${text(found)}, not ${text(expected)}`;
  }
  return "passed";
}

// What counts of an answer: sends in any order, of a FIFO network in that for each destination; rejections by their class.
function told(answer, control, fifo) {
  const effects = answer.effects ?? [];
  const those = (name) => effects.filter((each) => name in each);
  return {
    down: answer.down ?? false,
    sends: those("send").sort((one, other) => compare(one, other, fifo ? ({ to }) => to : text)).map(text),
    replies: those("reply").map((each) => text({ ...each, reply: kind(each.reply) })).sort(),
    events: those("announce").map(text),
    deliveries: those("deliver").map(text).sort(),
    armed: control.includes("triggers") ? (answer.armed ?? []).map(text).sort() : [],
    view: answer.view ?? null,
  };
}

function kinds(answer) {
  return (answer.effects ?? []).filter((each) => "send" in each).map((each) => each.send.type ?? "its message");
}

// A value; of a rejection only that it is one.
function kind(value) {
  return value?.type === "Rejected" ? { type: "Rejected" } : value;
}

function compare(one, other, by) {
  return by(one) < by(other) ? -1 : Number(by(one) > by(other));
}

// Whether what was found is a part of what was expected, in that order.
function fewer(found, expected) {
  const rest = [...expected];
  return found.every((each) => {
    const place = rest.indexOf(each);
    rest.splice(0, place + 1);
    return place >= 0;
  });
}

function text(value) {
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${text(value[name])}`).join()}}`;
}

process.exit(main(...process.argv.slice(2)));
