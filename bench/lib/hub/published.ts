// What a nats-server alone makes of a line: one connection publishes it, another one is told.

import { connect } from '@nats-io/transport-node';

export type Published = {
  publish(line: string): void;
  /** Resolves as soon as a line comes that matches. */
  until(what: RegExp): Promise<void>;
  close(): Promise<void>;
};

const subject = 'bench.lines';

export async function openPublished(url: string): Promise<Published> {
  const [from, to] = [await connect({ servers: url }), await connect({ servers: url })];
  let last = '';
  let hear = (): void => {};
  to.subscribe(subject, {
    callback: (_error, message) => {
      last = message.string();
      hear();
    },
  });
  await to.flush();
  return {
    publish: (line) => from.publish(subject, line),
    until: (what) =>
      new Promise((resolve) => {
        hear = () => {
          if (what.test(last)) resolve();
        };
        hear();
      }),
    close: async () => {
      await from.close();
      await to.close();
    },
  };
}
