# Prints the value of the field `wanted` of one flat JSON object (RFC 8259): strings decoded, numbers and words as
# they stand. Exits with 1 when the object has no such field, or is no flat object.

{ text = text $0 "\n" }

END {
  at = 1
  escapes["\""] = "\""; escapes["\\"] = "\\"; escapes["/"] = "/"
  escapes["b"] = "\b"; escapes["f"] = "\f"; escapes["n"] = "\n"; escapes["r"] = "\r"; escapes["t"] = "\t"

  take("{")
  if (peek() == "}") exit 1
  while (1) {
    name = string()
    take(":")
    value = peek() == "\"" ? string() : word()
    if (name == wanted) { found = 1; result = value }
    if (peek() != ",") break
    take(",")
  }
  take("}")
  if (peek() != "" || !found) exit 1
  print result
}

# The next character that is no white space, left where it is.
function peek() {
  while (substr(text, at, 1) ~ /^[ \t\r\n]$/) at++
  return substr(text, at, 1)
}

function take(character) {
  if (peek() != character) exit 1
  at++
}

function string(    result, character) {
  take("\"")
  result = ""
  while (1) {
    character = substr(text, at++, 1)
    if (character == "" || character == "\n") exit 1
    if (character == "\"") return result
    if (character == "\\") character = escaped()
    result = result character
  }
}

# What a backslash stands for. Code points beyond ASCII become `?`, as `clean` makes them.
function escaped(    character, code, digit, index_) {
  character = substr(text, at++, 1)
  if (character in escapes) return escapes[character]
  if (character != "u") exit 1
  code = 0
  for (index_ = 0; index_ < 4; index_++) {
    digit = index("0123456789abcdef", tolower(substr(text, at++, 1))) - 1
    if (digit < 0) exit 1
    code = code * 16 + digit
  }
  return code > 0 && code < 128 ? sprintf("%c", code) : "?"
}

function word(    start) {
  peek()
  start = at
  while (substr(text, at, 1) ~ /^[-+.0-9A-Za-z]$/) at++
  if (at == start) exit 1
  return substr(text, start, at - start)
}
