// What every clause says here, with the facts of the case that tells; and a search for the nearest place where it tells.

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import * as client from "./client.js";
import { held } from "./held.js";
import type { Clause, News, Place, Setting, Truth } from "./places.js";
import { shared } from "./styles.js";
import { written } from "./value.js";
import { clauses as words } from "./words.js";

const SIGNS: Record<string, string> = { "false here": "✗", "true here": "✓", "reached here": "✓", "about whole paths": "∞" };
const UNPROMISED = "false here, where it is not promised";
const ORDER = ["false here", "reached here", UNPROMISED, "true here", "not reached here", "without a case here", "about whole paths"];

/** A search for a clause, and from which place it began. */
export interface Sought {
  clause: string;
  since: string;
  news: News;
}

/** What a clause says at each place of a run, by which moves it goes, and what is said of these. */
export interface Along {
  clause: string;
  run: number[];
  moves: string[];
  rows: Truth[];
}

@customElement("x-clauses")
export class ClausesView extends LitElement {
  @property({ attribute: false }) setting!: Pick<Setting, "clauses" | "stem">;
  @property({ attribute: false }) place!: Pick<Place, "truths" | "link"> & Partial<Pick<Place, "run">>;
  /** Of a rule: which profiles its promises are about, in a sentence. A place of a system has no such thing. */
  @property() profiles = "";
  @property({ attribute: false }) sought: Sought | null = null;
  /** What is known of all that was explored from the start, where that was asked for. */
  @property({ attribute: false }) explored: News | null = null;
  @property({ attribute: false }) along: Along | null = null;
  @property() wanted = "";
  /** What theorems say that were looked at, by their ids. */
  @state() private claims: ReadonlyMap<string, string> = new Map();

  static override styles = [
    shared,
    css`
      :host { display: block; }
      .clause { border-bottom: 1px solid var(--faint); }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      code { overflow-wrap: anywhere; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .everywhere { margin: 0 0 0.3rem 1.5rem; font-size: 0.85em; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      table { border-collapse: collapse; font-size: 0.85em; width: 100%; }
      caption { text-align: left; }
      th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.5rem 0.15rem 0; border-bottom: 1px solid var(--faint); }
      td:last-child { overflow-wrap: anywhere; width: 99%; }
      th button { white-space: nowrap; padding: 0.1rem 0.5rem; }
      td p { margin: 0; }
      tr[aria-current] { background: var(--faint); }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `,
  ];

  override render() {
    const clauses = new Map(this.setting.clauses.map((each) => [each.id, each]));
    const wanted = this.wanted.toLowerCase();
    const rows = this.place.truths
      .flatMap((truth) => {
        const clause = clauses.get(truth.clause);
        return clause === undefined ? [] : [{ clause, truth }];
      })
      .filter(({ clause, truth }) => [clause.id, clause.name, clause.sentence, truth.here].some((text) => text.toLowerCase().includes(wanted)))
      .sort((one, other) => ORDER.indexOf(one.truth.here) - ORDER.indexOf(other.truth.here));
    return html`<section aria-labelledby="clauses">
      <h2 id="clauses">${words.whatTheClausesSayHere}</h2>
      ${this.profiles || held !== null ? nothing : this.everywhere()}
      ${rows.map(({ clause, truth }) => this.row(clause, truth))}
      ${this.profiles
        ? html`<p class="dim">
            ${words.ofThisProfileAlone} <code>concordant check ${this.setting.stem}</code> ${words.judgesTheRuleOnProfiles(this.profiles)}
          </p>`
        : html`<p class="dim">${words.ofThisPlaceAlone} <code>concordant check ${this.setting.stem}</code> ${words.judgesTheSystem}</p>`}
    </section>`;
  }

  private row(clause: Clause, truth: Truth): TemplateResult {
    const tells = ["false here", "reached here", UNPROMISED].includes(truth.here);
    return html`<div class="clause"><details data-clause=${clause.id} ?open=${truth.here === "false here" || [this.sought?.clause, this.along?.clause].includes(clause.id)}>
      <summary class="row">
        <span class=${truth.tone === "open" ? "dim" : truth.tone} aria-hidden="true">${SIGNS[truth.here] ?? "·"}</span>
        <span class="name">${clause.name}</span>
        <span class="word ${truth.tone === "open" ? "dim" : truth.tone}">${truth.here}</span>
      </summary>
      <div class="inside">
        <p>${clause.sentence}</p>
        ${truth.facts.length
          ? html`<div class=${truth.here === "false here" ? "told" : ""}>${truth.facts.map((fact) => html`<p class="value">${fact.name}: ${written(fact.value)}</p>`)}</div>`
          : nothing}
        ${truth.here === UNPROMISED ? html`<p class="dim">${this.profiles ? words.thatIsKnownOfThis : words.underAllThatMayHappen}</p>` : nothing}
        ${truth.here === "about whole paths"
          ? html`<p class="dim">${words.itIsAboutWholePaths} <code>concordant check</code> ${words.showsALassoWhereIt}</p>`
          : this.profiles
            ? nothing
            : html`${this.search(clause, tells)}${this.all(clause)}`}
        ${truth.ways ? html`<p class="dim">${truth.ways}</p>` : nothing}
        ${clause.argument ? html`<details><summary>${words.whyItHolds}</summary><p class="argument">${clause.argument}</p></details>` : nothing}
        ${clause.theorem ? this.proved(clause) : nothing}
        ${clause.pitfalls.length
          ? html`<p class="dim">
              ${words.brokenBy}
              ${clause.pitfalls.map((id, place) => html`${place ? ", " : ""}${held === null ? html`<a href="#${id}">${id}</a>` : id}`)}
            </p>`
          : nothing}
      </div>
    </details>
    ${this.known(clause)}</div>`;
  }

