// The head of an execution: what it came to, why, and what can be done about it.

import { api } from "../api.js";
import { attr, fill, h, text } from "../dom.js";
import { look, terminal } from "../fold.js";
import { plural, shortId, words } from "../format.js";
import { go } from "../router.js";
import { badge } from "./badge.js";
import { since, span } from "./clock.js";
import { confirm } from "./dialog.js";
import { icon } from "./icons.js";
import { historyOf, originTitle, shortCommit } from "./origin.js";
import { countList, progressBar } from "./progress.js";
import { attempt } from "./toast.js";

export function executionHead(session) {
  let execution = null;
  const name = h("a", {});
  const id = h("span", { class: "row-id" });
  const state = badge();
  const bar = progressBar();
  const counts = countList();
  const facts = h("dl", { class: "facts" });
  const at = h("time", {});
  const took = h("span", {});
  const atClock = since(at);
  const tookClock = span(took);
  const note = h("p", { class: "banner", role: "status" });
  const cancel = button("stop", "Cancel", "danger", askCancel);
  const failed = button("rerun", "Rerun failed", "", () => rerun(failed, "failed"));
  const again = button("rerun", "Rerun all", "", () => rerun(again, "all"));
  const element = h(
    "header",
    { class: "execution-head" },
    h(
      "div",
      { class: "page-head" },
      h("div", { class: "execution-title" }, h("h1", {}, name, id), state.element),
      session.may("runner") && h("div", { class: "actions" }, cancel, failed, again),
    ),
    h("div", { class: "execution-bar" }, bar.element, counts.element),
    note,
    facts,
  );

  function askCancel() {
    confirm("Cancel this execution?", `${execution.scenarioName} is stopped on every machine.`, "Cancel it", () =>
      attempt(cancel, () => api.post(`/executions/${execution.id}/cancel`), "Cancel requested"),
    );
  }

  async function rerun(source, only) {
    const next = await attempt(source, () => api.post(`/executions/${execution.id}/rerun`, { only }));
    if (next) go(`/executions/${encodeURIComponent(next.id)}`);
  }

  return {
    element,
    update(next) {
      execution = next;
      const ended = terminal(next.state);
      text(name, next.scenarioName);
      attr(name, "href", `#/executions?scenario=${encodeURIComponent(next.scenarioId)}`);
      text(id, shortId(next.id));
      attr(id, "title", next.id);
      state.update(look(next.state, next.result));
      bar.update(next);
      counts.update(next.counts);
      atClock.update(next.requestedAt);
      tookClock.update(next.startedAt, next.finishedAt);
      showNote(note, next);
      fill(facts, factsOf(next, at, took));
      cancel.hidden = ended;
      cancel.disabled = Boolean(next.cancelRequestedAt);
      again.hidden = !ended;
      failed.hidden = !ended || next.result === "ok";
    },
    close() {
      atClock.close();
      tookClock.close();
    },
  };
}

function button(iconName, label, kind, click) {
  return h("button", { class: `button ${kind}`, type: "button", on: { click } }, icon(iconName), label);
}

function showNote(element, e) {
  const cancelled = e.cancelledBy && `Cancel requested by ${e.cancelledBy}.`;
  // once something runs, the lanes say what waits and why
  const waiting = !terminal(e.state) && e.state !== "running" && e.waitReason;
  const message = [cancelled, waiting || why(e)].filter(Boolean).join(" ");
  text(element, message);
  element.hidden = message === "";
  element.dataset.kind = waiting ? "waiting" : "plain";
}

function why(e) {
  return e.message ? `${words(e.reason)}: ${e.message}` : words(e.reason);
}

/** What is tested, or that it is being found out. */
function commitOf(e) {
  const { commit, subject, repository } = e.source ?? {};
  if (!commit) {
    return e.resolving ? "finding out…" : null;
  }
  const about = subject ? ` ${subject}` : "";
  return h("span", { title: [repository, commit].filter(Boolean).join(" ") }, shortCommit(commit) + about);
}

function buildOf(source) {
  const name = source?.buildNumber ?? source?.buildLink;
  const link = /^https?:\/\//.test(source?.buildLink ?? "") && source.buildLink;
  return link ? h("a", { href: link, rel: "noreferrer" }, name) : name;
}

function factsOf(e, at, took) {
  const rerun = e.rerunOf && h("a", { href: `#/executions/${encodeURIComponent(e.rerunOf)}` }, shortId(e.rerunOf));
  return [
    ["commit", commitOf(e)],
    ["branch", e.source?.branch && h("a", { href: historyOf(e), title: originTitle(e.source) }, e.source.branch)],
    ["change request", e.source?.changeRequest],
    ["build", buildOf(e.source)],
    ["requested by", e.requestedBy],
    ["requested", at],
    ["took", took],
    ["mode", e.mode],
    ["tasks", e.planned === false ? "planning…" : `${e.tasksDone ?? 0} of ${plural(e.taskCount ?? 0, "task")}`],
    ["suite", e.snapshot?.suiteName],
    ["configuration", e.snapshot?.configuration?.name],
    ["priority", e.priority || null],
    ["group", e.group],
    ["rerun of", rerun],
  ]
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([key, value]) => h("div", { class: "fact" }, h("dt", {}, key), h("dd", {}, value)));
}
