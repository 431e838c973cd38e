// Loaded into our program before anything else (NODE_OPTIONS): its clock stands beside the true one by what a file
// says, and jumps when the file does. Timers are not touched: no clock that is set moves them either.

import { readFileSync } from 'node:fs';

const path = process.env['NIGHT_CLOCK'];

if (path !== undefined) {
  const True = Date;
  let shiftMs = 0;
  let readAt = -Infinity;
  const now = (): number => {
    if (performance.now() - readAt > 50) {
      readAt = performance.now();
      try {
        shiftMs = Number(readFileSync(path, 'utf8'));
      } catch {
        // Not there yet, or about to be replaced: as before.
      }
    }
    return True.now() + shiftMs;
  };
  globalThis.Date = new Proxy(True, {
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
    construct: (target, args: []) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args) as object,
  });
}
