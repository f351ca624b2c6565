// What is drawn of some protocols besides their runs: a workflow as a graph of its stages, or who holds what as a timeline.

import { LitElement, css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Picture, Span, StageShown } from "./places.js";
import { shared } from "./styles.js";
import { picture as words } from "./words.js";

const [WIDTH, HEIGHT, ACROSS, DOWN] = [104, 40, 44, 14];
const SIGNS: Record<string, string> = { waiting: "·", running: "▶", done: "✓", failed: "✗", skipped: "–" };
/** How wide the time between two moves is at least: so that a short name can be read. */
const STEP = 3.4;
/** About how many signs fit into the box of a stage. */
const FITS = 13;

@customElement("x-picture")
export class PictureView extends LitElement {
  @property({ attribute: false }) picture!: Picture;
  @property({ type: Number }) moves = 0;

  static override styles = [
    shared,
    css`
      :host { display: block; }
      .graph { overflow-x: auto; }
      svg { display: block; font: 12px/1 var(--mono); max-width: none; }
      rect { fill: var(--paper); stroke: var(--faint); stroke-width: 1.5; }
      text { fill: var(--ink); text-anchor: middle; }
      .word { fill: var(--dim); }
      path { fill: none; stroke: var(--dim); stroke-width: 1.2; }
      .tip { fill: var(--dim); stroke: none; }
      .waiting rect { stroke-dasharray: 3 3; }
      .running rect { stroke: var(--accent); stroke-width: 3; fill: var(--hover); }
      .running .word { fill: var(--accent); }
      .done rect { stroke: var(--good); fill: var(--added); }
      .done .word { fill: var(--good); }
      .failed rect { stroke: var(--bad); stroke-width: 3; fill: var(--removed); }
      .failed .word { fill: var(--bad); }
      .skipped rect { stroke: var(--unknown); stroke-dasharray: 8 3; }
      .skipped .word { fill: var(--unknown); }
      ol { list-style: none; margin: 0; padding: 0; }
      .lanes { display: grid; grid-template-columns: fit-content(8rem) auto; gap: 0.2rem 0.6rem; align-items: center; overflow-x: auto; }
      .name { font: 600 13px/1.4 var(--mono); overflow-wrap: anywhere; position: sticky; left: 0; background: var(--paper); }
      .spans { display: grid; border-left: 1px solid var(--faint); border-right: 1px solid var(--faint); background: linear-gradient(var(--faint), var(--faint)) center / 100% 1px no-repeat; }
      .spans li { min-width: 0; }
      .spans button { width: 100%; font: 12px/1.5 var(--mono); padding: 0 0.2rem; border-color: var(--accent); background: var(--hover); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; border-radius: 2px; }
      .spans button[aria-current="step"] { border-width: 2px; font-weight: 600; }
      .axis { display: flex; justify-content: space-between; color: var(--dim); font: 12px/1.4 var(--mono); }
    `,
  ];

  override updated() {
    const lanes = this.renderRoot.querySelector(".lanes");
    if (lanes !== null) lanes.scrollLeft = lanes.scrollWidth; // to where one stands
  }

  override render() {
    const { what, stages, spans } = this.picture;
    if (stages.length === 0 && spans.length === 0) return nothing;
    return html`<section aria-labelledby="picture">
      <h2 id="picture">${what}</h2>
      ${stages.length ? this.graph(stages) : this.timeline(spans)}
    </section>`;
  }

