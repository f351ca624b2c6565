// The page of a report: protocols, what was asked about each, and behind each row the run that shows it.

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "./drawn.js";
import "./trace.js";
import type { Coverage, Line, Protocol, Report, Scene } from "./types.js";
import { report as words } from "./words.js";

const SIGNS = { good: "✓", bad: "✗", open: "?" } as const;

@customElement("c-report")
export class ReportView extends LitElement {
  @property({ attribute: false }) report!: Report;
  @state() private open = new Set<string>();
  @state() private wanted = "";

  static override styles = css`
    :host { display: block; max-width: 90rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.3rem; margin: 0 0 0.3rem; }
    h2 { font-size: 1.05rem; margin: 2rem 0 0.3rem; }
    p { margin: 0.3rem 0; }
    code, .command { font: 13px var(--mono); overflow-wrap: anywhere; }
    .dim { color: var(--dim); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .open { color: var(--unknown); }
    .word { white-space: nowrap; font-weight: 600; }
    input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.25rem 0.6rem; width: min(24rem, 100%); box-sizing: border-box; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; }
    col.what { width: 26%; }
    col.verdict { width: 8.5rem; }
    col.numbers { width: 20%; }
    caption { text-align: left; color: var(--dim); padding-bottom: 0.4rem; }
    td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--faint); }
    th { font-weight: 600; }
    th[scope="row"] { font: 13px/1.6 var(--mono); overflow-wrap: anywhere; }
    td.numbers { color: var(--dim); font-size: 0.9em; }
    button.shows { font: inherit; color: var(--accent); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
    summary { cursor: pointer; margin: 0.5rem 0; }
    .scene > td { padding: 0.5rem 0 1.5rem; }
    @media (max-width: 40rem) {
      table, caption, tbody, tr, td, th { display: block; border: 0; padding: 0; }
      thead, colgroup { display: none; }
      tr { border-bottom: 1px solid var(--faint); padding: 0.4rem 0; }
    }
    @media print { input, button.shows { display: none; } }
  `;

  override connectedCallback() {
    super.connectedCallback();
    const first = this.report.protocols.flatMap((each) => each.lines).find((line) => line.tone === "bad" && line.scene !== null);
    if (first !== undefined) this.open = new Set([first.id]);
  }

  override render() {
    const { report } = this;
    return html`<main>
      <h1><span class=${report.tone}>${SIGNS[report.tone]} ${report.conclusion}</span></h1>
      <p>${report.totals}</p>
      <p class="dim"><code>${report.command}</code>${words.concordant(report.version)}</p>
      ${report.never_judged.map((line) => html`<p class="open">${line}</p>`)}
      <p><label>${words.showOnly} <input type="search" .value=${this.wanted} @input=${this.filter} placeholder=${words.aClauseAMistakeViolated} /></label></p>
      ${report.protocols.map((each) => this.protocol(each))}
    </main>`;
  }

  private protocol(protocol: Protocol): TemplateResult | typeof nothing {
    const lines = protocol.lines.filter((line) => this.fits(protocol, line));
    if (lines.length === 0) return nothing;
    return html`<section aria-label=${protocol.stem}>
      <h2>${protocol.stem} <span class="word ${protocol.tone}">${SIGNS[protocol.tone]} ${protocol.word}</span></h2>
      <div class="table"><table>
        <caption>${protocol.title}</caption>
        <colgroup><col class="what" /><col class="verdict" /><col /><col class="numbers" /></colgroup>
        <thead><tr><th scope="col">${words.what}</th><th scope="col">${words.verdict}</th><th scope="col">${words.sentence}</th><th scope="col">${words.judgedOn}</th></tr></thead>
        <tbody>${lines.map((line) => this.line(line))}</tbody>
      </table></div>
      ${protocol.coverage.length ? coverage(protocol.coverage) : nothing}
    </section>`;
  }

  private fits(protocol: Protocol, line: Line): boolean {
    const wanted = this.wanted.toLowerCase();
    return [protocol.stem, line.what, line.word, line.sentence].some((text) => text.toLowerCase().includes(wanted));
  }

  private line(line: Line): TemplateResult {
    const open = this.open.has(line.id);
    return html`<tr>
        <th scope="row">${line.what}</th>
        <td class="word ${line.tone}">${SIGNS[line.tone]} ${line.word}</td>
        <td>
          ${line.sentence} ${line.notes.map((note) => html`<div class="open">${note}</div>`)}
          ${line.scene === null
            ? nothing
            : html`<button class="shows" aria-expanded=${open} @click=${() => this.toggle(line.id)}>${open ? words.hide : words.show} ${shown(line.scene)}</button>`}
          ${line.tone === "good" ? nothing : html`<div class="command dim">${line.command}</div>`}
        </td>
        <td class="numbers">${line.numbers}</td>
      </tr>
      ${open && line.scene !== null ? html`<tr class="scene"><td colspan="4">${scene(line.scene)}</td></tr>` : nothing}`;
  }

  private toggle(id: string) {
    const open = new Set(this.open);
    if (!open.delete(id)) open.add(id);
    this.open = open;
  }

  private filter(event: InputEvent) {
    this.wanted = (event.target as HTMLInputElement).value;
  }
}

function coverage(rows: Coverage[]): TemplateResult {
  return html`<details class="coverage"><summary>${words.coverageWhatExploringCameTo}</summary>
    <div class="table"><table>
      <thead><tr><th scope="col">${words.what}</th><th scope="col">${words.cameAbout}</th><th scope="col">${words.under}</th><th scope="col">${words.never}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr>
        <th scope="row">${row.what}</th><td>${row.came}</td><td>${row.under}</td><td>${row.never.map((line) => html`<div class="open">${line}</div>`)}</td>
      </tr>`)}</tbody>
    </table></div>
  </details>`;
}

function shown(scene: Scene): string {
  return scene.kind === "trace" ? words.theRunOf(scene.moves.length, scene.moves.length === 1 ? words.move : words.moves) : words.theCase;
}

function scene(scene: Scene): TemplateResult {
  return scene.kind === "trace"
    ? html`<c-trace .trace=${scene}></c-trace>`
    : html`<c-drawn .drawn=${scene}></c-drawn>`;
}

const embedded = document.getElementById("report");
if (embedded !== null) {
  const view = document.createElement("c-report") as ReportView;
  view.report = JSON.parse(embedded.textContent ?? "null") as Report;
  document.body.append(view);
}
