# Talking to the service over HTTP.

attempts_max=40 # with the pauses below about nine minutes: a service that restarts is not a reason to give up
answer_seconds=30

# Sends a request until it is answered: reach TOKEN ANSWER_FILE URL [wget options].
# 0: answered. 2: refused, which no repetition changes. 1: no answer after all attempts.
reach() {
  local attempt=1 pause=1
  while :; do
    request "$@" && return 0
    is_refusal "$work/wget.log" && {
      say "the service refused: $(complaint)"
      return 2
    }
    [ "$attempt" -ge "$attempts_max" ] && break
    say "no answer, attempt $attempt of $attempts_max: $(complaint)"
    sleep "$pause"
    attempt=$((attempt + 1))
    pause=$((pause < 8 ? pause * 2 : 15))
  done
  say "giving up: the service did not answer"
  return 1
}

# busybox wget has no time limit of its own in Debian's build.
request() {
  local token=$1 answer=$2 url=$3
  shift 3
  timeout "$answer_seconds" wget -q -O "$answer" --header "Authorization: Bearer $token" "$@" "$url" \
    </dev/null 2>"$work/wget.log"
}

# A status from 400 to 499, but not the two that ask to come back later (RFC 9110 s. 15.5.9, RFC 6585 s. 4).
is_refusal() {
  grep -Eq 'server returned error: HTTP/1\.[01] 4[0-9][0-9]' "$1" && ! grep -Eq 'HTTP/1\.[01] (408|429)' "$1"
}

complaint() {
  local text
  text=$(tail -n 1 "$work/wget.log" | clean)
  printf '%s' "${text:-no answer within $answer_seconds seconds}"
}

# Posts the JSON in standard input: post_json TOKEN ANSWER_FILE URL. Codes as of `reach`.
post_json() {
  cat >"$work/body.json"
  reach "$@" --header "Content-Type: application/json" --post-file "$work/body.json"
}
