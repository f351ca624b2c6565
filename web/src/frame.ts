// What the pages of a system and of a rule have alike: their heading, where else to look, what is wrong, and the keys.

import { html, nothing, type TemplateResult } from "lit";
import type { Named } from "./places.js";
import { frame as words } from "./words.js";

/** A name, which may be broken where its parts end, and a scope. */
export const heading = (name: string, scope: string): TemplateResult =>
  html`<h1>${name.split(/(?<=[._/])/).map((part) => html`${part}<wbr />`)}${scope ? html` <span class="dim">${scope}</span>` : nothing}</h1>`;

/** A kind of what else there is to look at, and how its names become links. */
export type Kind = [kind: string, named: Named[], link: (name: string) => string];

export const scopesOf = (stem: string, scopes: Named[]): Kind => [words.scopes, scopes, (name) => `${stem}?scope=${encodeURIComponent(name)}`];
export const mistakes = (pitfalls: Named[]): Kind => [words.mistakes, pitfalls, (name) => name];

/** Lets one choose where else to look. `first`: what stands there before; `says`: the same for who does not see it. */
export const elsewhere = (kinds: Kind[], first: string, says: string): TemplateResult => html`<label class="dim">
  ${words.lookAt}
  <select @change=${chosen} aria-label=${says}>
    <option value="">${first}</option>
    ${kinds.map(([kind, named, link]) => html`<optgroup label=${kind}>${named.map((each) => html`<option value=${link(each.name)} title=${each.says}>${each.name}</option>`)}</optgroup>`)}
  </select>
</label>`;

function chosen(event: Event) {
  const select = event.target as HTMLSelectElement;
  if (select.value) location.hash = select.value;
  select.value = "";
}

/** What is wrong, if anything; and where nothing is shown for that, a way to begin anew. */
export function troubled(problem: string, shown: boolean, anew: () => void): TemplateResult | typeof nothing {
  if (!problem) return nothing;
  const name = location.hash.slice(1).split("?")[0];
  return html`<div class="problem" role="alert">
    <p>${problem}</p>
    ${name && !shown ? html`<p><a href="#${name}" @click=${anew}>${words.beginAnew(decodeURIComponent(name))}</a></p>` : nothing}
  </div>`;
}

/** The keys, in a dialog that ends where one clicks beside it. */
export const keysDialog = (known: [string, string][]): TemplateResult => html`<dialog aria-labelledby="keys" @click=${(event: Event) => event.target === event.currentTarget && close(event)}>
  <h2 id="keys">${words.keys}</h2>
  <dl>${known.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl>
  <button @click=${close}>${words.close}</button>
</dialog>`;

const close = (event: Event) => (event.currentTarget as HTMLElement).closest("dialog")?.close();
