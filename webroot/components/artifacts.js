// The files that tests left behind, and what the attempts warn of. Images show as images.

import { apiRoot } from "../address.js";
import { all } from "../api.js";
import { fill, h } from "../dom.js";
import { bytes, count } from "../format.js";
import { failure } from "./blank.js";

const MOST = 500;
const MOST_IMAGES = 24;

export function artifacts(executionId) {
  const path = `/executions/${encodeURIComponent(executionId)}/artifacts`;
  const filter = { taskId: null, testId: null };
  const gallery = h("div", { class: "artifact-images" });
  const list = h("ul", { class: "rows artifact-rows" });
  const notes = h("ul", { class: "artifact-warnings", "aria-label": "Warnings" });
  const foot = h("p", { class: "muted list-foot", role: "status" });
  const body = h("div", {}, notes, gallery, list);
  const element = h(
    "section",
    { class: "panel artifacts", "aria-label": "Files", hidden: true },
    h("header", { class: "panel-head" }, h("h2", {}, "Files")),
    body,
    foot,
  );
  let loading = null;
  let warnings = [];
  let found = [];

  async function reload() {
    loading?.abort();
    const mine = (loading = new AbortController());
    try {
      const page = await all(path, { ...filter }, MOST, mine.signal);
      found = page.items;
      show(page.more);
    } catch (e) {
      if (e.name === "AbortError") return;
      element.hidden = false;
      fill(body, failure(e, reload));
    }
  }

  function show(more) {
    fill(body, notes, gallery, list);
    fill(notes, ...warnings.map((text) => h("li", {}, text)));
    const images = found.filter((a) => a.type.startsWith("image/"));
    fill(gallery, ...images.slice(0, MOST_IMAGES).map(image));
    fill(list, ...found.map(row));
    fill(foot, found.length > 0 && `${count(found.length)} shown${more ? ", more in store" : ""}`);
    element.hidden = found.length === 0 && warnings.length === 0;
  }

  return {
    element,
    reload,
    pick(taskId, testId) {
      Object.assign(filter, { taskId, testId });
      return reload();
    },
    warn(texts) {
      if (texts.length === warnings.length) return;
      warnings = texts;
      show(false);
    },
    close: () => loading?.abort(),
  };
}

/** The address below this page's own server, however that is reached. */
function address(artifact) {
  const root = apiRoot(document.baseURI).replace(/\/api\/v1$/, "");
  return root + artifact.link.slice(artifact.link.indexOf("/artifacts/"));
}

function image(artifact) {
  return h(
    "a",
    { href: address(artifact), target: "_blank", rel: "noopener noreferrer", title: artifact.path },
    h("img", { src: address(artifact), alt: artifact.path, loading: "lazy" }),
  );
}

function row(artifact) {
  return h(
    "li",
    { class: "artifact-row" },
    h("a", { href: address(artifact), target: "_blank", rel: "noopener noreferrer" }, artifact.path),
    h("span", { class: "muted" }, artifact.testId ?? ""),
    h("span", { class: "muted" }, bytes(artifact.size)),
  );
}
