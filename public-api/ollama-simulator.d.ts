/**
 * A TCP port that nothing listens on. The system gives it to no connection and to no `listen(0)`, so that it is still free
 * when a program is started on it, and when a server that was stopped starts again.
 * @throws Node's error, for example `EADDRNOTAVAIL` because `host` is not an address of this machine
 */
declare function findFreePort({ host, }?: {
    readonly host?: string | undefined;
}): Promise<number>;

/**
 * The phase of a request. `queued`: waits for a slot or for a load of another request. `loading`: loads its model.
 * `stalled`: its script stalls.
 */
type RequestPhase = 'receiving' | 'queued' | 'loading' | 'replying' | 'stalled' | 'over';
/** How a request ended: complete, client disconnected, or cut by the simulator. */
type RequestOutcome = 'finished' | 'client-left' | 'cut';
/** One request, from its arrival to its end. */
interface JournalEntry {
    /** 1 for the first request. */
    readonly number: number;
    readonly method: string;
    /** As requested, with the query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    /** The parsed JSON, or undefined when there is none. */
    readonly body?: unknown;
    readonly rawBody: string;
    /** Milliseconds since 1970, by the simulator's clock. */
    readonly receivedAt: number;
    /** Number of requests in flight at its arrival, including itself. */
    readonly concurrency: number;
    readonly phase: RequestPhase;
    /** Absent before headers were sent. */
    readonly status?: number;
    readonly finishedAt?: number;
    readonly outcome?: RequestOutcome;
    /** The client disconnected while its request loaded the model, which aborted the load. */
    readonly loadAborted?: true;
}
/** Recorded requests, and promises for future ones, so that tests need no sleep. */
interface Journal {
    readonly entries: readonly JournalEntry[];
    readonly inFlight: number;
    readonly maxConcurrent: number;
    /** Requests of a path (without the query), such as `/v1/chat/completions`. */
    readonly of: (path: string) => JournalEntry[];
    /** The first entry, past or future, that matches. Rejects if the simulator closes first. */
    readonly waitFor: (predicate: (entry: JournalEntry) => boolean) => Promise<JournalEntry>;
    /** The first entry, past or future, whose client disconnected. */
    readonly waitForClientLeft: (predicate?: (entry: JournalEntry) => boolean) => Promise<JournalEntry>;
    /** Resolves as soon as nothing is in flight. */
    readonly waitUntilIdle: () => Promise<void>;
    /** Removes ended requests; the numbering continues. */
    readonly clear: () => void;
}

/** An object as JSON gives it. */
type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Waits until `simulator.release()` (`true`), or until a promise of the test settles. A disconnect of the client ends
 * it too.
 */
type Hold = true | Promise<unknown>;
/** A call of a tool, complete, as Ollama always sends them. */
interface ScriptedToolCall {
    name: string;
    /** An object; or a text that is sent as it stands, for arguments which are not valid JSON. */
    arguments?: JsonObject | string;
    /** @default an id of the form that the release makes */
    id?: string;
    /** @default the index that the release gives: often 0 for every call, see the README */
    index?: number;
}
/**
 * The output of the model in one batch of tokens. Reasoning and text in one step means that thinking ended inside the
 * batch; releases send that as one chunk or two.
 */
