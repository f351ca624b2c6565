// Builds the two files that the Python package carries, of reports and of the explorer, and notes of which sources they were made.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const to = "../checks/concordant/checks/page";
await build({
  entryPoints: { page: "src/report.ts", explorer: "src/main.ts" },
  outdir: to,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
});
const digest = createHash("sha256");
for (const name of readdirSync("src").sort()) digest.update(`${name}\n`).update(readFileSync(`src/${name}`));
writeFileSync(`${to}/sources.sha256`, `${digest.digest("hex")}\n`);
