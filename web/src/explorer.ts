// The explorer: one place of one run, and the ways on and back. The address holds all that it shows.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import "./branches.js";
import "./clauses.js";
import "./compared.js";
import "./flight.js";
import "./moves.js";
import "./picture.js";
import "./spacetime.js";
import "./state.js";
import * as client from "./client.js";
import { elsewhere, heading, keysDialog, mistakes, scopesOf, troubled, type Kind } from "./frame.js";
import { held } from "./held.js";
import type { Along, ClausesView, Sought } from "./clauses.js";
import type { MovesView } from "./moves.js";
import type { Diagram, News, Option, Place, Setting } from "./places.js";
import { shared } from "./styles.js";
import type { Change } from "./types.js";
import { heard, keysOf } from "./keys.js";
import { FORMATS, page } from "./page.js";
import { leaves, marked } from "./value.js";
import { Walk, type Node } from "./walk.js";
import { explorer as words } from "./words.js";

const EVERY = 300;

@customElement("x-explorer")
export class ExplorerView extends LitElement {
  @state() private setting: Setting | null = null;
  @state() private place: Place | null = null;
  @state() private drawn: { run: number[]; trace: Diagram } | null = null;
  @state() private looked: Option | null = null;
  @state() private sought: Sought | null = null;
  @state() private along: Along | null = null;
  @state() private explored: News | null = null;
  @state() private kept: Place | null = null;
  @state() private changed = false;
  @state() private views = false;
  @state() private near = false;
  @state() private only = "";
  @state() private fold = false;
  @state() private wanted = "";
  @state() private problem = "";
  @state() private note = "";
  @query("x-moves") private moves!: MovesView | null;
  @query("dialog") private help!: HTMLDialogElement;
  private walk = new Walk();
  private asked = 0;
  private wandered = 0;

