// One result; opens to its whole message.

import { api } from "../api.js";
import { attr, fill, h, text } from "../dom.js";
import { duration, moment, words } from "../format.js";
import { mark } from "./badge.js";
import { icon } from "./icons.js";

const SOURCES = {
  api: "reported by the test",
  report: "from its report",
  exit: "from its exit code",
  agent: "by the agent",
  server: "by the server",
};

export function statusRow(executionId) {
  let status = null;
  const result = h("span", {});
  const name = h("span", { class: "row-title" });
  const test = h("span", { class: "row-note" });
  const message = h("span", { class: "status-message" });
  const machine = h("span", { class: "cell-by" });
  const took = h("span", { class: "cell-took" });
  const details = h("div", { class: "row-details" });
  details.hidden = true;
  const row = h(
    "button",
    { class: "row status-row", type: "button", "aria-expanded": "false", on: { click: open } },
    result,
    h("span", { class: "cell-name" }, name, test),
    message,
    machine,
    took,
    icon("chevron"),
  );
  const element = h("li", { class: "row-group" }, row, details);

  async function open() {
    details.hidden = !details.hidden;
    attr(row, "aria-expanded", String(!details.hidden));
    if (details.hidden) return;
    showDetails(status);
    if (status.cut) showDetails(await whole(executionId, status));
  }

  function showDetails(s) {
    fill(
      details,
      (s.message || s.description) && h("pre", { class: "message" }, [s.message, s.description].filter(Boolean).join("\n\n")),
      h(
        "p",
        { class: "muted" },
        [SOURCES[s.source], words(s.reason), `attempt ${s.attempt}`, moment(s.at), s.testId].filter(Boolean).join(" · "),
      ),
      s.custom && h("pre", { class: "message" }, JSON.stringify(s.custom, null, 2)),
    );
  }

  return {
    element,
    update(next) {
      if (status === next) return;
      status = next;
      fill(result, mark(next.skipped ? "skipped" : next.result));
      text(name, shortCase(next.name) || next.testName || next.testId);
      attr(name, "title", next.name);
      text(test, next.name ? next.testName : "");
      text(message, firstLine(next.message) || words(next.reason));
      text(machine, next.machineName);
      text(took, next.durationMs === undefined ? "" : duration(next.durationMs));
    },
  };
}

/** The feed cuts long messages; the store has them whole. */
async function whole(executionId, status) {
  const { taskId, testId, result, attempt } = status;
  const query = { taskId, testId, result, attempt, limit: 1000 };
  const page = await api
    .get(`/executions/${encodeURIComponent(executionId)}/statuses`, query)
    .catch(() => ({ items: [] }));
  return page.items.find((s) => s.id === status.id) ?? status;
}

/** "org.example.CartTest#adds" without its package. */
export function shortCase(name) {
  return (name ?? "").replace(/^(?:[\w$]+\.)+(?=[\w$]+#)/, "");
}

function firstLine(message) {
  return (message ?? "").trimStart().split("\n", 1)[0].slice(0, 300);
}
