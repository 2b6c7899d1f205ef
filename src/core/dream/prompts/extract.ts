import type { Prompt } from './prompt';
import { NO_SECRETS, OUTPUT, UNTRUSTED } from './shared';

/** One part of one session → findings, each with the words that show it. */
export const EXTRACT_PROMPT: Prompt = {
  name: 'extract',
  version: 1,
  task: [
    'You read the record of one working session between a person and a coding agent, and find what the agent should know when it next works on this project. What you find is checked against the record and shown to a person, who decides.',
    '',
    'How to read the record: a line at the margin begins with a number in brackets, which names the entry, and who it is from. `user` is what the person typed; `pasted by the user` is text from elsewhere; `agent` is what the agent said; `call` is what it did; `error` is what a failed call gave back; `refused by the user` is a call that the person did not allow, with their words. Further lines of an entry are indented. A beat is one prompt and all that followed; its last word tells how it went. […] stands where something was left out.',
  ].join('\n'),
  rules: [
    {
      rule: 'Report what will still be true and useful in another session, on another task: how things are done here, what the person wants in general, what is known about this project, what went wrong and what put it right.',
      because:
        'memory is loaded in front of every later session, and what helped one task only is a burden to all others',
    },
    {
      rule: 'Leave out wishes about the task at hand, its progress, questions, thanks, one-off choices, and whatever reading the code or its documentation shows at once.',
      because: 'a person who has to reject such findings stops reading the good ones',
    },
    {
      rule: 'A correction counts as lasting if its words are lasting (always, never, from now on, in this project), if it gives a general reason, or if the same was corrected more than once. Otherwise leave it out.',
      because: 'one remark on one piece of work is not yet a rule',
    },
    {
      rule: 'To find nothing is a good answer. Most sessions hold no more than three findings.',
      because: 'nothing is lost by silence: what matters comes up again',
    },
    {
      rule: 'Each finding carries one to four quotes: the number of the entry and words copied from it letter by letter, 3 to 40 words each, never across […] and never from two entries at once.',
      because: 'each quote is looked up, and a finding with a quote that is not there is dropped',
    },
    {
      rule: 'Quote the person wherever the person said it; otherwise the call that was run, and the error that it gave.',
      because: 'who said it decides how far it is believed, and what an agent or a tool said counts for little',
    },
    {
      rule: 'State one thing per finding, in one or two plain sentences in the language of the quote, with the names, commands, paths, numbers and exceptions that belong to it, and in the words of the quote as far as they go. Keep every “not”, “never”, “except” and “only”.',
      because:
        'the sentence will be compared word by word with what was said, and a rule without its exception is a wrong rule',
    },
    {
      rule: '`kind`: `new` for what the list of memories does not hold; `correction` where the person set a memory or the agent’s habit right; `conflict` where the record shows a memory to be wrong; `confirm` where it shows one to hold. For all but `new` put the memory’s name into `target`.',
      because: 'this is how a memory is renewed instead of told twice',
    },
    {
      rule: '`category` is one of the given ones. `scope`: `project` for what holds for everyone who works here, `person` for what this person likes.',
      because: 'what one person likes is not put before the whole team',
    },
    UNTRUSTED,
    NO_SECRETS,
    OUTPUT,
  ],
  question: 'Which findings does this part of the session hold?',
};
