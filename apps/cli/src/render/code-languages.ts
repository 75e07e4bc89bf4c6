/** What tells the parts of a program apart, as far as colours need it. */
export interface CodeLanguage {
  /** What starts a comment that ends with the line. */
  readonly lineComments: readonly string[];
  /** Comments and strings that may span lines: start and end. */
  readonly blockComments: readonly (readonly [string, string])[];
  readonly blockStrings: readonly (readonly [string, string])[];
  /** Quotes of strings within a line. */
  readonly quotes: string;
  readonly keywords: ReadonlySet<string>;
  /** Whether keywords are written in any case. */
  readonly ignoresCase?: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const C_COMMENTS = { lineComments: ['//'], blockComments: [['/*', '*/']] } as const;

const JAVASCRIPT: CodeLanguage = {
  ...C_COMMENTS,
  blockStrings: [['`', '`']],
  quotes: `"'`,
  keywords: words(
    'abstract any as async await boolean break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let namespace never new null number of private protected public readonly return satisfies static string super switch this throw true try type typeof undefined unknown var void while yield',
  ),
};

const PYTHON: CodeLanguage = {
  lineComments: ['#'],
  blockComments: [],
  blockStrings: [
    ['"""', '"""'],
    ["'''", "'''"],
  ],
  quotes: `"'`,
  keywords: words(
    'and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield',
  ),
};

const SHELL: CodeLanguage = {
  lineComments: ['#'],
  blockComments: [],
  blockStrings: [],
  quotes: `"'`,
  keywords: words('case do done elif else esac exit export fi for function if in local return set then until while'),
};

const C_FAMILY: CodeLanguage = {
  ...C_COMMENTS,
  blockStrings: [],
  quotes: `"'`,
  keywords: words(
    'abstract auto bool boolean break case catch char class const continue default delete do double else enum extends extern false final finally float for goto if implements import include inline int interface long namespace new null nullptr operator override package private protected public return short signed sizeof static string struct super switch template this throw throws true try typedef typename union unsigned using var virtual void volatile while',
  ),
};

const GO: CodeLanguage = {
  ...C_COMMENTS,
  blockStrings: [['`', '`']],
  quotes: `"'`,
  keywords: words(
    'any bool break byte case chan const continue default defer else error fallthrough false float64 for func go goto if import int int64 interface iota map nil package range return rune select string struct switch true type var',
  ),
};

const RUST: CodeLanguage = {
  ...C_COMMENTS,
  blockStrings: [],
  // An apostrophe also starts a lifetime.
  quotes: '"',
  keywords: words(
    'as async await bool break char const continue crate dyn else enum extern f64 false fn for i32 i64 if impl in let loop match mod move mut pub ref return self Self static str String struct super trait true type u8 u32 u64 unsafe use usize where while',
  ),
};

const SQL: CodeLanguage = {
  lineComments: ['--'],
  blockComments: [['/*', '*/']],
  blockStrings: [],
  quotes: `'`,
  ignoresCase: true,
  keywords: words(
    'add alter and as asc begin between by case commit create default delete desc distinct drop else end exists foreign from full group having in index inner insert into is join key left like limit not null offset on or order outer primary references returning right rollback select set table then union unique update values view when where with',
  ),
};

const DATA: CodeLanguage = {
  ...C_COMMENTS,
  blockStrings: [],
  quotes: `"'`,
  keywords: words('false null true'),
};

const SETTINGS: CodeLanguage = { ...DATA, lineComments: ['#'], blockComments: [] };

const BY_NAME: Readonly<Record<string, CodeLanguage>> = {
  ...named(JAVASCRIPT, 'javascript js jsx mjs cjs typescript ts tsx'),
  ...named(PYTHON, 'python py python3'),
  ...named(SHELL, 'bash sh shell zsh console'),
  ...named(C_FAMILY, 'c cpp c++ cc h hpp java cs csharp c# kotlin kt swift php'),
  ...named(GO, 'go golang'),
  ...named(RUST, 'rust rs'),
  ...named(SQL, 'sql postgresql postgres sqlite mysql'),
  ...named(DATA, 'json json5 jsonc'),
  ...named(SETTINGS, 'yaml yml toml ini'),
};

/** The language of a fence; `undefined` for an unknown one. */
export function findCodeLanguage(label: string): CodeLanguage | undefined {
  const name = label.toLowerCase();
  return Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
}

function named(language: CodeLanguage, names: string): Record<string, CodeLanguage> {
  return Object.fromEntries(names.split(' ').map((name) => [name, language]));
}
