import { diagnoseConfiguration, diagnoseFileModes } from './checks/configuration-checks.ts';
import {
  diagnoseBaseUrls,
  diagnoseEnabled,
  diagnoseOtherServers,
  diagnoseReachable,
  diagnoseVersions,
} from './checks/server-checks.ts';
import { diagnoseChosenModels, diagnoseDiscovery, diagnoseModels } from './checks/model-checks.ts';
import { diagnoseStreaming } from './checks/streaming-checks.ts';
import { diagnoseContextWindows, diagnoseResponding } from './checks/context-checks.ts';
import { diagnoseKeys } from './checks/key-checks.ts';
import type { Check } from './check.ts';
import type { Evidence } from './evidence.ts';
import type { CheckId, Finding } from './finding.ts';

const CHECKS: Record<CheckId, Check> = {
  configuration: diagnoseConfiguration,
  'file-modes': diagnoseFileModes,
  'ollama-enabled': diagnoseEnabled,
  'ollama-reachable': diagnoseReachable,
  'ollama-version': diagnoseVersions,
  'other-servers': diagnoseOtherServers,
  'base-url': diagnoseBaseUrls,
  discovery: diagnoseDiscovery,
  models: diagnoseModels,
  'chosen-models': diagnoseChosenModels,
  keys: diagnoseKeys,
  'context-window': diagnoseContextWindows,
  'responding-models': diagnoseResponding,
  streaming: diagnoseStreaming,
};

/** Runs all checks on the evidence. */
export function diagnose(evidence: Evidence): Finding[] {
  return checkIds().flatMap((check) => CHECKS[check](evidence).map((finding) => ({ check, ...finding })));
}

function checkIds(): CheckId[] {
  return Object.keys(CHECKS).filter((id): id is CheckId => Object.hasOwn(CHECKS, id));
}
