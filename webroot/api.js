// The REST API. Every failure is an ApiError whose message can be shown to people.

import { serverTime } from "./serverTime.js";
import { apiRoot } from "./address.js";

export class ApiError extends Error {
  constructor(status, message, fields) {
    super(message);
    this.status = status;
    this.fields = fields ?? [];
  }
}

let onSignedOut = () => {};

/** Called when the server no longer knows who we are. */
export function whenSignedOut(handler) {
  onSignedOut = handler;
}

export const api = {
  get: (path, query, options) => request("GET", path, { query, ...options }),
  post: (path, body, options) => request("POST", path, { body: body ?? {}, ...options }),
  put: (path, body, options) => request("PUT", path, { body, ...options }),
  remove: (path) => request("DELETE", path, {}),
};

/** A document and the ETag that its next update must name. */
export async function versioned(path) {
  const response = await send("GET", path, {});
  return { value: await response.json(), etag: response.headers.get("ETag") };
}

/** Bytes of a task's output from an offset on, and where it goes on. */
export async function readLog(taskId, { attempt, offset, limit, signal }) {
  const query = { attempt, offset, limit };
  const response = await send("GET", `/tasks/${encodeURIComponent(taskId)}/log`, { query, signal });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const header = (name, otherwise) => {
    const value = response.headers.get(name);
    return value === null ? otherwise : Number(value);
  };
  return {
    bytes,
    size: header("X-CTA-Log-Size", offset + bytes.length),
    next: header("X-CTA-Log-Next", offset + bytes.length),
    complete: response.headers.get("X-CTA-Log-Complete") === "true",
  };
}

/** All pages of a list up to a number of items; `more` is true when there would be others. */
export async function all(path, query, most, signal) {
  const items = [];
  let after;
  do {
    const limit = Math.min(1000, most - items.length);
    const page = await api.get(path, { ...query, limit, after }, { signal });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < most);
  return { items, more: Boolean(after) };
}

async function request(method, path, options) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

async function send(method, path, { query, body, headers, signal, quiet }) {
  const url = apiRoot(document.baseURI) + path + search(query);
  const init = { method, signal, credentials: "same-origin", headers: { Accept: "application/json", ...headers } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers["Content-Type"] = "application/json";
  }
  const csrf = cookie("cta_csrf");
  if (csrf && method !== "GET") init.headers["X-CSRF-Token"] = csrf;
  let response;
  try {
    const asked = performance.now();
    response = await fetch(url, init);
    serverTime.heard(response.headers.get("Date"), asked);
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new ApiError(0, "The server cannot be reached.");
  }
  if (response.ok) return response;
  if (response.status === 401 && !quiet) onSignedOut();
  throw await problem(response);
}

async function problem(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // not JSON: the status must do
  }
  return new ApiError(
    response.status,
    body.detail || body.title || `The server answered ${response.status}.`,
    body.errors,
  );
}

function search(query) {
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") out.set(key, value);
  }
  const text = out.toString();
  return text ? `?${text}` : "";
}

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}
