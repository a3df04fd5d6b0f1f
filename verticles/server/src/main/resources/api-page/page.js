// Shows the contract of the API. Everything it needs comes from this server.
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter((child) => child !== null));
  return node;
};

const contract = await (await fetch(new URL('openapi.json', import.meta.url))).json();

const resolve = (value) =>
  value && value.$ref
    ? value.$ref.slice(2).split('/').reduce((at, part) => at[part], contract)
    : value;

const nameOf = (schema) => (schema && schema.$ref ? schema.$ref.split('/').pop() : null);

// One line that says what values a schema takes.
const words = (schema) => {
  if (!schema) return 'anything';
  if (schema.$ref) return nameOf(schema);
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.type === 'array') return `list of ${words(schema.items)}`;
  const type = [].concat(schema.type ?? 'anything').join(' or ');
  const bounds = [
    schema.minimum !== undefined ? `from ${schema.minimum}` : '',
    schema.maximum !== undefined ? `to ${schema.maximum}` : '',
    schema.default !== undefined ? `default ${schema.default}` : '',
  ].filter(Boolean);
  return bounds.length ? `${type} (${bounds.join(' ')})` : type;
};

const row = (...cells) => make('tr', {}, ...cells.map((cell) => make('td', {}, cell ?? '')));

const table = (head, rows) =>
  make('table', {},
    make('thead', {}, make('tr', {}, ...head.map((text) => make('th', { textContent: text })))),
    make('tbody', {}, ...rows));

const code = (text) => make('code', { textContent: text });

const fields = (schema) => {
  const real = resolve(schema);
  if (!real?.properties) return make('p', { textContent: words(schema) });
  const required = new Set(real.required ?? []);
  return table(['field', 'type', ''], Object.entries(real.properties).map(([name, property]) =>
    row(code(name), words(property),
      [required.has(name) ? 'required' : '', property.readOnly ? 'read only' : '',
        resolve(property)?.description ?? property['x-rule'] ?? ''].filter(Boolean).join(', '))));
};

const body = (title, content) => {
  const media = Object.entries(content ?? {})[0];
  if (!media) return null;
  const schema = media[1].schema;
  const example = resolve(schema)?.example;
  return make('section', {},
    make('h4', { textContent: `${title} ${nameOf(schema) ?? ''} (${media[0]})` }),
    fields(schema),
    example ? make('pre', { textContent: JSON.stringify(example, null, 2) }) : null);
};

const operation = (path, method, op, shared) => {
  const parameters = [...(shared ?? []), ...(op.parameters ?? [])].map(resolve);
  const answers = Object.entries(op.responses).map(([status, answer]) => [status, resolve(answer)]);
  const good = answers.find(([status]) => status.startsWith('2'));
  return make('details', {},
    make('summary', {},
      make('span', { className: `method ${method}`, textContent: method.toUpperCase() }),
      code(contract.servers[0].url + path),
      make('span', { textContent: op.summary }),
      make('span', { className: 'role', textContent: op['x-role'] })),
    make('div', {},
      op.description ? make('p', { className: 'text', textContent: op.description }) : null,
      parameters.length
        ? table(['parameter', 'in', 'type', ''], parameters.map((p) =>
            row(code(p.name), p.in, words(p.schema),
              [p.required ? 'required' : '', p.description ?? ''].filter(Boolean).join(', '))))
        : null,
      body('Request', resolve(op.requestBody)?.content),
      table(['answer', ''], answers.map(([status, answer]) =>
        row(code(status), answer.description))),
      good ? body('Answer', good[1].content) : null));
};

const draw = (filter) => {
  const groups = new Map();
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const [method, op] of Object.entries(item)) {
      if (method === 'parameters') continue;
      const text = `${method} ${path} ${op.operationId} ${op.summary}`.toLowerCase();
      if (!text.includes(filter)) continue;
      const tag = op.tags?.[0] ?? 'other';
      groups.set(tag, [...(groups.get(tag) ?? []), operation(path, method, op, item.parameters)]);
    }
  }
  const schemas = Object.entries(contract.components.schemas)
    .filter(([name]) => name.toLowerCase().includes(filter))
    .map(([name, schema]) => make('details', {},
      make('summary', {}, code(name), make('span', { textContent: schema.description ?? '' })),
      make('div', {}, fields(schema))));
  document.getElementById('main').replaceChildren(
    make('p', { className: 'text', textContent: contract.info.description }),
    ...[...groups].flatMap(([tag, ops]) => [make('h2', { textContent: tag }), ...ops]),
    make('h2', { textContent: 'schemas' }), ...schemas);
};

const search = document.getElementById('search');
search.addEventListener('input', () => draw(search.value.trim().toLowerCase()));
draw('');
