// The first inputs of fuzzing: real output of Codex, files as the program writes them, attacks, and all earlier finds
// (test/fixtures/fuzz).

import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { recordWith } from '../../helpers/run-records.ts';
import { attacks } from '../../security/attacks.ts';
import { foreignLines, linesIn } from '../../security/foreign-log.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';

/** Inputs that once broke a law. */
export function found(target: string): { name: string; bytes: Buffer }[] {
  const directory = join(fixtures, 'fuzz', target);
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((name) => ({
    name,
    bytes: readFileSync(join(directory, name)),
  }));
}

export function seedsFor(target: string): Buffer[] {
  const own = (seeds[target] ?? []).map((text) => Buffer.from(text));
  return [...own, ...found(target).map(({ bytes }) => bytes), Buffer.alloc(0)];
}

const list = [
  '# Plan\n\n## Phase 1\n- [x] one\n- [ ] two (blocked: no key)\n  - [ ] nested\n',
  '1. [ ] a\n2. [X] b\n\n> - [ ] quoted\n\n```\n- [ ] code\n```\n<!-- - [ ] comment -->\n',
  '* [ ] **bold** `code` [link](x)\n+ [x]\tTab\n\n    - [ ] indented\n- [2026-01-29] no box\n',
  '<div>\n- [ ] html\n</div>\n\nSetext\n===\n~~~ js\n- [ ] x\n~~~\n',
];

const notes = '# Progress\n\n## Session 1\n- did **this** and `that`\n\n```sh\nls\n```\n1. one\n';

const seeds: Readonly<Record<string, readonly string[]>> = {
  'session.log': [
    ...recordings(),
    ...foreignLines.map((line) => linesIn(line('some text', 'item_0')).join('\n')),
  ],
  'log-bytes': [`\x01\x07\x1f\x3f\x02\x03\x05\x0b{"a":1}\nüß世\n\r\n${'x'.repeat(300)}\nlast`],
  'session.times': ['0 1769684475000\n120 1769684476000\n9000 1769684490000\n'],
  'task_list.md': list,
  'progress.md': [notes, ...list],
  'task.json': [
    '{"version":1,"description":"Build a REST API for todo app","created":"2026-01-29"}\n',
  ],
  'session.id': [`${thread}\n`, '--dangerously-bypass-approvals-and-sandbox\n'],
  'run.json': [
    JSON.stringify(recordWith()),
    JSON.stringify(
      recordWith({
        wait: { reason: 'usage limit', until: 1 },
        thread: { id: thread, totals: recordWith().usage },
        ending: { kind: 'failed', sentence: 'why', at: 1 },
        takenUpAt: [1, 2],
      }),
    ),
  ],
  'wish.json': [
    '{"run":"2f0c","want":"pause now","seq":3}\n',
    '{"run":"2f0c","want":"pause now","seq":3,"id":"b21d"}\n',
  ],
  ticks: ['1769684475000 4 0\n1769684647000 4 12\n'],
  'session.files': ['"src/a.ts"\n"/elsewhere/\\u001b[2J b.md"\n'],
  'limit.json': [
    '{"version":1,"until":1795350000000,"since":1795340000000,"said":"limit"}\n',
    '{"version":1,"until":2,"since":1,"said":"limit","looksInVain":1,"id":"4be1-a","told":"90ab"}\n',
    '{"version":1,"lifted":["07cc","4be1-a"]}\n',
  ],
  'config.json': [
    '\x01{"theme":"light","glyphs":"ascii","restSeconds":10,"codex":"/bin/codex"}',
    '\x01{"toolEnvironment":"core","lingerSeconds":1e3,"__proto__":{"codex":"x"}}',
    '\x00{"theme":"dark","codex":"./evil"}',
  ],
  text: attacks,
};

/** Words that mean something to the parsers. */
export function wordsFor(target: string): readonly string[] {
  const own = (seeds[target] ?? []).join('\n');
  const inOwn = new Set(own.match(/"[\w.]{1,40}"|[\w.]{3,20}|[^\w\s]{1,3}/g) ?? []);
  return [...inOwn, ...attacks.filter((attack) => attack.length < 64), ...common];
}

const common = [
  '\n',
  '\t',
  ' ',
  '\r\n',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  'null',
  'true',
  '0',
  '"__proto__"',
];

function recordings(): string[] {
  const root = join(fixtures, 'codex');
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(root, name)).map((file) => join(root, name, file)))
    .map((path) => readFileSync(path, 'utf8').slice(0, 16 * 1024));
}
