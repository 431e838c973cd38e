import { describe, expect, test } from 'vitest';
import {
  maxDescriptionLength,
  promptFor,
  type Addition,
  type PromptParts,
} from '../../../source/core/codex/prompt.ts';

const executor: PromptParts = {
  role: 'executor',
  taskName: 'docs-site',
  description: 'Write the docs',
  session: 4,
  nextStep: { number: 8, text: 'Write the index page' },
  progress: { done: 7, total: 15 },
  resumed: false,
  additions: [],
};
const initializer: PromptParts = {
  ...executor,
  role: 'initializer',
  session: 1,
  nextStep: null,
  progress: { done: 0, total: 0 },
};
const kinds: readonly Exclude<Addition['kind'], 'told'>[] = [
  'interrupted',
  'context-full',
  'conversation-gone',
  'stalled',
  'split-step',
  'no-checklist',
];
const told: Addition = { kind: 'told', text: 'The check `npm test` fails.' };
const additions: readonly Addition[] = [...kinds.map((kind) => ({ kind })), told];

test.each([
  ['a plan', initializer],
  ['a plan that was tried before', { ...initializer, additions }],
  ['work', executor],
  ['work without a description', { ...executor, description: '' }],
  ['work that is resumed', { ...executor, resumed: true }],
  ['work that is resumed after every kind of failure', { ...executor, resumed: true, additions }],
  ['work on a list without a next step', { ...executor, nextStep: null }],
])('the prompt for %s first names the task’s directory, with the slash', (_what, parts) => {
  expect(promptFor(parts)).toMatch(/^Task directory: \.autonomous\/docs-site\/\n/);
});

describe('an Initializer', () => {
  test('is told the goal in the user’s words, and both files to write', () => {
    const prompt = promptFor(initializer);
    expect(prompt).toContain('Role: Initializer (session 1)');
    expect(prompt).toContain('<goal>\nWrite the docs\n</goal>');
    expect(prompt).toContain('.autonomous/docs-site/task_list.md: 10 to 100 steps');
    expect(prompt).toContain('.autonomous/docs-site/progress.md');
  });
});

describe('an Executor', () => {
  test('is told its session, progress and next step', () => {
    expect(promptFor(executor)).toMatch(
      /\nRole: Executor \(session 4\)\nProgress: 7\/15\nNext open step: 8\. Write the index page\n/,
    );
  });

  test('of a task that another program began works without a goal', () => {
    expect(promptFor({ ...executor, description: '' })).not.toContain('<goal>');
  });

  test('whose conversation continues is not told again what it knows', () => {
    const prompt = promptFor({ ...executor, resumed: true });
    expect(prompt).toContain('Next open step: 8. Write the index page');
    expect(prompt).not.toContain('<goal>');
    expect(prompt.length).toBeLessThan(promptFor(executor).length / 2);
  });
});

test.each(kinds)('the note about the previous session, %s, appears once', (kind) => {
  for (const parts of [initializer, executor, { ...executor, resumed: true }]) {
    const notes = promptFor({ ...parts, additions: [{ kind }] }).match(/^Note: /gm);
    expect(notes).toHaveLength(1);
  }
});

test('what the runner found between the sessions is in every prompt', () => {
  for (const parts of [executor, { ...executor, resumed: true }]) {
    expect(promptFor({ ...parts, additions: [told] })).toContain(
      'Note: The check `npm test` fails.',
    );
  }
});

test('a prompt ends with one newline and has no empty section', () => {
  for (const parts of [initializer, executor, { ...executor, description: '', additions }]) {
    const prompt = promptFor(parts);
    expect(prompt).toMatch(/[^\n]\n$/);
    expect(prompt).not.toContain('\n\n\n');
  }
});

test('the longest description fits into Codex’s limit', () => {
  const description = 'x'.repeat(maxDescriptionLength);
  expect(promptFor({ ...executor, description, additions }).length).toBeLessThan(1_048_576);
});
