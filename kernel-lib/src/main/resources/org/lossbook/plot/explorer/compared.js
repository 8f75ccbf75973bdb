// Several losses, or one with several settings, over the same sliders: a curve for each.
(host, it, kit) => {
  'use strict';
  const HEIGHT = 300, LEFT = 62, RIGHT = 16, TOP = 16, BOTTOM = 42, POINTS = 201, EDGE = 1e-6;
  const { colour, text, escaped } = kit;
  const state = it.sliders.map((s) => s.first);
  const hues = it.losses.map((_, k) => colour.compared[k % colour.compared.length]);
  const at = (loss, t) => loss.f(1, t, ...loss.takes.map((i) => state[i]));
  const sliders = kit.sliders(it.sliders, (i, value) => { kit.move(it.sliders, state, i, value); figure.draw(); });
  // A name that tells a setting tells what it is now.
  const named = (loss) => loss.takes.slice(it.shared).reduce((name, i) => {
    const letter = it.sliders[i].name.split(' ').pop();
    return name.split(', ').map((part) => (part.startsWith(letter + ' = ') ? `${letter} = ${text(state[i])}` : part)).join(', ');
  }, loss.name);
  const groups = [['truth', 'the truth'], ['prediction', 'the prediction'], ...it.losses.map((loss, k) => [`setting${k}`, `settings of ${loss.name}`])];
  const { root, part } = kit.card(it.title, `<svg></svg><dl aria-live="polite">${it.losses.map((loss, k) => `
    <dt class="of${k}"></dt><dd><data class="value${k}"></data> ${escaped(loss.unit)}</dd>
    <dd class="formula">slope <data class="slope${k}"></data></dd>`).join('')}</dl>${sliders.form(groups)}`, {
    reset: () => { it.sliders.forEach((s, i) => { state[i] = s.first; }); figure.draw(); },
    style: `dt::before { content: ''; display: inline-block; width: 18px; margin-right: 6px; vertical-align: middle; }
      ${hues.map((hue, k) => `[data-group=setting${k}] input { --thumb: ${hue}; }`).join('')}
      .formula data { font: inherit; color: ${colour.ink}; }
      ${hues.map((hue, k) => `.of${k}::before { border-top: 3px ${k % 2 ? 'dashed' : 'solid'} ${hue}; }`).join('')}`,
  });
  sliders.listen(root);
  const draw = (width) => {
    const { low, high, name } = it.sliders[it.moving];
    const inside = (t) => Math.min(high - EDGE * (high - low), Math.max(low + EDGE * (high - low), t));
    const xs = Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
    const lines = it.losses.map((loss) => xs.map((t) => at(loss, inside(t))[0]));
    const here = state[it.moving];
    const now = it.losses.map((loss) => at(loss, here));
    // Where a curve runs away, it leaves the figure.
    const sizes = lines.flat().map(Math.abs).filter(Number.isFinite).sort((a, b) => a - b);
    const usual = sizes[Math.floor(0.8 * (sizes.length - 1))] || 0;
    const limit = sizes[sizes.length - 1] > 3 * usual && usual > 0 ? 1.5 * usual : Infinity;
    const all = [0, ...lines.flat().filter((v) => Math.abs(v) <= limit)];
    let [bottom, top] = [Math.min(...all), Math.max(...all)];
    if (top - bottom < 1e-9) top = bottom + 1;
    const pad = 0.04 * (top - bottom);
    const frame = { left: LEFT, top: TOP, right: width - RIGHT, bottom: HEIGHT - BOTTOM };
    const { x, y, drawing } = kit.axes({ ...frame, x: [low, high], y: [bottom - pad, top + pad], xName: name, yName: 'loss of one sample' });
    let drawn = drawing;
    const goal = it.target(1, ...state.slice(0, it.shared))[0];
    if (goal >= low && goal <= high) {
      const px = x(goal), left = px > frame.right - 100;
      drawn += kit.line(px, TOP, px, frame.bottom, `stroke="${colour.truth}" stroke-dasharray="2 3" class="target"`)
        + kit.words(px + (left ? -6 : 6), TOP + 10, it.goal, colour.truth, left ? 'end' : 'start');
    }
    drawn += kit.clip(frame, lines.map((line, k) => kit.path(line.map((v, i) => [x(xs[i]), y(v)]),
      `class="line${k}" stroke="${hues[k]}" stroke-width="2.2" ${k % 2 ? 'stroke-dasharray="7 4"' : ''}`)).join('')
      + now.map(([v], k) => (Number.isFinite(v) ? kit.dot(x(here), y(v), hues[k]) : '')).join(''));
    state.forEach((value, i) => sliders.show(i, value));
    it.losses.forEach((loss, k) => {
      part(`.of${k}`).textContent = named(loss);
      const legend = part(`[data-group=setting${k}] legend`);
      if (legend) legend.textContent = `settings of ${named(loss)}`;
    });
    now.forEach((numbers, k) => ['value', 'slope'].forEach((what, j) => {
      part(`.${what}${k}`).value = numbers[j];
      part(`.${what}${k}`).textContent = text(numbers[j]);
    }));
    return { drawing: drawn, label: `${it.losses.map(named).join(' and ')} over ${name}, with a point on each where that is ${text(here)}.` };
  };
  const figure = kit.figure(part('svg'), { height: HEIGHT, draw });
}
