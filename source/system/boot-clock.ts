// The clock of leases: milliseconds since the machine started. It counts sleep, setting the date does not change it, and
// all processes of the machine read the same. By the wall clock or by `performance.now()` a machine that slept for a
// night would take its lease for valid.
//
//   Linux   /proc/uptime, which is CLOCK_BOOTTIME in hundredths of a second
//   macOS   mach_continuous_time, which is Node's hrtime there

import { uptime } from 'node:os';

/** Only comparable within one boot of one machine: see `bootId`. */
export function bootClock(): number {
  return process.platform === 'darwin'
    ? Number(process.hrtime.bigint() / 1_000_000n)
    : uptime() * 1000;
}
