import { expect, test } from 'vitest';
import { exportForm, exportHeading } from '../../../source/core/log/export-form.ts';
import { zonedTime } from '../../../source/core/text/numbers.ts';
import { at } from '../../ui/sample.ts';

test.each([
  ['night.md', 'markdown'],
  ['~/a.b/NIGHT.Markdown', 'markdown'],
  ['night.jsonl', 'json'],
  ['night.txt', 'local text'],
  ['night', 'local text'],
  ['v1.2/night', 'local text'],
  ['.night', 'local text'],
])('the end of a name says the form of an export: %s is %s', (path, form) => {
  expect(exportForm(path)).toBe(form);
});

test.each(['night.pdf', 'night.html', 'night.json', 'night.constructor', 'night.md.gz', 'night.'])(
  'another kind of file is refused: %s',
  (path) => {
    const ending = path.split('.').at(-1) ?? '';
    expect(exportForm(path)).toEqual({ problem: `Use .md, .jsonl or .txt, not .${ending}` });
  },
);

test('the heading of an export names the task, its times and what is left out', () => {
  const [from, to] = [at('12:03:38'), at('13:00:02')];
  const all = { kind: null, session: null };
  expect(exportHeading({ task: 'shop', filter: all, from, to })).toBe(
    `# shop\n\nLog from ${zonedTime(from)} to ${zonedTime(to)}.\n\n`,
  );
  const filter = { kind: 'failed commands', session: { from: 0, to: 9 } } as const;
  expect(exportHeading({ task: 'shop', filter, from: null, to: null })).toBe(
    '# shop\n\nLog. Only failed commands. Only one session.\n\n',
  );
});
