import { CHECKS, type CheckName } from '../../core/doctor/finding';

export function isCheckName(name: string): name is CheckName {
  return CHECKS.some((check) => check === name);
}
