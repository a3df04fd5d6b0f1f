// States and results: always colour, shape and word together, never colour alone.

import { fill, h } from "../dom.js";
import { icon } from "./icons.js";

export const LABELS = {
  ok: "ok",
  failed: "failed",
  partial: "partial",
  inconclusive: "inconclusive",
  pending: "pending",
  acked: "taken",
  running: "running",
  cancelled: "cancelled",
  timeout: "timed out",
  finished: "finished",
  skipped: "skipped",
  flaky: "flaky",
};

/** A badge that can change: {element, update(look)}. */
export function badge(look) {
  const element = h("span", {});
  let shown = null;
  const update = (next) => {
    if (next === shown) return;
    shown = next;
    element.className = `badge look-${next}`;
    fill(element, icon(next), LABELS[next] ?? next);
  };
  if (look) update(look);
  return { element, update };
}

/** Only the icon, with its word for screen readers and as a tooltip. */
export function mark(look) {
  const label = LABELS[look] ?? look;
  return h("span", { class: `mark look-${look}`, title: label }, icon(look, label));
}
