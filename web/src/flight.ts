// What is between the processes: messages in flight, who waits for an answer, and what the clauses remember of the run.

import { LitElement, css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Place } from "./places.js";
import { shared } from "./styles.js";
import { named, written } from "./value.js";
import { flight as words } from "./words.js";

@customElement("x-flight")
export class FlightView extends LitElement {
  @property({ attribute: false }) place!: Place;

  static override styles = [
    shared,
    css`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `,
  ];

  override render() {
    const { in_flight, calls, history } = this.place;
    return html`<section aria-label=${words.messagesCallsAndHistory}>
      <h2>${words.inFlight}</h2>
      ${in_flight.length === 0 ? html`<p class="dim">${words.nothing}</p>` : nothing}
      <dl>
        ${in_flight.map(
          (each) => html`<dt>${each.source} → ${each.to}</dt>
            <dd class="value">${each.messages.map((message) => html`<div>${written(message)}</div>`)}</dd>`,
        )}
      </dl>
      ${calls.length ? html`<h2>${words.waitingForAnAnswer}</h2>${calls.map((each) => html`<p class="value">${words.asks(each.user, each.at)}</p>`)}` : nothing}
      <details>
        <summary>${words.whatTheClausesRemember}</summary>
        <p class="value">${named(history)}</p>
      </details>
    </section>`;
  }
}
