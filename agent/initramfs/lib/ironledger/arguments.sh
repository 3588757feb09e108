# What the boot script said on the kernel's command line.

uuid='[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
token_form='[A-Za-z0-9._~-]{16,512}'
url_form='http://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~/-]*)?'

# Sets server, mode, machine, run, token and mac. Fails when one that the mode needs is missing or malformed.
read_arguments() {
  server=$(argument server) mode=$(argument mode) machine=$(argument machine)
  run=$(argument run) token=$(argument token)
  mac=$(argument mac | tr 'A-F-' 'a-f:')
  require server "$server" "$url_form" &&
    require mode "$mode" 'discover|deploy' &&
    require mac "$mac" '[0-9a-f]{2}(:[0-9a-f]{2}){5}' &&
    require token "$token" "$token_form" || return 1
  case "$mode" in
    discover) require machine "$machine" "$uuid" ;;
    deploy) require run "$run" "$uuid" ;;
  esac
}

# The value of `ironledger.<name>`; empty when there is none.
argument() {
  tr ' ' '\n' <"${proc:-/proc}/cmdline" | sed -n "s/^ironledger\.$1=//p" | tail -n 1
}

# The value is not repeated in the complaint: one of them is a token.
require() {
  matches "$2" "$3" && return 0
  say "the kernel argument ironledger.$1 is missing or malformed"
  return 1
}
