/** Linear is 4, quadratic 16; below so many milliseconds a clock says nothing. */
export const MOST_GROWTH = 9;
const LEAST_TIME = 10;
const SMALL = 48 * 1024;
const ATTEMPTS = 5;

/**
 * @param work takes a text or file of so many bytes
 * @returns how many times as long four times as much takes
 */
export async function growthOf(work: (bytes: number) => unknown): Promise<number> {
  const timeOf = async (bytes: number) => {
    const started = performance.now();
    await work(bytes);
    return performance.now() - started;
  };
  let least = Number.POSITIVE_INFINITY;
  // The machine may be busy with something else now and then, but not always.
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_GROWTH; attempt++) {
    const before = Math.max(await timeOf(SMALL), LEAST_TIME);
    least = Math.min(least, (await timeOf(4 * SMALL)) / before);
  }
  return least;
}
