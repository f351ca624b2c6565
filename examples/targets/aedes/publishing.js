// Three messages that a broker publishes to a subscriber, of which all but the second are to arrive at least once, as a history.
//
// node publishing.js | concordant check-history messages /dev/stdin --as at-least-once

const { once } = require("events");
const net = require("net");
const { Aedes } = require("aedes");
const mqtt = require("mqtt");

const [BROKER, SUBSCRIBER] = [0, 1];
const MESSAGES = [
  { payload: "first", qos: 1 },
  { payload: "second", qos: 0 },
  { payload: "last", qos: 1 },
];

function log(type, process, value) {
  console.log(JSON.stringify({ process, type, f: type, value }));
}

async function main() {
  const broker = await Aedes.createBroker();
  const server = net.createServer(broker.handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  const subscriber = await mqtt.connectAsync(`mqtt://127.0.0.1:${server.address().port}`);
  await subscriber.subscribeAsync("news", { qos: 1 });
  const end = new Promise((resolve) => {
    subscriber.on("message", (_, payload) => {
      log("deliver", SUBSCRIBER, String(payload));
      if (String(payload) === "last") resolve();
    });
  });
  for (const message of MESSAGES) {
    log("send", BROKER, message.payload);
    broker.publish({ topic: "news", ...message }, () => {});
  }
  await end;
  await subscriber.endAsync();
  process.exit();
}

main();
