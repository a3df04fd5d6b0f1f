// Every machine: is it there, is it well, what does it do.

import { all } from "../api.js";
import { fill, h, keyed, perFrame } from "../dom.js";
import { Collection } from "../fold.js";
import { plural } from "../format.js";
import { empty, failure, skeleton, startLink } from "../components/blank.js";
import { searchBox, segmented } from "../components/filters.js";
import { machineRow } from "../components/machineRow.js";

const MOST = 5_000;
const SHOWN = 300;
const CHOICES = [
  ["", "All"],
  ["online", "Online"],
  ["busy", "Busy"],
  ["attention", "Need attention"],
];

export function fleetPage({ query, live, session }) {
  const machines = new Collection();
  const activity = new Map();
  let search = query.q ?? "";
  let choice = "";
  const list = h("ul", { class: "rows" });
  const rows = keyed(list, (m) => m.id, () => machineRow({ session, onEdited: (m) => changed([m]) }));
  const body = h("div", { class: "panel" }, skeleton());
  const tiles = h("div", { class: "tiles" });
  const render = perFrame(show);

  const element = h(
    "div",
    { class: "page" },
    h("header", { class: "page-head" }, h("h1", {}, "Fleet")),
    tiles,
    h(
      "div",
      { class: "filters" },
      segmented("Show", CHOICES, choice, (value) => {
        choice = value;
        show();
      }),
      searchBox("Name, label or property", search, (value) => {
        search = value;
        show();
      }),
    ),
    body,
  );

  const unwatch = live.watch("fleet", {
    sync: load,
    delta(data) {
      for (const view of data.activity ?? []) activity.set(view.machineId, view);
      changed(data.machines ?? []);
      left(data.gone ?? []);
    },
  });

  function left(gone) {
    for (const { id } of gone) {
      machines.delete(id);
      activity.delete(id);
    }
    if (gone.length > 0) render();
  }

  function changed(views) {
    machines.merge(views);
    render();
  }

  async function load() {
    machines.loading();
    try {
      machines.reset((await all("/machines", { sort: "name" }, MOST)).items);
      fill(body, list);
      show();
    } catch (e) {
      fill(body, failure(e, load));
    }
  }

  function show() {
    const everyone = machines.values().map((m) => ({ ...m, activity: activity.get(m.id) }));
    const fit = everyone.filter(fits).sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
    rows.show(fit.slice(0, SHOWN));
    showTiles(tiles, everyone);
    if (!list.isConnected) return;
    body.querySelector(".blank")?.remove();
    body.querySelector(".list-foot")?.remove();
    if (fit.length === 0) body.append(nothing(everyone.length));
    if (fit.length > SHOWN) {
      body.append(h("p", { class: "list-foot" }, `${fit.length - SHOWN} more: narrow the search to see them.`));
    }
  }

  function fits(m) {
    if (choice === "online" && m.presence !== "online") return false;
    if (choice === "busy" && !(m.activity?.tasks.length > 0)) return false;
    if (choice === "attention" && !needsAttention(m)) return false;
    return search === "" || searchable(m).includes(search.toLowerCase());
  }

  return {
    element,
    close() {
      unwatch();
      rows.close();
    },
  };
}

function needsAttention(m) {
  return m.health !== "retired" && (m.presence !== "online" || m.health !== "active");
}

function searchable(m) {
  const properties = Object.entries({ ...m.facts, ...m.properties });
  return [m.name, m.hostname, m.ip, ...(m.labels ?? []), ...properties.map(([k, v]) => `${k}=${[v].flat().join(",")}`)]
    .join(" ")
    .toLowerCase();
}

function showTiles(container, machines) {
  const online = machines.filter((m) => m.presence === "online");
  const slots = online.reduce((sum, m) => sum + (m.slots ?? 1), 0);
  const busy = machines.reduce((sum, m) => sum + (m.activity?.tasks.length ?? 0), 0);
  const attention = machines.filter(needsAttention).length;
  fill(
    container,
    tile("Online", `${online.length}`, `of ${plural(machines.length, "machine")}`),
    tile("At work", `${busy}`, `of ${plural(slots, "slot")}`),
    tile("Need attention", `${attention}`, attention === 0 ? "all well" : "offline or held back", attention > 0),
  );
}

function tile(label, value, detail, warn = false) {
  return h(
    "div",
    { class: `tile${warn ? " tile-warn" : ""}` },
    h("span", { class: "tile-label" }, label),
    h("span", { class: "tile-value" }, value),
    h("span", { class: "tile-detail" }, detail),
  );
}

function nothing(total) {
  return total === 0
    ? empty("machine", "No machines yet", "Start an agent on each.", startLink("How to connect one"))
    : empty("search", "No machine fits", "Widen the search to see more.");
}
