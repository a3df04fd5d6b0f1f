// What happens after an execution: each handler with its outcome, the messages, and the chain.

import { api } from "../api.js";
import { fill, h } from "../dom.js";
import { look, terminal } from "../fold.js";
import { moment, plural, shortId } from "../format.js";
import { allOutcomes, chainRows, handlerLook, handlerText, handlerWord } from "../handlers.js";
import { badge } from "./badge.js";
import { deliveryRow } from "./deliveryRow.js";
import { icon } from "./icons.js";
import { attempt } from "./toast.js";

const MOST_DELIVERIES = 100;

export function afterPanel(session) {
  const handlers = h("ol", { class: "after-list" });
  const chain = h("ul", { class: "chain-list", "aria-label": "Chain of executions" });
  const element = h(
    "section",
    { class: "panel after-panel", "aria-label": "Then" },
    h("header", { class: "panel-head" }, h("h2", {}, "Then")),
    handlers,
    chain,
  );
  element.hidden = true;
  let shown = "";
  let asked = "";
  let closed = false;

  /** Reads the chain anew when the execution has come farther. */
  async function loadChain(execution) {
    const started = (execution.after ?? []).map((o) => o.executionId).filter(Boolean);
    const key = JSON.stringify([execution.id, execution.chain, started, terminal(execution.state)]);
    if (key === asked || (!execution.chain && started.length === 0)) return;
    asked = key;
    try {
      const tree = await api.get(`/executions/${encodeURIComponent(execution.id)}/chain`);
      if (!closed) fill(chain, chainRows(tree.executions).map((e) => chainRow(e, execution.id)), tree.cut && more());
    } catch {
      asked = ""; // the next change asks again
    }
  }

  return {
    element,
    update(execution) {
      const outcomes = allOutcomes(execution);
      element.hidden = outcomes.length === 0 && !execution.chain;
      const key = JSON.stringify([execution.id, outcomes]);
      if (key !== shown) {
        shown = key;
        const defined = execution.snapshot?.scenario?.after ?? [];
        fill(handlers, outcomes.map((o) => handlerRow(session, defined[o.handler], o)));
      }
      loadChain(execution);
    },
    close() {
      closed = true;
    },
  };
}

function handlerRow(session, handler, outcome) {
  const kind = handlerLook(outcome.state);
  const messages = h("ul", { class: "delivery-list" });
  const ids = outcome.deliveries ?? [];
  const show = () =>
    attempt(open, async () => {
      const found = await Promise.all(
        ids.slice(0, MOST_DELIVERIES).map((id) => api.get(`/deliveries/${encodeURIComponent(id)}`)),
      );
      fill(messages, found.map((d) => deliveryRow(session, d)));
    });
  const open = h("button", { class: "button small", type: "button", on: { click: show } }, plural(ids.length, "message"));
  return h(
    "li",
    { class: "after-row" },
    h("span", { class: `badge look-${kind}` }, icon(kind), handlerWord(outcome.state)),
    h("span", { class: "after-what" }, handlerText(handler, outcome)),
    h("span", { class: "muted", title: moment(outcome.at) }, outcome.text),
    outcome.executionId &&
      h("a", { href: `#/executions/${encodeURIComponent(outcome.executionId)}` }, shortId(outcome.executionId)),
    outcome.jenkinsBuild?.url && h("a", { href: outcome.jenkinsBuild.url, target: "_blank", rel: "noopener noreferrer" }, "Jenkins"),
    ids.length > 0 && open,
    messages,
  );
}

function chainRow(execution, current) {
  const mine = execution.id === current;
  const cut = execution.after.some((o) => o.state === "loopCut");
  return h(
    "li",
    { vars: { level: execution.level }, "aria-current": mine ? "true" : null },
    badge(look(execution.state, execution.result)).element,
    mine
      ? h("strong", {}, execution.scenarioName)
      : h("a", { href: `#/executions/${encodeURIComponent(execution.id)}` }, execution.scenarioName),
    h("span", { class: "row-id" }, shortId(execution.id)),
    cut && h("span", { class: "muted" }, "the chain was cut off here"),
  );
}

function more() {
  return h("li", { class: "muted" }, "and more, which are not shown");
}
