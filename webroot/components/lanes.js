// What each machine did: one lane a machine, one cell a test, in the order of the suite.

import { attr, fill, h, keyed, text } from "../dom.js";
import { cellLook, look, terminal } from "../fold.js";
import { plural, words } from "../format.js";
import { LABELS, badge } from "./badge.js";
import { span } from "./clock.js";
import { icon } from "./icons.js";

const MOST_CELLS = 4_000;
// so few that there is room for their names
const MOST_NAMED = 60;

/** @param onPick called with (taskId, testId) */
export function lanes(onPick) {
  const element = h("ul", { class: "lanes" });
  const parts = keyed(element, (lane) => lane.key, () => laneRow(onPick));
  element.addEventListener("keydown", (e) => moveFocus(element, e));
  return {
    element,
    /** @param view {tasks, names, tests, results, picked} */
    update(view) {
      parts.show(lanesOf(view));
      const first = element.querySelector(".cell");
      if (first && !element.querySelector('.cell[tabindex="0"]')) first.tabIndex = 0;
    },
    close: () => parts.close(),
  };
}

/** Tasks by machine; those that wait for one come last. Pure. */
export function lanesOf({ tasks, names, tests, results, picked }) {
  const byMachine = new Map();
  for (const task of tasks) {
    const key = task.machineId ?? "";
    if (!byMachine.has(key)) byMachine.set(key, []);
    byMachine.get(key).push(task);
  }
  const testName = new Map(tests.map((test) => [test.id, test.name]));
  const budget = { cells: MOST_CELLS };
  const named = tasks.reduce((sum, task) => sum + (task.testIds?.length ?? 0), 0) <= MOST_NAMED;
  return [...byMachine]
    .sort(([a], [b]) => (a === "") - (b === "") || (names.get(a) ?? a).localeCompare(names.get(b) ?? b, "en", { numeric: true }))
    .map(([key, own]) => {
      own.sort((a, b) => a.ordinal - b.ordinal);
      return {
        key,
        name: key === "" ? (own.every((t) => terminal(t.state)) ? "No machine" : "Waiting") : (names.get(key) ?? key),
        tasks: own,
        named,
        cells: cellsOf(own, testName, results, picked, budget),
      };
    });
}

function cellsOf(tasks, testName, results, picked, budget) {
  const cells = [];
  for (const task of tasks) {
    for (const testId of task.testIds ?? []) {
      if (budget.cells-- <= 0) return cells;
      cells.push({
        key: `${task.id}/${testId}`,
        taskId: task.id,
        testId,
        name: testName.get(testId) ?? testId,
        look: cellLook(task, testId, results),
        attempt: task.attempt,
        flaky: results.flaky(task.id, testId),
        picked: picked?.taskId === task.id && (!picked.testId || picked.testId === testId),
      });
    }
  }
  return cells;
}

function laneRow(onPick) {
  const name = h("span", { class: "lane-name" });
  const state = badge();
  const took = h("span", { class: "muted" });
  const clock = span(took);
  const note = h("span", { class: "lane-note" });
  const cells = h("div", { class: "cells", role: "group" });
  const parts = keyed(cells, (cell) => cell.key, (cell) => cellButton(cell, onPick));
  const element = h(
    "li",
    { class: "lane" },
    h("div", { class: "lane-head" }, icon("machine"), name, state.element, took, note),
    cells,
  );
  return {
    element,
    update(lane) {
      text(name, lane.name);
      attr(cells, "aria-label", `Tests on ${lane.name}`);
      const { state: s, result } = summary(lane.tasks);
      state.update(look(s, result));
      const starts = lane.tasks.map((t) => t.startedAt).filter(Boolean).sort();
      const ends = lane.tasks.map((t) => t.finishedAt).filter(Boolean).sort();
      took.hidden = starts.length === 0;
      clock.update(starts[0], terminal(s) ? ends.at(-1) : null);
      text(note, noteOf(lane.tasks));
      attr(note, "title", note.textContent);
      cells.classList.toggle("named", lane.named);
      parts.show(lane.cells);
    },
    close() {
      clock.close();
      parts.close();
    },
  };
}

function cellButton(cell, onPick) {
  let shown = "";
  const element = h("button", {
    class: "cell",
    type: "button",
    tabindex: "-1",
    on: { click: () => onPick(cell.taskId, cell.testId) },
  });
  return {
    element,
    update(next) {
      const key = `${next.look} ${next.attempt} ${next.flaky} ${next.picked}`;
      if (key === shown) return;
      shown = key;
      element.className = `cell look-${next.look}${next.flaky ? " flaky" : ""}`;
      const again = next.attempt > 1 ? `, attempt ${next.attempt}` : "";
      const label = `${next.name}: ${LABELS[next.look] ?? next.look}${next.flaky ? ", flaky" : ""}${again}`;
      attr(element, "title", label);
      attr(element, "aria-label", label);
      attr(element, "aria-pressed", String(next.picked));
      fill(element, icon(next.look), h("span", { class: "cell-name-text" }, next.name), next.attempt > 1 && h("span", { class: "cell-again" }, next.attempt));
    },
  };
}

/** State and result of a lane's tasks together. */
function summary(tasks) {
  const open = tasks.filter((t) => !terminal(t.state));
  if (open.length > 0) {
    const state = ["running", "acked", "pending"].find((s) => open.some((t) => t.state === s));
    const begun = tasks.some((t) => t.state !== "pending");
    return { state: state === "pending" && begun ? "acked" : state };
  }
  const state = ["cancelled", "timeout"].find((s) => tasks.some((t) => t.state === s)) ?? "finished";
  const result = ["failed", "partial", "inconclusive", "ok"].find((r) => tasks.some((t) => t.result === r));
  return { state, result };
}

function noteOf(tasks) {
  const reason = tasks.find((t) => t.reason)?.reason;
  const waiting = tasks.find((t) => !terminal(t.state) && t.waitReason)?.waitReason;
  const again = tasks.filter((t) => t.attempt > 1).length;
  const many = tasks.length > 1 ? plural(tasks.length, "task") : "";
  return [many, again > 0 && `${plural(again, "retry", "retries")}`, waiting ?? words(reason)].filter(Boolean).join(" · ");
}

/** Arrow keys walk over the cells; only one of them is a tab stop. */
function moveFocus(root, event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.classList.contains("cell")) return;
  const cells = [...root.querySelectorAll(".cell")];
  const next = cells[cells.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
