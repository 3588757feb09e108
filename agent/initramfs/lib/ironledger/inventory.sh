# The inventory report. $sys and $proc: where sysfs and procfs are. (Default: /sys and /proc.) $agent_manifest: the list
# of packages that the agent is made of.

inventory() {
  printf '{"firmware":"%s","secureBoot":%s' "$(firmware_kind)" "$(secure_boot)"
  printf ',"smbios":{"uuid":%s,"manufacturer":%s,"product":%s,"serial":%s}' \
    "$(smbios_uuid)" "$(smbios sys_vendor)" "$(smbios product_name)" "$(smbios product_serial)"
  printf ',"cpu":{"model":%s,"count":%s}' "$(cpu_model)" "$(grep -c '^processor' "${proc:-/proc}/cpuinfo")"
  printf ',"memoryBytes":%s' "$(memory_bytes)"
  printf ',"interfaces":[%s]' "$(interface_list)"
  printf ',"disks":[%s]' "$(disk_list)"
  printf ',"agent":%s}' "$(cat "${agent_manifest:-$here/agent.json}")"
}

firmware_kind() {
  if [ -d "${sys:-/sys}/firmware/efi" ]; then printf uefi; else printf bios; fi
}

# The variable is 4 bytes of attributes and then one byte, 1 for on (UEFI 2.10 s. 3.3). Absent: there is no such thing.
secure_boot() {
  local file="${sys:-/sys}/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
  [ -r "$file" ] || {
    printf null
    return
  }
  case "$(tail -c 1 "$file" | od -An -tu1 | tr -d ' ')" in
    1) printf true ;;
    *) printf false ;;
  esac
}

smbios() {
  json_text "$(clean_file "${sys:-/sys}/class/dmi/id/$1")"
}

# All zeros and all ones mean that the firmware has none (SMBIOS 3.7 s. 7.2.1).
smbios_uuid() {
  local value
  value=$(clean_file "${sys:-/sys}/class/dmi/id/product_uuid" | tr 'A-F' 'a-f')
  if matches "$value" "$uuid" && ! matches "$value" '[0-]*|[f-]*'; then json_string "$value"; else printf null; fi
}

cpu_model() {
  json_text "$(sed -n 's/^model name[[:space:]]*: //p' "${proc:-/proc}/cpuinfo" | head -n 1 | clean)"
}

memory_bytes() {
  echo $(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' "${proc:-/proc}/meminfo") * 1024))
}

# Ethernet interfaces of real hardware (ARPHRD_ETHER is 1), commas between them.
interface_list() {
  local path address comma=''
  for path in "${sys:-/sys}"/class/net/*; do
    [ -e "$path/device" ] && [ "$(cat "$path/type")" = 1 ] || continue
    address=$(cat "$path/address")
    printf '%s{"name":%s,"mac":"%s","driver":%s}' "$comma" "$(json_string "$(printf '%s' "${path##*/}" | clean)")" \
      "$address" "$(json_text "$(driver_of "$path")")"
    comma=,
  done
}

driver_of() {
  local target
  target=$(readlink "$1/device/driver") && printf '%s' "${target##*/}" | clean
}

disk_list() {
  local name rotational comma=''
  for name in $(disk_names); do
    if disk_is_rotational "$name"; then rotational=true; else rotational=false; fi
    printf '%s{"name":"%s","serial":%s,"model":%s,"bytes":%s,"rotational":%s}' "$comma" "$name" \
      "$(json_text "$(disk_serial "$name")")" "$(json_text "$(disk_model "$name")")" \
      "$(disk_bytes "$name")" "$rotational"
    comma=,
  done
}
