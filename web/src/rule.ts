// A rule: the reports as a table to type into, what comes of them, what the clauses say of it, and who would gain by lying.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import "./clauses.js";
import "./sheet.js";
import * as client from "./client.js";
import { elsewhere, heading, keysDialog, mistakes, scopesOf, troubled } from "./frame.js";
import { held } from "./held.js";
import { heard, keysOf } from "./keys.js";
import { rulePage } from "./page.js";
import type { Edited, SheetView } from "./sheet.js";
import { shared } from "./styles.js";
import { typedOf, type Lies, type Outcome, type RuleTable, type Typed } from "./tables.js";
import { named, written } from "./value.js";
import { rule as words } from "./words.js";

/** For how long one may go on typing before the outcome is asked for. */
const PAUSE = 60;

@customElement("x-rule")
export class RuleView extends LitElement {
  @state() private table: RuleTable | null = null;
  @state() private typed: Typed = [];
  @state() private earlier: RuleTable | null = null;
  @state() private lies: { link: string; found: Lies } | null = null;
  @state() private searching = false;
  @state() private problem = "";
  @state() private note = "";
  @query("dialog") private help!: HTMLDialogElement;
  @query("x-sheet") private sheet!: SheetView | null;
  private asked = 0;
  private timer = 0;
  private coming: Promise<void> = Promise.resolve();
  /** Where something is typed, and where the last thing was typed whose outcome is known. */
  private typing = "";
  private edited = "";

  static override styles = [shared, rulePage];

