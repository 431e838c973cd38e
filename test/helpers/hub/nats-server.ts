// A real nats-server on loopback, in a directory of its own. It is ended by its pid. Where there is none, the tests that need
// one are left out and say so; with AUTONOMOUS_TUI_NEEDS_NATS=1 they fail instead, so that CI leaves nothing out.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, lifeOf } from '../../../source/system/process/identity.ts';
import { until } from '../until.ts';

const found = spawnSync('nats-server', ['--version']).status === 0;

/** Whether to run what needs a nats-server. */
export const hasNats = found || process.env['AUTONOMOUS_TUI_NEEDS_NATS'] === '1';
export const leftOut = 'left out: there is no nats-server on the PATH';
if (!hasNats) console.warn(`What needs a hub is ${leftOut}`);

/** None outlives the tests, also where a test could not end its own. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** `through`: what its command line begins with. */
type ServerPlace = { address: string; through: readonly string[] };

const onLoopback: ServerPlace = { address: '127.0.0.1', through: [] };

export class NatsServer {
  readonly directory: string;
  #child: ChildProcess | null = null;
  #port: number | null = null;
  #lines: string;
  readonly #place: ServerPlace;

  private constructor(directory: string, lines: string, place: ServerPlace) {
    this.directory = directory;
    this.#lines = lines;
    this.#place = place;
  }

  /** `lines`: of its configuration, beside those of JetStream. */
  static async start(lines = '', place: ServerPlace = onLoopback): Promise<NatsServer> {
    const server = new NatsServer(await mkdtemp(join(tmpdir(), 'nats-')), lines, place);
    await server.start();
    return server;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  get url(): string {
    return `nats://${this.#place.address}:${this.#port}`;
  }

  /** On the same port as before. */
  async start(): Promise<void> {
    const ports = join(this.directory, 'ports');
    await rm(ports, { recursive: true, force: true });
    await mkdir(ports);
    const configuration = join(this.directory, 'nats.conf');
    await writeFile(
      configuration,
      `listen: "${this.#place.address}:${this.#port ?? -1}"
ports_file_dir: "${ports}"
${this.#lines.includes('jetstream') ? '' : 'jetstream {}'}
${this.#lines}
`.replace('jetstream {', `jetstream { store_dir: "${join(this.directory, 'store')}", `),
    );
    if (!found) throw new Error('There is no nats-server on the PATH: install it');
    const [program = '', ...words] = [...this.#place.through, 'nats-server', '-c', configuration];
    const child = spawn(program, words, { stdio: 'ignore' });
    this.#child = child;
    living.add(child);
    child.once('exit', () => living.delete(child));
    const file = await until('the server listens', async () => {
      if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
      return (await readdir(ports))[0];
    });
    const { nats } = JSON.parse(
      await until('the server names its port', async () => {
        const text = await readFile(join(ports, file), 'utf8');
        return text === '' ? null : text;
      }),
    ) as { nats: string[] };
    this.#port = Number(/:(\d+)$/.exec(nats[0]!)![1]);
  }

  /** The next start has these lines in its configuration. */
  configure(lines: string): void {
    this.#lines = lines;
  }

  /** The store goes back to what this returns, when the server is down. */
  async keepStore(): Promise<() => Promise<void>> {
    const [store, kept] = [join(this.directory, 'store'), join(this.directory, 'kept')];
    await rm(kept, { recursive: true, force: true });
    await cp(store, kept, { recursive: true });
    return async () => {
      await rm(store, { recursive: true });
      await cp(kept, store, { recursive: true });
    };
  }

  /** It keeps its connections, and answers nothing. */
  async freeze(): Promise<void> {
    const identity = (await identityOf(this.#child!.pid!))!;
    this.#child!.kill('SIGSTOP');
    await until('the server stands still', async () => (await lifeOf(identity)) === 'stopped', {
      everyMs: 5,
    });
  }

  thaw(): void {
    this.#child!.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }
}
