import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../../source/core/codex/log-event.ts';
import type { SessionFact } from '../../../source/core/run/fact.ts';
import type { Stall } from '../../../source/core/run/run.ts';
import { watchForStalls } from '../../../source/engine/session/watches/stall-watch.ts';
import { HandClock } from '../../helpers/hand-clock.ts';

const settings = { silentMs: 600_000, commandMs: 3_600_000, networkMs: 600_000 };

function watching() {
  const clock = new HandClock();
  const stalls: Stall[] = [];
  const offline: boolean[] = [];
  const tell = (fact: SessionFact): void => {
    if (fact.kind === 'stalled') stalls.push(fact.stall);
    else if (fact.kind === 'offline') offline.push(fact.isOffline);
    else throw new Error(`${fact.kind} is not for a stall watch to tell`);
    expect(fact.session).toBe(3);
  };
  const watch = watchForStalls({ clock, settings, session: 3, tell });
  return { clock, stalls, offline, watch };
}

const command = (stage: 'started' | 'completed'): LogEvent => ({
  type: 'item',
  stage,
  id: 'item_1',
  body: { kind: 'command', command: 'make', output: '', exitCode: null, status: 'in progress' },
});
const retry = (reason: string): LogEvent => ({ type: 'retry', attempt: null, of: null, reason });

describe('a session', () => {
  test('has not stalled while events come', () => {
    const { clock, stalls, watch } = watching();
    for (let minute = 0; minute < 60; minute++) {
      clock.turn(60_000);
      watch.seen({ type: 'turn-started' });
    }
    expect(stalls).toEqual([]);
  });

  test('that is silent for ten minutes has stalled, reported once', () => {
    const { clock, stalls } = watching();
    clock.turn(590_000);
    expect(stalls).toEqual([]);
    clock.turn(3_000_000);
    expect(stalls).toEqual(['silence']);
  });

  test('does not stall while its watcher is frozen with it', () => {
    const { clock, stalls } = watching();
    clock.turn(300_000);
    clock.freeze(8 * 3_600_000);
    clock.turn(280_000);
    expect(stalls).toEqual([]);
    clock.turn(30_000);
    expect(stalls).toEqual(['silence']);
  });

  test('with a command open has stalled only after an hour', () => {
    const { clock, stalls, watch } = watching();
    watch.seen(command('started'));
    clock.turn(3_590_000);
    expect(stalls).toEqual([]);
    clock.turn(20_000);
    expect(stalls).toEqual(['command']);
  });

  test('whose command has ended counts as silent again', () => {
    const { clock, stalls, watch } = watching();
    watch.seen(command('started'));
    clock.turn(1_000_000);
    watch.seen(command('completed'));
    clock.turn(610_000);
    expect(stalls).toEqual(['silence']);
  });

  test('whose turn is over may stay silent', () => {
    const { clock, stalls, watch } = watching();
    watch.seen({ type: 'turn-completed', usage: null });
    clock.turn(10_000_000);
    expect(stalls).toEqual([]);
  });
});

describe('a Codex that waits for the network', () => {
  test('is offline until it reports anything else', () => {
    const { offline, watch } = watching();
    watch.seen(retry('waiting for network (dns)'));
    watch.seen(retry('waiting for network (dns)'));
    watch.seen({ type: 'turn-started' });
    expect(offline).toEqual([true, false]);
  });

  test('stays offline when an earlier command ends or its turn fails', () => {
    const { offline, watch } = watching();
    watch.seen(command('started'));
    watch.seen(retry('waiting for network (dns)'));
    watch.seen(command('completed'));
    watch.seen({ type: 'turn-failed', message: 'stream disconnected' });
    expect(offline).toEqual([true]);
  });

  test('is not believed after its turn: then the line is not Codex’s', () => {
    const { offline, watch } = watching();
    watch.seen({ type: 'turn-completed', usage: null });
    watch.seen(retry('waiting for network (dns)'));
    expect(offline).toEqual([]);
  });

  test('has stalled after ten minutes, however often it reports waiting', () => {
    const { clock, stalls, watch } = watching();
    for (let minute = 0; minute < 9; minute++) {
      watch.seen(retry('waiting for network (dns)'));
      clock.turn(60_000);
    }
    expect(stalls).toEqual([]);
    clock.turn(70_000);
    expect(stalls).toEqual(['network']);
  });
});
