// How providers of models say the few things that need another recovery than their status does. No provider keeps to
// another's words, and a status alone does not tell (a full context is a 400 here, a 413 there), so these are
// patterns of what their services answer today. Each is several words long: a number or a single word of a foreign
// text proves nothing.

/** The conversation is longer than the model can take. A limit by the minute is not that. */
export const saysContextFull = anyOf({ unless: String.raw`\bper[ _-](?:sec|min|hour|day)` }, [
  // OpenAI, DeepSeek, vLLM, OpenRouter, Groq, SGLang, xAI, Poolside
  String.raw`max(?:imum)? (?:allowed )?(?:context|prompt|input|sequence|model) (?:length|size|window|limit)`,
  String.raw`(?:exceed\w*|over|longer than|greater than|larger than|too (?:long|large|big) for) [^.;]{0,60}\b(?:context|sequence)[ _-]?(?:length|window|size|limit)`,
  String.raw`context[ _-]?(?:length|window|size|limit)[^.;]{0,40}\b(?:exceed|overflow|full\b|reached)`,
  String.raw`context[ _]?length (?:of|is) (?:only )?[\d,]+ tokens`,
  // Anthropic, Bedrock, Fireworks, Ollama
  String.raw`\b(?:prompt|input|conversation)(?: is| was)? too (?:long|large)\b`,
  // Gemini, Vertex, Copilot, Cohere, Azure, Kimi
  String.raw`(?<!\b(?:output|completion|new|max)[ _])\btokens?(?: count)?\b[^.;]{0,60}\b(?:exceed\w*|longer than|greater than|larger than)[^.;]{0,40}\b(?:max\w*|limit|number of tokens|model|supports)`,
  String.raw`exceed\w*[^.;]{0,30}\b(?:model|input|prompt|max\w*)[ _]tokens?[ _]limit`,
  String.raw`only supports up to [\d,]+ tokens|\d but the model only supports up to|exceeds? max_(?:seq|model)_len`,
  String.raw`too many (?:input|prompt) tokens|too many tokens: (?:total|size)`,
  // Groq, Cerebras
  String.raw`reduce the length of (?:the |your |either )?(?:messages|prompt|input|one)`,
  // Mistral, TGI, DashScope
  String.raw`too large for model with [\d,]+ maximum context|max_new_tokens\W{1,3} must be <=|inputs\W{1,3} must have less than [\d,]+ tokens|range of input length should be`,
  // Zhipu, DashScope, Baidu
  String.raw`上下文[^。]{0,20}(?:超|过长)|(?:超出|超过)[^。]{0,20}(?:上下文|最大.{0,6}长度)|(?:输入|prompt) ?.{0,6}(?:过长|超长)`,
]);

export const contextFullCodes =
  /^(?:context_length_exceeded|context_window_exceeded|exceed_context_size_error|request_too_large|model_max_prompt_tokens_exceeded|ContextWindowExceededError)$/u;

/** Money is missing, not time. Gemini words a limit that passes in seconds in the same way. */
export const saysQuota = anyOf(
  { unless: String.raw`\b(?:retry|try again) (?:in|after) [\d.]+ ?(?:m?s|sec|min)` },
  [
    String.raw`insufficient[_ ](?:account )?(?:balance|quota|credits?|funds)`,
    String.raw`exceeded your current quota|quota exceeded|check your plan and billing`,
    String.raw`credit balance is too low|(?:requires|purchase|buy|out of|doesn.t have any|used all available) (?:more )?credits`,
    String.raw`billing (?:hard )?limit|billing details|monthly spending limit|spend (?:limit|alert|cap)`,
    String.raw`account (?:is )?(?:in arrears|suspended|overdue|not in good standing)|account is in good standing`,
    String.raw`payment required|余额不足|账户欠费|请充值`,
  ],
);

export const quotaCodes =
  /^(?:insufficient_(?:quota|balance|credits|funds)|billing_hard_limit_reached|billing_not_active|exceeded_current_quota_error|payment_required|usage_not_included|Arrearage)$/u;

/** A model that is gone, was never there, or that this account may not use. */
export const saysModel = anyOf({ unless: String.raw`temporar|right now|at the moment|try again` }, [
  String.raw`\bmodels?[\s/:]{0,3}(?:[\x60'"“‘]?[\w./:@-]+[\x60'"”’]?,? )?(?:(?:is|was|are|does|do|has been) not |(?:is|was|are|does|do)n.t |not )(?:exist|found|supported|available|accessible|allowed|permitted|enabled|a valid)`,
  String.raw`\bmodels?[\s/:]{0,3}(?:[\x60'"“‘]?[\w./:@-]+[\x60'"”’]?,? )?(?:(?:is|was|are|has been) )?(?:deprecated|decommissioned|retired|removed|no longer)`,
  String.raw`\bmodel (?:is |was )?(?:access )?(?:denied|forbidden)|(?:invalid|unknown|unsupported|no such) model\b|not a valid model\b|^model: [\w./:-]+$`,
  String.raw`(?:not|n.t) have (?:access|permission)(?:[^.;]|\.\S){0,30}\bmodel|(?:not|n.t) (?:be )?(?:allowed|authori[sz]ed|permitted|entitled|eligible)(?:[^.;]|\.\S){0,40}\bmodel|no access to(?:[^.;]|\.\S){0,20}\bmodel|access to (?:the |this )?model\b(?:[^.;]|\.\S){0,40}(?:denied|forbidden|not )`,
  String.raw`must be verified to use the model|plan does not include(?:[^.;]|\.\S){0,30}\bmodel|(?:upgrade|subscri)\w*(?:[^.;]|\.\S){0,40} to (?:use|access) (?:this|the) model`,
  String.raw`not found, try pulling it|no endpoints found for|模型不存在`,
]);

export const modelCodes =
  /^(?:model_not_found|model_not_supported|model_decommissioned|model_deprecated|model_not_available|ModelNotFound|invalid_model|unsupported_model)$/u;

/** The provider does not serve the country or region that the request came from. */
export const saysCountry = anyOf({ unless: '^$' }, [
  String.raw`\b(?:country|region|territory|location)\b(?:[^.;]|\.\S){0,40}(?:\bnot |n.t |\bun)(?:be )?(?:supported|available|allowed|served|authori[sz]ed|permitted)`,
  String.raw`(?:\bnot |n.t |\bun)(?:supported|available|allowed|served|authori[sz]ed|permitted) (?:in|from|for) (?:your|this) (?:country|region|territory|location)`,
  String.raw`unsupported (?:country|region|territory)|restricted (?:country|region)|(?:blocked|denied|restricted)(?:[^.;]|\.\S){0,30}\byour (?:country|region|location)`,
]);

export const countryCodes = /^unsupported_(?:country|region|location)\w*$/u;

/** One of these, in a text that does not say otherwise. */
function anyOf({ unless }: { unless: string }, patterns: readonly string[]): RegExp {
  return new RegExp(`^(?![^]*(?:${unless}))[^]*(?:${patterns.join('|')})`, 'iu');
}
