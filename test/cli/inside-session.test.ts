import { afterEach, expect, test, vi } from 'vitest';
import { main } from '../../source/cli/main.ts';

afterEach(() => vi.unstubAllEnvs());

const nowhere = ['--cd', '/nowhere/at/all'];

test.each([
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
  [['--task-name', 'shop', '--delete', '--yes']],
  [['--task-name', 'shop', '--pause']],
  [['--install-skill']],
  [['--uninstall-skill']],
])('a session of a task cannot ask for: %j', async (argv) => {
  // Outside a session each fails for want of the directory.
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', undefined);
  vi.stubEnv('CODEX_HOME', '/nowhere/at/all');
  expect(await main([...argv, ...nowhere])).toBe(1);
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', '00000000-0000-4000-8000-000000000000');
  expect(await main([...argv, ...nowhere])).toBe(2);
});
