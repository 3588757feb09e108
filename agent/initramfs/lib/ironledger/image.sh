# Writing an image to a disk and reading it back.

stall_check_seconds=5
stalled_after_seconds=120

# Streams the image of $image_url to the disk of that name: write_image DISK. Every part of the pipe leaves its exit
# code in a file, because the shell keeps the last one only. Returns 0 when all of them did their work; else
# `write_code` says what failed, IMAGE_TRANSFER_FAILED or IMAGE_WRITE_FAILED, `write_message` why, and `write_again`
# (true or false) whether another attempt may end better. $dev: where devices are. (Default: /dev.)
write_image() {
  rm -f "$work"/*.status
  watch_for_stall "$1" >/dev/null 2>&1 &
  local watchdog=$!
  receive_image | unpack_image | store_image "${dev:-/dev}/$1"
  kill "$watchdog" 2>/dev/null
  explain_write
}

# The last part of the pipe is asked first: when one fails, those before it fail too, for want of a reader.
explain_write() {
  write_again=false
  if ! succeeded write; then
    write_code=IMAGE_WRITE_FAILED write_message=$(clean_file "$work/dd.log")
  elif succeeded transfer && succeeded unpack; then
    return 0
  elif succeeded transfer || lost_its_reader transfer; then
    write_code=IMAGE_TRANSFER_FAILED write_message="the image is no valid $format: $(clean_file "$work/unpack.log")"
  else
    write_code=IMAGE_TRANSFER_FAILED write_message=$(clean_file "$work/image.log")
    write_message=${write_message:-the transfer stood still}
    is_refusal "$work/image.log" || write_again=true
  fi
  return 1
}

# wget runs as a job so that the watchdog knows its process.
receive_image() {
  wget -q -O - --header "Authorization: Bearer $image_token" "$image_url" 2>"$work/image.log" &
  echo $! >"$work/wget.pid"
  wait $!
  echo $? >"$work/transfer.status"
}

unpack_image() {
  case "$format" in
    raw) cat ;;
    gzip) gunzip -c ;;
    zstd) zstd -dcq ;;
  esac 2>"$work/unpack.log"
  echo $? >"$work/unpack.status"
}

# Debian's busybox dd does not say how many bytes it copied, so the kernel is asked how far the open device has moved.
# The log is opened first: the shell says there why a device cannot be opened, as it is when it is write-protected.
store_image() {
  {
    dd bs=1M iflag=fullblock conv=fsync >&3
    echo $? >"$work/write.status"
    sed -n 's/^pos:[[:space:]]*//p' /proc/self/fdinfo/3 >"$work/written"
  } 2>"$work/dd.log" 3>"$1"
}

succeeded() {
  [ "$(cat "$work/$1.status" 2>/dev/null)" = 0 ]
}

# 128 and the number of SIGPIPE.
lost_its_reader() {
  [ "$(cat "$work/$1.status" 2>/dev/null)" = 141 ]
}

# Ends the transfer when the disk has been given nothing for too long: a connection whose other end has vanished
# would otherwise be waited for without end. Tells the console how far it is.
watch_for_stall() {
  local idle=0 before='' now
  while sleep "$stall_check_seconds"; do
    now=$(awk '{ print $7 }' "/sys/block/$1/stat")
    if [ "$now" = "$before" ]; then idle=$((idle + stall_check_seconds)); else idle=0; fi
    before=$now
    [ "$idle" -eq 0 ] && say "$((now / 2048)) MiB written"
    [ "$idle" -ge "$stalled_after_seconds" ] && kill "$(cat "$work/wget.pid")"
  done
}

# The SHA-256 of the first $2 bytes of /dev/$1, from the disk itself: the kernel's copy is dropped, and reading goes
# past it. What is less than a sector at the end cannot be read so, and comes through the emptied cache.
read_back_digest() {
  local device=/dev/$1 bytes=$2 sector whole
  sector=$(cat "/sys/block/$1/queue/logical_block_size")
  whole=$((bytes / sector * sector))
  sync
  blockdev --flushbufs "$device"
  echo 3 >/proc/sys/vm/drop_caches
  rm -f "$work/read.status"
  {
    dd if="$device" bs=1M count="$whole" iflag=direct,fullblock,count_bytes 2>"$work/dd.log" &&
      dd if="$device" bs="$sector" skip="$whole" count=$((bytes - whole)) iflag=skip_bytes,count_bytes 2>>"$work/dd.log"
    echo $? >"$work/read.status"
  } | sha256sum | cut -d ' ' -f 1
}
