import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { main } from '../../source/cli/main.ts';

afterEach(() => vi.unstubAllEnvs());

const nowhere = ['--cd', '/nowhere/at/all'];

const refused = [
  [['--headless', 'Sell apples']],
  [['--headless', '--task-name', 'shop', '--continue']],
  [['--background', 'Sell apples']],
  [['--headless', '--continue-all']],
  [['--headless', '--network', '--resume-last']],
  [['--task-name', 'shop', '--undo', '--session', '1', '--yes']],
  [['--task-name', 'shop', '--merge', '--yes']],
  [['--task-name', 'shop', '--tell', 'Stop testing']],
  [['--task-name', 'shop', '--take-over']],
  [['--task-name', 'shop', '--archive']],
  [['--task-name', 'shop', '--unarchive']],
  [['--task-name', 'shop', '--delete', '--yes']],
  [['--task-name', 'shop', '--pause']],
  [['--task-name', 'shop', '--pause-after-session']],
  [['--install-skill']],
  [['--uninstall-skill']],
  [['--hub', '/nowhere/at/all/hub', '--list']],
  [['--worker', '--hub', '/nowhere/at/all/hub']],
];

test.each(refused)('a session of a task cannot ask for: %j', async (argv) => {
  // Outside a session each fails for want of the directory.
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', undefined);
  vi.stubEnv('CODEX_HOME', '/nowhere/at/all');
  expect(await main([...argv, ...nowhere])).toBe(1);
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', '00000000-0000-4000-8000-000000000000');
  expect(await main([...argv, ...nowhere])).toBe(2);
});

test('the docs name every option that is refused there', () => {
  const page = join(import.meta.dirname, '..', '..', 'docs', 'options.md');
  const said = /^From inside a session of a task these[^]*?\. Looking/mu.exec(
    readFileSync(page, 'utf8'),
  )?.[0];
  const ofStart = ['--headless', '--background', '--continue', '--network', '--resume-last'];
  const beside = ['--task-name', '--session', '--yes', '--list', ...ofStart];
  const options = refused.flat(2).filter((word) => word.startsWith('--') && !beside.includes(word));
  expect(options.filter((option) => said?.includes(`\`${option}\``) !== true)).toEqual([]);
});
