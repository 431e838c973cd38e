import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GuidancePiece } from '../../../../source/core/guidance/guidance.ts';
import { hubPieceKey } from '../../../../source/core/hub/hub-names.ts';
import { readHubRequest } from '../../../../source/core/hub/request-record.ts';
import {
  readHubTask,
  writtenHubTask,
  type HubTask,
} from '../../../../source/core/hub/task-record.ts';
import type { RunRecord } from '../../../../source/core/run/record.ts';
import { shareGuidance } from '../../../../source/engine/hub/guidance/share-guidance.ts';
import { giveTask } from '../../../../source/engine/hub/give-task.ts';
import { followHubGuidance } from '../../../../source/engine/hub/viewer/follow-guidance.ts';
import {
  takeBackOverHub,
  tellOverHub,
} from '../../../../source/engine/hub/viewer/tell-over-hub.ts';
import { systemClock } from '../../../../source/system/clock.ts';
import { guidanceFiles } from '../../../../source/system/state/files/guidance-files.ts';
import { placedGuidance } from '../../../../source/system/state/files/placed-guidance.ts';
import type { HubMachine } from '../../../helpers/hub/hub-machine.ts';
import { taskKey, withTwoMachines } from '../../../helpers/hub/hub-machine.ts';
import { hasNats, type NatsServer } from '../../../helpers/hub/nats-server.ts';
import { recordWith } from '../../../helpers/run-records.ts';
import { until } from '../../../helpers/until.ts';

const task = 'anywhere:/home/ann/shop/docs';
const directory = { device: 1, inode: 2, bornAt: null };
const offer: HubTask['offer'] = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};

/** The files of one machine, as its runner uses them, and what shares them. */
class Owner {
  isOwner = true;
  readonly files;
  readonly shared;
  readonly #path: string;

  constructor(path: string, { link, name }: Pick<HubMachine, 'link' | 'name'>) {
    this.#path = path;
    this.files = guidanceFiles(path);
    this.shared = shareGuidance({
      ...{ link, clock: systemClock, machine: name, key: taskKey },
      files: { ...placedGuidance(path), takeBack: this.files.takeBackGuidance },
      identity: () => Promise.resolve(directory),
      isOwner: () => this.isOwner,
    });
  }

  static async of(machine: HubMachine): Promise<Owner> {
    return new Owner(await mkdtemp(join(tmpdir(), 'owner-')), machine);
  }

  waiting(): Promise<string[]> {
    return this.files.waitingGuidance(directory).then((all) => all.map(({ text }) => text));
  }

  /** A session with all that waits, as far as its turn's beginning. */
  async session(uuid: string, number: number): Promise<readonly string[]> {
    const taken = await this.files.takeGuidance(uuid, directory);
    await this.files.markGuidanceTold({ uuid, number }, 1000, directory);
    return taken.map(({ text }) => text);
  }

