// A warning that every session prints is shown where it came first, whichever part of the log is in memory.

import { expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { everything } from '../../../source/core/log/filter.ts';
import { createLandmarks } from '../../../source/engine/log/landmarks.ts';
import { isRepeatedLine } from '../../../source/engine/log/repeated-warnings.ts';
import { openWindow } from '../../../source/engine/log/window.ts';
import { ended, started } from '../../helpers/log-lines.ts';

const warning = 'warning: Untrusted project-local configuration is disabled.';
const stderr = (uuid: string, text: string) => ({ type: 'autonomous.stderr', uuid, text });

const lines = [1, 2, 3]
  .flatMap((session) => [
    started(session),
    stderr(`uuid-${session}`, warning),
    ...(session === 2 ? [stderr('uuid-2', 'the tool failed')] : []),
    ended(session),
  ])
  .map((line, at) => {
    const text = JSON.stringify(line);
    return { offset: 1000 * at, bytes: text.length, text };
  });

function stderrFrom(line: number, landmarks = createLandmarks(() => null)) {
  const from = lines[line]?.offset ?? 0;
  const window = openWindow(
    { project: '/p', log: 0, timeOf: () => null, landmarks },
    { from, to: from, atEnd: true, filter: everything },
  );
  for (const one of lines.slice(line)) window.push(one, null);
  return () =>
    window.list().flatMap(({ body }) => (body.kind === 'stderr' ? body.text.split('\n') : []));
}

test('a part of the log from its middle leaves out what came before it', () => {
  const landmarks = createLandmarks(() => null);
  const [whole, middle] = [stderrFrom(0, landmarks), stderrFrom(3, landmarks)];
  // The end of a log is shown before all of it was read.
  expect(middle()).toEqual([warning, 'the tool failed', warning]);
  landmarks.push(lines);
  expect(middle()).toEqual(['the tool failed']);
  expect(whole()).toEqual([warning, 'the tool failed']);
  landmarks.clear();
  expect(whole()).toHaveLength(4);
});

test('a search leaves out the same lines', () => {
  const landmarks = createLandmarks(() => null);
  landmarks.push(lines);
  const hidden = lines.filter(({ text, offset }) =>
    isRepeatedLine(readLogLine(text), offset, landmarks.warnings),
  );
  expect(hidden.map(({ offset }) => offset)).toEqual([4000, 8000]);
});