  /** Columns by how many stages come before at most; a stage stands in the middle of its column. The list in words says the same. */
  private graph(stages: StageShown[]): TemplateResult {
    const columns = columnsOf(stages);
    const tallest = Math.max(...columns.map((column) => column.length));
    const height = tallest * (HEIGHT + DOWN) + DOWN;
    const width = columns.length * (WIDTH + ACROSS) - ACROSS + 8;
    const places = new Map<string, [number, number]>();
    columns.forEach((column, across) =>
      column.forEach((stage, down) => places.set(stage.name, [4 + across * (WIDTH + ACROSS), (height - column.length * (HEIGHT + DOWN)) / 2 + down * (HEIGHT + DOWN) + DOWN / 2])),
    );
    const said = stages.map((stage) => `${stage.name}${stage.after.length ? words.after(stage.after.join(words.and)) : ""}: ${stage.stands}`).join("; ");
    return html`<div class="graph">
      <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${said}>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L8 4 L0 8 z"></path></marker></defs>
        ${stages.flatMap((stage) => stage.after.map((name) => edge(places.get(name), places.get(stage.name))))}
        ${stages.map((stage) => box(stage, places.get(stage.name)!))}
      </svg>
    </div>`;
  }

  /** A lane for each holder; a span is as long as it held, and a button that leads to its beginning. */
  private timeline(spans: Span[]): TemplateResult {
    const lanes = [...new Set(spans.map((span) => span.lane))];
    return html`<div class="lanes">
      ${lanes.map(
        (lane) => html`<span class="name" aria-hidden="true">${lane}</span>
          <ol class="spans" aria-label=${lane} .style=${`grid-template-columns: repeat(${this.moves + 1}, minmax(${STEP}rem, 1fr))`}>
            ${spans.filter((span) => span.lane === lane).map((span) => this.span(span))}
          </ol>`,
      )}
      <span class="name"></span>
      <span class="axis" aria-hidden="true"><span>${words.start}</span><span>${this.moves ? words.move(this.moves) : ""}</span></span>
    </div>`;
  }

  private span({ lane, first, last, holds }: Span): TemplateResult {
    const when = first === last ? words.afterMove(first) : words.fromMoveTo(first, last === this.moves ? words.now : last);
    return html`<li .style=${`grid-column: ${first + 1} / ${last + 2}; grid-row: 1`}>
      <button title="${holds}, ${when}" aria-label="${lane}: ${holds}, ${when}" aria-current=${last === this.moves ? "step" : "false"} @click=${() => this.go(first)}>${holds}</button>
    </li>`;
  }

  private go(move: number) {
    this.dispatchEvent(new CustomEvent("step", { detail: move, bubbles: true, composed: true }));
  }
}

function columnsOf(stages: StageShown[]): StageShown[][] {
  const depths = new Map<string, number>();
  const named = new Map(stages.map((stage) => [stage.name, stage]));
  const depth = (name: string, around: string[] = []): number => {
    const stage = named.get(name);
    if (stage === undefined || around.includes(name)) return -1; // what it waits for is not there, or waits for it
    const known = depths.get(name);
    if (known !== undefined) return known;
    const found = 1 + Math.max(-1, ...stage.after.map((each) => depth(each, [...around, name])));
    if (around.length === 0) depths.set(name, found);
    return found;
  };
  const columns: StageShown[][] = [];
  for (const stage of stages) (columns[depth(stage.name)] ??= []).push(stage);
  return [...columns].map((column) => column ?? []);
}

function edge(from: [number, number] | undefined, to: [number, number] | undefined) {
  if (from === undefined || to === undefined) return nothing;
  const [x1, y1, x2, y2] = [from[0] + WIDTH, from[1] + HEIGHT / 2, to[0], to[1] + HEIGHT / 2];
  const bend = Math.max(20, (x2 - x1) / 2);
  return svg`<path marker-end="url(#to)" d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 1} ${y2}"></path>`;
}

function box({ name, stands }: StageShown, [x, y]: [number, number]) {
  const short = name.length > FITS ? `${name.slice(0, FITS - 1)}…` : name;
  return svg`<g class=${stands}>
    <title>${name}: ${stands}</title>
    <rect x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="4"></rect>
    <text x=${x + WIDTH / 2} y=${y + 16}>${short}</text>
    <text class="word" x=${x + WIDTH / 2} y=${y + 32}>${SIGNS[stands] ?? ""} ${stands}</text>
  </g>`;
}
