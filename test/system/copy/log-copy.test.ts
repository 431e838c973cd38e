import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionRecord } from '../../../source/core/run/record.ts';
import { endLines, startLine } from '../../../source/engine/session/log-lines.ts';
import { copyLog, type Found, type LogCopy } from '../../../source/system/copy/log-copy.ts';
import { outputPath } from '../../../source/system/state/files/output-files.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { sessionWith } from '../../helpers/run-records.ts';

vi.setConfig({ testTimeout: 60_000 });

let directory: string;
let task: ReturnType<typeof taskDirectory>;
let state: ReturnType<typeof stateDirectory>;
let record: SessionRecord;

beforeEach(async () => {
  directory = fs.mkdtempSync(join(tmpdir(), 'copy-'));
  const project = join(directory, 'project');
  fs.mkdirSync(project);
  task = taskDirectory(project, 'docs');
  state = stateDirectory(join(directory, 'state'), project, 'docs');
  await task.make();
  await state.make();
  begin('an older line\n');
});

afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

/** A session begins behind what is in session.log. */
function begin(before: string): void {
  fs.rmSync(task.logPath, { force: true });
  fs.writeFileSync(task.logPath, before, { mode: 0o600 });
  const log = { offset: Buffer.byteLength(before), device: 1, inode: 2 };
  record = sessionWith({ log });
  fs.writeFileSync(own(), '', { mode: 0o600 });
}

const own = (): string => outputPath(state.path, record.uuid);
const says = (text: string): void => fs.appendFileSync(own(), text);
const copied = () => ({
  uuid: record.uuid,
  offset: record.log.offset,
  startLine: startLine(record),
});
const log = (): string => fs.readFileSync(task.logPath, 'utf8');
const ours = (): string => log().slice(record.log.offset);
const copyOf = (found: Found = 'alive') => copyLog({ task, state }, copied(), found);

const recorded = {
  exit: { exitCode: 0, signal: null },
  stderr: 'a warning\nanother\n',
  at: 5000,
  outcome: 'completed',
};
const start = (): string => `${startLine(record)}\n`;
const endOf = (kind: 'line end' | 'mid-line'): string => {
  const { before, last } = endLines(record, recorded, kind);
  return before + last;
};
async function end(copy = copyOf('dead')): ReturnType<LogCopy['end']> {
  try {
    return await copy.end((kind) => endLines(record, recorded, kind));
  } finally {
    await copy.close();
  }
}
const broken = (at: number): string =>
  `{"type":"autonomous.log.broken","uuid":"${record.uuid}","own":${at}}\n`;

