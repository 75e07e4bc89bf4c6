import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** Turns evidence into findings: at least that all is well, or none when there is nothing to judge. */
export type Check = (evidence: Evidence) => readonly Omit<Finding, 'check'>[];
