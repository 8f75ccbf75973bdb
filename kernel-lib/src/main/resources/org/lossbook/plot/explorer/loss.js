// The explorer of a loss or of a function of one number: its curve, its slope and the tangent where the slider is.
(host, it, kit) => {
  'use strict';
  const HEIGHT = 300, LEFT = 62, RIGHT = 70, TOP = 16, BOTTOM = 42, POINTS = 201;
  const EDGE = 1e-6; // at the very ends of its range a probability is clipped, which is not what a curve should show
  const { curves, words: say } = it;
  const { colour, text, escaped } = kit;
  const state = it.sliders.map((s) => s.first);
  let curve = curves[0];
  const at = (t) => curve.f(1, t, ...state);

  const sliders = kit.sliders(it.sliders, (i, value) => {
    kit.move(it.sliders, state, i, value);
    curve = curves.find((c) => c.slider === i) || curve;
    figure.draw();
  });
  const reset = () => {
    it.sliders.forEach((s, i) => { state[i] = s.first; });
    curve = curves[0];
    figure.draw();
  };
  const { root, part } = kit.card(it.title, `<svg></svg>
    <dl aria-live="polite">
      <dt class="loss">${say.value}</dt><dd><data class="value"></data> ${escaped(it.unit)}</dd><dd class="formula">${escaped(it.formula)}</dd>
      <dt class="slope">its slope</dt><dd><data class="slope-value"></data></dd><dd class="formula"></dd>
      ${it.gradient ? `<dt>gradient</dt><dd><data class="gradient"></data></dd><dd class="formula">${escaped(it.derivative)}</dd>` : ''}
    </dl>${sliders.form([['truth', 'the truth'], ['prediction', say.prediction], ['setting', say.settings]])}`, {
    reset,
    style: `dt::before { content: ''; display: inline-block; width: 18px; margin-right: 6px; vertical-align: middle; }
      .loss::before { border-top: 3px solid ${colour.loss}; }
      .slope::before { border-top: 3px dashed ${colour.gradient}; }
      data.gradient { font-size: 13px; }`,
  });
  sliders.listen(root);

  // Where a curve runs away, as a logarithm does at an end of its axis, it leaves the figure.
  const highest = (lines) => {
    const size = (line, share) => {
      const sizes = line.map(Math.abs).filter(Number.isFinite).sort((a, b) => a - b);
      return sizes.length ? sizes[Math.floor(share * (sizes.length - 1))] : 0;
    };
    const usual = Math.max(...lines.map((line) => size(line, 0.8)));
    return Math.max(...lines.map((line) => size(line, 1))) > 3 * usual ? 1.5 * usual : Infinity;
  };

  const show = (selector, numbers) => {
    part(selector).value = numbers.join(' ');
    part(selector).textContent = numbers.length > 1 ? `[${numbers.map(text).join(', ')}]` : text(numbers[0]);
  };
  const tell = (loss, slope) => {
    state.forEach((value, i) => sliders.show(i, value));
    show('.value', [loss]);
    show('.slope-value', [slope]);
    root.querySelectorAll('.formula')[1].textContent = curve.derivative;
    if (it.gradient) show('.gradient', it.gradient(1, ...state)[1]);
  };

  const draw = (width) => {
    const { low, high, name } = it.sliders[curve.slider];
    const inside = (t) => Math.min(high - EDGE * (high - low), Math.max(low + EDGE * (high - low), t));
    const xs = Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
    const points = xs.map((t) => at(inside(t)));
    const lines = [points.map((p) => p[0]), points.map((p) => p[1])];
    const here = state[curve.slider];
    const [loss, slope] = at(here);
    const limit = highest(lines);
    const seen = lines.map((line) => line.map((v) => (Math.abs(v) <= limit ? v : NaN)));
    const all = [...seen[0], ...seen[1], 0, loss].filter(Number.isFinite);
    let [bottom, top] = [Math.min(...all), Math.max(...all)];
    if (top - bottom < 1e-9) top = bottom + 1;
    const pad = 0.04 * (top - bottom);
    const frame = { left: LEFT, top: TOP, right: width - RIGHT, bottom: HEIGHT - BOTTOM };
    const { x, y, drawing } = kit.axes({ ...frame, x: [low, high], y: [bottom - pad, top + pad],
      xName: name, yName: say.axis + (it.unit && ' in ' + it.unit) });
    const along = (values) => values.map((v, i) => [x(xs[i]), y(v)]);
    const end = (values) => {
      for (let i = POINTS - 1; i > 0; i--) if (Number.isFinite(values[i])) return y(values[i]) + 4;
      return y(0);
    };
    let drawn = drawing;
    const goal = curve.target(1, ...state)[0];
    if (!Number.isNaN(goal)) {
      const beyond = goal < low - 1e-9 ? -1 : goal > high + 1e-9 ? 1 : 0;
      const px = x(Math.min(high, Math.max(low, goal)));
      const left = px > frame.right - 100;
      const said = beyond === 0 ? it.goal : beyond < 0 ? '← ' + it.goal : it.goal + ' →';
      drawn += kit.line(px, TOP, px, frame.bottom, `stroke="${colour.truth}" stroke-dasharray="2 3" class="target"`)
        + kit.words(px + (left ? -6 : 6), TOP + 10, said, colour.truth, left ? 'end' : 'start');
    }
    let inner = kit.path(along(seen[1]), `class="slope-line" stroke="${colour.gradient}" stroke-width="2" stroke-dasharray="7 4"`)
      + kit.path(along(seen[0]), `class="loss-line" stroke="${colour.loss}" stroke-width="2.2"`);
    if (Number.isFinite(slope)) {
      const reach = (high - low) / 5;
      inner += kit.line(x(here - reach), y(loss - slope * reach), x(here + reach), y(loss + slope * reach),
        `stroke="${colour.prediction}" stroke-width="2" class="tangent"`);
    }
    const labels = [end(seen[0]), end(seen[1])];
    if (Math.abs(labels[0] - labels[1]) < 14) labels[1] = labels[0] + (labels[1] < labels[0] ? -14 : 14);
    drawn += kit.clip(frame, inner) + kit.words(frame.right + 8, labels[0], say.value) + kit.words(frame.right + 8, labels[1], 'its slope');
    if (Number.isFinite(loss)) drawn += kit.dot(x(here), y(loss), colour.prediction, 'class="here"');
    tell(loss, slope);
    return { drawing: drawn, label: `The ${say.value} and its slope over ${name}, and the tangent where that is ${text(here)}.` };
  };
  const figure = kit.figure(part('svg'), { height: HEIGHT, draw });
}
