# Getting on the network through the interface that the machine booted from.

# Sets interface and gives it an address. Fails when there is no such interface, link or lease.
start_network() {
  wait_for 30 find_interface || {
    say "no network interface has the address $mac"
    return 1
  }
  ip link set lo up
  ip link set "$interface" up
  wait_for 30 has_carrier || {
    say "$interface has no link"
    return 1
  }
  lease_address
}

# Calls the function every half second until it succeeds, for at most so many seconds.
wait_for() {
  local tries=$(($1 * 2))
  while [ "$tries" -gt 0 ]; do
    "$2" && return 0
    sleep 0.5
    tries=$((tries - 1))
  done
  return 1
}

find_interface() {
  local path
  for path in /sys/class/net/*; do
    [ -e "$path/device" ] && [ "$(cat "$path/address")" = "$mac" ] && {
      interface=${path##*/}
      return 0
    }
  done
  return 1
}

has_carrier() {
  [ "$(cat "/sys/class/net/$interface/carrier" 2>/dev/null)" = 1 ]
}

# Stays in the background afterwards and renews the lease: an approval may be long in coming.
lease_address() {
  local attempt
  for attempt in 1 2 3 4 5; do
    if udhcpc -i "$interface" -V ironledger-agent -s "$here/udhcpc-event" -n -t 5 -T 2 >"$work/udhcpc.log" 2>&1; then
      say "$interface $mac has the address $(address_of "$interface")"
      return 0
    fi
    say "no DHCP lease, attempt $attempt of 5"
  done
  return 1
}

address_of() {
  ip -4 -o addr show dev "$1" | sed -n 's/.* inet \([0-9.]*\).*/\1/p' | head -n 1
}
