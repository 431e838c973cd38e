import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInvocation } from '../../../source/cli/arguments.ts';
import { options } from '../../../source/cli/options/table.ts';
import { unusedSentence, type Answering } from '../../../source/cli/unused-options.ts';
import {
  readSkill,
  signedSkill,
  skillDescription,
  skillText,
} from '../../../source/core/skill/skill-text.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The words of a line, as a shell has them. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const commands = [...skillText.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
);

const ours = [
  'log',
  'report',
  'list',
  'diff',
  'tell',
  'doctor',
  'pause',
  'pause-after-session',
] as const;

test('the description is one line that Codex takes, in the quotes of its front matter', () => {
  expect(skillDescription).toMatch(/^[^'\n]{100,500}$/);
  expect(skillText).toMatch(/^---\nname: autonomous-tui\ndescription: '[^'\n]+'\n---\n\n# /);
});

test.each(commands)('our own reader takes all of: %s', async (line) => {
  const [program, ...argv] = words(line);
  expect(program).toBe('autonomous-tui');
  const parsed = await parseInvocation(argv);
  if ('problem' in parsed) throw new Error(parsed.problem);
  const { invocation } = parsed;
  const answering = ([...ours, 'background'] as const)
    .map((name) => `--${name}` as const satisfies Answering)
    .find((name) => argv.includes(name));
  expect(answering).toBeDefined();
  expect(unusedSentence(answering!, invocation)).toBeNull();
});

test.each([
  [/--background "/, 'start'],
  [/--background .*--continue/, 'continue'],
  [/--list/, 'list'],
  [/--tell "/, 'tell'],
  [/--report/, 'report'],
])('%s is among them: %s', (pattern) => {
  expect(commands.some((line) => pattern.test(line))).toBe(true);
});

test('every option that it names exists', () => {
  const named = [...signedSkill('1.0.0', digest).matchAll(/(?<![-\w])--([a-z][a-z-]*)/g)];
  const known = new Set<string>(options.map(({ name }) => name));
  expect(named.map(([, name = '']) => name).filter((name) => !known.has(name))).toEqual([]);
});

test('what any version wrote is ours, and current only from this one', () => {
  const version = fc.stringMatching(/^\d\.\d\.\d(-rc\.\d)?$/);
  const text = fc.constantFrom(skillText, '', '# Something older\n');
  fc.assert(
    fc.property(version, version, text, (by, me, written) => {
      const found = readSkill(signedSkill(by, digest, written), me, digest);
      const isCurrent = by === me && written === skillText;
      expect(found).toEqual({ kind: 'ours', version: by, isCurrent });
    }),
  );
});

test('what was changed anywhere since, or is by somebody else, is not ours', () => {
  const ours = signedSkill('1.0.0', digest);
  fc.assert(
    fc.property(fc.nat(ours.length), fc.string({ minLength: 1 }), fc.nat(5), (at, put, cut) => {
      const file = ours.slice(0, at) + put + ours.slice(at + cut);
      fc.pre(file !== ours);
      // The version is not in the digest.
      const found = readSkill(file, '1.0.0', digest);
      if (found.kind === 'ours') expect(found.version).not.toBe('1.0.0');
    }),
  );
  expect(readSkill(null, '1.0.0', digest)).toEqual({ kind: 'none' });
  expect(readSkill('---\nname: autonomous-tui\n---\n', '1.0.0', digest)).toEqual({
    kind: 'foreign',
  });
});
