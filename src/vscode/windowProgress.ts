import type * as vscode from 'vscode';
import type { Progress } from '../core/ports';

/** The Progress port on a progress notification: the bar never runs backwards, also over several passes. */
export function toWindowProgress(window: vscode.Progress<{ message?: string; increment?: number }>): Progress {
  let shown = 0;
  return {
    report({ message, done, total }) {
      const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0;
      const increment = Math.max(0, percent - shown);
      shown = Math.max(shown, percent);
      const counted = total > 0 ? `${message} ${done}/${total}`.trim() : message;
      window.report({ message: counted, increment });
    },
  };
}
