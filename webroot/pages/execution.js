// One execution while it happens: machines and tests, results, output.

import { api, all } from "../api.js";
import { fill, h, perFrame } from "../dom.js";
import { afterPanel } from "../components/afterPanel.js";
import { Collection, TestResults, warningsOf } from "../fold.js";
import { empty, failure, skeleton } from "../components/blank.js";
import { executionHead } from "../components/executionHead.js";
import { artifacts } from "../components/artifacts.js";
import { lanes } from "../components/lanes.js";
import { logPane } from "../components/logPane.js";
import { statuses } from "../components/statuses.js";

const MOST_TASKS = 5_000;
const MOST_STATUSES = 3_000;
const LATER = 1_000;

export function executionPage({ params, live, session }) {
  const id = params.id;
  const path = `/executions/${encodeURIComponent(id)}`;
  const executions = new Collection(["snapshot"]);
  const tasks = new Collection(["testIds", "attemptTestIds"]);
  const names = new Map();
  let results = new TestResults();
  let picked = null;
  let pickedByHand = false;
  let loading = false;
  let soon = 0;
  let ended = 0;
  const abort = new AbortController();

  const head = executionHead(session);
  const grid = lanes(pick);
  const table = statuses(id, fold);
  const then = afterPanel(session);
  const files = artifacts(id);
  const log = logPane(live);
  const machines = h("section", { class: "panel", "aria-label": "Machines" }, h("header", { class: "panel-head" }, h("h2", {}, "Machines")), grid.element);
  const content = h(
    "div",
    { class: "execution-body" },
    h("div", { class: "execution-main" }, machines, then.element, table.element, files.element),
    log.element,
  );
  const element = h("div", { class: "page" }, skeleton(8));
  const render = perFrame(show);

  const unwatch = live.watch(`execution.${id}`, {
    sync: load,
    delta(data) {
      executions.merge(data.executions ?? []);
      tasks.merge(data.tasks ?? []);
      fold(data.statuses ?? []);
      table.heard(data.statuses ?? []);
      // the feed leaves out what a task consists of; REST says it for new ones
      if ((data.tasks ?? []).some((t) => !tasks.get(t.id).testIds)) loadSoon();
      render();
    },
  });

  function loadSoon() {
    soon ||= setTimeout(load, loading ? LATER : 0);
  }

  async function load() {
    clearTimeout(soon);
    soon = 0;
    loading = true;
    executions.loading();
    tasks.loading();
    try {
      const signal = abort.signal;
      const [execution, found, fleet] = await Promise.all([
        api.get(path, {}, { signal }),
        all(`${path}/tasks`, {}, MOST_TASKS, signal),
        all("/machines", {}, 1000, signal).catch(() => ({ items: [] })),
      ]);
      for (const machine of fleet.items) names.set(machine.id, machine.name);
      executions.reset([execution]);
      tasks.reset(found.items);
      if (!content.isConnected) fill(element, head.element, content);
      show();
      loading = false;
      await Promise.all([table.reload(), files.reload(), loadResults(found.items, signal)]);
      show();
    } catch (e) {
      loading = false;
      if (e.name === "AbortError") return;
      fill(element, e.status === 404 ? empty("search", "No such execution", id) : failure(e, load));
    }
  }

  /** What the cells need and the table does not read: see {@link neededResults}. */
  async function loadResults(found, signal) {
    results = new TestResults();
    for (const query of neededResults(found)) {
      const page = await all(`${path}/statuses`, query, MOST_STATUSES, signal);
      fold(page.items);
    }
  }

  function fold(found) {
    for (const status of found) {
      results.add(status);
      if (status.machineName) names.set(status.machineId, status.machineName);
    }
    if (found.length > 0) render();
  }

  function show() {
    const execution = executions.get(id);
    if (!execution || !content.isConnected) return;
    head.update(execution);
    then.update(execution);
    const found = tasks.values();
    if (!pickedByHand || !tasks.get(picked?.taskId)) picked = choose(found, picked);
    const tests = execution.snapshot?.tests ?? [];
    grid.update({ tasks: found, names, tests, results, picked: pickedByHand ? picked : null });
    showLog(tests);
    showFiles(found);
  }

  /** Files come with the end of an attempt. */
  function showFiles(found) {
    const now = found.reduce((sum, t) => sum + (t.attempts?.length ?? 0), 0);
    if (now !== ended && ended > 0) files.reload();
    ended = now || ended;
    files.warn(warningsOf(found));
  }

  function showLog(tests) {
    const task = picked && tasks.get(picked.taskId);
    log.element.hidden = !task;
    if (!task) return;
    const machine = names.get(task.machineId);
    const ids = task.testIds ?? [];
    const what = ids.length === 1 ? (tests.find((t) => t.id === ids[0])?.name ?? ids[0]) : "Output";
    log.show(task, machine ? `${what} on ${machine}` : what);
  }

  function pick(taskId, testId) {
    const same = pickedByHand && picked.taskId === taskId && picked.testId === testId;
    pickedByHand = !same;
    picked = same ? { taskId } : { taskId, testId };
    const test = executions.get(id).snapshot?.tests?.find((t) => t.id === testId);
    files.pick(same ? null : taskId, same ? null : testId);
    table.pick(same ? null : taskId, same ? null : testId, test?.name ?? testId);
    show();
  }

  return {
    element,
    close() {
      clearTimeout(soon);
      abort.abort();
      unwatch();
      head.close();
      then.close();
      grid.close();
      table.close();
      files.close();
      log.close();
    },
  };
}

/** Whose output shows until somebody picks: what runs, else what failed, else the first. */
export function choose(tasks, current) {
  const sorted = [...tasks].sort((a, b) => a.ordinal - b.ordinal);
  const known = sorted.find((t) => t.id === current?.taskId);
  if (known && (known.state === "running" || !sorted.some((t) => t.state === "running"))) return { taskId: known.id };
  const next =
    sorted.find((t) => t.state === "running") ?? sorted.find((t) => t.result && t.result !== "ok") ?? sorted[0];
  return next ? { taskId: next.id } : null;
}

/**
 * The statuses that say how tests look. Tasks of one test speak for themselves, and of a task that
 * is over the server says which tests are not ok; of repeated attempts all is read, to mark what is
 * flaky, and of tasks of several tests what is known while they run. Pure.
 */
export function neededResults(tasks) {
  const again = tasks.filter((t) => t.attempt > 1).slice(0, 20);
  const queries = again.map((t) => ({ taskId: t.id }));
  const unsaid = tasks.some((t) => (t.testIds?.length ?? 0) > 1 && !t.notOk);
  if (unsaid) queries.push({ result: "failed" }, { result: "partial" }, { result: "inconclusive" }, { result: "ok" });
  return queries;
}
