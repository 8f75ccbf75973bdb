// Who looks at whom: the words that look on the left, those that are looked at on the right, a line as wide as the share.
(host, it, kit) => {
  'use strict';
  const ROW = 30, TOP = 32;
  const { colour, text, escaped } = kit;
  const { scores, queries, keys } = it;
  const state = { head: 0, query: 0 };
  const moves = [{ group: 'setting', name: 'head', low: 1, high: scores.length, step: 1, first: 1 },
    { group: 'setting', name: 'word that looks', low: 1, high: queries.length, step: 1, first: 1 }];
  const sliders = kit.sliders(moves, (i, value) => {
    state[i === 0 ? 'head' : 'query'] = value - 1;
    figure.draw();
  });
  const reset = () => { state.head = 0; state.query = 0; figure.draw(); };
  const { root, part } = kit.card('Who looks at whom', `<svg></svg><p aria-live="polite"></p>
    ${sliders.form([['setting', 'or touch a word on the left']])}`, {
    reset, style: 'p { margin: 0 0 8px; } [data-query] { cursor: pointer; }',
  });
  sliders.listen(root);
  part('svg').addEventListener('click', (event) => {
    const touched = event.target.closest('[data-query]');
    if (touched) { state.query = Number(touched.dataset.query); figure.draw(); }
  });
  const draw = (width) => {
    const shares = scores[state.head][state.query];
    const [left, right] = [width * 0.36, width * 0.6];
    const y = (i) => TOP + (i + 0.5) * ROW;
    let drawing = kit.words(left - 10, 18, 'looks', colour.faint, 'end') + kit.words(right + 10, 18, 'is looked at', colour.faint);
    keys.forEach((word, i) => {
      drawing += kit.line(left, y(state.query), right, y(i),
        `stroke="${colour.training}" stroke-width="${(10 * shares[i]).toFixed(2)}" stroke-linecap="round" opacity="${(0.25 + 0.75 * shares[i]).toFixed(2)}"`)
        + `<rect x="${right + 4}" y="${y(i) - 12}" width="${width - right - 58}" height="24" rx="5" fill="${colour.training}" opacity="${(0.45 * shares[i]).toFixed(3)}"/>`
        + kit.words(right + 10, y(i) + 4, word) + kit.words(width - 4, y(i) + 4, text(Number(shares[i].toFixed(2))), colour.faint, 'end');
    });
    queries.forEach((word, i) => {
      drawing += `<g data-query="${i}"><rect x="4" y="${y(i) - 13}" width="${left - 8}" height="26" rx="5" fill="${i === state.query ? '#fff' : 'transparent'}"
        stroke="${i === state.query ? colour.training : 'transparent'}" stroke-width="2"/>${kit.words(left - 10, y(i) + 4, word, colour.ink, 'end')}</g>`;
    });
    sliders.show(0, state.head + 1);
    sliders.show(1, state.query + 1);
    const most = shares.indexOf(Math.max(...shares));
    const said = `Head ${state.head + 1} of ${scores.length}: “${queries[state.query]}” looks most at “${keys[most]}”, with ${text(Number(shares[most].toFixed(3)))} of its attention.`;
    part('p').textContent = said;
    part('#s1').setAttribute('aria-valuetext', queries[state.query]);
    return { drawing, label: said };
  };
  const figure = kit.figure(part('svg'), { height: TOP + ROW * Math.max(queries.length, keys.length) + 6, draw });
}
