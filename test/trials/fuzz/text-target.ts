import { clean, cleanLine, cleanWithColours } from '../../../source/core/text/clean.ts';
import { spansIn } from '../../../source/core/text/coloured-text.ts';
import { safeColouredText, safeText } from '../../../source/core/text/safe-text.ts';
import { printedJson } from '../../../source/core/json/printed.ts';
import { maskSecrets } from '../../../source/core/text/secrets.ts';
import { shellQuoted } from '../../../source/core/task/task.ts';
import { holds, isHarmless, isSame, textOf, type Target } from './target.ts';

/** The gate for all foreign text. */
export const textTarget: Target = {
  name: 'text',
  maxBytes: 8 * 1024,
  run: (bytes) => {
    const text = textOf(bytes);
    const once = clean(text);
    isHarmless(once);
    isHarmless(cleanLine(text));
    isHarmless(shellQuoted(text));
    holds(clean(once) === once, 'cleaning twice is cleaning once');
    const coloured = cleanWithColours(text);
    holds(coloured.text === once, 'colours do not change the text');
    const spans = spansIn(coloured, 0, once.length).map((span) => span.text);
    holds(spans.join('') === once, 'the spans are the text');
    holds(
      safeColouredText(text, 100).text === safeText(text, 100),
      'colours do not change the kept text',
    );
    const masked = maskSecrets(once);
    holds(maskSecrets(masked) === masked, 'masking twice is masking once');
    const json = printedJson(text);
    isHarmless(json);
    isSame(JSON.parse(json), text, 'nothing is lost in JSON');
  },
};
