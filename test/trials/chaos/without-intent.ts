// The built program without the one thing that makes kill -9 harmless: the intent, written before Codex is started.

import type { Alteration } from './altered-program.ts';

export const withoutIntent: Alteration = {
  what: 'the intent',
  find: /^ *await deps\.state\.writeRecord\(\{ \.\.\.intent, session: record \}\);\n/gmu,
  put: '',
};
