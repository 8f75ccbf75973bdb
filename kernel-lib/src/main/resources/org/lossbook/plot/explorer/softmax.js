// The explorer of a softmax: a bar for each probability, sliders for the scores and the temperature.
(host, it, kit) => {
  'use strict';
  const HEIGHT = 260, LEFT = 50, RIGHT = 12, TOP = 22, BOTTOM = 30;
  const { colour, text } = kit;
  const state = it.sliders.map((s) => s.first);
  const count = it.sliders.length - 1;
  const sliders = kit.sliders(it.sliders, (i, value) => { state[i] = value; figure.draw(); });
  const { root, part } = kit.card(it.title, `<svg></svg>
    <dl aria-live="polite"><dt>probabilities</dt><dd><data class="value"></data></dd><dd class="formula">${kit.escaped(it.formula)}</dd>
    <dt>entropy</dt><dd><data class="entropy"></data> nats</dd><dd class="formula">${kit.escaped(it.entropy)}</dd></dl>
    ${sliders.form([['prediction', 'the scores'], ['setting', 'the temperature']])}`, {
    reset: () => { it.sliders.forEach((s, i) => { state[i] = s.first; }); figure.draw(); },
  });
  sliders.listen(root);
  const draw = (width) => {
    const [entropy, shares] = it.f(1, ...state);
    const right = width - RIGHT, bottom = HEIGHT - BOTTOM;
    const y = (v) => bottom - v * (bottom - TOP);
    let drawing = '';
    [0, 0.25, 0.5, 0.75, 1].forEach((v) => {
      drawing += kit.line(LEFT, y(v), right, y(v), `stroke="${colour.grid}"`) + kit.words(LEFT - 8, y(v) + 4, v, colour.faint, 'end');
    });
    const room = (right - LEFT) / count;
    shares.forEach((share, k) => {
      const middle = LEFT + (k + 0.5) * room, wide = Math.min(90, 0.66 * room);
      drawing += `<rect class="bar" x="${middle - wide / 2}" y="${y(share)}" width="${wide}" height="${bottom - y(share)}" fill="${colour.prediction}"/>`
        + kit.words(middle, y(share) - 6, kit.signed(share.toFixed(room < 44 ? 2 : 3)), colour.ink, 'middle')
        + kit.words(middle, bottom + 18, it.classes[k], colour.ink, 'middle');
    });
    state.forEach((value, i) => sliders.show(i, value));
    part('.value').value = shares.join(' ');
    part('.value').textContent = `[${shares.map(text).join(', ')}]`;
    part('.entropy').value = entropy;
    part('.entropy').textContent = text(entropy);
    return { drawing, label: `Bars for the probabilities ${shares.map((s, k) => `${it.classes[k]} ${text(s)}`).join(', ')} at temperature ${text(state[count])}.` };
  };
  const figure = kit.figure(part('svg'), { height: HEIGHT, draw });
}
