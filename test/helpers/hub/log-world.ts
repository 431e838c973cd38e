// A task whose log one machine sends to a real hub, and others mirror.

import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubTaskKey } from '../../../source/core/hub/hub-names.ts';
import { linkHub, type HubLink } from '../../../source/engine/hub/hub-link.ts';
import { mirrorTask, type TaskMirror } from '../../../source/engine/hub/logs/mirror-task.ts';
import { sendLog, type LogSender } from '../../../source/engine/hub/logs/send-log.ts';
import { systemClock, type Clock } from '../../../source/system/clock.ts';
import { connectHub, type HubConnection } from '../../../source/system/hub/hub-connection.ts';
import { logSource } from '../../../source/system/hub/logs/log-source.ts';
import { openMirrorFile } from '../../../source/system/hub/logs/mirror-file.ts';
import { sentLogFile } from '../../../source/system/hub/logs/sent-log-file.ts';
import { watchDirectory } from '../../../source/system/watch.ts';
import { until } from '../until.ts';
import { NatsServer } from './nats-server.ts';
import { HubProxy } from './proxy.ts';

export const logKey = hubTaskKey('machine-a:/home/ann/shop/docs')!;

/** With it nothing is looked at from time to time, so all that happens is told; what only waits for its turn gets it. */
export const unlooking: Clock = {
  ...systemClock,
  every: (ms, callBack) => (ms < 500 ? systemClock.every(ms, callBack) : () => {}),
};

type Changing = (connection: HubConnection) => HubConnection;

/** `change`: what becomes of its connections on the way. */
export function linkTo(url: string, machine: string, change: Changing = (same) => same): HubLink {
  const address = { url, machine, seed: null, certificate: null };
  return linkHub({
    connect: async () => change(await connectHub(address, { answerMs: 1000 })),
    clock: systemClock,
  });
}

/** A machine that works on the task: its directory, and what it sends. */
export class LogOwner {
  readonly name: string;
  readonly log: string;
  readonly said: string[] = [];
  readonly #directory: string;
  readonly #clock: Clock;
  #link: HubLink | null = null;
  #sender: LogSender | null = null;

  private constructor(name: string, directory: string, clock: Clock) {
    this.name = name;
    this.#directory = directory;
    this.#clock = clock;
    this.log = join(directory, 'session.log');
  }

  static async make(name: string, clock: Clock): Promise<LogOwner> {
    return new LogOwner(name, await mkdtemp(join(tmpdir(), `${name}-`)), clock);
  }

  /** Begins to send, in the same way as a runner that starts. `epoch`: null for what is left of it. */
  async begin(url: string, epoch: number | null, change?: Changing): Promise<LogSender> {
    this.#link = linkTo(url, this.name, change);
    this.#sender = await sendLog(
      {
        link: this.#link,
        clock: this.#clock,
        machine: this.name,
        task: { key: logKey, log: this.log },
        source: logSource(this.log),
        file: sentLogFile(this.#directory),
        newId: randomUUID,
        watch: (onHint) => watchDirectory(this.#directory, onHint),
        say: (problem) => this.said.push(problem),
      },
      epoch === null ? { upTo: (await this.read()).length } : { epoch },
    );
    return this.#sender;
  }

  write(text: string | Uint8Array): Promise<void> {
    return appendFile(this.log, text);
  }

  read(): Promise<Buffer> {
    return readFile(this.log);
  }

  /** As if it was killed: nothing that it had not sent is sent. */
  async die(): Promise<void> {
    await this.#link?.close();
    await this.#sender?.close();
    [this.#link, this.#sender] = [null, null];
  }

  async remove(): Promise<void> {
    await this.die();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

export class LogViewer {
  readonly mirror: TaskMirror;
  readonly #directory: string;
  readonly #link: HubLink;

  private constructor(directory: string, link: HubLink, mirror: TaskMirror) {
    this.#directory = directory;
    this.#link = link;
    this.mirror = mirror;
  }

  static async open(url: string, clock: Clock): Promise<LogViewer> {
    const directory = await mkdtemp(join(tmpdir(), 'mirror-'));
    const link = linkTo(url, 'viewer');
    const file = await openMirrorFile(join(directory, 'mirror'));
    return new LogViewer(directory, link, mirrorTask({ link, clock, key: logKey, file }));
  }

  read(): Promise<Buffer> {
    return readFile(this.mirror.logPath);
  }

  async untilEqual(wanted: Uint8Array | (() => Promise<Uint8Array>)): Promise<void> {
    const isEqual = async (): Promise<boolean> =>
      (await this.read()).equals(wanted instanceof Uint8Array ? wanted : await wanted());
    await until('the mirror is equal', isEqual, { everyMs: 20 }).catch(async (error: unknown) => {
      const there = await this.read();
      const all = wanted instanceof Uint8Array ? wanted : await wanted();
      const from = all.findIndex((byte, index) => byte !== there[index]);
      throw new Error(
        `${there.length} of ${all.length} bytes, other from ${from} on: ${this.mirror.problem()}`,
        {
          cause: error,
        },
      );
    });
  }

  async close(): Promise<void> {
    await this.mirror.close();
    await this.#link.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** A server, owners and viewers of one test: they end with it. */
export class LogWorld {
  readonly server: NatsServer;
  readonly #ends: (() => Promise<unknown>)[] = [];

  private constructor(server: NatsServer) {
    this.server = server;
  }

  static async start(): Promise<LogWorld> {
    return new LogWorld(await NatsServer.start());
  }

  async owner(name = 'machine-a', clock = systemClock): Promise<LogOwner> {
    const owner = await LogOwner.make(name, clock);
    this.#ends.push(() => owner.remove());
    return owner;
  }

  async view(url = this.server.url, clock = systemClock): Promise<LogViewer> {
    const viewer = await LogViewer.open(url, clock);
    this.#ends.push(() => viewer.close());
    return viewer;
  }

  async proxy(): Promise<HubProxy> {
    const proxy = await HubProxy.start(this.server.url);
    this.#ends.push(() => proxy.end());
    return proxy;
  }

  async end(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
    await this.server.remove();
  }
}
