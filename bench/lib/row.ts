// A row of the benchmark. Each of its sides (ours, the floor, peers) measures the same thing in the same run, in turn,
// round by round, so that other load on the machine affects all of them alike.

/** One or several samples of a round, in the row's unit. Throws if the result is wrong: a fast lie is not a result. */
export type Measure = () => Promise<number | readonly number[]> | number | readonly number[];

export type Sides = {
  ours: Measure;
  /** The least work that the machine needs for it, written by hand. */
  floor?: Measure;
  /** Null: not installed here, so it supports no claim. */
  peers?: Readonly<Record<string, Measure | null>>;
  end?(): Promise<void> | void;
};

/**
 * A row with a floor or a peer has a factor of it as its goal, measured in the same run: a slower machine slows both.
 * A number of its own is for a promise (60 MiB, not a byte) and for what has neither.
 */
export type Goal =
  | { kind: 'at most'; value: number }
  | { kind: 'times the floor'; value: number }
  | { kind: 'times a peer'; peer: string; value: number }
  /** For rates, where more is better. */
  | { kind: 'at least times the floor'; value: number }
  | { kind: 'at least times a peer'; peer: string; value: number };

export type Size = 'whole' | 'short';

export type Row = {
  /** For the command line: `list-1000`. */
  name: string;
  what: string;
  unit: string;
  goal: Goal;
  /** Of all samples: 0.5 is the median, and one in twenty is above 0.95. Default: 0.5. */
  quantile?: number;
  /** How often each side is measured. */
  rounds: Readonly<Record<Size, number>>;
  /** False if it takes too long for every push. Default: true. */
  isInShort?: boolean;
  /** Why it is not measured here, as the end of a sentence. */
  leftOut?: string | null;
  open(size: Size): Promise<Sides> | Sides;
};

export type Measured = { value: number; least: number; most: number; samples: number };

export type RowResult = {
  row: Row;
  ours: Measured;
  floor: Measured | null;
  /** Null: not installed here. */
  peers: Readonly<Record<string, Measured | null>>;
  /** Result relative to the goal: 1 just reaches it, less is better. */
  share: number;
};

/** A regression so large that the machine cannot be the cause. */
export const grossLoss = 3;

export async function measureRow(row: Row, size: Size): Promise<RowResult> {
  const sides = await row.open(size);
  try {
    const peers = Object.entries(sides.peers ?? {});
    const samples = new Map<string, number[]>();
    const sample = async (name: string, measure: Measure | null | undefined): Promise<void> => {
      if (measure == null) return;
      const found = await measure();
      const more = typeof found === 'number' ? [found] : found;
      samples.set(name, [...(samples.get(name) ?? []), ...more]);
    };
    for (let round = 0; round < row.rounds[size]; round++) {
      await sample('floor', sides.floor);
      await sample('ours', sides.ours);
      for (const [name, measure] of peers) await sample(`peer ${name}`, measure);
    }
    const of = (name: string): Measured | null => {
      const found = samples.get(name);
      return found === undefined ? null : measured(found, row.quantile ?? 0.5);
    };
    const ours = of('ours')!;
    const floor = of('floor');
    return {
      row,
      ours,
      floor,
      peers: Object.fromEntries(peers.map(([name]) => [name, of(`peer ${name}`)])),
      share: shareOf(row.goal, ours.value, (name) =>
        name === null ? floor?.value : of(`peer ${name}`)?.value,
      ),
    };
  } finally {
    await sides.end?.();
  }
}

/** `beside`: the result of a peer, or of the floor for null. */
function shareOf(
  goal: Goal,
  ours: number,
  beside: (peer: string | null) => number | undefined,
): number {
  switch (goal.kind) {
    case 'at most':
      return goal.value === 0 ? (ours === 0 ? 1 : Infinity) : ours / goal.value;
    // Without a floor or peer nothing is proven, so the goal is not reached.
    case 'times the floor':
      return ours / ((beside(null) ?? 0) * goal.value);
    case 'times a peer':
      return ours / ((beside(goal.peer) ?? 0) * goal.value);
    case 'at least times the floor':
      return ((beside(null) ?? Infinity) * goal.value) / ours;
    case 'at least times a peer':
      return ((beside(goal.peer) ?? Infinity) * goal.value) / ours;
    default:
      return goal satisfies never;
  }
}

function measured(samples: readonly number[], quantile: number): Measured {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { value: at(quantile), least: at(0.1), most: at(0.9), samples: sorted.length };
}
