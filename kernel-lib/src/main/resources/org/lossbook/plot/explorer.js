// Draws one explorer into its host. It is written into each output, and so needs nothing around it:
// no library, no network, no name outside itself. The shadow root keeps the page's style out and its own in.
(host, it) => {
  'use strict';
  const WIDTH = 640, HEIGHT = 300, LEFT = 62, RIGHT = 70, TOP = 16, BOTTOM = 42, POINTS = 201;
  const EDGE = 1e-6; // at the very ends of its range a probability is clipped, which is not what a curve should show
  const { sliders, curves, colour } = it;
  const state = sliders.map((s) => s.first);
  let curve = curves[0];

  const escaped = (words) => words.replace(/[&<>"]/g, (c) => '&#' + c.charCodeAt(0) + ';');
  const signed = (words) => words.replace('-', '\u2212');
  const text = (x) => {
    if (!Number.isFinite(x)) return Number.isNaN(x) ? 'not a number' : x > 0 ? '∞' : '−∞';
    const digits = Number(x.toPrecision(4));
    const size = Math.abs(digits);
    return signed(size !== 0 && (size < 1e-4 || size >= 1e7) ? digits.toExponential() : String(digits));
  };
  const at = (t) => curve.f(1, t, ...state);
  const target = () => curve.target(1, ...state)[0];

  const groups = [['truth', 'the truth'], ['prediction', 'the prediction'], ['setting', 'settings of the loss']];
  // The ids are the shadow root's own: two explorers of a page do not see each other's.
  const slider = (s, i) => `<div><label for="s${i}">${escaped(s.name)}</label><input type="range" id="s${i}" min="${s.low}"
    max="${s.high}" step="${s.step}" value="${s.first}"><output for="s${i}"></output></div>`;
  const fieldset = ([group, legend]) => {
    const own = sliders.map((s, i) => (s.group === group ? slider(s, i) : '')).join('');
    return own && `<fieldset><legend>${legend}</legend>${own}</fieldset>`;
  };
  const root = host.shadowRoot || host.attachShadow({ mode: 'open' });
  root.innerHTML = `<style>
    :host { all: initial; display: block; max-width: ${WIDTH}px; color-scheme: light; }
    section { box-sizing: border-box; padding: 12px 14px 14px; border-radius: 12px; background: ${colour.card};
      color: ${colour.ink}; font: 13px/1.4 system-ui, sans-serif; }
    header { display: flex; justify-content: space-between; align-items: baseline; }
    h2 { margin: 0; font-size: 14px; }
    button { border: 1px solid ${colour.grid}; border-radius: 6px; padding: 2px 10px; background: #fff;
      color: ${colour.faint}; font: inherit; cursor: pointer; }
    button:hover { color: ${colour.ink}; }
    svg { display: block; width: 100%; height: auto; margin: 4px 0 6px; }
    svg text { font: 12px system-ui, sans-serif; }
    dl { display: grid; grid-template-columns: max-content max-content 1fr; gap: 2px 12px; margin: 0 0 10px;
      align-items: baseline; }
    dt, dd { margin: 0; }
    dt::before { content: ''; display: inline-block; width: 18px; margin-right: 6px; vertical-align: middle; }
    .loss::before { border-top: 3px solid ${colour.loss}; }
    .slope::before { border-top: 3px dashed ${colour.gradient}; }
    data { font-weight: 600; font-size: 15px; font-variant-numeric: tabular-nums; }
    data.gradient { font-size: 13px; }
    .formula { color: ${colour.faint}; overflow-wrap: anywhere; }
    form { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 8px 24px; }
    fieldset { min-width: 0; margin: 0; border: 0; border-top: 1px solid ${colour.grid}; padding: 4px 0 0; }
    legend { padding: 0 8px 0 0; color: ${colour.faint}; }
    fieldset div { display: grid; grid-template-columns: 1fr 140px 46px; gap: 8px; align-items: center; min-height: 27px; }
    input { -webkit-appearance: none; appearance: none; width: 100%; height: 20px; margin: 0; background: none; cursor: pointer;
      --thumb: ${colour.faint}; border-radius: 4px; }
    [data-group=prediction] input { --thumb: ${colour.prediction}; }
    [data-group=truth] input { --thumb: ${colour.truth}; }
    input::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: ${colour.track}; }
    input::-moz-range-track { height: 4px; border-radius: 2px; background: ${colour.track}; }
    input::-webkit-slider-thumb { -webkit-appearance: none; width: 16px; height: 16px; margin-top: -6px; border-radius: 50%;
      border: 2px solid #fff; background: var(--thumb); box-shadow: 0 0 2px rgba(0, 0, 0, 0.5); }
    input::-moz-range-thumb { width: 12px; height: 12px; border-radius: 50%; border: 2px solid #fff; background: var(--thumb);
      box-shadow: 0 0 2px rgba(0, 0, 0, 0.5); }
    input:focus-visible, button:focus-visible { outline: 2px solid ${colour.focus}; outline-offset: 1px; }
    output { text-align: right; font-variant-numeric: tabular-nums; }
  </style>
  <section aria-label="${escaped(it.title)}, to explore">
    <header><h2>${escaped(it.title)}</h2><button type="button">start over</button></header>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"></svg>
    <dl aria-live="polite">
      <dt class="loss">loss</dt><dd><data class="value"></data> ${escaped(it.unit)}</dd><dd class="formula">${escaped(it.formula)}</dd>
      <dt class="slope">its slope</dt><dd><data class="slope-value"></data></dd><dd class="formula"></dd>
      ${it.gradient ? `<dt>gradient</dt><dd><data class="gradient"></data></dd><dd class="formula">${escaped(it.derivative)}</dd>` : ''}
    </dl>
    <form>${groups.map(fieldset).join('')}</form>
  </section>`;
  const part = (selector) => root.querySelector(selector);
  const inputs = sliders.map((_, i) => part(`#s${i}`));
  inputs.forEach((input, i) => { input.closest('fieldset').dataset.group = sliders[i].group; });

  // Numbers that an axis can be marked with: 1, 2 or 5 and a power of ten apart.
  const ticks = (low, high, most) => {
    const rough = (high - low) / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].find((digit) => digit * power >= rough) * power;
    const marks = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) marks.push(Number((i * step).toPrecision(12)));
    return marks;
  };

  // Where a curve runs away, as a logarithm does at an end of its axis, it leaves the figure.
  const highest = (lines) => {
    const size = (line, share) => {
      const sizes = line.map(Math.abs).filter(Number.isFinite).sort((a, b) => a - b);
      return sizes.length ? sizes[Math.floor(share * (sizes.length - 1))] : 0;
    };
    const usual = Math.max(...lines.map((line) => size(line, 0.8)));
    return Math.max(...lines.map((line) => size(line, 1))) > 3 * usual ? 1.5 * usual : Infinity;
  };

  const draw = () => {
    const moving = sliders[curve.slider];
    const { low, high } = moving;
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
    [bottom, top] = [bottom - pad, top + pad];
    const x = (t) => LEFT + ((t - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
    const y = (v) => TOP + ((top - v) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
    const line = (x1, y1, x2, y2, look) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${look}/>`;
    const words = (px, py, said, fill, anchor) =>
      `<text x="${px}" y="${py}" fill="${fill}" text-anchor="${anchor || 'start'}">${escaped(said)}</text>`;
    const path = (values) => {
      let pen = false;
      return values.map((v, i) => {
        if (!Number.isFinite(v)) { pen = false; return ''; }
        const step = `${pen ? 'L' : 'M'}${x(xs[i]).toFixed(1)} ${y(v).toFixed(1)}`;
        pen = true;
        return step;
      }).join('');
    };
    const end = (values) => {
      for (let i = POINTS - 1; i > 0; i--) if (Number.isFinite(values[i])) return y(values[i]) + 4;
      return y(0);
    };
    let drawing = '';
    ticks(bottom, top, 6).forEach((v) => {
      drawing += line(LEFT, y(v), WIDTH - RIGHT, y(v), `stroke="${colour.grid}"`) + words(LEFT - 8, y(v) + 4, signed(String(v)), colour.faint, 'end');
    });
    ticks(low, high, 8).forEach((t) => { drawing += words(x(t), HEIGHT - BOTTOM + 16, signed(String(t)), colour.faint, 'middle'); });
    drawing += words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, moving.name, colour.ink, 'middle');
    drawing += `<g transform="rotate(-90 14 ${(TOP + HEIGHT - BOTTOM) / 2})">`
      + words(14, (TOP + HEIGHT - BOTTOM) / 2, 'loss of one sample' + (it.unit && ' in ' + it.unit), colour.ink, 'middle') + '</g>';

    const goal = target();
    if (!Number.isNaN(goal)) {
      const beyond = goal < low - 1e-9 ? -1 : goal > high + 1e-9 ? 1 : 0;
      const px = x(Math.min(high, Math.max(low, goal)));
      const left = px > WIDTH - RIGHT - 100;
      const said = beyond === 0 ? it.goal : beyond < 0 ? '← ' + it.goal : it.goal + ' →';
      drawing += line(px, TOP, px, HEIGHT - BOTTOM, `stroke="${colour.truth}" stroke-dasharray="2 3" class="target"`)
        + words(px + (left ? -6 : 6), TOP + 10, said, colour.truth, left ? 'end' : 'start');
    }
    const labels = [end(seen[0]), end(seen[1])];
    if (Math.abs(labels[0] - labels[1]) < 14) labels[1] = labels[0] + (labels[1] < labels[0] ? -14 : 14);
    drawing += `<svg x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}"
      viewBox="${LEFT} ${TOP} ${WIDTH - LEFT - RIGHT} ${HEIGHT - TOP - BOTTOM}" style="margin:0">
      <path class="slope-line" d="${path(seen[1])}" fill="none" stroke="${colour.gradient}" stroke-width="2" stroke-dasharray="7 4"/>
      <path class="loss-line" d="${path(seen[0])}" fill="none" stroke="${colour.loss}" stroke-width="2.2"/>`;
    if (Number.isFinite(slope)) {
      const reach = (high - low) / 5;
      drawing += line(x(here - reach), y(loss - slope * reach), x(here + reach), y(loss + slope * reach),
        `stroke="${colour.prediction}" stroke-width="2" class="tangent"`);
    }
    drawing += '</svg>' + words(WIDTH - RIGHT + 8, labels[0], 'loss', colour.ink) + words(WIDTH - RIGHT + 8, labels[1], 'its slope', colour.ink);
    if (Number.isFinite(loss)) {
      drawing += `<circle cx="${x(here)}" cy="${y(loss)}" r="5.5" fill="${colour.prediction}" stroke="#fff" stroke-width="1.5" class="here"/>`;
    }
    part('svg').innerHTML = drawing;
    part('svg').setAttribute('aria-label', `The loss and its slope over ${moving.name}, and the tangent where that is ${text(here)}.`);

    sliders.forEach((s, i) => {
      inputs[i].value = state[i];
      inputs[i].setAttribute('aria-valuetext', text(state[i]));
      inputs[i].nextElementSibling.value = text(state[i]);
    });
    const show = (selector, numbers) => {
      part(selector).value = numbers.join(' ');
      part(selector).textContent = numbers.length > 1 ? `[${numbers.map(text).join(', ')}]` : text(numbers[0]);
    };
    show('.value', [loss]);
    show('.slope-value', [slope]);
    root.querySelectorAll('.formula')[1].textContent = curve.derivative;
    if (it.gradient) show('.gradient', it.gradient(1, ...state)[1]);
  };

  // Numbers that sum to one make room for the one that moves, each in proportion.
  const makeRoom = (i) => {
    const rest = sliders.map((_, k) => k).filter((k) => k !== i && sliders[k].whole && sliders[k].group === sliders[i].group);
    const before = rest.reduce((sum, k) => sum + state[k], 0);
    rest.forEach((k) => { state[k] = ((1 - state[i]) * (before > 0 ? state[k] / before : 1 / rest.length)); });
  };
  root.addEventListener('input', (event) => {
    const i = inputs.indexOf(event.target);
    state[i] = Number(event.target.value);
    if (sliders[i].whole) {
      // All of it in one place would leave the others no proportion to come back in.
      if (sliders[i].group === 'prediction') state[i] = Math.min(state[i], 0.999);
      makeRoom(i);
    }
    curve = curves.find((c) => c.slider === i) || curve;
    draw();
  });
  part('button').addEventListener('click', () => {
    sliders.forEach((s, i) => { state[i] = s.first; });
    curve = curves[0];
    draw();
  });
  // A notebook takes arrow keys for its own unless it is told not to.
  host.setAttribute('data-lm-suppress-shortcuts', 'true');
  root.addEventListener('keydown', (event) => { if (event.key !== 'Tab' && event.key !== 'Escape') event.stopPropagation(); });
  draw();
}
