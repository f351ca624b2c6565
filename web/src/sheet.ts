// The table of a profile: cells to type into, rows to add and to take away. What is typed is told to whoever shows it.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { shared } from "./styles.js";
import type { Cell, Part, Rows, Typed } from "./tables.js";
import { sheet as words } from "./words.js";

/** What was typed, and where that was. */
export interface Edited {
  typed: Typed;
  where: string;
}

@customElement("x-sheet")
export class SheetView extends LitElement {
  @property({ attribute: false }) parts: Part[] = [];
  @property({ attribute: false }) typed: Typed = [];
  /** Why what is typed cannot be read. */
  @property() wrong = "";
  private last = "";
  /** Where to go once what was added, or taken away, is shown so. */
  private next = "";

  static override styles = [
    shared,
    css`
      :host { display: block; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; margin: 0.2rem 0 0.4rem; }
      caption { text-align: left; color: var(--dim); font-size: 0.9em; padding: 0.2rem 0; }
      th { text-align: left; font-size: 0.9em; color: var(--dim); font-weight: 600; padding: 0.1rem 0.6rem 0.1rem 0; }
      td { padding: 0.1rem 0.4rem 0.1rem 0; }
      input, select { font: 14px/1.5 var(--mono); }
      input[aria-invalid="true"] { border-color: var(--bad); outline-color: var(--bad); }
      td input { width: 100%; box-sizing: border-box; min-width: 5rem; }
      .fields { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; margin: 0.4rem 0; }
      label { display: inline-flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; color: var(--dim); font-size: 0.9em; max-width: 100%; }
      label input, label select { color: var(--ink); max-width: 100%; box-sizing: border-box; }
      .fixed { font: 13px/1.5 var(--mono); color: var(--dim); overflow-wrap: anywhere; }
      .away { border: 0; color: var(--dim); padding: 0.15rem 0.4rem; }
    `,
  ];

  /** Go to the first cell that is more than a name. */
  first() {
    const cells = [...this.renderRoot.querySelectorAll<HTMLElement>("input, select")];
    (cells.find((each) => each.title !== "a name") ?? cells[0])?.focus();
  }

  override render() {
    const cells = this.parts.flatMap((part, place) => (part.cell === null ? [] : [{ part, place, cell: part.cell }]));
    return html`${this.parts.map((part, place) => (part.table === null ? nothing : this.table(part.name, part.table, place)))}
      <div class="fields">
        ${cells.map(({ part, place, cell }) => html`<label>${part.name} ${this.cell(cell, (this.typed[place] as string) ?? "", `${place}`, part.name)}</label>`)}
      </div>`;
  }

  override updated(changed: PropertyValues<this>) {
    if (!changed.has("typed") || this.next === "") return;
    this.focusAt(this.next);
    this.next = "";
  }

  private table(name: string, rows: Rows, place: number): TemplateResult {
    const typed = (this.typed[place] as string[][]) ?? [];
    const keyed = rows.keys.length > 0;
    const like = (row: number) => rows.rows[row] ?? rows.blank;
    return html`<div class="wide">
        <table>
          <caption>${name}</caption>
          <thead>
            <tr>${keyed ? html`<th scope="col"></th>` : nothing}${rows.columns.map((column) => html`<th scope="col">${column}</th>`)}${rows.most > rows.least ? html`<td></td>` : nothing}</tr>
          </thead>
          <tbody>
            ${typed.map(
              (texts, row) => html`<tr>
                ${keyed ? html`<th scope="row">${rows.keys[row]}</th>` : nothing}
                ${texts.map((text, column) => html`<td>${this.cell(like(row)[column]!, text, `${place} ${row} ${column}`, words.of(rows.columns[column], rows.keys[row] ?? (texts[0] || words.row(row + 1))))}</td>`)}
                ${rows.most > rows.least ? html`<td><button class="away" aria-label=${words.takeAwayOf(texts[0] || words.row(row + 1))} title=${words.takeAway} @click=${() => this.takeAway(place, row)}>✕</button></td>` : nothing}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${rows.most > rows.least ? html`<button @click=${() => this.add(place, rows)} ?disabled=${typed.length >= rows.most}>${words.addARowTo(name)}</button>` : nothing}`;
  }

  private cell(cell: Cell, text: string, where: string, name: string): TemplateResult {
    if (cell.says === "") return html`<span class="fixed">${text}</span>`;
    if (cell.options.length)
      return html`<select aria-label=${name} data-where=${where} @change=${(event: Event) => this.type(event, where)} @keydown=${this.key}>
        ${cell.options.map((option) => html`<option value=${option} ?selected=${option === text}>${option || words.nothing}</option>`)}
      </select>`;
    const wrong = this.wrong !== "" && this.last === where;
    return html`<input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      size=${Math.max(7, Math.min(28, text.length + 2))}
      aria-label=${name}
      aria-invalid=${wrong}
      title=${cell.says}
      data-where=${where}
      .value=${live(text)}
      @input=${(event: Event) => this.type(event, where)}
      @change=${() => this.dispatchEvent(new CustomEvent("left"))}
      @keydown=${this.key}
    />`;
  }

  private type(event: Event, where: string) {
    const [place, row, column] = where.split(" ").map(Number) as [number, number?, number?];
    const { value } = event.target as HTMLInputElement;
    const part = this.typed[place];
    const changed = row === undefined || typeof part === "string" ? value : part!.map((texts, index) => (index === row ? texts.map((text, at) => (at === column ? value : text)) : texts));
    this.edit(place, changed, where);
  }

  private add(place: number, rows: Rows) {
    const typed = this.typed[place] as string[][];
    const like = typed.at(-1) ?? rows.blank.map((cell) => cell.text);
    const taken = new Set(typed.map((texts) => texts[0]));
    let name = like[0] ?? "";
    for (let number = typed.length; rows.blank[0]?.says === "a name" && taken.has(name); number += 1) name = `${name.replace(/\d+$/, "")}${number}`;
    this.next = `${place} ${typed.length} ${Math.min(1, like.length - 1)}`;
    this.edit(place, [...typed, [name, ...like.slice(1)]], `${place} added ${typed.length}`);
  }

  private takeAway(place: number, row: number) {
    const typed = this.typed[place] as string[][];
    this.next = `${place} ${Math.max(0, row - 1)} 0`;
    this.edit(place, typed.filter((_, index) => index !== row), `${place} without ${row}`);
  }

  private edit(place: number, changed: string | string[][], where: string) {
    this.last = where;
    const typed = this.typed.map((each, index) => (index === place ? changed : each));
    this.dispatchEvent(new CustomEvent<Edited>("edit", { detail: { typed, where } }));
  }

  /** Up and down lead to the same column of the next row; so does Enter. */
  private key = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const by = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    const [place, row, column] = target.dataset.where!.split(" ").map(Number);
    if (by === undefined || row === undefined || (target.localName === "select" && event.key !== "Enter") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.focusAt(`${place} ${row + by} ${column}`)) event.preventDefault();
  };

  private focusAt(where: string): boolean {
    const found = this.renderRoot.querySelector<HTMLInputElement>(`[data-where="${where}"]`);
    found?.focus();
    found?.select?.();
    return found !== null;
  }
}
