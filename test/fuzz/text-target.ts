import { clean, cleanLine, styledSpans } from '../../source/core/clean.ts';
import { printedJson } from '../../source/core/printed-json.ts';
import { maskSecrets } from '../../source/core/secrets.ts';
import { shellQuoted } from '../../source/core/task.ts';
import { holds, isHarmless, isSame, textOf, type Target } from './target.ts';

/** The gate that everything passes. */
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
    const spans = styledSpans(text).map((span) => span.text);
    holds(spans.join('') === once, 'the spans are the text');
    const masked = maskSecrets(once);
    holds(maskSecrets(masked) === masked, 'masking twice is masking once');
    const json = printedJson(text);
    isHarmless(json);
    isSame(JSON.parse(json), text, 'nothing is lost in JSON');
  },
};
