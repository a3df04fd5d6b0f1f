// Results as a bar of proportions, and as numbers.

import { attr, fill, h } from "../dom.js";
import { count } from "../format.js";
import { totalOf } from "../fold.js";
import { icon } from "./icons.js";

const PARTS = ["ok", "failed", "partial", "inconclusive", "skipped"];

/**
 * A bar of an execution: what its statuses came to, over the share of its tasks that are done.
 */
export function progressBar() {
  const parts = PARTS.map((name) => h("span", { class: `progress-part look-${name}` }));
  const element = h("div", { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, parts);
  return {
    element,
    update({ counts, taskCount, tasksDone, state }) {
      const total = totalOf(counts);
      const ended = ["finished", "cancelled", "timeout"].includes(state);
      const share = ended ? 1 : taskCount > 0 ? tasksDone / taskCount : 0;
      // one task tells nothing about how far it is; its first results do show
      const shown = ended ? 1 : Math.max(share, total > 0 ? 0.04 : 0);
      PARTS.forEach((name, i) => {
        const n = counts?.[name] ?? 0;
        parts[i].style.width = total > 0 ? `${(100 * shown * n) / total}%` : "0";
      });
      element.dataset.active = state === "running" ? "yes" : "no";
      attr(element, "aria-valuenow", Math.round(share * 100));
      attr(element, "aria-label", `${tasksDone ?? 0} of ${taskCount ?? 0} tasks done`);
    },
  };
}

/** Counts by result, those that are not zero; ok always shows. */
export function countList() {
  const element = h("span", { class: "counts" });
  let shown = "";
  return {
    element,
    update(counts) {
      const key = JSON.stringify(counts ?? {});
      if (key === shown) return;
      shown = key;
      fill(
        element,
        PARTS.filter((name) => name === "ok" || counts?.[name]).map((name) =>
          h("span", { class: `count look-${name}`, title: name }, icon(name, name), count(counts?.[name])),
        ),
        counts?.flaky > 0 && h("span", { class: "count flaky", title: "failed first, then ok" }, `${counts.flaky} flaky`),
      );
    },
  };
}
