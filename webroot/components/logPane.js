// The output of a task: which attempt, follow or not, and the lines.

import { attr, fill, h, text } from "../dom.js";
import { terminal } from "../fold.js";
import { bytes } from "../format.js";
import { select } from "./filters.js";
import { icon } from "./icons.js";
import { LogSource } from "./logSource.js";
import { logView } from "./logView.js";

export function logPane(live) {
  let task = null;
  let source = null;
  let unwatch = null;
  let following = true;
  const view = logView(edge, scrolled);
  const title = h("span", { class: "log-title" }, "Output");
  const attempts = h("span", {});
  const shell = h("span", { class: "muted log-shell" });
  const size = h("span", { class: "muted log-size" });
  const follow = h("button", { class: "button small", type: "button", on: { click: toggle } }, icon("down"), "Follow");
  const note = h("p", { class: "log-note" });
  const element = h(
    "section",
    { class: "log panel", "aria-label": "Output" },
    h("header", { class: "log-head" }, title, attempts, shell, size, follow),
    note,
    view.element,
  );
  mark();

  /** Shows a task's current attempt; the same again only refreshes what is said about it. */
  function show(next, label) {
    const same = task?.id === next.id && source && (source.attempt === next.attempt || source.chosen);
    const wasRunning = task && !terminal(task.state);
    task = next;
    text(title, label);
    attr(title, "title", label);
    if (!same) open(next.attempt);
    else showAttempts();
    // the feed may have lost the very end
    if (same && wasRunning && terminal(next.state) && source.atEnd) source.catchUp();
    showNote();
  }

  function open(attempt, chosen = false) {
    close();
    following = chosen ? following : !terminal(task.state);
    source = new LogSource(task.id, attempt, (above) => changed(above));
    source.chosen = chosen;
    view.show(source.model);
    text(size, "");
    showAttempts();
    mark();
    if (attempt === 0) {
      showNote();
      return;
    }
    const mine = source;
    unwatch = live.watch(`log.${task.id}`, {
      sync: () => (mine.opened ? following && mine.catchUp() : mine.jump(following)),
      log(message) {
        if (mine.heard(message) && following) mine.catchUp();
        text(size, bytes(mine.size));
      },
    });
  }

  function changed(above) {
    if (above > 0) view.movedDown(above);
    else if (following) view.toEnd();
    else view.render();
    text(size, source.size > 0 ? bytes(source.size) : "");
    showNote();
  }

  function showNote() {
    const waiting = source && source.model.lines === 0;
    text(note, source?.error ? source.error.message : waiting ? emptiness(task, source) : "");
    note.hidden = note.textContent === "";
    view.element.hidden = !note.hidden;
  }

  function showAttempts() {
    const most = task.attempt;
    const shells = shellOf(task, source.attempt);
    text(shell, shells);
    attr(shell, "title", `Ran the scripts of this attempt: ${shells}`);
    if (most < 2) {
      fill(attempts);
      return;
    }
    const choices = Array.from({ length: most }, (_, i) => [String(i + 1), `attempt ${i + 1}`]);
    fill(attempts, select("Attempt", choices, String(source.attempt), (value) => open(Number(value), Number(value) !== most)));
  }

  function edge(side) {
    if (!source?.opened) return;
    if (side === "start" && !source.atStart) source.earlier();
    if (side === "end" && !source.atEnd) source.later();
  }

  function scrolled(atBottom) {
    const next = atBottom && source.atEnd;
    if (next !== following) {
      following = next;
      mark();
    }
  }

  function toggle() {
    following = !following;
    mark();
    if (following && source) {
      if (source.atEnd) view.toEnd();
      else source.catchUp();
    }
  }

  function mark() {
    attr(follow, "aria-pressed", String(following));
  }

  function close() {
    unwatch?.();
    unwatch = null;
    source?.close();
    source = null;
  }

  return { element, show, close };
}

function emptiness(task, source) {
  if (task.attempt === 0) return task.waitReason ?? "It has not begun.";
  if (!source.opened) return "Loading…";
  return terminal(task.state) ? "It wrote nothing." : "Nothing written yet.";
}

/** What ran the scripts of an attempt: of one that is over its record says it, else its task. */
function shellOf(task, attempt) {
  const over = (task.attempts ?? []).find((one) => one.number === attempt);
  return over?.shell ?? (task.attempt === attempt ? task.shell : null) ?? "";
}
