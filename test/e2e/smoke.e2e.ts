import { expect, it } from 'vitest';
import { waitForActivation } from '../../scripts/rig/workbench';
import { withWorkbench } from './harness';

it('the packaged extension activates in a real workbench and asks nothing from outside', async () => {
  await withWorkbench({ test: 'smoke' }, async ({ page, window, screenshot }) => {
    const text = await waitForActivation(page);

    expect(text).not.toBe('');
    expect(await page.locator('.notification-toast.error').count()).toBe(0);
    expect(window.refused).toEqual([]);
    await screenshot('activated');
  });
});
