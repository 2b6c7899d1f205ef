/** What a process of test/processes is told to do. */
export type Job =
  | {
      readonly do: 'write';
      readonly workspace: string;
      readonly writer: string;
      readonly updates: number;
      /** How many of the updates change a memory that all writers share; the others go to state and journal. */
      readonly applies: number;
      readonly shared: string;
    }
  | { readonly do: 'decide'; readonly workspace: string; readonly window: string; readonly shared: string }
  | { readonly do: 'be-interrupted'; readonly workspace: string }
  | { readonly do: 'own'; readonly folder: string; readonly witness: string };
