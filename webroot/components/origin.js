// Where what an execution tests came from, in words, and where its history is. Pure.

const SHORT_COMMIT = 10;

export function shortCommit(commit) {
  return commit.slice(0, SHORT_COMMIT);
}

/** Branch and commit: "main 6aa1ee1db5". */
export function originOf(source) {
  return [source?.branch, source?.commit && shortCommit(source.commit)].filter(Boolean).join(" ");
}

export function originTitle(source) {
  const about = [source?.subject, source?.author].filter(Boolean).join(", by ");
  return [about, source?.branch && "All executions of this scenario and branch"].filter(Boolean).join("\n");
}

/** Where the executions of its scenario on its branch are. */
export function historyOf(execution) {
  const query = new URLSearchParams({ scenario: execution.scenarioId, branch: execution.source.branch });
  return `#/executions?${query}`;
}
