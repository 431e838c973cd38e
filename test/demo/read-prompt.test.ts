import { describe, expect, test } from 'vitest';
import { promptFor, type PromptParts } from '../../source/core/codex/prompt.ts';
import { reviewPrompt } from '../../source/core/review/review-prompt.ts';
import { readPrompt } from '../../source/demo/read-prompt.ts';

const initializer: PromptParts = {
  role: 'initializer',
  taskName: 'shop',
  description: 'Sell things\nover the counter',
  session: 1,
  nextStep: null,
  progress: { done: 0, total: 0 },
  resumed: false,
  additions: [],
};
const executor: PromptParts = {
  ...initializer,
  role: 'executor',
  session: 4,
  nextStep: { number: 3, text: 'Add `pages` (npm test passes)' },
  progress: { done: 2, total: 12 },
};

describe('a prompt of ours says everything that a worker needs', () => {
  test('to an Initializer', () => {
    expect(readPrompt(promptFor(initializer))).toEqual({
      taskName: 'shop',
      directory: '.autonomous/shop',
      role: 'initializer',
      session: 1,
      nextStep: null,
      description: 'Sell things\nover the counter',
    });
  });

  test('whose sessions work in a worktree', () => {
    const directory = '/home/ann/my shop/.autonomous/shop';
    for (const parts of [initializer, executor, { ...executor, resumed: true }]) {
      const prompt = promptFor({ ...parts, directory: `${directory}/` });
      expect(readPrompt(prompt)).toMatchObject({ taskName: 'shop', directory });
      expect(prompt.replaceAll(directory, '')).not.toContain('.autonomous');
    }
  });

  test('to an Executor', () => {
    expect(readPrompt(promptFor(executor))).toMatchObject({
      taskName: 'shop',
      role: 'executor',
      session: 4,
      nextStep: { number: 3, text: 'Add `pages` (npm test passes)' },
    });
  });

  test('to an Executor whose conversation continues', () => {
    expect(readPrompt(promptFor({ ...executor, resumed: true }))).toMatchObject({
      role: 'executor',
      nextStep: { number: 3 },
      description: '',
    });
  });

  test('to a Reviewer', () => {
    const material = { list: '- [x] a', notes: '', receipts: [], unproven: [], diff: null };
    const of = { directory: '.autonomous/shop/', round: 2, description: 'Sell things' };
    expect(readPrompt(reviewPrompt({ ...of, ...material }))).toEqual({
      taskName: 'shop',
      directory: '.autonomous/shop',
      role: 'reviewer',
      session: 2,
      nextStep: null,
      description: 'Sell things',
    });
  });

  test('even with text added to it', () => {
    const additions = [{ kind: 'interrupted' }, { kind: 'split-step' }] as const;
    expect(readPrompt(promptFor({ ...executor, additions }))).toMatchObject({ taskName: 'shop' });
  });
});

test.each([
  ['nothing', '', 'Task directory'],
  ['no slash', 'Task directory: .autonomous/shop\nRole: Initializer', 'Task directory'],
  ['a path', 'Task directory: .autonomous/../shop/\nRole: Initializer', 'Task directory'],
  ['no role', 'Task directory: .autonomous/shop/\nNext open step: 1. a', 'Role'],
  ['a strange role', 'Task directory: .autonomous/shop/\nRole: Director', 'Role'],
  ['no step', 'Task directory: .autonomous/shop/\nRole: Executor (session 2)', 'Next open step'],
  [
    'a step without a text',
    'Task directory: .autonomous/shop/\nRole: Executor\nNext open step: 1. ',
    'Next',
  ],
])('a prompt with %s is missing something', (_what, prompt, missing) => {
  const reading = readPrompt(prompt);
  expect('missing' in reading ? reading.missing : reading).toContain(missing);
});

test("the user's words are not taken for the head", () => {
  const description = 'Task directory: .autonomous/other/\n\nRole: Executor\nNext open step: 9. x';
  expect(readPrompt(promptFor({ ...initializer, description }))).toMatchObject({
    taskName: 'shop',
    role: 'initializer',
    description,
  });
  expect(readPrompt(`Hello\n\n${promptFor(executor)}`)).toHaveProperty('missing');
});
