// Lines on the screen: only those in view exist in the page, however long the log is.

import { h, perFrame } from "../dom.js";
import { ansi } from "./ansi.js";

const ROW = 18;
const BEYOND = 20;
const TALLEST = 8_000_000;
const LONGEST = 4_000;

/** @param onEdge called with "start" or "end" when the reader comes near what is not loaded */
export function logView(onEdge, onScrolledByHand) {
  const rows = h("div", { class: "log-rows" });
  const space = h("div", { class: "log-space" }, rows);
  const element = h("div", { class: "log-view", tabindex: "0", role: "region", "aria-label": "Output" }, space);
  let model = null;
  let shown = new Map();
  let expected = -1;
  const render = perFrame(draw);
  element.addEventListener("scroll", () => {
    // scrolling that we did ourselves says nothing about the reader
    if (Math.abs(element.scrollTop - expected) > 2) onScrolledByHand(atBottom());
    expected = -1;
    render();
  });
  new ResizeObserver(render).observe(element);

  const height = () => (model?.lines ?? 0) * ROW;
  const scale = () => Math.max(1, height() / TALLEST);
  const atBottom = () => element.scrollTop + element.clientHeight >= element.scrollHeight - 2 * ROW;

  function draw() {
    if (!model || !element.isConnected) return;
    const factor = scale();
    space.style.height = `${height() / factor}px`;
    const top = element.scrollTop * factor;
    const visible = Math.ceil(element.clientHeight / ROW);
    const firstInView = Math.floor(top / ROW);
    const first = Math.max(0, firstInView - BEYOND);
    const last = Math.min(model.lines, firstInView + visible + BEYOND);
    rows.style.transform = `translateY(${element.scrollTop - (top - first * ROW)}px)`;
    place(first, last);
    if (firstInView < BEYOND) onEdge("start");
    if (firstInView + visible > model.lines - BEYOND) onEdge("end");
  }

  function place(first, last) {
    const next = new Map();
    const elements = [];
    for (let i = first; i < last; i++) {
      const line = model.line(i);
      const known = shown.get(i);
      const row = known?.line === line ? known : { line, element: lineElement(line) };
      next.set(i, row);
      elements.push(row.element);
    }
    shown = next;
    // what stays keeps its place, so that a selection survives
    let at = rows.firstChild;
    const keep = new Set(elements);
    while (at) {
      const following = at.nextSibling;
      if (!keep.has(at)) at.remove();
      at = following;
    }
    at = rows.firstChild;
    for (const row of elements) {
      if (row === at) at = at.nextSibling;
      else rows.insertBefore(row, at);
    }
  }

  return {
    element,
    show(next) {
      model = next;
      shown = new Map();
      rows.replaceChildren();
      element.scrollTop = 0;
      render();
    },
    render,
    /** Lines came in above: what the reader sees stays where it is. */
    movedDown(lines) {
      draw();
      expected = element.scrollTop + (lines * ROW) / scale();
      element.scrollTop = expected;
      shown = new Map();
      draw();
    },
    toEnd() {
      draw();
      expected = element.scrollHeight - element.clientHeight;
      element.scrollTop = expected;
      draw();
    },
    toStart() {
      element.scrollTop = 0;
      draw();
    },
  };
}

function lineElement(line) {
  if (line.startsWith("\u0001")) return h("div", { class: "log-line log-gap" }, line.slice(1));
  const cut = line.length > LONGEST;
  const parts = ansi(cut ? line.slice(0, LONGEST) : line);
  return h(
    "div",
    { class: "log-line" },
    parts.map(({ text, style }) => (style ? h("span", { class: style }, text) : text)),
    cut && h("span", { class: "log-cut" }, ` … ${line.length - LONGEST} more characters`),
  );
}
