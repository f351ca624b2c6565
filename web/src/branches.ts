// The run in words, and every branch where one has been: a list that says what the diagram shows.

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "./styles.js";
import type { Node, Walk } from "./walk.js";
import { branches as words } from "./words.js";

@customElement("x-branches")
export class BranchesView extends LitElement {
  @property({ attribute: false }) walk!: Walk;
  @property({ attribute: false }) run: number[] = [];
  /** The run to the place that is kept, if one is. */
  @property({ attribute: false }) kept: number[] | null = null;

  static override styles = [
    shared,
    css`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      ol button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      ol button:hover { background: var(--hover); }
      ol button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `,
  ];

  override updated() {
    const list = this.renderRoot.querySelector("section > ol") as HTMLElement;
    const here = this.renderRoot.querySelector('[aria-current="step"]') as HTMLElement;
    if (list.scrollHeight > list.clientHeight) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;
  }

  override render() {
    return html`<section aria-labelledby="run">
      <h2 id="run">${words.theRunAndWhereYou}</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
      <p><button aria-pressed=${this.kept === null ? "false" : "true"} @click=${() => this.dispatchEvent(new CustomEvent("keep"))}>${this.kept === null ? words.keepThisPlaceToCompare : words.compareNoMore} <kbd aria-hidden="true">m</kbd></button></p>
    </section>`;
  }

  /** What follows a node: other branches further in, and the one on which one is, or was last. */
  private below(node: Node): TemplateResult[] {
    const rows: TemplateResult[] = [];
    for (let here = node; here.children.size > 0; ) {
      const on = this.on(here) ? this.run[here.run.length] : undefined;
      const main = here.children.get(on ?? here.last ?? -1) ?? [...here.children.values()][0]!;
      const others = [...here.children.values()].filter((each) => each !== main);
      rows.push(...others.map((each) => html`<li><ol>${this.line(each)}${this.below(each)}</ol></li>`), this.line(main));
      here = main;
    }
    return rows;
  }

  private line(node: Node): TemplateResult {
    const { length } = node.run;
    const here = this.on(node) && length === this.run.length;
    return html`<li>
      <button class=${this.on(node) ? "" : "off"} aria-current=${here ? "step" : "false"} @click=${() => this.go(node)}>
        <span class="number">${length}</span><span>${length ? node.said : words.theStart}${this.isKept(node) ? html` <span class="dim">${words.kept}</span>` : nothing}</span>
      </button>
    </li>`;
  }

  /** Whether a node lies on the way to where one is. */
  private on(node: Node): boolean {
    return node.run.length <= this.run.length && node.run.every((number, place) => number === this.run[place]);
  }

  private isKept(node: Node): boolean {
    return this.kept !== null && this.kept.join() === node.run.join();
  }

  private go(node: Node) {
    this.dispatchEvent(new CustomEvent("go", { detail: node }));
  }
}
