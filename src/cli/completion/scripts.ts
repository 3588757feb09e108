/** What a shell reads to complete words. All of them ask `ironledger completion words`, which says nothing on failure. */
export const completionScripts = {
  bash: `# ironledger completion for bash. To use it: source <(ironledger completion bash)
_ironledger() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    if [[ $word == :files ]]; then compopt -o default; continue; fi
    [[ $word == *[=:,] ]] && compopt -o nospace
    COMPREPLY+=("$word")
  done < <(ironledger completion words --line "\${COMP_LINE:0:COMP_POINT}" --breaks "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -F _ironledger ironledger
`,
  zsh: `#compdef ironledger
# ironledger completion for zsh. To use it: source <(ironledger completion zsh)
_ironledger() {
  local -a found
  found=("\${(@f)$(ironledger completion words -- "\${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  if [[ \${found[1]} == :files ]]; then _files; return; fi
  compadd -- \${found:#}
}
if [[ \${funcstack[1]} == _ironledger ]]; then _ironledger "$@"; else compdef _ironledger ironledger; fi
`,
  fish: `# ironledger completion for fish. To use it: ironledger completion fish | source
function __ironledger_words
    set -l found (ironledger completion words --describe -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
    if test "$found[1]" = ":files"
        __fish_complete_path (commandline -ct)
        return
    end
    printf '%s\\n' $found
end
complete -c ironledger -f -a '(__ironledger_words)'
`,
} as const;
export type Shell = keyof typeof completionScripts;
