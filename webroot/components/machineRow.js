// One machine of the fleet; opens to what is known about it.

import { attr, fill, h, text } from "../dom.js";
import { bytes, plural, shortId } from "../format.js";
import { since } from "./clock.js";
import { icon } from "./icons.js";
import { editMachine } from "./machineEdit.js";

const HEALTH = {
  active: "active",
  draining: "draining",
  maintenance: "maintenance",
  quarantined: "quarantined",
  retired: "retired",
};

export function machineRow({ session, onEdited }) {
  let machine = null;
  const name = h("span", { class: "row-title" });
  const host = h("span", { class: "row-note" });
  const presence = h("span", { class: "presence" });
  const health = h("span", { class: "health" });
  const slots = h("span", { class: "cell-slots" });
  const load = h("span", { class: "cell-load" });
  const tasks = h("span", { class: "cell-tasks" });
  const labels = h("span", { class: "cell-labels" });
  const details = h("div", { class: "row-details" });
  details.hidden = true;
  const seen = h("time", {});
  const seenClock = since(seen);
  const toggle = h(
    "button",
    { class: "ghost toggle", type: "button", "aria-expanded": "false", on: { click: open } },
    icon("chevron"),
  );
  const element = h(
    "li",
    { class: "row-group" },
    h(
      "div",
      { class: "row machine-row" },
      toggle,
      h("span", { class: "cell-name" }, h("span", {}, presence, name), host),
      health,
      slots,
      load,
      tasks,
      labels,
    ),
    details,
  );

  function open() {
    details.hidden = !details.hidden;
    attr(toggle, "aria-expanded", String(!details.hidden));
    if (!details.hidden) showDetails();
  }

  function showDetails() {
    fill(
      details,
      h(
        "dl",
        { class: "facts" },
        pairs(machine.properties, "set by people"),
        pairs(machine.facts),
        fact("agent", machine.agentVersion),
        fact("free disk", machine.activity && bytes(machine.activity.diskFree)),
        fact("last seen", machine.lastSeenAt && seen),
        fact("groups", machine.groups?.join(", ")),
        fact("note", machine.healthNote),
        fact("to notice", machine.notices?.join("; ") || undefined),
      ),
      session.may("maintainer") &&
        h(
          "button",
          { class: "button", type: "button", on: { click: () => editMachine(machine.id, onEdited) } },
          icon("edit"),
          "Edit",
        ),
    );
  }

  return {
    element,
    update(next) {
      machine = next;
      text(name, next.name);
      text(host, next.hostname && next.hostname !== next.name ? next.hostname : (next.facts?.os?.[0] ?? next.ip ?? ""));
      attr(toggle, "aria-label", `Details of ${next.name}`);
      presence.dataset.presence = next.presence;
      attr(presence, "title", next.presence);
      fill(presence, h("span", { class: "visually-hidden" }, next.presence));
      showHealth(health, next);
      showWork(slots, load, tasks, next);
      fill(labels, (next.labels ?? []).map((label) => h("span", { class: "chip" }, label)));
      seenClock.update(next.lastSeenAt);
      if (!details.hidden) showDetails();
    },
    close: () => seenClock.close(),
  };
}

function showHealth(element, m) {
  const leaving = m.activity?.leaving && m.presence === "online";
  const word = m.presence === "offline" && m.health === "active" ? "offline" : leaving ? "leaving" : HEALTH[m.health];
  element.dataset.health = word;
  attr(element, "title", [m.healthNote, ...(m.notices ?? [])].filter(Boolean).join("; ") || undefined);
  text(element, m.notices?.length ? `${word} !` : word);
}

function showWork(slots, load, tasks, m) {
  const running = m.activity?.tasks ?? [];
  const all = m.slots ?? 1;
  const pips = all <= 8 ? Array.from({ length: all }, (_, i) => h("i", { class: i < running.length ? "pip on" : "pip" })) : [];
  fill(slots, pips.length > 0 && h("span", { class: "pips", "aria-hidden": "true" }, pips), h("span", {}, `${running.length}/${all}`));
  attr(slots, "title", `${running.length} of ${plural(all, "slot")} in use`);
  const value = m.presence === "online" ? (m.activity?.load ?? -1) : -1;
  text(load, value >= 0 ? `load ${value.toFixed(2)}` : "");
  fill(
    tasks,
    running.slice(0, 3).map((t) =>
      h("a", { class: `task-link look-${t.state}`, href: `#/executions/${encodeURIComponent(t.executionId)}` }, icon(t.state, t.state), shortId(t.executionId)),
    ),
    running.length > 3 && h("span", { class: "muted" }, `+${running.length - 3}`),
  );
}

function pairs(properties, origin) {
  return Object.entries(properties ?? {}).map(([key, values]) => fact(key, [values].flat().join(", "), origin));
}

function fact(key, value, origin) {
  if (value === null || value === undefined || value === "") return null;
  return h("div", { class: "fact", title: origin }, h("dt", {}, key), h("dd", {}, value));
}
