// What is said of the connection to the server. Pure.

/**
 * @param since when the feed was lost, a Date, or null when it never was there
 * @param reason why there is no feed although the server answers, or null
 */
export function connectionWords(state, since, reason) {
  if (state === "live") return { word: "Live", title: "Changes appear as they happen" };
  if (state === "polling") return { word: "Not live", title: `Changes appear late: ${reason}` };
  if (state === "connecting" && !since) return { word: "Connecting…", title: "Changes appear late until then" };
  const word = since ? `Offline since ${since.toLocaleTimeString()}` : "Offline";
  return { word, title: "What is shown is from then; it goes on by itself when the server is back" };
}
