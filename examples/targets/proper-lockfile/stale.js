// Two processes lock a file whose last holder has died, as a history of a lock. The first is held up between finding the lock stale and
// removing it, until the second has the lock.
//
// node stale.js | concordant check-history lock /dev/stdin

const { fork } = require("child_process");
const { once } = require("events");
const fs = require("fs");
const os = require("os");
const path = require("path");
const lockfile = require("proper-lockfile");

function log(number, type) {
  console.log(JSON.stringify({ process: number, type, f: "acquire" }));
}

// What a process does that is told to lock a file.
function lock(file, slow) {
  process.on("message", () => {}); // it stays, and with it its lock
  const removal = (folder, then) => {
    process.once("message", () => fs.rmdir(folder, then));
    process.send("about to remove the stale lock");
  };
  const options = slow ? { fs: { ...fs, rmdir: removal } } : {}; // `fs` is an option of the library
  lockfile.lock(file, options).then(
    () => process.send("ok"),
    () => process.send("fail"),
  );
}

// Return a file to lock, which somebody had locked who died long ago.
function left(folder) {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "");
  fs.mkdirSync(`${file}.lock`);
  fs.utimesSync(`${file}.lock`, 0, 0);
  return file;
}

async function main(folder) {
  const file = left(folder);
  const begin = (number, slow) => {
    log(number, "invoke");
    return fork(__filename, [file, slow]);
  };
  const said = async (child) => (await once(child, "message"))[0];
  const first = begin(0, "slow");
  await said(first);
  const second = begin(1, "");
  log(1, await said(second));
  first.send("go on");
  log(0, await said(first));
  for (const child of [first, second]) child.kill();
  fs.rmSync(folder, { recursive: true });
}

if (process.argv.length > 2) {
  lock(...process.argv.slice(2));
} else {
  main(fs.mkdtempSync(path.join(os.tmpdir(), "stale-")));
}
