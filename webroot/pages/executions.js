// Every execution, the newest first, as it happens.

import { api, all } from "../api.js";
import { fill, h, keyed, perFrame } from "../dom.js";
import { Collection, terminal } from "../fold.js";
import { plural } from "../format.js";
import { keepQuery } from "../router.js";
import { empty, failure, skeleton, startLink } from "../components/blank.js";
import { chooseScenario } from "../components/chooser.js";
import { executionRow } from "../components/executionRow.js";
import { searchBox, segmented, select } from "../components/filters.js";
import { icon } from "../components/icons.js";

const PAGE = 50;
const STATES = {
  active: ["pending", "acked", "running"],
  ended: ["finished", "cancelled", "timeout"],
};
const STATE_CHOICES = [
  ["", "All"],
  ["active", "Active"],
  ["ended", "Ended"],
];
const RESULT_CHOICES = [
  ["", "Any result"],
  ["ok", "ok"],
  ["failed", "failed"],
  ["partial", "partial"],
  ["inconclusive", "inconclusive"],
];

export function executionsPage({ query, live, session }) {
  const filter = { state: query.state ?? "", result: query.result ?? "", scenario: query.scenario ?? "", branch: query.branch ?? "" };
  const executions = new Collection();
  let next = null;
  let loading = null;

  const list = h("ul", { class: "rows" });
  const rows = keyed(list, (e) => e.id, () => executionRow(session.may("runner")));
  const body = h("div", { class: "panel" }, skeleton());
  const summary = h("p", { class: "muted", role: "status" });
  const more = h("button", { class: "button more", type: "button", on: { click: loadMore } }, "Load more");
  const scenarios = h("span", {});
  const render = perFrame(show);

  const element = h(
    "div",
    { class: "page" },
    h(
      "header",
      { class: "page-head" },
      h("div", {}, h("h1", {}, "Executions"), summary),
      session.may("runner") &&
        h("button", { class: "button primary", type: "button", on: { click: chooseScenario } }, icon("play"), "Start"),
    ),
    h(
      "div",
      { class: "filters" },
      segmented("State", STATE_CHOICES, filter.state, (state) => narrow({ state })),
      select("Result", RESULT_CHOICES, filter.result, (result) => narrow({ result })),
      scenarios,
      searchBox("Branch", filter.branch, (branch) => narrow({ branch })),
    ),
    body,
  );

  loadScenarios();
  const unwatch = live.watch("executions", {
    sync: load,
    delta(data) {
      executions.merge(data.executions ?? []);
      render();
    },
  });

  function narrow(change) {
    Object.assign(filter, change);
    keepQuery(filter);
    load(true);
  }

  function wanted() {
    return {
      state: filter.state && STATES[filter.state].join(","),
      result: filter.result,
      scenario: filter.scenario,
      branch: filter.branch,
      sort: "-id",
    };
  }

  async function load(anew = false) {
    loading?.abort();
    const mine = (loading = new AbortController());
    if (anew) fill(body, skeleton());
    executions.loading();
    try {
      const most = Math.max(PAGE, anew ? 0 : Math.min(executions.size, 500));
      const page = await api.get("/executions", { ...wanted(), limit: most }, { signal: mine.signal });
      executions.reset(page.items);
      next = page.next;
      fill(body, list, more);
      show();
    } catch (e) {
      if (e.name !== "AbortError") fill(body, failure(e, () => load(true)));
    }
  }

  async function loadMore() {
    more.disabled = true;
    try {
      const page = await api.get("/executions", { ...wanted(), limit: PAGE, after: next });
      executions.add(page.items);
      next = page.next;
      show();
    } finally {
      more.disabled = false;
    }
  }

  async function loadScenarios() {
    const { items } = await all("/scenarios", { sort: "name" }, 1000).catch(() => ({ items: [] }));
    const choices = [["", "Any scenario"], ...items.map((s) => [s.id, s.name])];
    fill(scenarios, select("Scenario", choices, filter.scenario, (scenario) => narrow({ scenario })));
  }

  function show() {
    const shown = executions.values().filter(fits).sort(newestFirst);
    rows.show(shown);
    more.hidden = !next;
    const active = shown.filter((e) => !terminal(e.state)).length;
    fill(summary, active > 0 ? `${plural(active, "execution")} at work` : "Nothing at work");
    if (!list.isConnected) return;
    list.hidden = shown.length === 0;
    body.querySelector(".blank")?.remove();
    if (shown.length === 0) body.prepend(nothing());
  }

  function fits(e) {
    return (
      (!filter.state || STATES[filter.state].includes(e.state)) &&
      (!filter.result || e.result === filter.result) &&
      (!filter.scenario || e.scenarioId === filter.scenario) &&
      (!filter.branch || e.source?.branch === filter.branch)
    );
  }

  function nothing() {
    const narrowed = Object.values(filter).some(Boolean);
    return narrowed
      ? empty("search", "No execution fits", "Widen the filters to see more.")
      : empty("list", "No executions yet", "Start a scenario here, from the command line or from your CI.", startLink("The first steps"));
  }

  return {
    element,
    close() {
      unwatch();
      loading?.abort();
      rows.close();
    },
  };
}

function newestFirst(a, b) {
  return a.id < b.id ? 1 : -1;
}
