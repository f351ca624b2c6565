// The space-time diagram: a lane per participant, time downwards, a line from where a message is sent to where it arrives.

import { LitElement, css, html, nothing, svg, type SVGTemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Move, Trace } from "./types.js";
import { spacetime as words } from "./words.js";

/** What is drawn of a run. */
export type Drawing = Pick<Trace, "lanes" | "moves" | "left" | "cycle" | "acts">;

/** How wide a lane is beside its name. */
const BETWEEN = 18;
const STEP = 30;
const TOP = 44;
const HEAD = 26;
/** How much room there is for the numbers of moves; and for signs beside them, where there are any. */
const LEFT = 40;
const SIGNS = 36;
/** About how wide a sign is. */
const SIGN = 7.3;

@customElement("c-spacetime")
export class SpaceTime extends LitElement {
  @property({ attribute: false }) trace!: Drawing;
  /** The move that is looked at, from 1; 0 before the first. */
  @property({ type: Number }) at = 0;
  /** Whether what each move says stands beside it, where there is room for that. */
  @property({ type: Boolean }) labels = false;
  /** Of whom alone the moves are drawn; empty for all. */
  @property() only = "";
  /** Whether steps in which nobody hears anything are folded into one circle with their number. */
  @property({ type: Boolean }) fold = false;
  /** Who is named where something is told, and so stands out. */
  @property({ attribute: false }) named: ReadonlySet<string> = new Set();
  @state() private labelled = false;
  private shown: number[] = [];
  /** Where each move lies, from 1, the start at 0. */
  private heights: number[] = [];
  private lanes: string[] = [];
  private readonly sized = new ResizeObserver(() => this.fit());

  static override styles = css`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `;

  override willUpdate() {
    const fits = ({ row }: Move) => !this.only || row.start === this.only || row.end === this.only;
    const folds = ({ row }: Move) => this.fold && row.mark === "inside";
    this.shown = this.trace.moves.flatMap((move, index) => (fits(move) && !folds(move) ? [index + 1] : []));
    const drawn = new Set(this.shown);
    let before = 0;
    this.heights = [TOP, ...this.trace.moves.map((_, index) => TOP + (drawn.has(index + 1) ? (before++ + 0.5) * STEP : before * STEP))];
    const used = new Set(this.trace.moves.filter(fits).flatMap(({ row }) => [row.start, row.end]));
    this.lanes = this.only ? this.trace.lanes.filter((lane) => used.has(lane)) : this.trace.lanes;
  }

  override render() {
    const { lanes } = this;
    const { moves, left } = this.trace;
    const beside = this.left + lanes.length * this.width;
    const width = beside + (this.labelled ? this.words : 0);
    const height = TOP + (this.shown.length + (left.length ? 1.6 : 0.8)) * STEP;
    const named = words.spaceTimeDiagramParticipantsMoves(lanes.length, moves.length, this.shown.length < moves.length ? words.ofWhichAreDrawn(this.shown.length) : "");
    return html`<svg class="heads" width=${width} height=${HEAD} viewBox="0 0 ${width} ${HEAD}" aria-hidden="true">
      ${lanes.map((lane, place) => svg`<text class="head ${this.named.has(lane) ? "is-named" : ""}" x=${this.x(place)} y="18">${lane}</text>`)}
    </svg>
    <svg class="rows" width=${width} height=${height - HEAD} viewBox="0 ${HEAD} ${width} ${height - HEAD}" role="img" aria-label=${named}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${lanes.map((lane, place) => this.lane(lane, place, height))}
      ${this.shown.map((number) => this.move(moves[number - 1]!, number, width))} ${this.folds()}
      ${left.filter((each) => !this.only || each.source === this.only || each.to === this.only).map((each) => this.waiting(each.source, each.to, each.sent, height))} ${this.loop()}
    </svg>`;
  }

  private get left(): number {
    return LEFT + (this.trace.acts === null && this.trace.cycle === null ? 0 : SIGNS);
  }

  private get width(): number {
    return BETWEEN + SIGN * Math.max(6, ...this.lanes.map((lane) => lane.length));
  }

  private get words(): number {
    return SIGN * Math.max(0, ...this.trace.moves.map((move) => move.row.label.length));
  }

  private x(place: number): number {
    return this.left + (place + 0.5) * this.width;
  }

  /** A move that is not drawn lies between those that are. */
  private y(number: number): number {
    return this.heights[number] ?? TOP + this.shown.length * STEP;
  }

  private place(lane: string): number {
    return this.lanes.indexOf(lane);
  }

  private folds(): SVGTemplateResult[] {
    if (!this.fold) return [];
    const found = new Map<string, { x: number; y: number; count: number }>();
    this.trace.moves.forEach(({ row }, index) => {
      const place = this.place(row.end);
      if (row.mark !== "inside" || place < 0 || (this.only && row.end !== this.only)) return;
      const [x, y] = [this.x(place), this.y(index + 1)];
      found.set(`${x} ${y}`, { x, y, count: (found.get(`${x} ${y}`)?.count ?? 0) + 1 });
    });
    return [...found.values()].map(
      ({ x, y, count }) => svg`<g><title>${words.ofItsOwn(count, count === 1 ? words.step : words.steps)}</title><circle class="folded" cx=${x} cy=${y} r="7"></circle><text class="count" x=${x} y=${y + 3.5}>${count}</text></g>`,
    );
  }

