/**
 * Dunning's log-likelihood ratio G² of a two by two table: how surely two things depend on each other, with small counts too.
 * Compare with the quantiles of chi-squared with one degree of freedom: 10.83 is 1 in 1,000, 15.13 is 1 in 10,000 by chance.
 *
 * Source: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19(1), 1993.
 *
 * @param both how often both hold
 * @param first how often the first holds, with or without the second
 * @param second how often the second holds, with or without the first
 * @param all how many were counted
 * @returns 0 where they are independent, or one of them always or never holds
 */
export function logLikelihood(both: number, first: number, second: number, all: number): number {
  const cell = (observed: number, row: number, column: number) =>
    observed <= 0 ? 0 : observed * Math.log((observed * all) / (row * column));
  const sum =
    cell(both, first, second) +
    cell(first - both, first, all - second) +
    cell(second - both, all - first, second) +
    cell(all - first - second + both, all - first, all - second);
  // Rounding may leave a hair below nothing.
  return Math.max(0, 2 * sum);
}
