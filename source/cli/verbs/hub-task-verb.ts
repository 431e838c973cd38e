// A verb with `--hub FILE`, as it stands on the command line: what is asked of a task of the hub, and why others are refused. What
// was dropped silently would be believed.

import { refusedOverHub } from '../../core/hub/refusals.ts';
import type { Value } from '../options/option-row.ts';
import { withoutKeys } from '../print/without-keys.ts';

const askable = ['pause', 'pause-after-session', 'diff', 'undo', 'merge'] as const;

export type HubTaskVerb = (typeof askable)[number] | 'continue' | 'pin' | 'unpin';

/** Those that no hub can carry out, with the commands of the dashboard that do the same. */
const refused = {
  log: 'export',
  report: 'report',
  'take-over': 'take-over',
  archive: 'archive',
  unarchive: 'unarchive',
  delete: 'delete',
  'resume-last': 'resume-last',
} as const;

type Given = Partial<Record<string, Value>>;

/** Null if no task of the hub is meant; a sentence if it is wrong. `gives`: a new task is given to the hub. */
export function hubTaskVerb(
  values: Given,
  gives: boolean,
): HubTaskVerb | null | { problem: string } {
  const isGiven = (name: string): boolean => values[name] !== undefined && values[name] !== false;
  for (const [name, command] of Object.entries(refused)) {
    const why = isGiven(name) ? refusedOverHub(command, { fetch: 'git fetch origin' }) : null;
    if (why !== null) return { problem: withoutKeys(why) };
  }
  if (isGiven('continue-all')) {
    return {
      problem:
        '--continue-all is for tasks of this machine: the workers of a hub continue its tasks, and --task-name NAME --continue one of them',
    };
  }
  if (gives && isGiven('list')) return { problem: 'Give either --list or a description' };
  // They answer alone, and name what they do not use.
  if (gives || ['list', 'doctor', 'tell'].some(isGiven)) return null;
  const verb = askable.find(isGiven);
  const pins = ['pinned', 'no-pinned'].find(isGiven);
  if (pins !== undefined) {
    if (verb !== undefined) return { problem: `Give either --${pins} or --${verb}` };
    if (!isGiven('task-name')) {
      return {
        problem: `--${pins} needs a description, or the name of a task of the hub: --task-name NAME`,
      };
    }
    return pins === 'pinned' ? 'pin' : 'unpin';
  }
  if (verb !== undefined) return verb;
  if (isGiven('task-name')) return 'continue';
  return isGiven('continue')
    ? { problem: '--continue needs the name of a task of the hub: --task-name NAME' }
    : null;
}

/** The first verb that is given, whatever becomes of it. */
export function anyTaskVerb(values: Given): string | undefined {
  const { 'resume-last': _, ...others } = refused;
  return [...askable, ...Object.keys(others), 'tell'].find(
    (name) => values[name] !== undefined && values[name] !== false,
  );
}
