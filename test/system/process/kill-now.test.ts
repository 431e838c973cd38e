import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { identityOf } from '../../../source/system/process/identity.ts';
import { killNow } from '../../../source/system/process/kill-now.ts';
import { isAlive } from '../../helpers/processes.ts';
import { gone, RealProcesses } from '../../helpers/real-processes.ts';

const processes = new RealProcesses();
const uuid = randomUUID();
const env = { AUTONOMOUS_TUI_SESSION: uuid };

afterEach(() => processes.endAll());

test('the group of a session and all that carry its marker are killed, and nothing else', async () => {
  const script =
    `echo $$; env -i sleep 300 & echo $!; setsid bash -c 'trap "" TERM; echo $$; sleep 300' &` +
    `wait`;
  const { pids } = await processes.script(script, { pids: 3, env });
  const others = await processes.script('echo $$; sleep 300 & echo $!; wait', {
    pids: 2,
    env: { AUTONOMOUS_TUI_SESSION: randomUUID() },
  });
  const leader = await identityOf(pids[0] ?? 0);
  killNow({ uuid, leader });
  for (const pid of pids) await gone(pid);
  for (const pid of others.pids) expect(await isAlive(pid)).toBe(true);
});

test('a group whose leader is another process by now is left alone', async () => {
  const { pids } = await processes.script('echo $$; sleep 300 & echo $!; wait', { pids: 2 });
  const leader = await identityOf(pids[0] ?? 0);
  expect(leader).not.toBeNull();
  killNow({ uuid, leader: leader && { ...leader, startTime: `${leader.startTime}0` } });
  for (const pid of pids) expect(await isAlive(pid)).toBe(true);
});
