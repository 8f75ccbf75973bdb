// The path of an optimizer, carried out by its equations: (f, walker, values, start, steps) => [[x, …], …].
// values has a number for each symbol: settings, and what is remembered at first. A schedule without a formula is a table.
(f, walker, values, start, steps) => {
  const state = start.map(() => values.slice());
  const path = [start.slice()];
  let here = start.slice();
  for (let step = 1; step <= steps; step++) {
    const slopes = f(1, ...here);
    if (!slopes.every(Number.isFinite)) break;
    if (step % walker.every === 0) {
      state.forEach((own, i) => {
        own[walker.t] = step / walker.every;
        own[walker.g] = slopes[i + 1];
        own[walker.sum] = slopes[i + 1] * walker.every;
        own[walker.w] = here[i];
        if (walker.rate >= 0) own[walker.rate] = walker.rates[step / walker.every - 1];
      });
      walker.equations.forEach((equation) => {
        // Each number is a parameter of its own; only the norm of all gradients is of all of them.
        walker.whole.forEach(({ at, of, kind }) => {
          const all = Math.hypot(...state.map((own) => own[of]));
          state.forEach((own) => { own[at] = kind === 'all' ? all : kind === 'size' ? Math.abs(own[of]) : own[of]; });
        });
        const next = state.map((own) => equation.f(1, ...own)[0]);
        state.forEach((own, i) => { own[equation.at] = next[i]; });
      });
      here = state.map((own) => own[walker.w]);
    }
    path.push(here.slice());
  }
  return path;
}
