// The results of an execution, failed first, a page at a time.

import { api } from "../api.js";
import { fill, h, keyed, perFrame } from "../dom.js";
import { Collection, RESULTS } from "../fold.js";
import { count } from "../format.js";
import { empty, failure, skeleton } from "./blank.js";
import { searchBox, segmented } from "./filters.js";
import { icon } from "./icons.js";
import { statusRow } from "./statusRow.js";

const PAGE = 100;
const MOST_LIVE = 1_000;
const CHOICES = [
  ["", "All"],
  ["failed", "Failed", "failed"],
  ["partial", "Partial", "partial"],
  ["inconclusive", "Inconclusive", "inconclusive"],
  ["ok", "Ok", "ok"],
];

/** @param onStatuses told of everything that is read, for those who fold it */
export function statuses(executionId, onStatuses) {
  const filter = { result: "", text: "", testId: null, testName: null, taskId: null };
  const items = new Collection();
  // results still to be read, each by its own pages
  let chain = [];
  let loading = null;
  const list = h("ul", { class: "rows" });
  const rows = keyed(list, (s) => s.id, () => statusRow(executionId));
  const more = h("button", { class: "button more", type: "button", on: { click: () => load() } }, "Load more");
  const body = h("div", {}, skeleton(3));
  const picked = h("span", {});
  const foot = h("p", { class: "muted list-foot", role: "status" });
  const render = perFrame(show);
  const element = h(
    "section",
    { class: "panel statuses", "aria-label": "Results" },
    h(
      "header",
      { class: "panel-head" },
      h("h2", {}, "Results"),
      segmented("Result", CHOICES, "", (result) => narrow({ result })),
      searchBox("Filter what is loaded", "", (text) => {
        filter.text = text.toLowerCase();
        render();
      }),
      picked,
    ),
    body,
    foot,
  );

  function narrow(change) {
    Object.assign(filter, change);
    showPicked();
    return reload();
  }

  function reload() {
    chain = (filter.result ? [filter.result] : RESULTS).map((result) => ({ result, after: undefined }));
    items.loading();
    return load(true);
  }

  /** Reads a page, over the border between results if need be. */
  async function load(anew = false) {
    loading?.abort();
    const mine = (loading = new AbortController());
    more.disabled = true;
    const found = [];
    try {
      while (chain.length > 0 && found.length < PAGE) {
        const { result, after } = chain[0];
        const query = { result, after, limit: PAGE, testId: filter.testId, taskId: filter.taskId };
        const page = await api.get(`/executions/${encodeURIComponent(executionId)}/statuses`, query, { signal: mine.signal });
        found.push(...page.items);
        if (page.next) chain[0].after = page.next;
        else chain.shift();
      }
      if (anew) items.reset(found);
      else items.add(found);
      onStatuses(found);
      fill(body, list, more);
      show();
    } catch (e) {
      if (e.name !== "AbortError") fill(body, failure(e, reload));
    } finally {
      more.disabled = false;
    }
  }

  function show() {
    if (!list.isConnected) return;
    const shown = items.values().filter(fits).sort(failedFirst);
    rows.show(shown);
    more.hidden = chain.length === 0;
    body.querySelector(".blank")?.remove();
    if (shown.length === 0) body.prepend(nothing(items.size));
    fill(foot, shown.length > 0 && `${count(shown.length)} shown${chain.length > 0 ? ", more in store" : ""}`);
  }

  function fits(s) {
    return (
      (!filter.result || s.result === filter.result) &&
      (!filter.testId || s.testId === filter.testId) &&
      (!filter.taskId || s.taskId === filter.taskId) &&
      (!filter.text || `${s.testName} ${s.name} ${s.message} ${s.machineName}`.toLowerCase().includes(filter.text))
    );
  }

  function showPicked() {
    fill(
      picked,
      filter.testId &&
        h(
          "button",
          { class: "chip chip-clear", type: "button", title: "Show all tests", on: { click: () => narrow({ testId: null, taskId: null }) } },
          filter.testName,
          icon("close"),
        ),
    );
  }

  return {
    element,
    reload,
    heard(views) {
      if (items.size < MOST_LIVE) {
        items.merge(views.map((view) => ({ ...view, cut: true })));
        render();
      }
    },
    pick: (taskId, testId, testName) => narrow({ taskId, testId, testName }),
    close() {
      loading?.abort();
      rows.close();
    },
  };
}

function failedFirst(a, b) {
  const by = RESULTS.indexOf(a.result) - RESULTS.indexOf(b.result);
  return by !== 0 ? by : a.id < b.id ? -1 : 1;
}

function nothing(loaded) {
  return loaded > 0
    ? empty("search", "Nothing fits", "Only what is loaded is searched; load more below.")
    : empty("pending", "No results yet", "They appear here as tests report them.");
}
