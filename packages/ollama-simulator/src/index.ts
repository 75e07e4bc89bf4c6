export { findFreePort } from './find-free-port.ts';
export type { Journal, JournalEntry, RequestOutcome, RequestPhase } from './journal.ts';
export type { Sleep } from './pause.ts';
export { playRecording, type PlayRecordingOptions } from './recording.ts';
export type { HttpReply, Hold, Incident, Recording, Reply, Say, Script, ScriptedToolCall, Step } from './script.ts';
export type { CompleteModel, ModelStore, SimulatedModel, ToolParser } from './simulated-model.ts';
export type { OfferedTool, SimulatedRequest } from './simulated-request.ts';
export {
  type OllamaSimulator,
  type OllamaSimulatorOptions,
  type SimulatorCounts,
  startOllamaSimulator,
} from './start-ollama-simulator.ts';
