// The sums of a window's products at each place: (numbers, taps, kernel, filters, filter, bias) => [sum, …].
// taps has for each place the pairs of what the window covers: a number's place and the kernel's.
(numbers, taps, kernel, filters, filter, bias) =>
  taps.map((pairs) => {
    let sum = bias;
    for (let i = 0; i < pairs.length; i += 2) sum += numbers[pairs[i]] * kernel[pairs[i + 1] * filters + filter];
    return sum;
  })
