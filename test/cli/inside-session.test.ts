import { afterEach, expect, test, vi } from 'vitest';
import { main } from '../../source/cli/main.ts';

afterEach(() => vi.unstubAllEnvs());

const nowhere = ['--cd', '/nowhere/at/all'];

test.each([
  [['--headless', 'Sell apples']],
  [['--headless', '--task-name', 'shop', '--continue']],
  [['--headless', '--continue-all']],
  [['--headless', '--network', '--resume-last']],
  [['--task-name', 'shop', '--undo', '--session', '1', '--yes']],
  [['--task-name', 'shop', '--merge', '--yes']],
  [['--task-name', 'shop', '--tell', 'Stop testing']],
  [['--task-name', 'shop', '--take-over']],
  [['--task-name', 'shop', '--archive']],
  [['--task-name', 'shop', '--delete', '--yes']],
])('a session of a task cannot ask for: %j', async (argv) => {
  // Outside a session each fails for want of the directory.
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', undefined);
  expect(await main([...argv, ...nowhere])).toBe(1);
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', '00000000-0000-4000-8000-000000000000');
  expect(await main([...argv, ...nowhere])).toBe(2);
});
