# The machine's disks, as the kernel shows them. $sys: where sysfs is. (Default: /sys.)

# Names of the disks, one a line: block devices of real hardware, with a size, that are no optical or floppy drive.
# An NVMe drive with two ports is there once more for each of its paths, hidden: nothing can be opened by those names.
disk_names() {
  local path name
  for path in "${sys:-/sys}"/block/*; do
    name=${path##*/}
    case "$name" in
      sr* | fd* | loop* | ram* | zram* | dm-* | md*) continue ;;
    esac
    [ "$(cat "$path/hidden" 2>/dev/null)" = 1 ] && continue
    matches "$name" '[a-z0-9]{1,32}' && [ -e "$path/device" ] && [ "$(disk_bytes "$name")" -gt 0 ] && echo "$name"
  done
}

# The kernel counts in units of 512 bytes, whatever the sectors of the disk are.
disk_bytes() {
  echo $(($(cat "${sys:-/sys}/block/$1/size" 2>/dev/null || echo 0) * 512))
}

# virtio and NVMe say it in text. SCSI and SATA: vital product data page 0x80 (SPC-5 s. 7.7.17), behind 4 bytes.
disk_serial() {
  local path="${sys:-/sys}/block/$1" file
  for file in "$path/serial" "$path/device/serial"; do
    [ -r "$file" ] && {
      clean_file "$file"
      return
    }
  done
  tail -c +5 "$path/device/vpd_pg80" 2>/dev/null | clean
}

disk_model() {
  clean_file "${sys:-/sys}/block/$1/device/model"
}

disk_is_rotational() {
  [ "$(cat "${sys:-/sys}/block/$1/queue/rotational" 2>/dev/null)" = 1 ]
}

# Prints the names of the disks that are the one asked for: find_disk NAME SERIAL BYTES. The serial number picks the
# disk; the kernel's name does when there is none, and then among disks without one only, because names change between
# boots. The size must be right either way.
find_disk() {
  local name
  for name in $(disk_names); do
    [ "$(disk_bytes "$name")" = "$3" ] && [ "$(disk_serial "$name")" = "$2" ] || continue
    [ -n "$2" ] || [ "$name" = "$1" ] || continue
    echo "$name"
  done
}
