// The refs of one task at the git remote, by which the machines of a hub hand its work over:
//
//   refs/autonomous/<task>/lease             whose turn it is; moves with every checkpoint
//   refs/autonomous/<task>/work              the last checkpoint
//   refs/autonomous/<task>/stray/<machine>   what a machine did that was not the owner any more
//
// Lease and work move together or not at all, and only from what the pusher knows. So a machine that lost the task without
// knowing it cannot replace what its successor did.

type FenceRefs = { lease: string; work: string };

/** Of another name, a ref could be one of a branch's, or of another task. */
const safe = /^[A-Za-z0-9_-]{1,128}$/;

/** `task`: its id at the hub. Throws if it can be no part of a ref. */
export function fenceRefs(task: string): FenceRefs {
  const directory = fenceDirectory(task);
  return { lease: `${directory}/lease`, work: `${directory}/work` };
}

export function strayRef(task: string, machine: string): string {
  if (!safe.test(machine)) throw new Error(`${JSON.stringify(machine)} is no machine's id`);
  return `${fenceDirectory(task)}/stray/${machine}`;
}

function fenceDirectory(task: string): string {
  if (!safe.test(task)) throw new Error(`${JSON.stringify(task)} is no task's id`);
  return `refs/autonomous/${task}`;
}

/** A commit at each ref of the task; null where there is none. */
export type FenceState = { lease: string | null; work: string | null };

/** From lines of `<commit>\t<ref>`, as `git ls-remote` prints them. Other refs are passed over. */
export function fenceStateIn(text: string, refs: FenceRefs): FenceState {
  const commits = new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const [, commit = '', ref = ''] = /^([0-9a-f]{40}|[0-9a-f]{64})\t(.*)$/.exec(line) ?? [];
      return commit === '' ? [] : [[ref, commit]];
    }),
  );
  return { lease: commits.get(refs.lease) ?? null, work: commits.get(refs.work) ?? null };
}

export type Leaseholder = { task: string; machine: string; epoch: number; nonce: string };

/** The message of the commit that `lease` points to. `session`: after which the checkpoint was made. */
export function leaseMessage(
  { task, machine, epoch, nonce }: Leaseholder,
  session: number,
): string {
  return [
    `${task} is worked on by ${machine}`,
    '',
    `Autonomous-Task: ${task}`,
    `Autonomous-Machine: ${machine}`,
    `Autonomous-Epoch: ${epoch}`,
    `Autonomous-Nonce: ${nonce}`,
    `Autonomous-Session: ${session}`,
    '',
  ].join('\n');
}

/** Who wrote such a message; null if it is none. */
export function machineIn(message: string): string | null {
  return /^Autonomous-Machine: (.*)$/m.exec(message)?.[1] ?? null;
}
