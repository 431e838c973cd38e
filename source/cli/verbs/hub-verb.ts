// `--serve-hub`, `--worker` and `--hub`, as they stand on the command line.

import { isMachineName } from '../../core/hub/hub-names.ts';
import { readListenAddress, type ListenAddress } from '../../core/hub/serve/listen-address.ts';
import { parsedValue, type OptionRow, type Value } from '../options/option-row.ts';
import { anyTaskVerb, hubTaskVerb, type HubTaskVerb } from './hub-task-verb.ts';

const listen = {
  name: 'listen',
  takes: 'text',
  value: 'ADDRESS',
  parse: readListenAddress,
  expects: 'an address such as 0.0.0.0:4222 or 127.0.0.1',
  help: 'Where --serve-hub listens (default: 0.0.0.0:4222, with TLS; on 127.0.0.1 without)',
  group: 'ours',
} as const satisfies OptionRow;

export const hubOptions = [
  {
    name: 'serve-hub',
    takes: 'nothing',
    help: 'Start a hub on this machine, over which several machines share tasks (needs nats-server)',
    group: 'ours',
  },
  listen,
  {
    name: 'machine',
    takes: 'text',
    isRepeatable: true,
    value: 'NAME',
    help: 'Let a machine of this name into the hub of --serve-hub (may be repeated)',
    group: 'ours',
  },
  {
    name: 'hub',
    takes: 'text',
    value: 'FILE',
    help: 'With a description: give the new task to the machines of this hub. Alone: dashboard over its tasks, or with --list a list; with --task-name and --continue, --pause or --tell: steer one',
    group: 'ours',
  },
  {
    name: 'worker',
    takes: 'nothing',
    help: 'Work on the tasks of --hub until told to end',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

/** `listen` is null if it is not given. `hub`: the file of this machine, or an address. */
export type HubVerb =
  | { name: 'serve-hub'; listen: ListenAddress | null; machines: readonly string[] }
  | { name: 'worker' | 'hub'; hub: string }
  | { name: 'give'; hub: string; isPinned: boolean }
  | { name: 'task'; hub: string; verb: HubTaskVerb };

type HubValues = Partial<Record<string, Value>>;

/** Null if there is none; a sentence if it is wrong. */
export function hubVerb(
  values: HubValues,
  words: readonly string[],
): HubVerb | null | { problem: string } {
  const given = values['machine'];
  const machines = typeof given === 'object' ? given.map((name) => name.trim()) : [];
  if (values['serve-hub'] !== true) {
    const [stray] = ['listen', 'machine'].filter((name) => isGiven(values[name]));
    return stray === undefined
      ? ofMachine(values, words)
      : { problem: `--${stray} needs --serve-hub` };
  }
  if (words.length > 0) return { problem: '--serve-hub takes no description' };
  const wrong = machines.find((name) => !isMachineName(name));
  if (wrong !== undefined) {
    return {
      problem: `--machine takes a name of letters, digits, _ and -, up to 63 of them, not ${JSON.stringify(wrong)}`,
    };
  }
  return { name: 'serve-hub', listen: parsedValue(listen, values), machines };
}

function ofMachine(
  values: HubValues,
  words: readonly string[],
): HubVerb | null | { problem: string } {
  const { hub, worker } = values;
  const isPinned = values['pinned'] === true;
  const gives = typeof hub === 'string' && worker !== true && words.length > 0;
  if (typeof hub !== 'string') {
    return worker === true ? { problem: '--worker needs --hub FILE' } : null;
  }
  if (worker === true) {
    if (words.length > 0) return { problem: '--worker takes no description' };
    const other = anyTaskVerb(values);
    return other === undefined
      ? { name: 'worker', hub }
      : { problem: `Give either --worker or --${other}` };
  }
  const verb = hubTaskVerb(values, gives);
  if (verb !== null && typeof verb === 'object') return verb;
  if (gives) return { name: 'give', hub, isPinned };
  return verb === null ? { name: 'hub', hub } : { name: 'task', hub, verb };
}

function isGiven(value: Value): boolean {
  return (
    value !== undefined && value !== false && !(typeof value === 'object' && value.length === 0)
  );
}
