// Times that move on by themselves: one timer for all that are on the page.

import { attr, text } from "../dom.js";
import { ago, between, duration, moment } from "../format.js";

const running = new Set();

let stopped = false;

/** Times stand still while nobody says whether what they are of still runs. */
export function stopClocks(value) {
  stopped = value;
}

setInterval(() => {
  if (stopped) return;
  for (const tick of running) tick();
}, 1_000);

function ticking(element, read) {
  const tick = () => {
    if (element.isConnected || !element.dataset.seen) text(element, read());
    if (element.isConnected) element.dataset.seen = "yes";
    else if (element.dataset.seen) running.delete(tick);
  };
  return {
    show(moves) {
      text(element, read());
      if (moves) running.add(tick);
      else running.delete(tick);
    },
    close: () => running.delete(tick),
  };
}

/** "4 min ago", the moment itself as tooltip. */
export function since(element) {
  let instant = null;
  const clock = ticking(element, () => ago(instant));
  return {
    update(value) {
      instant = value;
      attr(element, "title", moment(value));
      clock.show(Boolean(value));
    },
    close: clock.close,
  };
}

/** How long something took, or takes so far. */
export function span(element) {
  let from = null;
  let to = null;
  const clock = ticking(element, () => duration(between(from, to)));
  return {
    update(start, end) {
      from = start;
      to = end;
      clock.show(Boolean(start) && !end);
    },
    close: clock.close,
  };
}
