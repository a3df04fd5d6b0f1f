// Which scenario to start, with parameters and priority if wanted.

import { api, all } from "../api.js";
import { fill, h } from "../dom.js";
import { go } from "../router.js";
import { dialog } from "./dialog.js";
import { empty, failure, skeleton } from "./blank.js";
import { searchBox } from "./filters.js";
import { icon } from "./icons.js";
import { attempt } from "./toast.js";

const MOST = 1000;

/** Starts a scenario and goes to its execution. */
export async function run(scenario, button, order = {}) {
  const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  const execution = await attempt(button, () =>
    api.post("/executions", { scenario: scenario.id, ...order }, { headers: { "Idempotency-Key": key } }),
  );
  if (execution) go(`/executions/${encodeURIComponent(execution.id)}`);
  return execution;
}

export function chooseScenario() {
  const list = h("ul", { class: "choices" });
  const body = h("div", { class: "chooser" }, skeleton(4));
  const close = dialog("Start an execution", body);
  load();

  async function load() {
    try {
      const { items } = await all("/scenarios", { sort: "name" }, MOST);
      const search = searchBox("Find a scenario", "", (wanted) => show(items, wanted));
      fill(body, search, list);
      show(items, "");
      search.querySelector("input").focus();
    } catch (e) {
      fill(body, failure(e, load));
    }
  }

  function show(items, wanted) {
    const low = wanted.toLowerCase();
    const fit = items.filter((s) => `${s.name} ${s.description ?? ""}`.toLowerCase().includes(low));
    fill(
      list,
      fit.map(choice),
      fit.length === 0 && empty("flask", "No scenario", wanted ? `None has “${wanted}” in its name.` : "Apply some first: cta apply -f FILE"),
    );
  }

  function choice(scenario) {
    const button = h(
      "button",
      {
        class: "choice",
        type: "button",
        on: {
          click: async () => {
            if (await run(scenario, button)) close();
          },
        },
      },
      h("span", { class: "choice-name" }, scenario.name),
      h("span", { class: "choice-detail" }, scenario.description || `${scenario.suite} on ${scenario.configuration}`),
      icon("play"),
    );
    return h("li", {}, button);
  }
}
