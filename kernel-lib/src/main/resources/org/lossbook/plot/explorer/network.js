// One pass forward and back through dense layers and functions: `pass(x, w)` answers the loss, what each layer gives,
// its Δ = ∂L/∂Z, and the slopes of the weights and of the inputs. Matrices are flat, row by row; the weights stand one layer
// after another, the kernel before the bias. The functions and the loss come with their slopes from their own formulas.
(net) => (x, w) => {
  const { rows, layers, fused } = net;
  const matrix = (columns, f) => Array.from({ length: rows * columns }, (_, i) => f(Math.floor(i / columns), i % columns));
  const sum = (n, f) => { let total = 0; for (let i = 0; i < n; i++) total += f(i); return total; };
  const passes = [];
  let a = x, at = 0;
  layers.forEach(({ from, to, dense, biased, f }) => {
    const before = a, kernel = at, bias = at + (dense ? from * to : 0);
    at = bias + (biased ? to : 0);
    const z = dense
      ? matrix(to, (r, j) => sum(from, (k) => before[r * from + k] * w[kernel + k * to + j]) + (biased ? w[bias + j] : 0))
      : before;
    a = f(rows, z, z.map(() => 0))[1];
    passes.push({ before, z, kernel, bias, out: a });
  });
  const last = layers.length - 1;
  const [loss, slope] = net.loss(rows, net.y, fused ? passes[last].z : a);
  const slopes = w.map(() => 0), deltas = [];
  let back = slope;
  for (let i = last; i >= 0; i--) {
    const { from, to, dense, biased, f } = layers[i];
    const { before, z, kernel, bias } = passes[i];
    const delta = fused && i === last ? back : f(rows, z, back)[2];
    deltas.unshift(delta);
    back = delta;
    if (dense) {
      for (let k = 0; k < from * to; k++) slopes[kernel + k] = sum(rows, (r) => before[r * from + Math.floor(k / to)] * delta[r * to + k % to]);
      for (let j = 0; biased && j < to; j++) slopes[bias + j] = sum(rows, (r) => delta[r * to + j]);
      back = matrix(from, (r, k) => sum(to, (j) => delta[r * to + j] * w[kernel + k * to + j]));
    }
  }
  return [loss, passes.map((p) => p.out), deltas, slopes, back];
}
