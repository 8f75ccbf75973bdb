// A window that slides over an image: what lies under it, the products and their sum.
(host, it, kit) => {
  'use strict';
  const { colour, text, words } = kit;
  const few = it.kernel.length / it.filters <= 9;
  const list = [
    { group: 'window', name: 'row', low: 0, high: it.height - 1, step: 1, first: 0 },
    { group: 'window', name: 'column', low: 0, high: it.width - 1, step: 1, first: 0 },
  ];
  if (it.filters > 1) list.push({ group: 'window', name: 'filter', low: 0, high: it.filters - 1, step: 1, first: 0 });
  const weights = list.length;
  const size = it.kernel.length / it.filters;
  if (few) for (let k = 0; k < size; k++) {
    const name = `${Math.floor(k / it.kernelColumns)}, ${k % it.kernelColumns}`;
    list.push({ group: 'kernel', name, low: it.lowest, high: it.highest, step: it.step, first: it.kernel[k * it.filters] });
  }
  let kernel = it.kernel.slice();
  const settings = list.map((s) => s.first);
  const filter = () => (it.filters > 1 ? settings[2] : 0);
  const sliders = kit.sliders(list, (i, value) => {
    settings[i] = value;
    if (i >= weights) kernel[(i - weights) * it.filters + filter()] = value;
    show();
  });
  const { root, part } = kit.card(it.title, `<svg></svg><dl aria-live="polite"></dl>${sliders.form([['window', 'the window'], ['kernel', 'the kernel, by row and column']])}`, {
    reset: () => { kernel = it.kernel.slice(); list.forEach((s, i) => { settings[i] = s.first; }); show(); },
  });
  sliders.listen(root);
  const place = () => settings[0] * it.width + settings[1];
  let frame = { left: 0, top: 0, cell: 1 };
  const grid = (numbers, columns, left, top, cell, marked, name) => {
    const known = numbers.filter(Number.isFinite);
    const low = Math.min(...known), high = Math.max(...known);
    const withNumbers = cell >= 24;
    let drawing = '';
    numbers.forEach((v, i) => {
      const px = left + (i % columns) * cell, py = top + Math.floor(i / columns) * cell;
      const grey = Math.round(255 * (high > low ? (v - low) / (high - low) : 0));
      const fill = withNumbers ? (marked.has(i) ? '#bfe3f5' : '#fff') : `rgb(${grey},${grey},${grey})`;
      drawing += `<rect x="${px.toFixed(1)}" y="${py.toFixed(1)}" width="${cell.toFixed(1)}" height="${cell.toFixed(1)}" fill="${fill}"${withNumbers ? ` stroke="${colour.track}"` : ' shape-rendering="crispEdges"'}/>`;
      if (withNumbers) drawing += words(px + cell / 2, py + cell / 2 + 4, text(Number(v.toPrecision(3))), colour.ink, 'middle');
    });
    if (!withNumbers) marked.forEach((i) => {
      drawing += `<rect x="${(left + (i % columns) * cell).toFixed(1)}" y="${(top + Math.floor(i / columns) * cell).toFixed(1)}" width="${cell.toFixed(1)}" height="${cell.toFixed(1)}" fill="none" stroke="${colour.training}" stroke-width="1.5"/>`;
    });
    const rows = Math.ceil(numbers.length / columns);
    return drawing + words(left, top + rows * cell + 16, name, colour.faint);
  };
  const layout = (width) => {
    const beside = width >= 480;
    const gap = 28;
    const room = beside ? width - gap : width;
    const cell = Math.min(36, beside ? room / (it.columns + it.width) : room / Math.max(it.columns, it.width));
    return { beside, gap, cell };
  };
  const draw = (width) => {
    const { beside, gap, cell } = layout(width);
    const pairs = it.taps[place()];
    const under = new Set(pairs.filter((_, i) => i % 2 === 0));
    const sums = it.sums(it.numbers, it.taps, kernel, it.filters, filter(), it.bias[filter()]);
    const results = it.activation ? sums.map((v) => it.activate(1, v)[0]) : sums;
    frame = { left: 0, top: 4, cell };
    const left = beside ? it.columns * cell + gap : 0;
    const top = beside ? 4 : it.rows * cell + 34;
    const drawing = grid(it.numbers, it.columns, 0, 4, cell, under, 'input')
      + grid(results, it.width, left, top, cell, new Set([place()]), it.activation ? `${it.activation} of the sums` : 'sum of the products');
    const products = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const factor = (v) => (v < 0 ? `(${text(v)})` : text(v));
      products.push(`${products.length ? factor(it.numbers[pairs[i]]) : text(it.numbers[pairs[i]])}·${factor(kernel[pairs[i + 1] * it.filters + filter()])}`);
    }
    if (it.bias[filter()] !== 0) products.push(text(it.bias[filter()]));
    part('dl').innerHTML = `<dt>sum</dt><dd><data>${text(sums[place()])}</data></dd><dd class="formula">${kit.escaped(products.slice(0, 25).join(' + ') + (products.length > 25 ? ' + …' : ''))}</dd>`
      + (it.activation ? `<dt>${kit.escaped(it.activation)}</dt><dd><data>${text(results[place()])}</data></dd><dd class="formula">${kit.escaped(it.activation)} of the sum</dd>` : '');
    return { drawing, label: `The window at row ${settings[0]}, column ${settings[1]}: the sum of its products is ${text(sums[place()])}${it.activation ? `, ${it.activation} of it ${text(results[place()])}` : ''}` };
  };
  const height = (width) => {
    const { beside, cell } = layout(width);
    return Math.round(beside ? Math.max(it.rows, it.height) * cell + 28 : (it.rows + it.height) * cell + 62);
  };
  const figure = kit.figure(part('svg'), { height, draw });
  const show = () => {
    if (few) for (let k = 0; k < size; k++) settings[weights + k] = kernel[k * it.filters + filter()];
    figure.draw();
    list.forEach((_, i) => sliders.show(i, settings[i]));
  };
  const to = (row, column) => {
    settings[0] = Math.min(it.height - 1, Math.max(0, Math.round(row)));
    settings[1] = Math.min(it.width - 1, Math.max(0, Math.round(column)));
    show();
  };
  const middle = (axis) => ((it.reach[axis] - 1) / 2 - it.before[axis]);
  figure.handle({
    name: 'the window',
    at: () => [
      frame.left + (settings[1] * it.strides[1] + middle(1) + 0.5) * frame.cell,
      frame.top + (settings[0] * it.strides[0] + middle(0) + 0.5) * frame.cell,
      `row ${settings[0]}, column ${settings[1]}`],
    moved: (px, py) => to(((py - frame.top) / frame.cell - 0.5 - middle(0)) / it.strides[0], ((px - frame.left) / frame.cell - 0.5 - middle(1)) / it.strides[1]),
    by: (dx, dy) => to(settings[0] - dy, settings[1] + dx),
    fill: colour.training,
  });
  show();
}