interface Say {
    reasoning?: string;
    text?: string;
    toolCall?: ScriptedToolCall;
    /** Several calls in one batch. */
    toolCalls?: readonly ScriptedToolCall[];
}
/** An event other than output of the model. */
type Incident = 
/**
 * The runner fails. Before any output: a status (500 by default) with the message; releases before 0.12.6 hide it in
 * a 200 stream unless `status` is given. After that: Ollama's masked chunk with `"model":""`, and the end, without
 * the message.
 */
{
    error: string | {
        message: string;
        status?: number;
    };
}
/** Stalls for a while. */
 | {
    stallMs: number;
}
/** Stalls until released. */
 | {
    stall: Hold;
}
/** The connection is destroyed. A whole reply is cut before its headers, because nothing was sent by then. */
 | {
    cut: true;
}
/**
 * A clean end without finish reason or `[DONE]`, as after 30 equal tokens. A whole reply has `finish_reason: null`.
 */
 | {
    end: true;
}
/** Raw bytes. In a whole reply they precede the body, which is then not valid JSON. */
 | {
    raw: string | Uint8Array;
};
/** One step of a script. */
type Step = Say | Incident;
/** A reply of a model, as data. It is played streamed or whole, in the format of the chosen release. */
interface Script {
    steps: readonly Step[];
    /** With tool calls the wire has `tool_calls`. @default 'stop' */
    finishReason?: 'stop' | 'length';
    /** Ends a stream after its finish reason, without `[DONE]`. @default false */
    withoutDone?: boolean;
    /**
     * Sends text as text. Otherwise the parsers of the release look for thoughts and tool calls in it, and may drop what
     * they take for a broken call. @default false
     */
    verbatim?: boolean;
    /** @default an estimate: a token is four characters of the prompt, or one chunk of the answer */
    usage?: {
        promptTokens: number;
        completionTokens: number;
    };
    /** Splits text and reasoning into chunks of so many characters (code points). @default one chunk per step */
    pieceLength?: number;
    /** Pause between chunks. @default 0 */
    pauseMs?: number;
    /** Time without headers before the first chunk, on top of any loading: a long prompt. @default 0 */
    promptMs?: number;
    /** Loads the model again for this request, in this many milliseconds, even if it was loaded. */
    loadMs?: number;
    /** The same, until released. */
    load?: Hold;
    /**
     * Leaves the model's slot taken after the answer, as a parser error of 0.12.0 to 0.32.14 can: further requests get no
     * byte until the model is unloaded. @default false
     */
    blocksSlot?: boolean;
}
/** A response without a model: any status with any body, or no response at all. */
interface HttpReply {
    http: {
        /** @default 200 */
        status?: number;
        headers?: Readonly<Record<string, string>>;
        /** An object is sent as JSON. @default an empty body */
        body?: string | Uint8Array | JsonObject;
        /** Time before the headers are sent. */
        headersAfterMs?: number;
        /** Headers are held back until released. */
        headersAfter?: Hold;
        /** Destroy the connection (TCP reset) instead of an answer. */
        reset?: boolean;
    };
}
/** Bytes of an earlier exchange, sent again exactly; made by `playRecording`. */
interface Recording {
    recording: {
        bytes: Uint8Array;
        slices: number | readonly number[] | 'whole';
        status: number;
        contentType: string;
        headers: Readonly<Record<string, string>>;
        ending: 'end' | 'cut' | 'stall';
    };
}
/** All kinds of replies. A text is a script of one step, an array has the steps of a script. */
type Reply = string | readonly Step[] | Script | HttpReply | Recording;

/** Waits this many milliseconds; rejects if the signal aborts. Tests can replace it. */
type Sleep = (ms: number, options: {
    signal: AbortSignal;
}) => Promise<unknown>;

/** How a recording is played. */
interface PlayRecordingOptions {
    /**
     * How the bytes are cut into socket writes: a number is the size of every slice in bytes, an array lists the offsets
     * at which to cut, `'whole'` is one write. @default 'whole'
     */
    slices?: number | readonly number[] | 'whole';
    /** @default 'text/event-stream' */
    contentType?: string;
    /** @default 200 */
    status?: number;
    headers?: Readonly<Record<string, string>>;
    /** What follows the last byte: a clean end, a destroyed connection, or silence until released. @default 'end' */
    ending?: 'end' | 'cut' | 'stall';
}
/**
 * A reply that sends recorded bytes exactly, in chosen slices, so that a reader can be tested with a stream cut at
 * every byte.
 */
declare function playRecording(bytes: string | Uint8Array, { slices, contentType, status, headers, ending, }?: PlayRecordingOptions): Recording;

/** A request as a reply function sees it: what was sent, with the parts that scripts decide by at hand. */
interface SimulatedRequest {
    /** 1 for the first request of the simulator. */
    number: number;
    method: string;
    /** Without the query. */
    path: string;
    headers: JournalEntry['headers'];
    /** The JSON object of the body; empty when there is none. */
    body: JsonObject;
    rawBody: string;
    /** The model as it was asked for, or an empty text. */
    model: string;
    streamed: boolean;
    messages: readonly JsonObject[];
    /** The text of the last message, its text parts joined. */
    lastMessage: string;
    tools: readonly OfferedTool[];
}
/** A tool of the request. */
interface OfferedTool {
    name: string;
    /** JSON Schema of the arguments. */
    parameters: JsonObject;
}

