// Values as the protocol writes them, with what differs from another value marked down to the leaf.

import { html, nothing, type TemplateResult } from "lit";
import type { Tree } from "./types.js";

type Shown = TemplateResult | string;
type Side = "old" | "new";

const BRACKETS = { tuple: ["(", ")"], set: ["{", "}"], bag: ["[", "]"], map: ["{", "}"] } as const;

/** The text of a value, on one line. */
export function written(tree: Tree): string {
  if ("text" in tree) return tree.text;
  if ("fields" in tree) return `${tree.name}(${tree.fields.map(([, part]) => written(part)).join(", ")})`;
  if (tree.kind === "map") return `{${tree.entries.map(([key, entry]) => `${written(key)}: ${written(entry)}`).join(", ")}}`;
  const [open, close] = BRACKETS[tree.kind];
  return `${open}${tree.items.map(written).join(", ")}${tree.kind === "tuple" && tree.items.length === 1 ? "," : ""}${close}`;
}

/** The leaves of a value. */
export function leaves(tree: Tree): string[] {
  if ("text" in tree) return [tree.text];
  if ("fields" in tree) return tree.fields.flatMap(([, part]) => leaves(part));
  return "entries" in tree ? tree.entries.flat().flatMap(leaves) : tree.items.flatMap(leaves);
}

/** A record with the names of its fields, and what differs in them from another value marked, where there is one. */
export function named(tree: Tree, other: Tree | null = null, side: Side = "new"): Shown {
  const parts = (fields: [string, Tree][], others: Map<string, Tree> | null) =>
    joined(
      fields.map(([name, part]) => {
        const there = others?.get(name) ?? null;
        return html`<span class="dim">${name.replaceAll("_", " ")}:</span> ${there === null ? written(part) : marked(part, there, side)}`;
      }),
    );
  if (!("fields" in tree) || tree.fields.length === 0) return other === null ? written(tree) : marked(tree, other, side);
  const alike = other !== null && "fields" in other && other.name === tree.name ? new Map(other.fields) : null;
  const shown = html`${tree.name}(${parts(tree.fields, alike)})`;
  return other === null || alike !== null ? shown : side === "new" ? html`<ins>${shown}</ins>` : html`<del>${shown}</del>`;
}

/** A value whose parts that differ from the other one are marked: by a sign and a colour, and as deep as they can be told apart. */
export function marked(tree: Tree, other: Tree | null, side: Side): Shown {
  if (other !== null && written(tree) === written(other)) return html`<span class="same">${written(tree)}</span>`;
  if (other !== null && "fields" in tree && "fields" in other && tree.name === other.name) {
    const others = new Map(other.fields);
    return html`${tree.name}(${joined(tree.fields.map(([name, part]) => marked(part, others.get(name) ?? null, side)))})`;
  }
  if (other !== null && "kind" in tree && "kind" in other && tree.kind === other.kind) {
    const [open, close] = BRACKETS[tree.kind];
    return html`${open}${joined(parts(tree, other, side))}${close}`;
  }
  return differs(written(tree), side);
}

function parts(tree: Tree & { kind: string }, other: Tree & { kind: string }, side: Side): Shown[] {
  if ("entries" in tree && "entries" in other) {
    const others = new Map(other.entries.map(([key, entry]) => [written(key), entry]));
    return tree.entries.map(([key, entry]) => {
      const there = others.get(written(key));
      return there ? html`${written(key)}: ${marked(entry, there, side)}` : differs(`${written(key)}: ${written(entry)}`, side);
    });
  }
  if (!("items" in tree && "items" in other)) return [];
  if (tree.kind === "tuple") return tree.items.map((item, place) => marked(item, other.items[place] ?? null, side));
  const left = other.items.map(written);
  return tree.items.map((item) => {
    const place = left.indexOf(written(item));
    if (place < 0) return differs(written(item), side);
    left.splice(place, 1);
    return written(item);
  });
}

function differs(text: string, side: Side): TemplateResult {
  return side === "new" ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
}

function joined(shown: Shown[]): TemplateResult {
  return html`${shown.map((each, place) => html`${place > 0 ? ", " : nothing}${each}`)}`;
}
