/** Go's message for the first fault in a text that is not valid JSON. */
export function goJsonProblem(text: string): string {
  const scan = { text, position: 0 };
  try {
    skipBlanks(scan);
    scanValue(scan);
    skipBlanks(scan);
    return problemAt(scan, 'after top-level value').message;
  } catch (problem) {
    if (problem instanceof GoJsonProblem) return problem.message;
    throw problem;
  }
}

interface Scan {
  readonly text: string;
  position: number;
}

class GoJsonProblem extends Error {}

function problemAt({ text, position }: Scan, place: string): GoJsonProblem {
  const character = text[position];
  if (character === undefined) return new GoJsonProblem('unexpected EOF');
  const shown = character === "'" ? "\\'" : character === '"' ? '"' : JSON.stringify(character).slice(1, -1);
  return new GoJsonProblem(`invalid character '${shown}' ${place}`);
}

function skipBlanks(scan: Scan): void {
  while (/[ \t\r\n]/.test(scan.text[scan.position] ?? '')) scan.position += 1;
}

function scanValue(scan: Scan): void {
  const character = scan.text[scan.position] ?? '';
  if (character === '{') return scanObject(scan);
  if (character === '[') return scanArray(scan);
  if (character === '"') return scanString(scan);
  if (/[-\d]/.test(character)) return scanNumber(scan);
  const literal = LITERALS[character];
  if (literal === undefined) throw problemAt(scan, 'looking for beginning of value');
  scanLiteral(scan, literal);
}

const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

function scanLiteral(scan: Scan, literal: string): void {
  for (const expected of literal) {
    if (scan.text[scan.position] !== expected) {
      throw problemAt(scan, `in literal ${literal} (expecting '${expected}')`);
    }
    scan.position += 1;
  }
}

function scanObject(scan: Scan): void {
  for (let first = true; ; first = false) {
    scan.position += 1;
    skipBlanks(scan);
    if (first && scan.text[scan.position] === '}') break;
    if (scan.text[scan.position] !== '"') throw problemAt(scan, 'looking for beginning of object key string');
    scanString(scan);
    skipBlanks(scan);
    if (scan.text[scan.position] !== ':') throw problemAt(scan, 'after object key');
    scan.position += 1;
    skipBlanks(scan);
    scanValue(scan);
    skipBlanks(scan);
    if (scan.text[scan.position] === '}') break;
    if (scan.text[scan.position] !== ',') throw problemAt(scan, 'after object key:value pair');
  }
  scan.position += 1;
}

function scanArray(scan: Scan): void {
  for (let first = true; ; first = false) {
    scan.position += 1;
    skipBlanks(scan);
    if (first && scan.text[scan.position] === ']') break;
    scanValue(scan);
    skipBlanks(scan);
    if (scan.text[scan.position] === ']') break;
    if (scan.text[scan.position] !== ',') throw problemAt(scan, 'after array element');
  }
  scan.position += 1;
}

function scanString(scan: Scan): void {
  for (scan.position += 1; scan.text[scan.position] !== '"'; scan.position += 1) {
    if ((scan.text[scan.position] ?? '') < ' ') throw problemAt(scan, 'in string literal');
    if (scan.text[scan.position] === '\\') scanEscape(scan);
  }
  scan.position += 1;
}

function scanEscape(scan: Scan): void {
  scan.position += 1;
  if (!/["\\/bfnrtu]/.test(scan.text[scan.position] ?? '')) throw problemAt(scan, 'in string escape code');
  if (scan.text[scan.position] !== 'u') return;
  for (let digit = 0; digit < 4; digit += 1) {
    scan.position += 1;
    if (!/[\da-fA-F]/.test(scan.text[scan.position] ?? '')) {
      throw problemAt(scan, String.raw`in \u hexadecimal character escape`);
    }
  }
}

function scanNumber(scan: Scan): void {
  if (scan.text[scan.position] === '-') scan.position += 1;
  if (scan.text[scan.position] === '0') scan.position += 1;
  else scanDigits(scan, 'in numeric literal');
  if (scan.text[scan.position] === '.') {
    scan.position += 1;
    scanDigits(scan, 'after decimal point in numeric literal');
  }
  if (!/[eE]/.test(scan.text[scan.position] ?? '')) return;
  scan.position += 1;
  if (/[-+]/.test(scan.text[scan.position] ?? '')) scan.position += 1;
  scanDigits(scan, 'in exponent of numeric literal');
}

function scanDigits(scan: Scan, place: string): void {
  const start = scan.position;
  while (/\d/.test(scan.text[scan.position] ?? '')) scan.position += 1;
  if (scan.position === start) throw problemAt(scan, place);
}
