/** The files that a new store starts with; people edit them from then on. */

export const DEFAULT_SCHEMA_TEXT = `---
# What is worth remembering in this project. Edit freely; the next dream obeys.
#   enabled      false switches a category off
#   cues         phrases that put a statement into this category; one that you add also marks it as worth keeping
#   ignore       phrases that keep a statement out of it
#   minSessions  in how many sessions something must be seen before it is proposed
#   scope        team (committed with the project) or personal (this machine only)
categories:
  preferences:
    enabled: true
    description: How people here like to work with the agent
    cues: [explain, answer in, be concise, ask before, ask me, commit message]
    ignore: []
    minSessions: 1
    scope: team
  conventions:
    enabled: true
    description: Rules that code and tests in this project follow
    cues: [naming, style, tests, import, format, type, lint rule]
    ignore: []
    minSessions: 1
    scope: team
  commands:
    enabled: true
    description: Commands that build, test, lint and run this project
    cues: []
    ignore: []
    minSessions: 2
    scope: team
  pitfalls:
    enabled: true
    description: What went wrong before, and what put it right
    cues: [breaks, fails when, careful with]
    ignore: []
    minSessions: 1
    scope: team
  workflows:
    enabled: true
    description: Steps that belong together, in their order
    cues: [before you commit, before committing, after every change, release]
    ignore: []
    minSessions: 1
    scope: team
  decisions:
    enabled: true
    description: Choices that were made, and why
    cues: [we decided, we chose, "let's go with"]
    ignore: []
    minSessions: 1
    scope: team
  facts:
    enabled: true
    description: Facts about the project that are not obvious from its code
    cues: [is deployed, lives in, runs on]
    ignore: []
    minSessions: 1
    scope: team
---
# What to extract

Remember what a careful colleague would note after these sessions: rules that people stated for good, corrections that
came back, commands that work here, errors and what put them right, decisions with their reasons.

Leave out what only concerned one task, what the code says by itself, and anything secret.
`;

export const DEFAULT_RUBRIC_TEXT = `# What a good session looks like

- The change does what was asked, and nothing else.
- Tests, types and lint were run, and passed, before the work was called done.
- The person did not have to say the same thing twice.
- Commands that failed were understood before they were tried again.
`;

export const DEFAULT_PROBES_TEXT = `# Questions that the memory should answer, asked before and after a dream.
# - question: How are the tests run here?
#   expect: [pnpm test]
probes: []
`;
