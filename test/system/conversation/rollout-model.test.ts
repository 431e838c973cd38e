import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rolloutModels } from '../../../source/system/conversation/rollout-model.ts';

const thread = '01a21e92-8f4b-7931-9bed-ed5834723981';
const day = new Date(Number.parseInt(thread.replaceAll('-', '').slice(0, 12), 16));
const two = (value: number): string => String(value).padStart(2, '0');
const turn = (model: string): string =>
  `{"type":"turn_context","payload":{"model":${JSON.stringify(model)}}}\n`;

test('the model of the last turn is known as soon as its line is whole', async () => {
  const home = mkdtempSync(join(tmpdir(), 'rollout-'));
  try {
    const modelOf = rolloutModels(home);
    expect(await modelOf(thread)).toBeNull();
    const date = [String(day.getFullYear()), two(day.getMonth() + 1), two(day.getDate())];
    const directory = join(home, 'sessions', ...date);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, `rollout-${thread}.jsonl`);
    writeFileSync(path, '{"type":"session_meta"}\n');
    expect(await modelOf(thread)).toBeNull();
    appendFileSync(path, turn('o9'));
    expect(await modelOf(thread)).toBe('o9');
    const next = turn('gpt-5.5');
    appendFileSync(
      path,
      `{"type":"other","text":"${'x'.repeat(3_000_000)}"}\n` + next.slice(0, 30),
    );
    expect(await modelOf(thread)).toBe('o9');
    appendFileSync(path, next.slice(30) + '"turn_context" is no JSON\n');
    expect(await modelOf(thread)).toBe('gpt-5.5');
    expect(await modelOf('not-a-uuid')).toBeNull();
  } finally {
    rmSync(home, { recursive: true });
  }
});