  override connectedCallback() {
    super.connectedCallback();
    document.addEventListener("keydown", this.key);
    void this.followed();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.key);
  }

  /** The address has changed, by a link or by the browser's own back and forward. */
  followed = async () => {
    const link = location.hash.slice(1);
    if (this.table !== null && link === this.table.link) return;
    this.edited = "";
    await this.load(link, true);
  };

  private async load(link: string, fresh: boolean) {
    this.asked += 1;
    const number = this.asked;
    try {
      const table = await client.table(link);
      if (number !== this.asked) return;
      this.earlier = this.table?.name === table.name ? this.table : null;
      this.table = table;
      if (fresh) this.typed = typedOf(table.parts);
      this.problem = "";
      this.note = "";
      document.title = words.concordant(table.name);
    } catch (error) {
      if (!(error instanceof client.Refused)) throw error;
      if (number === this.asked) this.problem = error.message;
    }
  }

  /** Something was typed: ask what comes of it, after a moment. Each cell is one step of the browser's history. */
  private edit({ typed, where }: Edited) {
    this.typed = typed;
    this.typing = where;
    this.lies = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.coming = this.recompute(where)), PAUSE);
  }

  private async recompute(where: string) {
    clearTimeout(this.timer);
    this.timer = 0;
    const { table } = this;
    if (table === null) return;
    await this.load(`${table.link.split(/[?&][mr]=/)[0]}${table.scope ? "&" : "?"}r=${encodeURIComponent(JSON.stringify(this.typed))}`, false);
    if (this.problem || this.table === null || location.hash.slice(1) === this.table.link) return;
    if (where === this.edited) history.replaceState(null, "", `#${this.table.link}`);
    else history.pushState(null, "", `#${this.table.link}`);
    this.edited = where;
  }

  /** What was typed is written as it was read, once one has left the cell. */
  private async settle() {
    if (this.timer !== 0) this.coming = this.recompute(this.typing);
    await this.coming;
    if (!this.problem && this.table !== null) this.typed = typedOf(this.table.parts);
  }

  private async search() {
    const { table } = this;
    if (table === null || !table.lies || this.searching) return;
    this.searching = true;
    try {
      this.lies = { link: table.link, found: await client.lies(table.link) };
    } catch (error) {
      if (!(error instanceof client.Refused)) throw error;
      this.problem = error.message;
    } finally {
      this.searching = false;
    }
  }

  private async copy() {
    await navigator.clipboard.writeText(location.href).catch(() => null);
    this.note = words.theLinkToThisProfile;
  }

  private key = (event: KeyboardEvent) => {
    if (this.table === null) return;
    heard(event, "rule", this.help, {
      g: () => void this.search(),
      e: () => this.sheet?.first(),
      c: () => this.renderRoot.querySelector("x-clauses")?.shadowRoot?.querySelector<HTMLElement>("summary")?.focus(),
      y: () => void this.copy(),
      "?": () => this.help.showModal(),
    });
  };

  override render() {
    const { table } = this;
    if (table === null) return html`<main>${this.troubled()}${this.problem ? nothing : html`<p class="dim" role="status">${words.findingTheRule}</p>`}</main>`;
    return html`<main>
      <header>
        ${heading(table.name, table.scope)}
        ${this.elsewhere(table)}
        <p>${table.title}</p>
        <p class="dim">${table.scope ? html`${words.itsRule} <strong>${table.rule}</strong>${words.ofProfilesSuchAsThese(table.shows)}` : table.shows}</p>
      </header>
      <nav class="bar" aria-label=${words.theProfile}>
        ${table.lies ? html`<button class="main" @click=${() => void this.search()} ?disabled=${this.searching}>${words.whoGainsByLyingHere} <kbd aria-hidden="true">g</kbd></button>` : nothing}
        ${held === null ? html`<button @click=${() => void this.copy()}>${words.copyLink}</button>` : nothing}
        <button @click=${() => this.help.showModal()} aria-label=${words.keys}>?</button>
      </nav>
      ${this.troubled()} ${this.note ? html`<p class="dim" role="status">${this.note}</p>` : nothing}
      <div class="columns">
        <div class="a">
          <section aria-labelledby="reports">
            <h2 id="reports">${words.whatIsReported}</h2>
            <x-sheet
              .parts=${table.parts}
              .typed=${this.typed}
              .wrong=${this.problem}
              @edit=${(event: CustomEvent<Edited>) => this.edit(event.detail)}
              @left=${() => void this.settle()}
            ></x-sheet>
          </section>
          ${this.came(table)} ${this.gains()}
        </div>
        <div class="c">
          <x-clauses .setting=${table} .place=${table} .profiles=${table.scope ? table.shows : words.thoseOfItsFamily}></x-clauses>
        </div>
      </div>
      ${held === null ? nothing : html`<p class="dim beyond">${words.thisPageHoldsProfilesFrom(held.size)} <code>concordant explore '${table.link}'</code> ${words.goesOn}</p>`}
      ${keysDialog(keysOf("rule"))}
    </main>`;
  }

  private came(table: RuleTable): TemplateResult {
    const before = this.earlier !== null && this.earlier.outcome.raised === null && table.outcome.raised === null ? this.earlier.outcome.value : null;
    const differs = table.right !== null && told(table.right) !== told(table.outcome);
    return html`<section class="came" aria-labelledby="came">
      <h2 id="came">${words.whatComesOfIt}${this.problem ? html` <span class="dim">${words.beforeWhatCannotBeRead}</span>` : nothing}</h2>
      <div role="status" aria-live="polite">
        ${table.outcome.raised === null ? html`<p class="value">${named(table.outcome.value, before)}</p>` : html`<p class="value bad">${words.theRuleRaises(table.outcome.raised)}</p>`}
        ${table.right === null ? nothing : html`<p class="beside ${differs ? "differs" : ""}">${differs ? words.theRightRuleMakesOf : words.theRightRuleMakesThe} ${differs ? html`<span class="value">${told(table.right)}</span>` : nothing}</p>`}
        ${table.truths.filter((truth) => truth.here === "false here").map((truth) => html`<p class="bad">${words.falseHere(table.clauses.find((each) => each.id === truth.clause)?.name)}</p>`)}
      </div>
      ${table.notation.map((line) => html`<p class="legend">${line}</p>`)}
    </section>`;
  }

  private gains(): TemplateResult | typeof nothing {
    if (this.searching) return html`<p class="dim" role="status">${words.tryingMisreports}</p>`;
    if (this.lies === null || this.lies.link !== this.table?.link) return nothing;
    const { found } = this.lies;
    const paying = found.lies.filter((lie) => lie.pays);
    return html`<section aria-labelledby="gains">
      <h2 id="gains">${words.whoGainsByLyingHere}</h2>
      <p role="status" class=${paying.length ? "bad" : ""}>${sentence(found.says)}</p>
      ${paying.length
        ? html`<div class="wide">
            <table>
              <thead><tr><th scope="col">${words.whoLies}</th><th scope="col">${words.how}</th><th scope="col">${words.honest}</th><th scope="col">${words.lying}</th><th scope="col">${words.then}</th></tr></thead>
              <tbody>
                ${paying.map(
                  (lie) => html`<tr>
                    <th scope="row">${lie.who}</th>
                    <td><a href="#${lie.link}">${lie.says}</a></td>
                    <td>${lie.gains}</td>
                    <td><strong>${lie.would_gain}</strong></td>
                    <td class="value">${written(lie.lying)}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : nothing}
      ${paying.length ? html`<p class="dim">${words.theNumbersAreWhatThe}</p>` : nothing}
    </section>`;
  }

  private elsewhere(table: RuleTable): TemplateResult | typeof nothing {
    if (held !== null) return nothing;
    return elsewhere([scopesOf(table.stem, table.scopes), mistakes(table.pitfalls)], words.otherProfilesOrAMistake, words.lookAtOtherProfilesOr(table.stem));
  }

  private troubled(): TemplateResult | typeof nothing {
    return troubled(this.problem, this.table !== null, () => (this.problem = ""));
  }
}

const told = (outcome: Outcome) => (outcome.raised === null ? written(outcome.value) : words.anError(outcome.raised));

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
