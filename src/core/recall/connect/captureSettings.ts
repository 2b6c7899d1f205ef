import * as z from 'zod/mini';

/** Below the folder that holds `.local`. */
export const CAPTURE_SETTINGS_PATH = '.local/recall/capture.json';

const texts = z.array(z.string());

const schema = z.object({
  format: z.literal(1),
  /** False: nothing is captured. */
  enabled: z.boolean(),
  configDirs: texts,
  logFolders: texts,
  pathMaps: z.array(z.object({ from: z.string(), to: z.string() })),
  excludePaths: texts,
  excludeEntrypoints: texts,
  maxBytes: z.number().check(z.positive()),
  /** Rules are patterns; what is allowed is known by its fingerprint. No secret is in here. */
  secrets: z.object({
    rules: z.array(z.object({ id: z.string(), pattern: z.string(), keywords: z.optional(texts) })),
    allow: texts,
  }),
});

/** What the user says about capture, kept for the command that captures without an editor. */
export type CaptureSettings = z.infer<typeof schema>;

/** undefined for what is none. */
export function parseCaptureSettings(text: string): CaptureSettings | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function renderCaptureSettings(settings: CaptureSettings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}
