# The agent: reads what the boot script told it, gets on the network and does the one thing it was started for.
# Ends with 0 when the machine should simply reboot.
set -u

here=/lib/ironledger
work=/run/ironledger
mkdir -p "$work"

. $here/console.sh
. $here/text.sh
. $here/arguments.sh
. $here/network.sh
. $here/service.sh
. $here/disks.sh
. $here/inventory.sh
. $here/discover.sh
. $here/image.sh
. $here/deploy.sh

read_arguments || exit 1
start_network || exit 1

case "$mode" in
  discover) discover ;;
  deploy) deploy ;;
esac
