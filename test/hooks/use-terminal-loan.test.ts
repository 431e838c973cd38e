import { expect, test } from 'vitest';
import { withoutInterrupts } from '../../source/hooks/use-terminal-loan.ts';

test('Ctrl-C while the terminal is lent does not end the dashboard, and does afterwards', async () => {
  const before = process.listeners('SIGINT');
  await withoutInterrupts(() => {
    // Without a listener, this would end the test.
    process.kill(process.pid, 'SIGINT');
    return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  });
  expect(process.listeners('SIGINT')).toEqual(before);
  const failing = withoutInterrupts(() => Promise.reject(new Error('no terminal')));
  await expect(failing).rejects.toThrow('no terminal');
  expect(process.listeners('SIGINT')).toEqual(before);
});
