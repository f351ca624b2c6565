// An acceptor of Paxos, and its adapter to Concordant's protocol v1. Run by:
//   concordant conform paxos_synod.acceptor -- node examples/adapters/acceptor.js
"use strict";

// ---- the implementation: what a user of the kit would have already

class Acceptor {
  constructor(learners) {
    this.learners = learners;
    this.promised = null; // durable
    this.vote = null; // durable
  }

  prepare(from, ballot, send) {
    if (this.promised !== null && isLess(ballot, this.promised)) {
      send(from, { type: "Nack", ballot, promised: this.promised });
      return;
    }
    this.promised = ballot;
    send(from, { type: "Promise", ballot, vote: this.vote });
  }

  accept(from, vote, send, announce) {
    if (this.promised !== null && isLess(vote.ballot, this.promised)) {
      send(from, { type: "Nack", ballot: vote.ballot, promised: this.promised });
      return;
    }
    this.promised = vote.ballot;
    this.vote = vote;
    announce({ type: "Voted", vote });
    for (const to of [from, ...this.learners]) send(to, { type: "Accepted", vote });
  }
}

function isLess(ballot, other) {
  return ballot.round !== other.round ? ballot.round < other.round : numberOf(ballot.proposer) < numberOf(other.proposer);
}

function numberOf(address) {
  return Number(address.match(/[0-9]+$/)[0]);
}

// ---- the adapter: one answer to each command

const hello = {
  protocol: 1,
  impl: { name: "acceptor.js", language: "JavaScript" },
  supports: [
    { stem: "paxos_synod", roles: ["acceptor"], control: ["crash", "crash_after"], observe: { acceptor: ["promised", "vote"] } },
  ],
};
let acceptor = null;

function answer(command) {
  switch (command.do) {
    case "hello":
      return hello;
    case "end":
    case "stop":
      return { ok: true };
    case "crash": // what it keeps is durable
      return { down: true };
  }
  const effects = [];
  const send = (to, message) => effects.push({ send: message, to });
  const announce = (event) => effects.push({ announce: event });
  if (command.do === "start") acceptor = new Acceptor(command.config.learners);
  if (command.do === "receive" && command.message.type === "Prepare") acceptor.prepare(command.from, command.message.ballot, send);
  if (command.do === "receive" && command.message.type === "Accept") acceptor.accept(command.from, command.message.vote, send, announce);
  if ("crash_after" in command) return { down: true, effects: cut(effects, command.crash_after) };
  return { effects, armed: [], view: { promised: acceptor.promised, vote: acceptor.vote } };
}

// What a crash in the middle of a step leaves: what was announced, and so many of the sends.
function cut(effects, sends) {
  return effects.filter((effect) => ("send" in effect ? sends-- > 0 : true));
}

module.exports = { answer };
if (require.main === module) {
  require("readline")
    .createInterface({ input: process.stdin })
    .on("line", (line) => {
      const command = JSON.parse(line);
      console.log(JSON.stringify({ id: command.id, ...answer(command) }));
    });
}
