/**
 * The CPU time of this process so far, ms. For laws of growth, in place of a clock: a busy machine does not make it run. The
 * limits are far above what it takes, and far below what anything quadratic would take.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
