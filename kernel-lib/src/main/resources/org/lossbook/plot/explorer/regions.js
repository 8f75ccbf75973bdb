// The regions of a classifier while it learns: a slider over the epochs, a button that plays them, the samples in front.
// A frame is written as [difference, how often, …] against the one before: most cells do not change.
(host, it, kit) => {
  'use strict';
  const PACE = 120; // milliseconds a frame
  const { colour, text } = kit;
  const { columns, rows, levels, epochs, figures } = it;
  const frames = [];
  it.frames.forEach((runs, k) => {
    const cells = k === 0 ? new Array(columns * rows).fill(0) : frames[k - 1].slice();
    let at = 0;
    for (let i = 0; i < runs.length; i += 2) for (let n = 0; n < runs[i + 1]; n++) cells[at++] += runs[i];
    frames.push(cells);
  });
  const hue = (k) => colour.compared[k % colour.compared.length];
  let frame = 0, timer = null;
  const last = frames.length - 1;
  const list = [{ group: 'setting', name: 'epoch', low: 0, high: last, step: 1, first: 0 }];
  const sliders = kit.sliders(list, (_, value) => { pause(); show(value); });
  const { root, part } = kit.card(it.title, `<svg></svg><dl aria-live="polite"></dl>
    <p><button type="button" class="play">play</button></p>${sliders.form([['setting', 'while it learns']])}`, {
    reset: () => { pause(); show(0); },
    style: 'dl { grid-template-columns: max-content 1fr; } p { margin: 0 0 8px; } .play { min-width: 72px; }',
  });
  sliders.listen(root);
  // A class has a shape too, for those who do not tell the colours apart.
  const marker = (k, px, py, r) => {
    const a = r * 0.9, b = r * 1.2;
    const d = [`M${px - r} ${py}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
      `M${px} ${py - b}l${b} ${2 * b}h${-2 * b}z`, `M${px - a} ${py - a}h${2 * a}v${2 * a}h${-2 * a}z`][k % 3];
    return `<path d="${d}" fill="${hue(k)}" stroke="#fff" stroke-width="0.8"/>`;
  };
  const draw = (width, height) => {
    const box = { left: 62, top: 14 + 20 * Math.ceil(it.classes.length / (width < 420 ? 3 : 5)), right: width - 16, bottom: height - 44 };
    const axes = kit.axes({ ...box, x: it.x, y: it.y, xName: 'x₁', yName: 'x₂' });
    const w = (box.right - box.left) / columns, h = (box.bottom - box.top) / rows;
    // One path for each colour: a hundred times fewer elements than cells.
    const shapes = new Map();
    const cells = frames[frame];
    for (let r = 0; r < rows; r++) {
      for (let c = 0, from = 0; c < columns; c++) {
        const code = cells[r * columns + c];
        if (c + 1 < columns && cells[r * columns + c + 1] === code) continue;
        const [left, right] = [Math.round(box.left + from * w), Math.round(box.left + (c + 1) * w)];
        const [top, bottom] = [Math.round(box.bottom - (r + 1) * h), Math.round(box.bottom - r * h)];
        shapes.set(code, `${shapes.get(code) || ''}M${left} ${top}H${right}V${bottom}H${left}z`);
        from = c + 1;
      }
    }
    let drawing = '';
    shapes.forEach((d, code) => {
      const share = 0.08 + (0.37 * (code % levels)) / (levels - 1);
      drawing += `<path d="${d}" fill="${hue(Math.floor(code / levels))}" fill-opacity="${share.toFixed(3)}" shape-rendering="crispEdges"/>`;
    });
    it.samples.forEach((points, k) => {
      for (let i = 0; i < points.length; i += 2) {
        drawing += marker(k, Number(axes.x(points[i]).toFixed(1)), Number(axes.y(points[i + 1]).toFixed(1)), 3);
      }
    });
    const each = width < 420 ? 3 : 5, room = (width - 62) / each;
    it.classes.forEach((name, k) => {
      const px = 62 + (k % each) * room, py = 16 + 20 * Math.floor(k / each);
      drawing += marker(k, px + 5, py - 4, 5) + kit.words(px + 15, py, name);
    });
    return { drawing: drawing + axes.drawing, label: `${it.title}, ${said()}` };
  };
  const said = () => `epoch ${epochs[frame]} of ${epochs[last]}`;
  const figure = kit.figure(part('svg'), { height: (width) => Math.min(420, Math.round(width * 0.8)), draw });
  const show = (to) => {
    frame = to;
    figure.draw();
    sliders.show(0, frame);
    const input = part('#s0');
    input.setAttribute('aria-valuetext', said());
    input.nextElementSibling.value = String(epochs[frame]);
    part('dl').innerHTML = `<dt>epoch</dt><dd><data>${epochs[frame]}</data> ${epochs[frame] === 0 ? 'before training' : `of ${epochs[last]}`}</dd>`
      + figures.map(({ name, values: { [frame]: value } }) => `<dt>${kit.escaped(name)}</dt><dd><data>${Number.isFinite(value) ? text(value) : '–'}</data></dd>`).join('');
  };
  // A film that plays would be read out without an end.
  const playing = (on) => {
    part('.play').textContent = on ? 'pause' : 'play';
    part('dl').setAttribute('aria-live', on ? 'off' : 'polite');
  };
  const pause = () => { clearInterval(timer); timer = null; playing(false); };
  part('.play').addEventListener('click', () => {
    if (timer !== null) { pause(); return; }
    playing(true);
    if (frame === last) show(0);
    timer = setInterval(() => {
      if (!host.isConnected || frame === last) { pause(); return; }
      show(frame + 1);
      if (frame === last) pause();
    }, PACE);
  });
  show(0);
}
