// What can be run, and how it went the last time.

import { api, all } from "../api.js";
import { fill, h, keyed, perFrame } from "../dom.js";
import { Collection, look } from "../fold.js";
import { plural } from "../format.js";
import { mark } from "../components/badge.js";
import { empty, failure, skeleton, startLink } from "../components/blank.js";
import { run } from "../components/chooser.js";
import { since } from "../components/clock.js";
import { searchBox } from "../components/filters.js";
import { icon } from "../components/icons.js";

const MOST = 1000;
const HISTORY = 8;
const AT_ONCE = 4;

export function scenariosPage({ live, session }) {
  let scenarios = [];
  let search = "";
  const last = new Collection();
  const list = h("ul", { class: "rows" });
  const rows = keyed(list, (s) => s.id, () => scenarioRow(session, history));
  const body = h("div", { class: "panel" }, skeleton());
  const summary = h("p", { class: "muted", role: "status" });
  const render = perFrame(show);
  let closed = false;

  const element = h(
    "div",
    { class: "page" },
    h("header", { class: "page-head" }, h("div", {}, h("h1", {}, "Scenarios"), summary)),
    h(
      "div",
      { class: "filters" },
      searchBox("Find a scenario", "", (value) => {
        search = value.toLowerCase();
        show();
      }),
    ),
    body,
  );

  const unwatch = live.watch("executions", {
    sync: load,
    delta(data) {
      last.merge(data.executions ?? []);
      render();
    },
  });

  async function load() {
    try {
      scenarios = (await all("/scenarios", { sort: "name" }, MOST)).items;
      fill(body, scenarios.length > 0 ? list : nothing());
      show();
      await loadHistories(scenarios.map((s) => s.id));
    } catch (e) {
      if (!closed) fill(body, failure(e, load));
    }
  }

  /** The last executions of each, a few scenarios at a time. */
  async function loadHistories(ids) {
    const waiting = [...ids];
    const worker = async () => {
      for (let id = waiting.shift(); id && !closed; id = waiting.shift()) {
        const page = await api.get("/executions", { scenario: id, sort: "-id", limit: HISTORY });
        last.merge(page.items);
        render();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  function history(scenario) {
    return last
      .values()
      .filter((e) => e.scenarioId === scenario.id)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, HISTORY);
  }

  function show() {
    const fit = scenarios.filter((s) => `${s.name} ${s.description ?? ""}`.toLowerCase().includes(search));
    rows.show(fit);
    fill(summary, plural(fit.length, "scenario"));
  }

  return {
    element,
    close() {
      closed = true;
      unwatch();
      rows.close();
    },
  };
}

function nothing() {
  return empty("flask", "No scenarios yet", "Write one in YAML and apply it: cta apply -f FILE", startLink("Or run a first one"));
}

function scenarioRow(session, history) {
  const element = h("li", { class: "row scenario-row" });
  const clocks = [];
  let shown = "";
  return {
    element,
    update(scenario) {
      const runs = history(scenario);
      const key = JSON.stringify([scenario, runs.map((e) => [e.id, e.state, e.result])]);
      if (key === shown) return;
      shown = key;
      clocks.splice(0).forEach((clock) => clock.close());
      const at = h("time", { class: "cell-at" });
      const clock = since(at);
      clock.update(runs[0]?.requestedAt);
      clocks.push(clock);
      fill(element, content(scenario, runs, at, session));
    },
    close: () => clocks.forEach((clock) => clock.close()),
  };
}

function content(scenario, runs, at, session) {
  const button = h(
    "button",
    { class: "button", type: "button", "aria-label": `Run ${scenario.name}`, on: { click: () => run(scenario, button) } },
    icon("play"),
    "Run",
  );
  return [
    h(
      "span",
      { class: "cell-name" },
      h("a", { class: "row-title", href: `#/executions?scenario=${encodeURIComponent(scenario.id)}` }, scenario.name),
      h("span", { class: "row-note" }, scenario.description || `${scenario.suite} on ${scenario.configuration}`),
    ),
    h(
      "span",
      { class: "cell-history", "aria-label": "Last executions, the newest first" },
      runs.length === 0 && h("span", { class: "muted" }, "never run"),
      runs.map((e) => h("a", { href: `#/executions/${encodeURIComponent(e.id)}` }, mark(look(e.state, e.result)))),
    ),
    at,
    h("span", { class: "cell-schedule" }, scenario.schedule && [icon("timeout", "Schedule"), scenario.schedule.cron]),
    h("span", { class: "cell-action" }, session.may("runner") && button),
  ];
}
