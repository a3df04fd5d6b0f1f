// One execution in a list.

import { attr, h, text } from "../dom.js";
import { api } from "../api.js";
import { look, terminal } from "../fold.js";
import { shortId, words } from "../format.js";
import { badge } from "./badge.js";
import { since, span } from "./clock.js";
import { confirm } from "./dialog.js";
import { icon } from "./icons.js";
import { historyOf, originOf, originTitle } from "./origin.js";
import { countList, progressBar } from "./progress.js";
import { attempt } from "./toast.js";

export function executionRow(mayCancel) {
  let execution = null;
  const state = badge();
  const name = h("span", { class: "row-title" });
  const id = h("span", { class: "row-id" });
  const origin = h("a", { class: "row-source" });
  const note = h("span", { class: "row-note" });
  const bar = progressBar();
  const counts = countList();
  const by = h("span", { class: "cell-by" });
  const at = h("time", { class: "cell-at" });
  const took = h("span", { class: "cell-took" });
  const atClock = since(at);
  const tookClock = span(took);
  const link = h("a", { class: "row-link" }, name, id);
  const cancel = h(
    "button",
    { class: "ghost row-action", type: "button", title: "Cancel", on: { click: ask } },
    icon("stop"),
  );
  const element = h(
    "li",
    { class: "row execution-row" },
    h("span", { class: "cell-state" }, state.element),
    h("span", { class: "cell-name" }, link, origin, note),
    h("span", { class: "cell-progress" }, bar.element, counts.element),
    by,
    at,
    took,
    h("span", { class: "cell-action" }, mayCancel && cancel),
  );

  function ask() {
    confirm("Cancel this execution?", `${execution.scenarioName} is stopped on every machine.`, "Cancel it", () =>
      attempt(cancel, () => api.post(`/executions/${execution.id}/cancel`), "Cancel requested"),
    );
  }

  return {
    element,
    update(next) {
      execution = next;
      state.update(look(next.state, next.result));
      attr(link, "href", `#/executions/${encodeURIComponent(next.id)}`);
      text(name, next.scenarioName);
      text(id, shortId(next.id));
      text(origin, originOf(next.source));
      attr(origin, "title", originTitle(next.source));
      attr(origin, "href", next.source?.branch && historyOf(next));
      text(note, noteOf(next));
      bar.update(next);
      counts.update(next.counts);
      text(by, next.requestedBy);
      attr(by, "title", next.requestedBy);
      atClock.update(next.requestedAt);
      tookClock.update(next.startedAt, next.finishedAt);
      cancel.hidden = terminal(next.state);
      attr(cancel, "aria-label", `Cancel ${next.scenarioName}`);
    },
    close() {
      atClock.close();
      tookClock.close();
    },
  };
}

/** The one thing worth saying about it. */
export function noteOf(execution) {
  if (terminal(execution.state)) return words(execution.reason);
  if (execution.cancelRequestedAt) return `cancel requested by ${execution.cancelledBy}`;
  if (execution.waitReason && execution.state !== "running") return execution.waitReason;
  if (execution.taskCount > 1) return `${execution.tasksDone} of ${execution.taskCount} tasks done`;
  return "";
}
