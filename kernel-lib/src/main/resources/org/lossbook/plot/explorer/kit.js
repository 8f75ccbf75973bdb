// What every explorer is made of. It is written into each output, and so needs nothing around it: no library,
// no network, no name outside itself. An explorer is a script `(host, it, kit) => { … }`; `kit` offers it:
//
// colour                 by role: card, ink, faint, grid, track, loss, gradient, prediction, truth, training, validation,
//                        guessing and compared[i]; words.loss and so on are the same, dark enough for text
// text(x), signed(words), escaped(words)          numbers and words as a page shows them
// ticks(low, high, most)                          the numbers to mark an axis with
// card(title, body, { style, reset })             the card with "start over"; body is HTML; answers part(selector) and root
// sliders(list, moved)   for each { group, name, low, high, step, first }: `.form([[group, legend], …])` is the HTML,
//                        `.listen(root)` wires it, `.show(i, value)` sets one; moved(i, value) hears of a change
// move(list, state, i, value)                     sets a number of the state; those that are a `whole` with it make room
// figure(element, { height, draw })               an SVG as wide as the card, redrawn by `.draw()` and when the width changes.
//                        draw(width, height) answers { drawing, label }; `.handle({ name, at, moved, by })` adds a point to
//                        drag or to move by arrow keys: at() is [x, y, text] in pixels, moved(x, y) hears where the pointer
//                        is, by(dx, dy) hears of arrow keys, one step right is (1, 0), one up (0, 1)
// line, words, dot, path, clip                    parts of a drawing, as text
// axes({ left, top, right, bottom, x, y, xName, yName })   grid, ticks and names; x and y are [low, high]; `.x(v)`, `.y(v)` map
(host, colour) => {
  'use strict';
  const LARGEST = 640, SMALLEST = 260;
  const escaped = (words) => String(words).replace(/[&<>"]/g, (c) => '&#' + c.charCodeAt(0) + ';');
  const signed = (words) => String(words).replace(/-/g, '\u2212');
  const text = (x) => {
    if (!Number.isFinite(x)) return Number.isNaN(x) ? 'not a number' : x > 0 ? '∞' : '−∞';
    const digits = Number(x.toPrecision(4));
    const size = Math.abs(digits);
    return signed(size !== 0 && (size < 1e-4 || size >= 1e7) ? digits.toExponential() : String(digits));
  };

  // Numbers that an axis can be marked with: 1, 2 or 5 and a power of ten apart.
  const ticks = (low, high, most) => {
    const rough = (high - low) / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].find((digit) => digit * power >= rough) * power;
    const marks = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) marks.push(Number((i * step).toPrecision(12)));
    return marks;
  };

  const card = (title, body, { style = '', reset }) => {
    const root = host.shadowRoot || host.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>
      :host { all: initial; display: block; max-width: ${LARGEST}px; color-scheme: light; }
      section { box-sizing: border-box; padding: 12px 14px 14px; border-radius: 12px; background: ${colour.card};
        color: ${colour.ink}; font: 13px/1.4 system-ui, sans-serif; }
      header { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; }
      h2 { margin: 0; font-size: 14px; }
      button { flex: none; min-height: 26px; border: 1px solid ${colour.track}; border-radius: 6px; padding: 2px 10px; background: #fff;
        color: ${colour.ink}; font: inherit; cursor: pointer; }
      svg { display: block; width: 100%; height: auto; margin: 4px 0 6px; }
      svg text { font: 12px system-ui, sans-serif; }
      .handle { cursor: grab; touch-action: none; }
      .handle:focus { outline: none; }
      .handle:focus-visible .ring { stroke: ${colour.training}; stroke-width: 2; }
      dl { display: grid; grid-template-columns: max-content max-content 1fr; gap: 2px 12px; margin: 0 0 10px; align-items: baseline; }
      dt, dd { margin: 0; }
      data { font-weight: 600; font-size: 15px; font-variant-numeric: tabular-nums; }
      form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: 8px 24px; }
      fieldset { min-width: 0; margin: 0; border: 0; border-top: 1px solid ${colour.grid}; padding: 4px 0 0; }
      legend { padding: 0 8px 0 0; color: ${colour.faint}; }
      fieldset div { display: grid; grid-template-columns: 1fr 140px 46px; gap: 8px; align-items: center; min-height: 27px; }
      input { -webkit-appearance: none; appearance: none; width: 100%; height: 24px; margin: 0; background: none; cursor: pointer;
        --thumb: ${colour.faint}; border-radius: 4px; }
      [data-group=prediction] input { --thumb: ${colour.prediction}; }
      [data-group=truth] input { --thumb: ${colour.truth}; }
      input::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: ${colour.track}; }
      input::-moz-range-track { height: 4px; border-radius: 2px; background: ${colour.track}; }
      input::-webkit-slider-thumb { -webkit-appearance: none; width: 16px; height: 16px; margin-top: -6px; border-radius: 50%;
        border: 2px solid #fff; background: var(--thumb); box-shadow: 0 0 2px rgba(0, 0, 0, 0.5); }
      input::-moz-range-thumb { width: 12px; height: 12px; border-radius: 50%; border: 2px solid #fff; background: var(--thumb);
        box-shadow: 0 0 2px rgba(0, 0, 0, 0.5); }
      input:focus-visible, button:focus-visible { outline: 2px solid ${colour.training}; outline-offset: 1px; }
      output { text-align: right; font-variant-numeric: tabular-nums; }
      @media (max-width: 420px) { dl { grid-template-columns: max-content 1fr; } .formula { grid-column: 1 / -1; } }
      .formula { color: ${colour.faint}; overflow-wrap: anywhere; }
      ${style}
    </style>
    <section aria-label="${escaped(title)}, to explore">
      <header><h2>${escaped(title)}</h2><button type="button">start over</button></header>
      ${body}
    </section>`;
    const part = (selector) => root.querySelector(selector);
    part('header button').addEventListener('click', () => reset());
    part('section').addEventListener('submit', (event) => event.preventDefault());
    // A notebook takes arrow keys for its own unless it is told not to.
    host.setAttribute('data-lm-suppress-shortcuts', 'true');
    root.addEventListener('keydown', (event) => { if (event.key !== 'Tab' && event.key !== 'Escape') event.stopPropagation(); });
    return { root, part };
  };

  // The ids are the shadow root's own: two explorers of a page do not see each other's.
  const sliders = (list, moved) => {
    const inputs = [];
    const row = (s, i) => `<div><label for="s${i}">${escaped(s.name)}</label><input type="range" id="s${i}" min="${s.low}"
      max="${s.high}" step="${s.step}" value="${s.first}"><output for="s${i}" aria-live="off"></output></div>`;
    return {
      form: (groups) => `<form>${groups.map(([group, legend]) => {
        const own = list.map((s, i) => (s.group === group ? row(s, i) : '')).join('');
        return own && `<fieldset data-group="${group}"><legend>${escaped(legend)}</legend>${own}</fieldset>`;
      }).join('')}</form>`,
      listen: (root) => {
        list.forEach((_, i) => inputs.push(root.querySelector(`#s${i}`)));
        root.addEventListener('input', (event) => {
          const i = inputs.indexOf(event.target);
          if (i >= 0) moved(i, Number(event.target.value));
        });
      },
      show: (i, value) => {
        inputs[i].value = value;
        inputs[i].setAttribute('aria-valuetext', text(value));
        inputs[i].nextElementSibling.value = text(value);
      },
    };
  };

  // Numbers that sum to one make room for the one that moves, each in proportion.
  const move = (list, state, i, value) => {
    const { whole, group } = list[i];
    // All of it in one place would leave the others no proportion to come back in.
    state[i] = whole && group === 'prediction' ? Math.min(value, 0.999) : value;
    if (!whole) return;
    const rest = list.map((_, k) => k).filter((k) => k !== i && list[k].whole && list[k].group === group);
    const before = rest.reduce((sum, k) => sum + state[k], 0);
    rest.forEach((k) => { state[k] = (1 - state[i]) * (before > 0 ? state[k] / before : 1 / rest.length); });
  };

  const line = (x1, y1, x2, y2, look) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${look}/>`;
  const words = (px, py, said, fill, anchor) =>
    `<text x="${px}" y="${py}" fill="${fill || colour.ink}" text-anchor="${anchor || 'start'}">${escaped(said)}</text>`;
  const dot = (px, py, fill, look) => `<circle cx="${px}" cy="${py}" r="5.5" fill="${fill}" stroke="#fff" stroke-width="1.5" ${look || ''}/>`;
  // Through the points [x, y] in pixels, interrupted where one is not finite.
  const path = (points, look) => {
    let pen = false;
    const d = points.map(([px, py]) => {
      if (!Number.isFinite(px) || !Number.isFinite(py)) { pen = false; return ''; }
      const step = `${pen ? 'L' : 'M'}${px.toFixed(1)} ${py.toFixed(1)}`;
      pen = true;
      return step;
    }).join('');
    return `<path d="${d}" fill="none" ${look}/>`;
  };
  // What is drawn inside this frame and cut off at its edge.
  const clip = ({ left, top, right, bottom }, drawing) => `<svg x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"
    viewBox="${left} ${top} ${right - left} ${bottom - top}" style="margin:0">${drawing}</svg>`;
  const axes = ({ left, top, right, bottom, x: [xLow, xHigh], y: [yLow, yHigh], xName, yName }) => {
    const x = (v) => left + ((v - xLow) / (xHigh - xLow)) * (right - left);
    const y = (v) => top + ((yHigh - v) / (yHigh - yLow)) * (bottom - top);
    const middle = (top + bottom) / 2;
    let drawing = '';
    ticks(yLow, yHigh, 6).forEach((v) => {
      drawing += line(left, y(v), right, y(v), `stroke="${colour.grid}"`) + words(left - 8, y(v) + 4, signed(v), colour.faint, 'end');
    });
    ticks(xLow, xHigh, Math.min(8, Math.floor((right - left) / 45))).forEach((v) => { drawing += words(x(v), bottom + 16, signed(v), colour.faint, 'middle'); });
    drawing += words((left + right) / 2, bottom + 36, xName, colour.ink, 'middle')
      + `<g transform="rotate(-90 14 ${middle})">${words(14, middle, yName, colour.ink, 'middle')}</g>`;
    return { x, y, drawing };
  };

  const figure = (svg, { height, draw }) => {
    let width = LARGEST;
    const handles = [];
    svg.innerHTML = '<g></g><g></g>';
    const [drawn, above] = svg.children;
    const tall = typeof height === 'function' ? height : () => height;
    // A drawing's unit is a pixel of the page, so that its words have the size that they are given.
    const redraw = () => {
      svg.setAttribute('viewBox', `0 0 ${width} ${tall(width)}`);
      svg.setAttribute('role', handles.length ? 'group' : 'img');
      const { drawing, label } = draw(width, tall(width));
      drawn.innerHTML = drawing;
      svg.setAttribute('aria-label', label);
      handles.forEach((h) => h.show());
    };
    const handle = ({ name, at, moved, by, fill }) => {
      above.insertAdjacentHTML('beforeend', `<g class="handle" tabindex="0" role="slider" aria-label="${escaped(name)}">
        <circle r="22" fill="transparent"/><circle class="ring" r="11" fill="none" stroke="transparent"/>
        <circle r="7" fill="${fill || colour.prediction}" stroke="#fff" stroke-width="2"/></g>`);
      const g = above.lastElementChild;
      const place = (event) => {
        const box = svg.getBoundingClientRect();
        moved((event.clientX - box.left) * width / box.width, (event.clientY - box.top) * tall(width) / box.height);
      };
      let held = null;
      g.addEventListener('pointerdown', (event) => { held = event.pointerId; g.setPointerCapture(held); g.focus(); event.preventDefault(); });
      g.addEventListener('pointermove', (event) => { if (event.pointerId === held) place(event); });
      ['pointerup', 'pointercancel'].forEach((end) => g.addEventListener(end, () => { held = null; }));
      g.addEventListener('keydown', (event) => {
        const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (!step) return;
        event.preventDefault();
        const size = event.shiftKey ? 10 : 1;
        by(step[0] * size, step[1] * size);
      });
      handles.push({
        show: () => {
          const [px, py, said] = at();
          g.setAttribute('transform', `translate(${px} ${py})`);
          g.setAttribute('aria-valuetext', said);
          g.setAttribute('aria-valuenow', Math.round(px));
          g.setAttribute('aria-valuemin', 0);
          g.setAttribute('aria-valuemax', width);
        },
      });
    };
    const measure = () => {
      const room = svg.clientWidth || svg.getBoundingClientRect().width;
      const now = room ? Math.max(SMALLEST, Math.min(LARGEST, Math.round(room))) : width;
      if (now !== width) { width = now; redraw(); }
    };
    redraw();
    measure();
    new ResizeObserver(measure).observe(svg);
    return { draw: redraw, handle: (h) => { handle(h); redraw(); }, width: () => width };
  };

  return { colour, escaped, signed, text, ticks, card, sliders, move, line, words, dot, path, clip, axes, figure };
}
