// Hash routes. A page is shown by a function (context) -> {element, close?()}.

export class Router {
  #routes = [];
  #current = null;
  #shown = null;

  constructor(container, onShown) {
    this.container = container;
    this.onShown = onShown;
    this.listener = () => this.show();
    window.addEventListener("hashchange", this.listener);
  }

  /** The page in view ends, and addresses are no longer heard. */
  close() {
    window.removeEventListener("hashchange", this.listener);
    this.clear();
  }

  /** Adds a route such as "/executions/:id". */
  add(pattern, page, options = {}) {
    const names = [];
    const source = pattern.replace(/:(\w+)/g, (_, name) => {
      names.push(name);
      return "([^/]+)";
    });
    this.#routes.push({ pattern, regex: new RegExp(`^${source}$`), names, page, options });
    return this;
  }

  /** Shows what the address says; the same address again makes the page anew. */
  show() {
    const { path, query } = parse(location.hash);
    const found = this.#find(path);
    if (!found) {
      location.replace("#/executions");
      return;
    }
    this.clear();
    this.#shown = found.route;
    this.#current = found.route.page({ params: found.params, query, path });
    this.container.replaceChildren(this.#current.element);
    window.scrollTo(0, 0);
    this.onShown(found.route);
  }

  clear() {
    this.#current?.close?.();
    this.#current = null;
    this.container.replaceChildren();
  }

  get route() {
    return this.#shown;
  }

  #find(path) {
    for (const route of this.#routes) {
      const match = route.regex.exec(path);
      if (match) {
        const params = {};
        route.names.forEach((name, i) => (params[name] = decodeURIComponent(match[i + 1])));
        return { route, params };
      }
    }
    return null;
  }
}

export function parse(hash) {
  const [path, query] = hash.replace(/^#/, "").split("?");
  return { path: path || "/", query: Object.fromEntries(new URLSearchParams(query ?? "")) };
}

/** Writes filters into the address without making the page anew. */
export function keepQuery(query) {
  const { path } = parse(location.hash);
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) out.set(key, value);
  const text = out.toString();
  history.replaceState(null, "", `#${path}${text ? `?${text}` : ""}`);
}

export function go(path) {
  location.hash = path;
}
