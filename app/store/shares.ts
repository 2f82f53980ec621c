/**
 * Weights that add up to 1 after one of them is moved: the others keep their proportions, or share what is
 * left when they have none.
 * @param weights 0..1, adding up to 1
 * @param to      0..1
 */
export function withWeight(weights: readonly number[], index: number, to: number): readonly number[] {
  if (weights.length < 2) return [1];
  const rest = weights.reduce((sum, weight, k) => (k === index ? sum : sum + weight), 0);
  return weights.map((weight, k) => {
    if (k === index) return to;
    return rest > 0 ? (weight / rest) * (1 - to) : (1 - to) / (weights.length - 1);
  });
}

/** Whole percents that add up to 100: the largest remainders are rounded up. */
export function percents(weights: readonly number[]): readonly number[] {
  const exact = weights.map((weight) => weight * 100);
  const whole = exact.map((value) => Math.floor(value + 1e-9));
  const missing = Math.round(exact.reduce((a, b) => a + b, 0)) - whole.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, k) => ({ k, remainder: value - (whole[k] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder);
  const up = new Set(order.slice(0, Math.max(0, missing)).map(({ k }) => k));
  return whole.map((value, k) => (up.has(k) ? value + 1 : value));
}
