// How numbers and times read. Pure but for the time that it is.

import { serverTime } from "./serverTime.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds for people: 840 ms, 4.2 s, 3 m 20 s, 2 h 5 m. */
export function duration(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return "–";
  if (ms < 0) ms = 0;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m ${Math.floor((ms % MINUTE) / 1000)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} m`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

/** How long ago: "just now", "4 min ago", "yesterday" comes as "1 d ago". */
export function ago(instant, now = serverTime.now()) {
  if (!instant) return "–";
  const ms = now - Date.parse(instant);
  if (ms < 5_000) return "just now";
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  if (ms < 60 * DAY) return `${Math.floor(ms / DAY)} d ago`;
  return new Date(instant).toISOString().slice(0, 10);
}

/** Local date and time with the zone, for tooltips. */
export function moment(instant) {
  if (!instant) return "";
  return new Date(instant).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
}

export function between(from, to, now = serverTime.now()) {
  if (!from) return null;
  return (to ? Date.parse(to) : now) - Date.parse(from);
}

export function bytes(n) {
  if (n === null || n === undefined || n < 0) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let i = 0;
  while (n >= 1024 && i < units.length - 1) {
    n /= 1024;
    i++;
  }
  return `${i === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[i]}`;
}

export function count(n) {
  return (n ?? 0).toLocaleString("en");
}

export function plural(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** The end of a ULID: what tells two of the same minute apart. */
export function shortId(id) {
  return (id ?? "").slice(-8).toLowerCase();
}

/** "machineLost" as "machine lost". */
export function words(camel) {
  return (camel ?? "").replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
}