  async leave(): Promise<void> {
    this.shared.close();
    await rm(this.#path, { recursive: true });
  }
}

type Stage = {
  server: NatsServer;
  owner: Owner;
  /** Says something from the other machine. */
  tell(text: string, when?: GuidancePiece['when']): ReturnType<typeof tellOverHub>;
  takeBack(id: string): Promise<boolean>;
  /** What is seen from the other machine: texts, and the sessions they were told in. */
  seen(): (string | number)[][];
  /** From now on the hub says that machine-1 owns the task; `run`: what it has recorded of it. */
  isOwned(run?: Partial<RunRecord>): Promise<void>;
  /** What the hub has of the task. */
  atHub(): Promise<HubTask>;
  /** Another machine that goes on with the task. */
  other: HubMachine;
};

async function onStage(act: (stage: Stage) => Promise<void>): Promise<void> {
  await withTwoMachines(async ({ server, owner: machine, user }) => {
    const owner = await Owner.of(machine);
    const asking = { link: user.link, clock: systemClock, newId: randomUUID, patienceMs: 3000 };
    const followed = followHubGuidance(
      { link: user.link, clock: systemClock, key: taskKey },
      () => {},
    );
    const given = { key: taskKey, run: null, offer, isNew: true, newId: randomUUID };
    await giveTask(await user.connected(), given);
    const atHub = async (): Promise<HubTask> => {
      const { text } = await (await user.connected()).read('tasks', taskKey);
      const found = readHubTask(text ?? '', taskKey);
      if (found.kind !== 'read') throw new Error(found.kind);
      return found.task;
    };
    const isOwned: Stage['isOwned'] = async (run) => {
      const { lease, ...rest } = await atHub();
      const owned = { ...rest, lease: { ...lease, owner: 'machine-1' } };
      const record = run === undefined ? null : recordWith(run);
      const text = writtenHubTask({ ...owned, run: record });
      await (await user.connected()).write('tasks', taskKey, { text, expected: null });
    };
    try {
      await act({
        ...{ server, owner, other: user, isOwned, atHub },
        tell: (text, when = 'next') => tellOverHub(asking, task, { text, when }),
        takeBack: (id) => takeBackOverHub(asking, { task, id }),
        seen: () =>
          followed
            .pieces()
            .map(({ text, told }) => [text, ...(told === null ? [] : [told.session])]),
      });
    } finally {
      followed.close();
      await owner.leave();
    }
  });
}

const fast = { everyMs: 10 };

describe.skipIf(!hasNats)('what is said over a hub', () => {
  test('comes to the owner in its order, and everybody sees when it was told', async () => {
    await onStage(async ({ owner, tell, seen }) => {
      expect(await tell('First')).toMatchObject({
        ok: true,
        sentence: 'docs will be told when a machine takes it',
      });
      await owner.shared.begin();
      await tell('Second \u001b[31m');
      await until('both are there', async () => (await owner.waiting()).length === 2, fast);
      expect(await owner.session('s-1', 4)).toEqual(['First', 'Second']);
      await until('it is seen', () => seen().every((piece) => piece.length === 2), fast);
      expect(seen()).toEqual([
        ['First', 4],
        ['Second', 4],
      ]);
      // A runner that starts again, and a session with nothing new.
      await owner.shared.begin();
      expect(await owner.session('s-2', 5)).toEqual([]);
    });
  });

  test('can be taken back while it waits, at the hub or at its owner, and not from a prompt', async () => {
    await onStage(async ({ owner, tell, takeBack, isOwned }) => {
      const early = await tell('Early');
      expect(await takeBack(early.piece!.id)).toBe(true);
      await owner.shared.begin();
      await isOwned();
      const late = await tell('Late');
      expect(late.sentence).toBe('docs will be told with its next session, on machine-1');
      expect(await owner.waiting()).toEqual(['Late']);
      expect(await takeBack(late.piece!.id)).toBe(true);
      expect(await owner.waiting()).toEqual([]);
      const last = await tell('Last', 'now');
      expect(last.sentence).toBe('machine-1 interrupts the session of docs, and tells it');
      await owner.files.takeGuidance('s-1', directory);
      await expect(takeBack(last.piece!.id)).rejects.toThrow(/has it in a prompt already$/);
      await owner.files.markGuidanceTold({ uuid: 's-1', number: 4 }, 1000, directory);
      await owner.shared.sessionEnded();
      expect(await takeBack(last.piece!.id)).toBe(false);
    });
  });

  test('that the user takes back on the owner’s machine is taken back for all', async () => {
    await onStage(async ({ owner, tell, seen }) => {
      await owner.shared.begin();
      const { piece } = await tell('First');
      await until('it is there', async () => (await owner.waiting()).length === 1, fast);
      await owner.shared.sessionEnded();
      expect(await owner.files.takeBackGuidance(piece!.id)).toBe(true);
      await until('nobody sees it', () => seen().length === 0, fast);
      expect(await owner.waiting()).toEqual([]);
    });
  });

  test('is told once, though the hub restarts and comes back older', async () => {
    await onStage(async ({ server, owner, tell, seen }) => {
      await owner.shared.begin();
      await tell('First');
      await until('it is there', async () => (await owner.waiting()).length === 1, fast);
      const setBack = await server.keepStore();
      expect(await owner.session('s-1', 4)).toEqual(['First']);
      await until('it is told', () => seen()[0]?.[1] === 4, fast);
      await server.kill();
      await setBack();
      await server.start();
      await until('the owner has said it again', () => seen()[0]?.[1] === 4, fast);
      expect(await owner.session('s-2', 5)).toEqual([]);
    });
  });

  test('what a hub that came back older has forgotten comes back from its owner', async () => {
    await onStage(async ({ server, owner, tell, other }) => {
      await owner.shared.begin();
      const setBack = await server.keepStore();
      await tell('First');
      await until('it is there', async () => (await owner.waiting()).length === 1, fast);
      await server.kill();
      await setBack();
      await server.start();
      await until('the hub has it again', async () => {
        const hub = await other.connected();
        return (await hub.list('requests', hubPieceKey(taskKey, '*'))).length > 0;
      });
      expect(await owner.waiting()).toContain('First');
    });
  });

  test('goes with the task to another machine, and is told again only if its session was lost', async () => {
    await onStage(async ({ owner, tell, seen, other }) => {
      await owner.shared.begin();
      await tell('Kept');
      await until('it is there', async () => (await owner.waiting()).length === 1, fast);
      await owner.session('s-1', 4);
      await owner.shared.sessionEnded();
      const lost = `Lost${' and found'.repeat(2000)}`;
      await tell(lost);
      await until('it is there, too', async () => (await owner.waiting()).length === 1, fast);
      await owner.session('s-2', 5);
      await owner.shared.sessionEnded();
      expect(seen().length).toBe(2);
      await tell('New');
      owner.isOwner = false;
      const next = await Owner.of(other);
      try {
        await next.shared.takeOver('s-2');
        await next.shared.begin();
        expect(await next.waiting()).toEqual([lost, 'New']);
        expect(await next.session('t-1', 6)).toEqual([lost, 'New']);
        await next.shared.sessionEnded();
        // The machine that had it before wakes up, and writes nothing.
        await owner.shared.sessionEnded();
        await until('all are told', () => seen().every(({ length }) => length === 2), fast);
        expect(seen()).toEqual([
          ['Kept', 4],
          [lost, 6],
          ['New', 6],
        ]);
      } finally {
        await next.leave();
      }
    });
  });

  test('of what another machine wrote there, only what can be read comes here', async () => {
    await onStage(async ({ owner, other, tell }) => {
      const hub = await other.connected();
      const put = (id: string, text: string) =>
        hub.write('requests', hubPieceKey(taskKey, id), { text, expected: null });
      const id = '00000000000001-0a1b2c3d';
      await put(id, '{"version":1,"id":"00000000000002-0a1b2c3d","text":"x","place":"waiting"}');
      await put('00000000000003-0a1b2c3d', '{"version":9,"text":"x","place":"waiting"}');
      await put('nothing', '{"version":1,"id":"nothing","text":"x","place":"waiting"}');
      await put('00000000000004-0a1b2c3d', 'not json \u001b');
      await owner.shared.begin();
      await tell('Good');
      await until('it is there', async () => (await owner.waiting()).length > 0, fast);
      expect(await owner.waiting()).toEqual(['Good']);
      expect((await hub.read('requests', hubPieceKey(taskKey, id))).text).toContain('00000002');
    });
  });
});

describe.skipIf(!hasNats)('whoever says something is told what becomes of it', () => {
  const ended = (kind: 'done' | 'paused'): Partial<RunRecord> => ({
    ...{ run: 'first', phase: 'ended', ending: { kind, sentence: null, at: 1 } },
  });

  test('a done task goes on, a paused one when it is continued', async () => {
    await onStage(async ({ tell, isOwned, atHub }) => {
      await isOwned(ended('paused'));
      expect((await tell('First')).sentence).toBe('docs will be told when it is continued');
      expect((await atHub()).continued).toBeNull();
      await isOwned(ended('done'));
      expect((await tell('Second')).sentence).toMatch(/^docs was done: this becomes a step of it/);
      expect((await atHub()).continued).toBe('first');
    });
  });

  test('a task that needs the user tries again', async () => {
    await onStage(async ({ owner, other, tell, isOwned }) => {
      await isOwned({ run: 'first', phase: 'needs you', ending: null });
      await owner.shared.begin();
      const { sentence } = await tell('Use PostgreSQL');
      expect(sentence).toBe('docs tries again on machine-1, and is told with its next session');
      const { text } = await (await other.connected()).read('requests', taskKey);
      expect(readHubRequest(text!)).toMatchObject({ run: 'first', want: 'try now' });
    });
  });

  test('an owner that does not answer is named, and what was said stays at the hub', async () => {
    await onStage(async ({ tell, isOwned, seen }) => {
      await isOwned({ run: 'first', ending: null });
      const { ok, sentence } = await tell('First');
      expect({ ok, sentence }).toEqual({
        ok: true,
        sentence:
          'machine-1 has not answered: what you said waits at the hub, and docs will be told by the machine that works on it',
      });
      expect(seen()).toEqual([['First']]);
    });
  });

  test('nothing is kept of what cannot be told, nor where the hub cannot be reached', async () => {
    await onStage(async ({ server, other, tell, seen }) => {
      expect(await tell(' \u001b[31m ')).toEqual({
        ok: false,
        sentence: 'There is no text to tell',
      });
      expect((await tell('x'.repeat(100_001))).sentence).toMatch(/^The text has 100001 characters/);
      expect(seen()).toEqual([]);
      await server.kill();
      await until('it is noticed', () => other.link.current() === null, fast);
      const last = await tell('First');
      expect(last.ok).toBe(false);
      expect(last.sentence).toMatch(/^The hub nats:\S+ cannot be reached/);
    });
  });

  test('a text of the greatest length is kept, whatever is in it', async () => {
    await onStage(async ({ owner, tell }) => {
      await owner.shared.begin();
      const long = '\u00e9"\\\u{1f600}'.repeat(20_000);
      expect(await tell(long)).toMatchObject({ ok: true });
      await until('it is there', async () => (await owner.waiting()).length === 1, fast);
      expect(await owner.waiting()).toEqual([long]);
    });
  });
});