/** Parser of tool calls: the template, a parser for the model's family, or gpt-oss's format. */
type ToolParser = 'template' | 'builtin' | 'harmony';
/** A model that the simulator pretends to have. Only the name is needed. */
interface SimulatedModel {
    /** As a list shows it; `:latest` is added when there is no tag. */
    name: string;
    /** @default ['embedding'] when the name contains `embed`, else ['completion', 'tools', 'thinking'] */
    capabilities?: readonly string[];
    /** Trained context in tokens. @default 40960 */
    contextLength?: number;
    /**
     * The window of the loaded model if neither the request nor the Modelfile (`num_ctx` in `parameters`) says one.
     * @default `contextLength` of the simulator (OLLAMA_CONTEXT_LENGTH), else the default of the release
     */
    runningContextLength?: number;
    /** Characters of a prompt per token, for the simulated count. @default 4 */
    charactersPerToken?: number;
    /** Size of an embedding. @default 768 for embedding models, else 4096 */
    embeddingLength?: number;
    /** @default the name up to a digit-free stem: `qwen3:8b` → `qwen3`; `gptoss` for gpt-oss */
    family?: string;
    families?: readonly string[] | null;
    /** @default 'gguf', empty for cloud models */
    format?: string;
    /** @default '8.2B' */
    parameterSize?: string;
    /** @default 'Q4_K_M' */
    quantization?: string;
    /** Bytes on disk. @default 5225388164, 384 for cloud models */
    size?: number;
    /** Bytes in memory while loaded. @default 1.2 times `size` */
    sizeInMemory?: number;
    /** Bytes of those on the GPU. @default all of them */
    sizeInVram?: number;
    /** 64 hex digits. @default made from the name */
    digest?: string;
    /** RFC 3339. @default '2026-06-10T09:00:00Z' */
    modifiedAt?: string;
    /** Marks a cloud model (Ollama ≥ 0.12.0), which is never loaded. */
    remoteHost?: string;
    /** @default the name without `-cloud` */
    remoteModel?: string;
    /** The `parameters` text of `/api/show`: one `key value` per line. */
    parameters?: string;
    /** @default a Go template that has `.Tools` and `.Thinking` when the model is capable of them */
    template?: string;
    system?: string;
    license?: string;
    modelfile?: string;
    /** The `parent_model` of `/api/show`: a path for a model made from a file. @default '' */
    parentModel?: string;
    /** The `tensors` of `/api/show`. @default those of a model with one block */
    tensors?: readonly JsonObject[];
    /** Added to (or put in the place of keys of) `model_info` of `/api/show`. */
    modelInfo?: JsonObject;
    projectorInfo?: JsonObject;
    /** Decides the index, id and place of tool calls. @default 'harmony' for gpt-oss, else 'template' */
    toolParser?: ToolParser;
    /** How long the runner's process starts before it reads the weights. @default 0 */
    startMs?: number;
    /** The same, until released. */
    start?: Hold;
    /** How long the first request waits, without headers, until the model is loaded. @default 0 */
    loadMs?: number;
    /** The same, until released. */
    load?: Hold;
    /** Already loaded at the start. @default false */
    loaded?: boolean;
    /** How long it stays loaded after its last request; `Infinity` for ever. @default 300000 */
    keepAliveMs?: number;
    /** The reply of this model if neither the queue nor the simulator's `reply` has one. */
    reply?: Reply | ((request: SimulatedRequest) => Reply | undefined);
}
/** A model with its defaults filled in. */
type CompleteModel = SimulatedModel & Required<Omit<SimulatedModel, 'remoteHost' | 'remoteModel' | 'runningContextLength' | 'parameters' | 'system' | 'license' | 'projectorInfo' | 'tensors' | 'start' | 'load' | 'reply'>>;
/** The models of one simulator; changes are seen by the next request. */
interface ModelStore {
    /** Newest first, as lists show them. */
    readonly list: () => CompleteModel[];
    /** Case-insensitively, and with `:latest` when there is no tag. */
    readonly find: (name: string) => CompleteModel | undefined;
    /** As `ollama pull`; a model of the same name is replaced. */
    readonly add: (model: SimulatedModel | string) => void;
    /** As `ollama rm`; false when there was none. */
    readonly remove: (name: string) => boolean;
}

