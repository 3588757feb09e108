# Text from firmware, devices and the service, made safe. Nothing that comes from outside is ever evaluated.

# Standard input as one line of printable ASCII, trimmed, at most 255 characters: control characters become
# spaces, everything else that ASCII lacks becomes `?`.
clean() {
  head -c 1024 | tr '\000-\037\177' ' ' | tr -c '\040-\176' '?' | sed 's/^ *//; s/ *$//' | head -c 255
}

# The cleaned first 1024 bytes of a file; empty when it cannot be read.
clean_file() {
  cat "$1" 2>/dev/null | clean
}

# A cleaned text as a JSON string.
json_string() {
  printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

# The same, but `null` for an empty text.
json_text() {
  if [ -n "$1" ]; then json_string "$1"; else printf null; fi
}

# The decoded value of field $2 in the flat JSON object in file $1. Fails when there is none, and when the object is
# longer than any answer of the service: reading it would take minutes, or for ever.
json_field() {
  head -c 16384 "$1" | awk -v wanted="$2" -f "$here/json-field.awk"
}

line_break='
'

# True when all of $1, which must be one line, matches the extended regular expression $2.
matches() {
  case "$1" in *"$line_break"*) return 1 ;; esac
  printf '%s\n' "$1" | grep -Eqx -e "$2"
}
