// A small network: values go forward, slopes come back, and the chosen weight, bias or input moves.
(host, it, kit) => {
  'use strict';
  const ROW = 54, TOP = 34, STEPS = 60;
  const { colour, text, escaped, line } = kit;
  const { layers, rows } = it.net;
  const inputs = layers[0].from;
  const state = { x: it.x.slice(), w: it.w.slice() };

  // All that can be moved: where its number stands, and what it is called.
  const places = [];
  const sample = (i) => (rows > 1 ? `sample ${Math.floor(i / inputs) + 1}, ` : '');
  it.x.forEach((_, i) => places.push({ of: 'x', i, name: `input: ${sample(i)}x${(i % inputs) + 1}` }));
  let at = 0;
  layers.forEach((layer, l) => {
    layer.first = at;
    if (layer.dense) for (let k = 0; k < layer.from * layer.to; k++)
      places.push({ of: 'w', i: at + k, layer: l, name: `${layer.name}: weight ${Math.floor(k / layer.to) + 1} → ${(k % layer.to) + 1}` });
    at += layer.dense ? layer.from * layer.to : 0;
    layer.bias = at;
    if (layer.biased) for (let j = 0; j < layer.to; j++) places.push({ of: 'w', i: at + j, layer: l, name: `${layer.name}: bias ${j + 1}` });
    at += layer.biased ? layer.to : 0;
  });
  let chosen = places.findIndex((p) => p.of === 'w');
  if (chosen < 0) chosen = 0;

  const first = (p) => it[p.of][p.i];
  const reach = (p) => Math.max(3, 2 * Math.abs(first(p)));
  const sliders = kit.sliders([{ group: 'setting', name: 'its value', low: -3, high: 3, step: 0.1, first: 0 }], (_, value) => {
    state[places[chosen].of][places[chosen].i] = value;
    figure.draw();
  });
  const reset = () => { state.x = it.x.slice(); state.w = it.w.slice(); select(chosen); };
  const { root, part } = kit.card(it.title, `<svg></svg>
    <dl aria-live="polite"><dt>loss, ${escaped(it.loss)}</dt><dd><data class="loss"></data></dd><dd class="formula"></dd>
    <dt>slope of the chosen</dt><dd><data class="slope"></data></dd><dd class="formula told"></dd></dl>
    <p><label for="which">move</label> <select id="which">${places.map((p, i) => `<option value="${i}">${escaped(p.name)}</option>`).join('')}</select></p>
    ${sliders.form([['setting', 'or touch a line, an input, or a unit for its bias']])}`, {
    reset,
    style: `p { margin: 0 0 8px; } select { font: inherit; min-height: 28px; max-width: 75%; }
      select:focus-visible { outline: 2px solid ${colour.training}; outline-offset: 1px; }
      [data-place] { cursor: pointer; }`,
  });
  sliders.listen(root);
  const range = part('#s0');
  const select = (i) => {
    chosen = i;
    const p = places[i];
    part('#which').value = i;
    range.min = first(p) - reach(p);
    range.max = first(p) + reach(p);
    range.step = reach(p) / STEPS;
    figure.draw();
  };
  part('#which').addEventListener('change', (event) => select(Number(event.target.value)));
  part('svg').addEventListener('click', (event) => {
    const touched = event.target.closest('[data-place]');
    if (touched) select(Number(touched.dataset.place));
  });

  const place = (of, i) => places.findIndex((p) => p.of === of && p.i === i);
  const brief = (v) => (Math.abs(v) < 0.005 && v !== 0 ? text(Number(v.toPrecision(1))) : text(Number(v.toFixed(2))));
  const small = (px, py, said, fill, weight) =>
    `<text x="${px}" y="${py}" fill="${fill}" text-anchor="middle" font-weight="${weight || 400}">${escaped(said)}</text>`;
  const tallest = Math.max(inputs, ...layers.map((l) => l.to));

  const draw = (width) => {
    const now = it.net.pass(state.x, state.w);
    const [loss, outs, deltas, slopes, byX] = now;
    const p = places[chosen];
    // Of several samples the picture has the one whose input moves, else the first.
    const row = p.of === 'x' ? Math.floor(p.i / inputs) : 0;
    const space = width / (layers.length + 1);
    const wide = Math.min(76, space - 8);
    const x = (c) => space * (c + 0.5);
    const y = (u, n) => TOP + (tallest * ROW) / 2 + (u - (n - 1) / 2) * ROW;
    const largest = (values) => Math.max(1e-9, ...values.map(Math.abs));
    const [most, steepest] = [largest(state.w), largest(slopes)];
    let lines = '', units = '';
    const unit = (c, u, n, value, slope, here) => {
      const [px, py] = [x(c), y(u, n)];
      units += `<g ${here >= 0 ? `data-place="${here}"` : ''}><rect x="${px - wide / 2}" y="${py - 18}" width="${wide}" height="36" rx="8"
        fill="#fff" stroke="${here === chosen && here >= 0 ? colour.training : colour.track}" stroke-width="${here === chosen && here >= 0 ? 3 : 1}"/>`
        + small(px, py - 3, brief(value), colour.words.prediction, 600) + small(px, py + 12, brief(slope), colour.words.gradient) + '</g>';
    };
    for (let u = 0; u < inputs; u++) unit(0, u, inputs, state.x[row * inputs + u], byX[row * inputs + u], place('x', row * inputs + u));
    units += small(x(0), 16, 'input', colour.faint);
    layers.forEach((layer, l) => {
      for (let j = 0; j < layer.to; j++) {
        for (let k = 0; k < layer.from; k++) {
          const [x1, y1, x2, y2] = [x(l) + wide / 2, y(k, layer.from), x(l + 1) - wide / 2, y(j, layer.to)];
          if (layer.dense) {
            const i = layer.first + k * layer.to + j, here = place('w', i);
            if (here === chosen) lines += line(x1, y1, x2, y2, `stroke="${colour.training}" stroke-width="11" opacity="0.3"`);
            lines += line(x1, y1 - 2, x2, y2 - 2, `stroke="${colour.prediction}" stroke-width="${0.4 + 3.5 * Math.abs(state.w[i]) / most}"`)
              + line(x1, y1 + 2, x2, y2 + 2, `stroke="${colour.gradient}" stroke-width="${0.3 + 3 * Math.abs(slopes[i]) / steepest}" stroke-dasharray="4 3"`)
              + line(x1, y1, x2, y2, `stroke="transparent" stroke-width="16" data-place="${here}"`);
          } else if (k === j) lines += line(x1, y1, x2, y2, `stroke="${colour.track}"`);
        }
        const here = layer.biased ? place('w', layer.bias + j) : -1;
        unit(l + 1, j, layer.to, outs[l][row * layer.to + j], deltas[l][row * layer.to + j], here);
      }
      units += small(x(l + 1), 16, layer.name.length * 6 > space ? layer.name.slice(0, Math.floor(space / 6) - 1) + '…' : layer.name, colour.faint);
    });
    const value = state[p.of][p.i];
    const slope = (p.of === 'x' ? byX : slopes)[p.i];
    sliders.show(0, value);
    range.setAttribute('aria-label', p.name);
    const tell = (selector, number) => { part(selector).value = number; part(selector).textContent = text(number); };
    tell('.loss', loss);
    tell('.slope', slope);
    part('.formula').textContent = rows > 1 ? `of ${rows} samples; the picture has sample ${row + 1}` : '';
    part('.told').textContent = slope === 0 ? 'moving it a little changes nothing' : `the loss falls where this number ${slope > 0 ? 'falls' : 'rises'}`;
    const middle = TOP + tallest * ROW + 14;
    return {
      drawing: lines + units + kit.words(8, middle, '→ values forward', colour.words.prediction)
        + kit.words(width - 8, middle, '⇠ slopes backward', colour.words.gradient, 'end'),
      label: `A network of ${layers.length + 1} columns; ${p.name} is ${text(value)}, its slope ${text(slope)}, the loss ${text(loss)}.`,
    };
  };
  const figure = kit.figure(part('svg'), { height: TOP + tallest * ROW + 24, draw });
  select(chosen);
}
