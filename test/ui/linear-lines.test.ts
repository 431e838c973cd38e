import { expect, test } from 'vitest';
import { emptyAsk } from '../../source/ui/dialog/ask-line.ts';
import { linearLines } from '../../source/ui/linear-lines.ts';
import { fieldWith } from '../../source/ui/dialog/text-field.ts';
import { board, screen, tasks, view } from './sample.ts';

const read = (...[changes]: [Parameters<typeof screen>[1]?]) =>
  linearLines(screen('80×24', changes));

test('the screen is read aloud from the tasks that need you to the keys', () => {
  expect(read()).toMatchInlineSnapshot(`
    [
      "autonomous-tui, ~/shop: 1 needs you, 1 running, 1 waiting",
      "publish-docs, needs you: not logged in: run codex login, 7 of 15 steps",
      "Selected: build-rest-api-todo, running, 12 of 25 steps, session 4, working",
      "refactor-auth, waiting: usage limit, resumes at 14:00, 9 of 30 steps",
      "tidy-css, paused, 2 of 12 steps",
      "incomplete-task, no list, no steps yet",
      "seed-data, done, 10 of 10 steps",
      "Keys: p pause, Enter open, > tell, n new, P pause after session, Tab next pane, : commands, d changes, , settings, Space mark, / find, f filter, s steps, ? help, q quit, tasks keep running",
    ]
  `);
});

test('a filter is read with its matches, and with the keys that end it', () => {
  const filtering = view({
    selected: 'refactor-auth',
    filter: { group: null, text: 'ref', at: 0 },
    dialog: { kind: 'filter', field: fieldWith('ref') },
  });
  expect(read({ view: filtering }).slice(1)).toEqual([
    'Find: ref',
    'Selected: refactor-auth, waiting: usage limit, resumes at 14:00, 9 of 30 steps',
    '1 of 6 tasks match',
    'Keys: Enter keep, Esc show all',
  ]);
});

test('an input line is read with its problem', () => {
  const ask = { ...emptyAsk('search'), field: fieldWith('npm (') };
  const asking = (changes: object) =>
    read({ view: view({ focus: 'log', dialog: { ...ask, ...changes } }) });
  expect(asking({})).toContain('Search: npm (');
  expect(asking({}).at(-1)).toBe('Keys: Enter search, Esc cancel, Tab regex');
  expect(asking({ form: 'expression', problem: 'Invalid regex: unterminated' })).toEqual(
    expect.arrayContaining(['Regex: npm (', 'Invalid regex: unterminated']),
  );
});

test('a filter without matches does not say that there are no tasks', () => {
  const filtering = view({ filter: { group: 'idle', text: 'x', at: 0 } });
  const lines = read({ view: filtering });
  expect(lines).toContain('0 of 6 tasks match');
  expect(lines).not.toContain('No tasks yet');
});

test('a mark and a file that another task changed are read, too', () => {
  const others = tasks.map((one) =>
    one.name === 'tidy-css' ? { ...one, sharedFile: { path: 'src/a.ts', task: 'docs' } } : one,
  );
  const lines = read({
    board: board({ tasks: others }),
    view: view({ marked: new Set(['tidy-css']) }),
  });
  expect(lines).toContain('tidy-css, marked, paused, 2 of 12 steps, src/a.ts also changed by docs');
});
