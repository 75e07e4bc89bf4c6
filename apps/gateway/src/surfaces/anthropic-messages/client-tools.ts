import type { JsonObject, ToolDefinition } from '@openclaw/provider';

/**
 * A tool that the client runs and whose schema Anthropic's models know by its type, such as `bash_20250124`. Local models
 * get the schema. Source: Anthropic's pages on the bash, text editor and memory tools.
 * @returns `undefined` for any other type
 */
export function findClientTool(type: string): ToolDefinition | undefined {
  return CLIENT_TOOLS.find(({ prefix }) => type.startsWith(prefix))?.definition;
}

const text = (description: string): JsonObject => ({ type: 'string', description });
const lines = (description: string): JsonObject => ({ type: 'array', items: { type: 'integer' }, description });

const EDITOR_PARAMETERS: JsonObject = {
  type: 'object',
  properties: {
    command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert'], description: 'What to do' },
    path: text('The path of the file or directory'),
    view_range: lines('For view: the first and the last line; -1 as the last line is the end of the file'),
    file_text: text('For create: the content of the file'),
    old_str: text('For str_replace: the text to replace, which must occur exactly once'),
    new_str: text('For str_replace: the text in its place'),
    insert_line: {
      type: 'integer',
      description: 'For insert: the line after which the text is inserted; 0 is the start',
    },
    insert_text: text('For insert: the text'),
  },
  required: ['command', 'path'],
};

const MEMORY_PARAMETERS: JsonObject = {
  type: 'object',
  properties: {
    command: {
      type: 'string',
      enum: ['view', 'create', 'str_replace', 'insert', 'delete', 'rename'],
      description: 'What to do',
    },
    path: text('The path below /memories'),
    view_range: lines('For view: the first and the last line'),
    file_text: text('For create: the content of the file'),
    old_str: text('For str_replace: the text to replace'),
    new_str: text('For str_replace: the text in its place'),
    insert_line: { type: 'integer', description: 'For insert: the line after which the text is inserted' },
    insert_text: text('For insert: the text'),
    old_path: text('For rename: the present path'),
    new_path: text('For rename: the new path'),
  },
  required: ['command'],
};

const CLIENT_TOOLS: readonly { readonly prefix: string; readonly definition: ToolDefinition }[] = [
  {
    prefix: 'bash_',
    definition: {
      name: 'bash',
      description: 'Runs a command in a bash session that stays open between calls.',
      parameters: {
        type: 'object',
        properties: {
          command: text('The command to run'),
          restart: { type: 'boolean', description: 'Restarts the session instead' },
        },
      },
    },
  },
  {
    prefix: 'text_editor_',
    definition: {
      name: 'str_replace_based_edit_tool',
      description: 'Views, creates and edits text files.',
      parameters: EDITOR_PARAMETERS,
    },
  },
  {
    prefix: 'memory_',
    definition: {
      name: 'memory',
      description: 'Reads and writes files below /memories, which are kept between conversations.',
      parameters: MEMORY_PARAMETERS,
    },
  },
];
