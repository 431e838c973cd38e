// A box that GitHub shows is a step, so the reference parser is the oracle, on thousands of documents.

import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../../helpers/cpu-time.ts';
import { markdownBlocks } from '../../../../source/core/checklist/markdown/markdown-blocks.ts';

/** `heading`, `open 0`, `done 1`: a box with the number of list items around its own. */
function ours(markdown: string): string[] {
  return markdownBlocks(markdown).map((block) =>
    block.kind === 'heading' ? 'heading' : `${block.done ? 'done' : 'open'} ${block.depth}`,
  );
}

function reference(markdown: string): string[] {
  const found: string[] = [];
  const visit = (node: Nodes, depth: number): void => {
    if (node.type === 'blockquote') return;
    if (node.type === 'heading') found.push('heading');
    const isItem = node.type === 'listItem';
    if (isItem && typeof node.checked === 'boolean') {
      found.push(`${node.checked ? 'done' : 'open'} ${depth}`);
    }
    if ('children' in node)
      for (const child of node.children) visit(child, depth + (isItem ? 1 : 0));
  };
  const tree = fromMarkdown(markdown, {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [gfmTaskListItemFromMarkdown()],
  });
  visit(tree, 0);
  return found;
}

// Where the reference deviates from CommonMark (commonmark.js, CommonMark's own, reads as we do):
// - After indented code it does not begin a list with an empty item or a number other than 1, as if the code
//   were a paragraph. Nor does it in a quote right below the text of a list item, as if the quote went on with that text.
// - After an empty item inside another container, or above a box that does not belong to it, it looks for
//   a box in the wrong place, and its development build then throws.
// Also left out: tags that are not HTML blocks (`<b>`) alone on a line, which end a lazily continued
// paragraph in the reference, and link definitions, which we do not read.
const indentedCode = /(?: {4}|\t)/.source;
const listThatIsNoInterruption = /(?:(?!1[.)])\d+[.)]|(?:[-*+]|1[.)])[ \t]*(?:\n|$))/.source;
const codeThenList = new RegExp(
  `${indentedCode}.*\n(?:[ \t>]*\n)*[ \t>]*${listThatIsNoInterruption}`,
);
const quoteThenList = new RegExp(`\n.*>[ \t]*${listThatIsNoInterruption}`);
const emptyItemInside = /(?:[-*+>]|\d[.)])[ \t]*(?:>[ \t]*)*(?:[-*+]|\d+[.)])[ \t]*$/m;
const emptyItemThenBox = /(?:[-*+]|\d[.)])[ \t]*\n[ \t>]*\[/;

function isReadAlike(markdown: string): boolean {
  const text = markdown.replace(/\r\n?/g, '\n');
  return ![codeThenList, quoteThenList, emptyItemInside, emptyItemThenBox].some((departure) =>
    departure.test(text),
  );
}

const indents = '|||| |  |  |   |    |      |\t| \t|> |>|  > '.split('|');
const markers = (
  '- |- |- |* |+ |1. |2. |10. |1) |2) |-\t|1.\t|||||' +
  '-  |-   |-    |-     |- - |- 1. |1. - |> - |- > '
).split('|');
const boxes = '[ ] a|[x] b|[X] c|[ ] |[x]|[x]d|[ ]\te|[-] f|[2026-01-29]|[ ] <!-- x -->'.split('|');
const others = (
  '||||text|more text|**[ ] bold**|\\[ ] no|`code`|\u00a0|[x]\u00a0y|[ ] # h|[ ] - n|' +
  '# h|## h ##|#no|===|---|***|- - -|=|    code|\tcode|-|*|1.|' +
  '```|```|~~~|````|```ts|```a`b|~~~ `|``` ```|' +
  '<!-- c|-->|<!-- c -->|<!--->|<div>|</div>|<details><summary>|<script>|</script> x|' +
  '<?p|?>|<!X|>|<![CDATA[|]]>|<not a tag|<h1>'
).split('|');

const line = fc
  .tuple(
    fc.constantFrom(...indents),
    fc.constantFrom(...markers),
    fc.oneof(fc.constantFrom(...boxes), fc.constantFrom(...others)),
  )
  .map((parts) => parts.join(''));

/** Random lines: nothing fits, and all rules interact. */
const soup = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\n', '\r\n', '\r'))
  .map(([lines, lineEnd]) => lines.join(lineEnd))
  .filter(isReadAlike);

const fragments: string[][] = [
  ['## Phase'],
  ['Title', '---'],
  ['text', 'more text'],
  ['```sh', '- [ ] in code', '', '- [x] in code', '```'],
  ['~~~', '- [ ] in code'],
  ['````', '```', '- [ ] in code', '````'],
  ['<!-- a -> b', '- [ ] in a comment', '-->'],
  ['<!--', '- [ ] in a comment', '', '- [ ] still', '-->'],
  ['<details>', '- [ ] in HTML', '', '- [ ] below', '', '</details>'],
  ['> - [ ] in a quote', '- [x] below it'],
  ['', '    - [ ] indented code', ''],
  ['***'],
];
const small = { minLength: 1, maxLength: 3 };

/** Lists as people and agents write them: nested, with paragraphs, code and comments inside items. */
const { blocks } = fc.letrec<{ blocks: string[]; block: string[]; list: string[] }>((tie) => ({
  blocks: fc
    .array(fc.tuple(tie('block'), fc.constantFrom(0, 0, 0, 1, 2)), small)
    .map((parts) =>
      parts.flatMap(([lines, blank]) => [...lines, ...Array<string>(blank).fill('')]),
    ),
  block: fc.oneof({ maxDepth: 3 }, fc.constantFrom(...fragments), tie('list'), tie('list')),
  list: fc
    .tuple(
      fc.constantFrom('- ', '* ', '+ ', '1. ', '2) ', '-   ', '10. '),
      fc.array(fc.tuple(fc.constantFrom(...boxes, 'text'), fc.option(tie('blocks'))), small),
    )
    .map(([marker, items]) =>
      items.flatMap(([first, inside]) => [
        marker + first,
        ...(inside ?? []).map((text) => (text === '' ? '' : ' '.repeat(marker.length) + text)),
      ]),
    ),
}));

const slip = fc.constantFrom('', '', '', '', '', '', '', ' ', '  ', 'lost');

/** …and with mistakes: some lines lose or gain a space. */
const lists = fc
  .tuple(blocks, fc.array(slip, { minLength: 10, maxLength: 10 }))
  .map(([lines, slips]) => lines.map((text, at) => slipped(text, slips[at % 10] ?? '')).join('\n'))
  .filter(isReadAlike);

function slipped(text: string, how: string): string {
  return how === 'lost' ? text.replace(/^ {1,3}/, '') : how + text;
}

describe('headings, boxes and their depth equal those of the reference parser', () => {
  const runs = { numRuns: Number(process.env['CHECKLIST_RUNS'] ?? 2000) };
  const timeoutMs = 30 * runs.numRuns;

  test(
    'in lists with small mistakes',
    () => {
      fc.assert(
        fc.property(lists, (markdown) => {
          expect(ours(markdown)).toEqual(reference(markdown));
        }),
        runs,
      );
    },
    timeoutMs,
  );

  test(
    'in random lines',
    () => {
      fc.assert(
        fc.property(soup, (markdown) => {
          expect(ours(markdown)).toEqual(reference(markdown));
        }),
        runs,
      );
    },
    timeoutMs,
  );
});

describe('where the reference deviates from CommonMark, CommonMark is right', () => {
  test.each([
    ['a list that begins at 2 below indented code', 'text\n\n    code\n\n2. [ ] a', ['open 0']],
    [
      'a list that begins at 2 in a quote below the text of an item',
      '- [ ] a\n  > 2) <div>\n[ ] b\n---',
      ['open 0', 'heading'],
    ],
    ['an empty item, then text in the item around it', '- -\n  [ ] a', []],
    ['a tag does not end a paragraph', '- [ ]\n<b>', ['open 0']],
  ])('%s', (_, markdown, expected) => {
    expect(ours(markdown)).toEqual(expected);
    expect(reference(markdown)).not.toEqual(expected);
  });
});

test.each(['-\n  [ ] a', '- \n  [ ] a', '-\n   [ ] a', '1.\n   [x] a', '-\n\n  [ ] a'])(
  'a box below its marker is a box if the reference says so: %j',
  (markdown) => {
    expect(ours(markdown)).toEqual(reference(markdown));
  },
);

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void markdownBlocks(text)));
});

test.each<[string, string, string?]>([
  ['boxes', '- [ ] do the thing **well** and test it\n'],
  ['nested openings', '- '],
  ['quotes', '>'],
  ['blank lines in a hundred items', '\n', '- '.repeat(100) + 'x\n'],
  ['lines of one paragraph', 'b\n', '- [ ] a\n'],
  ['headings', '# a\n'],
  ['a closing sequence that does not close', ' ', '# a'],
  ['an endless tag', ' x  ', '<a'],
  ['open comments', '<!--'],
  ['carriage returns', '\r'],
  ['tabs', '\t'],
  ['a line of dashes that is not a rule', ' ', '- - -'],
])('a mebibyte of %s is read in no time', (_, piece, before = '') => {
  const markdown = before + piece.repeat(2 ** 20 / piece.length) + 'end';
  const start = cpuMs();
  markdownBlocks(markdown);
  expect(cpuMs() - start).toBeLessThan(4000);
});