/** What to simulate. Everything has a default. */
interface OllamaSimulatorOptions {
    /** @default '127.0.0.1' */
    host?: string | undefined;
    /** 0 selects a free one that stays free while this simulator does not listen (`findFreePort`). @default 0 */
    port?: number | undefined;
    /** The simulated release of Ollama, 0.5.2 or later. @default '0.32.15' */
    version?: string | undefined;
    /** A text is a model of that name with every default. @default ['qwen3:8b'] */
    models?: readonly (SimulatedModel | string)[] | undefined;
    /**
     * The reply to a request for text; for undefined the model's `reply` or the default reply is used. Called if the
     * queue is empty.
     */
    reply?: ((request: SimulatedRequest) => Reply | undefined | Promise<Reply | undefined>) | undefined;
    /** Handles any request before the simulated server, for example to let `/api/tags` fail. */
    intercept?: ((request: SimulatedRequest) => HttpReply | Recording | undefined) | undefined;
    /**
     * Requests that one model answers at the same time (OLLAMA_NUM_PARALLEL, where Ollama's default is 1). @default
     * Infinity
     */
    parallel?: number | undefined;
    /**
     * Models that are loaded at the same time (OLLAMA_MAX_LOADED_MODELS). Another one displaces an unused one, or waits for
     * that. @default Infinity
     */
    maxLoaded?: number | undefined;
    /**
     * Requests that may wait for a load (OLLAMA_MAX_QUEUE); the next one gets 503. With the model loaded, any number waits
     * for a slot. @default 512
     */
    maxQueue?: number | undefined;
    /** The window of models whose Modelfile does not say one (OLLAMA_CONTEXT_LENGTH). @default that of the release */
    contextLength?: number | undefined;
    /** Additional allowed origins (OLLAMA_ORIGINS). @default [] */
    origins?: readonly string[] | undefined;
    /** Seconds since 1970 for every `created`. @default the clock */
    created?: number | undefined;
    /** Milliseconds since 1970. @default Date.now */
    now?: (() => number) | undefined;
    /** Waits for every `…Ms`. @default a timer */
    sleep?: Sleep | undefined;
}
/** What requests have cost a simulator. */
interface SimulatorCounts {
    /** How often a model was loaded for a request, again after it was displaced, unloaded or given another window included. */
    readonly loads: number;
    /** Tokens of the prompts of answered requests for text. */
    readonly promptTokens: number;
    /** The part of them that a slot had in memory, because an earlier prompt began with the same text. */
    readonly reusedTokens: number;
}
/** A running simulator. */
interface OllamaSimulator {
    /** Without a slash at the end: `http://127.0.0.1:43210`. */
    readonly url: string;
    readonly port: number;
    readonly journal: Journal;
    /** What the requests so far have cost. */
    readonly counts: () => SimulatorCounts;
    /** Pull, remove, list. */
    readonly models: ModelStore;
    /** Replies to the next requests for text, in this order; used before `reply`. */
    readonly enqueue: (...replies: Reply[]) => void;
    /** Releases all current stalls, loads and headers. */
    readonly release: () => void;
    /** Marks a model as loaded (as after a first request) or not. */
    readonly load: (name: string) => void;
    readonly unload: (name: string) => void;
    /** Refuses new connections. Requests in flight continue. */
    readonly stopListening: () => Promise<void>;
    /** Listens again, on the same port. */
    readonly listen: () => Promise<void>;
    /** Destroys all connections and timers. */
    readonly close: () => Promise<void>;
    readonly [Symbol.asyncDispose]: () => Promise<void>;
}
/**
 * Starts a simulated Ollama server.
 * @throws RangeError if the version is invalid or too old; Node's error (`EADDRINUSE`) if the port is in use
 */
declare function startOllamaSimulator({ host, port: wantedPort, version, models: initialModels, reply, intercept, parallel, maxLoaded, maxQueue, contextLength: serverContextLength, origins, created, now, sleep, }?: OllamaSimulatorOptions): Promise<OllamaSimulator>;

export { findFreePort, playRecording, startOllamaSimulator };
export type { CompleteModel, Hold, HttpReply, Incident, Journal, JournalEntry, ModelStore, OfferedTool, OllamaSimulator, OllamaSimulatorOptions, PlayRecordingOptions, Recording, Reply, RequestOutcome, RequestPhase, Say, Script, ScriptedToolCall, SimulatedModel, SimulatedRequest, SimulatorCounts, Sleep, Step, ToolParser };
