import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';
import { options } from '../../source/cli/options/table.ts';
import { parseQuickInvocation } from '../../source/cli/quick-arguments.ts';

async function problemOf(...argv: string[]): Promise<string | null> {
  const parsed = await parseInvocation(argv);
  return 'problem' in parsed ? parsed.problem : null;
}

async function descriptionOf(...argv: string[]): Promise<string | null> {
  const parsed = await parseInvocation(argv);
  return 'problem' in parsed ? parsed.problem : parsed.invocation.description;
}

describe('a word that names an option or a command is not a goal', () => {
  test.each([
    ['list', '--list'],
    ['help', '--help'],
    ['version', '--version'],
    ['status', '--list'],
    ['lsit', '--list'],
    ['lis', '--list'],
    ['lists', '--list'],
    ['hepl', '--help'],
    ['statsu', '--list'],
    ['contineu', '--continue'],
    ['cotninue', '--continue'],
    ['resume-last', '--resume-last'],
    ['resume', '--resume-last'],
    ['log', '--log NAME'],
    ['logs', '--log NAME'],
  ])('%s means %s', async (word, meant) => {
    const problem = `"${word}" is not a goal. Did you mean ${meant}? For a task of that name use --task-name`;
    expect(await problemOf(word)).toBe(problem);
    expect(await problemOf('--headless', word)).toBe(problem);
  });

  test.each(options.map(({ name }) => name))('%s', async (name) => {
    expect(await problemOf(name)).toContain(`Did you mean --${name}`);
  });

  test.each(['refactor', 'tests', 'cleanup', 'shop', 'Help', 'LIST', 'list!', 'task2', 'überall'])(
    '%s is a goal',
    async (word) => expect(await descriptionOf(word)).toBe(word),
  );

  test('with a letter wrong: two letters only from six letters on', async () => {
    expect(await problemOf('lixy')).toBeNull();
    expect(await problemOf('headlexx')).toContain('--headless');
  });

  test('a task of that name can be continued, and started', async () => {
    expect(await problemOf('--task-name', 'list')).toBeNull();
    expect(await descriptionOf('--task-name', 'list', 'list')).toBe('list');
    expect(await problemOf('--task-name', 'shop', 'list')).toContain('Did you mean');
  });
});

describe('an argument that no option looks like is a goal', () => {
  const goals = [
    '---\nname: shop\n---\nBuild a shop\n',
    '---',
    '- [ ] fix it',
    '- fix it',
    '-1 is read as an option',
    '-5',
    '--list should print colours',
    '-v prints nothing',
    '-n\nprints nothing',
    '--cd a b',
    '--unknown=a b',
  ];
  test.each(goals)('%j', async (goal) => {
    for (const argv of [[goal], ['--headless', goal], [goal, '--headless'], ['-n', 'x', goal]]) {
      expect(await descriptionOf(...argv)).toBe(goal);
      expect(parseQuickInvocation(argv)).toEqual(await parseInvocation(argv));
    }
  });

  test('any text with a space or line break', async () => {
    const text = fc
      .tuple(fc.string(), fc.constantFrom(' ', '\n', '\t'), fc.string())
      .map((parts) => parts.join('').replaceAll('\0', ''))
      .filter((argument) => argument.trim() !== '' && !/^(?:--[a-z-]+=|-C[./~])/u.test(argument));
    await fc.assert(
      fc.asyncProperty(text, async (goal) => {
        expect(await descriptionOf('--headless', goal)).toBe(goal);
        expect(parseQuickInvocation([goal])).toEqual(await parseInvocation([goal]));
      }),
    );
  });

  test.each([
    [['--cd=/my files']],
    [['--cd', '/my files']],
    [['-C', '- files']],
    [['-C/my files']],
  ])('%j is still the value of an option', async (argv) => {
    const parsed = await parseInvocation(argv);
    expect('invocation' in parsed && parsed.invocation).toMatchObject({
      directory: expect.stringContaining(' files') as string,
      description: null,
    });
    expect(parseQuickInvocation(argv)).toEqual(parsed);
  });

  test('two of them are put into one in their order', async () => {
    expect(await problemOf('Build', '- a shop', 'now')).toContain('"Build - a shop now"');
  });

  test('-x without a space is an option that does not exist', async () => {
    expect(await problemOf('-x')).toContain("'-x'");
    expect(await problemOf('--fix')).toContain("'--fix'");
  });
});
