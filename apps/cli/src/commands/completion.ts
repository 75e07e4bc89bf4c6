import { defineCommand } from '../define-command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Prints the script that makes a shell ask `openclaw __complete`. */
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

/** Bash ends a word at ":" and "=", which model names and options contain, so what stands before them is taken off again. */
const BASH = `# openclaw completion for bash: source <(openclaw completion bash)
_openclaw() {
  local line="\${COMP_LINE:0:COMP_POINT}" word current whole=""
  local -a words
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="\${words[\${#words[@]}-1]}"
  [[ "$COMP_WORDBREAKS" == *:* ]] && whole="\${current%"\${current##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    COMPREPLY+=("\${word#"$whole"}")
  done < <(openclaw __complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o bashdefault -o default -F _openclaw openclaw
`;

const ZSH = `#compdef openclaw
# openclaw completion for zsh: source <(openclaw completion zsh)
_openclaw() {
  local -a lines candidates descriptions
  local line
  lines=("\${(@f)$(openclaw __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    candidates+=("\${line%%$'\\t'*}")
    descriptions+=("\${line/$'\\t'/  }")
  done
  if (( \${#candidates} )); then
    compadd -l -d descriptions -a candidates
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == "_openclaw" ]]; then
  _openclaw "$@"
else
  compdef _openclaw openclaw
fi
`;

const FISH = `# openclaw completion for fish: openclaw completion fish | source
function __openclaw_complete
  set -l words (commandline -opc)
  set -l token (commandline -ct)
  set -l candidates (openclaw __complete -- $words[2..] "$token" 2>/dev/null)
  if test (count $candidates) -gt 0
    printf '%s\\n' $candidates
  else
    __fish_complete_path "$token"
  end
end
complete -c openclaw -f -a '(__openclaw_complete)'
`;

const SCRIPTS: Record<(typeof SHELLS)[number], string> = { bash: BASH, zsh: ZSH, fish: FISH };
