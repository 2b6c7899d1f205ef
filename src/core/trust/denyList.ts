/**
 * Phrases that address an agent over its user's head. A badge and no defence: a list of phrases finds few attacks that it
 * was not written from, so that nothing is ever let through because it is silent here.
 */
const PHRASES: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\s(?:and \w{1,12} )?(?:(?:all|any|every|the|of|these|those) ){0,4}(?:all|any|your|my|our|previous|prior|above|earlier|preceding|existing|former|original|past|other|initial|system)\s(?:instructions?|prompts?|directives?|rules|guidelines|commands|context|messages|programming|training|constraints|restrictions)\b/iu,
  /\b(?:reveal|print|show|repeat|output|display|leak|expose|dump)\b[^.\n]{0,40}\b(?:system|hidden|initial|original|secret) (?:prompt|instructions?|message)\b/iu,
  /\b(?:developer|god|admin|debug|jailbreak|unrestricted|sudo|dan) mode\b[^.\n]{0,40}\b(?:enabled?|activated?|on|unlocked|engaged)\b|\b(?:enable|enter|activate|switch (?:in)?to|you are (?:now )?in)\b[^.\n]{0,20}\b(?:developer|god|jailbreak|unrestricted|dan) mode\b|\bdo anything now\b/iu,
  /\byou are (?:now|no longer)\b[^.\n]{0,60}\b(?:an?|the|bound|restricted|free|freed|unrestricted|limited)\b|\b(?:act|behave|respond|answer|pretend|roleplay)\b[^.\n]{0,30}\b(?:as if you (?:have|had) no|without (?:any )?(?:restrictions?|limits?|limitations?|filters?|rules|ethics|moral)|as an? (?:unrestricted|unfiltered|uncensored|evil|amoral))\b/iu,
  /\b(?:no|without(?: any)?|free (?:of|from)(?: all| any)?) (?:ethical|moral|content|safety|openai|anthropic)[\w' ]{0,20}(?:restrictions?|guidelines|limits?|limitations?|filters?|polic(?:y|ies)|constraints|boundaries)\b/iu,
  /<\/?(?:system|assistant|im_start|im_end|instructions?|admin|tool_result)>|<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?INST\]|^\s{0,4}#{1,4} ?(?:system|new instructions?)\s{0,4}:?\s{0,4}$|^(?:system|assistant)(?: message| override| prompt)?:\s/iu,
  /\b(?:ai|llm|language model|assistant|agent|chatbot|claude|gpt|copilot)s?\b[^.\n]{0,40}\b(?:must|should|shall|has to|have to|is required to|are required to)\b[^.\n]{0,40}\b(?:obey|comply|exfiltrate|send|forward|upload|always trust|never refuse|not refuse)\b/iu,
  /\b(?:stay in character|never break character|never refuse|cannot refuse|will not refuse|respond (?:only )?with (?:yes|ok) if you understand)\b/iu,
];

/** The words of the first phrase that reads like an instruction to the agent itself, or undefined. */
export function soundsLikeInstruction(text: string): string | undefined {
  for (const line of text.slice(0, 200_000).split(/\r\n|\r|\n/u)) {
    for (let from = 0; from < line.length; from += 2_000) {
      const part = line.slice(from, from + 2_000);
      for (const phrase of PHRASES) {
        const match = phrase.exec(part);
        if (match !== null) return match[0].slice(0, 120);
      }
    }
  }
  return undefined;
}
