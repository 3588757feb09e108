# Deployment: writes one image to one disk. Nothing is written before the service answered the hello, nor to a disk
# that is not exactly the one of the answer.

transfers_max=3

deploy() {
  local boot_id
  boot_id=$(cat /proc/sys/kernel/random/boot_id)
  printf '{"agentBootId":"%s"}' "$boot_id" |
    post_json "$token" "$work/hello.json" "$server/agent/v1/runs/$run/hello" || return 1
  read_order || return 1
  say "run $run: $format image to disk $disk_name${disk_serial:+, serial $disk_serial}"

  wait_for 10 found_disk
  found_disk || {
    fail DISK_NOT_FOUND "wanted $disk_name ($disk_serial, $disk_bytes bytes), found: $(describe_disks)"
    return
  }
  stage writing null || return 1
  transfer_image || {
    fail "$write_code" "$write_message"
    return
  }
  bytes=$(cat "$work/written")
  stage written "$bytes" || return 1
  verify
}

# Sets the variables of the order from the answer to the hello, each checked for its form. An order that cannot be
# understood is reported as a failure where the answer says how.
read_order() {
  local action
  report_url=$(order reportUrl "$url_form") && report_token=$(order reportToken "$token_form") || {
    say "the answer to the hello cannot be understood"
    return 1
  }
  action=$(order action deploy-image) &&
    image_url=$(order imageUrl "$url_form") && image_token=$(order imageToken "$token_form") &&
    format=$(order format 'raw|gzip|zstd') && sha256=$(order sha256 '[0-9a-f]{64}') &&
    disk_name=$(order diskName '[a-z0-9]{1,32}') && disk_serial=$(order diskSerial '.{0,255}') &&
    disk_bytes=$(order diskBytes '[1-9][0-9]{0,18}') && return 0
  fail AGENT_FAILED "the answer to the hello cannot be understood"
  return 1
}

# One field of the order; fails when it is missing or does not match.
order() {
  local value
  value=$(json_field "$work/hello.json" "$1") && matches "$value" "$2" && printf '%s' "$value"
}

# Sets disk when exactly one disk is the one of the order.
found_disk() {
  disk=$(find_disk "$disk_name" "$disk_serial" "$disk_bytes")
  matches "$disk" '[a-z0-9]+' && [ -b "/dev/$disk" ]
}

describe_disks() {
  local name
  for name in $(disk_names); do printf '%s (%s, %s bytes) ' "$name" "$(disk_serial "$name")" "$(disk_bytes "$name")"; done
}

# A transfer that breaks off is begun anew: the image is written over what is there.
transfer_image() {
  local transfer=1
  while :; do
    say "writing to /dev/$disk"
    write_image "$disk" && return 0
    say "$write_code: $write_message"
    "$write_again" && [ "$transfer" -lt "$transfers_max" ] || return 1
    transfer=$((transfer + 1))
    sleep 5
  done
}

verify() {
  local digest
  stage verifying null || return 1
  digest=$(read_back_digest "$disk" "$bytes")
  succeeded read || {
    fail IMAGE_DIGEST_MISMATCH "the disk cannot be read back: $(clean_file "$work/dd.log")"
    return
  }
  [ "$digest" = "$sha256" ] || {
    fail IMAGE_DIGEST_MISMATCH "wanted sha256 $sha256, the disk's first $bytes bytes have $digest"
    return
  }
  stage verified "$bytes" || return 1
  say "verified $bytes bytes, sha256 $digest"
  printf '{"outcome":"completed","bytes":%s,"sha256":"%s"}' "$bytes" "$digest" | report result || return 1
  say "completed"
}

# Tells the service which stage is reached: stage NAME BYTES, where BYTES may be `null`.
stage() {
  say "$1"
  printf '{"stage":"%s","bytes":%s}' "$1" "$2" | report stages
}

# Ends the run with a failure: fail CODE MESSAGE.
fail() {
  say "failed: $1: $2"
  printf '{"outcome":"failed","code":"%s","message":%s}' "$1" "$(json_string "$(printf '%s' "$2" | clean)")" |
    report result
}

report() {
  post_json "$report_token" "$work/reported.json" "$report_url/$1"
}
