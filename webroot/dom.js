// Building and updating the page. Data only ever becomes text nodes and attributes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element: h("a", {class: "link", href: "#/", on: {click}}, "text", child…).
 * Children may be nested lists; null, undefined and false are left out.
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  apply(element, props ?? {});
  append(element, children);
  return element;
}

export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function apply(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name === "vars") {
      for (const [key, v] of Object.entries(value)) element.style.setProperty(`--${key}`, v);
    } else if (name in element && (typeof value === "boolean" || name === "value")) {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Sets text only where it differs, so that selections and screen readers are left in peace. */
export function text(element, value) {
  const next = value === null || value === undefined ? "" : String(value);
  if (element.textContent !== next) element.textContent = next;
}

export function attr(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/**
 * Keeps the children of a container in step with a list: parts that stay are updated in place and
 * keep their focus. `create(item)` gives {element, update(item), close?()}.
 */
export function keyed(container, keyOf, create) {
  let parts = new Map();
  return {
    show(items) {
      const next = new Map();
      for (const item of items) {
        const key = keyOf(item);
        const part = parts.get(key) ?? create(item);
        part.update(item);
        next.set(key, part);
      }
      for (const [key, part] of parts) {
        if (!next.has(key)) {
          part.element.remove();
          part.close?.();
        }
      }
      parts = next;
      let at = container.firstChild;
      for (const part of next.values()) {
        if (part.element === at) at = at.nextSibling;
        else container.insertBefore(part.element, at);
      }
    },
    get(key) {
      return parts.get(key);
    },
    close() {
      for (const part of parts.values()) part.close?.();
    },
  };
}

/** Runs `task` once at the next frame, however often it is asked for until then. */
export function perFrame(task) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => {
      asked = false;
      task();
    };
    // a hidden page has no frames
    if (document.hidden) setTimeout(run, 100);
    else requestAnimationFrame(run);
  };
}
