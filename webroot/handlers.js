// What after-handlers are, in words. Pure.

const LOOKS = {
  waiting: "pending",
  due: "running",
  sending: "running",
  done: "ok",
  skipped: "skipped",
  failed: "failed",
  loopCut: "failed",
};

const WORDS = { loopCut: "loop cut off", due: "under way" };

/** The look of a handler's state, one of those of executions. */
export function handlerLook(state) {
  return LOOKS[state] ?? "inconclusive";
}

export function handlerWord(state) {
  return WORDS[state] ?? state;
}

/** What a handler does and when: "when result != ok: tell team, ops". */
export function handlerText(handler, outcome) {
  if (!handler) return outcome.action;
  const action = actionText(handler);
  if (handler.when) return `when ${handler.when}: ${action}`;
  return handler.on && handler.on !== "always" ? `on ${handler.on}: ${action}` : action;
}

function actionText({ start, build, push, report, notify }) {
  if (start) return `start ${start.scenario}`;
  if (build) return `build ${build.job} at ${build.forge}`;
  if (push) return `push ${push.formats.join(", ")} to ${push.to.url}`;
  if (report) return `report to ${report.forge}${report.name ? ` as ${report.name}` : ""}`;
  return `tell ${[...(notify?.channels ?? []), ...(notify?.email ?? [])].join(", ")}`;
}

/** Everything that happens beside the tests: the report to a forge, then the handlers. */
export function allOutcomes(execution) {
  const { report, after } = execution;
  const text = [report?.text, report?.note].filter(Boolean).join("; ");
  const told = report ? [{ ...report, text, action: `report to ${report.forge}` }] : [];
  return [...told, ...(after ?? [])];
}

/** Executions of a chain with how far each is indented, parents before what came of them. */
export function chainRows(executions) {
  const below = new Map();
  const ids = new Set(executions.map((e) => e.id));
  for (const e of executions) {
    const parent = ids.has(e.parent) ? e.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), e]);
  }
  const rows = [];
  const add = (parent, level) => {
    for (const e of below.get(parent) ?? []) {
      rows.push({ ...e, level });
      add(e.id, level + 1);
    }
  };
  add(null, 0);
  return rows;
}
