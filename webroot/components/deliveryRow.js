// A message, how far it has come, and a button that sends it once more.

import { api } from "../api.js";
import { h } from "../dom.js";
import { moment, plural, shortId } from "../format.js";
import { icon } from "./icons.js";
import { attempt } from "./toast.js";

/** `linked`: with the way to its execution, for lists beside which that does not stand. */
export function deliveryRow(session, delivery, linked = false) {
  const last = delivery.attempts.at(-1);
  const said = last && [last.status && `HTTP ${last.status}`, last.text].filter(Boolean).join(" ");
  const kind = { delivered: "ok", failed: "failed" }[delivery.state] ?? "running";
  const again = () =>
    attempt(button, () => api.post(`/deliveries/${encodeURIComponent(delivery.id)}/redeliver`), "It is sent once more");
  const button = h("button", { class: "button small", type: "button", on: { click: again } }, "Redeliver");
  return h(
    "li",
    {},
    h("span", { class: `badge look-${kind}` }, icon(kind), delivery.state),
    h("span", {}, delivery.channelName),
    linked && h("a", { href: `#/executions/${encodeURIComponent(delivery.executionId)}` }, shortId(delivery.executionId)),
    linked && h("span", { class: "muted" }, moment(delivery.endedAt)),
    h("span", { class: "muted" }, [plural(delivery.attempts.length, "attempt"), said].filter(Boolean).join(" · ")),
    delivery.nextAt && h("span", { class: "muted" }, `next ${moment(delivery.nextAt)}`),
    session.may("runner") && delivery.state !== "waiting" && delivery.handler >= 0 && !delivery.jenkinsBuild && button,
  );
}
