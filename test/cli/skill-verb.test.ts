import { expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';

test.each([
  [['--install-skill', '--uninstall-skill'], 'Give either --install-skill or --uninstall-skill'],
  [['--uninstall-skill', '--log', 'shop'], 'Give either --uninstall-skill or --log'],
  [['--install-skill', 'for me'], '--install-skill takes no description'],
  [['--background', '--headless', 'Sell'], 'Give either --headless or --background'],
])('%j is wrong usage', async (argv, problem) => {
  expect(await parseInvocation(argv)).toEqual({ problem });
});

test.each(['install-skill', 'uninstall-skill'] as const)('--%s stands alone', async (skill) => {
  expect(await parseInvocation([`--${skill}`])).toMatchObject({ invocation: { skill } });
});
