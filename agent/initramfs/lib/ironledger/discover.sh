# Discovery: reports what is in the machine, then waits until the service has something else for it to do.

discover() {
  local url="$server/agent/v1/discoveries/$machine"
  wait_for 10 has_disk || say "the machine has no disk"
  boot_id=$(cat /proc/sys/kernel/random/boot_id)
  printf '{"bootId":"%s","inventory":%s}' "$boot_id" "$(inventory)" |
    post_json "$token" "$work/recorded.json" "$url/inventory" || return 1
  say "inventory reported"
  while :; do
    reach "$token" "$work/task.json" "$url/task" || return 1
    case "$(json_field "$work/task.json" action)" in
      reboot)
        say "told to reboot"
        return 0
        ;;
      wait) sleep "$(wait_seconds)" ;;
      *)
        say "the service named a task that this agent does not know"
        return 1
        ;;
    esac
  done
}

has_disk() {
  [ -n "$(disk_names)" ]
}

# From 1 to 60, whatever the service says; 5 when it says nothing.
wait_seconds() {
  local seconds
  seconds=$(json_field "$work/task.json" seconds) && matches "$seconds" '[0-9]{1,4}' || seconds=5
  [ "$seconds" -ge 1 ] || seconds=1
  [ "$seconds" -le 60 ] || seconds=60
  echo "$seconds"
}