describe('session.log', () => {
  test('has the start line first, then the same bytes, half lines too', async () => {
    const copy = copyOf();
    await copy.copyOn();
    expect(ours()).toBe(start());
    says('{"a":1}\n{"b"');
    await copy.copyOn();
    says(':2}\n');
    await copy.copyOn();
    expect(ours()).toBe(`${start()}{"a":1}\n{"b":2}\n`);
    await copy.close();
  });

  test('gets the end behind the finished copy, on a line of its own', async () => {
    says('{"a":1}\n{"b"');
    const { length, sha256 } = await end();
    expect(ours()).toBe(`${start()}{"a":1}\n{"b"${endOf('mid-line')}`);
    expect(length).toBe(Buffer.byteLength(ours()));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('has no second end, however often it is closed', async () => {
    says('{"a":1}\n');
    const first = await end();
    expect(await end()).toEqual(first);
    const copy = copyOf('alive');
    await end(copy);
    expect(ours()).toBe(`${start()}{"a":1}\n${endOf('line end')}`);
  });

  test('that an agent gave an early end is copied on all the same while Codex is alive', async () => {
    const copy = copyOf();
    says('{"a":1}\n');
    await copy.copyOn();
    fs.appendFileSync(task.logPath, endOf('line end'));
    says('{"b":2}\n');
    await copy.copyOn();
    const { sha256 } = await end(copy);
    expect(sha256).toBeNull();
    expect(ours()).toBe(
      `${start()}{"a":1}\n${endOf('line end')}${broken(8)}{"b":2}\n${endOf('line end')}`,
    );
  });
});

describe('whatever a runner had copied when it was killed', () => {
  test('the next one goes on behind it, byte for byte', async () => {
    const text = '{"text":"äöü"}\n{"b":"ccc"}\n{"half"';
    says(text);
    const whole = start() + text + endOf('mid-line');
    const bytes = Buffer.from(whole);
    for (let written = 0; written <= bytes.length; written += 7) {
      const before = Buffer.from('an older line\n');
      fs.writeFileSync(task.logPath, Buffer.concat([before, bytes.subarray(0, written)]));
      const { sha256 } = await end();
      expect(sha256).not.toBeNull();
      const found = ours();
      const isInLastLine =
        written > bytes.length - endLines(record, recorded, 'mid-line').last.length;
      // Half of the last line stays as it is: it has the time in it, which nobody knows any more.
      if (isInLastLine && written < bytes.length)
        expect(found.endsWith(endOf('mid-line').split('\n').at(-2)! + '\n')).toBe(true);
      else expect(found).toBe(whole);
    }
  });

  test('a stored counter is not needed: random runners, random deaths', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ maxLength: 40, unit: 'binary' }), fc.boolean()), {
          maxLength: 12,
        }),
        fc.nat(),
        async (parts, cut) => {
          begin('x\n');
          let copy = copyOf();
          let text = '';
          for (const [part, dies] of parts) {
            text += part;
            says(part);
            await copy.copyOn();
            if (!dies) continue;
            await copy.close();
            // The last write of the one that died was cut.
            const { size } = fs.statSync(task.logPath);
            fs.truncateSync(task.logPath, size - (cut % (size - record.log.offset + 1)));
            copy = copyOf();
          }
          await copy.close();
          await end();
          const ends = text === '' || text.endsWith('\n') ? 'line end' : 'mid-line';
          expect(ours()).toBe(start() + Buffer.from(text).toString() + endOf(ends));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('if another process', () => {
  const interfere = async (act: () => void): Promise<string> => {
    const copy = copyOf();
    says('{"a":1}\n{"half"');
    await copy.copyOn();
    act();
    says(':2}\n{"c":3}\n');
    await copy.copyOn();
    expect((await end(copy)).sha256).toBeNull();
    await copy.close();
    return log();
  };
  const goesOn = (): string => `${broken(8)}{"half":2}\n{"c":3}\n${endOf('line end')}`;

  test('appended to it, one line says so and the copy goes on at a line', async () => {
    const text = await interfere(() => fs.appendFileSync(task.logPath, 'FORGED'));
    expect(text).toBe(`an older line\n${start()}{"a":1}\n{"half"FORGED\n${goesOn()}`);
  });

  test('truncated it, the copy goes on behind the line', async () => {
    expect(await interfere(() => fs.truncateSync(task.logPath))).toBe(goesOn());
  });

  test('replaced it, or deleted it', async () => {
    const replace = (): void => {
      fs.rmSync(task.logPath);
      fs.writeFileSync(task.logPath, 'another\n');
    };
    expect(await interfere(replace)).toBe(`another\n${goesOn()}`);
    begin('an older line\n');
    expect(await interfere(() => fs.rmSync(task.logPath))).toBe(goesOn());
  });

  test('changed a byte in its middle, the session is not whole', async () => {
    says('{"a":1}\n'.repeat(100));
    const copy = copyOf();
    await copy.copyOn();
    const file = fs.openSync(task.logPath, 'r+');
    fs.writeSync(file, 'X', record.log.offset + 200);
    fs.closeSync(file);
    expect((await end(copy)).sha256).toBeNull();
  });

  test.each<[string, () => void]>([
    ['a link', () => fs.symlinkSync('/etc/passwd', task.logPath)],
    ['a directory', () => fs.mkdirSync(task.logPath)],
    [
      'a file with two names',
      () => {
        const other = join(directory, 'other');
        fs.writeFileSync(other, 'other\n');
        fs.linkSync(other, task.logPath);
      },
    ],
  ])('put %s in its place, that is moved aside', async (_name, put) => {
    const text = await interfere(() => {
      fs.rmSync(task.logPath);
      put();
    });
    expect(text).toBe(goesOn());
    expect(fs.readdirSync(task.path).filter((name) => name.includes('.aside-'))).toHaveLength(1);
    const other = join(directory, 'other');
    if (fs.existsSync(other)) expect(fs.readFileSync(other, 'utf8')).toBe('other\n');
  });

  test('made it 8 TB long, with a hole, nothing is read but what can be ours', async () => {
    const copy = copyOf();
    await copy.copyOn();
    fs.truncateSync(task.logPath, 8e12);
    says('{"a":1}\n');
    await copy.copyOn();
    expect((await end(copy)).sha256).toBeNull();
    await copy.close();
    expect((await end(copyOf('dead'))).sha256).toBeNull();
    // Not readFileSync: it would read the hole into memory.
    const { size } = fs.statSync(task.logPath);
    const file = fs.openSync(task.logPath, 'r');
    const behind = Buffer.alloc(size - 8e12);
    fs.readSync(file, behind, 0, behind.length, 8e12);
    fs.closeSync(file);
    expect(behind.toString()).toBe(`\n${broken(0)}${start()}{"a":1}\n${endOf('line end')}`);
  });

  test('did so while no runner lived, the next one finds where the copy goes on', async () => {
    const first = copyOf();
    says('{"a":1}\n');
    await first.copyOn();
    fs.appendFileSync(task.logPath, 'FORGED\n');
    says('{"b":2}\n');
    await first.copyOn();
    await first.close();
    says('{"c":3}\n');
    const second = copyOf();
    await second.copyOn();
    await end(second);
    expect(ours()).toBe(
      `${start()}{"a":1}\nFORGED\n${broken(8)}{"b":2}\n{"c":3}\n${endOf('line end')}`,
    );
  });
});

test('a session of which nothing is left gets its start and its end', async () => {
  fs.rmSync(own());
  await end();
  expect(ours()).toBe(start() + endOf('line end'));
});

test('an own file that is gone does not hold up the end', async () => {
  const copy = copyOf();
  says('{"a":1}\n');
  await copy.copyOn();
  await copy.close();
  fs.rmSync(own());
  expect((await end(copyOf('dead'))).sha256).toBeNull();
  expect(ours()).toBe(`${start()}{"a":1}\n${endOf('line end')}`);
});
