import { describe, expect, test } from 'vitest';
import { hubDetails } from '../../../../source/core/hub/board/hub-details.ts';
import type { HubTask } from '../../../../source/core/hub/task-record.ts';
import type { RunRecord } from '../../../../source/core/run/record.ts';
import type { TaskDetails } from '../../../../source/core/task/details.ts';
import { recordWith, sessionWith } from '../../../helpers/run-records.ts';

const key = 'task.laptop./home/ann/shop.docs';
const asked = { description: 'Write the docs', model: null, review: null, checks: null };
const shared = { ...asked, remote: '/srv/shop.git', base: 'a'.repeat(40), directory: '' };

function detailsOf(offer: HubTask['offer'], run: RunRecord | null = null): TaskDetails {
  const lease = { task: key, owner: 'laptop', epoch: 1, nonce: 'n', hubStart: 'S' };
  const task = { lease, written: 'w', run, offer, continued: null };
  const found = { kind: 'read', task } as const;
  return hubDetails({ task: key, found, texts: null, guidance: [], now: 5000 });
}

describe('About a task of a hub', () => {
  test.each<[string, HubTask['offer'], readonly string[]]>([
    ['any machine', { ...shared, pinned: null }, ['from aaaaaaaaaa of /srv/shop.git']],
    [
      'one machine',
      { ...shared, pinned: 'laptop' },
      ['from aaaaaaaaaa of /srv/shop.git', 'pinned to laptop'],
    ],
    [
      'its project',
      { ...asked, remote: null, id: 'id', pinned: 'laptop' },
      ['in the project itself, on laptop alone'],
    ],
  ])('says that it is for %s', (_whose, offer, words) => {
    expect(detailsOf(offer).options).toEqual(words);
  });

  test.each([
    [{}, null],
    [{ profile: null }, { session: 4, model: null, profile: null }],
    [{ profile: 'night\u001b[2J' }, { session: 4, model: null, profile: 'night' }],
    [{ profile: 'night', threadId: null }, null],
  ])('of a last session with %j says %j', (session, lastUsed) => {
    const run = recordWith({ session: sessionWith(session) });
    expect(detailsOf({ ...shared, pinned: null }, run).lastUsed).toEqual(lastUsed);
  });
});
