import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** Turns evidence into findings: problems, or one `ok`; empty if the check does not apply. */
export type Check = (evidence: Evidence) => readonly Omit<Finding, 'check'>[];