  /** A lane is dotted while its participant is down. */
  private lane(lane: string, place: number, height: number): SVGTemplateResult[] {
    const turns = this.trace.moves
      .map((move, index) => ({ mark: move.row.mark, who: move.row.end, y: this.y(index + 1) }))
      .filter(({ who, mark }) => who === lane && (mark === "down" || mark === "up"));
    const ends = [...turns.map(({ y }) => y), height - 8];
    return ends.map((to, index) => {
      const down = turns[index - 1]?.mark === "down";
      return svg`<line class="lane ${down ? "is-down" : ""}" x1=${this.x(place)} x2=${this.x(place)} y1=${ends[index - 1] ?? 26} y2=${to}></line>`;
    });
  }

  private move(move: Move, number: number, width: number): SVGTemplateResult {
    const y = this.y(number);
    const when = number === this.at ? "here" : number > this.at ? "later" : "";
    return svg`<g class=${when} @click=${() => this.choose(number)}>
      <title>${number}. ${move.said}</title>
      <rect class="band" x="0" y=${y - STEP / 2} width=${width} height=${STEP}></rect>
      <text class="number" x="30" y=${y + 4}>${number}</text>
      ${number === this.trace.acts ? svg`<text class="acts" x="46" y=${y + 4}>◆</text>` : nothing}
      ${this.drawn(move, number)}
      ${this.labelled ? svg`<text class="label" x=${this.left + this.lanes.length * this.width} y=${y + 4}>${move.row.label}</text>` : nothing}
    </g>`;
  }

  private drawn(move: Move, number: number): SVGTemplateResult {
    const { start, end, mark, sent, again } = move.row;
    const x = this.x(this.place(end));
    const y = this.y(number);
    switch (mark) {
      case "inside":
        return svg`<circle class="dot" cx=${x} cy=${y} r="4.5"></circle>`;
      case "down":
        return this.cross(x, y);
      case "up":
        return svg`<path class="tip" d="M${x - 6} ${y + 5} L${x} ${y - 6} L${x + 6} ${y + 5} z"></path>`;
      default: {
        const from = this.x(this.place(start));
        const sentAt = sent === null ? y : this.y(sent);
        const kind = mark === "lost" ? "is-lost" : again ? "again" : sent === null ? "ask" : "";
        const middle = (from + x) / 2;
        if (mark === "lost") {
          const halfway = (sentAt + y) / 2;
          return svg`<line class="message ${kind}" x1=${from} y1=${sentAt} x2=${middle} y2=${halfway}></line>${this.cross(middle, halfway)}`;
        }
        if (from === x) return svg`<path class="message ${kind}" marker-end="url(#tip)" d="M${x} ${sentAt} C${x + 34} ${sentAt} ${x + 34} ${y} ${x + 5} ${y}"></path>`;
        return svg`<line class="message ${kind}" marker-end="url(#tip)" x1=${from} y1=${sentAt} x2=${x} y2=${y}></line>`;
      }
    }
  }

  private waiting(source: string, to: string, sent: number | null, height: number): SVGTemplateResult | typeof nothing {
    const [from, towards] = [this.place(source), this.place(to)];
    if (sent === null || from < 0 || towards < 0) return nothing;
    const [x1, x2, y1, y2] = [this.x(from), this.x(towards), this.y(sent), height - 14];
    const [x, y] = [x1 + (x2 - x1) * 0.8, y1 + (y2 - y1) * 0.8];
    const ahead = this.at < this.trace.moves.length ? "later" : "";
    return svg`<line class="message in-flight ${ahead}" x1=${x1} y1=${y1} x2=${x} y2=${y}></line><circle class="ring ${ahead}" cx=${x} cy=${y} r="4"></circle>`;
  }

  /** What is repeated for ever is bracketed on the left. */
  private loop(): SVGTemplateResult | typeof nothing {
    const { cycle, moves } = this.trace;
    if (cycle === null || cycle === 0) return nothing;
    const [from, to] = [this.y(moves.length - cycle + 1), this.y(moves.length)];
    return svg`<path class="repeats" marker-end="url(#tip)" d="M14 ${to} H6 V${from} H16"><title>${words.repeatedForEver}</title></path>`;
  }

  private cross(x: number, y: number): SVGTemplateResult {
    return svg`<path class="cross" d="M${x - 5} ${y - 5} L${x + 5} ${y + 5} M${x + 5} ${y - 5} L${x - 5} ${y + 5}"></path>`;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.sized.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.sized.disconnect();
  }

  private fit() {
    this.labelled = this.labels && this.left + this.lanes.length * this.width + this.words <= this.clientWidth;
  }

  override updated() {
    this.fit();
    const y = this.y(Math.max(1, this.at)) - HEAD;
    if (this.clientHeight > 0 && this.scrollHeight > this.clientHeight) {
      if (y - STEP < this.scrollTop) this.scrollTop = y - STEP;
      else if (y + 2 * STEP + HEAD > this.scrollTop + this.clientHeight) this.scrollTop = y + 2 * STEP + HEAD - this.clientHeight;
    }
  }

  private choose(number: number) {
    this.dispatchEvent(new CustomEvent("step", { detail: number, bubbles: true, composed: true }));
  }
}
