// Untrusted text on its way out of the program: printed by `--log`, exported or copied. A file or a clipboard ends in
// a terminal sooner or later, so the same law holds as for the screen.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../source/core/codex/read-line.ts';
import { createEntries } from '../../source/core/log/entries.ts';
import { entryAs, entryText } from '../../source/core/log/entry-text.ts';
import { clipboardSequence } from '../../source/system/clipboard.ts';
import { foreignLog } from './foreign-log.ts';
import { expectHarmless } from './harmless.ts';

const numRuns = Math.ceil(Number(process.env['FAST_CHECK_RUNS'] ?? 10_000) / 4);
const timeoutMs = 60_000 + numRuns * 12;
const envelope = /^\x1b\]52;c;([A-Za-z0-9+/=]*)\x07$/;

describe('whatever the log contains, what leaves the program is text', () => {
  test.each(['text', 'markdown', 'json'] as const)('as %s', { timeout: timeoutMs }, (form) => {
    fc.assert(
      fc.property(foreignLog, (lines) => {
        for (const entry of entriesOf(lines)) {
          const written = entryAs(form, entry);
          expectText(written);
          if (form === 'json') expect(JSON.parse(written)).toMatchObject({ version: 1 });
        }
      }),
      { numRuns },
    );
  });

  test('in the clipboard, in one sequence that nothing ends early', { timeout: timeoutMs }, () => {
    fc.assert(
      fc.property(foreignLog, (lines) => {
        for (const entry of entriesOf(lines)) {
          const text = entryText(entry);
          const sequence = clipboardSequence(text, {});
          if (sequence === null) continue;
          const [, encoded = null] = envelope.exec(sequence) ?? [];
          expect(encoded).not.toBeNull();
          const copied = Buffer.from(encoded ?? '', 'base64').toString();
          expect(copied).toBe(text);
          expectText(copied);
        }
      }),
      { numRuns },
    );
  });
});

function entriesOf(lines: readonly string[]) {
  const entries = createEntries({ projectPath: '/p' });
  lines.forEach((line, index) => entries.push(readLogLine(line), { offset: index, at: null }));
  return entries.list();
}

/** Newlines and tabs are text too. */
function expectText(text: string): void {
  expectHarmless(text.replaceAll(/[\n\t]/g, ''));
}
