/** What one stage of `npm test` found. A stage that broke before it could count has one failure. */
export interface StageResult {
  readonly passed: number;
  readonly failed: number;
  /** Shown beside the counts: why it failed, or what was skipped. */
  readonly note?: string;
}

/** A layer of the tests. `run` prints as it goes and never throws for a failing test. */
export interface Stage {
  readonly name: string;
  /** What it proves, for `npm test -- --list`. */
  readonly proves: string;
  run(): Promise<StageResult>;
}
