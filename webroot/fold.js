// What many facts come to. Pure: the same rules as the server's, for the parts it does not fold.

export const TERMINAL = ["finished", "cancelled", "timeout"];
export const RESULTS = ["failed", "partial", "inconclusive", "ok"];
const WEIGHT = { failed: 3, partial: 2, inconclusive: 1, ok: 0 };

export function terminal(state) {
  return TERMINAL.includes(state);
}

/** One word for what a thing looks like: its result once it has ended, before that its state. */
export function look(state, result) {
  if (state === "cancelled" || state === "timeout") return state;
  return state === "finished" ? (result ?? "inconclusive") : (state ?? "pending");
}

/** Whether one status overrides another of the same test and case. */
export function overrides(a, b) {
  return a.attempt !== b.attempt ? a.attempt > b.attempt : a.index > b.index;
}

/**
 * Results per test of a task: of the highest attempt that reported the test, the worst of the
 * latest report of each case; skipped cases do not count. Feed it statuses in any order.
 */
export class TestResults {
  #tests = new Map();

  add(status) {
    const key = `${status.taskId}/${status.testId}`;
    let test = this.#tests.get(key);
    if (!test) this.#tests.set(key, (test = { attempt: 0, cases: new Map(), bad: new Set() }));
    if (status.result === "failed" || status.result === "partial") test.bad.add(status.attempt);
    if (status.attempt < test.attempt) return;
    if (status.attempt > test.attempt) {
      test.attempt = status.attempt;
      test.cases.clear();
    }
    // the server's stand-in for a test that nobody spoke of gives way to any other word
    if (status.source === "server" && !status.name) {
      test.standIn = status.result;
      return;
    }
    const identity = `${status.suite ?? ""}\0${status.name ?? ""}`;
    const known = test.cases.get(identity);
    if (!known || status.index > known.index) {
      test.cases.set(identity, { index: status.index, result: status.result, skipped: status.skipped });
    }
  }

  /** The result of a test so far, null when nothing is known. */
  of(taskId, testId) {
    const test = this.#tests.get(`${taskId}/${testId}`);
    if (!test) return null;
    let worst = null;
    for (const { result, skipped } of test.cases.values()) {
      if (!skipped && (worst === null || WEIGHT[result] > WEIGHT[worst])) worst = result;
    }
    return worst ?? test.standIn ?? "inconclusive";
  }

  /** True for a test that failed in an earlier attempt and is ok now. */
  flaky(taskId, testId) {
    const test = this.#tests.get(`${taskId}/${testId}`);
    if (!test || this.of(taskId, testId) !== "ok") return false;
    return [...test.bad].some((attempt) => attempt < test.attempt);
  }
}

/**
 * How one test of a task looks: see {@link look}. Of a task that is over the server has said it;
 * before that it is what the statuses say that have come. What nobody knows is never ok.
 */
export function cellLook(task, testId, results) {
  if (!terminal(task.state)) {
    const soFar = results.of(task.id, testId) ?? "inconclusive";
    // nothing but skips so far says nothing yet
    return soFar === "inconclusive" ? task.state : soFar;
  }
  if (task.testIds?.length === 1) return look(task.state, task.result);
  if (task.notOk) return task.notOk[testId] ?? "ok";
  return results.of(task.id, testId) ?? "inconclusive";
}

export function totalOf(counts) {
  if (!counts) return 0;
  return counts.ok + counts.failed + counts.inconclusive + counts.partial + counts.skipped;
}

/**
 * A list kept by id that REST fills and the feed updates. What the feed says while REST is being
 * read is applied again on top, so nothing falls between the two.
 */
export class Collection {
  #items = new Map();
  #meanwhile = null;
  #gone = new Set();

  /** @param kept fields that the feed leaves out and that therefore stay as REST had them */
  constructor(kept = []) {
    this.kept = kept;
  }

  loading() {
    this.#meanwhile ??= [];
  }

  reset(items) {
    this.#items = new Map(items.map((item) => [item.id, item]));
    const meanwhile = this.#meanwhile ?? [];
    this.#meanwhile = null;
    this.merge(meanwhile);
    for (const id of this.#gone) this.#items.delete(id);
    this.#gone.clear();
  }

  add(items) {
    for (const item of items) if (!this.#items.has(item.id)) this.#items.set(item.id, item);
  }

  merge(views) {
    this.#meanwhile?.push(...views);
    for (const view of views) {
      const known = this.#items.get(view.id) ?? {};
      const next = { ...view };
      for (const field of this.kept) next[field] ??= known[field];
      this.#items.set(view.id, next);
    }
  }

  delete(id) {
    this.#items.delete(id);
    // what REST is still to bring may be from before
    if (this.#meanwhile) this.#gone.add(id);
  }

  get(id) {
    return this.#items.get(id);
  }

  values() {
    return [...this.#items.values()];
  }

  get size() {
    return this.#items.size;
  }
}

/** What the attempts of tasks warn of, each text once, in order. */
export function warningsOf(tasks) {
  const texts = tasks.flatMap((t) => [...(t.attempts ?? []).flatMap((a) => a.warnings ?? []), ...(t.warnings ?? [])]);
  return [...new Set(texts)];
}
