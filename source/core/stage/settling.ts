// The run between two sessions: one part of the stage after the other, and then the decision that waited for them. A
// pause or a fatal problem leaves out what takes long. A runner that dies in the middle leaves the rest to the next one.

import { note, same } from '../run/next.ts';
import type { StageFact } from '../run/fact.ts';
import type { Next, Run, SettlingPhase } from '../run/run.ts';
import { partsFor, withTold, type StagePart, type StagePurpose } from './stage.ts';

const notWritten =
  'What the Reviewer found could not be written into the list: look at it, then continue';

type Decide = (run: Run, closed: SettlingPhase['closed'], at: number) => Next;
type Context = { decide: Decide; at: number };

/** `closed`: the session that has just ended, with the phase that its decision expects; null if there is none. */
export function settle(
  run: Run,
  stage: { purpose: StagePurpose; closed: SettlingPhase['closed'] },
  context: Context,
): Next {
  const { stage: inForce } = run.settings;
  const left = partsFor(stage.purpose).filter((part) => inForce.includes(part));
  return nextPart(run, { name: 'settling', ...stage, left }, context);
}

/** The stage of a run whose runner died in the middle of it: what was left is done now. */
export function resumeStage(
  run: Run,
  { purpose, left }: { purpose: StagePurpose; left: readonly StagePart[] },
  context: Context,
): Next {
  return nextPart(run, { name: 'settling', purpose, closed: null, left }, context);
}

/** A part has ended. An answer that comes too late, of a part that is not due, changes nothing. */
export function settled(run: Run, { part, answer }: StageFact, context: Context): Next {
  const { phase } = run;
  if (phase.name !== 'settling' || phase.left[0] !== part) return same(run);
  const { list, told, unmet, unproven, needsUser, notStarted, unprepared, notes = [] } = answer;
  const { isWritten } = answer;
  const after: Run = {
    ...run,
    told: told === undefined ? run.told : withTold(run.told, part, told),
    proof: unmet === undefined ? run.proof : { unmet },
    unproven: unproven ?? run.unproven,
    held: needsUser ?? (part === 'review' && isWritten !== true ? notWritten : run.held),
    notStarted: notStarted === undefined ? run.notStarted : notStarted,
    unprepared: unprepared === undefined ? run.unprepared : unprepared,
    review: isWritten === true ? { ...run.review, pending: [] } : run.review,
  };
  const { closed } = phase;
  const left: SettlingPhase = {
    ...phase,
    left: phase.left.slice(1),
    closed: closed === null || list === undefined ? closed : { ...closed, list },
  };
  const next = nextPart(after, left, context);
  return { run: next.run, effects: [...notes.map(note), ...next.effects] };
}

function nextPart(run: Run, phase: SettlingPhase, { decide, at }: Context): Next {
  const left = phase.left.filter((part) => !isLeftOut(run, part, phase));
  const [part] = left;
  if (part === undefined)
    return decide(withProof({ ...run, hasSettled: true }, phase.purpose), phase.closed, at);
  const settling: Run = { ...run, phase: { ...phase, left }, epoch: run.epoch + 1 };
  const { purpose } = phase;
  const { round, pending } = run.review;
  const findings = part === 'review' ? { findings: { round, findings: pending } } : {};
  return {
    run: settling,
    effects: [{ do: 'settle', part, purpose, session: run.nextSession - 1, ...findings }],
  };
}

/** A stage that was to prove the end and did not: nothing is called done by default. */
function withProof(run: Run, purpose: StagePurpose): Run {
  return purpose === 'final' && run.proof === null && run.held === null
    ? { ...run, proof: { unmet: 'its checks gave no result' } }
    : run;
}

/** They may take half an hour: whoever pauses does not wait for them. Without its packages a check says nothing. */
function isLeftOut(
  { pause, fatal, unprepared, review }: Run,
  part: StagePart,
  { left }: Pick<SettlingPhase, 'left'>,
): boolean {
  if (part === 'review' && review.pending.length === 0) return true;
  const isLong = part === 'checks' || part === 'prepare';
  if (isLong && (pause === 'now' || fatal !== null)) return true;
  return part === 'checks' && unprepared !== null && !left.includes('prepare');
}

/** Whoever pauses waits only for what is short: a check is given up, the list is still put right. */
export function hurryStage(run: Run): Next {
  return { run, effects: [{ do: 'stop settling' }] };
}
