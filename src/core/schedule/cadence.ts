/** When dreams run by themselves. */
export const CADENCES = ['manual', 'hourly', 'daily', 'weekly'] as const;
export type Cadence = (typeof CADENCES)[number];

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface TimeOfDay {
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
}

/** What the user asked for. `hourly` uses the minute of `timeOfDay`, `weekly` also `weekday`. */
export interface SchedulePlan {
  readonly cadence: Cadence;
  readonly timeOfDay: TimeOfDay;
  readonly weekday: Weekday;
}

/** Reads `HH:MM` on a 24-hour clock; undefined for anything else. */
export function parseTimeOfDay(text: string): TimeOfDay | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) return undefined;
  return { hour: Number(match[1]), minute: Number(match[2]) };
}

/** `HH:MM` on a 24-hour clock. */
export function formatTimeOfDay(time: TimeOfDay): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(time.hour)}:${pad(time.minute)}`;
}

/** One line that changes exactly when the plan means something else; kept on disk to notice a changed plan. */
export function planKey(plan: SchedulePlan): string {
  const time = formatTimeOfDay(plan.timeOfDay);
  switch (plan.cadence) {
    case 'manual':
      return 'manual';
    case 'hourly':
      return `hourly :${time.slice(3)}`;
    case 'daily':
      return `daily ${time}`;
    case 'weekly':
      return `weekly ${plan.weekday} ${time}`;
  }
}
