/** Two timers of one event loop keep their order, however busy the machine is. */
export async function isOverIn2s(end: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, 2_000, false);
  try {
    return await Promise.race([end.then(() => true), promise]);
  } finally {
    clearTimeout(timer);
  }
}
