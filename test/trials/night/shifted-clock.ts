// Loaded into our program before anything else (NODE_OPTIONS): shifts its clock by the number in a file, and jumps when
// the file changes. Timers are not changed, because setting a real clock does not move them either.

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
        // The file is missing or being replaced: keep the last shift.
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