  static override styles = [shared, page];

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
    if (this.place !== null && link === this.place.link) return;
    const name = link.split("&m=")[0]!;
    const known = this.setting !== null && this.place !== null && name === this.place.link.split("&m=")[0];
    await this.load(async () => {
      const place = await client.place(link);
      if (!known) {
        this.setting = await client.setting(place.link);
        this.explored = null;
        this.kept = null;
        this.walk = new Walk();
        this.drawn = null;
        document.title = words.concordant(this.setting.name);
      }
      return place;
    });
  };

  /** Ask for a place and show it, unless something else was asked for meanwhile. */
  private async load(ask: () => Promise<Place>) {
    this.asked += 1;
    const number = this.asked;
    try {
      const place = await ask();
      if (number === this.asked) this.show(place);
    } catch (error) {
      if (!(error instanceof client.Refused)) throw error;
      this.problem = error.message;
    }
  }

  private show(place: Place) {
    const focused = this.moves?.renderRoot.querySelector(":focus") !== null && this.moves !== null;
    this.walk.visit(place);
    this.place = place;
    this.looked = null;
    this.problem = "";
    this.note = "";
    const { drawn } = this;
    const within = drawn !== null && place.run.every((number, index) => drawn.run[index] === number);
    if (!within || place.run.length === drawn.run.length) this.drawn = { run: place.run, trace: place.trace };
    if (location.hash.slice(1) !== place.link) history.pushState(null, "", `#${place.link}`);
    if (focused) void this.updateComplete.then(() => this.focusMove(0));
  }

  private go(node: Node | null) {
    if (node === null || this.place === null) return;
    const { at, back } = this.walk.way(node);
    void this.load(() => client.place(at, { back }));
  }

  private take(number: number) {
    if (this.place === null) return;
    const { link } = this.place;
    void this.load(() => client.place(link, { take: number }));
  }

  /** Go on at random from here, each time otherwise. */
  private wander() {
    if (this.place === null || held !== null) return;
    const { link } = this.place;
    this.wandered += 1;
    const seed = this.wandered;
    void this.load(() => client.wander(link, seed));
  }

  private back() {
    this.go(this.place === null ? null : this.walk.at(this.place.run.slice(0, -1)));
  }

  private step(number: number) {
    this.go(this.drawn === null ? null : this.walk.at(this.drawn.run.slice(0, number)));
  }

  /** A move of the run that leads here was chosen, and not of all that is drawn. */
  private stepped(place: Place, event: CustomEvent<number>) {
    event.stopPropagation();
    this.go(this.walk.at(place.run.slice(0, event.detail)));
  }

  private async seek(clause: string) {
    if (this.place === null) return;
    const since = this.place.link;
    if (this.sought?.news.state === "running") await client.stop(this.sought.news.id).catch(() => null);
    try {
      let news = await client.search(since, clause);
      for (;;) {
        if (this.sought !== null && this.sought.news.id !== news.id && Number(this.sought.news.id) > Number(news.id)) return;
        this.sought = { clause, since, news };
        if (news.state !== "running") break;
        await new Promise((resolve) => setTimeout(resolve, EVERY));
        news = await client.news(news.id);
      }
      if (news.link && this.place?.link === since) await this.load(() => client.place(news.link));
      this.note = news.says;
    } catch (error) {
      if (!(error instanceof client.Refused)) throw error;
      this.problem = error.message;
    }
  }

  /** Ask what a clause says at each place of the run that leads here. */
  private async alongRun(clause: string) {
    if (this.place === null) return;
    const { link, run, trace } = this.place;
    try {
      this.along = { clause, run, moves: trace.moves.map((each) => each.said), rows: await client.along(link, clause) };
    } catch (error) {
      if (!(error instanceof client.Refused)) throw error;
      this.problem = error.message;
    }
  }

  /** Judge all clauses in all that can be reached from the start, behind the page. */
  private async explore() {
    const { place, setting } = this;
    if (place === null || held !== null || this.explored?.state === "running") return;
    try {
      for (let news = await client.explored(place.link); ; news = await client.news(news.id)) {
        if (this.setting !== setting) return void client.stop(news.id).catch(() => null);
        this.explored = news;
        if (news.state !== "running") return;
        await new Promise((resolve) => setTimeout(resolve, EVERY));
      }
    } catch (error) {
      if (!(error instanceof client.Refused)) throw error;
      this.problem = error.message;
    }
  }

  private async copy() {
    await navigator.clipboard.writeText(location.href).catch(() => null);
    this.note = words.theLinkToThisPlace;
  }

  private open(event: Event) {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (file === undefined) return;
    void this.load(async () => {
      const { departs, ...place } = await client.opened(file);
      this.setting = await client.setting(place.link);
      this.walk = new Walk();
      this.kept = null;
      this.drawn = null;
      void this.updateComplete.then(() => (this.note = departs === null ? words.asSaved : words.itDepartsFromWhatWas(departs)));
      return place;
    });
  }

  private key = (event: KeyboardEvent) => {
    const { place } = this;
    if (place === null) return;
    if (event.key === "Escape" && (event.composedPath()[0] as HTMLElement).matches?.("input[type=search]")) this.wanted = "";
    heard(event, "run", this.help, {
      "1": (digit) => this.moves?.buttons[Number(digit) - 1]?.click(),
      ArrowLeft: () => this.back(),
      ArrowRight: () => this.go(this.walk.forward(place.run)),
      ArrowUp: () => this.nextMove(-1),
      ArrowDown: () => this.nextMove(1),
      Home: () => this.go(place.run.length ? this.walk.root : null),
      End: () => this.go(this.walk.end(place.run)),
      m: () => this.keep(),
      d: () => (this.changed = !this.changed),
      v: () => (this.views = !this.views),
      n: () => (this.near = !this.near),
      f: () => (this.fold = !this.fold),
      r: () => this.wander(),
      a: () => void this.explore(),
      c: () => this.focusIn("x-clauses", "summary"),
      s: () => (this.renderRoot.querySelector("c-spacetime") as HTMLElement | null)?.focus(),
      t: () => this.focusIn("x-branches", '[aria-current="step"]'),
      "/": () => (this.renderRoot.querySelector("input[type=search]") as HTMLElement | null)?.focus(),
      y: () => void this.copy(),
      "?": () => this.help.showModal(),
    });
  };

  /** Keep the place where one is, so that other runs are compared with the one that leads to it; or no more. */
  private keep() {
    this.kept = this.kept === null ? this.place : null;
    this.note = this.kept === null ? words.nothingIsComparedAnyMore : words.thisPlaceIsKeptGo;
  }

  private nextMove(by: number) {
    const buttons = this.moves?.buttons ?? [];
    const now = buttons.findIndex((each) => each.matches(":focus"));
    this.focusMove(now < 0 ? (by > 0 ? 0 : buttons.length - 1) : Math.max(0, Math.min(buttons.length - 1, now + by)));
  }

  private focusMove(place: number) {
    this.moves?.buttons[place]?.focus();
  }

  private focusIn(part: string, what: string) {
    const view = this.renderRoot.querySelector(part) as ClausesView | null;
    view?.renderRoot.querySelector<HTMLElement>(what)?.focus();
  }

  override render() {
    if (this.place === null || this.setting === null) return html`<main>${this.troubled()}${this.problem ? nothing : html`<p class="dim" role="status">${words.findingTheRun}</p>`}</main>`;
    const { place, setting } = this;
    return html`<main>
      <header>
        ${heading(setting.name, setting.scope)}
        ${this.elsewhere(setting)}
        <p>${setting.shows}</p>
      </header>
      ${this.bar(place)} ${this.troubled()} ${this.last(place)} ${this.telling(place, setting)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${place}
            .looked=${this.looked}
            .named=${told(place)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${(event: CustomEvent<string>) => (event.detail === "changed" ? (this.changed = !this.changed) : (this.views = !this.views))}
          ></x-state>
          <x-moves
            .place=${place}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${(event: CustomEvent<number>) => this.take(event.detail)}
            @look=${(event: CustomEvent<Option | null>) => (this.looked = event.detail)}
            @near=${(event: CustomEvent<boolean>) => (this.near = event.detail)}
          ></x-moves>
          <x-flight .place=${place}></x-flight>
        </div>
        <div class="b">
          ${place.picture === null ? nothing : html`<x-picture .picture=${place.picture} .moves=${place.run.length} @step=${(event: CustomEvent<number>) => this.stepped(place, event)}></x-picture>`}
          ${this.picture(place)}
          <x-branches .walk=${this.walk} .run=${place.run} .kept=${this.kept?.run ?? null} @keep=${() => this.keep()} @go=${(event: CustomEvent<Node>) => this.go(event.detail)}></x-branches>
          ${this.kept === null
            ? nothing
            : html`<x-compared .kept=${this.kept} .place=${place} .names=${new Map(setting.clauses.map((each) => [each.id, each.name]))} @go=${(event: CustomEvent<number[]>) => this.go(this.walk.at(event.detail))}></x-compared>`}
        </div>
        <div class="c">
          <x-clauses
            .setting=${setting}
            .place=${place}
            .sought=${this.sought}
            .explored=${this.explored}
            .along=${this.along}
            @along=${(event: CustomEvent<string>) => void this.alongRun(event.detail)}
            @step=${(event: CustomEvent<number>) => this.go(this.walk.at(this.along?.run.slice(0, event.detail) ?? []))}
            @explore=${() => void this.explore()}
            .wanted=${this.wanted}
            @seek=${(event: CustomEvent<string>) => void this.seek(event.detail)}
            @stop=${(event: CustomEvent<string>) => void client.stop(event.detail)}
          ></x-clauses>
        </div>
      </div>
      ${held === null ? nothing : html`<p class="dim beyond">${words.thisPageHoldsPlacesFrom(held.size)} <code>concordant explore '${place.link}'</code> ${words.goesOn}</p>`}
      ${keysDialog(keysOf("run"))}
    </main>`;
  }

  private elsewhere(setting: Setting): TemplateResult | typeof nothing {
    if (held !== null) return nothing;
    const situations: Kind = [words.situations, setting.situations, (name) => name];
    const kinds = [scopesOf(setting.stem, setting.scopes), situations, mistakes(setting.pitfalls)];
    return elsewhere(kinds, words.anotherScopeSituationOrMistake, words.lookAtAnotherScopeSituation(setting.stem));
  }

  private bar(place: Place): TemplateResult {
    const forward = this.walk.forward(place.run);
    return html`<nav class="bar" aria-label=${words.theRun}>
      <button @click=${() => this.go(this.walk.root)} ?disabled=${place.run.length === 0} aria-label=${words.toTheStart}>|◀</button>
      <button @click=${() => this.back()} ?disabled=${place.run.length === 0} aria-label=${words.back}>◀</button>
      <button @click=${() => this.go(forward)} ?disabled=${forward === null} aria-label=${words.forward}>▶</button>
      <button @click=${() => this.go(this.walk.end(place.run))} ?disabled=${forward === null} aria-label=${words.forwardAsFarAsYou}>▶|</button>
      <span>${place.run.length === 0 ? words.atTheStart : words.after(place.run.length, place.run.length === 1 ? words.move : words.moves)}</span>
      <span class="space"></span>
      <input type="search" placeholder=${words.filter} aria-label=${words.filterMovesAndClauses} .value=${this.wanted} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)} />
      ${held === null ? this.files(place) : nothing}
      <button @click=${() => this.help.showModal()} aria-label=${words.keys}>?</button>
    </nav>`;
  }

  private files(place: Place): TemplateResult {
    return html`<button @click=${() => this.wander()} title=${words.someMovesAtRandomFrom}>${words.runOnAtRandom}</button>
      <button @click=${() => void this.copy()}>${words.copyLink}</button>
      <details class="menu">
        <summary>${words.save}</summary>
        <div>
          ${place.run.length
            ? FORMATS.map(([format, says, name]) => html`<a href=${client.file(place.link, format)} download=${name}>${says}</a>`)
            : html`<span class="dim">${words.nothingToSave}</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">${words.open}</label></span>`;
  }

  private troubled(): TemplateResult | typeof nothing {
    return troubled(this.problem, this.place !== null, () => (this.problem = ""));
  }

  private last(place: Place): TemplateResult {
    const move = place.trace.moves.at(-1);
    return html`<div class="last" role="status" aria-live="polite">
      ${move === undefined
        ? html`<p>${words.noneYet}</p>`
        : html`<p><strong>${move.said}</strong></p>
            ${move.effects.map((effect) => html`<p class="effect">${effect}</p>`)} ${move.changes.map(changed)}`}
      ${this.note ? html`<p class="dim">${this.note}</p>` : nothing}
    </div>`;
  }

  private telling(place: Place, setting: Setting): TemplateResult[] {
    const clauses = new Map(setting.clauses.map((each) => [each.id, each]));
    return place.truths
      .filter((truth) => truth.here === "false here")
      .map((truth) => html`<div class="told" role="status"><strong class="bad">${words.falseHere(clauses.get(truth.clause)?.name)}</strong> ${clauses.get(truth.clause)?.sentence}</div>`);
  }

  private picture(place: Place): TemplateResult {
    const { trace } = this.drawn ?? place;
    return html`<section aria-labelledby="picture">
      <h2 id="picture">${words.theRunAsAPicture}</h2>
      ${trace.moves.length === 0
        ? html`<p class="dim">${words.itIsDrawnOnceA}</p>`
        : html`${this.drawing(trace.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${trace.lanes.includes(this.only) ? this.only : ""}
              .fold=${this.fold}
              .named=${told(place)}
              .trace=${trace}
              .at=${place.run.length}
              @step=${(event: CustomEvent<number>) => this.step(event.detail)}
            ></c-spacetime>
            ${trace.lasso ? html`<p>${trace.lasso}</p>` : nothing}
            ${trace.instead.length ? html`<div class="acts">${trace.instead.map((line, index) => html`<p>${index === 0 ? words.instead(trace.acts ?? 0, line) : line}</p>`)}</div>` : nothing}
            <p class="legend">${trace.legend.map((line) => html`<span>${line}</span>`)}</p>
            ${trace.notation.map((line) => html`<p class="legend">${line}</p>`)}`}
    </section>`;
  }

  private drawing(lanes: string[]): TemplateResult {
    return html`<p class="drawing dim">
      <select aria-label=${words.whoseMovesAreDrawn} .value=${this.only} @change=${(event: Event) => (this.only = (event.target as HTMLSelectElement).value)}>
        <option value="">${words.allMoves}</option>
        ${lanes.map((lane) => html`<option value=${lane} ?selected=${lane === this.only}>${words.movesOfAndWhatIt(lane)}</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${() => (this.fold = !this.fold)} /> ${words.foldStepsOfTheirOwn} <kbd>f</kbd></label>
    </p>`;
  }
}

/** Who is named in the first case of a clause that is false here. */
function told(place: Place): Set<string> {
  const processes = new Set(place.processes.map((each) => each.who));
  const facts = place.truths.filter((truth) => truth.here === "false here").flatMap((truth) => truth.facts);
  return new Set(facts.flatMap((fact) => leaves(fact.value)).filter((text) => processes.has(text)));
}

function changed(change: Change): TemplateResult {
  const where = change.field ? `${change.who}.${change.field}` : change.who;
  return html`<p class="value">${where}: ${marked(change.before, change.after, "old")} → ${marked(change.after, change.before, "new")}</p>`;
}
