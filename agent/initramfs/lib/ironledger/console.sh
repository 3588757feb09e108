# Telling the person at the machine. Nothing that is said may hold a token.

# Prints one line on every console of the kernel: the screen and the serial line.
say() {
  local console
  for console in $(cat /sys/class/tty/console/active 2>/dev/null); do
    echo "ironledger-agent: $*" >"/dev/$console"
  done
}
