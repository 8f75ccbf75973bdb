// Optimizers on a formula of one or two variables: their settings have sliders, and the start can be dragged.
(host, it, kit) => {
  'use strict';
  const { colour, text, line, words, dot, path, clip } = kit;
  const two = it.names.length === 2;
  let start = it.start.slice();
  const list = it.names.map((name, i) => ({ group: 'start', name, low: it.low[i], high: it.high[i], step: (it.high[i] - it.low[i]) / 200, first: it.start[i] }));
  it.walkers.forEach((w, k) => w.settings.forEach((s) => list.push({ ...s, group: 'w' + k, walker: k })));
  const settings = list.map((s) => s.first);
  const values = (k) => {
    const all = it.walkers[k].first.slice();
    list.forEach((s, i) => { if (s.walker === k) all[s.symbol] = settings[i]; });
    return all;
  };
  const hue = (k) => colour.compared[k % colour.compared.length];
  const sliders = kit.sliders(list, (i, value) => { settings[i] = value; if (i < start.length) start[i] = value; show(); });
  const groups = [['start', 'start'], ...it.walkers.map((w, k) => ['w' + k, w.name])];
  const { root, part } = kit.card(it.title, `<svg></svg><dl aria-live="polite"></dl>${sliders.form(groups)}`, {
    style: '.key::before { content: ""; display: inline-block; width: 18px; margin-right: 6px; vertical-align: middle; border-top: 3px solid var(--hue); }',
    reset: () => { start = it.start.slice(); list.forEach((s, i) => { settings[i] = s.first; }); show(); },
  });
  sliders.listen(root);
  const ends = (way) => way[way.length - 1];
  const outside = (p) => p.some((v, i) => !(v >= it.low[i] && v <= it.high[i]));
  let frame;
  let ground = { width: 0, drawing: '' };
  const grid = (x, y, width) => {
    if (ground.width === width) return ground.drawing;
    const columns = 40, rows = 26, cells = [];
    const at = (i, n, low, high) => low + ((i + 0.5) / n) * (high - low);
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
      cells.push([c, r, it.f(1, at(c, columns, it.low[0], it.high[0]), at(r, rows, it.low[1], it.high[1]))[0]]);
    }
    const known = cells.map((cell) => cell[2]).filter(Number.isFinite).sort((a, b) => a - b);
    const lowest = known[0];
    const scale = (v) => Math.log1p((v - lowest) / ((known[Math.floor(known.length / 4)] - lowest) || 1));
    const most = scale(known[known.length - 1]) || 1;
    const w = (x(it.high[0]) - x(it.low[0])) / columns, h = (y(it.low[1]) - y(it.high[1])) / rows;
    // One path for each shade: a page draws a dozen faster than a thousand cells.
    const shades = new Map();
    cells.forEach(([c, r, v]) => {
      if (!Number.isFinite(v)) return;
      const shade = (0.04 + (0.4 * scale(v)) / most).toFixed(2);
      const [left, top, right, bottom] = [x(it.low[0]) + c * w, y(it.low[1]) - (r + 1) * h, x(it.low[0]) + (c + 1) * w, y(it.low[1]) - r * h].map(Math.round);
      shades.set(shade, `${shades.get(shade) || ''}M${left} ${top}H${right}V${bottom}H${left}z`);
    });
    ground = { width, drawing: [...shades].map(([shade, d]) => `<path d="${d}" shape-rendering="crispEdges" fill="${colour.faint}" fill-opacity="${shade}"/>`).join('') };
    return ground.drawing;
  };
  const draw = (width, height) => {
    const box = { left: 62, top: 14, right: width - 16, bottom: height - 44 };
    let drawing, x, y;
    if (two) {
      frame = kit.axes({ ...box, x: [it.low[0], it.high[0]], y: [it.low[1], it.high[1]], xName: it.names[0], yName: it.names[1] });
      ({ x, y } = frame);
      drawing = grid(x, y, width) + frame.drawing;
    } else {
      const xs = Array.from({ length: 161 }, (_, i) => it.low[0] + (i / 160) * (it.high[0] - it.low[0]));
      const ys = xs.map((v) => it.f(1, v)[0]);
      const finite = ys.filter(Number.isFinite);
      const low = Math.min(...finite), high = Math.max(...finite), pad = 0.05 * (high - low || 1);
      frame = kit.axes({ ...box, x: [it.low[0], it.high[0]], y: [low - pad, high + pad], xName: it.names[0], yName: 'f(' + it.names[0] + ')' });
      ({ x, y } = frame);
      drawing = frame.drawing + path(xs.map((v, i) => [x(v), y(ys[i])]), `stroke="${colour.track}" stroke-width="3"`);
    }
    const place = (p) => [x(p[0]), y(two ? p[1] : it.f(1, p[0])[0])];
    const ways = it.walkers.map((w, k) => it.walk(it.f, w, values(k), start, it.steps));
    let inside = '';
    ways.forEach((way, k) => {
      const points = way.map(place);
      inside += path(points, `stroke="${hue(k)}" stroke-width="1.8"`);
      const steps = points.slice(1).filter((p) => p.every(Number.isFinite)).map(([px, py]) => `M${px.toFixed(1)} ${py.toFixed(1)}h0`).join('');
      inside += `<path d="${steps}" stroke="${hue(k)}" stroke-width="4" stroke-linecap="round"/>`;
      const [ex, ey] = points[points.length - 1];
      if (Number.isFinite(ex) && Number.isFinite(ey)) inside += dot(ex, ey, hue(k));
    });
    drawing += clip(box, inside);
    part('dl').innerHTML = ways.map((way, k) => {
      const end = ends(way);
      const gone = outside(end) ? `, outside the figure since step ${way.length - 1 - way.slice().reverse().findIndex((p) => !outside(p)) + 1}` : '';
      const diverges = it.f(1, ...end)[0] > it.f(1, ...start)[0] ? 'diverges: ' : '';
      const said = `${diverges}after ${way.length - 1} steps at ${end.map(text).join(', ')}${gone}`;
      return `<dt class="key" style="--hue: ${hue(k)}">${kit.escaped(it.walkers[k].name)}</dt><dd><data>${text(it.f(1, ...end)[0])}</data></dd><dd class="formula">${said}</dd>`;
    }).join('');
    return { drawing, label: `${it.title}: ${it.walkers.map((w) => w.name).join(', ')} from ${start.map(text).join(', ')}` };
  };
  const figure = kit.figure(part('svg'), { height: (w) => Math.min(360, Math.round(w * 0.62)), draw });
  const move = (p) => { start = p.map((v, i) => Math.min(it.high[i], Math.max(it.low[i], v))); start.forEach((v, i) => { settings[i] = v; }); show(); };
  const back = (px, py) => {
    const [x0, x1] = [frame.x(it.low[0]), frame.x(it.high[0])];
    const h = [it.low[0] + ((px - x0) / (x1 - x0)) * (it.high[0] - it.low[0])];
    if (two) { const [y0, y1] = [frame.y(it.low[1]), frame.y(it.high[1])]; h.push(it.low[1] + ((py - y0) / (y1 - y0)) * (it.high[1] - it.low[1])); }
    return h;
  };
  const show = () => { figure.draw(); list.forEach((_, i) => sliders.show(i, settings[i])); };
  figure.handle({
    name: 'start', fill: colour.ink,
    at: () => [frame.x(start[0]), frame.y(two ? start[1] : it.f(1, start[0])[0]), start.map(text).join(', ')],
    moved: (px, py) => move(back(px, py)),
    by: (dx, dy) => move(start.map((v, i) => v + (i === 0 ? (two ? dx : dx || dy) : dy) * (it.high[i] - it.low[i]) / 100)),
  });
  show();
}
