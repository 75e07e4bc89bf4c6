import { defineCommand } from '../define-command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Prints the script that lets a shell call `openclaw __complete`. */
export const completion = defineCommand({
  arguments: [{ name: 'shell', choices: SHELLS }],
  options: {},
  formats: [],
  examples: [
    { line: 'source <(openclaw completion bash)', does: 'Complete commands, options and model names in this bash.' },
    {
      line: 'openclaw completion fish > ~/.config/fish/completions/openclaw.fish',
      does: 'Complete in every fish from now on.',
    },
  ],
  docs: 'docs/cli.md#openclaw-completion',
  async run({ positionals: [wanted], host }) {
    const shell = SHELLS.find((known) => known === wanted) ?? 'bash';
    host.output.write(SCRIPTS[shell]);
  },
});

/**
 * Bash passes the line as typed, so this script removes the quotes. Bash ends a word at an open quote, ":" and "=",
 * which model names and options contain, so the script removes the part before that from each candidate.
 */
const BASH = `# openclaw completion for bash: source <(openclaw completion bash)
_openclaw() {
  local line="\${COMP_LINE:0:COMP_POINT}" word="" started="" quote="" before="" character candidate
  local -a words=()
  local -i i
  for ((i = 0; i < \${#line}; i++)); do
    character="\${line:i:1}"
    if [[ -n "$quote" && "$character" == "$quote" ]]; then
      quote=""
    elif [[ "$character" == \\\\ && "$quote" != "'" ]]; then
      i+=1
      word+="\${line:i:1}" started=1
    elif [[ -z "$quote" && "$character" == [\\"\\'] ]]; then
      quote="$character" before="$word" started=1
    elif [[ -z "$quote" && "$character" == [[:space:]] ]]; then
      [[ -n "$started" ]] && words+=("$word")
      word="" started="" before=""
    else
      word+="$character" started=1
      [[ -z "$quote" && "$COMP_WORDBREAKS" == *"$character"* ]] && before="$word"
    fi
  done
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate _; do
    candidate="\${candidate#"$before"}"
    case "$quote" in
      "") [[ -n "$candidate" ]] && printf -v candidate %q "$candidate" ;;
      \\") candidate="$(sed -e 's/["\\\\$\`]/\\\\&/g' -e "s/!/\\"'!'\\"/g" <<< "$candidate")" ;;
      "'") candidate="$(sed "s/'/'\\\\\\\\''/g" <<< "$candidate")" ;;
    esac
    COMPREPLY+=("$candidate")
  done < <(openclaw __complete -- "\${words[@]:1}" "$word" 2>/dev/null)
}
complete -o bashdefault -o default -F _openclaw openclaw
`;

const ZSH = `#compdef openclaw
# openclaw completion for zsh: source <(openclaw completion zsh), or this as _openclaw in a directory of $fpath
_openclaw() {
  local -a lines candidates descriptions
  local line word="$PREFIX"
  local -i width=0
  [[ "\${compstate[quote]}" == "'" ]] || word="\${(Q)PREFIX}"
  lines=("\${(@f)$(openclaw __complete -- "\${(@Q)words[2,CURRENT-1]}" "$word" 2>/dev/null)}")
  candidates=("\${(@)\${(@)lines:#}%%$'\\t'*}")
  for line in $candidates; do
    (( \${#line} > width )) && width=\${#line}
  done
  for line in $lines; do
    descriptions+=("\${(r:width:)line%%$'\\t'*}  \${line#*$'\\t'}")
  done
  if (( \${#candidates} )); then
    compadd -l -d descriptions -a candidates
  else
    compset -P '--*='
    _files
  fi
}
if [[ "\${funcstack[1]}" == "_openclaw" ]]; then
  _openclaw "$@"
else
  (( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
  compdef _openclaw openclaw
fi
`;

const FISH = `# openclaw completion for fish: openclaw completion fish | source
function __openclaw_complete
  set -l words (commandline -opc)
  set -l token (commandline -ct)
  # Quotes can be taken away when they are closed.
  for closed in "$token" "$token\\"" "$token'"
    if set -l plain (string unescape -- $closed)
      set token $plain
      break
    end
  end
  set -l candidates (openclaw __complete -- $words[2..] "$token" 2>/dev/null)
  if test (count $candidates) -gt 0
    printf '%s\\n' $candidates
  else
    set -l option (string match -r -- '^--[^=]+=' "$token")
    for file in (__fish_complete_path (string replace -- "$option" '' "$token"))
      printf '%s\\n' "$option$file"
    end
  end
end
complete -c openclaw -f -a '(__openclaw_complete)'
`;

const SCRIPTS: Record<(typeof SHELLS)[number], string> = { bash: BASH, zsh: ZSH, fish: FISH };
