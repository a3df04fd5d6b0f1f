// Terminal colours of a line as plain parts. Pure.

const ESCAPE = /\u001b\[([0-9;?]*)([A-Za-z])|\u001b\][^\u0007]*(?:\u0007|$)|\u001b./g;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Parts {text, style} of a line; style is a class list such as "ansi-red ansi-bold", or "". */
export function ansi(line) {
  const text = overwritten(line);
  if (!text.includes("\u001b")) return [{ text: clean(text), style: "" }];
  const parts = [];
  const state = { colour: "", bold: false };
  let at = 0;
  for (const match of text.matchAll(ESCAPE)) {
    push(parts, text.slice(at, match.index), state);
    at = match.index + match[0].length;
    if (match[2] === "m") graphics(match[1], state);
  }
  push(parts, text.slice(at), state);
  return parts;
}

/** Progress bars write a line over and over: what was written last is what shows. */
function overwritten(line) {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const at = text.lastIndexOf("\r");
  return at < 0 ? text : text.slice(at + 1);
}

function clean(text) {
  return text.replace(CONTROL, "\ufffd");
}

function push(parts, text, state) {
  if (text === "") return;
  const style = [state.colour && `ansi-${state.colour}`, state.bold && "ansi-bold"].filter(Boolean).join(" ");
  parts.push({ text: clean(text), style });
}

function graphics(codes, state) {
  const numbers = codes === "" ? [0] : codes.split(";").map(Number);
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i];
    if (n === 0) Object.assign(state, { colour: "", bold: false });
    else if (n === 1) state.bold = true;
    else if (n === 22) state.bold = false;
    else if (n >= 30 && n <= 37) state.colour = COLOURS[n - 30];
    else if (n >= 90 && n <= 97) state.colour = COLOURS[n - 90];
    else if (n === 39) state.colour = "";
    else if (n === 38 || n === 48) i += numbers[i + 1] === 5 ? 2 : 4;
  }
}
