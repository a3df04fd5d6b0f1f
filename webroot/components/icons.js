// The few icons, drawn with strokes in the colour of their text.

import { svg } from "../dom.js";

const PATHS = {
  ok: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M5.2 8.2l2 2 3.6-4"],
  failed: ["M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z", "M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2"],
  partial: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M8 2v12M10 3v10M12 4.5v7"],
  inconclusive: ["M8 1.75L14.25 8 8 14.25 1.75 8z", "M6.7 6.6a1.4 1.4 0 1 1 1.9 1.3c-.4.2-.6.4-.6.9M8 10.9v.1"],
  pending: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M5.2 8h.1M8 8h.1M10.8 8h.1"],
  acked: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M8 5.2v5.6M5.6 8.4L8 10.8l2.4-2.4"],
  running: ["M8 1.75a6.25 6.25 0 1 1-6.25 6.25"],
  cancelled: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M3.7 12.3l8.6-8.6"],
  timeout: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M8 4.6V8l2.3 1.6"],
  skipped: ["M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", "M5 8h6"],
  play: ["M5 3.2v9.6l7.6-4.8z"],
  stop: ["M4 4h8v8H4z"],
  rerun: ["M13.2 8a5.2 5.2 0 1 1-1.6-3.7M13.4 2v3h-3"],
  search: ["M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z", "M10.4 10.4l3.1 3.1"],
  machine: ["M2 3h12v8H2z", "M5.5 13.5h5M8 11v2.5"],
  list: ["M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1"],
  link: ["M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-1 1", "M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l1-1"],
  flask: ["M6 2h4M6.8 2v4L3 13a.9.9 0 0 0 .8 1.3h8.4A.9.9 0 0 0 13 13L9.2 6V2", "M4.9 10h6.2"],
  sun: ["M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z", "M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"],
  moon: ["M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z"],
  auto: ["M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z", "M8 2v12M8.5 4.5h3.6M8.5 8H14M8.5 11.5h3.6"],
  key: ["M5.5 7.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z", "M7.7 8.3L13.5 2.5M11 5l2 2M9.2 6.8l1.3 1.3"],
  out: ["M6 2.5H3v11h3M10 5l3 3-3 3M13 8H6.5"],
  edit: ["M10.6 2.8l2.6 2.6-7.6 7.6H3v-2.6z"],
  chevron: ["M6 4l4 4-4 4"],
  close: ["M4 4l8 8M12 4l-8 8"],
  down: ["M8 3v9.4M4.2 8.8L8 12.6l3.8-3.8"],
};

/** An icon; without a label it is decoration and says nothing to a screen reader. */
export function icon(name, label) {
  const element = svg(
    "svg",
    {
      viewBox: "0 0 16 16",
      class: `icon icon-${name}`,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "1.5",
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }),
    },
    ...(PATHS[name] ?? PATHS.pending).map((d) => svg("path", { d })),
  );
  return element;
}
