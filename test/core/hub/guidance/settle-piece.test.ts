import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../trials/outside/random.ts';
import type { HubPiecePlace } from '../../../../source/core/hub/guidance/hub-piece.ts';
import {
  settleAtTakeOver,
  settleWhileOwned,
  type PiecePlace,
  type Settled,
} from '../../../../source/core/hub/guidance/settle-piece.ts';

const waiting = { kind: 'waiting' } as const;
const inPrompt = { kind: 'in' } as const;
const wantedBack = { kind: 'taking back' } as const;
const takenBack = { kind: 'taken back' } as const;
const told = (session: string) => ({ kind: 'told', session: 5, at: 1, in: session }) as const;
const nothing: Settled = { here: 'nothing', hub: null };

const atHub = (place: HubPiecePlace, machine: string | null = 'a') => ({ place, machine });

describe('while a machine owns the task', () => {
  test.each<[string, PiecePlace | null, ReturnType<typeof atHub> | null, Settled]>([
    ['what is new comes here', null, atHub(waiting, null), { here: waiting, hub: waiting }],
    ['what is known stays', waiting, atHub(waiting), nothing],
    ['what was said here goes to the hub', waiting, null, { here: 'nothing', hub: waiting }],
    [
      'what another machine had is this one’s now',
      inPrompt,
      atHub(waiting, 'b'),
      { here: 'nothing', hub: waiting },
    ],
    [
      'what is told is told at the hub',
      told('s'),
      atHub(waiting),
      { here: 'nothing', hub: told('s') },
    ],
    ['once', told('s'), atHub(told('s')), nothing],
    [
      'what a failed turn gave back waits again',
      waiting,
      atHub(told('s')),
      { here: 'nothing', hub: waiting },
    ],
    [
      'what waits can be taken back',
      waiting,
      atHub(wantedBack),
      { here: 'take back', hub: takenBack },
    ],
    ['what is in a prompt cannot', inPrompt, atHub(wantedBack), { here: 'nothing', hub: waiting }],
    ['what was told cannot', told('s'), atHub(wantedBack), { here: 'nothing', hub: told('s') }],
    [
      'what never came here is taken back at the hub',
      null,
      atHub(wantedBack),
      { here: 'nothing', hub: takenBack },
    ],
    ['what is over does not come back', null, atHub(told('s')), nothing],
  ])('%s', (_, here, hub, expected) => {
    expect(settleWhileOwned({ here, hub, machine: 'a', wasHere: false })).toEqual(expected);
  });

  test('what the user takes back here is taken back at the hub', () => {
    const compared = { here: null, hub: atHub(waiting), machine: 'a', wasHere: true };
    expect(settleWhileOwned(compared)).toEqual({ here: 'nothing', hub: takenBack });
  });
});

describe('when a machine takes the task over', () => {
  const settle = (
    here: PiecePlace | null,
    place: HubPiecePlace | null,
    lost: string | null = null,
  ): Settled => settleAtTakeOver({ here, hub: place && atHub(place, 'b'), lost });

  test('what the hub has counts, whatever is here', () => {
    for (const here of [null, waiting, inPrompt, told('old')]) {
      expect(settle(here, waiting)).toEqual({ here: waiting, hub: waiting });
      expect(settle(here, told('s'))).toEqual({ here: told('s'), hub: null });
    }
    expect(settle(waiting, takenBack)).toEqual({ here: 'remove', hub: takenBack });
  });

  test('what a session was told that was lost with its machine is told again', () => {
    expect(settle(null, told('s'), 's')).toEqual({ here: waiting, hub: waiting });
    expect(settle(null, told('s'), 'another')).toEqual({ here: told('s'), hub: null });
  });

  test('what was said here meanwhile is not lost', () => {
    expect(settle(waiting, null)).toEqual({ here: waiting, hub: waiting });
    expect(settle(told('s'), null)).toEqual(nothing);
  });
});

// One piece, two machines, and a hub that sometimes comes back older: at each moment anything may happen.
describe('in random orders of what may happen', () => {
  type Machine = { name: 'a' | 'b'; here: PiecePlace | null; waitedHere: boolean };

  function play(random: () => number): {
    toldIn: string[];
    lost: Set<string>;
    wasTakenBack: boolean;
  } {
    const machines: Machine[] = [
      { name: 'a', here: null, waitedHere: false },
      { name: 'b', here: null, waitedHere: false },
    ];
    let hub: { place: HubPiecePlace; machine: string | null } = { place: waiting, machine: null };
    let owner: Machine = machines[0]!;
    let session: string | null = null;
    let sessions = 0;
    const toldIn: string[] = [];
    const lost = new Set<string>();
    const older: (typeof hub)[] = [hub];

    const carryOut = (machine: Machine, { here, hub: next }: Settled): void => {
      if (here === 'take back' || here === 'remove') machine.here = null;
      else if (here !== 'nothing') machine.here = here;
      if (next !== null) hub = { place: next, machine: machine.name };
      older.push(hub);
    };
    const look = (): void => {
      const { here, name: machine, waitedHere: wasHere } = owner;
      carryOut(owner, settleWhileOwned({ here, hub, machine, wasHere }));
      owner.waitedHere = owner.here?.kind === 'waiting';
    };
    const begin = (): void => {
      if (session !== null) return;
      session = `${owner.name}-${++sessions}`;
      if (owner.here?.kind === 'in') owner.here = waiting;
      if (owner.here?.kind === 'waiting') owner.here = inPrompt;
    };
    const turn = (): void => {
      if (session === null || owner.here?.kind !== 'in') return;
      owner.here = { kind: 'told', session: sessions, at: 1, in: session };
      toldIn.push(session);
    };
    const end = (): void => {
      if (session === null) return;
      if (owner.here?.kind === 'in') owner.here = waiting;
      // Before the end is recorded, the hub has what became of it.
      look();
      session = null;
    };
    const moveOn = (): void => {
      const left = session;
      if (left !== null) lost.add(left);
      owner = machines.find((machine) => machine !== owner)!;
      session = null;
      owner.waitedHere = false;
      carryOut(owner, settleAtTakeOver({ here: owner.here, hub, lost: left }));
    };
    const setBack = (): void => {
      hub = older[Math.floor(random() * older.length)]!;
      // Who holds the lease writes what it knows before anybody else may claim the task.
      look();
    };
    const wantBack = (): void => {
      if (hub.place.kind === 'waiting') hub = { ...hub, place: wantedBack };
    };
    const acts = [
      look,
      look,
      begin,
      turn,
      end,
      moveOn,
      setBack,
      ...(random() < 0.3 ? [wantBack] : []),
    ];
    for (let step = 0; step < 30; step++) acts[Math.floor(random() * acts.length)]!();
    end();
    look();
    begin();
    turn();
    end();
    return { toldIn, lost, wasTakenBack: older.some(({ place }) => place.kind === 'taken back') };
  }

  test('it is told in one session that was not lost with its machine, unless the user took it back', () => {
    let told = 0;
    for (let seed = 1; seed <= 20_000; seed++) {
      const random = seededRandom(seed);
      const { toldIn, lost, wasTakenBack } = play(() => random.next());
      const { length } = toldIn.filter((session) => !lost.has(session));
      expect(length, `seed ${seed}: ${toldIn.join()}`).toBeLessThanOrEqual(1);
      if (!wasTakenBack) expect(length, `seed ${seed}`).toBe(1);
      told += length;
    }
    expect(told).toBeGreaterThan(10_000);
  });
});