  /** The theorem that says a clause: what it claims, asked for once it is looked at, and how to have it proved. */
  private proved({ theorem, claim }: Clause): TemplateResult {
    const how = html`<p class="dim"><code>concordant prove ${theorem} --explain</code> ${words.showsHow}</p>`;
    const said = claim || this.claims.get(theorem);
    if (held !== null && !said) return html`<p class="dim">${words.proved}:</p>${how}`;
    return html`<details data-theorem=${theorem} @toggle=${(event: Event) => (event.target as HTMLDetailsElement).open && !said && void this.claimed(theorem)}>
      <summary>${words.proved}</summary>
      <p class="argument" role="status">${said ?? words.asking}</p>
      ${how}
    </details>`;
  }

  private async claimed(theorem: string) {
    const said = await client.claim(theorem).catch((error: unknown) => String(error));
    this.claims = new Map([...this.claims, [theorem, said]]);
  }

  /** What a clause says along a run on which this place is, a row for each place; each leads there. */
  private all(clause: Clause): TemplateResult | typeof nothing {
    const run = this.place.run ?? [];
    const along = this.along?.clause === clause.id && run.every((number, index) => number === this.along!.run[index]) ? this.along : null;
    if (held !== null || (run.length === 0 && along === null)) return nothing;
    if (along === null) return html`<button @click=${() => this.send("along", clause.id)}>${words.whatItSaysAlongThe}</button>`;
    return html`<table>
      <caption class="dim" role="status">${words.whatItSaysAlongThe}</caption>
      <thead><tr><th scope="col">${words.after}</th><th scope="col">${words.itIs}</th><th scope="col">${words.byWhichMoveAndWhich}</th></tr></thead>
      <tbody>${along.rows.map(
        (row, number) => html`<tr aria-current=${number === run.length ? "step" : nothing}>
          <th scope="row"><button @click=${() => this.send("step", number)} aria-label=${words.toThePlaceAfterMoves(number)}>${number}</button></th>
          <td class=${row.tone === "open" ? "dim" : row.tone}>${SIGNS[row.here] ?? "·"}&nbsp;${words.briefly[row.here] ?? row.here}</td>
          <td>${number === 0 ? words.theStart : along.moves[number - 1]}${row.facts.map((fact) => html`<p class="value">${fact.name}: ${written(fact.value)}</p>`)}</td>
        </tr>`,
      )}</tbody>
    </table>`;
  }

  private everywhere(): TemplateResult {
    const { explored } = this;
    const running = explored?.state === "running";
    return html`<div class="searching">
      <button @click=${() => this.send("explore", "")} ?disabled=${running}>${words.judgeThemEverywhere} <kbd aria-hidden="true">a</kbd></button>
      ${explored === null ? nothing : html`<span role="status">${explored.says}</span>`}
      ${running ? html`<button @click=${() => this.send("stop", explored.id)}>${words.stop}</button>` : nothing}
    </div>`;
  }

  /** What is known of a clause from everywhere: with a link to the shortest run that tells. */
  private known(clause: Clause): TemplateResult | typeof nothing {
    const told = this.explored?.clauses.find((each) => each.clause === clause.id);
    if (told === undefined) return nothing;
    return html`<p class="everywhere ${told.tone === "open" ? "dim" : told.tone}">
      ${words.everywhere(told.says)}${told.link && told.link !== this.place.link ? html` <a href="#${told.link}" aria-label=${words.goToWhereIsSo(clause.name)}>${words.goThere}</a>` : nothing}
    </p>`;
  }

  private search(clause: Clause, tells: boolean): TemplateResult | typeof nothing {
    if (held !== null) return nothing;
    const news = this.sought?.clause === clause.id ? this.sought.news : null;
    const what = clause.reached ? words.findReached : words.findFalse;
    const moved = this.sought !== null && this.sought.since !== this.place.link;
    return html`<div class="searching">
      ${tells ? nothing : html`<button @click=${() => this.send("seek", clause.id)} ?disabled=${news?.state === "running"}>${what}</button>`}
      ${news === null ? nothing : html`<span>${news.says}${moved && news.state !== "running" ? words.fromWhereTheSearchBegan : ""}</span>`}
      ${news?.state === "running" ? html`<button @click=${() => this.send("stop", news.id)}>${words.stop}</button>` : nothing}
      ${news?.link && news.link !== this.place.link ? html`<a href="#${news.link}">${words.goThere}</a>` : nothing}
    </div>`;
  }

  private send(what: string, detail: string | number) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
