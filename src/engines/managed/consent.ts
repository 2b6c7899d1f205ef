/** What a user agrees to before anything is uploaded. */
export interface Upload {
  readonly memories: number;
  readonly sessions: number;
  /** Host that gets it. */
  readonly host: string;
}

/** The sentences of the consent screen: what leaves, for how long, and what stays there. */
export function managedConsent({ memories, sessions, host }: Upload): readonly string[] {
  return [
    `${memories} memories and ${sessions} sessions are uploaded to ${host}: memories whole, personal ones among them; sessions redacted and condensed to what you typed, refused and corrected, failed calls, and outcomes.`,
    'Each session is replayed there to an agent that does nothing but take note, because dreams read no other sessions. A cloud environment is made for it, without tools.',
    'They are kept there until the dream is over, minutes to hours. Then Agent Dreams deletes stores, sessions and the environment, also after a failure, a cancel or a crash: what cannot be deleted at once is deleted before the next dream.',
    'The dream itself and the agent can only be archived, not deleted; they hold your instructions and no session. Zero data retention does not apply to managed sessions, and Anthropic may keep versions of memories for 30 days.',
  ];
}
