// Why a hub cannot be used, or a call of it failed: one sentence each, with what to do.

import { safeLine } from '../text/safe-text.ts';

export type HubProblem =
  | 'bad address'
  | 'unreachable'
  | 'not a hub'
  | 'too old'
  | 'without JetStream'
  | 'clustered'
  | 'untrusted'
  | 'no rights'
  | 'other settings'
  | 'full'
  | 'too large'
  | 'no answer'
  | 'other';

const sentences: Readonly<Record<HubProblem, (hub: string, detail: string) => string>> = {
  'bad address': (hub) =>
    `${hub} is not the address of a hub: use nats://HOST:PORT, or the file that --serve-hub wrote for this machine`,
  unreachable: (hub, detail) =>
    `The hub ${hub} cannot be reached (${detail}): start it with --serve-hub there, or check the address and the network`,
  'not a hub': (hub) => `${hub} does not answer as a NATS server: check the address of --hub`,
  'too old': (hub, detail) =>
    `The hub ${hub} runs NATS ${detail}, and 2.9 or later is needed: upgrade nats-server there`,
  'without JetStream': (hub) =>
    `The NATS server ${hub} has no JetStream: start it with jetstream enabled, or with --serve-hub`,
  clustered: (hub) =>
    `The NATS server ${hub} is part of a cluster, and a hub is one server: start one with --serve-hub`,
  untrusted: (hub, detail) =>
    `The hub ${hub} shows a certificate that this machine does not trust (${detail}): use the file that --serve-hub wrote for this machine`,
  'no rights': (hub, detail) =>
    `The hub ${hub} refuses the key of this machine (${detail}): have --serve-hub write a new one, and use that file`,
  'other settings': (hub, detail) =>
    `The hub ${hub} keeps ${detail} with other settings than a hub needs: use a hub of its own, started with --serve-hub`,
  full: (hub) => `The hub ${hub} is full: free disk space there, or raise max_file_store`,
  'too large': (hub) =>
    `What is to be kept of a task is too large for the hub ${hub}: raise max_payload in its configuration`,
  'no answer': (hub) => `The hub ${hub} does not answer: see whether it is up and can be reached`,
  other: (hub, detail) => `The hub ${hub} failed (${detail}): see its log`,
};

/** `hub`: its address as it may be shown, without a password; `detail`: from the hub, so it may hold anything. */
export function hubSentence(problem: HubProblem, hub: string, detail = ''): string {
  return sentences[problem](hub, safeLine(detail, 200));
}

/** The address without user and password. */
export function shownAddress(url: string): string {
  return safeLine(url.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1'), 200);
}
