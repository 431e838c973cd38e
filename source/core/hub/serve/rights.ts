// What the key of a machine may do at the hub, as subjects of NATS. It writes its own heartbeat, logs and texts only, hears
// its own answers only, and deletes nothing. A server cannot tell whose lease a record of a task is under, so each machine may write all of
// them; compare-and-set and the readers hold the rest. All machines of a hub trust each other as far as their user does.

import { hubBuckets, hubMachineKey } from '../hub-names.ts';
import { logStream } from '../log/log-subject.ts';

type Rights = { publish: readonly string[]; subscribe: readonly string[] };

export type HubUser = {
  machine: string;
  /** The public half of its nkey. */
  publicKey: string;
  /** It makes the buckets: the hub's own machine. */
  isHost: boolean;
};

/** Where answers come to a machine: others may not listen there. */
export function inboxOf(machine: string): string {
  return `_INBOX_${machine}`;
}

export function rightsOf({ machine, isHost }: Pick<HubUser, 'machine' | 'isHost'>): Rights {
  const { tasks, machines, accounts, requests, texts } = hubBuckets;
  const ofStream = (stream: string): string[] => {
    return [
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.STREAM.MSG.GET.${stream}`,
      `$JS.API.CONSUMER.CREATE.${stream}`,
      `$JS.API.CONSUMER.CREATE.${stream}.>`,
      `$JS.API.CONSUMER.INFO.${stream}.*`,
      `$JS.API.CONSUMER.DELETE.${stream}.*`,
      ...(isHost ? [`$JS.API.STREAM.CREATE.${stream}`] : []),
    ];
  };
  return {
    publish: [
      ...Object.values(hubBuckets).flatMap((bucket) => ofStream(`KV_${bucket}`)),
      ...ofStream(logStream),
      // Of watches: how far they were read.
      '$JS.FC.>',
      `$KV.${tasks}.task.>`,
      `$KV.${machines}.${hubMachineKey(machine)}`,
      `$KV.${accounts}.account.>`,
      `$KV.${requests}.task.>`,
      `$KV.${texts}.${machine}.task.>`,
      `${logStream}.${machine}.>`,
    ],
    subscribe: [`${inboxOf(machine)}.>`],
  };
}
